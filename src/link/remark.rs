//! Brackets in a sentence: where they open and close, and the short remarks on the word before them.

use memchr::memchr2;

use super::clause::Sentence;
use crate::text::{InFlow, Span};

impl Sentence<'_> {
    /// The first remark in brackets inside a span, brackets included.
    pub(super) fn remark_in(&self, span: Span<InFlow>) -> Option<Span<InFlow>> {
        let words = span.of(self.text);
        // The last byte of ）, and ).
        memchr2(b')', 0x89, words.as_bytes())?;
        let closes = words.char_indices().filter(|(_, c)| is_close(*c));
        let mut ends = closes.map(|(at, c)| at + c.len_utf8());
        ends.find_map(|end| Some((remark(words.get(..end)?)?, end)))
            .map(|(open, end)| Span::<InFlow>::at(span.from() + open, span.from() + end))
            // 本(104)年
            .filter(|remark| !self.in_number(remark.from()))
    }

    /// Where the brackets close that were open at the start of a span, if they do so inside it.
    pub(super) fn close_in(&self, span: Span<InFlow>) -> Option<u32> {
        let words = span.of(self.text);
        // 0xEF opens （ and ）, and the other full-width marks.
        let mut marks = memchr::memchr3_iter(b'(', b')', 0xEF, words.as_bytes()).filter_map(|at| words.get(at..));
        let rest = marks.find(|rest| rest.starts_with(|c| matches!(c, '（' | '(') || is_close(c)))?;
        rest.starts_with(is_close).then(|| Span::<InFlow>::at(span.from(), span.to() - rest.len()).end)
    }

    /// （原计划降低8%）: where the brackets stand that hold a word, from the one to the other.
    pub(super) fn brackets(&self, word: Span<InFlow>) -> Option<Span<InFlow>> {
        let before = Span::<InFlow>::new(self.span.start, word.start).of(self.text);
        let open = before.rfind(|c: char| matches!(c, '（' | '(') || is_close(c))?;
        let close = self.close_in(Span::new(word.end, self.span.end))?;
        before.get(open..)?.starts_with(['（', '(']).then(|| Span::at(self.span.from() + open, close as usize))
    }

    /// Where the remark opens that closes at byte `end` of the words before a number, and goes on to it: 企（事）业单位贷款,
    /// but none right before the number (项目（工程）3个), unless it is a percent (增长（下同）3%), and none behind another number.
    pub(super) fn open_of(&self, head: &str, end: usize, percent: bool) -> Option<usize> {
        let (words, behind) = head.split_at_checked(end)?;
        let open = remark(words).filter(|_| percent || !behind.trim().is_empty())?;
        let at = u32::try_from(self.span.from() + open).ok()?;
        let past = self.mentions.partition_point(|mention| mention.span.end < at);
        let number = self.mentions.get(past).is_some_and(|m| m.span.end == at && m.kind.is_quantity());
        (!number).then_some(open)
    }
}

/// The longest remark, in characters.
const REMARK: usize = 20;

/// Where the brackets open that close at the end of some words and hold a short remark on the word before them:
/// 去年同期（下同）, 较上周（1104例）.
pub(super) fn remark(words: &str) -> Option<usize> {
    let inner = words.strip_suffix(is_close)?;
    let stop = |c: &char| is_close(*c) || matches!(c, '（' | '(' | '。' | '；' | '：' | '\n');
    let (open, bracket) = inner.char_indices().rev().take(REMARK + 1).find(|(_, c)| stop(c))?;
    let before = words.get(..open)?;
    let worded = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '》'));
    (matches!(bracket, '（' | '(') && worded && open + bracket.len_utf8() < inner.len()).then_some(open)
}

pub(super) const fn is_close(c: char) -> bool {
    matches!(c, '）' | ')')
}
