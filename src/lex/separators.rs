//! Where a number ends among separators: groups of thousands, spaces that the layout left, the number of a question.

use crate::lexicon::{Lexicon, is_digit, is_han, is_year};

/// 119.2017年: the bytes of the number of a question, which the text glued to a year.
pub(super) fn before_year(before: &str, text: &str, after: &str) -> usize {
    // 表1 110年度: two numbers, where what is behind the gap is a year of the Republic.
    let apart = text.split_once(' ').filter(|(number, year)| number.len() <= 2 && is_of_republic(year, after));
    if let Some((number, _)) = apart {
        return number.len();
    }
    let Some((number, year)) = text.split_once(['.', '．', '﹒']) else { return text.len() };
    let heads = before.trim().is_empty();
    let (year, spaced) = (year.trim_start(), year.starts_with(' '));
    // 1. 5月份: at the front of a line the gap is behind the number of an item; 增长1. 5月 has it from the layout.
    if heads && spaced && number.len() <= 2 && year.len() <= 2 && after.trim_start().starts_with('月') {
        return number.len();
    }
    // 2.111年度, 3.108年底: a year of the Republic; no length of time has a year's end.
    if heads && number.len() <= 2 && is_of_republic(year, after) {
        return number.len();
    }
    // 1.2月20日: the number of an item and the month of its date.
    let day = after.trim_start().strip_prefix('月').map(str::trim_start);
    if number.len() <= 2 && year.len() <= 2 && day.is_some_and(|day| day.starts_with(is_digit)) {
        return number.len();
    }
    let opens = number.len() <= 3 && is_year(year);
    let range = after.trim_start_matches(['-', '—', '–', '~', '～', '至']);
    let ends = || range.len() < after.len() && range.get(4..).is_some_and(|rest| rest.trim_start().starts_with('年'));
    if opens && (after.trim_start().starts_with('年') || ends()) { number.len() } else { text.len() }
}

/// 111 before 年度 or 年底.
fn is_of_republic(year: &str, after: &str) -> bool {
    year.len() == 3 && year.starts_with('1') && after.strip_prefix('年').is_some_and(opens_part)
}

/// 度, 底, 12月 behind a year.
fn opens_part(behind: &str) -> bool {
    let month = behind.trim_start_matches(is_digit);
    behind.starts_with(['度', '底', '末']) || month.len() < behind.len() && month.starts_with('月')
}

/// Whether a number that commas group stands at the front: 254,386.
pub(super) fn opens_group(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let group = rest.strip_prefix(',').map(|rest| rest.chars().take(4).take_while(|c| is_digit(*c)).count());
    (1..=3).contains(&(text.len() - rest.len())) && group == Some(3)
}

/// 11,257,5 45.14: an amount that fills the rest of its cell, with the spaces that a layout tore into it.
pub(crate) fn is_torn(cell: &str) -> bool {
    let mut spaces = 0;
    for c in cell.chars() {
        match c {
            '0'..='9' | ',' | '.' => {}
            ' ' => spaces += 1,
            _ => return false,
        }
    }
    if spaces == 0 {
        return false;
    }
    let joined: String = cell.chars().filter(|c| *c != ' ').collect();
    let (whole, cents) = joined.split_once('.').unwrap_or((&joined, "00"));
    let mut groups = whole.split(',').map(str::len);
    let first = groups.next().is_some_and(|length| (1..=3).contains(&length));
    let rest: Vec<usize> = groups.collect();
    first && !rest.is_empty() && rest.iter().all(|length| *length == 3) && cents.len() == 2 && !cents.contains(',')
}

/// The most characters of a number whose digits were set apart.
const APART: usize = 16;

/// 出 口 1 2 3 . 4 亿 元: the length of digits that the layout set apart one by one. They surely are one number only where a
/// unit or a scale follows, and the words on one side are set apart as well.
pub(super) fn set_apart(segment: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let (before, text) = segment.split_at_checked(at)?;
    let mut length = text.chars().next().filter(|c| is_digit(*c))?.len_utf8();
    let first = length;
    let (mut points, mut last) = (0, '0');
    for _ in 0..APART {
        let Some(next) = text.get(length..)?.strip_prefix(' ') else { break };
        let mut chars = next.chars();
        let Some(c) = chars.next().filter(|c| is_digit(*c) || matches!(c, '.' | '．')) else { break };
        // 1 751: digits side by side are a group.
        if chars.next().is_some_and(|c| c != ' ') {
            return None;
        }
        length += " ".len() + c.len_utf8();
        points += usize::from(!is_digit(c));
        last = c;
    }
    // 1 . 2 . 3, 3 . 亿 and 1 2 月: no number of its own.
    if points > 1 || !is_digit(last) {
        return None;
    }
    let behind = text.get(length..).filter(|_| length > first)?.strip_prefix(' ')?;
    let apart = before.strip_suffix(' ').is_some_and(|head| opens_apart(head.chars().rev()));
    let unit = behind.starts_with(['万', '亿', '萬', '億', '%', '％']) || lexicon.counts(behind);
    let time = behind.starts_with(['年', '月', '日', '时', '時']);
    (unit && !time && (apart || opens_apart(behind.chars()))).then_some(length)
}

/// 出 口: whether two characters of a word open a text with a space between them.
fn opens_apart(mut chars: impl Iterator<Item = char>) -> bool {
    chars.next().is_some_and(is_han) && chars.next() == Some(' ') && chars.next().is_some_and(is_han)
}

/// The length of an Arabic number without groups of thousands that are none.
pub(super) fn grouped(before: &str, text: &str, after: &str, lexicon: &Lexicon) -> usize {
    // 1,234.5 67 and 1,234.5 6家: the digit behind the space opens another number.
    if let Some(first) =
        text.len().checked_sub(" 1".len()).filter(|at| text.get(*at..).is_some_and(|end| end.starts_with(' ')))
        && text.get(..first).is_some_and(|head| head.contains(',') && head.contains('.'))
        && after.starts_with(|c: char| c.is_alphanumeric() || ".,％%-".contains(c))
    {
        return first;
    }
    let next_is_digit = after.starts_with(is_digit);
    // 3 269,597: what commas group is a number by itself.
    if after.starts_with(',')
        && !text.contains(',')
        && let Some(space) = text.rfind(' ')
        && after.chars().skip(1).take_while(|c| is_digit(*c)).count() == 3
    {
        return space;
    }
    match text.find([',', '，', ' ', '\'', '’']) {
        // 1,2345: the comma parts two numbers.
        Some(at) if next_is_digit => at,
        // A full-width comma groups full-width digits, or more than once, before a scale (7，860万股), or between a word and
        // a unit (人口3，500人); 第3，500人 and 图3，500人 are two numbers.
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('，')) => {
            let wide = text.chars().next().is_some_and(|c| !c.is_ascii());
            let scaled = after.starts_with(['万', '亿', '萬', '億']);
            let named = || {
                before.ends_with(is_han) && !before.ends_with(['第', '前', '后', '後', '图', '表', '例', '注', '圖'])
            };
            let counted = || named() && !text.starts_with('0') && lexicon.counts(after);
            if wide || scaled || text.matches('，').count() > 1 || counted() { text.len() } else { at }
        }
        _ => text.len(),
    }
}
