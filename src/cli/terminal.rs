//! Lines for people: escaped, aligned, and on standard error unless they are what was asked for.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufWriter, StdoutLock, Write as _};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::io::{Fault, FileError, Watched};

/// One line on standard error, after the name of the program. That it cannot be written is no further error.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "taizhang: {}", plain(line));
}

/// Standard output, buffered; flush it at the end to hear of a closed pipe.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Standard output for writers that lose the kind of an error on its way up; `fault` keeps it.
pub(super) fn watched_stdout(fault: &Fault) -> BufWriter<Watched<io::Stdout>> {
    BufWriter::with_capacity(1 << 16, Watched::new(io::stdout(), fault))
}

/// Whether whoever read standard output stopped reading.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(closed)
            || cause.downcast_ref::<FileError>().and_then(|error| error.cause.as_ref()).is_some_and(closed)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

/// The text with nothing in it that a terminal would obey: controls and changes of direction are written as escapes.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_obeyed(c) {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls and changes of direction.
pub(super) fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

/// The text in exactly `width` columns of a terminal, where a Chinese character takes two: filled up or cut with `…`.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let text = plain(text);
    let mut used = text.width();
    let mut out = String::with_capacity(text.len() + width);
    if used <= width {
        out.push_str(&text);
    } else {
        used = 0;
        for c in text.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide + 1 > width {
                break;
            }
            used += wide;
            out.push(c);
        }
        out.push('…');
        used += 1;
    }
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}

/// Rows as columns that line up, each at most `most` wide; two spaces lead every line.
pub(super) fn aligned(rows: &[Vec<String>], most: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell).width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0).min(most)).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| fitted(cell, *width)).collect();
        let _ = writeln!(out, "  {}", cells.join("  ").trim_end());
    }
    out
}

/// Digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(fitted("财政", 6), "财政  ");
        assert_eq!(fitted("财政总收入", 6), "财政… ");
        assert_eq!(fitted("财政总收入", 10), "财政总收入");
        let rows = [vec!["财政".to_owned(), "x".to_owned()], vec!["ab".to_owned(), "y".to_owned()]];
        assert_eq!(aligned(&rows, 20), "  财政  x\n  ab    y\n");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_goes_through() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\n"), "a\\u{1b}[31mb\\u{202e}c\\n");
        assert!(matches!(plain("同比增长"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([1, 1_000, 12_345_678].map(grouped), ["1", "1,000", "12,345,678"]);
    }
}
