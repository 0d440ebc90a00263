//! Powers: 10^8, 1.5×10⁸, 1.5×108 whose exponent a layout lowered, 1.5e8, 10的8次方.

use super::{Numeral, read};
use crate::exact::Exact;
use crate::lexicon::{Lexicon, fold, is_digit};

/// The exponents that are read; beyond them no report counts.
const LARGEST: i32 = 999;

/// The signs before a power of ten.
const TIMES: [char; 5] = ['×', '*', 'x', 'X', '乘'];

/// Reads a numeral with a power in it.
pub(super) fn power(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let number = |text: &str| read(text.trim(), lexicon).map(|numeral| numeral.value);
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E', 'ｅ', 'Ｅ']) {
        return Some(numeral(number(mantissa)?.scaled(exponent_of(exponent, lexicon)?), text));
    }
    let (factor, power) =
        text.split_once(TIMES).map_or((None, text), |(factor, power)| (Some(factor), power.trim_start_matches('以')));
    let marked = power.find(|c: char| matches!(c, '^' | '＾' | '的' | '⁻') || superscript(c).is_some());
    let lowered = || factor.and_then(|_| power.find("10")).map(|at| at + "10".len());
    let at = marked.or_else(lowered)?;
    let (base, exponent) = power.split_at_checked(at)?;
    let value = raised(&number(base)?, exponent_of(exponent, lexicon)?)?;
    let value = match factor {
        Some(factor) => value.times(&number(factor)?),
        None => value,
    };
    Some(numeral(value, text))
}

fn numeral(value: Exact, text: &str) -> Numeral {
    Numeral { han: !text.contains(is_digit), ..Numeral::plain(value, text.len()) }
}

/// +8, ^-3, ⁸, 的8次方.
fn exponent_of(text: &str, lexicon: &Lexicon) -> Option<i32> {
    let text = text.trim_start_matches(['^', '＾', '的', '+', '＋', ' ']);
    let digits: String = text.chars().map_while(|c| superscript(c).or(Some(fold(c)))).collect();
    let unsigned = digits.trim_start_matches(['-', '−', '–', '－', '⁻', '负', '負']);
    let value = i32::try_from(read(unsigned, lexicon)?.value.to_u32()?).ok().filter(|value| *value <= LARGEST)?;
    Some(if unsigned.len() < digits.len() { -value } else { value })
}

fn superscript(ch: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9').find_map(|(high, digit)| (high == ch).then_some(digit))
}

/// `base` to the power of `exponent`; ten to any, other bases as far as their powers stay short.
fn raised(base: &Exact, exponent: i32) -> Option<Exact> {
    if *base == Exact::integer(10) {
        return Some(Exact::integer(1).scaled(exponent));
    }
    let times = usize::try_from(exponent.unsigned_abs()).ok().filter(|times| *times <= 64)?;
    // The factor of `times` keeps nineteen digits, so the base must be short.
    let power = base
        .to_string()
        .len()
        .le(&18)
        .then(|| std::iter::repeat_n(base, times).fold(Exact::integer(1), |a, b| a.times(b)))?;
    Some(if exponent < 0 { Exact::integer(1).divided(&power) } else { power })
}
