//! How something is done, which is no part of what is measured: 以集中竞价交易方式减持.

use super::clause::Sentence;
use crate::lexicon::{Entry, Lexicon, Role, RowId};
use crate::text::{InFlow, Span};

/// 以集中竞价交易方式, 通过协议转让的方式: how something is done, from the one word to the other.
pub(super) fn manner_in(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    if !sentence.roles.hold(Role::Means) {
        return None;
    }
    let words = span.of(sentence.text);
    let closes = |c: char| matches!(c, '式' | '径' | '徑' | '道' | '段');
    let end = words.find(closes).and(
        words
            .rmatch_indices(closes)
            .map(|(at, mark)| at + mark.len())
            .find(|end| words.get(..*end).is_some_and(|words| is_manner(words, lexicon))),
    )?;
    let end = u32::try_from(end).map_or(span.end, |end| span.start + end);
    let opens = |(row, _): &&(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Means)));
    let (_, by) = sentence.words_in(Span::new(span.start, end)).iter().find(opens)?;
    Some(Span::new(by.start, end))
}

/// Whether words end in 方式, but not in 贸易方式, which sorts what is measured.
fn is_manner(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.closing(words, Role::Manner).is_some() && lexicon.closing(words, Role::Not).is_none()
}
