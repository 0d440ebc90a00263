//! Arabic literals: digits of either width with their separators and point.

use crate::exact::{DigitString, Exact};
use crate::lex::is_torn;
use crate::lexicon::{fold, is_digit};

/// An Arabic literal with separators: its value, its decimals, its length.
pub(super) fn literal(text: &str) -> Option<(Exact, i32, usize)> {
    let torn = is_torn(text);
    let mut digits = DigitString::default();
    let (mut places, mut length, mut point) = (0usize, 0usize, false);
    // Digits before the first space or quote that groups: three may as well be a cell of its own (209 200 201).
    let mut lead = None;
    let mut commas = false;
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
            ' ' | ',' if torn => true,
            ',' => !point && groups_three(rest) && digits.count() > 0,
            '\'' | '’' => !point && groups_three(rest) && (1..=3).contains(&lead.unwrap_or(digits.count())),
            ' ' if point => places == 0 || commas && places == 1 && is_last_digit(rest),
            ' ' if commas => comma_group(rest) || is_point(rest),
            ' ' => joins_over_space(rest, lead.map_or(digits.count() <= 3, |lead| lead < 3)),
            '.' => !point && point_joins(rest, next),
            '。' | '·' | '﹒' => !point && digits.count() > 0 && next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !joined {
            break;
        }
        commas |= folded == ',';
        point |= matches!(folded, '.' | '。' | '·' | '﹒');
        if matches!(folded, ' ' | '\'' | '’') {
            lead.get_or_insert(digits.count());
        }
    }
    // 3½, ½: a fraction in one character.
    let vulgar = text.get(length..).and_then(|rest| rest.chars().next()).filter(|_| !point).and_then(vulgar);
    let written = digits.count() > 0;
    let value = written.then(|| Exact::read(digits, places));
    match (value, vulgar) {
        (value, Some((part, bytes))) => {
            let whole = value.unwrap_or(Exact::ZERO);
            Some((whole.plus(&part), 0, length + bytes))
        }
        (Some(value), None) => Some((value, i32::try_from(places).unwrap_or(i32::MAX), length)),
        (None, None) => None,
    }
}

/// The fraction that a character is, and its bytes.
pub(super) fn vulgar(ch: char) -> Option<(Exact, usize)> {
    let (numerator, denominator) = match ch {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅛' => (1, 8),
        _ => return None,
    };
    Some((Exact::fraction(numerator, denominator), ch.len_utf8()))
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

/// A comma with a group of three behind it.
fn comma_group(rest: &str) -> bool {
    rest.strip_prefix(',').is_some_and(groups_three)
}

/// A point with a digit behind it.
fn is_point(rest: &str) -> bool {
    rest.chars().next().map(fold) == Some('.') && rest.chars().nth(1).is_some_and(is_digit)
}

/// 11,257.1 4: the layout parted the last digit of an amount in yuan and fen.
fn is_last_digit(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(is_digit) && chars.next().is_none_or(|c| !c.is_alphanumeric() && !".,％%-".contains(c))
}

/// 1 751: a space groups thousands; before a point or a comma (3 ,500) it is only space.
fn joins_over_space(rest: &str, grouped: bool) -> bool {
    // 3 269,597: a number that commas group stands by itself.
    let spaced = groups_three(rest) && !comma_group(rest.trim_start_matches(is_digit));
    is_point(rest) || grouped && (spaced || comma_group(rest))
}
