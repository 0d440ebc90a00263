//! Numbers that number an item, and such as are glued to it.

use super::name::ends_in_name;
use crate::lexicon::{Lexicon, is_digit, is_han};

/// 1、 or 2. where a sentence may start; （3） before words.
fn is_list_number(before: &str, after: &str) -> bool {
    let mut behind = after.chars();
    let close = behind.next().map(crate::lexicon::fold);
    let word = behind.next().is_some_and(|c| !is_digit(c) && !c.is_whitespace());
    let bracketed = before.ends_with(['（', '('])
        && close == Some(')')
        && word
        && !before.trim_end_matches(['（', '(']).ends_with(['%', '％']);
    let opens = before.trim_end().is_empty()
        || before.trim_end().ends_with(['。', '；', '：', ';', ':', '！', '？', '】', '”'])
        || before.ends_with(' ');
    bracketed || opens && matches!(close, Some('、' | '.' | ')')) && word
}

/// Why a number of so many digits only numbers an item.
pub(super) fn listed(before: &str, after: &str, count: usize) -> Option<&'static str> {
    match count {
        0..=3 if heads_column(before, after) => Some("a list number in columns"),
        0..=3 if opens_dated_item(before, after) => Some("a list number before a date"),
        0..=2 if is_list_number(before, after) => Some("a list number inside a paragraph"),
        _ => None,
    }
}

/// 15 铁 32 钽: each number stands before its word, from the front of the line on.
fn heads_column(before: &str, after: &str) -> bool {
    let word = |c: char| is_han(c);
    let plain = |c: char| word(c) || is_digit(c) || " ()（）、".contains(c);
    after
        .strip_prefix(' ')
        .is_some_and(|name| name.starts_with(word) && name.chars().all(plain) && !name.ends_with(is_digit))
        && (before.is_empty() || before.starts_with(is_digit) && before.ends_with(' ') && before.chars().all(plain))
}

/// 自有资金4-17王: two numbers with a hyphen, glued to words on either side, range over nothing.
pub(super) fn is_torn_code(words: &str, before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let word = |c: char| is_han(c);
    let Some((first, last)) = words.split_once('-') else { return false };
    let short = |text: &str| (1..=2).contains(&text.len()) && text.chars().all(is_digit);
    short(first)
        && short(last)
        && ends_in_name(before, lexicon)
        && after.starts_with(|c: char| word(c) && !"的之左以上下不间区內内范等多余".contains(c))
}

/// 13、5月29日, 119.2017年: a list number whose item starts with a date.
fn opens_dated_item(before: &str, after: &str) -> bool {
    let opens = before.trim_end().is_empty() || before.trim_end().ends_with(['。', '；', ';', '！', '？']);
    let Some(item) = after.strip_prefix(['、', '.', '．', ')', '）']) else { return false };
    let behind = item.trim_start_matches(is_digit);
    let year = behind.len() + "2017".len() == item.len();
    opens
        && behind.len() < item.len()
        && (behind.trim_start().starts_with(['年', '月']) || year && behind.starts_with(['-', '—', '–', '~', '～']))
}
