//! Cells side by side on a line, parted by tabs, bars or wide gaps.

use super::Place;
use super::figures::is_amount;
use super::line::{Line, is_figure};
use crate::Lexicon;
use crate::lexicon::{is_digit, is_han, is_year};
use crate::text::{Ahead, InSource, Span};

/// Splits a line, without the space around it, at wide gaps into cells or paragraphs.
pub(super) fn push_line(
    all: &mut Vec<Line>,
    source: &str,
    line: Span<InSource>,
    row: u32,
    apart: bool,
    gaps: &mut Gaps<'_>,
    lexicon: &Lexicon,
) {
    let text = line.of(source);
    let mut pieces: Vec<Span<InSource>> = Vec::new();
    let mut tabbed = false;
    // With bars around it, or only between its cells.
    let barred = text.starts_with('|');
    if barred || text.contains(" | ") {
        pieces = split(line, text, |rest| rest.starts_with('|').then_some(1));
        // The rule under the head parts no table.
        if pieces.is_empty() && text.contains('-') {
            return;
        }
        tabbed = barred;
    } else if gaps.may_stand_in(line) {
        tabbed = text.contains('\t');
        pieces = split(line, text, gap);
    }
    // 合  计  120, 粮  食  520万吨: a label of two characters set apart.
    if let [first, second, third, ..] = pieces.as_slice()
        && [first, second].iter().all(|piece| is_one_han(piece.of(source)))
        && (is_figure(third.of(source)) || is_amount(third.of(source), lexicon))
    {
        let label = first.cover(*second);
        pieces.splice(..2, [label]);
    }
    if pieces.len() < 2 {
        return all.push(Line::new(line, row, apart, None, source, lexicon));
    }
    // 人民币千元      人民币千元, 2022年      2021年: two headers and no word over the labels. 指标      比上年增长%
    let headers = matches!(pieces.as_slice(), [one, other] if one.of(source) == other.of(source)
        || heads_percent(other.of(source))
        || [one, other].iter().all(|piece| is_year_header(piece.of(source))));
    let celled = pieces.iter().all(|piece| is_cell(piece.of(source)))
        && (tabbed || pieces.len() > 2 || headers || pieces.iter().skip(1).any(|piece| is_figure(piece.of(source))));
    let paragraphs = text.contains("\u{3000}\u{3000}");
    if !celled && !paragraphs {
        return all.push(Line::new(line, row, apart, None, source, lexicon));
    }
    let places = places(&pieces, line, source);
    for (piece, place) in pieces.into_iter().zip(places) {
        let place = celled.then_some(place);
        all.push(Line::new(piece, row, apart || !celled, place, source, lexicon));
    }
}

/// The places of cells: where a tab or bar parts each from the next, an empty one counts too, also at the front.
fn places(pieces: &[Span<InSource>], line: Span<InSource>, source: &str) -> Vec<Place> {
    let text = line.of(source);
    let mark = if text.contains('|') { '|' } else { '\t' };
    let before = source.get(..line.from()).unwrap_or_default();
    let indent = before.get(before.trim_end_matches([' ', '\t', '\u{3000}']).len()..).unwrap_or_default();
    // | 项目 | 金额 |, but an empty cell at the front of  | 2022年 | 2021年
    let framed = text.starts_with(mark) && indent.is_empty();
    let (mut at, mut count) = (line.start, indent.matches(mark).count());
    let marked: Vec<usize> = pieces
        .iter()
        .map(|piece| {
            count += Span::<InSource>::new(at, piece.start).of(source).matches(mark).count();
            at = piece.start;
            count - usize::from(framed)
        })
        .collect();
    let ruled = marked.is_sorted_by(|one, next| one < next);
    let numbered = marked.into_iter().enumerate().map(|(at, marked)| if ruled { marked } else { at });
    numbered.map(|column| Place { column: u32::try_from(column).unwrap_or(u32::MAX), ruled }).collect()
}

/// What a gap between cells is made of: a tab, two spaces or an ideographic space. Most lines have none.
pub(super) struct Gaps<'a>([Ahead<'a>; 3]);

impl<'a> Gaps<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self(["\t", "  ", "\u{3000}"].map(|gap| Ahead::new(source, gap)))
    }

    fn may_stand_in(&mut self, line: Span<InSource>) -> bool {
        self.0.iter_mut().any(|gap| gap.from(line.from()).is_some_and(|at| at < line.to()))
    }
}

/// A gap that parts cells: a tab, two spaces, an ideographic space beside another.
fn gap(rest: &str) -> Option<usize> {
    let space = |c: char| matches!(c, ' ' | '\t' | '\u{3000}' | '\r');
    let length = rest.len() - rest.trim_start_matches(space).len();
    let gap = rest.get(..length)?;
    (gap.contains('\t') || gap.chars().count() > 1).then_some(length)
}

/// The non-empty parts of `text` between gaps, trimmed.
fn split(line: Span<InSource>, text: &str, gap: impl Fn(&str) -> Option<usize>) -> Vec<Span<InSource>> {
    let (mut pieces, mut start, mut skip) = (Vec::new(), 0usize, 0usize);
    let mut close = |start: usize, end: usize| {
        let piece = text.get(start..end).unwrap_or_default();
        let (head, tail) = (piece.len() - piece.trim_start().len(), piece.trim_end().len());
        // The rule under the head of a Markdown table is no cell.
        let ruled = piece.trim().bytes().all(|byte| matches!(byte, b'-' | b':')) && piece.trim().len() > 2;
        if tail > head && !ruled {
            pieces.push(Span::at(line.from() + start + head, line.from() + start + tail));
        }
    };
    for (at, ch) in text.char_indices() {
        if at < skip || !matches!(ch, ' ' | '\t' | '\u{3000}' | '\r' | '|') {
            continue;
        }
        if let Some(length) = text.get(at..).and_then(&gap) {
            close(start, at);
            skip = at + length;
            start = skip;
        }
    }
    close(start, text.len());
    pieces
}

/// Short and without sentence punctuation.
fn is_cell(text: &str) -> bool {
    text.chars().take(31).count() <= 30 && !text.contains(['。', '；', '！', '？'])
}

/// 2022年, 2022年度
fn is_year_header(text: &str) -> bool {
    text.strip_suffix('度').unwrap_or(text).strip_suffix('年').is_some_and(is_year)
}

/// 比上年增长%, 增减（%）, but 增长5%
fn heads_percent(text: &str) -> bool {
    let sign = text.trim_end_matches(['）', ')']);
    let words = sign.trim_end_matches(['%', '％', '±', '（', '(']);
    words.len() < sign.len() && words.ends_with(is_han) && !words.contains(is_digit)
}

fn is_one_han(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_han) && chars.next().is_none()
}
