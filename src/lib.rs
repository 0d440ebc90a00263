//! 台账: turns Chinese report texts into a table of figures, one row for every number.
//!
//! ```text
//! bytes → Source ─reflow→ FlowText ─segment→ Segments ─lex→ Lexemes ─numeral→ Numerals ─quantity→ Quantities
//!       ─mention→ Mentions ─link→ Observations ─normalise→ Records → DataFrame → CSV | Parquet
//! ```
//!
//! ```
//! use taizhang::{Lexicon, Options, Pipeline};
//!
//! let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
//! let extraction = pipeline.extract("截至2022年11月底，街道完成财政总收入18.34亿元，同比增长13.1%。");
//! let growth = extraction.facts().last().ok_or("no fact")?;
//! assert_eq!(growth.text(), "13.1%");
//! assert_eq!(growth.indicator().as_deref(), Some("街道完成财政总收入"));
//! assert_eq!(growth.period.map(|period| period.to_string()).as_deref(), Some("2022-01/2022-11"));
//! # Ok::<(), &str>(())
//! ```
//!
//! The modules stand in the order of use: none uses one below it. [`table`] and what writes it come with the feature
//! `table`, the program with `cli`; both are on by default. Without them there is reading alone, and no Polars.

#![forbid(unsafe_code)]
// What reads any text may not end in a panic; tests may.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod calendar;
pub mod exact;
pub mod terms;
pub mod text;
pub mod lexicon;
pub mod trace;
pub mod reflow;
pub mod segment;
mod options;
mod lex;
mod numeral;
mod quantity;
mod mention;
mod link;
pub mod normalise;
mod pipeline;
#[cfg(feature = "table")]
pub mod table;
pub mod io;
#[cfg(feature = "table")]
pub mod dataset;
#[cfg(feature = "cli")]
pub mod cli;

pub use lexicon::{Lexicon, LexiconError};
pub use normalise::{Extraction, Fact, Record};
pub use options::Options;
pub use pipeline::{Pipeline, Shown, Stage};
pub use quantity::ComposedUnit;
