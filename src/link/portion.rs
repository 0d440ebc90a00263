//! A part of a whole, and a part of a plan.

use super::clause::Field;
use super::lead::copula_end;
use super::noun::{behind_restated, is_place};
use super::relation::Reading;
use super::walk::Walk;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Place, Role, RowId, is_digit, is_han};
use crate::mention::Mention;
use crate::terms::{Comparison, Kind, Relation};
use crate::text::{InFlow, Span};

/// Whether a word is 完成 itself.
fn is_done(walk: &Walk<'_>, word: Span<InFlow>) -> bool {
    walk.sentence.is_word(word, walk.lexicon, |entry| matches!(entry, Entry::Cue(Role::Done)))
}

/// The word of plan that starts at a place before the number.
fn plan_behind<'a>(walk: &Walk<'a>, at: u32) -> Option<(RowId, Span<InFlow>, &'a Entry)> {
    let words = walk.sentence.words_in(Span::new(at, walk.end.max(at))).iter();
    words.take_while(|(_, word)| word.start == at).find_map(|(row, word)| {
        let entry = walk.lexicon.entry(*row)?;
        matches!(entry, Entry::Cue(Role::Plan)).then_some((*row, *word, entry))
    })
}

/// 完成年度计划115.7%, 为预算的103%.
pub(super) fn progress(walk: &Walk<'_>, field: &Field, reading: &mut Reading) -> bool {
    let plan = |entry: &Entry| {
        matches!(entry, Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
    };
    let mut planned = walk.word(plan);
    let words = walk.sentence.words_in(Span::new(field.left.start, walk.at.max(field.left.start)));
    let verb = words.iter().rev().find(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Progress))));
    let direct = walk.word(|entry| matches!(entry, Entry::Cue(Role::Progress)));
    // 恢复到2019年的105%: a level, beside that of another time.
    if let (Some((row, span, _)), Some(base)) = (direct, walk.dated) {
        reading.comparison = Some(Comparison::Period);
        reading.base = Some(base);
        reading.compared = Some(base);
        reading.cue = Some((row, span));
        reading.rule = "a part of the level of another time";
        reading.subject_end = span.start;
        return true;
    }
    // 恢复至疫前同期的70%: the same, of a time that words name.
    let base = walk.word(|entry| {
        matches!(entry, Entry::Comparison { form: ComparisonForm::Base, comparison } if *comparison != Comparison::Plan)
    });
    if let Some((against, words, Entry::Comparison { comparison, .. })) = base {
        let verb = walk.sentence.words_ending(words.start).iter();
        let mut verb = verb.filter(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Progress))));
        if let Some((row, span)) = verb.next() {
            reading.comparison = Some(*comparison);
            reading.against = Some((against, words));
            reading.compared = Some(words);
            reading.cue = Some((*row, *span));
            reading.rule = "a part of the level of another time";
            reading.subject_end = span.start;
            return true;
        }
    }
    // 1981年计划为3%, 入园率目标定在95%: what is planned, and no part of it.
    if let (Some((row, span, _)), None) = (planned, verb)
        && Span::<InFlow>::new(span.end, walk.end)
            .of(walk.sentence.text)
            .starts_with(['为', '為', '是', '定', '设', '設', '确', '確'])
    {
        reading.planned = Some((row, span));
        let cut = walk.sentence.mentions.iter().find(|m| m.span.start < span.start && span.start < m.span.end);
        reading.subject_end = cut.map_or(span.start, |date| date.span.end);
        planned = None;
    }
    // 达到预算的103%: the verb names the plan. 完成计划101%: 计划 was passed over as a word of what is to come.
    let named = direct.filter(|(_, span, _)| span.of(walk.sentence.text).contains(['预', '计', '算']));
    let passed =
        || direct.filter(|(_, span, _)| is_done(walk, *span)).and_then(|(_, done, _)| plan_behind(walk, done.end));
    let planned = planned.or(named).or_else(passed);
    let (row, span) = match (planned, verb) {
        (Some((row, span, _)), _) => (row, span),
        (None, Some((row, span))) if direct.is_some() && span.of(walk.sentence.text).contains('率') => {
            reading.tail = Some(*span);
            (*row, *span)
        }
        // 改造任务完成80%
        (None, Some((row, span))) if direct.is_some() && span.start > field.left.start && is_done(walk, *span) => {
            (*row, *span)
        }
        // 完成意向面积的43.9%: what is named behind 完成 is what was meant to be.
        // 完成进出口占全市的65%: another whole is named.
        (None, Some((row, span))) if is_whole(walk, span.end) && !takes_behind(walk, span.end) => {
            reading.tail = Some(Span::new(span.end, walk.at));
            (*row, *span)
        }
        _ => return false,
    };
    reading.relation = Relation::Progress;
    reading.comparison = Some(Comparison::Plan);
    reading.cue = Some((row, span));
    reading.rule = "a part of a plan";
    // 年度目标任务: a plan of several words.
    let mut opens = span.start;
    while let Some((_, before)) = walk
        .sentence
        .words_ending(opens)
        .iter()
        .find(|(row, before)| before.start >= field.left.start && walk.lexicon.entry(*row).is_some_and(plan))
    {
        opens = before.start;
    }
    // 占市下达目标任务的60%: whose plan it is stands between.
    let taken = walk.sentence.words_in(Span::new(field.left.start, opens.max(field.left.start))).iter().rev();
    let mut taken = taken.filter(|(_, word)| walk.lexicon.is_word(word.of(walk.sentence.text), Role::Takes));
    // 为市代编预算25亿元的105%: so it does behind 为.
    let is = copula_end(walk.sentence.text, Span::new(field.left.start, opens.max(field.left.start)));
    opens = taken.next().map(|(_, word)| word.start).or(is.map(|is| is - 3)).unwrap_or(opens);
    let end = verb.map_or(opens, |(_, verb)| verb.start.min(opens));
    let mut subject = Walk::new(walk.sentence, walk.lexicon, field.left.start, end);
    subject.pass();
    reading.respectively |= subject.respectively;
    reading.subject_end = subject.at;
    true
}

/// Whether 占 stands between a verb and the number.
fn takes_behind(walk: &Walk<'_>, from: u32) -> bool {
    let words = walk.sentence.words_in(Span::new(from, walk.at.max(from))).iter();
    words.into_iter().any(|(_, word)| walk.lexicon.is_word(word.of(walk.sentence.text), Role::Takes))
}

/// Whether words between a verb and the number end in 的: a whole that the number is a part of.
fn is_whole(walk: &Walk<'_>, from: u32) -> bool {
    let words = Span::<InFlow>::new(from, walk.at.max(from));
    let of = walk.sentence.words_ending(walk.sentence.trim_end(from, walk.end)).iter();
    !words.is_empty() && of.clone().any(|(_, word)| word.of(walk.sentence.text) == "的")
}

/// 60:40, 七比三: a ratio of terms, where 三分之二 is a part.
pub(super) fn is_of_terms(ratio: &str) -> bool {
    ratio.contains([':', '：', '∶', '︰', '比'])
}

/// 占…的比重, 占比, 占…的.
pub(super) fn share(walk: &Walk<'_>, field: &Field, mention: &Mention, reading: &mut Reading) -> bool {
    let ratio = mention.kind == Kind::Ratio && !is_of_terms(mention.span.of(walk.sentence.text));
    let part = ratio || matches!(mention.kind, Kind::Percent | Kind::PercentagePoint);
    let is_share = |entry: &Entry| matches!(entry, Entry::Cue(Role::Share));
    // A date may stand in the whole: 占公司2024年收入的5%.
    let left = Span::new(field.left.start, field.left.end);
    let opener = walk.sentence.words_in(left).iter().find_map(|(row, span)| {
        let words = span.of(walk.sentence.text);
        match walk.lexicon.entry(*row) {
            // 占比全省的5%
            Some(Entry::Cue(Role::Share))
                if walk.lexicon.is_word(words, Role::Takes) || part && is_whole(walk, span.end) =>
            {
                Some((*row, *span, span.start))
            }
            // 分别占 is one word.
            Some(Entry::Cue(Role::Respectively)) if words.ends_with(['占', '佔']) => {
                Some((*row, Span::new(span.end - 3, span.end), span.start))
            }
            _ => None,
        }
    });
    let opener = opener.or_else(|| part.then(|| reaches_part(walk, field)).flatten());
    let noun = walk.word(is_share);
    let (row, span) = match (opener, noun) {
        (Some((row, span, _)), _) => (row, span),
        (None, Some((row, span, _))) if part => (row, span),
        _ => return false,
    };
    // 占地114亩 measures an area, 相当于23亿港元 and 相当于23个月的开支 say an amount again.
    let again = matches!(mention.kind, Kind::Measure | Kind::Count);
    let takes = |words: &str| words.starts_with(['占', '佔', '所']);
    if !part && opener.is_none_or(|(_, span, _)| again || takes(span.of(walk.sentence.text))) {
        // 其中果园占300亩
        if let Some((_, _, start)) = opener.filter(|(_, span, _)| span.end == walk.at) {
            reading.subject_end = start;
        }
        return false;
    }
    reading.relation = Relation::Share;
    reading.cue = Some((row, span));
    reading.rule = "a part of a whole";
    let end = opener.map_or(span.start, |(_, _, start)| start);
    let mut subject = Walk::new(walk.sentence, walk.lexicon, field.left.start, end);
    subject.pass();
    reading.subject_end = subject.at;
    reading.respectively |= subject.respectively || end < span.start;
    // 在总产值中所占比重: the whole stands in front.
    let whole = Span::<InFlow>::new(field.left.start, subject.at).of(walk.sentence.text).trim();
    let led = whole.starts_with('在') && whole.ends_with(['中', '内', '里']);
    if led {
        reading.subject_end = field.left.start;
    }
    let start = match walk.lexicon.entry(row) {
        _ if led => field.left.start,
        Some(Entry::Modifier { .. }) => span.end,
        _ => span.start,
    };
    reading.tail = Some(Span::new(start, walk.at.max(span.end)));
    true
}

/// 达总农户的70%: 达 before a noun and 的; 不少于总面积的35%: a limit before a total.
fn reaches_part(walk: &Walk<'_>, field: &Field) -> Option<(RowId, Span<InFlow>, u32)> {
    if walk.dated.is_some() || walk.named.is_some() || !field.left.of(walk.sentence.text).ends_with('的') {
        return None;
    }
    let noun_from = |at: u32| {
        let whole = Span::<InFlow>::new(at, field.left.end.max(at));
        whole.of(walk.sentence.text).strip_suffix('的')
    };
    let words = walk.sentence.words_in(field.left).iter().rev();
    // 减持股份不超过总股本的5%: by how much it changes.
    let deal = |row: &RowId| matches!(walk.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Deal, .. }));
    let deals = words.clone().any(|(row, _)| deal(row));
    let (row, reach) = words.clone().find(|(row, word)| {
        let limit = || matches!(walk.lexicon.entry(*row), Some(Entry::Modifier { place: Place::Before, .. }));
        let total = || noun_from(word.end).is_some_and(|noun| noun.contains(['总', '總']) && !noun.contains(is_digit));
        walk.lexicon.is_word(word.of(walk.sentence.text), Role::Reaches) || !deals && limit() && total()
    })?;
    let noun = noun_from(reach.end)?;
    (noun.chars().nth(1).is_some() && !noun.starts_with('的')).then_some((*row, *reach, reach.start))
}

/// The rule of 六成的企业.
pub(super) const OF_THOSE: &str = "a part of those who are named behind";

/// 六成的受访企业计划招工, 六成以上企业计划招工: a clause that opens with a part of those who are named behind it. 5%的利率 names a
/// rate. 有四成需要重建: so it is where 有 opens the clause.
pub(super) fn is_part(walk: &Walk<'_>, field: &Field, mention: &Mention) -> bool {
    let noun = behind_restated(walk.sentence, field, mention, walk.lexicon).unwrap_or(field.right);
    let before = Span::<InFlow>::new(field.clause.start, walk.at.max(field.clause.start));
    let led = before.of(walk.sentence.text);
    let fraction = mention.kind == Kind::Ratio && !is_of_terms(mention.span.of(walk.sentence.text));
    let share = mention.kind == Kind::Percent || fraction;
    let counted = is_counted_place(walk, field);
    let area = counted || is_area(walk, before);
    let first = share && (matches!(led.trim(), "" | "致" | "使") || area);
    let had = Span::<InFlow>::new(walk.at, walk.end).of(walk.sentence.text).contains('有');
    if first && had && walk.at >= field.clause.start {
        return noun.of(walk.sentence.text).chars().nth(1).is_some();
    }
    let front = share && (walk.at <= field.clause.start || area);
    // 其中91%为移动用户
    let among = || {
        let words = walk.sentence.words_in(Span::new(field.clause.start, walk.end));
        words.iter().any(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Among))))
    };
    let right = noun.of(walk.sentence.text);
    if front && right.starts_with(['为', '為', '是']) && right.chars().nth(2).is_some() && among() {
        return true;
    }
    // 其中30%涉及噪音，20%属于施工, 约三成半与噪音有关
    let related = || right.starts_with(['与', '與', '和']) && right.ends_with(['关', '關']);
    let becomes = walk.lexicon.opening(right, Role::Becomes).is_some() || related();
    if front && becomes && right.chars().nth(2).is_some() && (led.trim().is_empty() || among()) {
        return true;
    }
    let hedge = walk.sentence.words_in(noun).iter().find(|(row, word)| {
        let after = matches!(walk.lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }));
        after && word.start == noun.start
    });
    let from = hedge.map_or(noun.start, |(_, word)| word.end);
    let behind = Span::<InFlow>::new(from, noun.end).of(walk.sentence.text);
    // 四成观众观影不止1次, but not 七成新的家具
    let tenths = hedge.is_none() && mention.span.of(walk.sentence.text).ends_with('成');
    let tenths = tenths
        && behind.starts_with(|c| is_han(c) && !['新', '旧', '舊', '熟', '干', '乾', '左', '以', '多'].contains(&c));
    // 九成以上的农户受益
    let named = behind.starts_with('的') || tenths;
    let opens = front && (named || !field.shared);
    let least = if hedge.is_some() && named || tenths || counted { 3 } else { 5 };
    let noun = behind.strip_prefix('的').unwrap_or(behind);
    // 九成受访者（92%）支持
    let held = tenths && walk.lexicon.is_word(noun, Role::Holder);
    let rated = |(at, _)| noun.get(at..).is_some_and(|rest| walk.lexicon.opening(rest, Role::Rated).is_some());
    opens
        && noun.starts_with(is_han)
        && (noun.chars().nth(least).is_some() || held)
        && !noun.char_indices().take(5).any(rated)
}

/// 3个县85%的农户: whether nothing but places that are counted stand before a number.
fn is_counted_place(walk: &Walk<'_>, field: &Field) -> bool {
    let noun = field.left.of(walk.sentence.text);
    let last = walk.sentence.mentions.partition_point(|mention| mention.span.end <= field.left.start);
    let last = last.checked_sub(1).and_then(|at| walk.sentence.mentions.get(at));
    let counts = |last: &Mention| last.kind == Kind::Count && last.span.end == field.left.start;
    last.is_some_and(counts) && is_place(noun, walk.lexicon)
}

/// 全县有六成的农户: whether words only name a place.
fn is_area(walk: &Walk<'_>, span: Span<InFlow>) -> bool {
    let words = span.of(walk.sentence.text).trim();
    let own =
        words.strip_prefix(['我', '本', '该', '該']).is_some_and(|place| walk.lexicon.is_word(place, Role::District));
    own || walk.sentence.is_word(span, walk.lexicon, |entry| matches!(entry, Entry::Cue(Role::Area)))
}

/// 净利率-3%: a rate that is itself what is measured.
pub(super) fn is_rate(walk: &Walk<'_>) -> bool {
    let words = Span::<InFlow>::new(walk.floor, walk.at.max(walk.floor)).of(walk.sentence.text);
    walk.lexicon.closing(words, Role::Rate).is_some()
}
