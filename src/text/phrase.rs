//! Words gathered from several places of a text, without copying them.

use std::borrow::Cow;

use super::{InFlow, Span};

/// Words gathered from one text: up to six pieces, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Phrase {
    pieces: [(u32, u32); Phrase::MOST],
    len: u8,
}

impl Phrase {
    /// The most pieces a phrase holds.
    pub const MOST: usize = 6;

    /// Adds a piece; one that touches the last piece extends it, and one too many is left out.
    pub(crate) fn push(&mut self, piece: Span<InFlow>) {
        if piece.is_empty() {
            return;
        }
        let len = usize::from(self.len);
        if let Some(last) = len.checked_sub(1).and_then(|last| self.pieces.get_mut(last))
            && last.1 == piece.start
        {
            last.1 = piece.end;
        } else if let Some(next) = self.pieces.get_mut(len) {
            *next = (piece.start, piece.end);
            self.len += 1;
        }
    }

    /// The pieces.
    pub fn pieces(&self) -> impl Iterator<Item = Span<InFlow>> + '_ {
        self.pieces.iter().take(usize::from(self.len)).map(|(start, end)| Span::new(*start, *end))
    }

    /// How many pieces it can still take.
    pub(crate) const fn room(&self) -> usize {
        Self::MOST - self.len as usize
    }

    /// Whether nothing was gathered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words, joined.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.pieces.first() {
            Some((start, end)) if self.len == 1 => Cow::Borrowed(Span::<InFlow>::new(*start, *end).of(text)),
            _ => self.pieces().map(|piece| piece.of(text)).collect::<String>().into(),
        }
    }
}

impl FromIterator<Span<InFlow>> for Phrase {
    fn from_iter<I: IntoIterator<Item = Span<InFlow>>>(pieces: I) -> Self {
        let mut phrase = Self::default();
        pieces.into_iter().for_each(|piece| phrase.push(piece));
        phrase
    }
}
