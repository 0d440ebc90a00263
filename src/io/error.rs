//! What can go wrong with a file: its kind, its path, its cause.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::decode::Undecodable;
use super::walk::TEXT_EXTENSIONS;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileErrorKind {
    /// Nothing has that path.
    Missing,
    /// A folder in which no file looks like a text.
    NoTexts,
    /// It is there but cannot be read.
    Unreadable,
    /// Longer than places in a text can count.
    TooLong,
    /// Its bytes are no text that can be decoded.
    Undecodable(Undecodable),
    /// It cannot be made, written or put in its place.
    Unwritable,
}

/// What went wrong with one file, in one sentence that says what to do.
///
/// ```
/// use taizhang::io::{FileError, FileErrorKind};
///
/// let error = FileError::new(FileErrorKind::Missing, "reports");
/// assert_eq!(error.to_string(), "`reports` does not exist; check the path");
/// ```
#[derive(Debug, thiserror::Error)]
pub struct FileError {
    /// What went wrong.
    pub kind: FileErrorKind,
    /// Which file.
    pub path: PathBuf,
    /// What the system said; the sentence holds it, so it is no further source.
    pub cause: Option<io::Error>,
}

impl FileError {
    /// An error without a further cause.
    pub fn new(kind: FileErrorKind, path: impl Into<PathBuf>) -> Self {
        Self { kind, path: path.into(), cause: None }
    }

    /// What the system said about reading `path`.
    #[must_use]
    pub fn reading(path: &Path, cause: io::Error) -> Self {
        let kind =
            if cause.kind() == io::ErrorKind::NotFound { FileErrorKind::Missing } else { FileErrorKind::Unreadable };
        Self { kind, path: path.to_owned(), cause: Some(cause) }
    }

    /// What the system said about writing `path`.
    #[must_use]
    pub fn writing(path: &Path, cause: io::Error) -> Self {
        Self { kind: FileErrorKind::Unwritable, path: path.to_owned(), cause: Some(cause) }
    }

    /// The sentence without the path: what happened and what to do.
    #[must_use]
    pub fn reason(&self) -> String {
        let because = self.cause.as_ref().map_or_else(String::new, |cause| format!(" ({cause})"));
        match &self.kind {
            FileErrorKind::Missing => "does not exist; check the path".to_owned(),
            FileErrorKind::NoTexts => format!(
                "holds no text files ({}); name a file itself to read it whatever its name",
                TEXT_EXTENSIONS.map(|extension| format!(".{extension}")).join(", ")
            ),
            FileErrorKind::Unreadable => format!("cannot be read{because}; check its permissions"),
            FileErrorKind::TooLong => "is longer than 4 GiB; split it".to_owned(),
            FileErrorKind::Undecodable(why) => why.to_string(),
            FileErrorKind::Unwritable => {
                format!("cannot be written{because}; check the folder, its permissions and the space left")
            }
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.reason())
    }
}
