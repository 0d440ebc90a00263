//! Where the words of an indicator start and end.
//!
//! Off the front go dates, words of status and time, and words that only lead on: 在, 把, 这些, 如果. Off the end go the
//! words that lead on to the number. Half a pair of quotes belongs to other words.

use crate::lexicon::{
    ComparisonForm, Entry, Lexicon, NumeralChar, PeriodWord, Place, Reach, Role, RowId, fold, is_alphanumeric, is_han,
};
use crate::quantity::is_of_trade;
use crate::reflow::BULLETS;
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};

use super::clause::Sentence;
use super::{status, verbs};

/// Where the words of an indicator start: behind fillers, dates, words of status and of time.
pub(super) fn front(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let mut start = span.start;
    let words = sentence.words_in(span);
    // What stands before the last word of plan or forecast only says who plans.
    for (row, word) in words {
        let forecast = matches!(lexicon.entry(*row), Some(Entry::Status { reach, .. })
            if !matches!(reach, Reach::Section | Reach::Until));
        if forecast && word.end < span.end && word.of(sentence.text).chars().count() > 1 {
            let before = Span::<InFlow>::new(span.start, word.start).of(sentence.text);
            let done = || {
                sentence
                    .is_word(Span::new(word.end, span.end), lexicon, |entry| matches!(entry, Entry::Cue(Role::Done)))
            };
            // 占规划总投资的65%
            let taken = || lexicon.is_word(before, Role::Takes);
            // 我市主要预期目标是生产总值增长7%: what the goal is of stands behind.
            let goal =
                || Some(goal_is(word.of(sentence.text), word.after(sentence.text))).filter(|_| !before.is_empty());
            if let Some(is) = goal().flatten() {
                start = (word.end + is).min(span.end);
            } else if before.chars().count() <= 3 && !done() && !taken() && !status::answers(sentence, *word, lexicon) {
                start = word.end;
            }
        }
    }
    if start == span.start {
        start += behind_listed(sentence, span).max(behind_those(sentence, span));
    }
    start = behind_acted(sentence, words, start, lexicon);
    start += among_those(Span::<InFlow>::new(start, span.end).of(sentence.text));
    // 从滞纳之日起每日加收: since when.
    let text = Span::<InFlow>::new(start, span.end).of(sentence.text);
    // The last byte of 起.
    let since = memchr::memrchr(0xB7, text.as_bytes()).and_then(|_| text.rsplit_once('起'));
    if let Some((_, rest)) = since.filter(|(day, rest)| day.ends_with("之日") && rest.chars().nth(3).is_some()) {
        start = span.end - u32::try_from(rest.len()).unwrap_or(0);
    }
    start = start.max(behind_stretch(sentence, Span::new(start, span.end), lexicon));
    loop {
        let rest = Span::<InFlow>::new(start, span.end);
        let text = rest.of(sentence.text);
        let trimmed =
            text.trim_start_matches(|c: char| is_edge(c) || matches!(c, '”' | '》' | '」' | '）' | ')' | '的'));
        if trimmed.len() < text.len() {
            start += u32::try_from(text.len() - trimmed.len()).unwrap_or(0);
            continue;
        }
        let date = sentence.mention_at(start);
        let date = date.filter(|m| m.span.end <= span.end && matches!(m.kind, Kind::Date | Kind::Label));
        if let Some(date) = date.filter(|m| m.kind == Kind::Date || numbers_item(sentence.text, m.span)) {
            start = date.span.end;
            if date.kind == Kind::Date {
                start += date_tail(Span::<InFlow>::new(start, span.end).of(sentence.text), lexicon);
                start = behind_date_joint(sentence, start).unwrap_or(start);
            }
            continue;
        }
        if let Some(sign) = booked(text, lexicon) {
            start += sign;
            continue;
        }
        let word = words.iter().find(|(row, word)| {
            word.start == start
                // 今早5时
                && !sentence.in_number(word.to() - 1)
                && lexicon.entry(*row).is_some_and(|entry| {
                    leads_on(entry, word.of(sentence.text))
                        || matches!(entry, Entry::Cue(Role::Sets)) && status::follows_plan(sentence, *word, lexicon)
                })
        });
        match word {
            Some((_, word)) => start = word.end,
            None if joins_on(text) => start += u32::try_from('并'.len_utf8()).unwrap_or(0),
            None => return start.min(span.end),
        }
    }
}

/// 各行業中以批發業: the length of what says among which something stands out.
fn among_those(words: &str) -> u32 {
    let among =
        words.find('中').filter(|at| *at <= AMONG && words.get(at + 3..).is_some_and(|rest| rest.starts_with('以')));
    let those = |at: &usize| {
        let whose = words.get(..*at).unwrap_or_default();
        whose == "其"
            || whose.ends_with(['业', '業', '区', '區', '县', '縣', '市', '省', '类', '類', '国', '國', '项', '項'])
    };
    among.filter(those).map_or(0, |at| u32::try_from(at + 2 * '中'.len_utf8()).unwrap_or(0))
}

/// Bytes of the longest word for those.
const AMONG: usize = 18;

/// 加 of 加上级补助收入, of 加上解上级支出, 减 of 减补助下级支出: the length of the sign before what an account adds or takes off; 加工
/// and 减排 are words.
fn booked(words: &str, lexicon: &Lexicon) -> Option<u32> {
    let name = words.strip_prefix(['加', '减', '減'])?;
    lexicon.opening(name, Role::Booked)?;
    u32::try_from(words.len() - name.len()).ok()
}

/// 目标是, 目标包括: how many bytes of what leads on to a goal stand behind its word.
fn goal_is(word: &str, behind: &str) -> Option<u32> {
    let led = ["是", "为", "為", "包括"].into_iter().find(|is| behind.starts_with(is)).map_or(0, str::len);
    let told = (led > 0 || word.ends_with(['是', '为', '為']))
        && !behind.get(led..).is_some_and(|goal| goal.starts_with('在'));
    (word.contains(['标', '標']) && told).then(|| u32::try_from(led).unwrap_or(0))
}

/// 2022年和2023年收入: where a joint before another date ends.
fn behind_date_joint(sentence: Sentence<'_>, start: u32) -> Option<u32> {
    let joint = Span::<InFlow>::new(start, sentence.span.end).of(sentence.text);
    let joint = joint.chars().next().filter(|c| matches!(c, '和' | '及' | '与' | '與' | '至' | '到'))?;
    let next = start + u32::try_from(joint.len_utf8()).ok()?;
    sentence.mention_at(next).is_some_and(|next| next.kind == Kind::Date).then_some(next)
}

/// 并派出工作组, 罚款20万元并停产: what was done besides.
pub(super) fn joins_on(words: &str) -> bool {
    let name = ['购', '購', '网', '網', '表', '轨', '軌', '列', '入', '存', '州'];
    words.strip_prefix(['并', '並']).is_some_and(|rest| !rest.starts_with(name))
}

/// 1. and 5、 in front of an item.
fn numbers_item(text: &str, label: Span<InFlow>) -> bool {
    let marks = ['、', '.', '）', ')'];
    let words = label.of(text);
    let opens = || {
        label
            .before(text)
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '；' | '。' | '：' | '，'))
    };
    let number = words.len() < 3 && words.bytes().all(|byte| byte.is_ascii_digit());
    words.ends_with(marks) || number && label.after(text).starts_with(marks) && opens()
}

/// Whether a word says nothing of what is measured, at the front of the words of an indicator.
fn leads_on(entry: &Entry, word: &str) -> bool {
    // One character is as likely the front of a name (合肥市, 并购), where no row says that it only leads on.
    let short = word.chars().count() == 1;
    match entry {
        Entry::Cue(Role::Lead | Role::Acted) => true,
        Entry::Status { reach: Reach::Coverb, .. } => true,
        Entry::Period(word) => !short && *word != PeriodWord::SamePeriodBefore,
        // 部署9项重点工作: what heads a section may be what is counted.
        Entry::Status { reach, .. } => !short && !matches!(reach, Reach::Section | Reach::Until),
        Entry::Cue(
            Role::Filler
            | Role::Today
            | Role::Among
            | Role::Window
            | Role::Recent
            | Role::Restates
            | Role::Respectively
            | Role::Than,
        ) => !short,
        _ => false,
    }
}

/// 甲市（3万人）和乙市, 学校3所和医院2所: the length of a joint behind a number, or behind brackets that closed on one.
fn behind_listed(sentence: Sentence<'_>, span: Span<InFlow>) -> u32 {
    let words = span.of(sentence.text);
    let joint = words.chars().next().filter(|c| matches!(c, '和' | '及' | '与' | '與'));
    // 和谐, 与会: the front of a word.
    let word =
        |joint: char| words.get(joint.len_utf8()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(WORDED));
    let joint = joint.filter(|joint| !word(*joint));
    let before = span.before(sentence.text);
    let inside = before.trim_end_matches(['）', ')']);
    let end = span.start - u32::try_from(before.len() - inside.len()).unwrap_or(0);
    let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
    let number = sentence.mentions.get(at).filter(|mention| mention.span.end == end && mention.kind.is_quantity());
    joint.filter(|_| number.is_some()).map_or(0, |joint| u32::try_from(joint.len_utf8()).unwrap_or(0))
}

/// 未達50%者為甲市46.5%, 50%以上者1個: the length of 者 behind a number, and of what leads on from it.
fn behind_those(sentence: Sentence<'_>, span: Span<InFlow>) -> u32 {
    let words = span.of(sentence.text);
    let at = sentence.mentions.partition_point(|mention| mention.span.end < span.start);
    let number =
        sentence.mentions.get(at).filter(|mention| mention.span.end == span.start && mention.kind.is_quantity());
    let led = words.trim_start_matches(['以', '上', '下']).strip_prefix('者').filter(|_| number.is_some());
    let rest =
        led.map(|rest| rest.trim_start_matches(['为', '為', '是', '有', '共', '计', '計', '占', '佔', '达', '達']));
    rest.map_or(0, |rest| u32::try_from(words.len() - rest.len()).unwrap_or(0))
}

/// Characters behind 和, 及 or 与 that make one word of both.
const WORDED: [char; 10] = ['谐', '諧', '平', '睦', '解', '时', '時', '格', '会', '以'];

/// 坚决把文件压减: what stands before 把 only says who acts.
fn behind_acted(sentence: Sentence<'_>, words: &[(RowId, Span<InFlow>)], start: u32, lexicon: &Lexicon) -> u32 {
    let acted = words.iter().rev().take_while(|(_, word)| word.start >= start).find(|(row, word)| {
        matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Acted))) || verbs::is_acted(sentence, *row, *word, lexicon)
    });
    acted.map_or(start, |(_, word)| word.end)
}

/// 20年来完成手术, 九成以上的农户, 20%至30%之间的企业: 来, 以上 and 之间 belong to the number before them.
fn behind_stretch(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let at = sentence.mentions.partition_point(|mention| mention.span.end < span.start);
    let number = sentence.mentions.get(at).filter(|mention| mention.span.end == span.start);
    let Some(quantity) = number.and_then(|mention| mention.quantity.as_ref()) else { return span.start };
    // 增幅在20%至30%之间的企业5家
    let ranges = quantity.time || quantity.bound == Bound::Between;
    if let Some(length) = stretch(span.of(sentence.text), lexicon).filter(|_| ranges) {
        return span.start + length;
    }
    let hedge = sentence.words_in(span).iter().find(|(row, word)| {
        word.start == span.start && matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }))
    });
    hedge.map_or(span.start, |(_, word)| word.end)
}

/// How many bytes 来, 内 or 的努力 at the start of words take.
pub(super) fn stretch(words: &str, lexicon: &Lexicon) -> Option<u32> {
    let rest = words.trim_start_matches('的');
    // 三年来 is a word of its own, so that 来 is none of the sentence's.
    let (length, rows) = lexicon.word(rest)?;
    let stretches = rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Stretch))));
    stretches.then(|| u32::try_from(words.len() - rest.len() + length).unwrap_or(0))
}

/// How many bytes behind a date only bound its time: 2024年以来, 2019年前建成的, 2023年起, but 2023年前海, 2021年起草.
pub(super) fn date_tail(words: &str, lexicon: &Lexicon) -> u32 {
    let rest = words.trim_start_matches(['末', '底', '初']);
    // 12月31日止年度
    let ended = rest
        .strip_prefix('止')
        .map(|rest| rest.trim_start_matches(['财', '財', '会', '會', '政', '計', '计', '年', '度']));
    // 12月31日止年度之收益
    let rest = ended.map_or(rest, |rest| rest.strip_prefix('之').unwrap_or(rest));
    // 1956年春，, 1957年秋季; but 2023年春运
    let season = rest.strip_prefix(['春', '夏', '秋', '冬']);
    let rest = season
        .filter(|behind| behind.is_empty() || behind.starts_with(['季', '天', '，', '起', '开', '后', '前', '以']))
        .map_or(rest, |behind| behind.trim_start_matches(['季', '天']));
    // One character alone is as likely the front of the next word.
    let bounds = |word: &str| word.chars().nth(1).is_some() || matches!(word, "前" | "后" | "後");
    let stretch = stretch(rest, lexicon).and_then(|length| rest.split_at_checked(length as usize));
    let (_, rest) = stretch.filter(|(word, _)| bounds(word.trim_start_matches('的'))).unwrap_or(("", rest));
    let since =
        rest.strip_prefix('起').filter(|_| lexicon.unit(rest).is_some_and(|(length, _)| length == '起'.len_utf8()));
    let rest = since.unwrap_or(rest).trim_start_matches('的');
    u32::try_from(words.len() - rest.len()).unwrap_or(0)
}

/// What parts or decorates words and belongs to none.
fn is_edge(c: char) -> bool {
    let mark = |c| ('①'..='⑳').contains(&c) || "、，,；;：:。.…-—─·*|=/／".contains::<char>(c) || BULLETS.contains(&c);
    !is_han(c) && (c.is_whitespace() || mark(c))
}

/// 同比 of 同比增幅: where the words of a comparison start that end at `at`.
pub(super) fn before_comparison(sentence: Sentence<'_>, at: u32, lexicon: &Lexicon) -> u32 {
    let compared = sentence
        .words_ending(at)
        .iter()
        .find(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Comparison { form: ComparisonForm::Adverb, .. })));
    compared.map_or(at, |(_, word)| word.start)
}

/// Where they end: before function words that lead on to the number.
pub(super) fn back(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let mut end = span.end;
    loop {
        let trimmed = sentence.trim_end(span.start, end);
        let text = Span::<InFlow>::new(span.start, trimmed).of(sentence.text);
        let stripped = text.trim_end_matches(['、', '“', '《', '「', '：', '，', ',', '-', '—']);
        end = span.start + u32::try_from(stripped.len()).unwrap_or(0);
        let word = sentence.words_ending(end).iter().find(|(row, word)| {
            word.start >= span.start
                && match lexicon.entry(*row) {
                    Some(Entry::Cue(
                        Role::Copula
                        | Role::Coverb
                        | Role::Acted
                        | Role::Respectively
                        | Role::From
                        | Role::To
                        | Role::Filler
                        | Role::Window
                        | Role::Recent,
                    )) => true,
                    Some(Entry::Status { reach: Reach::Section, .. }) => word.start > span.start,
                    Some(Entry::Status { reach: Reach::Verb, .. }) => {
                        word.start > span.start && !verbs::names_plan(sentence, span.start, *word)
                    }
                    Some(Entry::Modifier { .. }) if is_of_trade(sentence.text, *word) => false,
                    Some(Entry::Modifier { place: Place::Before | Place::Around, .. } | Entry::Status { .. }) => {
                        word.start > span.start || word.len() > 3
                    }
                    // 上百家, but 会上10家
                    Some(Entry::Modifier { place: Place::Bare, .. }) => {
                        let next = word.after(sentence.text).chars().next().and_then(|c| lexicon.numeral_char(c));
                        matches!(next, Some(NumeralChar::Unit(_) | NumeralChar::Scale(_)))
                    }
                    Some(Entry::Comparison { form: ComparisonForm::Adverb, .. }) => true,
                    _ => false,
                }
        });
        match word {
            // 2022年平均每天减少3人: the word reaches into the date.
            Some((_, word)) if end > span.start => end = sentence.date_end(*word).unwrap_or(word.start),
            // 达到计划规定的, 超过规划要求的
            _ => match status::plan_before(sentence, Span::new(span.start, end), lexicon) {
                Some(plan) => end = plan,
                None => return end,
            },
        }
    }
}

/// Where they end before 完成, which stands behind what is measured: 财政收入完成3亿元.
pub(super) fn done(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let end = back(sentence, span, lexicon);
    if !sentence.roles.hold(Role::Done) {
        return end;
    }
    let done = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Done)));
    let word = sentence.words_ending(end).iter().find(|(row, word)| word.start > span.start && done(row));
    word.map_or(end, |(_, word)| back(sentence, Span::new(span.start, word.start), lexicon))
}

/// The words without punctuation around them, and without other words that a quotation mark parts from them.
pub(super) fn trim(text: &str, span: Span<InFlow>) -> Span<InFlow> {
    let edged = edges(text, span);
    let whole = whole_quotes(text, edged);
    let span = if whole == edged { edged } else { edges(text, whole) };
    let worded = span.of(text).chars().any(is_alphanumeric);
    if worded { span } else { Span::new(span.start, span.start) }
}

fn edges(text: &str, span: Span<InFlow>) -> Span<InFlow> {
    let words = span.of(text);
    let head = words.len() - words.trim_start_matches(is_edge).len();
    let words = words.trim_end_matches(is_edge);
    Span::at(span.from() + head.min(words.len()), span.from() + words.len())
}

/// The words behind a mark that opens and does not close, or closes and did not open.
fn whole_quotes(text: &str, span: Span<InFlow>) -> Span<InFlow> {
    let words = span.of(text);
    // 0xE2 opens “ and ‘, 0xE3 《 and 「.
    if memchr::memchr2(0xE2, 0xE3, words.as_bytes()).is_none() {
        return span;
    }
    let words = words
        .strip_suffix(['”', '》', '」', '’'])
        .filter(|rest| !rest.contains(['“', '《', '「', '‘']))
        .unwrap_or(words);
    let mut start = 0;
    let mut open = None;
    for (at, ch) in words.char_indices() {
        match ch {
            '“' | '《' | '「' => open = open.or(Some(at + ch.len_utf8())),
            '”' | '》' | '」' if open.take().is_none() => start = at + ch.len_utf8(),
            _ => {}
        }
    }
    Span::at(span.from() + open.unwrap_or(start), span.from() + words.len())
}

/// 止年度, 止六個月: how many months ended on the day before.
pub(super) fn months_ended(after: &str, lexicon: &Lexicon) -> Option<u8> {
    let rest = after.strip_prefix('止')?.trim_start();
    if rest.starts_with('年') || rest.starts_with(['财', '財', '会', '會']) {
        return Some(12);
    }
    let count = rest.chars().next()?;
    let months = match lexicon.numeral_char(count) {
        Some(NumeralChar::Digit(digit)) => digit,
        _ => u8::try_from(fold(count).to_digit(10)?).ok()?,
    };
    let unit = rest.get(count.len_utf8()..)?.trim_start();
    (unit.starts_with(['个', '個']) && unit.chars().nth(1) == Some('月')).then_some(months)
}
