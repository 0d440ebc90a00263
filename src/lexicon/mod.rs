//! The lexicon: every word that the stages know, from tables that a person can read and add to.
//!
//! ```
//! use taizhang::Lexicon;
//!
//! let lexicon = Lexicon::builtin();
//! assert!(lexicon.rows().any(|row| row.table == "units" && row.surfaces.iter().any(|s| &**s == "平方米")));
//! ```
//!
//! Shapes (how digits, dates and codes look) are code in the stages; words are rows here.

mod alphabet;
mod beside;
mod entry;
mod institution;
mod reading;
mod role;
mod rows;
mod trie;
mod variants;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use entry::{Classifier, Entry, LatinScale, NumeralChar, PeriodWord, Unit};
pub(crate) use institution::Institution;
use reading::Readings;
pub(crate) use role::{ChangeForm, ComparisonForm, Place, Reach, Role, Roles};
use rows::Cells;
pub use rows::LexiconError;

use alphabet::{Alphabet, CharSet, Code};
pub(crate) use alphabet::{Letter, fold, is_alphanumeric, is_conjunction, is_digit, is_greek, is_han, is_year, joins};
use trie::Trie;

use crate::exact::Exact;

/// A row, by its place in the [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(u32);

/// A table: its name, the text of the built-in rows, how a row is read, and in which pass its words are looked for.
struct Table {
    name: &'static str,
    text: &'static str,
    read: fn(&Cells<'_>) -> Result<Entry, LexiconError>,
    pass: Pass,
}

/// Where the words of a table are looked for.
#[derive(PartialEq)]
enum Pass {
    /// Anywhere in a sentence.
    Sentence,
    /// Right behind a number.
    BehindNumber,
    /// In the numeral itself.
    Numeral,
    /// In the text as a whole.
    Text,
    /// Nowhere: the row chooses between rows of other tables.
    Reading,
}

macro_rules! tables {
    ($($name:ident, $read:ident, $pass:ident;)+) => {
        [$(Table {
            name: stringify!($name),
            text: include_str!(concat!("zh/", stringify!($name), ".tsv")),
            read: entry::$read,
            pass: Pass::$pass,
        },)+]
    };
}

const TABLES: [Table; 13] = tables! {
    numerals, numeral, Numeral;
    units, unit, BehindNumber;
    classifiers, classifier, BehindNumber;
    nonunits, nonunit, BehindNumber;
    ambiguous, ambiguous, Reading;
    labels, label, Sentence;
    modifiers, modifier, Sentence;
    changes, change, Sentence;
    comparisons, comparison, Sentence;
    periods, period, Sentence;
    statuses, status, Sentence;
    cues, cue, Sentence;
    regions, region, Text;
};

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The table: `units`, `classifiers`, `modifiers` …
    pub table: &'static str,
    /// The file it stands in.
    pub file: Arc<Path>,
    /// Its 1-based line there.
    pub line: u64,
    /// The ways it is written; each is found in traditional script too.
    pub surfaces: Vec<Box<str>>,
    /// A sentence that uses it.
    pub example: Box<str>,
}

/// The words that the stages know.
#[derive(Debug, Clone)]
pub struct Lexicon {
    rows: Vec<Row>,
    /// What each row says, close together: it is asked for at every word.
    entries: Vec<Entry>,
    alphabet: Alphabet,
    words: Trie<RowId>,
    /// Words that are asked for at one place only, and not looked for in every sentence.
    beside: Trie<RowId>,
    units: Trie<RowId>,
    numerals: Vec<(char, NumeralChar)>,
    numeral_set: CharSet,
    /// The characters of Han numerals, and those of hedges that stand inside a number.
    inside: CharSet,
    factors: HashMap<Box<str>, Exact>,
    ambiguous: Readings,
    institutions: institution::Institutions,
    base_units: Vec<(Box<str>, Box<str>)>,
}

impl Lexicon {
    /// The built-in tables.
    ///
    /// # Panics
    ///
    /// Never: a test reads every built-in row.
    #[must_use]
    pub fn builtin() -> Self {
        let mut lexicon = Self::empty();
        for table in &TABLES {
            let file = PathBuf::from(format!("{}.tsv", table.name));
            if let Err(error) = lexicon.read(table, &file, table.text, false) {
                unreachable!("built-in lexicon: {error}");
            }
        }
        if let Err(characters) = lexicon.seal() {
            unreachable!("built-in lexicon: {characters} characters");
        }
        lexicon
    }

    fn empty() -> Self {
        Self {
            rows: Vec::new(),
            entries: Vec::new(),
            alphabet: Alphabet::default(),
            words: Trie::default(),
            beside: Trie::default(),
            units: Trie::default(),
            numerals: Vec::new(),
            numeral_set: CharSet::default(),
            inside: CharSet::default(),
            factors: HashMap::new(),
            ambiguous: Readings::default(),
            institutions: institution::Institutions::default(),
            base_units: Vec::new(),
        }
    }

    /// With the rows of a user's folder, which holds files of the same names and columns as the built-in tables.
    /// A surface that both have takes the user's reading first.
    ///
    /// # Errors
    ///
    /// A folder without any such file, a file that cannot be read, a row that does not fit its table.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, LexiconError> {
        let fail = |file: &Path, message: String| LexiconError { file: file.to_owned(), line: 0, message };
        let mut found = false;
        for table in &TABLES {
            let file = folder.join(format!("{}.tsv", table.name));
            if !file.exists() {
                continue;
            }
            found = true;
            let text = std::fs::read_to_string(&file).map_err(|cause| fail(&file, cause.to_string()))?;
            self.read(table, &file, &text, true)?;
        }
        if !found {
            let names: Vec<_> = TABLES.iter().map(|table| format!("{}.tsv", table.name)).collect();
            return Err(fail(folder, format!("no lexicon table here; expected one or more of {}", names.join(", "))));
        }
        self.seal().map_err(|characters| {
            fail(folder, format!("{characters} different characters; expected fewer than {}", Code::MOST))
        })?;
        Ok(self)
    }

    /// Makes the words that were read findable. Gives the number of different characters where they are too many.
    fn seal(&mut self) -> Result<(), usize> {
        let tries = [&self.words, &self.beside, &self.units];
        let numerals = self.numerals.iter().map(|(ch, _)| *ch);
        self.alphabet = Alphabet::new(tries.into_iter().flat_map(Trie::surfaces), numerals)?;
        for trie in [&mut self.words, &mut self.beside, &mut self.units] {
            trie.seal(&self.alphabet);
        }
        self.institutions.seal();
        Ok(())
    }

    /// Every row, built-in tables first.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.rows.iter()
    }

    /// The row behind a trace.
    #[must_use]
    pub fn row(&self, row: RowId) -> Option<&Row> {
        self.rows.get(row.0 as usize)
    }

    /// `units.tsv:12 亩|畝` for a row.
    #[must_use]
    pub fn describe(&self, row: RowId) -> String {
        let Some(row) = self.row(row) else { return String::new() };
        format!("{}:{} {}", row.file.display(), row.line, row.surfaces.join("|"))
    }

    /// A hash of all rows: two lexicons with the same hash read every text alike.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (row, entry) in self.rows.iter().zip(&self.entries) {
            hasher.update(format!("{}\t{entry:?}\n", row.table).as_bytes());
            // Written out as they are: to escape every character would take longer than to read the tables.
            row.surfaces.iter().for_each(|surface| {
                hasher.update(surface.as_bytes()).update(b"|");
            });
        }
        hasher.finalize().to_hex().chars().take(16).collect()
    }

    /// The longest word of the sentence pass at the start of `text`: its length in bytes and its rows.
    #[inline]
    pub(crate) fn word(&self, text: &str) -> Option<(usize, &[RowId])> {
        self.words.longest(text, &self.alphabet)
    }

    /// Spells a text out in a buffer; see [`Alphabet::spell`].
    pub(crate) fn spell<'a>(&self, text: &str, buffer: &'a mut Vec<Letter>) -> &'a [Letter] {
        self.alphabet.spell(text, buffer)
    }

    /// The longest words of the sentence pass in a text that is spelled out, leftmost first; see [`Trie::scan`].
    #[inline]
    pub(crate) fn words<'a>(&'a self, text: &[Letter], take: impl FnMut(usize, usize, &'a [RowId]) -> bool) {
        self.words.scan(text, take);
    }

    /// The word that is written exactly so.
    pub(crate) fn word_named(&self, surface: &str) -> &[RowId] {
        self.words.get(surface, &self.alphabet)
    }

    /// The longest unit, classifier or word that is neither at the start of `text`.
    pub(crate) fn unit(&self, text: &str) -> Option<(usize, &[RowId])> {
        self.units.longest(text, &self.alphabet)
    }

    /// The rows of the words, of two to `most` characters, that the text ends in.
    pub(crate) fn ending<'a>(&'a self, text: &'a str, most: usize) -> impl Iterator<Item = &'a Entry> + 'a {
        let ends = text.char_indices().rev().take(most).skip(1).filter_map(move |(at, _)| text.get(at..));
        let words = ends.filter_map(move |end| self.word(end).filter(|(length, _)| *length == end.len()));
        words.flat_map(move |(_, rows)| rows.iter().filter_map(|row| self.entry(*row)))
    }

    /// The unit that is written exactly so.
    pub(crate) fn unit_named(&self, surface: &str) -> &[RowId] {
        self.units.get(surface, &self.alphabet)
    }

    /// Whether a character stands in Han numerals.
    #[inline]
    pub(crate) fn is_numeral_char(&self, ch: char) -> bool {
        self.numeral_set.contains(ch)
    }

    /// Whether a number may go on with a character behind its digits: a scale (5万) or a hedge (5多).
    #[inline]
    pub(crate) fn goes_on(&self, ch: char) -> bool {
        self.inside.contains(ch)
    }

    /// What a character does in a Han numeral, if it stands in one.
    pub(crate) fn numeral_char(&self, ch: char) -> Option<NumeralChar> {
        if !self.is_numeral_char(ch) {
            return None;
        }
        let at = self.numerals.binary_search_by_key(&ch, |(known, _)| *known).ok()?;
        self.numerals.get(at).map(|(_, class)| *class)
    }

    /// The characters of Han numerals, for the shapes of numbers.
    pub(crate) fn numeral_chars(&self) -> impl Iterator<Item = (char, NumeralChar)> + '_ {
        self.numerals.iter().copied()
    }

    /// The factor that values of a unit code are given in: that of the first row with the code.
    pub(crate) fn factor_of(&self, code: &str) -> Option<&Exact> {
        self.factors.get(code)
    }

    /// The reading of an ambiguous surface that the word right behind it calls for, or the nearest before the number.
    pub(crate) fn reading(&self, surface: &str, (before, behind): (&str, &str), rows: &[RowId]) -> Option<RowId> {
        let called = self.ambiguous.called(surface, before, behind)?;
        rows.iter().copied().find(|row| match self.entry(*row) {
            Some(Entry::Unit(unit)) => &*unit.code == called,
            Some(Entry::Classifier(_)) => called == "classifier",
            _ => false,
        })
    }

    /// Whether words around a surface decide how it is read.
    pub(crate) fn has_readings(&self, surface: &str) -> bool {
        self.ambiguous.hold(surface)
    }

    /// The unit of money that is written exactly so.
    pub(crate) fn money_named(&self, surface: &str) -> Option<RowId> {
        let money = |row: &RowId| matches!(self.entry(*row), Some(Entry::Unit(unit)) if &*unit.dimension == "currency");
        self.unit_named(surface).iter().copied().find(money)
    }

    /// What a row says.
    pub(crate) fn entry(&self, row: RowId) -> Option<&Entry> {
        self.entries.get(row.0 as usize)
    }

    /// The base unit of a dimension: the code whose factor is 1. Money has no exchange and is its own base.
    pub(crate) fn base_unit<'a>(&'a self, unit: &'a Unit) -> &'a str {
        if &*unit.dimension == "currency" {
            return &unit.code;
        }
        let base = self.base_units.iter().find(|(dimension, _)| *dimension == unit.dimension);
        base.map_or(&unit.code, |(_, code)| code)
    }

    fn add_numeral(&mut self, ch: char, class: NumeralChar) {
        self.numerals.push((ch, class));
        self.numeral_set.insert(ch);
        self.inside.insert(ch);
    }

    /// Reads a table's rows; `own` for a user's, which are asked first.
    fn read(&mut self, table: &Table, file: &Path, text: &str, own: bool) -> Result<(), LexiconError> {
        let file: Arc<Path> = file.into();
        rows::read(&file, text, &["surfaces", "example"], |cells| {
            let mut entry = (table.read)(cells)?;
            let surfaces = cells.surfaces()?;
            let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
            if let Entry::Unit(unit) = &mut entry {
                let first = self.factors.entry(unit.code.clone()).or_insert_with(|| unit.factor.clone());
                unit.of_code = (*first != unit.factor).then(|| unit.factor.divided(first));
            }
            if let Entry::Ambiguous { reading, near } = &entry {
                self.ambiguous.add(cells.get("surfaces")?, reading, near);
            }
            if let Entry::Unit(unit) = &entry
                && unit.offset.is_none()
                && unit.factor == Exact::integer(1)
                && !self.base_units.iter().any(|(dimension, _)| *dimension == unit.dimension)
            {
                let code = if unit.kind == crate::terms::Kind::Measure { unit.code.clone() } else { "1".into() };
                self.base_units.push((unit.dimension.clone(), code));
            }
            if let Entry::Modifier { place: Place::Inside, .. } = entry {
                for ch in surfaces.iter().flat_map(|surface| surface.chars()) {
                    variants::forms(ch).chain([ch]).for_each(|ch| self.inside.insert(ch));
                }
            }
            for surface in &surfaces {
                match (&table.pass, &entry) {
                    (Pass::Sentence | Pass::Numeral, entry) if entry.stands_beside() => {
                        self.beside.insert(surface, id, own);
                    }
                    (Pass::Sentence, _) => self.words.insert(surface, id, own),
                    (Pass::BehindNumber, _) => self.units.insert(surface, id, own),
                    (Pass::Numeral, Entry::Numeral(class)) => {
                        surface.chars().for_each(|ch| self.add_numeral(ch, *class));
                    }
                    (Pass::Text, _) => self.institutions.add(surface, id),
                    (Pass::Numeral | Pass::Reading, _) => {}
                }
            }
            self.numerals.sort_unstable_by_key(|(ch, _)| *ch);
            let (line, example) = (cells.line(), cells.get("example")?.into());
            self.rows.push(Row { table: table.name, file: Arc::clone(&file), line, surfaces, example });
            self.entries.push(entry);
            Ok(())
        })
    }
}
