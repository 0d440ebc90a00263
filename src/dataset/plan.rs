//! What a run has to do: for each document, whether its rows stay or are read, and which documents share a part.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use crate::io::{Origin, Refused, TextFile, document_id_of};
use crate::table::Selection;

use super::error::DatasetError;
use super::manifest::{Entry, Manifest, Part, Stamp};
use super::partition::Partition;
use super::place::Dataset;

/// What a run wants of a dataset.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Documents that are not among the inputs are taken out.
    pub prune: bool,
    /// Every document is read, also those that did not change.
    pub refresh: bool,
    /// The column by which the rows are parted, if they are.
    pub partition: Option<Partition>,
    /// Hash over the words and options that the run reads with.
    pub rule_set: String,
    /// The version of the program.
    pub version: String,
}

/// An entry of the manifest, and where its rows begin in each of its parts.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) entry: Entry,
    pub(super) from: Vec<usize>,
}

/// What becomes of one document.
#[derive(Debug)]
pub(super) enum Step {
    /// Its rows stay as they are.
    Keep(Held),
    /// It is read; if that fails, what it held stays.
    Read { name: String, stamp: Stamp, held: Option<Held> },
    /// It is done.
    Settled,
}

impl Step {
    fn name(&self) -> &str {
        match self {
            Self::Keep(held) => &held.entry.document,
            Self::Read { name, .. } => name,
            Self::Settled => "",
        }
    }
}

/// The steps of a run, in the order of the documents' names.
#[derive(Debug)]
pub struct Plan {
    pub(super) steps: Vec<Step>,
    /// Documents that share a part.
    pub(super) chunks: Vec<Range<usize>>,
    /// The parts that are there.
    pub(super) parts: HashMap<String, Part>,
    /// Entries with rows in each part.
    pub(super) members: HashMap<String, usize>,
    /// The hash of the manifest.
    pub(super) before: Option<blake3::Hash>,
    /// Whether all its parts are there.
    pub(super) whole: bool,
    /// The files to read, each with the place of its step.
    pub reads: Vec<(usize, TextFile)>,
    /// Files that cannot stand in the dataset beside what is there.
    pub refused: Vec<Refused>,
    /// Documents that did not change.
    pub unchanged: u64,
    /// Documents taken out.
    pub pruned: u64,
    /// Documents that stay though they are not among the inputs.
    pub absent: u64,
    /// Documents that stay with the rows that other rules, or another version, gave.
    pub by_other_rules: u64,
}

impl Plan {
    /// Compares the inputs with what the dataset holds.
    ///
    /// # Errors
    ///
    /// Where the dataset is none, or its rows cannot stand beside those that the run would make.
    pub fn new(
        dataset: &Dataset,
        files: Vec<TextFile>,
        selection: &Selection,
        wishes: &Wishes,
    ) -> Result<Self, DatasetError> {
        if !selection.columns().iter().any(|column| column.name == "document") {
            return Err(DatasetError::NoDocument);
        }
        let manifest = dataset.manifest()?;
        let before = manifest.as_ref().and_then(Manifest::hash);
        let partition = wishes.partition.as_ref();
        let manifest = manifest.unwrap_or_else(|| Manifest::new(selection, partition, Vec::new(), Vec::new()));
        let same_table = manifest.differs(selection, partition);
        // Rows of other columns can no more be kept than rows that are lost.
        let usable = same_table.is_ok();
        if !wishes.refresh {
            same_table?;
        }
        let all = manifest.parts.len();
        let facts = dataset.facts();
        let sound = |part: &Part| {
            usable && std::fs::metadata(facts.join(&part.file)).is_ok_and(|about| about.len() == part.bytes)
        };
        let sound = manifest.parts.into_iter().filter(sound);
        let parts: HashMap<String, Part> = sound.map(|part| (part.file.clone(), part)).collect();
        let mut plan = Self {
            steps: Vec::new(),
            chunks: Vec::new(),
            members: HashMap::new(),
            before,
            whole: parts.len() == all,
            parts,
            reads: Vec::new(),
            refused: Vec::new(),
            unchanged: 0,
            pruned: 0,
            absent: 0,
            by_other_rules: 0,
        };
        let held = plan.held(manifest.files);
        plan.compare(held, files, wishes)?;
        plan.chunks = chunks(&plan.steps);
        Ok(plan)
    }

    /// The entries with the places of their rows.
    fn held(&mut self, entries: Vec<Entry>) -> Vec<Held> {
        let mut ends: HashMap<String, usize> = HashMap::new();
        let mut place = |entry: Entry| {
            let mut from = Vec::with_capacity(entry.parts.len());
            for share in &entry.parts {
                *self.members.entry(share.part.clone()).or_default() += 1;
                let end = ends.entry(share.part.clone()).or_default();
                from.push(*end);
                *end += usize::try_from(share.rows).unwrap_or(usize::MAX);
            }
            Held { entry, from }
        };
        entries.into_iter().map(&mut place).collect()
    }

    /// Goes through both lists side by side.
    fn compare(&mut self, held: Vec<Held>, files: Vec<TextFile>, wishes: &Wishes) -> Result<(), DatasetError> {
        let mut lost = Vec::new();
        let mut held = held.into_iter().peekable();
        let mut names = HashSet::new();
        for file in files {
            let Origin::File(path) = &file.origin else {
                self.refuse(file.name, "cannot be read into a dataset, which needs names; write it to a file");
                continue;
            };
            let shown = path.display().to_string();
            if !names.insert(file.name.clone()) {
                self.refuse(shown, "has the same name in the table as another file; rename it");
                continue;
            }
            while let Some(absent) = held.next_if(|held| held.entry.document < file.name) {
                self.absent(absent, wishes, &mut lost);
            }
            let known = held.next_if(|held| held.entry.document.cmp(&file.name) == Ordering::Equal);
            let stamp = Stamp::of(path);
            self.present(known, file, &shown, stamp, wishes);
        }
        held.for_each(|absent| self.absent(absent, wishes, &mut lost));
        match lost.first() {
            Some(first) => Err(DatasetError::NotThere { documents: lost.len(), first: first.clone() }),
            None => Ok(()),
        }
    }

    /// A document that is among the inputs.
    fn present(&mut self, held: Option<Held>, file: TextFile, shown: &str, stamp: Stamp, wishes: &Wishes) {
        let mut held = held.filter(|held| self.has_rows_of(held));
        if let Some(mut known) = held.take_if(|_| !wishes.refresh) {
            let entry = &mut known.entry;
            let same = || document_id_of(file.path()).is_ok_and(|id| id == entry.document_id);
            if !entry.partly && (entry.stamp == stamp || same()) {
                entry.stamp = stamp;
                self.unchanged += 1;
                return self.keep(known, wishes);
            }
            if entry.stamp.path != stamp.path {
                let reason = format!(
                    "has the name of a document that was read from `{}`; give a folder above both as the input, \
                     or replace it with --refresh",
                    entry.stamp.path
                );
                self.refuse(shown.to_owned(), &reason);
                return self.keep(known, wishes);
            }
            held = Some(known);
        }
        let name = file.name.clone();
        self.reads.push((self.steps.len(), file));
        self.steps.push(Step::Read { name, stamp, held });
    }

    /// A document that is not among the inputs.
    fn absent(&mut self, held: Held, wishes: &Wishes, lost: &mut Vec<String>) {
        if wishes.prune {
            self.pruned += 1;
        } else if self.has_rows_of(&held) {
            self.absent += 1;
            self.keep(held, wishes);
        } else {
            lost.push(held.entry.document);
        }
    }

    fn has_rows_of(&self, held: &Held) -> bool {
        held.entry.parts.iter().all(|share| self.parts.contains_key(&share.part))
    }

    fn keep(&mut self, held: Held, wishes: &Wishes) {
        let by_these = held.entry.rule_set == wishes.rule_set && held.entry.version == wishes.version;
        self.by_other_rules += u64::from(!by_these);
        self.steps.push(Step::Keep(held));
    }

    /// The step at a place, which is done from now on.
    pub(super) fn settle(&mut self, step: usize) -> Step {
        self.steps.get_mut(step).map_or(Step::Settled, |step| std::mem::replace(step, Step::Settled))
    }

    /// The parts whose documents are those of a chunk, one a partition, where all of them stay.
    pub(super) fn parts_of(&self, chunk: Range<usize>) -> Option<Vec<Part>> {
        let mut documents: BTreeMap<&str, usize> = BTreeMap::new();
        for step in self.steps.get(chunk)? {
            let Step::Keep(held) = step else {
                return None;
            };
            for share in &held.entry.parts {
                *documents.entry(&share.part).or_default() += 1;
            }
        }
        let folders: HashSet<Option<&Path>> = documents.keys().map(|part| Path::new(part).parent()).collect();
        let whole = |(part, documents)| self.parts.get(part).filter(|_| self.members.get(part) == Some(&documents));
        let one_each = folders.len() == documents.len();
        documents.into_iter().map(|part| whole(part).filter(|_| one_each).cloned()).collect()
    }

    fn refuse(&mut self, file: String, reason: &str) {
        self.refused.push(Refused { file, reason: reason.to_owned() });
    }
}

/// Parts that a large dataset has, give or take.
const PARTS: usize = 128;

/// Documents that a part of a small dataset has, give or take.
const DOCUMENTS: usize = 32;

/// Documents that share a part: neighbours by name, up to one whose name's hash begins the next.
///
/// So the parts depend on the names alone and not on which run brought which document, and a document that comes,
/// changes or goes touches the one part that its neighbours are in.
fn chunks(steps: &[Step]) -> Vec<Range<usize>> {
    let share = steps.len().div_ceil(PARTS).next_power_of_two().max(DOCUMENTS) as u64;
    let mut starts: Vec<usize> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let hash = blake3::hash(step.name().as_bytes());
        let number = hash.as_bytes().iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        if place == 0 || number.is_multiple_of(share) {
            starts.push(place);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([steps.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
