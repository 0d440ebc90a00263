//! From byte offsets to what people count: characters and lines.

use super::{InSource, Span};

/// Bytes between two remembered counts: few enough to count in a byte, and to count over again for every place.
const STRIDE: usize = 64;

/// A place in a file: characters from 0, lines from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Unicode scalar values before the place.
    pub char: u32,
    /// Line number, from 1.
    pub line: u32,
}

/// Counts of characters and lines at every 64th byte of a text.
///
/// ```
/// use taizhang::text::{Offsets, Place};
///
/// let text = "财政\n收入";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.place(text, 7), Place { char: 3, line: 2 });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Offsets {
    checkpoints: Vec<Place>,
}

impl Offsets {
    /// Counts once over the text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut place = Place { char: 0, line: 1 };
        for chunk in text.as_bytes().chunks(STRIDE) {
            checkpoints.push(place);
            place = advance(place, chunk);
        }
        checkpoints.push(place);
        Self { checkpoints }
    }

    /// The place of byte `offset` of the same text.
    #[must_use]
    pub fn place(&self, text: &str, offset: usize) -> Place {
        let index = (offset / STRIDE).min(self.checkpoints.len().saturating_sub(1));
        let start = self.checkpoints.get(index).copied().unwrap_or(Place { char: 0, line: 1 });
        advance(start, text.as_bytes().get(index * STRIDE..offset).unwrap_or_default())
    }

    /// The places of both ends of a span of the same text.
    #[must_use]
    pub fn places(&self, text: &str, span: Span<InSource>) -> (Place, Place) {
        let start = self.place(text, span.from());
        let end = if span.len() as usize <= STRIDE {
            advance(start, span.of(text).as_bytes())
        } else {
            self.place(text, span.to())
        };
        (start, end)
    }

    /// The byte at which line `line` (from 1) starts, if the text has so many lines.
    #[must_use]
    pub fn line_start(&self, text: &str, line: u32) -> Option<usize> {
        let index = self.checkpoints.partition_point(|place| place.line < line).saturating_sub(1);
        let mut here = self.checkpoints.get(index)?.line;
        let from = index * STRIDE;
        if line <= 1 {
            return (line == 1).then_some(0);
        }
        for (at, byte) in text.as_bytes().get(from..)?.iter().enumerate() {
            if *byte == b'\n' {
                here += 1;
                if here == line {
                    return Some(from + at + 1);
                }
            }
        }
        None
    }
}

/// Counts on from `place` over at most [`STRIDE`] bytes, which may start or end inside a character.
fn advance(place: Place, bytes: &[u8]) -> Place {
    let (mut chars, mut lines) = (0u8, 0u8);
    for byte in bytes {
        chars = chars.wrapping_add(u8::from((byte & 0xC0) != 0x80));
        lines = lines.wrapping_add(u8::from(*byte == b'\n'));
    }
    Place { char: place.char + u32::from(chars), line: place.line + u32::from(lines) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_agree_with_counting() {
        let text = "第一行：增长3%。\n第二行\r\n".repeat(40);
        let offsets = Offsets::new(&text);
        for (at, _) in text.char_indices() {
            let before = text.get(..at).unwrap_or_default();
            let want = Place {
                char: u32::try_from(before.chars().count()).unwrap_or(0),
                line: u32::try_from(before.matches('\n').count()).unwrap_or(0) + 1,
            };
            assert_eq!(offsets.place(&text, at), want);
        }
    }

    #[test]
    fn lines_start_where_the_last_one_ended() {
        let text = "财政收入\n".repeat(60);
        let offsets = Offsets::new(&text);
        for line in 1..=60usize {
            assert_eq!(offsets.line_start(&text, u32::try_from(line).unwrap_or(0)), Some((line - 1) * 13));
        }
        assert_eq!(offsets.line_start(&text, 62), None);
        assert_eq!(offsets.line_start(&text, 0), None);
    }
}
