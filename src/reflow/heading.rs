//! The cells of a line of headers, one space apart.

use super::figures::tokens;
use super::line::Line;
use super::rows::Cells;
use crate::lexicon::{is_han, is_year};
use crate::text::Span;

/// The cells of a header over so many figures, words of one character set apart joined before them (项 目, 单 位), and in
/// them where they are of one length.
pub(super) fn header(line: &Line, width: usize, source: &str) -> Option<Cells> {
    let text = line.span.of(source);
    if text.contains(['。', '；', '！', '？', '，', '：']) {
        return None;
    }
    let tokens: Vec<(usize, usize)> = tokens(text, 0).collect();
    let before = tokens.len().checked_sub(width)?;
    // 项目  Item 2020 2021: the last of several cells holds the years.
    let year = |(start, end): &(usize, usize)| text.get(*start..*end).is_some_and(is_year);
    if line.place.is_some() && !(before > 0 && tokens.iter().skip(before).all(year)) {
        return None;
    }
    let one = |at: usize| {
        let token = tokens.get(at).and_then(|(start, end)| text.get(*start..*end));
        token.is_some_and(|token| token.strip_prefix(is_han) == Some(""))
    };
    let mut cells = Vec::with_capacity(tokens.len());
    let mut at = 0;
    let apart = (0..tokens.len()).take_while(|at| one(*at)).count();
    if let Some(length) = length_of_headers(apart, width.saturating_sub(tokens.len() - apart)) {
        let (words, others) = tokens.split_at_checked(apart)?;
        let (label, words) = words.split_at_checked(LABEL)?;
        let parts = [label].into_iter().chain(words.chunks(length)).chain(others.chunks(1));
        cells.extend(parts.filter_map(|part| {
            let ((start, _), (_, end)) = part.first().zip(part.last())?;
            Some(Span::at(line.span.from() + start, line.span.from() + end))
        }));
        return Some(cells);
    }
    let single = |at: usize| at < before && one(at);
    while let Some((start, end)) = tokens.get(at) {
        let joined = tokens.get(at + 1).filter(|_| single(at) && single(at + 1));
        cells.push(Span::at(line.span.from() + start, line.span.from() + joined.map_or(*end, |(_, end)| *end)));
        at += if joined.is_some() { 2 } else { 1 };
    }
    Some(cells)
}

/// Characters of the word over the labels, where all are set apart: 项 目.
const LABEL: usize = 2;

/// 项 目 预 算 数 决 算 数: how many characters each of so many headers has, where all of them are set apart.
fn length_of_headers(characters: usize, headers: usize) -> Option<usize> {
    let words = characters.checked_sub(LABEL)?;
    let length = words.checked_div(headers)?;
    (length * headers == words && (2..=4).contains(&length)).then_some(length)
}
