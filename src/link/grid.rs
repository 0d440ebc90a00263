//! The rows of a table: as they stand, or, where every cell has a line of its own, as the cells fall in.

use crate::lexicon::Role;
use crate::reflow::Place;
use crate::text::{InFlow, Span};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nothing but a figure, the mark of a note aside.
    Figure,
    /// Nothing but a date.
    Date,
    /// Nothing but a unit: （万元）, RMB'000.
    Unit,
    /// A dash where a figure would stand.
    Empty,
    Words,
}

/// A cell: its segment and what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) segment: usize,
    pub(super) span: Span<InFlow>,
    /// The number of its line.
    pub(super) line: u32,
    /// Its place on the line, where it is one of several there.
    pub(super) place: Option<Place>,
    pub(super) sort: Sort,
    /// 序号 and 附注 stand over numbers of rows, 单位 over their units.
    pub(super) role: Option<Role>,
    /// 累计, beside 本月 over another column.
    pub(super) to_date: bool,
}

impl Cell {
    /// A figure, or what stands where one would.
    pub(super) const fn fills(&self) -> bool {
        matches!(self.sort, Sort::Figure | Sort::Empty)
    }

    /// 流动资产：, over the rows of a group.
    pub(super) fn heads_group(&self, text: &str) -> bool {
        self.span.of(text).ends_with(['：', ':'])
    }
}

/// A row: its cells, each with its column.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<(usize, usize)>,
    /// The columns are those of the whole table, an empty cell counted too.
    pub(super) ruled: bool,
}

/// The rows as they stand.
pub(super) fn across(cells: &[Cell]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut line = None;
    for (index, cell) in cells.iter().enumerate() {
        let Place { column, ruled } = cell.place.unwrap_or(Place { column: 0, ruled: false });
        if line != Some(cell.line) {
            line = Some(cell.line);
            rows.push(Row { cells: Vec::new(), ruled });
        }
        if let Some(row) = rows.last_mut() {
            row.cells.push((column as usize, index));
        }
    }
    rows
}

/// Cells of the longest row that is looked for.
const WIDEST: usize = 16;

/// Columns of words before the first of figures: 姓名, 职务, 性别.
const LABELS: usize = 4;

/// Lines behind the last row that may belong to the table: its unit, a note.
const BEHIND: usize = 2;

/// The rows of a table that has a line for each cell.
#[derive(Debug)]
pub(super) struct Grid {
    /// The first cell behind the header.
    pub(super) start: usize,
    /// The cells of a row, and the words at its front.
    pub(super) width: usize,
    pub(super) labels: usize,
    pub(super) rows: Vec<Row>,
}

/// The rows of a table with a line for each cell, where they all have as many cells and the same columns hold figures.
/// An empty line is an empty cell there.
pub(super) fn downwards(cells: &[Cell], text: &str) -> Option<Grid> {
    let slots = slots(cells);
    let lines = Lines { cells, slots: &slots, text };
    let is_figure = |at: &usize| lines.sort(*at) == Some(Sort::Figure);
    let mut figures = (0..slots.len()).filter(is_figure);
    let first = figures.clone().next()?;
    // 1年以内: a figure with words may be a label.
    let from = figures.find(|at| lines.is_number(*at)).unwrap_or(first);
    let indexed = cells.iter().take(lines.cell(from)?).any(|cell| cell.role == Some(Role::Index));
    let starts = (usize::from(!indexed)..=LABELS.min(from)).map(|labels| from - labels);
    starts.flat_map(|start| (2..=WIDEST).map(move |width| (start, width))).find_map(|(start, width)| {
        let (width, rows) = packed(lines.rows(start, width)?);
        let words = (start + 1..start + width).take_while(|at| lines.is_words(*at)).count();
        Some(Grid { start: lines.cell(start)?, width, labels: 1 + words, rows })
    })
}

/// Rows without the columns that are empty in all of them: the line between one row and the next.
fn packed(mut rows: Vec<Row>) -> (usize, Vec<Row>) {
    let mut filled = [0; WIDEST];
    for (column, _) in rows.iter().flat_map(|row| &row.cells) {
        if let Some(filled) = filled.get_mut(*column) {
            *filled = 1;
        }
    }
    for row in &mut rows {
        for (column, _) in &mut row.cells {
            *column = filled.iter().take(*column).sum();
        }
    }
    (filled.iter().sum(), rows)
}

/// The cells line by line, none for an empty line, unless most cells stand between such.
fn slots(cells: &[Cell]) -> Vec<Option<usize>> {
    let gap = |at: usize| {
        let line = |at: usize| cells.get(at).map_or(0, |cell| cell.line);
        at.checked_sub(1).map_or(0, |before| line(at).saturating_sub(line(before) + 1) as usize)
    };
    let apart = (0..cells.len()).filter(|at| gap(*at) > 0).count();
    let mut slots = Vec::with_capacity(cells.len());
    for at in 0..cells.len() {
        let empty = if apart * 2 > cells.len() { 0 } else { gap(at).min(WIDEST) };
        slots.extend(std::iter::repeat_n(None, empty));
        slots.push(Some(at));
    }
    slots
}

/// The lines of a table that is looked through for its rows.
struct Lines<'a> {
    cells: &'a [Cell],
    slots: &'a [Option<usize>],
    text: &'a str,
}

impl Lines<'_> {
    fn cell(&self, at: usize) -> Option<usize> {
        self.slots.get(at).copied().flatten()
    }

    fn sort(&self, at: usize) -> Option<Sort> {
        self.cell(at).and_then(|cell| self.cells.get(cell)).map(|cell| cell.sort)
    }

    /// Words, or the unit of a row.
    fn is_words(&self, at: usize) -> bool {
        matches!(self.sort(at), Some(Sort::Words | Sort::Unit))
    }

    /// A figure with words.
    fn is_named(&self, at: usize) -> bool {
        let cell = self.cell(at).and_then(|cell| self.cells.get(cell));
        cell.is_some_and(|cell| cell.sort == Sort::Figure && cell.span.of(self.text).contains(char::is_alphabetic))
    }

    /// The rows of so many cells from a line on, if there are two at least and all cells fall in.
    fn rows(&self, start: usize, width: usize) -> Option<Vec<Row>> {
        let worded: Vec<bool> = (start..start + width).map(|at| self.is_words(at)).collect();
        let first = self.sort(start).filter(|_| !self.is_named(start));
        let mut rows: Vec<Row> = Vec::new();
        let (mut at, mut groups) = (start, 0);
        while at < self.slots.len() {
            if !self.opens_group(at) && self.opens_row(at, first) && self.fits(at, &worded) {
                let cells = (0..width).filter_map(|column| Some((column, self.cell(at + column)?))).collect();
                rows.push(Row { cells, ruled: true });
                groups += usize::from((1..width).all(|column| self.cell(at + column).is_none()));
                at += width;
            } else if self.is_words(at) && (self.is_words(at + 1) || self.slots.len() - at <= BEHIND) {
                rows.push(Row { cells: self.cell(at).map(|cell| (0, cell)).into_iter().collect(), ruled: true });
                (at, groups) = (at + 1, groups + 1);
            } else {
                return None;
            }
        }
        (rows.len() > groups * 3 && rows.len() > groups + 1).then_some(rows)
    }

    /// 流动资产： before the label of a row.
    fn opens_group(&self, at: usize) -> bool {
        let cell = self.cell(at).and_then(|cell| self.cells.get(cell));
        cell.is_some_and(|cell| cell.heads_group(self.text)) && self.is_words(at + 1)
    }

    /// Whether a row may start there: with a number where the first row does, else with a label, which may be a figure with
    /// words (1至2年, 0-14岁), or a date where the first is one.
    fn opens_row(&self, at: usize, first: Option<Sort>) -> bool {
        let label = self.is_words(at) || self.is_named(at);
        match first {
            Some(Sort::Figure) => self.is_number(at),
            Some(Sort::Date) => label || self.sort(at) == first,
            _ => label,
        }
    }

    /// A figure without words.
    fn is_number(&self, at: usize) -> bool {
        self.sort(at) == Some(Sort::Figure) && !self.is_named(at)
    }

    /// Whether the columns behind the label hold words where the first row has words, and figures, dates or nothing elsewhere.
    fn fits(&self, at: usize, worded: &[bool]) -> bool {
        let fits = |(column, worded): (usize, &bool)| match self.sort(at + column) {
            Some(Sort::Words | Sort::Unit) => *worded,
            Some(Sort::Figure | Sort::Date) => !worded,
            // What is empty at the end of a text has no lines.
            Some(Sort::Empty) | None => at + column < self.slots.len() || !worded,
        };
        worded.iter().enumerate().skip(1).all(fits)
    }
}
