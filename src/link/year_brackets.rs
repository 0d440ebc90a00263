//! Years in brackets, which say what a word or another date before them means.

use crate::lexicon::{Entry, Lexicon, PeriodWord};
use crate::terms::Kind;
use crate::text::{InFlow, Span};

use super::clause::Sentence;

/// 去年同期（2018年2月）, 今年（2019年）: how far from the year at hand one in brackets is, by the word before them.
pub(super) fn told_in_brackets(sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> Option<i16> {
    let before = Span::<InFlow>::new(sentence.span.start, date.start).of(sentence.text);
    let outside = before.strip_suffix(['（', '(']).map(|outside| sentence.span.from() + outside.len());
    let outside = outside.map_or(&[][..], |end| sentence.words_ending(Span::<InFlow>::at(0, end).end));
    // 明年度（115）: a date with the word that says which.
    let inside = sentence.words_in(date).iter().take_while(|(_, word)| word.start == date.start);
    outside.iter().chain(inside).find_map(|(row, _)| match lexicon.entry(*row)? {
        Entry::Period(PeriodWord::Year(offset)) => Some(*offset),
        Entry::Period(PeriodWord::SamePeriodBefore) => Some(-1),
        _ => None,
    })
}

/// 去（2016）年, 本(104)年5月: how far from the year at hand one is that stands inside the word for it.
pub(super) fn told_within(date: &str) -> Option<i16> {
    let mut letters = date.chars();
    let word = letters.next()?;
    letters.find(|c| *c != ' ').filter(|c| matches!(c, '（' | '('))?;
    match word {
        '今' | '本' => Some(0),
        '去' | '上' | '昨' => Some(-1),
        '前' => Some(-2),
        _ => None,
    }
}

/// 民国24年（1935年）: whether a date in brackets stands right behind another.
pub(super) fn restates_date(sentence: Sentence<'_>, date: Span<InFlow>) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, date.start).of(sentence.text);
    let Some(outside) = before.strip_suffix(['（', '(']) else { return false };
    let end = sentence.span.start + u32::try_from(outside.len()).unwrap_or(0);
    let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
    sentence.mentions.get(at).is_some_and(|mention| mention.kind == Kind::Date && mention.span.end == end)
}
