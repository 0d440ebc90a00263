//! Words that are asked for at one place, in front of it or behind it: they are not looked for in every sentence.

use super::{Entry, LatinScale, Lexicon, Place, Role, RowId};

/// The longest of these words, in characters.
const LONGEST: usize = 4;

impl Lexicon {
    /// Whether a word is written exactly so that plays a part.
    pub(crate) fn is_word(&self, surface: &str, role: Role) -> bool {
        let words = if role.stands_beside() { &self.beside } else { &self.words };
        let rows = words.get(surface, &self.alphabet);
        rows.iter().any(|row| matches!(self.entry(*row), Some(Entry::Cue(found)) if *found == role))
    }

    /// The longest word of a role that `text` starts with.
    pub(crate) fn opening<'t>(&self, text: &'t str, role: Role) -> Option<&'t str> {
        let ends = text.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| text.get(..end)).filter(|word| self.is_word(word, role)).last()
    }

    /// The longest word of a role that `text` ends in.
    pub(crate) fn closing<'t>(&self, text: &'t str, role: Role) -> Option<&'t str> {
        let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
        starts.filter_map(|start| text.get(start..)).filter(|word| self.is_word(word, role)).last()
    }

    /// The hedge that `text` starts with: its length in bytes and its row.
    pub(crate) fn hedge_behind(&self, text: &str) -> Option<(usize, RowId)> {
        let (length, rows) = self.beside.longest(text, &self.alphabet)?;
        let hedge = |row: &RowId| matches!(self.entry(*row), Some(Entry::Modifier { place: Place::Than, .. }));
        rows.iter().copied().find(hedge).map(|row| (length, row))
    }

    /// The scale in Latin letters that `text` starts with, and its length in bytes.
    pub(crate) fn latin_scale(&self, text: &str) -> Option<(LatinScale, usize)> {
        let (length, rows) = self.beside.longest(text, &self.alphabet)?;
        let scale = rows.iter().find_map(|row| match self.entry(*row) {
            Some(Entry::Latin(scale)) => Some(*scale),
            _ => None,
        });
        scale.map(|scale| (scale, length))
    }
}
