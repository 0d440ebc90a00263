//! Headers of columns that a page left one below the other: 年 份 出生人数⏎（万人）⏎出生率⏎（‰） over 1978 90.62 15.63.

use std::ops::Range;

use super::Place;
use super::figures::{Figures, STOPS, figures, tokens};
use super::line::Line;
use crate::Lexicon;
use crate::lexicon::{is_digit, is_han, is_year};
use crate::text::{InSource, Span};

/// The width of the longest of them.
const LONGEST: u32 = 10;

/// Lines that are looked at above a row.
const MOST: usize = 24;

/// A cell of a header, of one line or of several.
type Pile = Vec<Span<InSource>>;

/// Sets such headers side by side, and parts the rows below them.
pub(super) fn part(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let mut parted: Vec<Line> = Vec::new();
    let (mut at, mut done) = (1, 0);
    while at < lines.len() {
        let Some((top, end, tiers)) = piled(lines, done..at, source, lexicon) else {
            at += 1;
            continue;
        };
        parted.extend_from_slice(lines.get(done..top).unwrap_or_default());
        let mut push = |line: &Line, cells: &[Pile]| {
            for (column, cell) in (0..).zip(cells) {
                let place = Some(Place { column, ruled: false });
                let pieces = cell.iter().flat_map(|piece| spread(*piece, source));
                parted.extend(pieces.map(|piece| Line::new(piece, line.row, false, place, source, lexicon)));
            }
        };
        for (line, tier) in lines.iter().skip(top).zip(&tiers) {
            push(line, tier);
        }
        for line in lines.get(at..end).unwrap_or_default() {
            push(line, &row(line, source, lexicon));
        }
        (at, done) = (end + 1, end);
    }
    if done > 0 {
        parted.extend_from_slice(lines.get(done..).unwrap_or_default());
        *lines = parted;
    }
}

/// The cells of a row: its label and its figures.
fn row(line: &Line, source: &str, lexicon: &Lexicon) -> Vec<Pile> {
    let Some(Figures { from, .. }) = figures(line, source, lexicon) else { return Vec::new() };
    let text = line.span.of(source);
    let label = text.get(..from).unwrap_or_default().trim_end();
    let label = Some((0, label.len())).filter(|(_, end)| *end > 0);
    let span = |(start, end)| vec![Span::at(line.span.from() + start, line.span.from() + end)];
    label.into_iter().chain(tokens(text, from)).map(span).collect()
}

/// Where the header above the row behind a range starts, where the rows like that one end, and its cells, line by line.
fn piled(
    lines: &[Line],
    above: Range<usize>,
    source: &str,
    lexicon: &Lexicon,
) -> Option<(usize, usize, Vec<Vec<Pile>>)> {
    let at = above.end;
    let count = figures(lines.get(at)?, source, lexicon).filter(|row| row.count > 1)?;
    let brief = |line: &Line| {
        let text = line.span.of(source);
        line.place.is_none() && line.width <= LONGEST && !text.contains(STOPS) && !text.contains(is_digit)
    };
    let single = |line: &&Line| brief(line) && cells(line, source).len() == 1;
    let pile = lines.get(above)?.iter().rev().take(MOST).take_while(single).count();
    let pieces = lines.get(at - pile..at)?;
    let unit = |line: &Line| is_unit(line.span.of(source));
    let top = (at - pile).checked_sub(1).filter(|_| pile > 1 && pieces.iter().any(unit))?;
    let first = lines.get(top).filter(|line| line.place.is_none())?;
    if first.span.of(source).contains(STOPS) || first.span.of(source).contains(is_digit) {
        return None;
    }
    // 1978 90.62 15.63: the year is the label.
    let yearly = |line: &Line| line.span.of(source).split_whitespace().next().is_some_and(is_year);
    let like = |line: &&Line| {
        let row = figures(line, source, lexicon);
        let alike = row.is_some_and(|row| row.count == count.count && row.are_all() == count.are_all());
        alike && (!count.are_all() || yearly(line))
    };
    let end = at + lines.get(at..)?.iter().take_while(like).count();
    let width = count.count - usize::from(count.are_all());
    let mut upper: Vec<Pile> = cells(first, source).into_iter().map(|cell| vec![cell]).collect();
    if end < at + 2 || upper.len() < 2 {
        return None;
    }
    let mut lower = join(pieces, source);
    if lower.len() == width && upper.len() > 2 && width.is_multiple_of(upper.len() - 1) {
        return Some((top, end, vec![upper, lower]));
    }
    // The unit of the last header of the line above opens the pile.
    if pieces.first().is_some_and(unit) {
        upper.last_mut()?.append(lower.first_mut()?);
        lower.remove(0);
    }
    upper.extend(lower);
    (upper.len() == width + 1).then(|| (top, end, vec![upper]))
}

/// The cells of a pile: a unit ends the one above it, and where all others end in a unit, one without goes on in the next.
fn join(pieces: &[Line], source: &str) -> Vec<Pile> {
    let mut piles: Vec<Pile> = Vec::new();
    for line in pieces {
        match piles.last_mut() {
            Some(last) if is_unit(line.span.of(source)) => last.push(line.span),
            _ => piles.push(vec![line.span]),
        }
    }
    let closed = |pile: &Pile| pile.last().is_some_and(|last| last.of(source).ends_with(['）', ')']));
    if piles.iter().filter(|pile| !closed(pile)).count() * 2 >= piles.len() {
        return piles;
    }
    let mut joined: Vec<Pile> = Vec::new();
    let mut open: Pile = Vec::new();
    for pile in piles {
        open.extend(&pile);
        if closed(&pile) {
            joined.push(std::mem::take(&mut open));
        }
    }
    joined.extend(Some(open).filter(|open| !open.is_empty()));
    joined
}

/// （万人）, (‰)
fn is_unit(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// 自 然: each of the characters that are set apart; anything else as it is.
fn spread(piece: Span<InSource>, source: &str) -> Vec<Span<InSource>> {
    let text = piece.of(source);
    if !text.split_whitespace().all(is_one) {
        return vec![piece];
    }
    tokens(text, 0).map(|(start, end)| Span::at(piece.from() + start, piece.from() + end)).collect()
}

fn is_one(word: &str) -> bool {
    word.strip_prefix(is_han) == Some("")
}

/// The cells of a line of headers, characters set apart joined two by two: 年 份 出 生.
fn cells(line: &Line, source: &str) -> Vec<Span<InSource>> {
    let text = line.span.of(source);
    let one = |(start, end): (usize, usize)| text.get(start..end).is_some_and(is_one);
    let mut cells: Vec<Span<InSource>> = Vec::new();
    let mut open = false;
    for word in tokens(text, 0) {
        let own = Span::at(line.span.from() + word.0, line.span.from() + word.1);
        if let Some(last) = cells.last_mut().filter(|_| open && one(word)) {
            (*last, open) = (last.cover(own), false);
        } else {
            cells.push(own);
            open = one(word);
        }
    }
    cells
}
