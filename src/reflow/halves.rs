//! Headers of columns that the layout broke: what stands above and below the line of headers is one cell with what stands
//! there.

use std::ops::Range;

use super::figures::{STOPS, is_empty};
use super::line::{Line, is_figure, widths};
use super::torn::rows;
use crate::Lexicon;
use crate::lexicon::{Entry, Role, RowId, is_digit};

/// The width of the longest half.
const LONGEST: u32 = 14;

/// Lines that may stand above the line of headers, and below it.
const MOST: usize = 2;

/// Joins the halves of headers: 本期比上年 over a line of headers or in it, and 同期增减（%） below.
pub(super) fn join(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let rows = rows(lines);
    let page = Page { lines, rows: &rows, source, lexicon };
    let mut joined: Vec<Line> = Vec::new();
    let mut done = 0;
    for at in 1..rows.len() {
        if let Some((span, header)) = page.header(at).filter(|(span, _)| span.start >= done) {
            joined.extend_from_slice(page.lines.get(done..span.start).unwrap_or_default());
            joined.extend(header);
            done = span.end;
        }
    }
    if done > 0 {
        joined.extend_from_slice(lines.get(done..).unwrap_or_default());
        *lines = joined;
    }
}

/// The lines of a text, cells of one line together.
struct Page<'a> {
    lines: &'a [Line],
    rows: &'a [Range<usize>],
    source: &'a str,
    lexicon: &'a Lexicon,
}

impl<'a> Page<'a> {
    fn row(&self, at: usize) -> &'a [Line] {
        self.rows.get(at).and_then(|row| self.lines.get(row.clone())).unwrap_or_default()
    }

    fn text(&self, line: &Line) -> &'a str {
        line.span.of(self.source)
    }

    /// The header above the first row of figures at `row`, its halves joined, and the lines that it took.
    fn header(&self, row: usize) -> Option<(Range<usize>, Vec<Line>)> {
        let width = self.row(row).len();
        if !self.holds_figures(row) {
            return None;
        }
        let is_half = |at: &usize| self.half(*at).is_some();
        let below = (0..row).rev().take(MOST).take_while(is_half).count();
        let at = row.checked_sub(below + 1)?;
        let cells = self.row(at);
        let above = (0..at).rev().take(MOST).take_while(is_half).count();
        if cells.len() < 2 || below + above == 0 || cells.iter().any(|cell| !self.is_header(cell)) {
            return None;
        }
        let halves = |from: usize, to: usize| -> Vec<&Line> { (from..to).filter_map(|at| self.half(at)).collect() };
        let (upper, lower) = (halves(at - above, at), halves(at + 1, row));
        // 增长情况 over a header is its title.
        let half = |line: &&Line| self.is_open(line) || self.is_percent(line);
        let upper = if upper.last().is_some_and(half) { upper } else { Vec::new() };
        let short = cells.len() + 1 == width;
        let gap = if short { self.gap(cells, (&upper, &lower), self.row(row)) } else { None };
        let (upper, column, own) = match gap {
            Some(gap) => (upper, gap, None),
            None if short || cells.len() == width => {
                let column = self.column(cells, &lower, short)?;
                let own = cells.get(column)?;
                let open = upper.last().is_some_and(|half| self.is_open(half)) && self.changes(own);
                (if open { upper } else { Vec::new() }, column, Some(own))
            }
            None => return None,
        };
        let parts: Vec<Line> = upper.iter().copied().chain(own).chain(lower.iter().copied()).copied().collect();
        if parts.len() < 1 + usize::from(own.is_some())
            || !parts.iter().any(|part| self.changes(part))
            || own.is_some_and(|own| upper.is_empty() && !self.goes_on(own, &lower))
        {
            return None;
        }
        let from = self.rows.get(at - upper.len())?.start;
        let to = self.rows.get(row)?.start;
        Some((from..to, set(cells, column, own.is_some(), &parts)))
    }

    /// 本期比上年 goes on in what changes, 同比增减 in （%） or 幅度（%）, but 同比增减（%） and 备注 in nothing.
    fn goes_on(&self, own: &Line, lower: &[&Line]) -> bool {
        let closes = |line: &Line| self.is_percent(line) || self.text(line).ends_with(['）', ')']);
        !closes(own)
            && if self.changes(own) { lower.last().is_some_and(|last| closes(last)) } else { self.compares(own) }
    }

    /// A label and figures, or nothing where some would stand.
    fn holds_figures(&self, at: usize) -> bool {
        let fills = |line: &Line| is_figure(self.text(line)) || is_empty(self.text(line));
        match self.row(at) {
            [first, rest @ ..] if first.place.is_some_and(|place| !place.ruled) => {
                !rest.is_empty() && !fills(first) && rest.iter().all(fills)
            }
            _ => false,
        }
    }

    /// A line that may be a part of a header: one short cell without a number.
    fn half(&self, at: usize) -> Option<&'a Line> {
        let [line] = self.row(at) else { return None };
        let text = self.text(line);
        let numeral = |c: char| is_digit(c) || self.lexicon.is_numeral_char(c);
        let plain = !text.contains(STOPS) && !text.contains(['：', ':']) && !text.contains(numeral);
        let says = self.is_percent(line) || self.compares(line) || self.changes(line);
        (line.width <= LONGEST && plain && says).then_some(line)
    }

    fn is_header(&self, cell: &Line) -> bool {
        let text = self.text(cell);
        cell.place.is_some_and(|place| !place.ruled) && !is_figure(text) && !text.contains(STOPS)
    }

    fn is_time(&self, cell: &Line) -> bool {
        self.text(cell).starts_with(is_digit)
    }

    /// The header of which a line is the lower half: that above it, else the last that is no time. A header without a word over
    /// the labels is bare.
    fn column(&self, cells: &[Line], lower: &[&Line], bare: bool) -> Option<usize> {
        let columns = cells.iter().enumerate().skip(usize::from(!bare)).rev();
        let mut columns = columns.filter(|(_, cell)| !self.is_time(cell));
        let last = columns.clone().next();
        let under = lower.first().and_then(|half| self.under(half, cells));
        let above = under.and_then(|under| columns.find(|(_, cell)| overlap(self.reach(cell), under)));
        above.or(last).map(|(at, _)| at)
    }

    /// Where a header stands that has nothing in the line of headers: over figures that have no other header, else behind the
    /// second time, as a change stands behind the two that it compares; or at the end, where its upper half waits for the lower.
    fn gap(&self, cells: &[Line], (upper, lower): (&[&Line], &[&Line]), figures: &[Line]) -> Option<usize> {
        let half = upper.last().or(lower.first())?;
        let apart = |reach: (u32, u32)| cells.iter().all(|cell| !overlap(self.reach(cell), reach));
        if let Some(own) = self.under(half, cells).filter(|own| apart(*own)) {
            let free = |figure: &Line| overlap(self.reach(figure), own) && apart(self.reach(figure));
            let before = cells.iter().filter(|cell| self.reach(cell).0 < own.0).count();
            return Some(before).filter(|before| *before > 0 && figures.iter().skip(1).any(free));
        }
        let mut times = cells.iter().enumerate().filter(|(_, cell)| self.is_time(cell)).map(|(at, _)| at);
        let compared = times.nth(1).filter(|_| !cells.first().is_some_and(|first| self.is_time(first)));
        let waits = || upper.last().is_some_and(|half| self.is_open(half)) && !lower.is_empty();
        compared.map(|at| at + 1).or_else(|| Some(cells.len()).filter(|_| waits()))
    }

    /// The columns of the page that a half takes up, where wide gaps set the cells.
    fn under(&self, half: &Line, cells: &[Line]) -> Option<(u32, u32)> {
        let mut pairs = cells.iter().zip(cells.iter().skip(1));
        let wide = pairs.any(|(one, next)| next.span.start > one.span.end + 1);
        let reach = self.reach(half);
        (wide && reach.0 > 0).then_some(reach)
    }

    /// The columns of the page that a cell takes up.
    fn reach(&self, cell: &Line) -> (u32, u32) {
        let before = self.source.get(..cell.span.from()).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let columns = |text: &str| {
            let (wide, narrow) = widths(text);
            wide * 2 + narrow
        };
        let from = columns(before.get(start..).unwrap_or_default());
        (from, from + columns(self.text(cell)))
    }

    /// 本期比上年: what is compared, and not yet how it changed.
    fn is_open(&self, line: &Line) -> bool {
        self.compares(line) && !self.changes(line)
    }

    /// 同期增减（%）, 幅度%
    fn is_percent(&self, line: &Line) -> bool {
        self.text(line).trim_end_matches(['）', ')']).ends_with(['%', '％'])
    }

    fn compares(&self, line: &Line) -> bool {
        self.says(line, |entry| matches!(entry, Entry::Comparison { .. } | Entry::Cue(Role::Than)))
    }

    fn changes(&self, line: &Line) -> bool {
        self.says(line, |entry| matches!(entry, Entry::Change { .. }))
    }

    fn says(&self, line: &Line, sort: impl Fn(&Entry) -> bool) -> bool {
        let text = self.text(line);
        let is = |row: &RowId| self.lexicon.entry(*row).is_some_and(&sort);
        let mut words = text.char_indices().filter_map(|(at, _)| self.lexicon.word(text.get(at..)?));
        words.any(|(_, rows)| rows.iter().any(is))
    }
}

fn overlap(one: (u32, u32), other: (u32, u32)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// The cells of a line of headers with the parts of one in its column, in place of its own part or before what stands there.
fn set(cells: &[Line], column: usize, own: bool, parts: &[Line]) -> Vec<Line> {
    let row = cells.first().map_or(0, |first| first.row);
    let (before, behind) = cells.split_at(column.min(cells.len()));
    let rest = behind.iter().skip(usize::from(own));
    let mut all = before.to_vec();
    let at = u32::try_from(column).unwrap_or(u32::MAX);
    all.extend(parts.iter().map(|part| part.in_column(row, at)));
    all.extend(rest.zip(at.saturating_add(1)..).map(|(cell, at)| cell.in_column(row, at)));
    all
}
