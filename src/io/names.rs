//! Paths as text, for tables, reports and people.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Component, Path};

/// The parts of a path with `/` between them.
pub(super) fn joined(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components().filter(|part| *part != Component::CurDir) {
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        name.push_str(&if part == Component::RootDir { "/".to_owned() } else { words(part.as_os_str()) });
    }
    name
}

/// A path as text: bytes that are no UTF-8 are written `\xE9`, so that two such names do not become one.
///
/// ```
/// assert_eq!(taizhang::io::shown("reports/年报.txt".as_ref()), "reports/年报.txt");
/// ```
#[must_use]
pub fn shown(path: &Path) -> String {
    words(path.as_os_str())
}

/// A name as text.
pub(super) fn words(name: &OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}
