//! From records to a Polars table, and the table's schema, which stands here and nowhere else.
//!
//! ```
//! use taizhang::table::{self, Document, Selection};
//! use taizhang::{Lexicon, Options, Pipeline};
//!
//! let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
//! let extraction = pipeline.extract("全年完成财政总收入18.34亿元。");
//! let document = Document { path: "report.txt", id: "", extraction: &extraction, kept: &[] };
//! let frame = table::to_dataframe([document], &Selection::default())?;
//! assert_eq!(frame.width(), table::COLUMNS.len());
//! # Ok::<(), polars::error::PolarsError>(())
//! ```
//!
//! Exact values become `f64` here and not before. It writes no files: that is [`io`](crate::io).

mod cells;
mod columns;
mod frame;
#[cfg(test)]
pub(crate) mod sample;
mod schema;
mod selection;

pub(crate) use cells::day_since_epoch;
pub use cells::{Cell, Cells};
pub use columns::COLUMNS;
pub use frame::{Document, to_dataframe};
pub use polars::frame::DataFrame;
pub use schema::{ColumnSpec, ColumnType, Presence, SCHEMA_VERSION, frictionless, json, text};
pub use selection::{Selection, UnknownColumn};
