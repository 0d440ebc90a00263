//! What can go wrong with a file: its kind, its path, its cause.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::decode::Undecodable;
use super::names::shown;
use super::read::text_extensions;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileErrorKind {
    /// Nothing has that path.
    Missing,
    /// A folder in which no file looks like a text.
    NoTexts,
    /// A link that leads nowhere.
    Dangling,
    /// It is there but cannot be read.
    Unreadable,
    /// A pipe or a device: opening one may wait for ever.
    Special,
    /// Longer than places in a text can count.
    TooLong,
    /// Longer than the limit, in bytes, that was set.
    OverLimit(u64),
    /// Its bytes are no text that can be decoded.
    Undecodable(Undecodable),
    /// A packed file in a packed file.
    Nested,
    /// A file of a known format whose inside is not as it should be.
    Malformed(&'static str, String),
    /// A PDF file, and what kept it from being read.
    Pdf(PdfTrouble),
    /// A table of texts, and nobody said which column holds them.
    Table,
    /// A table without the column of that name; the columns that it has.
    NoColumn(String, Vec<String>),
    /// A row of a table that is none.
    Row(String),
    /// A row of a table whose text is longer than the limit, in bytes, that was set.
    LongRow(u64),
    /// What it holds in the column of that name cannot name a folder.
    Partition(String),
    /// It took longer than so many seconds.
    Slow(u64),
    /// Something in the program that should not happen.
    Internal,
    /// It cannot be made, written or put in its place.
    Unwritable,
}

impl FileErrorKind {
    /// Whether a row of a table is meant, behind which others may be read.
    #[must_use]
    pub const fn is_of_a_row(&self) -> bool {
        matches!(self, Self::Row(_) | Self::LongRow(_))
    }
}

/// What kept a PDF file from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfTrouble {
    /// `pdftotext` is not there.
    NoTool,
    /// `pdftotext` took longer than so many seconds.
    Slow(u64),
    /// `pdftotext` said so.
    Failed(String),
    /// Its pages are pictures.
    NoText,
    /// Its fonts do not tell which letters they show.
    Garbage,
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
            FileErrorKind::Dangling => "is a link that leads nowhere; mend or remove it".to_owned(),
            FileErrorKind::NoTexts => format!(
                "holds no files to read ({}); name a file itself to read it whatever its name",
                text_extensions().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
            ),
            FileErrorKind::Unreadable => {
                let kind = self.cause.as_ref().map(io::Error::kind);
                let misplaced = matches!(kind, Some(io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory));
                format!("cannot be read{because}; check {}", if misplaced { "the path" } else { "its permissions" })
            }
            FileErrorKind::Special => {
                "is a pipe or a device and was not opened; pipe its text in and name `-` as the input".to_owned()
            }
            FileErrorKind::TooLong => "is longer than 4 GiB; split it".to_owned(),
            FileErrorKind::OverLimit(limit) | FileErrorKind::LongRow(limit) => {
                format!("is longer than {limit} bytes; split it or raise --max-bytes")
            }
            FileErrorKind::Undecodable(why) => why.to_string(),
            FileErrorKind::Nested => "holds a packed file within a packed file; unpack it first".to_owned(),
            FileErrorKind::Malformed(format, why) => format!("is no whole {format} file ({why}); make it anew"),
            FileErrorKind::Pdf(trouble) => format!("is a PDF file {}", trouble.words()),
            FileErrorKind::Table => "is a table; name the column that holds its texts with --text-column".to_owned(),
            FileErrorKind::NoColumn(wanted, columns) if columns.is_empty() => {
                format!("has no column `{wanted}`, for it is empty")
            }
            FileErrorKind::NoColumn(wanted, columns) => {
                format!("has no column `{wanted}`; its columns are {}", listed(columns))
            }
            FileErrorKind::Row(why) => format!("is no row of its table ({why}); mend it in the file"),
            FileErrorKind::Partition(column) => {
                format!("has a `{column}` that is too long for the name of a folder; partition by another column")
            }
            FileErrorKind::Slow(seconds) => {
                format!("was not read within {seconds} seconds; raise --timeout or split it")
            }
            FileErrorKind::Internal => {
                "met a fault in this program and was left out; please report it with the file".to_owned()
            }
            FileErrorKind::Unwritable => {
                format!("cannot be written{because}; check the folder, its permissions and the space left")
            }
        }
    }
}

impl PdfTrouble {
    fn words(&self) -> String {
        match self {
            Self::NoTool => {
                "and `pdftotext`, which reads them, is not installed; install poppler (poppler-utils)".to_owned()
            }
            Self::Slow(seconds) => {
                format!("that `pdftotext` did not read within {seconds} seconds; raise --timeout or split it")
            }
            Self::Failed(said) => format!("that `pdftotext` cannot read ({said})"),
            Self::NoText => "that holds no text, only pictures of it; recognise its characters (OCR) first".to_owned(),
            Self::Garbage => {
                "whose fonts do not tell which letters they show; recognise its characters (OCR) first".to_owned()
            }
        }
    }
}

/// The first few of many names.
fn listed(names: &[String]) -> String {
    const MOST: usize = 30;
    let mut out = names.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        out.push_str(" and more");
    }
    out
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", shown(&self.path), self.reason())
    }
}
