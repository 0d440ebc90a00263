//! Hedges: the words around a quantity that widen it, and the bounds they set.

use super::{Context, Quantity};
use crate::exact::Exact;
use crate::lex::Lexemes;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Lexicon, Place, Reach, Role, RowId, is_alphanumeric, joins};
use crate::numeral::ends;
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// How many function words may stand between a hedge and its number: 超过了, 达到近.
const REACH: usize = 3;

/// The word of the lexicon that ends where `end` is, spaces aside.
pub(crate) fn word_before<'a>(
    text: &str,
    end: u32,
    lexemes: &'a Lexemes,
) -> impl Iterator<Item = &'a (RowId, Span<InFlow>)> {
    let head = Span::<InFlow>::new(0, end).of(text);
    let end = Span::<InFlow>::at(0, head.trim_end_matches([' ', '\u{3000}']).len()).end;
    let past = lexemes.words.partition_point(|(_, span)| span.end <= end);
    let mut before = lexemes.words.iter().take(past).rev();
    std::iter::from_fn(move || before.next().filter(|(_, span)| span.end == end))
}

/// The hedge before a quantity that starts at `start`.
pub(super) fn before(
    text: &str,
    start: u32,
    bare: bool,
    lexemes: &Lexemes,
    lexicon: &Lexicon,
) -> Option<(Bound, RowId, Span<InFlow>)> {
    let mut end = start;
    for _ in 0..REACH {
        let mut next = None;
        for (row, span) in word_before(text, end, lexemes) {
            match lexicon.entry(*row) {
                Some(Entry::Modifier { bound, place: Place::Before | Place::Around })
                    if !closes_tag(text, *span) && !is_degree(text, *span) && !is_of_trade(text, *span) =>
                {
                    return Some((*bound, *row, *span));
                }
                Some(Entry::Modifier { bound, place: Place::Bare }) if bare => return Some((*bound, *row, *span)),
                // 约占四分之三
                Some(Entry::Cue(Role::Copula | Role::To | Role::Share)) => next = Some(span.start),
                // 大约增长5%, 约同比下降3成
                Some(
                    Entry::Change {
                        form: ChangeForm::Verb | ChangeForm::Over | ChangeForm::Object | ChangeForm::Effect,
                        ..
                    }
                    | Entry::Comparison { form: ComparisonForm::Adverb, .. },
                ) => next = next.or(Some(span.start)),
                _ => {}
            }
        }
        end = next.or_else(|| before_each(text, end, lexicon))?;
    }
    None
}

/// The most characters of 每 and a unit.
const EACH: usize = 6;

/// 约为每标准箱1800美元, 约每5分钟: where 每 opens what stands right before a place, if nothing but a unit is behind it.
fn before_each(text: &str, end: u32, lexicon: &Lexicon) -> Option<u32> {
    let before = Span::<InFlow>::new(0, end).of(text);
    let (at, _) = before.char_indices().rev().take(EACH).find(|(_, c)| *c == '每')?;
    let unit = before.get(at + '每'.len_utf8()..)?;
    let length = if unit.is_empty() { 0 } else { lexicon.unit(unit)?.0 };
    (length == unit.len()).then(|| u32::try_from(at).ok()).flatten()
}

/// 出超3亿, 全年入超3亿: at the head of its clause and behind a time the word is of trade, and no hedge; 支出超3亿 is another.
pub(crate) fn is_of_trade(text: &str, word: Span<InFlow>) -> bool {
    if word.of(text) != "超" {
        return false;
    }
    let before = word.before(text).strip_suffix(['出', '入']);
    let heads = |c: char| !is_alphanumeric(c) || ['年', '月', '季', '度'].contains(&c);
    before.is_some_and(|before| before.trim_end().chars().next_back().is_none_or(heads))
}

/// How many characters may stand between a hedge and the part of a whole that it widens.
const WHOLE: usize = 16;

/// The hedge before the whole that a number is a part of: 不超过总股本的2%, 约占全省的三分之一, 约占公司总股本0.32%.
pub(super) fn before_whole(quantity: &Quantity, context: &Context<'_>) -> Option<(Bound, RowId, Span<InFlow>)> {
    // 不超过股份总数的 3.2%: a layout set a space before the number.
    let before = context.before(quantity.span.start).trim_end_matches(' ');
    let start = Span::<InFlow>::at(context.segment.from(), context.segment.from() + before.len()).end;
    let part = matches!(quantity.kind, Some(Kind::Percent | Kind::Ratio | Kind::Multiple));
    let of = before.ends_with('的');
    if !part || !of && quantity.kind == Some(Kind::Multiple) {
        return None;
    }
    let reach = before
        .char_indices()
        .rev()
        .take(WHOLE)
        .take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | '、' | '：' | ',' | ';' | ':' | '”'));
    let from = start - u32::try_from(before.len() - reach.last()?.0).unwrap_or(0);
    let count = context.lexemes.words.partition_point(|(_, word)| word.end <= start);
    let words = context.lexemes.words.get(..count).unwrap_or_default();
    let (row, word) = words.iter().rev().take_while(|(_, word)| word.start >= from).find(|(row, word)| {
        matches!(context.lexicon.entry(*row), Some(Entry::Modifier { place: Place::Before | Place::Around, .. }))
            && widens_whole(word.of(context.text), context.rest(word.end))
            && (of || names_whole(*word, start, context))
    })?;
    // 高于去年同期的59%, 低于预期的3%: what was passed is the same at another time; 不到去年的50% is a part of it.
    let whole = start - u32::try_from(if of { '的'.len_utf8() } else { 0 }).unwrap_or(0);
    let told = word_before(context.text, whole, context.lexemes).any(|(row, _)| {
        matches!(
            context.lexicon.entry(*row),
            Some(
                Entry::Comparison { form: ComparisonForm::Base, .. }
                    | Entry::Period(_)
                    | Entry::Status { reach: Reach::Forecast, .. }
            )
        )
    });
    if told && word.of(context.text).ends_with(['于', '於']) && quantity.kind == Some(Kind::Percent) {
        return None;
    }
    // 占比增至30.9%，高于乙市的26.6%: that of another, told beside it.
    let beside = word.before(context.text).strip_suffix(['，', ',']);
    if beside.is_some_and(|beside| beside.ends_with(['%', '％'])) && of && word.of(context.text).ends_with(['于', '於'])
    {
        return None;
    }
    // A number between them takes the hedge; that of 上一年 counts nothing.
    let between = Span::<InFlow>::new(word.end, start);
    let dates = |shape: &Span<InFlow>| {
        let dates =
            |row: &RowId| matches!(context.lexicon.entry(*row), Some(Entry::Period(_) | Entry::Comparison { .. }));
        words
            .iter()
            .rev()
            .take_while(|(_, word)| word.start >= from)
            .any(|(row, word)| word.contains(*shape) && dates(row))
    };
    let taken = context.lexemes.shapes.iter().any(|(_, shape)| shape.overlaps(between) && !dates(shape));
    match context.lexicon.entry(*row) {
        Some(Entry::Modifier { bound, .. }) if !taken => Some((*bound, *row, *word)),
        _ => None,
    }
}

/// 约占公司总股本0.32%, 不超过总股本2%: whether a hedge is told of a part without 的. 约占总量的比重提高30%: what stands between
/// tells something else.
fn names_whole(hedge: Span<InFlow>, start: u32, context: &Context<'_>) -> bool {
    let limit = hedge.of(context.text);
    let limits = limit.starts_with('不') && limit.ends_with(['过', '過', '于', '於']);
    let between = Span::<InFlow>::new(hedge.end, start).of(context.text);
    let share = between.starts_with(['占', '佔']);
    let words = &context.lexemes.words;
    let from = words.partition_point(|(_, word)| word.start <= hedge.end);
    let tells = |(row, _): &(RowId, Span<InFlow>)| {
        let entry = context.lexicon.entry(*row);
        matches!(entry, Some(Entry::Change { .. } | Entry::Cue(Role::Share | Role::Copula | Role::To | Role::Progress)))
    };
    let mut inside = words.iter().skip(from).take_while(|(_, word)| word.start < start);
    (share || limits) && !between.contains('的') && !inside.any(tells)
}

/// 不超过…的, 约占…的; but not 最低工资的: a word of degree belongs to the noun behind it, as one character may.
fn widens_whole(word: &str, behind: &str) -> bool {
    let share = behind.starts_with(['占', '佔', '为', '達', '达']);
    (word.chars().nth(1).is_some() || share)
        && !word.starts_with(['最', '年', '快', '慢', '好', '差', '优', '落', '临'])
}

/// The hedge right behind a quantity. One that may be another word must close its clause: 30人不到, but 20人不到30人.
pub(super) fn after(quantity: &Quantity, context: &Context<'_>) -> Option<(Bound, RowId, Span<InFlow>)> {
    let words = &context.lexemes.words;
    // 10人（含）以上: the bracket says that the bound itself is meant.
    let bracket = included(context.rest(quantity.span.end), context.lexicon);
    let end = quantity.span.end + u32::try_from(bracket).unwrap_or(0);
    let part = matches!(quantity.kind, Some(Kind::Percent | Kind::Ratio | Kind::Multiple));
    let from = words.partition_point(|(_, span)| span.start < end);
    let closes = |span: &Span<InFlow>| {
        let behind = context.rest(span.end);
        ends(behind) || behind.starts_with('的')
    };
    let hedge = words.iter().skip(from).take_while(|(_, span)| span.start == end).find_map(|(row, span)| match context
        .lexicon
        .entry(*row)
    {
        Some(Entry::Modifier { bound, place: Place::After }) => Some((*bound, *row, *span)),
        Some(Entry::Modifier { bound, place: Place::Around | Place::Close }) if closes(span) => {
            Some((*bound, *row, *span))
        }
        Some(Entry::Modifier { bound, place: Place::Part }) if part && closes(span) => Some((*bound, *row, *span)),
        _ => None,
    });
    hedge.or_else(|| compared(quantity, context)).or_else(|| limit(quantity, context))
}

/// Bytes between 分别 and the first number of its list.
const OPENED: u32 = 24;

/// 分别不低于30%、40%, 分别稳定在80户、86户以上: the hedge of a list that 分别 opens is that of each of its numbers.
pub(super) fn share(context: &Context<'_>, quantities: &mut [Quantity]) {
    let between = |one: &Quantity, next: &Quantity| Span::<InFlow>::new(one.span.end, next.span.start);
    for list in quantities.chunk_by_mut(|one, next| joins(between(one, next).of(context.text).trim())) {
        let [first, .., last] = &*list else { continue };
        if list.iter().filter(|quantity| quantity.bound != Bound::Exact).count() != 1 {
            continue;
        }
        let start = first.span.start;
        let words = &context.lexemes.words;
        let opened = words
            .iter()
            .take(words.partition_point(|(_, word)| word.end <= start))
            .rev()
            .take_while(|(_, word)| word.start + OPENED >= start)
            .any(|(row, _)| matches!(context.lexicon.entry(*row), Some(Entry::Cue(Role::Respectively))));
        if !opened {
            continue;
        }
        let ahead = before(context.text, start, first.bare, context.lexemes, context.lexicon);
        let hedge = ahead.filter(|_| first.bound != Bound::Exact);
        let Some((bound, row, words)) = hedge.or_else(|| after(last, context)) else { continue };
        for quantity in list.iter_mut().filter(|quantity| quantity.bound == Bound::Exact) {
            apply(quantity, bound, row, Some(words), "the hedge of the list");
        }
    }
}

/// Characters of the longest noun between a number and the words that make a limit of it.
const LIMITED: usize = 4;

/// 以十个单位为上限: a limit behind the noun that is counted.
fn limit(quantity: &Quantity, context: &Context<'_>) -> Option<(Bound, RowId, Span<InFlow>)> {
    if !context.before(quantity.span.start).ends_with('以') {
        return None;
    }
    let words = &context.lexemes.words;
    let noun = context.rest(quantity.span.end).chars().take(LIMITED).take_while(|c| c.is_alphabetic());
    let reach = quantity.span.end + u32::try_from(noun.map(char::len_utf8).sum::<usize>()).unwrap_or(0);
    let from = words.partition_point(|(_, span)| span.start <= quantity.span.end);
    words.iter().skip(from).take_while(|(_, span)| span.start <= reach).find_map(|(row, span)| {
        let limits = span.of(context.text).starts_with(['为', '為']);
        match context.lexicon.entry(*row) {
            Some(Entry::Modifier { bound, place: Place::After }) if limits => Some((*bound, *row, *span)),
            _ => None,
        }
    })
}

/// 比5大, 比10少: what is said of a number in place of 大于 and 小于.
fn compared(quantity: &Quantity, context: &Context<'_>) -> Option<(Bound, RowId, Span<InFlow>)> {
    if !context.before(quantity.span.start).ends_with('比') {
        return None;
    }
    let (length, row) = context.lexicon.hedge_behind(context.rest(quantity.span.end))?;
    let span = Span::at(quantity.span.to(), quantity.span.to() + length);
    match context.lexicon.entry(row) {
        Some(Entry::Modifier { bound, .. }) if ends(context.rest(span.end)) => Some((*bound, row, span)),
        _ => None,
    }
}

/// Bytes of a bracket that says whether a bound is meant as well: （含）, (不含).
pub(super) fn included(text: &str, lexicon: &Lexicon) -> usize {
    let bracket = || {
        let inner = text.strip_prefix(['（', '('])?;
        let behind = inner.get(lexicon.opening(inner, Role::Inclusive)?.len()..)?;
        Some(text.len() - behind.strip_prefix(['）', ')'])?.len())
    };
    bracket().unwrap_or(0)
}

/// 最高的220千伏线路: of all there are, and no bound.
fn is_degree(text: &str, word: Span<InFlow>) -> bool {
    let behind = text.get(word.to()..).unwrap_or_default();
    word.of(text).starts_with('最') && behind.starts_with('的')
}

/// The characters among which a tag opens.
const TAG: usize = 200;

/// Whether a `>` closes a tag and compares nothing.
fn closes_tag(text: &str, word: Span<InFlow>) -> bool {
    let before = Span::<InFlow>::new(0, word.start).of(text);
    let opened = || before.chars().rev().take(TAG).any(|c| c == '<');
    word.of(text) == ">"
        && opened()
        && before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\'' | '/'))
}

/// Writes a hedge into a quantity.
pub(super) fn apply(
    quantity: &mut Quantity,
    bound: Bound,
    row: RowId,
    words: Option<Span<InFlow>>,
    rule: &'static str,
) {
    quantity.bound = bound;
    quantity.trace.note(Column::Bound, rule, Some(row), words);
    quantity.ends = None;
}

/// The lower and the upper end of a range.
pub(crate) type Ends = (Exact, Exact);

/// The lower and the upper bound that a hedge sets around a value, or that a range names.
pub(crate) fn bounds<'a>(
    bound: Bound,
    value: Option<&'a Exact>,
    ends: Option<&'a Ends>,
) -> (Option<&'a Exact>, Option<&'a Exact>) {
    match bound {
        Bound::MoreThan | Bound::AtLeast => (value, None),
        Bound::LessThan | Bound::AtMost | Bound::Nearly => (None, value),
        Bound::Between => (ends.map(|(lower, _)| lower), ends.map(|(_, upper)| upper)),
        Bound::Exact | Bound::About => (None, None),
    }
}
