//! Rows of two groups of one table that have the same labels: the name of its group tells one from the other.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Cell;
use super::heads::Heads;

/// Characters of the longest line that heads a group.
const LONGEST: usize = 45;

/// The label of a row, or a line that heads a group of rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) cell: usize,
    /// It stands alone on its line.
    pub(super) alone: bool,
}

/// What heads the group of a label: the line alone above it, and the row above it whose label is bracketed.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    line: Option<usize>,
    row: Option<usize>,
}

/// Sets the groups of rows whose labels stand under several: 学校数⏎高中 286⏎专任教师⏎高中 27207, 总产出（亿元） 98⏎工业 54⏎总产出
/// 指数（上年=100） 110⏎工业 113.
pub(super) fn name_groups(labels: &[Label], heads: &mut [Heads], cells: &[Cell], text: &str) {
    let words = |at: usize| cells.get(at).map_or("", |cell| cell.span.of(text).trim());
    let mut named: BTreeMap<&str, Vec<(usize, Above)>> = BTreeMap::new();
    let mut above = Above::default();
    for label in labels {
        let own = words(label.cell);
        let brackets = own.ends_with(['）', ')']);
        if label.alone {
            let heads = own.chars().take(LONGEST + 1).count() <= LONGEST && !own.contains(['。', '；']);
            above.line = Some(label.cell).filter(|_| heads);
            continue;
        }
        named.entry(own).or_default().push((label.cell, if brackets { Above { row: None, ..above } } else { above }));
        above.row = if brackets { Some(label.cell) } else { above.row };
    }
    let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
    for rows in named.values().filter(|rows| rows.len() > 1) {
        let parted = |head: fn(&Above) -> Option<usize>| {
            let heads: BTreeSet<&str> = rows.iter().filter_map(|(_, above)| head(above)).map(words).collect();
            (heads.len() == rows.len()).then_some(head)
        };
        let Some(head) = parted(|above| above.line).or_else(|| parted(|above| above.row)) else { continue };
        groups.extend(rows.iter().filter_map(|(label, above)| Some((*label, head(above)?))));
    }
    for slot in heads.iter_mut() {
        slot.group = slot.row.and_then(|label| groups.get(&label)).copied();
    }
}
