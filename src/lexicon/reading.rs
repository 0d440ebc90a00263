//! Surfaces with several readings, and the words around a number that call for one of them.

use std::collections::HashMap;

use super::alphabet::CharSet;
use super::variants::{forms, spelled};

/// The readings of each ambiguous surface, in the order of their rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Readings {
    /// By surface, as it is spelled.
    by_surface: HashMap<Box<str>, Vec<Reading>>,
    /// What the surfaces start with: most units start otherwise, and need no look-up.
    starts: CharSet,
}

/// One reading, and the words that call for it; without such words it is what is read where none calls.
#[derive(Debug, Clone)]
struct Reading {
    reading: Box<str>,
    near: Vec<Box<str>>,
}

impl Readings {
    pub(super) fn add(&mut self, surface: &str, reading: &str, near: &[Box<str>]) {
        let reading = Reading { reading: reading.into(), near: near.to_vec() };
        let surface: String = surface.chars().map(spelled).collect();
        for first in surface.chars().take(1) {
            std::iter::once(first).chain(forms(first)).for_each(|first| self.starts.insert(first));
        }
        self.by_surface.entry(surface.into()).or_default().push(reading);
    }

    /// Whether the words around a surface decide how it is read.
    pub(super) fn hold(&self, surface: &str) -> bool {
        self.of(surface).is_some()
    }

    fn of(&self, surface: &str) -> Option<&[Reading]> {
        surface.chars().next().filter(|first| self.starts.contains(*first))?;
        let surface: String = surface.chars().map(spelled).collect();
        self.by_surface.get(&*surface).map(Vec::as_slice)
    }

    /// The reading that the word right behind a surface calls for, or the nearest before its number.
    pub(super) fn called(&self, surface: &str, before: &str, behind: &str) -> Option<&str> {
        let readings = self.of(surface)?;
        // 接入100M带宽，型号3M: a letter is a unit only in the clause that says so.
        let before =
            if surface.is_ascii() { before.rsplit(['，', '；', '。']).next().unwrap_or(before) } else { before };
        let near = |reading: &Reading| reading.near.iter().filter_map(|word| tells(word, before, behind)).max();
        let told = readings.iter().rev().filter_map(|reading| Some((near(reading)?, reading)));
        let told = told.max_by_key(|(place, _)| *place).map(|(_, reading)| reading);
        let called = told.or_else(|| readings.iter().find(|reading| reading.near.is_empty()));
        called.map(|reading| &*reading.reading)
    }
}

/// How much a word tells of a number: right behind it more than before it, and there the more the nearer. One with $ tells
/// right before it only, and ^ tells where nothing stands on either side.
fn tells(word: &str, before: &str, behind: &str) -> Option<usize> {
    if word == "^" {
        return (before.is_empty() && behind.is_empty()).then_some(usize::MAX);
    }
    match word.strip_suffix('$') {
        Some(word) => before.trim_end().ends_with(word).then_some(before.len()),
        None if behind.starts_with(word) => Some(usize::MAX),
        None => before.rfind(word),
    }
}
