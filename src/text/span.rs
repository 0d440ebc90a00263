//! Half-open byte spans, typed by the text they point into; the only place that slices a text.

use std::fmt;
use std::marker::PhantomData;

/// Marks spans of the decoded file.
#[derive(Debug)]
pub enum InSource {}

/// Marks spans of the flowing text, in which broken lines are whole again.
#[derive(Debug)]
pub enum InFlow {}

/// A half-open range of bytes, `start..end`, in the text that `T` names.
///
/// ```
/// use taizhang::text::{InSource, Span};
///
/// let span: Span<InSource> = Span::new(6, 12);
/// assert_eq!(span.of("完成财政收入"), "财政");
/// assert_eq!(span.of("短"), "", "a span outside the text is empty, never a panic");
/// ```
pub struct Span<T> {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    text: PhantomData<fn() -> T>,
}

impl<T> Span<T> {
    /// The span `start..end`; an end before the start gives an empty span at `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end }, text: PhantomData }
    }

    /// The span `start..end` of a text that is known to be shorter than 4 GiB.
    #[must_use]
    pub(crate) fn at(start: usize, end: usize) -> Self {
        Self::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
    }

    /// The words under the span; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.from()..self.to()).unwrap_or_default()
    }

    /// What stands before the span in `text`.
    #[must_use]
    pub fn before(self, text: &str) -> &str {
        text.get(..self.from()).unwrap_or_default()
    }

    /// What stands after the span in `text`.
    #[must_use]
    pub fn after(self, text: &str) -> &str {
        text.get(self.to()..).unwrap_or_default()
    }

    /// First byte, as an index.
    #[must_use]
    pub const fn from(self) -> usize {
        self.start as usize
    }

    /// One past the last byte, as an index.
    #[must_use]
    pub const fn to(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing stands under the span.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Whether both cover a byte in common.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shortest span over both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

// Written out because a derive would ask the same of `T`, which is only a name.
impl<T> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Span<T> {}

impl<T> PartialEq for Span<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<T> Eq for Span<T> {}

impl<T> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
