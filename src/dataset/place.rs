//! The folder: `facts/` with the parts and their manifest, made beside its place and exchanged whole.
//!
//! ```text
//! DIR/facts/     what readers see: one commit, all of it
//! DIR/.staging/  the next commit in the making
//! DIR/.previous/ the commit before, for readers that were still listing it; the next run removes it
//! DIR/.lock      held while a run lasts
//! ```
//!
//! A commit is one exchange of two folders' names, so there is no moment at which `facts/` is of two commits. Where the
//! system cannot exchange names, `facts/` is away for the moment between two renames; if the run dies right there,
//! the next one puts the new folder in its place.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::io::FileError;

use super::error::DatasetError;
use super::lock::Lock;
use super::manifest::{self, Manifest, Part};

const FACTS: &str = "facts";
const STAGING: &str = ".staging";
const PREVIOUS: &str = ".previous";

/// A dataset that is open for one run; no other changes it meanwhile.
#[derive(Debug)]
pub struct Dataset {
    root: PathBuf,
    _lock: Lock,
}

impl Dataset {
    /// Opens the dataset in `root`, or begins one. Where another run has it, `waits` is told which, and this one waits.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made, locked or put in order.
    pub fn open(root: &Path, waits: impl FnOnce(&str)) -> Result<Self, DatasetError> {
        fs::create_dir_all(root).map_err(|cause| FileError::writing(root, cause))?;
        let lock = Lock::take(root, waits)?;
        let dataset = Self { root: root.to_owned(), _lock: lock };
        dataset.put_in_order()?;
        Ok(dataset)
    }

    /// Where the parts are.
    #[must_use]
    pub fn facts(&self) -> PathBuf {
        self.root.join(FACTS)
    }

    /// Ends what an interrupted run left, and removes the commit before the last.
    fn put_in_order(&self) -> Result<(), DatasetError> {
        let [facts, staging, previous] = [FACTS, STAGING, PREVIOUS].map(|name| self.root.join(name));
        own(&staging)?;
        own(&previous)?;
        if !facts.exists() && previous.exists() {
            // Only a commit takes `facts` away, and only when all of the next is there.
            let next = if staging.join(manifest::NAME).exists() { &staging } else { &previous };
            rename(next, &facts)?;
            sync_folder(&self.root)?;
        }
        remove(&staging)?;
        remove(&previous)?;
        // Reports that were not put in their places.
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') && name.ends_with(".part") {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// What it holds; none where it is new.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, DatasetError> {
        let facts = self.facts();
        let manifest = Manifest::read(&facts)?;
        let parts = manifest.iter().flat_map(|manifest| &manifest.parts).map(|part| Path::new(&part.file));
        // Folders of partitions are known by the parts in them.
        let mut known: HashSet<&Path> = parts.flat_map(Path::ancestors).collect();
        known.insert(Path::new(manifest::NAME));
        only(&facts, Path::new(""), &known)?;
        Ok(manifest)
    }

    /// An empty folder for the next commit.
    pub(super) fn stage(&self) -> Result<Staging, FileError> {
        let path = self.root.join(STAGING);
        fs::create_dir(&path).map_err(|cause| FileError::writing(&path, cause))?;
        Ok(Staging { path })
    }

    /// Puts `staging` with its manifest in the place of `facts`: the one moment at which anything changes.
    pub(super) fn commit(&self, staging: &Staging, manifest: &Manifest) -> Result<(), FileError> {
        let path = staging.path.join(manifest::NAME);
        let written = File::create(&path).map(BufWriter::new).and_then(|mut out| {
            manifest.write(&mut out)?;
            out.into_inner()?.sync_all()
        });
        written.map_err(|cause| FileError::writing(&path, cause))?;
        for folder in folders(&manifest.parts) {
            sync_folder(&staging.path.join(folder))?;
        }
        let (facts, previous) = (self.facts(), self.root.join(PREVIOUS));
        if !facts.exists() {
            rename(&staging.path, &facts)?;
        } else if exchange(&staging.path, &facts).is_ok() {
            sync_folder(&self.root)?;
            // What is now in the staging folder is the old commit; under its own name it outlives the run. All is done
            // by now, so that it cannot have that name is no failure.
            let _ = fs::rename(&staging.path, &previous);
        } else {
            rename(&facts, &previous)?;
            if let Err(error) = rename(&staging.path, &facts) {
                rename(&previous, &facts)?;
                return Err(error);
            }
        }
        sync_folder(&self.root)
    }
}

/// The next commit in the making. Dropped before its commit, it leaves no trace.
#[derive(Debug)]
pub(super) struct Staging {
    path: PathBuf,
}

impl Staging {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes a part over as it is: the same file under a second name, or a copy where files have but one.
    pub(super) fn take_over(&self, facts: &Path, part: &str) -> Result<(), FileError> {
        let (part, place) = (facts.join(part), self.path.join(part));
        let failed = |cause| FileError::writing(&place, cause);
        fs::create_dir_all(place.parent().unwrap_or(&self.path)).map_err(failed)?;
        if fs::hard_link(&part, &place).is_err() {
            fs::copy(&part, &place).and_then(|_| File::open(&place)?.sync_all()).map_err(failed)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit it has another name; what cannot be removed now is removed by the next run.
        let _ = remove(&self.path);
    }
}

/// Exchanges the names of two folders at a stroke, where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The folders that parts are in, the one of all parts first.
fn folders(parts: &[Part]) -> BTreeSet<&Path> {
    parts.iter().filter_map(|part| Path::new(&part.file).parent()).chain([Path::new("")]).collect()
}

/// That a folder holds only what is known, and hidden files.
fn only(facts: &Path, folder: &Path, known: &HashSet<&Path>) -> Result<(), DatasetError> {
    let entries = match fs::read_dir(facts.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(FileError::reading(&facts.join(folder), cause).into()),
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let place = folder.join(&name);
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if !known.contains(place.as_path()) {
            return Err(DatasetError::Stray(entry.path()));
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            only(facts, &place, known)?;
        }
    }
    Ok(())
}

/// That a folder to be moved or removed holds only what runs put there: parts, folders of partitions, a manifest.
fn own(folder: &Path) -> Result<(), DatasetError> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let known = name.starts_with('.') || name == manifest::NAME || name.ends_with(".parquet");
        if is_folder && name.contains('=') {
            own(&entry.path())?;
        } else if is_folder || !known {
            return Err(DatasetError::Stray(entry.path()));
        }
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(|cause| FileError::writing(to, cause))
}

fn remove(folder: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(FileError::writing(folder, cause)),
        _ => Ok(()),
    }
}

/// Makes the names in a folder safe; where folders cannot be opened there is nothing to do.
fn sync_folder(folder: &Path) -> Result<(), FileError> {
    match File::open(folder) {
        Ok(open) if cfg!(unix) => open.sync_all().map_err(|cause| FileError::writing(folder, cause)),
        _ => Ok(()),
    }
}
