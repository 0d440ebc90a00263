//! The lines and tables of a page as they come, and the text that they make.

use super::grid::{Cell, Grid, Laid, Line};

/// Tables within tables beyond which a table's cells are lines like others.
const DEEPEST: usize = 24;

/// A page while its parts come.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
    tables: Vec<Table>,
    /// Tables that stand too deep.
    deeper: usize,
    /// Bytes that tables may repeat.
    spare: usize,
}

/// A table that is not closed yet.
#[derive(Debug, Default)]
struct Table {
    grid: Grid,
    lines: Vec<Line>,
    cells: Vec<Cell>,
    in_cell: bool,
    /// Whether a row of it is written.
    begun: bool,
}

impl Layout {
    /// A page of so many bytes; its tables repeat no more, so that a small page does not become a large text.
    pub(super) fn new(bytes: usize) -> Self {
        Self { spare: bytes.saturating_add(1 << 10), ..Self::default() }
    }

    /// One more line, in the cell that is open if one is.
    pub(super) fn push(&mut self, line: Line) {
        match self.cell() {
            Some(cell) => cell.lines.push(line),
            None => self.outside().push(line),
        }
    }

    pub(super) fn start_table(&mut self) {
        if self.tables.len() < DEEPEST {
            self.tables.push(Table { grid: Grid::new(self.spare), ..Table::default() });
        } else {
            self.deeper += 1;
        }
    }

    pub(super) fn end_table(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        self.end_row();
        let Some(table) = self.tables.pop() else { return };
        self.spare = table.grid.spare();
        match self.cell() {
            Some(cell) => {
                cell.holds_table |= !table.lines.is_empty();
                cell.lines.extend(table.lines);
            }
            None => self.outside().extend(table.lines),
        }
    }

    pub(super) fn start_cell(&mut self, cell: Cell) {
        if let Some(table) = self.table() {
            table.in_cell = true;
            table.cells.push(cell);
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.table() {
            table.in_cell = false;
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = self.table() else { return };
        let cells = std::mem::take(&mut table.cells);
        if cells.is_empty() {
            return;
        }
        let begun = table.begun;
        let parts = || cells.iter().flat_map(|cell| &cell.lines);
        let met = parts().map(|line| line.met).reduce(|(from, to), (first, last)| (from.min(first), to.max(last)));
        let (met, around) = (met.unwrap_or_default(), parts().any(|line| line.around));
        match table.grid.row(cells) {
            Laid::Row(words) => table.lines.extend(words.map(|words| {
                let figures = words.contains('\t') && words.contains(|c: char| c.is_ascii_digit());
                let weight = if figures { words.chars().count() } else { 0 };
                Line { words, broken: begun, around, met, weight, ..Line::default() }
            })),
            Laid::Blocks(lines) => table.lines.extend(lines),
        }
        table.begun = true;
    }

    /// The cell that is open; where it may still be told more of itself.
    pub(super) fn cell(&mut self) -> Option<&mut Cell> {
        let table = self.tables.last_mut()?;
        if table.in_cell { table.cells.last_mut() } else { None }
    }

    /// All lines, tables that were not closed too.
    pub(super) fn end(mut self) -> Vec<Line> {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.lines
    }

    fn table(&mut self) -> Option<&mut Table> {
        if self.deeper > 0 { None } else { self.tables.last_mut() }
    }

    /// Where lines go that stand in no cell.
    fn outside(&mut self) -> &mut Vec<Line> {
        match self.tables.last_mut() {
            Some(table) => &mut table.lines,
            None => &mut self.lines,
        }
    }
}

/// A raised digit or sign as the character that is one: 10³吨, 120km², 282家¹ must not become 103, 1202 and 2821.
pub(super) fn raised(c: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c {
        '+' => '⁺',
        '-' | '−' | '－' => '⁻',
        _ => c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)).copied().unwrap_or(c),
    }
}

/// The lines as a text, with a blank one between two paragraphs.
pub(super) fn text<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            out.push_str(if line.broken { "\n" } else { "\n\n" });
        }
        out.push_str(&line.words);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
