//! Rows of a table whose cells stand one space apart, as the text of a page gives them: line under line, a label and
//! as many figures.

use super::line::{Line, is_figure, widths};
use crate::Lexicon;
use crate::lexicon::{Role, is_han, is_year};
use crate::text::{InSource, Span};

/// Characters of the longest label of a row, Latin ones counted half.
const LABEL: u32 = 30;

/// The end of a line that may be a row: where its figures start, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    from: usize,
    count: usize,
}

/// Parts such rows, and the header above them, into cells.
pub(super) fn part(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let found: Vec<Option<Figures>> = lines.iter().map(|line| figures(line, source)).collect();
    let count = |at: usize| found.get(at).copied().flatten().map(|figures| figures.count);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(width) = count(at) else {
            at += 1;
            continue;
        };
        let end = (at..=lines.len()).find(|next| count(*next) != Some(width)).unwrap_or(lines.len());
        // 床位（张） 320: one figure in a row, where the labels state the units.
        let stated = |at: usize| lines.get(at).is_some_and(|line| states_unit(line, source));
        if end > at + 1 && (width > 1 || end > at + 2 && (at..end).filter(|at| stated(*at)).count() * 2 > end - at) {
            runs.push((at, end));
        }
        at = end;
    }
    if runs.is_empty() {
        return;
    }
    let mut parted = Vec::with_capacity(2 * lines.len());
    let mut done = 0;
    for (from, to) in runs {
        let width = count(from).unwrap_or(0);
        // 指标 2006 2007: years head the columns.
        let dated = lines.get(from).zip(found.get(from).copied().flatten());
        let dated = dated.is_some_and(|(line, figures)| are_years(line, figures, source));
        let from = from + usize::from(dated);
        let header = from.checked_sub(1).filter(|at| *at >= done).and_then(|at| {
            let line = lines.get(at)?;
            Some((at, header(line, width, source)?))
        });
        parted.extend_from_slice(lines.get(done..header.as_ref().map_or(from, |(at, _)| *at)).unwrap_or_default());
        let mut units = false;
        if let Some((at, cells)) = header {
            let states = |cell: &Span<InSource>| {
                let words: String = cell.of(source).chars().filter(|c| !c.is_whitespace()).collect();
                lexicon.is_word(&words, Role::Caption)
            };
            units = cells.iter().any(states);
            push(&mut parted, lines.get(at), &cells, source, lexicon);
        }
        for at in from..to {
            let row = lines.get(at).zip(found.get(at).copied().flatten());
            let cells = row.map(|(line, figures)| cells(line, figures, units, source)).unwrap_or_default();
            push(&mut parted, lines.get(at), &cells, source, lexicon);
        }
        done = to;
    }
    parted.extend_from_slice(lines.get(done..).unwrap_or_default());
    *lines = parted;
}

fn push(out: &mut Vec<Line>, line: Option<&Line>, cells: &[Span<InSource>], source: &str, lexicon: &Lexicon) {
    let Some(line) = line else { return };
    for (column, cell) in (0..).zip(cells) {
        let apart = line.apart && column == 0;
        out.push(Line::new(*cell, line.row, apart, Some(column), source, lexicon));
    }
}

/// The figures at the end of a line behind a label.
fn figures(line: &Line, source: &str) -> Option<Figures> {
    let text = line.span.of(source);
    if line.column.is_some() || !text.ends_with(|c: char| c.is_ascii_digit() || "%％)）-—–…".contains(c)) {
        return None;
    }
    let mut figures = Figures { from: text.len(), count: 0 };
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once(' ') {
        if !(is_figure(last) || is_empty(last)) {
            break;
        }
        rest = before.trim_end();
        figures = Figures { from: text.len() - (text.len() - before.len() - 1), count: figures.count + 1 };
    }
    let (han, latin) = widths(rest);
    let label = han + latin / 2 <= LABEL
        && rest.chars().any(char::is_alphabetic)
        && !rest.contains(['。', '；', '！', '？', '，', ',']);
    (figures.count > 0 && label).then_some(figures)
}

/// Whether brackets stand before the figures of a line.
fn states_unit(line: &Line, source: &str) -> bool {
    let label = line.span.of(source).rsplit_once(' ').map_or("", |(label, _)| label.trim_end());
    label.ends_with(['）', ')'])
}

/// Whether the figures of a line are years, one behind the other.
fn are_years(line: &Line, figures: Figures, source: &str) -> bool {
    let text = line.span.of(source);
    let mut years = tokens(text, figures.from).filter_map(|(start, end)| text.get(start..end)).peekable();
    years.peek().is_some() && years.all(is_year)
}

/// A dash where a figure would stand.
fn is_empty(token: &str) -> bool {
    token.chars().all(|c| matches!(c, '-' | '—' | '–' | '…'))
}

/// The cells of a row: its label, its unit where a column states units, and its figures.
fn cells(line: &Line, figures: Figures, units: bool, source: &str) -> Vec<Span<InSource>> {
    let text = line.span.of(source);
    let label = text.get(..figures.from).unwrap_or_default().trim_end();
    let unit = label.rsplit_once(' ').filter(|_| units).map(|(label, _)| label);
    let head = unit.map_or(label, str::trim_end);
    let from = line.span.from();
    let mut cells = vec![Span::at(from, from + head.len())];
    cells.extend(tokens(text, head.len()).map(|(start, end)| Span::at(from + start, from + end)));
    cells
}

/// The cells of a header over so many figures, words of one character set apart joined before them: 项 目, 单 位.
fn header(line: &Line, width: usize, source: &str) -> Option<Vec<Span<InSource>>> {
    let text = line.span.of(source);
    if line.column.is_some() || text.contains(['。', '；', '！', '？', '，', '：']) {
        return None;
    }
    let tokens: Vec<(usize, usize)> = tokens(text, 0).collect();
    let before = tokens.len().checked_sub(width)?;
    let single = |at: usize| {
        let token = tokens.get(at).filter(|_| at < before).and_then(|(start, end)| text.get(*start..*end));
        token.is_some_and(|token| token.starts_with(is_han) && token.chars().nth(1).is_none())
    };
    let mut cells = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some((start, end)) = tokens.get(at) {
        let joined = tokens.get(at + 1).filter(|_| single(at) && single(at + 1));
        cells.push(Span::at(line.span.from() + start, line.span.from() + joined.map_or(*end, |(_, end)| *end)));
        at += if joined.is_some() { 2 } else { 1 };
    }
    Some(cells)
}

/// The words between spaces from a place on.
fn tokens(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let rest = text.get(from..).unwrap_or_default();
    rest.split_whitespace().map(move |token| {
        let start = token.as_ptr() as usize - text.as_ptr() as usize;
        (start, start + token.len())
    })
}
