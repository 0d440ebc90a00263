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
#[cfg(feature = "table")]
mod documents;
mod error;
#[cfg(feature = "table")]
mod fault;
mod mojibake;
mod names;
#[cfg(feature = "table")]
mod pending;
mod read;
#[cfg(feature = "table")]
mod report;
#[cfg(feature = "table")]
mod rows;
mod source;
#[cfg(feature = "table")]
mod tally;
#[cfg(feature = "table")]
mod texts;
mod walk;
#[cfg(feature = "table")]
mod write;

pub use decode::{Charset, Decoded, Undecodable, decode, decode_as};
#[cfg(feature = "table")]
pub use documents::{Documents, TableOptions, Waiting};
pub use error::{FileError, FileErrorKind, PdfTrouble};
#[cfg(feature = "table")]
pub(crate) use fault::{Fault, Watched};
pub use names::shown;
#[cfg(feature = "table")]
pub use pending::{PendingFile, commit};
pub use read::{ReadOptions, text_extensions};
#[cfg(feature = "table")]
pub(crate) use report::timestamp;
#[cfg(feature = "table")]
pub use report::{Holdings, Located, Refused, RunReport};
#[cfg(feature = "table")]
pub use rows::expects_panic;
#[cfg(feature = "table")]
pub(crate) use source::document_id_of;
pub use source::{Source, document_id};
#[cfg(feature = "table")]
pub use tally::{ByKind, Slowest, Tally, Timed, UnknownUnit};
#[cfg(feature = "table")]
pub use texts::KeptTexts;
pub use walk::{Found, Origin, PassedOver, Search, TextFile, listed};
#[cfg(feature = "table")]
pub use write::{CsvStyle, Format, Headers, TableWriter, Tables};
