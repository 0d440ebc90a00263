//! Rows of a table whose cells stand one space apart, as the text of a page gives them: line under line, a label and
//! as many figures.

use std::ops::Range;

use super::line::{Line, is_figure, widths};
use crate::Lexicon;
use crate::lexicon::{Role, is_digit, is_han, is_year};
use crate::text::{InSource, Span};

/// Characters of the longest label of a row, Latin ones counted half.
const LABEL: u32 = 30;

/// The width of the longest line that heads a group of rows.
const GROUP: u32 = 20;

/// Lines above the rows of a table among which one may state its unit.
const CAPTION: usize = 3;

/// What stands in sentences alone.
const STOPS: [char; 6] = ['。', '；', '！', '？', '，', ','];

/// The end of a line that may be a row: where its figures start, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    from: usize,
    count: usize,
}

/// Parts such rows, the header above them, and lines that head a group of them, into cells.
pub(super) fn part(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let found: Vec<Option<Figures>> = lines.iter().map(|line| figures(line, source)).collect();
    let page = Page { lines, found: &found, source, lexicon };
    let mut parted: Vec<Line> = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < page.lines.len() {
        let Some(width) = page.count(at) else {
            at += 1;
            continue;
        };
        let end = (at..=page.lines.len()).find(|next| !page.goes_on(*next, width)).unwrap_or(page.lines.len());
        if page.is_table(at, end, width) {
            page.cells(done, at..end, width, &mut parted);
            done = end;
        }
        at = end.max(at + 1);
    }
    if done > 0 {
        parted.extend_from_slice(page.lines.get(done..).unwrap_or_default());
        *lines = parted;
    }
    bridge(lines, source);
}

/// 毕业生 between rows that tabs or bars part: a line that heads a group of them is a cell too.
fn bridge(lines: &mut [Line], source: &str) {
    let heads: Vec<usize> = (1..lines.len())
        .filter(|at| {
            let Some([before, line, next]) = lines.get(at - 1..at + 2) else { return false };
            let text = line.span.of(source);
            let between = before.column.is_some_and(|column| column > 0) && next.column == Some(0);
            let short =
                line.column.is_none() && line.width <= GROUP && !text.contains(STOPS) && !text.contains(is_digit);
            let cells = lines.get(at + 2..).unwrap_or_default().iter().take_while(|cell| cell.row == next.row);
            between && short && cells.last().is_some_and(|cell| is_figure(cell.span.of(source)))
        })
        .collect();
    for at in heads {
        if let Some(line) = lines.get_mut(at) {
            line.column = Some(0);
        }
    }
}

/// The lines of a text, and where figures end them.
struct Page<'a> {
    lines: &'a [Line],
    found: &'a [Option<Figures>],
    source: &'a str,
    lexicon: &'a Lexicon,
}

impl Page<'_> {
    fn line(&self, at: usize) -> Option<(&Line, Figures)> {
        self.lines.get(at).zip(self.found.get(at).copied().flatten())
    }

    fn count(&self, at: usize) -> Option<usize> {
        self.line(at).map(|(_, figures)| figures.count)
    }

    /// 在校学生数: a short line without figures over the rows of a group; Total Collections: a label in another language.
    fn heads_group(&self, at: usize) -> bool {
        self.lines.get(at).zip(self.found.get(at)).is_some_and(|(line, figures)| {
            let text = line.span.of(self.source);
            let brief = line.width <= GROUP || !text.contains(is_han);
            figures.is_none() && line.column.is_none() && brief && !text.contains(STOPS)
        })
    }

    /// Whether a line is a row of so many figures, or heads a group of them.
    fn goes_on(&self, at: usize, width: usize) -> bool {
        self.count(at) == Some(width) || self.heads_group(at) && self.count(at + 1) == Some(width)
    }

    /// Whether some lines are rows of a table: two of several figures, or of one under a line that states the unit, or three
    /// behind labels that state units.
    fn is_table(&self, from: usize, to: usize, width: usize) -> bool {
        let rows = (from..to).filter(|at| self.count(*at) == Some(width));
        let stated = |at: &usize| self.lines.get(*at).is_some_and(|line| states_unit(line, self.source));
        let count = rows.clone().count();
        let above = self.lines.get(from.saturating_sub(CAPTION)..from).unwrap_or_default();
        let captions = |line: &Line| {
            let text = line.span.of(self.source).trim_start_matches(['（', '(']);
            // 指标 单位 2022年, 单位：万元
            let column = || text.split(' ').any(|word| self.lexicon.is_word(word, Role::Caption));
            text.split_once(['：', ':']).is_some_and(|(word, _)| self.lexicon.is_word(word, Role::Caption)) || column()
        };
        let captioned = || above.iter().any(captions);
        count > 1 && (width > 1 || captioned() || count > 2 && rows.filter(stated).count() * 2 > count)
    }

    /// Writes the lines from `done` to the end of a table's rows, those of the table in cells.
    fn cells(&self, done: usize, rows: Range<usize>, width: usize, out: &mut Vec<Line>) {
        let lexicon = self.lexicon;
        // 指标 2006 2007: years head the columns.
        let dated = self.line(rows.start).is_some_and(|(line, figures)| are_years(line, figures, self.source));
        let from = rows.start + usize::from(dated);
        let head =
            |at: usize| self.lines.get(at).filter(|_| at >= done).and_then(|line| header(line, width, self.source));
        // A group may stand between the header and the first row.
        let above = from.checked_sub(2).filter(|at| !dated && self.heads_group(at + 1));
        let above = above.and_then(|at| Some((at, head(at)?))).filter(|(_, cells)| {
            let named = cells.iter().rev().take(width).any(|cell| cell.of(self.source).contains(is_digit));
            named || cells.len() > width
        });
        let header = above.or_else(|| from.checked_sub(1).and_then(|at| Some((at, head(at)?))));
        let first = header.as_ref().map_or(from, |(at, _)| *at);
        out.extend_from_slice(self.lines.get(done..first).unwrap_or_default());
        let (mut units, mut coded) = (false, false);
        if let Some((at, cells)) = &header {
            let states = |cell: &Span<InSource>| {
                let words: String = cell.of(self.source).chars().filter(|c| !c.is_whitespace()).collect();
                lexicon.is_word(&words, Role::Caption)
            };
            units = cells.iter().any(states);
            coded = cells.first().is_some_and(|cell| lexicon.is_word(cell.of(self.source).trim(), Role::Index));
            push(out, self.lines.get(*at), cells, self.source, lexicon);
        }
        for at in first + usize::from(header.is_some())..rows.end {
            let cells = match self.line(at) {
                Some((line, figures)) => row(line, figures, (units, coded), self.source),
                None => self.lines.get(at).map(|line| vec![line.span]).unwrap_or_default(),
            };
            push(out, self.lines.get(at), &cells, self.source, lexicon);
        }
    }
}

fn push(out: &mut Vec<Line>, line: Option<&Line>, cells: &[Span<InSource>], source: &str, lexicon: &Lexicon) {
    let Some(line) = line else { return };
    for (column, cell) in (line.column.unwrap_or(0)..).zip(cells) {
        let apart = line.apart && column == 0;
        out.push(Line::new(*cell, line.row, apart, Some(column), source, lexicon));
    }
}

/// The figures at the end of a line behind a label.
fn figures(line: &Line, source: &str) -> Option<Figures> {
    let text = line.span.of(source);
    if line.column.is_some()
        || !text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳') || "%％)）-—–…".contains(c))
    {
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
    let label = han + latin / 2 <= LABEL && rest.chars().any(char::is_alphabetic) && !rest.contains(STOPS);
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

/// The cells of a row: its number where a column numbers the rows, its label, its unit where one states units, and its
/// figures.
fn row(line: &Line, figures: Figures, (units, coded): (bool, bool), source: &str) -> Vec<Span<InSource>> {
    let text = line.span.of(source);
    let label = text.get(..figures.from).unwrap_or_default().trim_end();
    let unit = label.rsplit_once(' ').filter(|_| units).map(|(label, _)| label);
    let head = unit.map_or(label, str::trim_end);
    let from = line.span.from();
    let code = head.split_once(' ').map(|(code, _)| code.len()).filter(|_| coded && head.starts_with(is_digit));
    let behind = code.map_or(head, |code| head.get(code..).unwrap_or_default().trim_start());
    let mut cells: Vec<_> = code.map(|code| Span::at(from, from + code)).into_iter().collect();
    cells.push(Span::at(from + head.len() - behind.len(), from + head.len()));
    cells.extend(tokens(text, head.len()).map(|(start, end)| Span::at(from + start, from + end)));
    cells
}

/// The cells of a header over so many figures, words of one character set apart joined before them: 项 目, 单 位.
fn header(line: &Line, width: usize, source: &str) -> Option<Vec<Span<InSource>>> {
    let text = line.span.of(source);
    if text.contains(['。', '；', '！', '？', '，', '：']) {
        return None;
    }
    let tokens: Vec<(usize, usize)> = tokens(text, 0).collect();
    let before = tokens.len().checked_sub(width)?;
    // 项目  Item 2020 2021: the last of several cells holds the years.
    let year = |(start, end): &(usize, usize)| text.get(*start..*end).is_some_and(is_year);
    if line.column.is_some() && !(before > 0 && tokens.iter().skip(before).all(year)) {
        return None;
    }
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
