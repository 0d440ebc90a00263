//! Words that are asked for at one place, in front of it or behind it: they are not looked for in every sentence.

use super::{Entry, LatinScale, Lexicon, Place, Role, RowId, Trie};

/// The longest of these words before a place, in characters, and of those that say how a subject goes.
const LONGEST: usize = 4;
const LONGEST_STATE: usize = 6;

impl Lexicon {
    /// Whether a word is written exactly so that plays a part.
    pub(crate) fn is_word(&self, surface: &str, role: Role) -> bool {
        self.plays(self.words_of(role).get(surface, &self.alphabet), role)
    }

    /// Whether a word that plays a part is all that is written, its characters set apart (单 位) or not.
    pub(crate) fn is_spread_word(&self, words: &str, role: Role) -> bool {
        let words = words.trim();
        if !words.contains(char::is_whitespace) {
            return self.is_word(words, role);
        }
        self.is_word(&words.split_whitespace().collect::<String>(), role)
    }

    /// The rows of a word that is written exactly so and plays a part.
    pub(crate) fn rows_of(&self, surface: &str, role: Role) -> impl Iterator<Item = RowId> {
        let rows = self.words_of(role).get(surface, &self.alphabet).iter().copied();
        rows.filter(move |row| self.plays(&[*row], role))
    }

    /// The longest word of a role that `text` starts with.
    pub(crate) fn opening<'t>(&self, text: &'t str, role: Role) -> Option<&'t str> {
        let found = self.words_of(role).longest_of(text, &self.alphabet, |rows| self.plays(rows, role));
        found.and_then(|(length, _)| text.get(..length))
    }

    /// The longest word of a role that `text` ends in.
    pub(crate) fn closing<'t>(&self, text: &'t str, role: Role) -> Option<&'t str> {
        let longest = if matches!(role, Role::State) { LONGEST_STATE } else { LONGEST };
        let starts = text.char_indices().rev().take(longest).map(|(at, _)| at);
        starts.filter_map(|start| text.get(start..)).filter(|word| self.is_word(word, role)).last()
    }

    /// Whether a unit or a classifier stands at the front of a text.
    pub(crate) fn counts(&self, text: &str) -> bool {
        let counts = |row: &RowId| matches!(self.entry(*row), Some(Entry::Unit(_) | Entry::Classifier(_)));
        self.unit(text).is_some_and(|(_, rows)| rows.iter().any(counts))
    }

    /// The hedge that `text` starts with: its length in bytes and its row.
    pub(crate) fn hedge_behind(&self, text: &str) -> Option<(usize, RowId)> {
        let hedge = |row: &RowId| matches!(self.entry(*row), Some(Entry::Modifier { place: Place::Than, .. }));
        let (length, rows) = self.beside.longest_of(text, &self.alphabet, |rows| rows.iter().any(hedge))?;
        rows.iter().copied().find(hedge).map(|row| (length, row))
    }

    /// The scale in Latin letters that `text` starts with, and its length in bytes.
    pub(crate) fn latin_scale(&self, text: &str) -> Option<(LatinScale, usize)> {
        let scale = |row: &RowId| match self.entry(*row) {
            Some(Entry::Latin(scale)) => Some(*scale),
            _ => None,
        };
        let (length, rows) =
            self.beside.longest_of(text, &self.alphabet, |rows| rows.iter().any(|row| scale(row).is_some()))?;
        rows.iter().find_map(scale).map(|scale| (scale, length))
    }

    /// The words among which those of a role stand.
    const fn words_of(&self, role: Role) -> &Trie<RowId> {
        if role.stands_beside() { &self.beside } else { &self.words }
    }

    fn plays(&self, rows: &[RowId], role: Role) -> bool {
        rows.iter().any(|row| matches!(self.entry(*row), Some(Entry::Cue(found)) if *found == role))
    }
}
