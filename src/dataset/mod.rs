//! A dataset that grows: parts of rows and a manifest, changed by one run at a time and all at a stroke.
//!
//! ```
//! use taizhang::dataset::{Dataset, Growing, Plan, Wishes};
//! use taizhang::table::Selection;
//!
//! let folder = tempfile::tempdir()?;
//! let (selection, wishes) = (Selection::default(), Wishes::default());
//! let dataset = Dataset::open(folder.path(), |owner| println!("{owner} has it"))?;
//! let plan = Plan::new(&dataset, Vec::new(), &selection, &wishes)?;
//! let grown = Growing::begin(&dataset, plan, &selection, &wishes)?.finish()?;
//! assert_eq!((grown.holdings.documents, grown.holdings.parts), (0, 1), "a table without rows");
//! grown.commit()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It reads no texts and makes no rows: whoever grows it does, in the order of the plan.

mod error;
mod grow;
mod lock;
mod manifest;
mod partition;
mod parts;
mod place;
mod plan;
mod sorted;

pub use error::DatasetError;
pub use grow::{Growing, Grown, Read};
pub use partition::Partition;
pub use place::Dataset;
pub use plan::{Plan, Wishes};
