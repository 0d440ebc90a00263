//! What can go wrong with a dataset as a whole.

use std::path::PathBuf;

use crate::io::FileError;

/// Why a dataset cannot be used or made. What it held is as it was.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// A file of it cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file among the parts that no run put there and the next commit would drop.
    #[error("`{0}` was not written by taizhang; move it away, or give another folder to --dataset")]
    Stray(PathBuf),
    /// The list of what it holds is not one.
    #[error("`{path}` is no manifest of a dataset ({why}); restore it, or give another folder to --dataset")]
    Manifest {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Written by a later version of the program.
    #[error("`{0}` was written by a newer taizhang; read it with that one")]
    Newer(PathBuf),
    /// Its rows have other kinds, columns or partitions than those asked for.
    #[error(
        "the dataset holds other {what} ({held}) than asked for; ask for the same, or make it anew with --refresh --prune"
    )]
    Selection {
        /// Kinds, columns or partitions.
        what: &'static str,
        /// Those that it has.
        held: String,
    },
    /// Documents with other columns, or in a lost part, that are not there to be read again.
    #[error(
        "{documents} documents, `{first}` the first, must be read again and are not among the inputs; \
         add them to the inputs, or take them out with --prune"
    )]
    NotThere {
        /// How many.
        documents: usize,
        /// The first of them.
        first: String,
    },
    /// Rows cannot be parted by a column.
    #[error(
        "the dataset cannot be partitioned by `{column}`; it can by a column that is the same for all rows of a document: {}",
        known.join(", ")
    )]
    Partition {
        /// What was asked for.
        column: String,
        /// The columns by which they can.
        known: Vec<String>,
    },
    /// Rows would be parted into too many folders.
    #[error("`{column}` holds more than {most} values; partition by a column that holds fewer")]
    Partitions {
        /// By which they are parted.
        column: String,
        /// Folders that a dataset may have.
        most: usize,
    },
    /// Rows do not say which document they are of.
    #[error("a dataset needs the column `document`; add it to --columns")]
    NoDocument,
}
