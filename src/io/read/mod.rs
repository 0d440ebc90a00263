//! From a file to its text: what is packed is unpacked, then the reader of its format takes over.
//!
//! Plain text and Markdown are decoded; of web pages, Word documents and PDF files the text is taken out, tables as
//! lines whose cells are parted by tabs. A format is known by what the bytes start with, then by the file's name.

#[cfg(feature = "docx")]
mod docx;
#[cfg(any(feature = "html", feature = "docx"))]
mod grid;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "html", feature = "docx"))]
mod layout;
#[cfg(feature = "html")]
mod main_text;
mod packed;
mod pdf;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use super::decode::{Charset, Decoded, decode, decode_as};
use super::error::{FileError, FileErrorKind};
use super::source::Source;
use super::walk::{Origin, TextFile};

use packed::Broken;
pub(super) use packed::Packing;
#[cfg(feature = "table")]
pub(super) use packed::unpacked;

/// How files are read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The encoding of texts and tables; told apart by their bytes where it is not given.
    pub charset: Option<Charset>,
    /// The longest document that is read, in bytes, unpacked.
    pub max_bytes: u64,
    /// How long a document may take: a program that takes its text out, and then the reading of the text.
    pub timeout: Duration,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { charset: None, max_bytes: 256 << 20, timeout: Duration::from_secs(120) }
    }
}

/// How the names of files end that are read whatever options are given, in any case; `.gz` or `.zst` may stand behind.
///
/// ```
/// assert!(taizhang::io::text_extensions().any(|extension| extension == "txt"));
/// ```
pub fn text_extensions() -> impl Iterator<Item = &'static str> {
    #[cfg(feature = "html")]
    let pages = html::EXTENSIONS;
    #[cfg(not(feature = "html"))]
    let pages = [];
    let documents = cfg!(feature = "docx").then_some("docx");
    ["txt", "text", "md", "markdown"].into_iter().chain(pages).chain(documents).chain(["pdf"])
}

/// How the names of tables of texts end.
pub(super) const TABLE_EXTENSIONS: [&str; 5] = ["csv", "tsv", "jsonl", "ndjson", "parquet"];

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    #[cfg(feature = "html")]
    Html,
    #[cfg(feature = "docx")]
    Docx,
    Pdf,
    Table,
}

impl Source {
    /// Reads a file, or standard input, as one document.
    ///
    /// # Errors
    ///
    /// What cannot be read, is longer than the limit, or has no text.
    pub fn read(file: &TextFile, options: &ReadOptions) -> Result<Self, FileError> {
        let refused = |kind| FileError::new(kind, file.path());
        let raw = raw(file, options.max_bytes)?;
        let bytes = match packed::whole(&raw, options.max_bytes) {
            Ok(bytes) => bytes,
            Err(Broken::Long) => return Err(refused(FileErrorKind::OverLimit(options.max_bytes))),
            Err(Broken::Nested) => return Err(refused(FileErrorKind::Nested)),
            Err(Broken::Damaged(packing, cause)) => {
                return Err(refused(FileErrorKind::Malformed(packing.name(), cause.to_string())));
            }
        };
        let source = text(&file.name, &bytes, &raw, options).map_err(refused)?;
        // Decoding may lengthen a text, and spans count its bytes in 32 bits.
        if u32::try_from(source.text.len()).is_err() {
            return Err(refused(FileErrorKind::TooLong));
        }
        Ok(source)
    }
}

fn text(name: &str, bytes: &[u8], raw: &[u8], options: &ReadOptions) -> Result<Source, FileErrorKind> {
    let plain = || match options.charset {
        Some(charset) => decode_as(bytes, charset),
        None => decode(bytes),
    };
    match format(name, bytes) {
        Format::Text => Ok(Source::new(name, plain().map_err(FileErrorKind::Undecodable)?, raw)),
        #[cfg(feature = "html")]
        Format::Html => html::source(name, bytes, raw, options.charset).map_err(FileErrorKind::Undecodable),
        #[cfg(feature = "docx")]
        Format::Docx => {
            let text = docx::text(bytes, options.max_bytes)?;
            Ok(extracted(name, text, raw))
        }
        Format::Pdf => {
            let text = pdf::text(bytes, options).map_err(FileErrorKind::Pdf)?;
            Ok(extracted(name, text, raw))
        }
        Format::Table => Err(FileErrorKind::Table),
    }
}

fn extracted(name: &str, text: String, raw: &[u8]) -> Source {
    let replacements = super::decode::replacements(&text);
    let decoded = Decoded { text, encoding: "UTF-8", replacements };
    Source { extracted: true, ..Source::new(name, decoded, raw) }
}

fn format(name: &str, bytes: &[u8]) -> Format {
    if bytes.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    #[cfg(feature = "docx")]
    if docx::is_document(bytes) {
        return Format::Docx;
    }
    let name = Packing::inner(name);
    let extension = Path::new(name).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    #[cfg(feature = "html")]
    if html::EXTENSIONS.contains(&extension.as_str()) && bytes.contains(&b'<') || html::opens(bytes) {
        return Format::Html;
    }
    if TABLE_EXTENSIONS.contains(&extension.as_str()) { Format::Table } else { Format::Text }
}

/// Whether a file holds more text than it has bytes, by its name.
#[cfg(feature = "table")]
pub(super) fn is_packed(name: &str) -> bool {
    let inner = Packing::inner(name);
    inner.len() < name.len() || Path::new(inner).extension().is_some_and(|end| end.eq_ignore_ascii_case("docx"))
}

/// The bytes of a file as they lie there, if they are no more than `limit`.
fn raw(file: &TextFile, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let path = file.path();
    let read = opened(file)?.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|cause| FileError::reading(path, cause))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::new(FileErrorKind::OverLimit(limit), path));
    }
    Ok(bytes)
}

/// A file as a stream; never a pipe or a device, which may keep whoever opens it waiting.
pub(super) fn opened(file: &TextFile) -> Result<Box<dyn Read + Send>, FileError> {
    let Origin::File(path) = &file.origin else { return Ok(Box::new(std::io::stdin())) };
    let failed = |cause| FileError::reading(path, cause);
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(FileError::new(FileErrorKind::Special, path));
    }
    Ok(Box::new(File::open(path).map_err(failed)?))
}
