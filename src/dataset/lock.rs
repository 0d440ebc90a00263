//! One run at a time: a lock of the system on a file in the dataset's folder, with its owner written into it.
//!
//! The system takes the lock away when its owner ends, however it ends, so there are no stale ones: what a dead owner
//! leaves is a file that says who it was, and that nobody holds.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::SystemTime;

use crate::io::{FileError, timestamp};

/// The lock's file, which stays: to remove it would let two runs lock two files of the same name.
const NAME: &str = ".lock";

/// The right to change a dataset, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of a folder. Where another run has it, `waits` is told who, and this one waits.
    pub(super) fn take(folder: &Path, waits: impl FnOnce(&str)) -> Result<Self, FileError> {
        let path = folder.join(NAME);
        let failed = |cause| FileError::writing(&path, cause);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // Where a lock also bars reading, the owner stays unknown.
                let _ = file.read_to_string(&mut owner);
                waits(if owner.trim().is_empty() { "another run" } else { owner.trim() });
                file.lock().map_err(failed)?;
            }
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
        let mut lock = Self { file };
        lock.sign(&owner()).map_err(failed)?;
        Ok(lock)
    }

    fn sign(&mut self, owner: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(owner.as_bytes())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name of an owner that is gone would only mislead; the lock itself goes with the file.
        let _ = self.file.set_len(0);
    }
}

fn owner() -> String {
    let host = hostname::get().map_or_else(|_| "an unknown host".into(), |host| host.to_string_lossy().into_owned());
    format!("process {} on {host} since {}\n", std::process::id(), timestamp(SystemTime::now()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_it_and_waits() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Lock::take(folder.path(), |_| panic!("nobody has it")).expect("the lock");
        let path = folder.path().to_owned();
        let (told, heard) = std::sync::mpsc::channel();
        let second = std::thread::spawn(move || {
            Lock::take(&path, |owner| told.send(owner.to_owned()).expect("a listener")).map(drop)
        });
        let owner = heard.recv().expect("the owner");
        assert!(owner.starts_with(&format!("process {} on ", std::process::id())), "{owner}");
        drop(first);
        assert!(second.join().expect("an end").is_ok());
    }

    #[test]
    fn what_a_dead_owner_left_bars_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(NAME), "process 1 on elsewhere since 2026-01-01T00:00:00Z\n")
            .expect("a file");
        assert!(Lock::take(folder.path(), |_| panic!("nobody has it")).is_ok());
    }
}
