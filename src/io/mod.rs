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
mod documents;
mod error;
mod mojibake;
mod pending;
mod read;
mod report;
mod rows;
mod source;
mod texts;
mod walk;
mod write;

pub use decode::{Charset, Decoded, Undecodable, decode, decode_as};
pub use documents::{Documents, TableOptions, Waiting};
pub use error::{FileError, FileErrorKind, PdfTrouble};
pub use pending::{PendingFile, commit};
pub use read::{ReadOptions, text_extensions};
pub use report::{Located, Refused, RowCounts, RunReport};
pub use rows::expects_panic;
pub use source::{Source, document_id};
pub use texts::KeptTexts;
pub use walk::{Found, Origin, PassedOver, Search, TextFile, listed};
pub use write::{Format, TableWriter, Tables};
