//! What a caller may tell the pipeline.

use crate::terms::Currency;

/// What a caller may tell beside the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The year that the texts speak from; found in each text where it is not given.
    pub year: Option<i16>,
    /// The money of a bare 元, 块, 角 or 分 in texts that do not tell it themselves.
    pub currency: Currency,
    /// Whether every fact keeps the rules, rows and words that made its columns.
    pub trace: bool,
}
