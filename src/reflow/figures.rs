//! The figures at the end of a line, one space apart.

use super::line::{Line, is_figure, widths};
use crate::Lexicon;
use crate::lexicon::{Role, is_digit, is_year};

/// Characters of the longest label of a row, Latin ones counted half.
const LABEL: u32 = 30;

/// Words of the longest label of one of several rows side by side: 秦 皇 岛.
const SPREAD: usize = 4;

/// Years between two columns of a header whose later year stands first.
const APART: i32 = 10;

/// What stands before a unit: 万吨.
pub(super) const SCALES: [char; 7] = ['十', '百', '千', '万', '亿', '萬', '億'];

/// What stands in sentences alone.
pub(super) const STOPS: [char; 6] = ['。', '；', '！', '？', '，', ','];

/// The end of a line that may be a row: where its figures start, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) from: usize,
    pub(super) count: usize,
    /// One has its unit: 甲校 120人 5000元/年.
    pub(super) amount: bool,
    /// Labels stand between them: rows side by side.
    pub(super) beside: bool,
}

impl Figures {
    /// 5834 100 430: whether no label stands before them.
    pub(super) const fn are_all(self) -> bool {
        self.from == 0
    }
}

/// The figures at the end of a line behind a label, dates between them too, and amounts with their unit: 原煤 520万吨 6.3.
pub(super) fn figures(line: &Line, source: &str, lexicon: &Lexicon) -> Option<Figures> {
    let text = line.span.of(source);
    // A sentence is not looked through for the space before its last word.
    if text.ends_with(['。', '；', '：', '！', '？', '，', '”']) {
        return None;
    }
    let bare = text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳') || "%％)）]*-—－–…/".contains(c));
    // 接待费 14.83 不详
    let void = |token: &str| lexicon.is_word(token, Role::Void);
    let told = || text.rsplit_once([' ', '\u{3000}']).is_some_and(|(_, last)| is_amount(last, lexicon) || void(last));
    if line.place.is_some() || !bare && !told() {
        return None;
    }
    let mut figures = Figures { from: text.len(), count: 0, amount: false, beside: false };
    let mut rest = text;
    while let Some((before, last)) = rest.rsplit_once([' ', '\u{3000}']) {
        let amount = is_amount(last, lexicon);
        if !(amount || is_figure(last) || is_empty(last) || is_date(last) || void(last)) {
            break;
        }
        let from = rest.len() - last.len();
        figures = Figures { from, count: figures.count + 1, amount: amount || figures.amount, beside: false };
        rest = before.trim_end();
    }
    if figures.count > 0 && (is_figure(rest) || is_empty(rest)) {
        return Some(Figures { from: 0, count: figures.count + 1, ..figures });
    }
    if let Some(beside) = beside(text, figures.count) {
        return Some(beside);
    }
    let (han, latin) = widths(rest);
    let label = han + latin / 2 <= LABEL && rest.chars().any(char::is_alphabetic) && !rest.contains(STOPS);
    (figures.count > 0 && label).then_some(figures)
}

/// A figure, or a dash where one would stand.
pub(super) fn fills(token: &str) -> bool {
    is_figure(token) || is_empty(token)
}

/// 甲市 100.0 101.9 乙市 100.1 101.5: rows of so many figures side by side, each behind a label.
fn beside(text: &str, count: usize) -> Option<Figures> {
    let mut from = None;
    let (mut figures, mut words, mut rows) = (0, 0, 0);
    for (start, end) in tokens(text, 0) {
        let token = text.get(start..end)?;
        if fills(token) {
            from = from.or(Some(start));
            figures += 1;
            continue;
        }
        if figures > 0 {
            (rows, words) = (rows + 1, 0);
            if figures != count {
                return None;
            }
        }
        (figures, words) = (0, words + 1);
        if words > SPREAD || token.contains(STOPS) || token.contains(is_digit) {
            return None;
        }
    }
    (rows > 0 && count > 1 && figures == count).then_some(())?;
    Some(Figures { from: from?, count: count * (rows + 1) + rows, amount: false, beside: true })
}

/// 520万吨, 7.2亿千瓦时, 5000元/年: a number and its unit.
pub(super) fn is_amount(token: &str, lexicon: &Lexicon) -> bool {
    let unit = token.trim_start_matches(|c: char| is_digit(c) || matches!(c, '.' | ','));
    let bare = unit.trim_start_matches(SCALES);
    let one = |unit: &str| lexicon.unit(unit).is_some_and(|(length, _)| length == unit.len()) && lexicon.counts(unit);
    let whole = |units: &str| units.split('/').all(one);
    token.starts_with(is_digit) && (whole(unit) || whole(bare)) && !is_date(token)
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

/// Whether the figures of a line are years, one behind the other; 2013 1987 are not.
pub(super) fn are_years(line: &Line, figures: Figures, source: &str) -> bool {
    let text = line.span.of(source);
    let words: Vec<&str> = tokens(text, figures.from).filter_map(|(start, end)| text.get(start..end)).collect();
    let years: Vec<i32> = words.iter().filter(|word| is_year(word)).filter_map(|word| word.parse().ok()).collect();
    words.len() == years.len() && is_run_of_years(&years)
}

/// 2010 2020 2021, 2022 2021: whether some years may head columns: each is later than the one before, or a little earlier.
pub(crate) fn is_run_of_years(years: &[i32]) -> bool {
    let gaps = || years.iter().zip(years.iter().skip(1)).map(|(one, next)| next - one);
    !years.is_empty() && (gaps().all(|gap| gap > 0) || gaps().all(|gap| (-APART..0).contains(&gap)))
}

/// A dash where a figure would stand.
pub(crate) fn is_empty(token: &str) -> bool {
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
