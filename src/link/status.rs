//! The words that tell what is aimed at from what has happened.

use crate::lexicon::{Entry, Lexicon, Reach, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Kind, Status};
use crate::text::{InFlow, Span};

use super::aside;
use super::clause::{Sentence, is_pause};
use super::law::{forbids, is_provision, of_law, tells_verdict};
use super::verbs::{disposes, is_to_be_done, is_verb, marks_object, strives};

/// What settles a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) row: RowId,
    pub(crate) words: Span<InFlow>,
    /// Where it begins: at its words, but for 11亿元（预计）.
    pub(crate) from: u32,
    /// Where it ends at the latest.
    pub(crate) until: u32,
    /// Said of limits only: 处三万元以下罚款 sets one, 被罚款3万元 has happened.
    pub(crate) limits: bool,
}

impl Cue {
    /// A word of plan, from where it stands on.
    pub(super) const fn aim(row: RowId, words: Span<InFlow>, until: u32) -> Self {
        Self { status: Status::Target, row, words, from: words.start, until, limits: false }
    }
}

/// What holds where a sentence stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// The text is one of articles.
    pub(crate) law: bool,
    /// The section tells results.
    pub(crate) review: bool,
}

/// The words of status in a sentence, in order.
pub(crate) fn cues(sentence: Sentence<'_>, setting: Setting, lexicon: &Lexicon, out: &mut Vec<Cue>) {
    out.clear();
    let end = sentence.span.end;
    for (row, span) in sentence.words {
        // 主要目标是：累计完成投资500亿元
        let aims = |status: Status| {
            let goal = out
                .last()
                .is_some_and(|cue| cue.status == Status::Target && cue.words.of(sentence.text).contains('标'));
            status == Status::Actual && goal && span.of(sentence.text).ends_with('成')
        };
        match lexicon.entry(*row) {
            Some(Entry::Status { status, .. }) if aims(*status) => {}
            Some(Entry::Status { status, reach })
                if *reach != Reach::Section && tells(sentence, *span, *reach, lexicon) =>
            {
                let until = match reach {
                    Reach::Forecast => forecast_ends(sentence, *span, setting.review),
                    // 计划9月份完工；…: when something is to be done, and nothing else.
                    Reach::Verb if schedules(sentence, *span, lexicon) => stop(sentence, span.end, &['；', ';']),
                    Reach::Verb if prices(sentence, *span) => stop(sentence, span.end, &['；', ';']),
                    _ => end,
                };
                let brackets = sentence.brackets(*span);
                let noted = brackets.filter(|_| *reach == Reach::Forecast).and_then(|note| of_number(sentence, note));
                let (from, until) = match (noted, brackets) {
                    (Some(noted), _) => noted,
                    (None, brackets) => (span.start, brackets.map_or(until, |brackets| brackets.end.min(until))),
                };
                out.push(Cue { status: *status, row: *row, words: *span, from, until, limits: false });
            }
            Some(Entry::Cue(Role::Sets)) if follows_plan(sentence, *span, lexicon) => {
                // 超过计划规定的3万吨, 比上年增长2%: with 的 it describes one number, and not the part of it that was met.
                let describes = span.after(sentence.text).starts_with('的');
                let until = if describes { stop(sentence, span.end + 3, &['的', '，', ',', '；']) } else { end };
                out.push(Cue::aim(*row, *span, until));
            }
            Some(Entry::Cue(Role::Strives)) if !setting.review && strives(sentence, *span, lexicon) => {
                let (status, from) = (Status::Target, span.start);
                out.push(Cue { status, row: *row, words: *span, from, until: end, limits: false });
            }
            Some(Entry::Cue(Role::Law)) if !tells_verdict(sentence, *span) => {
                out.push(of_law(sentence, setting.law || is_provision(sentence, *span), (*row, *span), lexicon));
            }
            // 不得超过, 应不少于: a requirement beside its number.
            Some(Entry::Modifier { .. })
                if span.of(sentence.text).starts_with(['应', '須', '须', '宜'])
                    || forbids(sentence, *span, lexicon) =>
            {
                let until = stop(sentence, span.end, &['，', '；', '、']);
                out.push(Cue::aim(*row, *span, until));
            }
            _ => {}
        }
    }
}

/// 11亿元（预计数，下同），增长14%: the number that a note in brackets says is only foretold, and how far that reaches.
fn of_number(sentence: Sentence<'_>, note: Span<InFlow>) -> Option<(u32, u32)> {
    let at = sentence.mentions.partition_point(|mention| mention.span.end < note.start);
    let number =
        sentence.mentions.get(at).filter(|number| number.span.end == note.start && number.kind.is_quantity())?;
    if !sentence.mentions_in(note).is_empty() {
        return None;
    }
    let alike = note.of(sentence.text).contains('同');
    let until = if alike { sentence.span.end } else { stop(sentence, note.end, &['；', ';']) };
    Some((number.span.start, until))
}

/// 升2.1%，预期升2.3%，…: what was expected is one number of a list of results. 预计 among results, of the section or of
/// its sentence, is said of its part.
fn forecast_ends(sentence: Sentence<'_>, word: Span<InFlow>, review: bool) -> u32 {
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    // 高于市场预期的3%，前值为2%, 比预期高3%: it is said of one number.
    let compared = before.ends_with(['比', '较', '較', '于', '於', '超', '过', '過', '及']);
    if compared || word.after(sentence.text).starts_with('的') {
        return stop(sentence, word.end, &['，', ',', '；', ';']);
    }
    let listed = before.ends_with(['，', ',']) && word.of(sentence.text).ends_with('期');
    let first = sentence.mentions.iter().find(|mention| mention.kind.is_quantity());
    let opens = first.is_none_or(|first| word.start < first.span.start) && !before.contains(['；', ';']);
    match (listed, opens, review) {
        (true, ..) => stop(sentence, word.end, &['，', ',', '；', ';']),
        (false, true, false) => sentence.span.end,
        (false, true, true) => figures_end(sentence, word.end),
        (false, false, _) => stop(sentence, word.end, &['；', ';']),
    }
}

/// Whether a time stands behind a word of plan, in a clause without a number.
fn schedules(sentence: Sentence<'_>, plan: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let date = sentence.mention_at(plan.end).filter(|date| date.kind == Kind::Date);
    date.is_some_and(|date| aside::is_schedule(sentence, date.span, lexicon))
}

/// 开工项目6个，计划投资600万元；竣工项目5个: what something before it is planned to cost.
fn prices(sentence: Sentence<'_>, plan: Span<InFlow>) -> bool {
    let cost = plan.after(sentence.text).trim_start_matches('总');
    let counted = |mention: &Mention| mention.kind.is_quantity() && mention.span.end <= plan.start;
    let invests = cost.strip_prefix('投').is_some_and(|rest| rest.starts_with(['资', '資']));
    invests && sentence.mentions.iter().any(counted)
}

/// 预计生产总值5亿元，增长4%；收入3亿元；新建学校3所: where the figures of money and growth end, among results.
fn figures_end(sentence: Sentence<'_>, from: u32) -> u32 {
    let mut end = stop(sentence, from, &['；', ';']);
    while let Some(mark) = Span::<InFlow>::new(end, sentence.span.end).of(sentence.text).chars().next() {
        let from = Span::<InFlow>::at(end as usize, end as usize + mark.len_utf8()).end;
        let next = stop(sentence, from, &['；', ';']);
        let figures = sentence.mentions_in(Span::new(end, next));
        if !figures.iter().any(|mention| matches!(mention.kind, Kind::Percent | Kind::Measure)) {
            break;
        }
        end = next;
    }
    end
}

/// The first of some marks behind a place, or the end of the sentence.
pub(super) fn stop(sentence: Sentence<'_>, from: u32, marks: &[char]) -> u32 {
    let rest = Span::<InFlow>::new(from, sentence.span.end);
    rest.of(sentence.text).find(marks).map_or(rest.end, |at| Span::<InFlow>::at(rest.from(), rest.from() + at).end)
}

/// Whether a plan stands right before a word: 计划规定, 《纲要》提出.
pub(crate) fn follows_plan(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let plan = before.trim_end_matches(['》', '”', '」']);
    // 按照方案要求, 新建2处: how something was done.
    let clause = plan.rsplit(['，', ',', '。', '；', '：']).next().unwrap_or_default();
    !clause.contains(['按', '依', '遵']) && !clause.starts_with('根') && lexicon.closing(plan, Role::Paper).is_some()
}

/// Where 计划规定 or 计划规定的 at the end of words starts.
pub(crate) fn plan_before(sentence: Sentence<'_>, words: Span<InFlow>, lexicon: &Lexicon) -> Option<u32> {
    if !sentence.roles.hold(Role::Sets) {
        return None;
    }
    let text = words.of(sentence.text);
    let end = words.start + u32::try_from(text.trim_end_matches('的').len()).ok()?;
    let mut sets = sentence.words_ending(end).iter();
    let (_, word) = sets.find(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Sets))))?;
    let before = Span::<InFlow>::new(words.start, word.start.max(words.start)).of(sentence.text);
    let plan = lexicon.closing(before, Role::Paper)?;
    Some(word.start - u32::try_from(plan.len()).ok()?).filter(|start| *start > words.start)
}

/// Whether a word tells a status where it stands.
fn tells(sentence: Sentence<'_>, word: Span<InFlow>, reach: Reach, lexicon: &Lexicon) -> bool {
    let after = Span::<InFlow>::new(word.end, sentence.span.end).of(sentence.text);
    match reach {
        // 完成总目标的24%: a part of it was reached.
        Reach::Sentence => !after.starts_with('的') || !is_percent_next(sentence, word),
        // 明确了, 确保了: it has happened.
        _ if after.starts_with('了') => false,
        // 应当立案而不立案的58件, 应当减刑而未减刑: what should have been done and was not.
        Reach::Clause if word.of(sentence.text).starts_with('应') && is_left_undone(after) => false,
        // 已经解决或计划解决的占80%: what is told is told of both.
        Reach::Verb if word.before(sentence.text).ends_with('或') => false,
        // 规划印发后，新建学校3所, but 计划召开会议3次
        Reach::Verb if word.of(sentence.text).starts_with(['规', '規']) && is_issued(after, lexicon) => false,
        Reach::Verb => is_verb(sentence, word, after),
        Reach::Coverb => !marks_object(sentence, word, after) && !disposes(sentence, word, after, lexicon),
        Reach::Modal => is_to_be_done(sentence, word, lexicon),
        Reach::Forecast => !answers(sentence, word, lexicon) && !is_versus_other(sentence, word, lexicon),
        Reach::Until => sentence.mention_at(word.end).is_some_and(|mention| mention.kind == Kind::Date),
        _ => true,
    }
}

/// 印发后: whether a plan was made public.
fn is_issued(after: &str, lexicon: &Lexicon) -> bool {
    lexicon.opening(after, Role::Publishes).is_some()
}

/// 应当立案而不立案: whether a clause goes on to what was not done.
fn is_left_undone(after: &str) -> bool {
    let clause = after.split(is_pause).next().unwrap_or_default();
    clause.split('而').skip(1).any(|rest| rest.starts_with(['未', '不', '没', '沒']))
}

/// 同预计数比较，增加3亿元: what a result is seen against was foretold, and not the result.
fn is_versus_other(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let beside = word.before(sentence.text).ends_with(['同', '与', '與', '和', '跟']);
    let behind = word.after(sentence.text).trim_start_matches(['数', '數', '值', '额', '額']);
    beside && lexicon.opening(behind, Role::Versus).is_some()
}

/// 24%的居民预期“下降”: whether a word tells what a part of those who were asked says.
pub(super) fn answers(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    if !lexicon.is_word(word.of(sentence.text), Role::Answers) {
        return false;
    }
    let at = sentence.mentions.partition_point(|mention| mention.span.end <= word.start);
    let part = sentence.mentions.get(..at).and_then(<[Mention]>::last).filter(|part| part.kind == Kind::Percent);
    let Some(part) = part else { return false };
    // 占营收30%的业务预计, 10%的企业预计订单增长20%: a part of something else, and a forecast with a figure of its own.
    let before = Span::<InFlow>::new(sentence.span.start, part.span.start).of(sentence.text);
    let led = before.rsplit(is_pause).next().unwrap_or_default().trim();
    let clause = Span::<InFlow>::new(word.end, stop(sentence, word.end, &['，', ',', '；', ';', '。']));
    let figure = sentence.mentions_in(clause).iter().any(|mention| mention.kind.is_quantity());
    if figure || !led.is_empty() && !lexicon.is_word(led, Role::Area) {
        return false;
    }
    let who = Span::<InFlow>::new(part.span.end, word.start).of(sentence.text).strip_prefix('的');
    who.is_some_and(|who| !who.is_empty() && !who.contains(is_pause))
}

/// Whether the next number behind a word is a percent right behind 的.
fn is_percent_next(sentence: Sentence<'_>, word: Span<InFlow>) -> bool {
    let next = sentence.mention_at(word.end + u32::try_from('的'.len_utf8()).unwrap_or(0));
    next.is_some_and(|next| next.kind == Kind::Percent)
}

/// The cue that holds at a place: the last one before it.
pub(crate) fn at(cues: &[Cue], place: u32, limit: bool) -> Option<Cue> {
    let holds = |cue: &&Cue| cue.from <= place && place <= cue.until && (limit || !cue.limits);
    cues.iter().rev().find(holds).copied()
}

/// What a heading says of its section.
pub(crate) fn of_heading(title: &str, lexicon: &Lexicon) -> Option<(Status, RowId)> {
    last_of(title, lexicon, |reach| reach == Reach::Section)
}

/// 2022年工作总结, 2022年工作总结及2023年工作思路: whether a title says that a year is looked back on.
pub(crate) fn reviews(title: &str, lexicon: &Lexicon) -> bool {
    let mut found = false;
    lexicon.words(lexicon.spell(title, &mut Vec::new()), |_, _, rows| {
        found |= rows.iter().any(|row| {
            matches!(lexicon.entry(*row), Some(Entry::Status { status: Status::Actual, reach: Reach::Section }))
        });
        true
    });
    found
}

/// What 主要预期目标是： says of the lines that it opens.
pub(crate) fn of_lead(line: &str, lexicon: &Lexicon) -> Option<RowId> {
    last_of(line, lexicon, |reach| matches!(reach, Reach::Section | Reach::Sentence | Reach::Clause))
        .filter(|(status, _)| *status == Status::Target)
        .map(|(_, row)| row)
}

/// 五个名额为上限, 以800人为目标: the words behind a number that make a limit or a goal of it.
pub(crate) fn limit_behind(
    sentence: Sentence<'_>,
    right: Span<InFlow>,
    lexicon: &Lexicon,
) -> Option<(RowId, Span<InFlow>)> {
    if !sentence.roles.hold(Role::Limit) {
        return None;
    }
    let near = Span::<InFlow>::at(right.from(), right.from() + right.len().min(NEAR) as usize);
    let limits = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Limit)));
    // 3万元封顶, 以10个名额封顶, but 12栋主楼全部封顶
    let led = |word: &Span<InFlow>| word.before(sentence.text).chars().rev().take(LED).any(|c| c == '以');
    let tops_out =
        |word: &Span<InFlow>| word.of(sentence.text).starts_with('封') && word.start > right.start && !led(word);
    sentence.words_in(near).iter().copied().find(|(row, word)| limits(row) && !tops_out(word))
}

/// Characters of the number, its unit and its noun between 以 and such a word.
const LED: usize = 8;

/// Bytes behind a number in which the word stands that makes a limit or a goal of it.
const NEAR: u32 = 24;

/// 主要预期目标是: the words that open what a year's report sets out.
pub(crate) fn sets_out(sentence: Sentence<'_>, cues: &[Cue], lexicon: &Lexicon) -> Option<(RowId, Span<InFlow>)> {
    let opens = |cue: &&Cue| {
        let marks = ['是', '为', '為', '：', ':'];
        matches!(lexicon.entry(cue.row), Some(Entry::Status { reach: Reach::Sentence, .. }))
            && (cue.words.of(sentence.text).ends_with(marks) || cue.words.after(sentence.text).starts_with(marks))
    };
    cues.iter().find(opens).map(|cue| (cue.row, cue.words))
}

/// The last word of status of some reaches in a line.
fn last_of(line: &str, lexicon: &Lexicon, fits: impl Fn(Reach) -> bool) -> Option<(Status, RowId)> {
    let mut found = None;
    lexicon.words(lexicon.spell(line, &mut Vec::new()), |_, _, rows| {
        for row in rows {
            if let Some(Entry::Status { status, reach }) = lexicon.entry(*row)
                && fits(*reach)
            {
                found = Some((*status, *row));
            }
        }
        true
    });
    found
}
