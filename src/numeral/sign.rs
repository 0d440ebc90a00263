//! The sign right before a numeral: + and -, 负 and 零下.

use crate::lexicon::{Lexicon, Role, fold, is_digit, is_greek};
use crate::terms::Direction;

/// A sign and the bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sign {
    /// Up for +, down for all others.
    pub(crate) direction: Direction,
    /// Its bytes.
    pub(crate) length: u32,
    /// A dash, which behind another number may be the sign of a range.
    pub(crate) dash: bool,
}

/// The sign at the end of `before`, the text of the segment before the numeral. `since` is the part of it behind the
/// number before.
pub(crate) fn sign(before: &str, since: &str, lexicon: &Lexicon) -> Option<Sign> {
    let last = since.chars().next_back()?;
    let earlier = before.chars().rev().nth(1);
    // T-5, α-2, 3-5, （3）-5, 10月龄-86岁, “合作”-2017: a dash that joins.
    let joins = |c: char| {
        c.is_ascii_alphanumeric()
            || is_digit(c)
            || is_greek(c)
            || matches!(c, ')' | '）' | '龄' | '齡' | '岁' | '歲' | '”' | '」' | '》')
    };
    // PPI-2.3%: what stands before such a number is no code.
    let name = || {
        since
            .trim_end_matches(['-', '－', '−', '+', '＋'])
            .chars()
            .rev()
            .take(3)
            .filter(char::is_ascii_uppercase)
            .count()
            == 3
    };
    let free = earlier.is_none_or(|c| !joins(c) || c.is_ascii_uppercase() && name());
    let (direction, length, dash) = match fold(last) {
        '+' | '﹢' if free => (Direction::Increase, last.len_utf8(), false),
        '-' | '−' | '–' | '﹣' if free => (Direction::Decrease, last.len_utf8(), true),
        '—' if earlier.is_none() => (Direction::Decrease, last.len_utf8(), true),
        // 减负3亿元, 担负200公里, 正负
        '负' | '負' if lexicon.closing(before, Role::Burden).is_none() => {
            (Direction::Decrease, last.len_utf8(), false)
        }
        '下' if before.ends_with("零下") => (Direction::Decrease, "零下".len(), false),
        _ => return None,
    };
    Some(Sign { direction, length: u32::try_from(length).unwrap_or(0), dash })
}
