//! Which cells of a table head a figure: the label of its row, the header and the date of its column.

use crate::lexicon::{Lexicon, Role, is_digit};
use crate::text::{InFlow, Span};

/// A cell: its segment and what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) segment: usize,
    pub(super) span: Span<InFlow>,
    /// Row and column, where the text still shows them.
    pub(super) place: Option<(u32, u32)>,
    /// Nothing but a figure.
    pub(super) figure: bool,
    /// Nothing but a date.
    pub(super) date: bool,
    /// A dash where a figure would stand.
    pub(super) empty: bool,
}

/// What a figure is read with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Heads {
    pub(super) row: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) date: Option<usize>,
    /// The cell of the row under a header 单位.
    pub(super) unit: Option<usize>,
    /// The figure only numbers its row, under a header 序号 or 附注.
    pub(super) index: bool,
}

/// Heads where the rows still stand: the first words of the row, and the header in the same column.
pub(super) fn across(cells: &[Cell], text: &str, lexicon: &Lexicon) -> Vec<Heads> {
    let mut heads = vec![Heads::default(); cells.len()];
    let row_of = |cell: &Cell| cell.place.map_or(0, |(row, _)| row);
    let mut header: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let row = cells.get(at).map_or(0, row_of);
        let length = cells.iter().skip(at).take_while(|cell| row_of(cell) == row).count();
        let line = at..at + length;
        let label = line.clone().find(|index| cells.get(*index).is_some_and(|cell| !cell.figure));
        // 0-14岁 in front of bare figures names its row, although it is a figure too.
        let named = |cell: &Cell| cell.span.of(text).chars().any(char::is_alphabetic);
        let label = label.or_else(|| cells.get(at).is_some_and(named).then_some(at));
        let figures = line.clone().filter(|index| cells.get(*index).is_some_and(|cell| cell.figure)).count();
        // 城镇: a line over some of the rows heads no column.
        if figures == 0 && (length > 1 || header.is_empty()) {
            header = line.collect();
        } else {
            // A header without a word over the labels is one cell short, one with a label set apart longer.
            let unit =
                header.iter().position(|at| cells.get(*at).is_some_and(|cell| states_units(cell, text, lexicon)));
            let unit = unit.and_then(|unit| (unit + length).checked_sub(header.len())).filter(|unit| *unit > 0);
            let column_of = |at: usize| cells.get(at).and_then(|cell| cell.place).map(|(_, column)| column);
            let gap = column_of(at + length - 1).is_some_and(|last| last as usize >= length);
            for index in line {
                let offset = (index - at + header.len()).checked_sub(length);
                // 丙县||9,876|: beside an empty cell, the header of the same column.
                let same = header.binary_search_by_key(&column_of(index), |head| column_of(*head)).ok().filter(|_| gap);
                let column = same.or(offset).and_then(|offset| header.get(offset)).copied();
                if let Some(slot) = heads.get_mut(index) {
                    let row = label.filter(|label| *label != index);
                    let over = column.and_then(|column| cells.get(column));
                    let index = over.is_some_and(|over| heads_index(over, text, lexicon));
                    *slot = Heads { row, column, date: column, unit: unit.map(|column| at + column), index };
                }
            }
        }
        at += length.max(1);
    }
    heads
}

/// 序号, 附注: whether a header stands over numbers of rows.
fn heads_index(cell: &Cell, text: &str, lexicon: &Lexicon) -> bool {
    lexicon.is_word(cell.span.of(text).trim(), Role::Index)
}

/// 序号⏎姓名⏎股数⏎1⏎张三⏎500⏎2⏎李四⏎300: the cells that number the rows one by one, each before a label.
fn numbering(cells: &[Cell], text: &str) -> Vec<usize> {
    let mut next = 1usize;
    let mut found = Vec::new();
    for (at, pair) in cells.windows(2).enumerate() {
        let [cell, behind] = pair else { continue };
        if cell.figure && !behind.figure && cell.span.of(text).trim().parse() == Ok(next) {
            found.push(at);
            next += 1;
        }
    }
    found
}

/// 单位, also set as 单 位: whether a header stands over the units of the rows.
fn states_units(cell: &Cell, text: &str, lexicon: &Lexicon) -> bool {
    let words: String = cell.span.of(text).chars().filter(|c| !c.is_whitespace()).collect();
    lexicon.is_word(&words, Role::Caption)
}

/// A run of figures behind a label.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where its label ends.
    behind: usize,
    start: usize,
    length: usize,
}

/// Digits of the longest number of a note.
const NOTE: usize = 3;

/// The runs of figures, and the cells that only number a row, where a header stands over such: of its own before each label,
/// or the first figure of the rows that have one more (附注).
fn runs(cells: &[Cell], text: &str, indexed: bool) -> (Vec<Run>, Vec<usize>) {
    let mut numbers = if indexed { numbering(cells, text) } else { Vec::new() };
    let mut runs: Vec<Run> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let figure = (cell.figure || cell.empty) && numbers.binary_search(&index).is_err();
        match runs.last_mut() {
            Some(run) if figure && run.start + run.length == index => run.length += 1,
            _ if figure => runs.push(Run { behind: index, start: index, length: 1 }),
            _ => {}
        }
    }
    if indexed && numbers.is_empty() {
        let most = runs.iter().map(|run| run.length).max().filter(|most| *most > 1);
        // A note is short: 61, but 1,234.50 is what the row tells.
        let note = |at: usize| {
            let words = cells.get(at).map_or("", |cell| cell.span.of(text).trim());
            words.len() <= NOTE && words.chars().all(is_digit)
        };
        for run in runs.iter_mut().filter(|run| Some(run.length) == most && note(run.start)) {
            numbers.push(run.start);
            (run.start, run.length) = (run.start + 1, run.length - 1);
        }
    }
    (runs, numbers)
}

/// Heads where every cell has a line of its own: rows are runs of figures of one length behind a label.
pub(super) fn downwards(cells: &[Cell], text: &str, lexicon: &Lexicon) -> Vec<Heads> {
    let mut heads = vec![Heads::default(); cells.len()];
    let indexed = cells.iter().take_while(|cell| !cell.figure).position(|cell| heads_index(cell, text, lexicon));
    let (runs, numbers) = runs(cells, text, indexed.is_some());
    for at in &numbers {
        if let Some(slot) = heads.get_mut(*at) {
            slot.index = true;
        }
    }
    let Some(first) = runs.first().copied() else { return heads };
    let mut lengths: Vec<usize> = runs.iter().map(|run| run.length).collect();
    lengths.sort_unstable();
    let width = lengths.get(lengths.len() / 2).copied().unwrap_or(1);
    // A column of units stands between the labels and the figures.
    let states = (0..first.behind).any(|at| cells.get(at).is_some_and(|cell| states_units(cell, text, lexicon)));
    let labels = if states { 2 } else { 1 };
    let above = first.behind.saturating_sub(labels).min(numbers.first().copied().unwrap_or(usize::MAX));
    // 第一季度⏎（1-3月份）: the same time, said again in brackets.
    let again = |at: usize| {
        let date = |at: usize| cells.get(at).filter(|cell| cell.date);
        let before = at.checked_sub(1).and_then(date).is_some();
        before && date(at).is_some_and(|cell| cell.span.of(text).starts_with(['（', '(']))
    };
    // 流动资产：, over the rows of a group
    let groups = |at: usize| cells.get(at).is_some_and(|cell| cell.span.of(text).ends_with(['：', ':']));
    let header: Vec<usize> = (0..above).filter(|at| indexed != Some(*at) && !again(*at) && !groups(*at)).collect();
    // A first run longer than the rows are several columns written one behind the other, under labels of their own.
    let columns = if first.length > width { Vec::new() } else { columns(cells, &header, width, text) };
    let mut end = 0;
    for Run { behind, start, length } in runs {
        // 国际航线⏎国内航线⏎443⏎512: the labels of several rows stand above their figures.
        let stacked = width == 1 && length > 1 && start >= end + length;
        end = start + length;
        if stacked {
            for at in start..end {
                if let Some(slot) = heads.get_mut(at) {
                    slot.row = Some(at - length);
                }
            }
            continue;
        }
        // A row that states none has its label right before its figures.
        let label = behind.checked_sub(labels).filter(|at| cells.get(*at).is_some_and(|cell| !cell.figure));
        let (row, unit) = match label {
            Some(label) if states => (Some(label), behind.checked_sub(1)),
            _ => (behind.checked_sub(1), None),
        };
        for offset in 0..length {
            let (column, date) = columns.get(offset).copied().filter(|_| length == width).unwrap_or((None, None));
            if let Some(slot) = heads.get_mut(start + offset) {
                *slot = Heads { row, column, date, unit, index: false };
            }
        }
    }
    heads
}

/// The header and the date of each of `width` columns, from the cells above the first row. Dates that span the same
/// few headers stand before them once; headers that stand once for all follow.
fn columns(cells: &[Cell], header: &[usize], width: usize, text: &str) -> Vec<(Option<usize>, Option<usize>)> {
    let is_date = |index: &&usize| cells.get(**index).is_some_and(|cell| cell.date);
    let dates: Vec<usize> = header.iter().filter(is_date).copied().collect();
    let names: Vec<usize> = header.iter().filter(|index| !is_date(index)).copied().collect();
    let count = dates.len();
    let spanned = width.checked_div(count).unwrap_or(0);
    let tail = names.get(names.len().saturating_sub(spanned * count)..).unwrap_or_default();
    let words = |index: &usize| cells.get(*index).map_or("", |cell| cell.span.of(text));
    let repeats =
        tail.chunks(spanned.max(1)).all(|part| part.iter().map(words).eq(tail.iter().take(spanned).map(words)));
    if count > 1 && spanned > 0 && tail.len() == spanned * count && repeats {
        let extra = width - spanned * count;
        let once = names.get(names.len() - tail.len() - extra.min(names.len() - tail.len())..names.len() - tail.len());
        let mut columns: Vec<_> =
            tail.iter().enumerate().map(|(at, name)| (Some(*name), dates.get(at / spanned).copied())).collect();
        columns.extend(once.unwrap_or_default().iter().map(|name| (Some(*name), dates.first().copied())));
        return columns;
    }
    if count > 0 && header.len() >= width {
        let own = header.iter().skip(header.len() - width);
        return own.map(|index| if is_date(&index) { (None, Some(*index)) } else { (Some(*index), None) }).collect();
    }
    if names.len() >= width {
        return names.iter().skip(names.len() - width).map(|name| (Some(*name), None)).collect();
    }
    if count == width {
        return dates.iter().map(|date| (None, Some(*date))).collect();
    }
    vec![(None, None); width]
}
