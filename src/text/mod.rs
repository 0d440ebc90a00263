//! The text as it was read: spans, places, and what was odd about it.
//!
//! Two texts exist and their spans cannot be mixed: the decoded file ([`InSource`]), which never changes, and the
//! flowing text that reflow makes of it ([`InFlow`]).

mod ahead;
mod diagnostic;
mod offsets;
mod phrase;
mod span;

pub(crate) use ahead::Ahead;
pub use diagnostic::{Diagnostic, Severity};
pub use offsets::{Offsets, Place};
pub use phrase::Phrase;
pub use span::{InFlow, InSource, Span};
