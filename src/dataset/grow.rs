//! The next commit: parts that stay are taken over, the others written from rows that stay and rows that are new.

use std::ops::Range;

use crate::io::Holdings;
use crate::table::{DataFrame, Selection};

use super::error::DatasetError;
use super::manifest::{Entry, Manifest, Part};
use super::parts::{NewPart, OldPart};
use super::place::{Dataset, Staging};
use super::plan::{Held, Plan, Step, Wishes};

/// A dataset in the making. Dropped before [`Growing::finish`], it leaves the dataset as it was.
pub struct Growing<'a> {
    dataset: &'a Dataset,
    selection: &'a Selection,
    wishes: &'a Wishes,
    plan: Plan,
    staging: Staging,
    /// The first step that is not settled.
    step: usize,
    /// The first chunk that is not begun.
    chunk: usize,
    open: Option<NewPart>,
    /// The first entry of the open part.
    open_from: usize,
    /// The part that rows were last kept from.
    source: Option<(String, OldPart)>,
    parts: Vec<Part>,
    files: Vec<Entry>,
}

/// A dataset that is made and not in its place. Dropped before [`Grown::commit`], it leaves the dataset as it was.
pub struct Grown<'a> {
    dataset: &'a Dataset,
    staging: Staging,
    manifest: Manifest,
    changed: bool,
    /// What the dataset holds then.
    pub holdings: Holdings,
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
        let (parts, files) = (Vec::new(), Vec::with_capacity(plan.steps.len()));
        let (open, source) = (None, None);
        Ok(Self {
            dataset,
            selection,
            wishes,
            plan,
            staging,
            step: 0,
            chunk: 0,
            open,
            open_from: 0,
            source,
            parts,
            files,
        })
    }

    /// The rows of the file that is read at `step`.
    ///
    /// # Errors
    ///
    /// Where a part cannot be read or written.
    pub fn add(&mut self, step: usize, document_id: &str, rows: DataFrame) -> Result<(), DatasetError> {
        self.reach(step)?;
        if let Step::Read { name, stamp, .. } = self.plan.settle(step) {
            let (rule_set, version) = (self.wishes.rule_set.clone(), self.wishes.version.clone());
            let (document_id, height) = (document_id.to_owned(), rows.height() as u64);
            self.files.push(Entry { document: name, document_id, stamp, rule_set, version, part: None, rows: height });
            self.push(rows)?;
        }
        Ok(())
    }

    /// Says that the file at `step` could not be read: what the dataset held of it stays.
    ///
    /// # Errors
    ///
    /// Where a part cannot be read or written.
    pub fn miss(&mut self, step: usize) -> Result<(), DatasetError> {
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
            self.parts.push(NewPart::begin(self.staging.path(), self.selection)?.finish()?);
        }
        let holdings = Holdings {
            documents: self.files.len() as u64,
            rows: self.files.iter().map(|entry| entry.rows).sum(),
            parts: self.parts.len() as u64,
        };
        let manifest = Manifest::new(self.selection, self.parts, self.files);
        let same = self.plan.before.is_some() && self.plan.before == manifest.hash();
        let changed = !self.plan.whole || !same;
        Ok(Grown { dataset: self.dataset, staging: self.staging, manifest, changed, holdings })
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

    /// Takes the part of a chunk over as it is, where the chunk is all of a part and nothing in it changes.
    fn take_over(&mut self, chunk: Range<usize>) -> Result<bool, DatasetError> {
        let Some(part) = self.plan.part_of(chunk.clone()) else {
            return Ok(false);
        };
        self.staging.take_over(&self.dataset.facts().join(&part.file))?;
        self.parts.push(part);
        for step in chunk.clone() {
            if let Step::Keep(held) = self.plan.settle(step) {
                self.files.push(held.entry);
            }
        }
        (self.step, self.open_from) = (chunk.end, self.files.len());
        Ok(true)
    }

    /// Copies rows that stay from the part that they are in.
    fn keep(&mut self, held: Held) -> Result<(), DatasetError> {
        let Held { mut entry, from } = held;
        let part = entry.part.take().filter(|_| entry.rows > 0);
        let to = from.saturating_add(usize::try_from(entry.rows).unwrap_or(usize::MAX));
        self.files.push(entry);
        let Some(part) = part else {
            return Ok(());
        };
        let (name, mut source) = match self.source.take() {
            Some((name, source)) if name == part => (name, source),
            _ => (part.clone(), OldPart::open(self.dataset.facts().join(part))?),
        };
        source.rows(from, to, |rows| self.push(rows))?;
        self.source = Some((name, source));
        Ok(())
    }

    fn push(&mut self, rows: DataFrame) -> Result<(), DatasetError> {
        if rows.height() == 0 {
            return Ok(());
        }
        let part = match &mut self.open {
            Some(part) => part,
            none => none.insert(NewPart::begin(self.staging.path(), self.selection)?),
        };
        Ok(part.push(rows)?)
    }

    /// Ends the open part and tells its entries its name.
    fn close(&mut self) -> Result<(), DatasetError> {
        if let Some(part) = self.open.take() {
            let part = part.finish()?;
            for entry in self.files.iter_mut().skip(self.open_from).filter(|entry| entry.rows > 0) {
                entry.part = Some(part.file.clone());
            }
            self.parts.push(part);
        }
        self.open_from = self.files.len();
        Ok(())
    }
}
