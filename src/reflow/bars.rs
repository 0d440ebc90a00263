//! Cells that a bar closes in a line of its own, or at the end of one: 2019⏎（經重列） |⏎2018 |.

use super::Place;
use super::line::Line;
use crate::text::{InSource, Span};

/// Lines of one cell.
const MOST: u32 = 4;

/// What the lines of a text tell of the bars in them, as they are met.
#[derive(Debug, Default)]
pub(super) struct Bars {
    /// Lines that are no cells: of bars that closed the cell above them, or of words that go on in one.
    closing: u32,
    /// The lines since the last bar, where nothing but a bar stood before those.
    open: Option<u32>,
}

/// A line: what stands there without the bar behind it, and the number of it that counts for the cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closed {
    pub(super) line: Span<InSource>,
    pub(super) row: u32,
    pub(super) part: Part,
}

/// What a line is of a cell that a bar closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Part {
    /// None that is known, or the first line.
    #[default]
    Any,
    /// The bar behind it, or below it, closes the cell.
    Closed,
    /// It goes on in the cell of the line before.
    On,
    /// Both.
    Last,
}

impl Part {
    pub(super) const fn closes(self) -> bool {
        matches!(self, Self::Closed | Self::Last)
    }

    pub(super) const fn goes_on(self) -> bool {
        matches!(self, Self::On | Self::Last)
    }

    /// The same with a bar behind it.
    pub(super) const fn closed(self) -> Self {
        if self.goes_on() { Self::Last } else { Self::Closed }
    }
}

impl Bars {
    /// The next line, nothing where only bars stand there.
    pub(super) fn next(&mut self, line: Span<InSource>, row: u32, source: &str) -> Option<Closed> {
        let text = line.of(source);
        if text.is_empty() {
            self.open = None;
            return None;
        }
        if text.bytes().all(|byte| matches!(byte, b'|' | b' ')) {
            // A bar behind a bar is an empty cell.
            self.closing += u32::from(self.open != Some(0));
            self.open = Some(0);
            return None;
        }
        let words = text.strip_suffix('|').filter(|words| !words.contains('|')).map(str::trim_end);
        let on = self.open.is_some_and(|lines| (1..MOST).contains(&lines)) && goes_on(text);
        self.closing += u32::from(on);
        let row = row - self.closing;
        self.open = match words {
            Some(_) => Some(0),
            None => self.open.map(|lines| lines + 1).filter(|_| !text.contains('|')),
        };
        let line = Span::at(line.from(), line.from() + words.unwrap_or(text).len());
        let part = if on { Part::On } else { Part::Any };
        Some(Closed { line, row, part: if words.is_some() { part.closed() } else { part } })
    }
}

/// （經重列）, =100, (10 000 persons): what does not open a cell.
fn goes_on(text: &str) -> bool {
    text.starts_with(['（', '(', '=', '＝'])
}

/// 播種面積（千公頃） |⏎總產量（萬噸） |⏎全年糧食 | 113 | 61: headers that a bar closes, as many as the row below has figures or
/// cells, are a row too.
pub(super) fn set_headers(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|line| line.part.closes() && line.place.is_none()).count();
        let cells = rest.iter().take(run).filter(|line| !line.part.goes_on()).count();
        let below = rest.get(run).map(|first| first.row);
        let row = rest.iter().skip(run).take_while(|line| Some(line.row) == below);
        let width = row.filter_map(|line| line.place.filter(|place| place.ruled)).map(|place| place.column + 1).max();
        let before = width.and_then(|width| (width as usize).checked_sub(cells)).filter(|before| *before < 2);
        if let (true, Some(before)) = (cells > 1, before) {
            let row = rest.first().map_or(0, |line| line.row);
            let mut column = u32::try_from(before).unwrap_or(0);
            for (place, line) in lines.iter_mut().skip(at).take(run).enumerate() {
                column += u32::from(place > 0 && !line.part.goes_on());
                (line.row, line.place) = (row, Some(Place { column, ruled: true }));
            }
        }
        at += run.max(1);
    }
}
