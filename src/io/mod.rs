//! Files: finding and decoding the texts, writing the tables.
//!
//! ```
//! use taizhang::io::decode;
//!
//! let decoded = decode(b"\xb2\xc6\xd5\xfe\xca\xd5\xc8\xeb18.34\xd2\xda\xd4\xaa").expect("text");
//! assert_eq!((decoded.text.as_str(), decoded.encoding), ("财政收入18.34亿元", "GB18030"));
//! ```
//!
//! It prints nothing and decides no exit code: that is the command line's. Nothing here looks at what a text says.

mod decode;
mod error;
mod fault;
mod pending;
mod report;
mod source;
mod tally;
mod walk;
mod write;

pub use decode::{Decoded, Undecodable, decode};
pub use error::{FileError, FileErrorKind};
pub(crate) use fault::{Fault, Watched};
pub use pending::{PendingFile, commit};
pub(crate) use report::timestamp;
pub use report::{Holdings, Located, Refused, RunReport};
pub use source::{Source, document_id};
pub use tally::{ByKind, Slowest, Tally, Timed, UnknownUnit};
pub use walk::{Found, Origin, PassedOver, TEXT_EXTENSIONS, TextFile, find};
pub use write::{Format, TableWriter, Tables};
