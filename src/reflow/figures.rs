//! The figures at the end of a line, one space apart.

use super::line::{Line, is_figure, widths};
use crate::lexicon::{is_digit, is_year};

/// Characters of the longest label of a row, Latin ones counted half.
const LABEL: u32 = 30;

/// What stands in sentences alone.
pub(super) const STOPS: [char; 6] = ['。', '；', '！', '？', '，', ','];

/// The end of a line that may be a row: where its figures start, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) from: usize,
    pub(super) count: usize,
}

impl Figures {
    /// 5834 100 430: whether no label stands before them.
    pub(super) const fn are_all(self) -> bool {
        self.from == 0
    }
}

/// The figures at the end of a line behind a label, dates between them too.
pub(super) fn figures(line: &Line, source: &str) -> Option<Figures> {
    let text = line.span.of(source);
    if line.place.is_some()
        || !text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳') || "%％)）]*-—－–…/".contains(c))
    {
        return None;
    }
    let mut figures = Figures { from: text.len(), count: 0 };
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once([' ', '\u{3000}']) {
        if !(is_figure(last) || is_empty(last) || is_date(last)) {
            break;
        }
        figures = Figures { from: rest.len() - last.len(), count: figures.count + 1 };
        rest = before.trim_end();
    }
    if figures.count > 0 && (is_figure(rest) || is_empty(rest)) {
        return Some(Figures { from: 0, count: figures.count + 1 });
    }
    let (han, latin) = widths(rest);
    let label = han + latin / 2 <= LABEL && rest.chars().any(char::is_alphabetic) && !rest.contains(STOPS);
    (figures.count > 0 && label).then_some(figures)
}

/// 2020年5月10日
pub(super) fn is_date(token: &str) -> bool {
    token.starts_with(is_digit)
        && token.contains('年')
        && token.chars().all(|c| is_digit(c) || matches!(c, '年' | '月' | '日'))
}

/// Whether brackets stand before the figures of a line.
pub(super) fn states_unit(line: &Line, source: &str) -> bool {
    let label = line.span.of(source).rsplit_once([' ', '\u{3000}']).map_or("", |(label, _)| label.trim_end());
    label.ends_with(['）', ')'])
}

/// Whether the figures of a line are years, one behind the other.
pub(super) fn are_years(line: &Line, figures: Figures, source: &str) -> bool {
    let text = line.span.of(source);
    let mut years = tokens(text, figures.from).filter_map(|(start, end)| text.get(start..end)).peekable();
    years.peek().is_some() && years.all(is_year)
}

/// A dash where a figure would stand.
pub(super) fn is_empty(token: &str) -> bool {
    token.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '…' | '/'))
}

/// The words between spaces from a place on.
pub(super) fn tokens(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let rest = text.get(from..).unwrap_or_default();
    rest.split_whitespace().map(move |token| {
        let start = token.as_ptr() as usize - text.as_ptr() as usize;
        (start, start + token.len())
    })
}
