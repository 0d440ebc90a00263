//! Arabic literals: digits of either width with their separators and point.

use crate::exact::{DigitString, Exact};
use crate::lex::is_digit;
use crate::lexicon::fold;

/// An Arabic literal with separators: its value, its decimals, its length.
pub(super) fn literal(text: &str) -> Option<(Exact, i32, usize)> {
    let mut digits = DigitString::default();
    let (mut places, mut length, mut point) = (0usize, 0usize, false);
    // Digits before the first space that groups: three may as well be a cell of its own (209 200 201).
    let mut lead = None;
    for (at, ch) in text.char_indices() {
        let folded = fold(ch);
        if let Some(digit) = folded.to_digit(10) {
            digits.push(digit);
            places += usize::from(point);
            length = at + ch.len_utf8();
            continue;
        }
        let rest = text.get(at + ch.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().map(fold);
        let joined = match folded {
            ',' => !point && groups_three(rest) && digits.count() > 0,
            ' ' if point => places == 0,
            ' ' => joins_over_space(rest, lead.map_or(digits.count() <= 3, |lead| lead < 3)),
            '.' => !point && point_joins(rest, next),
            '。' | '·' => !point && digits.count() > 0 && next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !joined {
            break;
        }
        point |= matches!(folded, '.' | '。' | '·');
        if folded == ' ' {
            lead.get_or_insert(digits.count());
        }
    }
    (digits.count() > 0).then(|| (Exact::read(digits, places), i32::try_from(places).unwrap_or(i32::MAX), length))
}

/// Exactly three digits follow, and then no other.
fn groups_three(rest: &str) -> bool {
    rest.chars().take(4).take_while(|c| is_digit(*c)).count() == 3
}

/// 15. 82: a point may have a space behind it, before digits.
fn point_joins(rest: &str, next: Option<char>) -> bool {
    next.is_some_and(|c| c.is_ascii_digit())
        || next == Some(' ') && rest.trim_start().chars().next().is_some_and(is_digit)
}

/// 1 751: a space groups thousands; before a point it is only space.
fn joins_over_space(rest: &str, grouped: bool) -> bool {
    let folded = rest.chars().next().map(fold);
    folded == Some('.') && rest.chars().nth(1).is_some_and(is_digit) || groups_three(rest) && grouped
}
