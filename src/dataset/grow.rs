//! The next commit: parts that stay are taken over, the others written from rows that stay and rows that are new.

use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;

use crate::io::{FileError, Holdings};
use crate::table::{DataFrame, Selection};

use super::error::DatasetError;
use super::manifest::{Entry, Manifest, Part, Share};
use super::parts::{NewPart, OldPart};
use super::place::{Dataset, Staging};
use super::plan::{Held, Plan, Step, Wishes};
use super::sorted::Sorted;

/// Partitions that a dataset may have: a folder of small files for each is no help to any reader.
const MOST_PARTITIONS: usize = 4_096;

/// Old parts that are kept open, each with one of its row groups.
const MOST_OPEN: usize = 64;

/// A dataset in the making. Dropped before [`Growing::finish`], it leaves the dataset as it was.
pub struct Growing<'a> {
    dataset: &'a Dataset,
    /// What stands in the parts.
    stored: Selection,
    selection: &'a Selection,
    wishes: &'a Wishes,
    plan: Plan,
    staging: Staging,
    /// The first step that is not settled.
    step: usize,
    /// The first chunk that is not begun.
    chunk: usize,
    /// The part that is being written, and in partitions the rows of the parts that will be.
    open: Option<NewPart>,
    sorted: Option<Sorted>,
    /// The first entry of the open parts.
    open_from: usize,
    /// Parts that rows were kept from of late.
    sources: HashMap<String, OldPart>,
    folders: HashSet<String>,
    /// Rows of a table that is not read to its end.
    waiting: Option<NewPart>,
    /// Rows of files that were read.
    read: u64,
    parts: Vec<Part>,
    files: Vec<Entry>,
}

/// How a file was read.
#[derive(Debug)]
pub struct Read<'a> {
    /// The identity of its bytes.
    pub document_id: &'a str,
    /// Whether rows of it were rejected.
    pub partly: bool,
}

/// A dataset that is made and not in its place. Dropped before [`Grown::commit`], it leaves the dataset as it was.
pub struct Grown<'a> {
    dataset: &'a Dataset,
    staging: Staging,
    manifest: Manifest,
    changed: bool,
    /// What the dataset holds then.
    pub holdings: Holdings,
    /// Rows of the files that were read.
    pub read: u64,
}

impl Grown<'_> {
    /// Puts all in its place, unless all is as it was.
    ///
    /// # Errors
    ///
    /// Where that cannot be done; the dataset is then as it was.
    pub fn commit(self) -> Result<(), DatasetError> {
        if self.changed {
            self.dataset.commit(&self.staging, &self.manifest)?;
        }
        Ok(())
    }
}

impl<'a> Growing<'a> {
    /// Begins the next commit. The rows of the plan's files come in the order of the plan.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn begin(
        dataset: &'a Dataset,
        plan: Plan,
        selection: &'a Selection,
        wishes: &'a Wishes,
    ) -> Result<Self, DatasetError> {
        let staging = dataset.stage()?;
        let stored = match &wishes.partition {
            Some(partition) => selection.clone().without(partition.column()),
            None => selection.clone(),
        };
        let files = Vec::with_capacity(plan.steps.len());
        Ok(Self {
            dataset,
            stored,
            selection,
            wishes,
            plan,
            staging,
            step: 0,
            chunk: 0,
            open: None,
            sorted: None,
            open_from: 0,
            sources: HashMap::new(),
            folders: HashSet::new(),
            waiting: None,
            read: 0,
            parts: Vec::new(),
            files,
        })
    }

    /// Rows of a file behind which more may come. They wait: where the file then cannot be read to its end, they are dropped,
    /// and the rows that the dataset held of it stay.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub fn wait(&mut self, rows: DataFrame) -> Result<(), DatasetError> {
        let waiting = match &mut self.waiting {
            Some(waiting) => waiting,
            none => none.insert(NewPart::begin(self.staging.path(), "", self.selection)?),
        };
        Ok(waiting.push(rows)?)
    }

    /// The last rows of the file at `step`, or all of them.
    ///
    /// # Errors
    ///
    /// Where a part cannot be read or written.
    pub fn add(&mut self, step: usize, file: &Read<'_>, rows: DataFrame) -> Result<(), DatasetError> {
        self.reach(step)?;
        let waited = self.waiting.take().map(NewPart::read_back).transpose()?;
        if let Step::Read { name, stamp, .. } = self.plan.settle(step) {
            let (rule_set, version) = (self.wishes.rule_set.clone(), self.wishes.version.clone());
            let (document_id, partly, parts) = (file.document_id.to_owned(), file.partly, Vec::new());
            self.files.push(Entry { document: name, document_id, stamp, rule_set, version, partly, parts });
            if let Some((height, mut waited)) = waited {
                waited.rows(0, usize::try_from(height).unwrap_or(usize::MAX), |rows| self.push(rows))?;
            }
            self.push(rows)?;
            self.read += self.files.last().map_or(0, Entry::rows);
        }
        Ok(())
    }

    /// Says that the file at `step` could not be read: what the dataset held of it stays.
    ///
    /// # Errors
    ///
    /// Where a part cannot be read or written.
    pub fn miss(&mut self, step: usize) -> Result<(), DatasetError> {
        self.waiting = None;
        self.reach(step)?;
        match self.plan.settle(step) {
            Step::Read { held: Some(held), .. } => self.keep(held),
            _ => Ok(()),
        }
    }

    /// Ends the parts, which are safe on disk then but not in their place.
    ///
    /// # Errors
    ///
    /// Where something cannot be read or written.
    pub fn finish(mut self) -> Result<Grown<'a>, DatasetError> {
        self.reach(self.plan.steps.len())?;
        self.close()?;
        if self.parts.is_empty() {
            // A table without rows is still one that readers find.
            let partition = self.wishes.partition.as_ref();
            let folder = partition.and_then(|partition| partition.folder(None)).unwrap_or_default();
            self.parts.push(NewPart::begin(self.staging.path(), &folder, &self.stored)?.finish()?);
        }
        let holdings = Holdings {
            documents: self.files.len() as u64,
            rows: self.files.iter().map(Entry::rows).sum(),
            parts: self.parts.len() as u64,
        };
        let manifest = Manifest::new(self.selection, self.wishes.partition.as_ref(), self.parts, self.files);
        let same = self.plan.before.is_some() && self.plan.before == manifest.hash();
        let changed = !self.plan.whole || !same;
        Ok(Grown { dataset: self.dataset, staging: self.staging, manifest, changed, holdings, read: self.read })
    }

    /// Settles every step before `step`, and begins the chunk that `step` is in.
    fn reach(&mut self, step: usize) -> Result<(), DatasetError> {
        loop {
            if let Some(chunk) = self.plan.chunks.get(self.chunk).filter(|chunk| chunk.start == self.step).cloned() {
                self.close()?;
                self.chunk += 1;
                if self.take_over(chunk)? {
                    continue;
                }
            }
            if self.step >= step {
                return Ok(());
            }
            if let Step::Keep(held) = self.plan.settle(self.step) {
                self.keep(held)?;
            }
            self.step += 1;
        }
    }

    /// Takes the parts of a chunk over as they are, where the chunk is all of them and nothing in it changes.
    fn take_over(&mut self, chunk: Range<usize>) -> Result<bool, DatasetError> {
        let Some(parts) = self.plan.parts_of(chunk.clone()) else {
            return Ok(false);
        };
        for part in parts {
            self.staging.take_over(&self.dataset.facts(), &part.file)?;
            self.note_folder(part.file.rsplit_once('/').map_or("", |(folder, _)| folder))?;
            self.parts.push(part);
        }
        for step in chunk.clone() {
            if let Step::Keep(held) = self.plan.settle(step) {
                self.files.push(held.entry);
            }
        }
        (self.step, self.open_from) = (chunk.end, self.files.len());
        Ok(true)
    }

    /// Copies rows that stay from the parts that they are in.
    fn keep(&mut self, held: Held) -> Result<(), DatasetError> {
        let Held { mut entry, from } = held;
        let shares = std::mem::take(&mut entry.parts);
        self.files.push(entry);
        for (Share { part, rows }, from) in shares.into_iter().zip(from) {
            let to = from.saturating_add(usize::try_from(rows).unwrap_or(usize::MAX));
            let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            let mut source = match self.sources.remove(&part) {
                Some(source) => source,
                None => OldPart::open(self.dataset.facts().join(&part))?,
            };
            source.rows(from, to, |rows| self.push_into(&folder, rows))?;
            if self.sources.len() >= MOST_OPEN {
                self.sources.clear();
            }
            self.sources.insert(part, source);
        }
        Ok(())
    }

    fn push(&mut self, rows: DataFrame) -> Result<(), DatasetError> {
        let Some(partition) = &self.wishes.partition else {
            return self.push_into("", rows);
        };
        let parted = partition.parted(&rows).map_err(|error| {
            DatasetError::File(FileError::writing(self.staging.path(), io::Error::other(error.to_string())))
        })?;
        parted.into_iter().try_for_each(|(folder, rows)| self.push_into(&folder, rows))
    }

    /// Rows of the last file for the part in a folder.
    fn push_into(&mut self, folder: &str, rows: DataFrame) -> Result<(), DatasetError> {
        if rows.height() == 0 {
            return Ok(());
        }
        self.note_folder(folder)?;
        if let Some(entry) = self.files.last_mut() {
            // The part has no name before it ends, so until then its folder stands in its place.
            let height = rows.height() as u64;
            match entry.parts.binary_search_by(|share| share.part.as_str().cmp(folder)) {
                Ok(place) => entry.parts.iter_mut().skip(place).take(1).for_each(|share| share.rows += height),
                Err(place) => entry.parts.insert(place, Share { part: folder.to_owned(), rows: height }),
            }
        }
        let root = self.staging.path();
        if self.wishes.partition.is_some() {
            self.sorted.get_or_insert_with(|| Sorted::new(root)).push(folder, rows)?;
            return Ok(());
        }
        let part = match &mut self.open {
            Some(part) => part,
            none => none.insert(NewPart::begin(root, "", &self.stored)?),
        };
        Ok(part.push(rows)?)
    }

    /// Counts the partitions.
    fn note_folder(&mut self, folder: &str) -> Result<(), DatasetError> {
        if self.folders.contains(folder) {
            return Ok(());
        }
        self.folders.insert(folder.to_owned());
        match &self.wishes.partition {
            Some(partition) if self.folders.len() > MOST_PARTITIONS => {
                Err(DatasetError::Partitions { column: partition.column().to_owned(), most: MOST_PARTITIONS })
            }
            _ => Ok(()),
        }
    }

    /// Ends the open parts and tells their entries their names.
    fn close(&mut self) -> Result<(), DatasetError> {
        let mut names = HashMap::new();
        let sorted = self.sorted.take().map(|sorted| sorted.finish(&self.stored)).transpose()?;
        let alone = self.open.take().map(NewPart::finish).transpose()?.map(|part| (String::new(), part));
        for (folder, part) in sorted.into_iter().flatten().chain(alone) {
            names.insert(folder, part.file.clone());
            self.parts.push(part);
        }
        for entry in self.files.iter_mut().skip(self.open_from) {
            for share in &mut entry.parts {
                if let Some(name) = names.get(&share.part) {
                    share.part.clone_from(name);
                }
            }
            // The order of the parts, in whichever order their rows came.
            entry.parts.sort_by(|a, b| a.part.cmp(&b.part));
        }
        self.open_from = self.files.len();
        self.sources.clear();
        Ok(())
    }
}
