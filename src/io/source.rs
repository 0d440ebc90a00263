//! One document read: its text, its identity, and how it was decoded.

use std::io::Read as _;
use std::path::Path;

use super::decode::decode;
use super::error::{FileError, FileErrorKind};
use super::walk::{Origin, TextFile};

/// A document as it was read; its text is never changed afterwards.
#[derive(Debug, Clone)]
pub struct Source {
    /// The text, without its byte-order mark.
    pub text: String,
    /// First 32 hexadecimal digits of the BLAKE3 of the bytes.
    pub document_id: String,
    /// How it was decoded.
    pub encoding: &'static str,
    /// Characters that could not be read.
    pub replacements: usize,
    /// Length in bytes, as it was read.
    pub bytes: u64,
}

impl Source {
    /// Reads and decodes a file, or standard input.
    ///
    /// # Errors
    ///
    /// What cannot be read, is longer than 4 GiB, or is no text.
    pub fn read(file: &TextFile) -> Result<Self, FileError> {
        let path = match &file.origin {
            Origin::File(path) => path.as_path(),
            Origin::StandardInput => Path::new("-"),
        };
        if u32::try_from(file.bytes).is_err() {
            return Err(FileError::new(FileErrorKind::TooLong, path));
        }
        let bytes = match &file.origin {
            Origin::File(path) => std::fs::read(path),
            Origin::StandardInput => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
        }
        .map_err(|cause| FileError::reading(path, cause))?;
        Self::from_bytes(path, &bytes)
    }

    fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, FileError> {
        let refused = |kind| FileError::new(kind, path);
        let decoded = decode(bytes).map_err(|why| refused(FileErrorKind::Undecodable(why)))?;
        // Decoding may lengthen a text, and spans count its bytes in 32 bits.
        if u32::try_from(decoded.text.len()).is_err() {
            return Err(refused(FileErrorKind::TooLong));
        }
        Ok(Self {
            text: decoded.text,
            document_id: document_id(bytes),
            encoding: decoded.encoding,
            replacements: decoded.replacements,
            bytes: bytes.len() as u64,
        })
    }
}

/// The identity of a document: the first 32 hexadecimal digits of the BLAKE3 of its bytes.
///
/// ```
/// assert_eq!(taizhang::io::document_id(b""), "af1349b9f5f9a1a6a0404dea36dcc949");
/// ```
#[must_use]
pub fn document_id(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(32).collect()
}
