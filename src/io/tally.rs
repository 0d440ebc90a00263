//! What the documents of a run add up to: rows and digits by kind, and what the words of the program did not reach.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::terms::Kind;

/// A number for each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByKind([u64; Kind::ALL.len()]);

impl ByKind {
    /// More of a kind.
    pub fn count(&mut self, kind: Kind, more: u64) {
        if let Some(number) = self.0.get_mut(kind as usize) {
            *number += more;
        }
    }

    /// All of another's.
    pub fn add(&mut self, other: &Self) {
        for (mine, more) in self.0.iter_mut().zip(other.0) {
            *mine += more;
        }
    }

    /// The number of each kind, in the order of the contract.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> {
        Kind::ALL.iter().copied().zip(self.0)
    }

    /// Those of all kinds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// A word that stands where a unit would, and no lexicon row knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownUnit {
    /// The word.
    #[serde(rename = "unit")]
    pub word: String,
    /// Numbers that it stands behind.
    pub rows: u64,
    /// Documents that have it: a unit is in many, the debris of one table in one.
    pub documents: u64,
    /// The number with what stands around it.
    pub example: String,
    /// The document and the line of the example.
    pub place: String,
}

/// What one document, or all of a run, holds.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Rows, whether written or not.
    pub found: ByKind,
    /// Runs of Arabic digits within rows of each kind.
    pub digit_runs: ByKind,
    /// Rows of quantity kinds that say nothing of what they measure.
    pub unlinked: u64,
    /// Characters that could not be read.
    pub replacements: u64,
    /// Unknown words, each with its first example.
    unknown_units: BTreeMap<String, UnknownUnit>,
    /// Numbers with further unknown words, which are only counted.
    pub more_unknown_units: u64,
}

impl Tally {
    /// Different unknown words that are kept.
    const MOST_WORDS: usize = 10_000;

    /// One more number of the same document with an unknown word behind it.
    pub fn note(&mut self, word: &str, example: impl FnOnce() -> (String, String)) {
        if let Some(known) = self.unknown_units.get_mut(word) {
            known.rows += 1;
        } else {
            let (example, place) = example();
            self.join(UnknownUnit { word: word.to_owned(), rows: 1, documents: 1, example, place });
        }
    }

    fn join(&mut self, unit: UnknownUnit) {
        if let Some(known) = self.unknown_units.get_mut(&unit.word) {
            known.rows += unit.rows;
            known.documents += unit.documents;
        } else if self.unknown_units.len() < Self::MOST_WORDS {
            self.unknown_units.insert(unit.word.clone(), unit);
        } else {
            self.more_unknown_units += unit.rows;
        }
    }

    /// Adds a later document.
    pub fn add(&mut self, other: Self) {
        self.found.add(&other.found);
        self.digit_runs.add(&other.digit_runs);
        self.unlinked += other.unlinked;
        self.replacements += other.replacements;
        other.unknown_units.into_values().for_each(|unit| self.join(unit));
        self.more_unknown_units += other.more_unknown_units;
    }

    /// The unknown words, those of most documents first, then those of most rows.
    #[must_use]
    pub fn unknown_by_frequency(&self) -> Vec<&UnknownUnit> {
        let mut words: Vec<_> = self.unknown_units.values().collect();
        words.sort_by_key(|unit| (Reverse(unit.documents), Reverse(unit.rows)));
        words
    }
}

/// A document and how long it took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timed {
    /// The document's name.
    pub file: String,
    /// From opening it to its rows.
    pub seconds: f64,
    /// Its length.
    pub bytes: u64,
}

/// The documents that took longest, the longest first.
#[derive(Debug, Clone, Default)]
pub struct Slowest(Vec<Timed>);

impl Slowest {
    /// Documents that are kept.
    const MOST: usize = 10;

    /// One more document.
    pub fn note(&mut self, file: &str, took: Duration, bytes: u64) {
        let seconds = (took.as_secs_f64() * 1e4).round() / 1e4;
        let place = self.0.partition_point(|slower| slower.seconds >= seconds);
        if place < Self::MOST {
            self.0.insert(place, Timed { file: file.to_owned(), seconds, bytes });
            self.0.truncate(Self::MOST);
        }
    }

    /// The documents.
    #[must_use]
    pub fn documents(&self) -> &[Timed] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str], place: &str) -> Tally {
        let mut tally = Tally::default();
        for word in words {
            tally.note(word, || (format!("6{word}"), place.to_owned()));
        }
        tally
    }

    #[test]
    fn unknown_words_come_by_documents_with_their_first_example() {
        let mut run = of(&["发", "王", "王", "王"], "a:1");
        run.add(of(&["金", "发", "金"], "b:1"));
        let words: Vec<_> = run
            .unknown_by_frequency()
            .into_iter()
            .map(|unit| (unit.word.as_str(), unit.documents, unit.rows, unit.place.as_str()))
            .collect();
        assert_eq!(words, [("发", 2, 2, "a:1"), ("王", 1, 3, "a:1"), ("金", 1, 2, "b:1")]);
    }

    #[test]
    fn words_beyond_the_limit_are_counted() {
        let mut run = Tally::default();
        (0..Tally::MOST_WORDS + 5).for_each(|number| run.add(of(&[&number.to_string()], "a:1")));
        assert_eq!((run.unknown_by_frequency().len(), run.more_unknown_units), (Tally::MOST_WORDS, 5));
    }

    #[test]
    fn the_slowest_stay() {
        let mut slowest = Slowest::default();
        (0..30).for_each(|number| slowest.note(&number.to_string(), Duration::from_millis(number * 7 % 30), 1));
        let kept: Vec<_> = slowest.documents().iter().map(|timed| timed.seconds).collect();
        assert_eq!(kept, [0.029, 0.028, 0.027, 0.026, 0.025, 0.024, 0.023, 0.022, 0.021, 0.02]);
    }
}
