//! Cells of four digits that count, and are no year: 甲县 2013 1987 between rows of figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::Lexicon;
use crate::lexicon::{Role, is_year};
use crate::reflow::{Block, FlowText, Shape, is_empty, is_figure, is_run_of_years};

/// Figures of the longest row that is looked at.
const WIDEST: usize = 32;

/// Lines above a table that may state its unit.
const ABOVE: usize = 3;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Four digits that may be a year.
    Year,
    Figure,
    /// A dash where a figure would stand.
    Empty,
    Words,
}

/// A cell: its block, its column, what it holds.
#[derive(Debug, Clone, Copy)]
struct Cell {
    block: usize,
    column: usize,
    sort: Sort,
}

/// A row, and how many cells the rows have that share its columns: none where tabs or bars tell them.
#[derive(Debug, Clone, Default)]
struct Row {
    cells: Vec<Cell>,
    width: usize,
    /// Each of its cells has a line of its own.
    down: bool,
}

/// Whether the digits of each block count.
pub(super) fn counted(flow: &FlowText, tables: &[Option<u32>], lexicon: &Lexicon) -> Vec<bool> {
    let mut counted = vec![false; tables.len()];
    let mut at = 0;
    while at < tables.len() {
        let table = tables.get(at).copied().flatten();
        let end = at + tables.iter().skip(at).take_while(|other| **other == table).count().max(1);
        let blocks = at..end;
        at = end;
        let year = |block: &Block| is_year(block.span.of(&flow.text).trim());
        if table.is_some() && flow.blocks.get(blocks.clone()).is_some_and(|blocks| blocks.iter().any(year)) {
            Table::new(flow, blocks, lexicon).settle(&mut counted);
        }
    }
    counted
}

/// A table: its rows, and the columns of them that hold figures which are no years.
struct Table<'a> {
    flow: &'a FlowText,
    lexicon: &'a Lexicon,
    first: usize,
    rows: Vec<Row>,
    filled: BTreeSet<(usize, usize)>,
    /// The first of the rows of so many cells.
    shapes: BTreeMap<(usize, usize), usize>,
}

impl<'a> Table<'a> {
    fn new(flow: &'a FlowText, blocks: Range<usize>, lexicon: &'a Lexicon) -> Self {
        let first = blocks.start;
        let mut table =
            Self { flow, lexicon, first, rows: Vec::new(), filled: BTreeSet::new(), shapes: BTreeMap::new() };
        let mut line = None;
        for block in blocks {
            let Some(shape) = flow.blocks.get(block) else { continue };
            let sort = sort(shape.span.of(&flow.text).trim());
            let place = match shape.shape {
                Shape::Cell(place) => Some((shape.row, place)),
                _ => None,
            };
            // One cell a line: each label opens a row.
            let opens = place.map_or(sort == Sort::Words, |(row, _)| line != Some(row));
            line = place.map(|(row, _)| row);
            if opens || table.rows.is_empty() {
                table.rows.push(Row::default());
            }
            if let Some(row) = table.rows.last_mut() {
                let ruled = place.filter(|(_, place)| place.ruled);
                let column = ruled.map_or(row.cells.len(), |(_, place)| place.column as usize);
                row.cells.push(Cell { block, column, sort });
                row.down = place.is_none();
                row.width = if ruled.is_some() { 0 } else { row.cells.len() };
            }
        }
        for row in table.rows.iter().filter(|row| row.figures().is_some()) {
            let figures = row.cells.iter().skip(1).filter(|cell| cell.sort == Sort::Figure);
            table.filled.extend(figures.map(|cell| (row.width, cell.column)));
        }
        for (at, row) in table.rows.iter().enumerate() {
            table.shapes.entry((row.width, row.cells.len())).or_insert(at);
        }
        table
    }

    fn settle(&self, counted: &mut [bool]) {
        let mut mixed = self.rows.iter().enumerate().filter(|(_, row)| row.is_mixed()).map(|(at, _)| at);
        let sole = mixed.next().filter(|_| mixed.next().is_none()).filter(|at| self.is_ruled(*at));
        for (at, row) in self.rows.iter().enumerate() {
            let Some(figures) = row.figures() else { continue };
            if !row.is_mixed() && !self.is_row(at, figures) {
                continue;
            }
            for cell in figures.iter().filter(|cell| cell.sort == Sort::Year) {
                let counts = sole == Some(at) || self.filled.contains(&(row.width, cell.column));
                if let Some(slot) = counted.get_mut(cell.block).filter(|_| counts) {
                    *slot = true;
                }
            }
        }
    }

    /// Whether the only row of figures stands behind a label and below headers of no times, where a unit is stated.
    fn is_ruled(&self, at: usize) -> bool {
        let Some((row, above)) = self.rows.get(at).zip(self.rows.get(..at)) else { return false };
        let labelled = row.cells.first().is_some_and(|label| label.sort == Sort::Words);
        let headers = above.iter().filter(|row| row.cells.len() == 1).count();
        labelled && (!row.down || headers + 1 >= row.cells.len()) && self.states_unit() && !self.dates(above)
    }

    fn words(&self, cell: &Cell) -> &'a str {
        self.flow.blocks.get(cell.block).map_or("", |block| block.span.of(&self.flow.text).trim())
    }

    /// 工资 2045 1987: whether a row of nothing but such digits is one of figures, and no header: they are none that a header
    /// would have, or it stands below a row as long whose cells are words, and they do not follow one another.
    fn is_row(&self, at: usize, figures: &[Cell]) -> bool {
        let Some(row) = self.rows.get(at) else { return false };
        let years: Vec<i32> = figures.iter().filter_map(|cell| self.words(cell).parse().ok()).collect();
        let gaps = || years.iter().zip(years.iter().skip(1)).map(|(one, next)| next - one);
        let first = self.shapes.get(&(row.width, row.cells.len())).filter(|first| **first < at);
        let above = first.and_then(|first| self.rows.get(*first));
        let headed = above.is_some_and(|above| above.cells.iter().skip(1).all(|cell| cell.sort != Sort::Year));
        let labelled = row.cells.first().is_some_and(|label| label.sort == Sort::Words);
        labelled && (!is_run_of_years(&years) || headed && (years.len() == 1 || gaps().any(|gap| gap.abs() != 1)))
    }

    /// Whether a line above the table or a header in it states a unit.
    fn states_unit(&self) -> bool {
        let above = self.flow.blocks.get(self.first.saturating_sub(ABOVE)..self.first).unwrap_or_default();
        let mut lines = above.iter().map(|block| block.span.of(&self.flow.text));
        let units = |line: &str| {
            let word = line.split_once(['：', ':']).map(|(word, _)| word.trim_end());
            word.is_some_and(|word| self.lexicon.closing(word, Role::Caption).is_some())
        };
        let mut cells = self.rows.iter().flat_map(|row| &row.cells).map(|cell| self.words(cell));
        lines.any(units) || cells.any(|cell| units(cell) || cell.ends_with(['）', ')']))
    }

    /// 建成年份, 成立时间: whether one of the headers behind the first is of times.
    fn dates(&self, above: &[Row]) -> bool {
        let mut heads = above.iter().flat_map(|row| &row.cells).skip(1).map(|cell| self.words(cell));
        heads.any(|head| {
            !head.starts_with(|c: char| c.is_numeric())
                && head.ends_with(['年', '份', '度', '期', '间', '間', '月', '届', '屆'])
        })
    }
}

impl Row {
    /// The figures and years behind the labels, where nothing else follows them.
    fn figures(&self) -> Option<&[Cell]> {
        let from = self.cells.iter().skip(1).position(|cell| cell.sort != Sort::Words)? + 1;
        let figures = self.cells.get(from..)?;
        (figures.len() <= WIDEST && figures.iter().all(|cell| cell.sort != Sort::Words)).then_some(figures)
    }

    fn is_mixed(&self) -> bool {
        self.figures().is_some_and(|figures| figures.iter().any(|cell| cell.sort == Sort::Figure))
    }
}

fn sort(words: &str) -> Sort {
    if is_year(words) {
        Sort::Year
    } else if is_figure(words) {
        Sort::Figure
    } else if is_empty(words) {
        Sort::Empty
    } else {
        Sort::Words
    }
}
