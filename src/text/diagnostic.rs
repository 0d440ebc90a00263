//! What was odd about a text, said without stopping.

use serde::Serialize;

use super::{InSource, Span};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A figure may be wrong or may be missing.
    Warning,
    /// The document could not be read.
    Error,
}

/// One odd thing about a document and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name, such as `empty-document`.
    pub code: &'static str,
    /// Where, in the decoded file.
    pub span: Span<InSource>,
    /// One sentence for people.
    pub message: String,
}
