//! Cells that one blank parts where wide gaps part the others: a label as wide as its column.

use std::ops::Range;

use super::Place;
use super::figures::{STOPS, is_empty, tokens};
use super::line::{Line, is_figure};
use crate::Lexicon;
use crate::lexicon::is_digit;
use crate::text::{InSource, Span};

/// Parts `经营活动产生的现金流量净额 610,000    580,000` into three cells between rows that have three, or under a header of
/// three.
pub(super) fn part(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let rows = rows(lines);
    let mut parted: Vec<Line> = Vec::new();
    let mut done = 0;
    // How many cells the row before has.
    let mut before = 0;
    for (at, row) in rows.iter().enumerate() {
        let cells = lines.get(row.clone()).unwrap_or_default();
        let behind = rows.get(at + 1).and_then(|row| lines.get(row.clone())).map_or(0, |next| width(next, source));
        let found = torn(cells, [before, behind], source);
        before = found.as_ref().map_or_else(|| width(cells, source), Vec::len);
        let (Some(found), Some(first)) = (found, cells.first()) else { continue };
        parted.extend_from_slice(lines.get(done..row.start).unwrap_or_default());
        for (column, span) in (0..).zip(found) {
            let apart = first.apart && column == 0;
            parted.push(Line::new(span, first.row, apart, Some(Place { column, ruled: false }), source, lexicon));
        }
        done = row.end;
    }
    if done > 0 {
        parted.extend_from_slice(lines.get(done..).unwrap_or_default());
        *lines = parted;
    }
}

/// The cells of each line of the text.
pub(super) fn rows(lines: &[Line]) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match rows.last_mut() {
            Some(last) if lines.get(last.start).is_some_and(|first| first.row == line.row) => last.end = at + 1,
            _ => rows.push(at..at + 1),
        }
    }
    rows
}

/// The cells that a row under or over this one has: a header of nothing but times has no word over the labels.
fn width(cells: &[Line], source: &str) -> usize {
    let timed = |line: &Line| line.span.of(source).starts_with(is_digit) && line.span.of(source).contains('年');
    match cells {
        [first, ..] if first.place.is_some_and(|place| !place.ruled) => {
            cells.len() + usize::from(cells.iter().all(timed))
        }
        _ => 0,
    }
}

/// The cells of a row that has fewer than its neighbours, where its figures that one blank parts make up for it.
fn torn(cells: &[Line], wanted: [usize; 2], source: &str) -> Option<Vec<Span<InSource>>> {
    let (first, rest) = cells.split_first()?;
    let ruled = first.place.is_some_and(|place| place.ruled);
    // A label and one figure are a row of their own.
    let wanted = wanted.map(|wanted| if wanted > 2 { wanted } else { 0 });
    if ruled || wanted.iter().all(|wanted| *wanted <= cells.len()) {
        return None;
    }
    let fills = |cell: &str| is_figure(cell) || is_empty(cell);
    if !rest.iter().all(|cell| fills(cell.span.of(source))) {
        return None;
    }
    let text = first.span.of(source);
    let words: Vec<(usize, usize)> = tokens(text, 0).collect();
    let front = words.iter().rposition(|(start, end)| !text.get(*start..*end).is_some_and(fills))?;
    let label = text.get(..words.get(front)?.1)?;
    if !label.contains(char::is_alphabetic) || label.contains(STOPS) {
        return None;
    }
    let place = |line: &Line, (start, end): (usize, usize)| Span::at(line.span.from() + start, line.span.from() + end);
    let mut all = vec![Span::at(first.span.from(), first.span.from() + label.len())];
    all.extend(words.iter().skip(front + 1).map(|word| place(first, *word)));
    let whole: Vec<_> = all.iter().copied().chain(rest.iter().map(|line| line.span)).collect();
    if whole.len() > cells.len() && wanted.contains(&whole.len()) {
        return Some(whole);
    }
    // 610,000 580,000    8.55: so do those of other columns; 1 234 may be one number.
    for line in rest {
        let text = line.span.of(source);
        let grouped =
            |word: (usize, usize)| text.get(word.0..word.1).is_some_and(|word| word.contains([',', '.', '%']));
        let from = all.len();
        all.extend(tokens(text, 0).map(|word| place(line, word)));
        if all.len() - from > 1 && !tokens(text, 0).all(grouped) {
            return None;
        }
    }
    (all.len() > cells.len() && wanted.contains(&all.len())).then_some(all)
}
