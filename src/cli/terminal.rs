//! Lines for people: escaped, aligned, and on standard error unless they are what was asked for.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};
use std::sync::atomic::{AtomicI32, Ordering};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::io::{Fault, FileError, Watched};

/// One line on standard error, after the name of the program. That it cannot be written is no further error.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "taizhang: {}", plain(line));
}

/// The system's number of the error that writing to standard output is; 0 where it is open. The runtime opens a null device
/// in the place of what is closed, and what is written there is lost without a word.
static CLOSED: AtomicI32 = AtomicI32::new(0);

/// Makes every write to standard output an error of this number.
pub(super) fn close_stdout(error: i32) {
    CLOSED.store(error, Ordering::Relaxed);
}

/// An error where there is no standard output.
pub(super) fn is_open() -> io::Result<()> {
    match CLOSED.load(Ordering::Relaxed) {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// Standard output, buffered; flush it at the end to hear of a closed pipe.
pub(super) fn stdout() -> Guarded<Open<StdoutLock<'static>>> {
    Guarded::new(Open(io::stdout().lock()), io::stdout().is_terminal())
}

/// Standard output for writers that lose the kind of an error on its way up; `fault` keeps it.
pub(super) fn watched_stdout(fault: &Fault) -> Guarded<Watched<Open<io::Stdout>>> {
    Guarded::new(Watched::new(Open(io::stdout()), fault), io::stdout().is_terminal())
}

/// Standard output, where it was not closed from the start.
pub(super) struct Open<W>(W);

impl<W: io::Write> io::Write for Open<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        is_open()?;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A buffered stream of text. To a terminal nothing goes that it would obey; to a file or a pipe everything as it is.
pub(super) struct Guarded<W: io::Write> {
    out: BufWriter<W>,
    terminal: bool,
    /// The first bytes of a character whose last ones are still to come.
    begun: Vec<u8>,
}

impl<W: io::Write> Guarded<W> {
    fn new(out: W, terminal: bool) -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, out), terminal, begun: Vec::new() }
    }
}

impl<W: io::Write> io::Write for Guarded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.out.write(bytes);
        }
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        for line in String::from_utf8_lossy(&text).split_inclusive('\n') {
            let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
            write!(self.out, "{}{end}", plain(words))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
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
    fn tables_and_texts_cannot_speak_to_the_terminal_either() {
        let written = |terminal| {
            let mut out = Guarded::new(Vec::new(), terminal);
            // A character may come in two writes.
            for bytes in "text\n收\u{1b}[31m3\u{9b}2J\t亿\n".as_bytes().chunks(4) {
                out.write_all(bytes).expect("a buffer");
            }
            String::from_utf8(out.out.into_inner().expect("a buffer")).expect("UTF-8")
        };
        assert_eq!(written(true), "text\n收\\u{1b}[31m3\\u{9b}2J\\t亿\n");
        assert_eq!(written(false), "text\n收\u{1b}[31m3\u{9b}2J\t亿\n");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([1, 1_000, 12_345_678].map(grouped), ["1", "1,000", "12,345,678"]);
    }
}
