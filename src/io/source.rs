//! One document read: its text, its identity, how it was decoded, and what was odd about that.

use crate::text::{Diagnostic, Severity, Span};

use super::decode::Decoded;
#[cfg(feature = "table")]
use super::decode::replacements;
use super::mojibake::mojibake;

/// A document as it was read; its text is never changed afterwards.
#[derive(Debug, Clone)]
pub struct Source {
    /// The document's name in the table.
    pub name: String,
    /// The text, without its byte-order mark. All places point into it.
    pub text: String,
    /// First 32 hexadecimal digits of the BLAKE3 of the bytes.
    pub document_id: String,
    /// How it was decoded.
    pub encoding: &'static str,
    /// Characters that could not be read.
    pub replacements: usize,
    /// Length in bytes, as it was read.
    pub bytes: u64,
    /// Whether the text was taken out of a web page, a Word document or a PDF file, and stands nowhere else.
    pub extracted: bool,
    /// The cells of the columns that are kept beside the facts, where it is a row of a table.
    pub kept: Vec<Option<String>>,
    /// What was odd about reading it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Source {
    /// A text that was decoded from `raw`, whose bytes tell its identity.
    pub(super) fn new(name: &str, decoded: Decoded, raw: &[u8]) -> Self {
        let encoding = decoded.encoding;
        let mut source = Self::checked(name, decoded, document_id(raw), raw.len() as u64);
        if encoding != "UTF-8" {
            source.note(Severity::Info, "other-encoding", 0, format!("read as {encoding}"));
        }
        source
    }

    /// The text of a row of a table, whose own bytes tell its identity.
    #[cfg(feature = "table")]
    pub(super) fn of_row(name: &str, text: String, encoding: &'static str, kept: Vec<Option<String>>) -> Self {
        let (replacements, id, bytes) = (replacements(&text), document_id(text.as_bytes()), text.len() as u64);
        let decoded = Decoded { text, encoding, replacements };
        Self { kept, ..Self::checked(name, decoded, id, bytes) }
    }

    fn checked(name: &str, decoded: Decoded, document_id: String, bytes: u64) -> Self {
        let Decoded { text, encoding, replacements } = decoded;
        let (found, lost) = (mojibake(&text), text.find(char::REPLACEMENT_CHARACTER));
        let mut source = Self {
            name: name.to_owned(),
            text,
            document_id,
            encoding,
            replacements,
            bytes,
            extracted: false,
            kept: Vec::new(),
            diagnostics: Vec::new(),
        };
        if let Some(first) = lost {
            let message = format!("{replacements} characters could not be read and stand as U+FFFD");
            source.note(Severity::Warning, "replacement-characters", first, message);
        }
        if let Some(found) = found {
            let message = format!("looks like {}; make it anew from its source", found.was);
            source.note(Severity::Warning, "mojibake", found.at, message);
        }
        source
    }

    /// Notes what was odd at a byte of the text.
    pub(super) fn note(&mut self, severity: Severity, code: &'static str, at: usize, message: String) {
        self.diagnostics.push(Diagnostic { severity, code, span: Span::at(at, at), message });
    }
}

/// The identity of a document: the first 32 hexadecimal digits of the BLAKE3 of its bytes.
///
/// ```
/// assert_eq!(taizhang::io::document_id(b""), "af1349b9f5f9a1a6a0404dea36dcc949");
/// ```
#[must_use]
pub fn document_id(bytes: &[u8]) -> String {
    identity(blake3::hash(bytes))
}

/// The identity of a file's bytes, as [`document_id`] tells it.
///
/// # Errors
///
/// Where the file cannot be read.
#[cfg(feature = "table")]
pub(crate) fn document_id_of(path: &std::path::Path) -> Result<String, super::FileError> {
    let mut hasher = blake3::Hasher::new();
    let read = std::fs::File::open(path).and_then(|file| hasher.update_reader(file).map(|_| ()));
    read.map_err(|cause| super::FileError::reading(path, cause))?;
    Ok(identity(hasher.finalize()))
}

fn identity(hash: blake3::Hash) -> String {
    hash.to_hex().chars().take(32).collect()
}
