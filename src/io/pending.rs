//! Files that are written beside their place and put there at the end, so that a place holds the old file or the new.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::error::FileError;
use super::fault::{Fault, Watched};

/// How the names of files end that are not in their places.
const PART: &str = ".part";

/// How long a file that is not in its place is left alone, whoever made it.
const ABANDONED: Duration = Duration::from_secs(3600);

/// A file that is not in its place yet. Dropped before [`commit`], it leaves no trace.
#[derive(Debug)]
pub struct PendingFile {
    written: NamedTempFile,
    target: PathBuf,
    fault: Fault,
}

impl PendingFile {
    /// A new file beside `target`.
    ///
    /// # Errors
    ///
    /// Where the folder is missing or may not be written.
    pub fn beside(target: &Path) -> Result<Self, FileError> {
        let failed = |cause| FileError::writing(target, cause);
        let folder = folder_of(target);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        if target.is_dir() {
            return Err(failed(std::io::ErrorKind::IsADirectory.into()));
        }
        let mut builder = tempfile::Builder::new();
        let prefix = format!(".{name}.");
        builder.prefix(&prefix).suffix(PART);
        // Temporary files are private by default; a table is as readable as any new file.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        remove_abandoned(folder, &prefix);
        let written = builder.tempfile_in(folder).map_err(failed)?;
        // Held as long as the file is open, it tells a run that works from one that died. Without it the file is only kept.
        let _ = written.as_file().try_lock();
        Ok(Self { written, target: target.to_owned(), fault: Fault::default() })
    }

    /// Where it will be.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A buffered way into the file; flush it before [`commit`].
    ///
    /// # Errors
    ///
    /// Where the system has no more handles to give.
    pub fn writer(&self) -> Result<Box<dyn Write + Send>, FileError> {
        let handle = self.written.as_file().try_clone().map_err(|cause| FileError::writing(&self.target, cause))?;
        Ok(Box::new(BufWriter::with_capacity(1 << 16, Watched::new(handle, &self.fault))))
    }

    /// The error of a writer of this file that said `heard`: what the system said, if it said something.
    #[must_use]
    pub fn failed(&self, heard: std::io::Error) -> FileError {
        FileError::writing(&self.target, self.fault.or(heard))
    }
}

/// Puts all `files` in their places: first all are safe on disk, then each replaces its old one at a stroke.
///
/// # Errors
///
/// The first file that could not be made safe or put in its place.
pub fn commit(files: Vec<PendingFile>) -> Result<(), FileError> {
    for file in &files {
        file.written.as_file().sync_all().map_err(|cause| FileError::writing(&file.target, cause))?;
    }
    for PendingFile { written, target, .. } in files {
        written.persist(&target).map_err(|refused| FileError::writing(&target, refused.error))?;
        // A new name is safe once its folder is; where folders cannot be opened there is nothing to do.
        if let Ok(folder) = fs::File::open(folder_of(&target)) {
            let _ = folder.sync_all();
        }
    }
    Ok(())
}

/// Removes what runs that were killed left beside the same place. A file that a living run still writes is locked.
fn remove_abandoned(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
        if name.starts_with(prefix) && name.ends_with(PART) && age.is_some_and(|age| age > ABANDONED) {
            let unlocked = fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            // What cannot be removed is in nobody's way.
            let _ = if unlocked { fs::remove_file(entry.path()) } else { Ok(()) };
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stands_until_the_commit() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("facts.csv");
        fs::write(&target, "old").expect("a file");
        let pending = PendingFile::beside(&target).expect("a new file");
        let mut writer = pending.writer().expect("a writer");
        writer.write_all(b"new").and_then(|()| writer.flush()).expect("written");
        assert_eq!(fs::read_to_string(&target).expect("read"), "old");
        commit(vec![pending]).expect("in place");
        assert_eq!(fs::read_to_string(&target).expect("read"), "new");
        drop(PendingFile::beside(&target).expect("a new file"));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_a_dead_run_left_is_removed_and_what_a_living_one_writes_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("facts.csv");
        let living = PendingFile::beside(&target).expect("a new file");
        let dead = folder.path().join(".facts.csv.x1.part");
        let young = folder.path().join(".facts.csv.x2.part");
        let other = folder.path().join(".facts.csv");
        let long_ago = std::time::SystemTime::now() - 2 * ABANDONED;
        for path in [&dead, &young, &other] {
            fs::write(path, "x").expect("a file");
        }
        for path in [dead.as_path(), &other, living.written.path()] {
            fs::File::options().write(true).open(path).and_then(|file| file.set_modified(long_ago)).expect("a time");
        }
        commit(vec![PendingFile::beside(&target).expect("a new file")]).expect("in place");
        assert!(!dead.exists() && young.exists() && other.exists());
        commit(vec![living]).expect("in place");
    }
}
