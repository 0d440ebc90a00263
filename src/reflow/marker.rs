//! List and heading markers at the front of a line: 一、 （一） 1. 第三章 关键词.

use crate::Lexicon;
use crate::lexicon::{Entry, NumeralChar, Role, RowId, fold, is_han};

/// The sort of a marker; sections nest by the order in which sorts are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// 第三章, 第一部分
    Chapter,
    /// 第十二条
    Article,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// 1. 1、
    Arabic,
    /// （1） 1）
    ArabicBracket,
    /// ①
    Circle,
    /// •
    Bullet,
    /// 关键词, 举措一
    Word,
    /// 2023 围绕中心
    Year,
    /// # in Markdown
    Hash,
}

/// What stands before an item; ○ is a zero as well.
pub(crate) const BULLETS: [char; 11] = ['•', '●', '■', '◆', '◇', '▪', '★', '►', '▶', '➢', '◎'];

/// The marker at the start of `text` and its length in bytes.
pub(crate) fn marker(text: &str, lexicon: &Lexicon) -> Option<(Marker, usize)> {
    let mut chars = text.char_indices().map(|(at, ch)| (at, fold(ch)));
    let (_, first) = chars.next()?;
    match first {
        '#' => {
            let hashes = text.len() - text.trim_start_matches('#').len();
            text.get(hashes..)?.starts_with(' ').then_some((Marker::Hash, hashes))
        }
        '①'..='⑳' | '⑴'..='⒇' => Some((Marker::Circle, first.len_utf8())),
        _ if BULLETS.contains(&first) => Some((Marker::Bullet, first.len_utf8())),
        '第' => {
            let rest = skip_numeral(text.get(3..)?)?;
            let sort = match rest.chars().next()? {
                '章' | '篇' | '编' | '節' | '节' => Marker::Chapter,
                '部' if rest.starts_with("部分") => Marker::Chapter,
                '条' | '條' => Marker::Article,
                _ => return None,
            };
            let unit = if rest.starts_with("部分") { 6 } else { 3 };
            Some((sort, text.len() - rest.len() + unit))
        }
        '(' | '[' => {
            let inner = text.get(text.chars().next()?.len_utf8()..)?;
            let rest = skip_numeral(inner)?;
            let close = rest.chars().next()?;
            let digits = inner.chars().next().map(fold)?.is_ascii_digit();
            let length = text.len() - rest.len();
            let short = inner.len() - rest.len() <= if digits { 6 } else { 9 };
            let marker = if digits { Marker::ArabicBracket } else { Marker::HanBracket };
            (short && matches!(fold(close), ')' | ']')).then_some((marker, length + close.len_utf8()))
        }
        _ => bare_marker(text, first, lexicon),
    }
}

fn bare_marker(text: &str, first: char, lexicon: &Lexicon) -> Option<(Marker, usize)> {
    if let Some(length) = parted_number(text, lexicon) {
        return Some((Marker::Arabic, length));
    }
    if let Some(rest) = skip_numeral(text) {
        let digits = first.is_ascii_digit();
        let close = rest.chars().next()?;
        let length = text.len() - rest.len() + close.len_utf8();
        let after = text.get(length..).and_then(|rest| rest.chars().next()).map_or(' ', fold);
        let numeral = text.len() - rest.len();
        return match fold(close) {
            '、' if !digits && numeral <= 9 && !is_guess(text, length, lexicon) => Some((Marker::Han, length)),
            '、' if digits && numeral <= 6 && !after.is_ascii_digit() => Some((Marker::Arabic, length)),
            '、' if digits && numeral <= 6 && after_pause_is_time(text, length) => Some((Marker::Arabic, length)),
            '.' if digits && is_spaced_decimal(text, length) => None,
            '.' if digits && numeral <= 9 && (!after.is_ascii_digit() || after_point_opens_with_year(text, length)) => {
                Some((Marker::Arabic, length))
            }
            ')' if digits && numeral <= 6 => Some((Marker::ArabicBracket, length)),
            ' ' | '年' if digits && opens_with_year(text) && text.chars().count() <= 40 && rest_is_title(rest) => {
                Some((Marker::Year, numeral))
            }
            _ => None,
        };
    }
    let (length, rows) = lexicon.word(text)?;
    let heading = rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Heading))));
    let after = text.get(length..)?;
    let numbered = skip_numeral(after).map(|rest| after.len() - rest.len()).filter(|len| *len <= 6).unwrap_or(0);
    let next = after.get(numbered..)?.chars().next().map(fold);
    (heading && (matches!(next, Some(' ' | ':' | '|')) || numbered > 0 && matches!(next, None | Some('.' | '、'))))
        .then_some((Marker::Word, length + numbered))
}

/// `2-1 卫生事业`: the length of a number of two parts before a title, which is no unit.
fn parted_number(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let (chapter, _) = text.split_at_checked(text.bytes().take(3).position(|byte| byte == b'-')?)?;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let table = text.get(chapter.len() + '-'.len_utf8()..text.len() - rest.len())?;
    let short = |part: &str| (1..=2).contains(&part.len()) && !part.starts_with(['0', '-']);
    if !short(chapter) || !short(table) || !rest_is_title(rest) {
        return None;
    }
    let title = rest.trim_start();
    // 3-5 天: a figure. 医院 only counts without a classifier.
    let unit = |row: &RowId| match lexicon.entry(*row) {
        Some(Entry::Unit(_)) => true,
        Some(Entry::Classifier(classifier)) => !classifier.noun,
        _ => false,
    };
    let counts = lexicon.unit(title).is_some_and(|(_, rows)| rows.iter().any(unit));
    let scaled = title.chars().next().is_some_and(|c| lexicon.numeral_char(c).is_some());
    (title.starts_with(is_han) && !counts && !scaled).then_some(text.len() - rest.len())
}

/// `三、四个小时后`: two neighbouring digits before a length or an age guess at it, and the first numbers no item.
fn is_guess(text: &str, at: usize, lexicon: &Lexicon) -> bool {
    let digit = |text: &str| match lexicon.numeral_char(text.chars().next()?) {
        Some(NumeralChar::Digit(digit)) => Some(digit),
        _ => None,
    };
    let second = text.get(at..).unwrap_or_default();
    let behind = second.get('一'.len_utf8()..).unwrap_or_default();
    at == "一、".len()
        && digit(text).zip(digit(second)).is_some_and(|(first, second)| first + 1 == second)
        && lexicon.opening(behind, Role::Guessed).is_some()
}

/// `32. 88亿吨`: a decimal that the layout put a space into, and no list number, where a scale or a percent sign follows.
fn is_spaced_decimal(text: &str, at: usize) -> bool {
    let places = text.get(at..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
    let behind = places.trim_start_matches(|c| fold(c).is_ascii_digit());
    let short = (1..=2).contains(&(places.chars().count() - behind.chars().count()));
    short && behind.starts_with(['亿', '億', '万', '萬', '%', '％'])
}

/// `1.2023年…`: the point closes the list number although a digit follows.
fn after_point_opens_with_year(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(opens_with_year) && text.get(at + 4..).is_some_and(|rest| rest.starts_with('年'))
}

/// `1、2023年…`, `1、7月…`: the pause closes the list number although a digit follows; `1、2月` are two months.
fn after_pause_is_time(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let number = |text: &str| {
        let digits: String = text.chars().map(fold).take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let behind = rest.trim_start_matches(|c| fold(c).is_ascii_digit());
    let month = number(text).zip(number(rest)).is_some_and(|(own, month)| month <= 12 && month != own + 1);
    opens_with_year(rest) && behind.starts_with('年') || month && behind.starts_with('月')
}

/// Four digits at the front, of a year of any century: 1851, 2024.
fn opens_with_year(text: &str) -> bool {
    let digits = text.chars().map(fold).take_while(char::is_ascii_digit).count();
    digits == 4 && matches!(text.chars().map(fold).next(), Some('1' | '2'))
}

/// A heading behind a year has no sentence punctuation.
fn rest_is_title(rest: &str) -> bool {
    rest.starts_with([' ', '\u{3000}']) && !rest.contains(['。', '，', ',', '；'])
}

/// What follows the Arabic or Han numeral at the start of `text`, if one stands there.
fn skip_numeral(text: &str) -> Option<&str> {
    let mut digits: Option<bool> = None;
    for (at, ch) in text.char_indices() {
        let ch = fold(ch);
        let sort = match ch {
            '0'..='9' => true,
            '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' => {
                false
            }
            _ => return if at == 0 { None } else { text.get(at..) },
        };
        if *digits.get_or_insert(sort) != sort {
            return text.get(at..);
        }
    }
    None
}
