//! The headers over the only row of a table that has a line for each cell and no label: two or three lines of headers stand
//! there one behind the other.

use super::columns::{Over, stack};
use super::grid::Cell;

/// Headers of the highest line: times that share all others.
const MOST: usize = 4;

/// Headers that are looked at.
const LONGEST: usize = 64;

/// Characters of the longest word for the sum of some parts: 小计.
const SUM: usize = 2;

/// The columns of so many figures from the headers before them, where those are of two lines at least: 合计⏎公务用车购置及运行费⏎
/// 公务接待费⏎小计⏎公务用车购置费⏎公务用车运行费, the last of which are parts of one before them.
pub(super) fn columns(cells: &[Cell], header: &[usize], length: usize, text: &str) -> Option<Vec<Over>> {
    let words = |at: &usize| cells.get(*at).map_or("", |cell| cell.span.of(text).trim());
    let repeats = |line: &[usize], size: usize| {
        line.chunks(size.max(1)).all(|part| part.iter().map(words).eq(line.iter().take(size).map(words)))
    };
    let header = Some(header).filter(|header| header.len() <= LONGEST)?;
    (1..=MOST).filter(|blocks| length.is_multiple_of(*blocks)).find_map(|blocks| {
        let (tops, rest) = header.split_at_checked(if blocks > 1 { blocks } else { 0 })?;
        let size = rest.len() / blocks;
        let parted = size == length / blocks + 1;
        let lowest = if parted { 2 } else { 0 };
        if size * blocks != rest.len() || !parted && (blocks == 1 || size * blocks != length) {
            return None;
        }
        let most = if parted { size.saturating_sub(1) } else { 0 };
        (lowest..=most).rev().find_map(|lower| {
            let (above, below) = rest.split_at_checked((size - lower) * blocks)?;
            let first: Vec<&str> = above.iter().take(size - lower).map(words).collect();
            let parts: Vec<&str> = below.iter().take(lower).map(words).collect();
            let whole = first.iter().position(|whole| are_parts(&parts, whole));
            let fits = repeats(above, size - lower) && repeats(below, lower) && whole.is_some() == parted;
            fits.then(|| set(tops, above, below, (size - lower, lower), whole))
        })
    })
}

/// The columns of headers in lines, `whole` parted by those of the lowest.
fn set(
    tops: &[usize],
    above: &[usize],
    below: &[usize],
    (upper, lower): (usize, usize),
    whole: Option<usize>,
) -> Vec<Over> {
    let mut columns = Vec::new();
    for (block, line) in above.chunks(upper.max(1)).enumerate() {
        let parts = below.get(block * lower..(block + 1) * lower).unwrap_or_default();
        for (place, at) in line.iter().enumerate() {
            let mut over = Over::default();
            stack(&mut over, tops.get(block).copied());
            stack(&mut over, Some(*at));
            if whole != Some(place) {
                columns.push(over);
                continue;
            }
            columns.extend(parts.iter().map(|part| {
                let mut over = over;
                stack(&mut over, Some(*part));
                over
            }));
        }
    }
    columns
}

/// 小计, 公务用车购置费 and 公务用车运行费 below 公务用车购置及运行费, but not 公务接待费.
fn are_parts(parts: &[&str], whole: &str) -> bool {
    let part = |part: &&str| {
        let alike = part.chars().zip(whole.chars()).take_while(|(one, other)| one == other).count();
        alike * 2 >= part.chars().count() && whole.len() > part.len()
    };
    match parts.split_first() {
        Some((first, rest)) => {
            !rest.is_empty() && rest.iter().all(part) && (part(first) || first.chars().count() <= SUM)
        }
        None => false,
    }
}
