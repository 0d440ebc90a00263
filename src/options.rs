//! What a caller may tell the pipeline.

/// What a caller may tell beside the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The year that the texts speak from; found in each text where it is not given.
    pub year: Option<i16>,
    /// Whether every fact keeps the rules, rows and words that made its columns.
    pub trace: bool,
}
