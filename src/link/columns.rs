//! What stands over the columns of a table: its header, of one line or of several.

use super::grid::{Cell, Row, Sort};
use crate::lexicon::Role;
use crate::reflow::is_part;

/// Lines of the highest header.
pub(super) const TIERS: usize = 3;

/// Columns of the widest table that has headers.
pub(super) const WIDEST: usize = 1_000;

/// The headers over a column, the highest first.
pub(super) type Over = [Option<usize>; TIERS];

/// The headers over each column: a cell of a higher line reaches over the columns behind it.
pub(super) fn ruled(tiers: &[Row]) -> Vec<Over> {
    let last = tiers.iter().filter_map(|tier| tier.cells.last()).map(|(column, _)| *column).max().unwrap_or(0);
    if last > WIDEST {
        return Vec::new();
    }
    let mut columns = vec![Over::default(); last + 1];
    for (at, tier) in tiers.iter().enumerate() {
        let mut cells = tier.cells.iter().peekable();
        let mut head = None;
        for (column, over) in columns.iter_mut().enumerate() {
            let own = cells.next_if(|(own, _)| *own == column).map(|(_, cell)| *cell);
            head = own.or(head.filter(|_| at + 1 < tiers.len()));
            stack(over, head);
        }
    }
    columns
}

/// Columns and one more line of headers below them, for rows of so many cells: a header for each column, or as many for
/// each of the times among them, or for each but the first, or all for the one that they are parts of; or one unit for all.
pub(super) fn lower(mut columns: Vec<Over>, line: &[usize], length: usize, cells: &[Cell], text: &str) -> Vec<Over> {
    let sort = |at: usize| cells.get(at).map(|cell| cell.sort);
    if let [unit] = line
        && sort(*unit) == Some(Sort::Unit)
        && !columns.is_empty()
    {
        for over in &mut columns {
            stack(over, Some(*unit));
        }
        return columns;
    }
    let dated = |over: &Over| over.iter().flatten().any(|at| sort(*at) == Some(Sort::Date));
    let (all, count) = (columns.len(), line.len());
    let words = |at: &usize| cells.get(*at).map_or("", |cell| cell.span.of(text));
    let last = line.last().map_or("", words);
    let parted = |over: &Over| over.iter().flatten().any(|at| is_part(last, words(at)));
    // 收费标准（元/年） over 学费 住宿费
    let united = |over: &Over| over.iter().flatten().any(|at| words(at).trim_end().ends_with(['）', ')']));
    let corner = |over: &Over| over[0].and_then(|at| cells.get(at)).is_some_and(|cell| cell.role == Some(Role::Corner));
    let cornered = columns.first().is_some_and(corner);
    let sharing: [Vec<bool>; 6] = [
        vec![true; all],
        columns.iter().map(dated).collect(),
        (0..all).map(|at| at > 0).collect(),
        columns.iter().map(|over| !corner(over)).collect(),
        columns.iter().map(parted).collect(),
        if columns.iter().filter(|over| united(over)).count() == 1 {
            columns.iter().map(united).collect()
        } else {
            Vec::new()
        },
    ];
    let sharing = sharing.into_iter().filter_map(|shares| {
        let sharers = shares.iter().filter(|shares| **shares).count();
        let each = count.checked_div(sharers).filter(|each| *each > 0 && each * sharers == count)?;
        Some((all - sharers + count, each, shares))
    });
    // A header may be one cell short, unless a word over the labels opens it.
    let best = sharing.min_by_key(|(width, ..)| {
        let missing = length.abs_diff(*width);
        (missing.max(1), cornered && missing > 0)
    });
    let Some((_, each, shares)) = best else { return line.iter().map(|at| [Some(*at), None, None]).collect() };
    let mut line = line.iter();
    let mut lowered = Vec::with_capacity(all + count);
    for (over, shares) in columns.into_iter().zip(shares) {
        let own = line.by_ref().take(if shares { each } else { 0 });
        let from = lowered.len();
        lowered.extend(own.map(|at| {
            let mut over = over;
            stack(&mut over, Some(*at));
            over
        }));
        if lowered.len() == from {
            lowered.push(over);
        }
    }
    lowered
}

/// Sets one more header below those over a column.
pub(super) fn stack(over: &mut Over, head: Option<usize>) {
    if let (Some(free), Some(_)) = (over.iter_mut().find(|slot| slot.is_none()), head) {
        *free = head;
    }
}
