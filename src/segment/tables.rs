//! Which blocks are the cells of a table: those side by side, or a run of short lines many of which are figures.

use super::Found;
use super::lines::names_year;
use crate::Lexicon;
use crate::lexicon::{is_alphanumeric, is_digit};
use crate::reflow::{Block, FlowText, Marker, Shape};

/// The table that each block belongs to.
pub(super) fn tables(flow: &FlowText, markers: &[Found], lexicon: &Lexicon) -> Vec<Option<u32>> {
    let runs = Runs::new(flow, markers);
    let mut tables = vec![None; flow.blocks.len()];
    // 云州市2022年主要指标: the title of the text is none of the cells right below it.
    let title = flow.blocks.first().filter(|first| first.shape == Shape::Short).map(|first| first.span.of(&flow.text));
    let title = title.is_some_and(|title| names_year(title, lexicon) && !title.ends_with(['年', '度']));
    let (mut at, mut table) = (usize::from(title), 0);
    while let Some(run) = runs.from(at) {
        let quarter_figures = |end| runs.figures(at, end) * 4 >= end - at;
        let end = if run.cells > at {
            run.cells
        } else if run.loose > run.column && runs.figures(at, run.loose) >= 4 && quarter_figures(run.loose) {
            run.loose
        } else if run.column >= at + 6 && quarter_figures(run.column) {
            run.column
        } else {
            at = run.column.max(at + 1);
            continue;
        };
        tables.iter_mut().take(end).skip(at).for_each(|slot| *slot = Some(table));
        table += 1;
        at = end;
    }
    tables
}

/// Where the runs of like blocks that start at a block end; at the block itself where it is of another sort.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Cells side by side.
    cells: usize,
    /// Short lines, a blank line ending the run.
    column: usize,
    /// Short lines that may be cells, whatever blank lines stand between: extracted from pages, each may stand alone.
    loose: usize,
}

/// The runs from each block, counted once, so that looking at every block takes no longer than the blocks are many.
struct Runs {
    runs: Vec<Run>,
    /// The figures before each block, and before the end.
    figures: Vec<usize>,
}

impl Runs {
    fn new(flow: &FlowText, markers: &[Found]) -> Self {
        let mut figures = Vec::with_capacity(flow.blocks.len() + 1);
        let mut count = 0;
        figures.push(count);
        for block in &flow.blocks {
            count += usize::from(is_figure(block, &flow.text));
            figures.push(count);
        }
        let end = flow.blocks.len();
        let mut next = Run { cells: end, column: end, loose: end };
        let mut next_apart = true;
        let (mut next_filled, mut next_labels) = (false, false);
        let mut runs = Vec::with_capacity(end);
        for (at, (block, marker)) in flow.blocks.iter().zip(markers).enumerate().rev() {
            // 一、营业总收入 and # 批发业 right before their figures are no headings, nor is 一、经营活动产生的现金流量： before a row.
            let group = next_labels && is_group(block, &flow.text);
            let row = (next_filled || group) && marker.is_some_and(|(sort, _)| sort == Marker::Han)
                || next_filled && marker.is_some_and(|(sort, _)| sort == Marker::Hash);
            let short = group || is_short(block, &flow.text);
            let goes_on = |fits: bool, next: usize| if fits { next } else { at };
            let column = if next_apart { at + 1 } else { next.column };
            next = Run {
                cells: goes_on(matches!(block.shape, Shape::Cell(_)), next.cells),
                column: goes_on(short, column),
                loose: goes_on(short && is_loose_cell(block, marker.filter(|_| !row), &flow.text), next.loose),
            };
            next_apart = block.apart;
            next_labels = short && next_filled;
            next_filled = row && !group || is_filled(block, &flow.text);
            runs.push(next);
        }
        runs.reverse();
        Self { runs, figures }
    }

    fn from(&self, at: usize) -> Option<Run> {
        self.runs.get(at).copied()
    }

    /// How many of the blocks are figures.
    fn figures(&self, from: usize, to: usize) -> usize {
        let before = |at: usize| self.figures.get(at).copied().unwrap_or(0);
        before(to).saturating_sub(before(from))
    }
}

/// Bytes of the longest caption of a group of rows that a colon ends: 非流动资产：.
const CAPTION: usize = 24;

/// A short line, or one that a colon ends over the rows of a group.
fn is_short(block: &Block, text: &str) -> bool {
    let words = block.span.of(text);
    block.shape == Shape::Short || block.shape == Shape::Prose && words.len() <= CAPTION && words.ends_with('：')
}

/// Bytes of the longest cell of a table written downwards.
const LONGEST: usize = 60;

/// 一、经营活动产生的现金流量：, where it stands before a row.
fn is_group(block: &Block, text: &str) -> bool {
    let words = block.span.of(text);
    words.len() <= LONGEST && words.ends_with(['：', ':'])
}

/// Of the short lines, those that may be cells of a table written downwards.
fn is_loose_cell(block: &Block, marker: Found, text: &str) -> bool {
    block.span.of(text).len() <= LONGEST && marker.is_none_or(|(sort, _)| sort == Marker::Arabic)
}

/// A short line with nothing but a number.
fn is_filled(block: &Block, text: &str) -> bool {
    let words = block.span.of(text);
    block.shape == Shape::Short && words.contains(is_digit) && !words.contains(char::is_alphabetic)
}

/// A short line or cell that is half digits.
fn is_figure(block: &Block, text: &str) -> bool {
    if !matches!(block.shape, Shape::Short | Shape::Cell(_)) {
        return false;
    }
    let cell = block.span.of(text);
    let digits = cell.chars().filter(|c| is_digit(*c)).count();
    digits > 0 && digits * 2 >= cell.chars().filter(|c| is_alphanumeric(*c)).count()
}
