//! Money before a number, and the scale that a letter behind it then is: $5.5m, £3bn.

use super::{Numeral, Sort};
use crate::exact::Exact;
use crate::lexicon::{LatinScale, Lexicon};

/// Behind money a letter is a scale, and no metre.
pub(super) fn scale(numeral: &mut Numeral, rest: &str, lexicon: &Lexicon) {
    let behind = rest.get(numeral.length()..).unwrap_or_default();
    let Some((LatinScale::Letter(power) | LatinScale::Money(power), length)) = lexicon.latin_scale(behind) else {
        return;
    };
    let power = i32::from(power);
    let closed = !behind.get(length..).is_some_and(|more| more.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if closed && numeral.sort == Sort::Plain && numeral.scale == 0 {
        numeral.value = std::mem::replace(&mut numeral.value, Exact::ZERO).scaled(power);
        numeral.decimals -= power;
        numeral.scale = power;
        numeral.cover(numeral.length() + length);
    }
}

/// Whether a sign or a code of money ends right before a number: US$, EUR.
pub(super) fn named_before(before: &str, lexicon: &Lexicon) -> bool {
    let before = before.trim_end_matches(' ');
    before.ends_with(may_end)
        && before
            .char_indices()
            .rev()
            .take(3)
            .any(|(at, _)| before.get(at..).is_some_and(|word| lexicon.money_named(word).is_some()))
}

/// What the signs and names of money end in that stand before a number: US$, ￡, 人民币.
pub(crate) fn may_end(last: char) -> bool {
    last.is_ascii_uppercase()
        || matches!(last, '$' | '¥' | '￥' | '£' | '￡' | '币' | '幣' | '＄' | '\u{20A0}'..='\u{20CF}')
}
