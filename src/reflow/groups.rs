//! Lines between the rows of a table that head a group of them.

use super::Place;
use super::figures::{STOPS, is_empty};
use super::line::{Line, is_figure};
use crate::lexicon::is_digit;

/// The width of the longest line that heads a group of rows.
pub(super) const GROUP: u32 = 20;

/// Lines that head a group of rows, one below the other.
const GROUPS: usize = 3;

/// 毕业生 between rows that tabs or bars part, 基本养老保险⏎企业职工 between a header and a row that has a figure for each column:
/// lines that head a group of rows are cells too.
pub(super) fn bridge(lines: &mut [Line], source: &str) {
    let brief = |line: &Line| line.place.is_none() && line.width <= GROUP && !line.span.of(source).contains(STOPS);
    let short = |line: &Line| brief(line) && !line.span.of(source).contains(is_digit);
    // 1、出国费⏎2、接待费  150: a row without a figure, before the next that is numbered.
    let counts = |one: &Line, next: &Line| {
        let [own, behind] = [one, next].map(|line| item(line.span.of(source)));
        let words = |(_, rest): &(u32, &str)| !rest.contains(is_digit);
        brief(one) && own.filter(words).zip(behind).is_some_and(|((own, _), (next, _))| own + 1 == next)
    };
    let mut at = 1;
    while let Some((before, behind)) = lines.get(at - 1..).and_then(<[Line]>::split_first) {
        let count = match behind {
            [one, next, ..] if counts(one, next) => 1,
            _ => behind.iter().take_while(|line| short(line)).count(),
        };
        if count == 0 {
            at += 1;
            continue;
        }
        let (heads, rest) = behind.split_at(count);
        let next = rest.first().filter(|next| next.place.is_some());
        let row = rest.iter().take_while(|cell| next.is_some_and(|next| cell.row == next.row)).count();
        let row = rest.get(..row).unwrap_or_default();
        let between = before.place.is_some_and(|place| place.column > 0);
        let figures = row.iter().any(|cell| is_figure(cell.span.of(source)));
        if between && figures && (count == 1 || count <= GROUPS && is_next(before, heads, row, source)) {
            for line in lines.iter_mut().skip(at).take(count) {
                line.place = Some(Place { column: 0, ruled: false });
            }
        }
        at += count;
    }
}

/// 2、接待费, (2)接待费: the number of an item, and what stands behind it.
fn item(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(['（', '(']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest.strip_prefix(['、', '.', '．', ')', '）'])?))
}

/// Whether a row is of the table whose last cell is `before`, a line above it with a cell for each of its figures: a title and
/// 单位：万元 may head another table.
fn is_next(before: &Line, heads: &[Line], row: &[Line], source: &str) -> bool {
    let fills = |cell: &Line| is_figure(cell.span.of(source)) || is_empty(cell.span.of(source));
    let columns = before.place.map_or(0, |place| place.column as usize + 1);
    let captions = |line: &Line| line.span.of(source).contains(['：', ':']);
    let Some((label, figures)) = row.split_first() else { return false };
    !fills(label)
        && figures.iter().all(fills)
        && (columns..=columns + 1).contains(&row.len())
        && !heads.iter().any(captions)
}
