//! Numerals of two numbers and more: fractions, mixed numbers, parts of a hundred, ratios.

use super::{Numeral, Sort, ends, read};
use crate::exact::Exact;
use crate::lex::Shape;
use crate::lexicon::{Lexicon, NumeralChar, is_digit};

/// 百分之八, 三分之二, 三又四分之一, 三分一.
pub(super) fn part_of(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let (head, rest) = text.split_once('分')?;
    let head = head.trim_end();
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('之').unwrap_or(rest);
    let (wholes, whole) = head.split_once('又').map_or((None, head), |(wholes, whole)| (Some(wholes), whole));
    let whole = read(whole.trim_start(), lexicon)?.value.to_u32()?;
    let number = rest.trim_start();
    let signless = number.trim_start_matches(['-', '－', '负', '負']);
    let mut numeral = read(signless, lexicon)?;
    let length = text.len() - signless.len() + numeral.length();
    numeral.cover(length);
    numeral.han = !text.get(..length)?.contains(is_digit);
    if signless.len() < number.len() {
        numeral.value = numeral.value.negated();
    }
    if matches!(whole, 100 | 1_000 | 10_000) && wholes.is_none() {
        numeral.sort = Sort::PartOf(whole);
        if numeral.upper.is_none()
            && let Some(upper) = neighbour(&numeral, text.get(length..)?, lexicon)
        {
            numeral.upper = Some(upper);
            numeral.cover(length + "、三".len());
        }
        return Some(numeral);
    }
    numeral.sort = Sort::Fraction;
    numeral.value = numeral.value.divided(&Exact::integer(u64::from(whole)));
    if let Some(wholes) = wholes {
        numeral.value = numeral.value.plus(&read(wholes.trim_end(), lexicon)?.value);
    }
    Some(numeral)
}

/// 百分之二、三的占用量: the next digit behind one, where no other number goes on from it, ends a guess.
fn neighbour(numeral: &Numeral, behind: &str, lexicon: &Lexicon) -> Option<Exact> {
    let digit = behind.strip_prefix('、')?;
    let next = digit.chars().next()?;
    let NumeralChar::Digit(upper) = lexicon.numeral_char(next)? else { return None };
    let rest = digit.get(next.len_utf8()..)?;
    let closes = ends(rest) || rest.starts_with(['的', '左', '以']);
    let low = numeral.value.to_u32().filter(|_| numeral.han)?;
    (closes && low + 1 == u32::from(upper)).then(|| Exact::integer(u64::from(upper)))
}

/// 1/3, 2 1/2, 3又1/2, 三又1/2.
pub(super) fn fraction(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let (head, denominator) = text.split_once(['/', '／'])?;
    let parted = head.split_once('又').or_else(|| head.split_once(' '));
    let (wholes, numerator) = parted.map_or((None, head), |(wholes, numerator)| (Some(wholes), numerator));
    let number = |text: &str| read(text.trim(), lexicon).map(|numeral| numeral.value);
    let mut value = number(numerator)?.divided(&number(denominator)?);
    if let Some(wholes) = wholes {
        value = value.plus(&number(wholes)?);
    }
    Some(Numeral { sort: Sort::Fraction, han: false, ..Numeral::plain(value, text.len()) })
}

/// 100:76.9, 三比一, 15:61.9:23.1.
pub(super) fn ratio(text: &str, lexicon: &Lexicon) -> Numeral {
    let terms = text.split([':', '：', '∶', '︰', '比']).map(str::trim);
    let values: Vec<Exact> = terms.filter_map(|term| read(term, lexicon)).map(|numeral| numeral.value).collect();
    let (sort, value) = match values.as_slice() {
        [a, b] => (Sort::Ratio, a.divided(b)),
        _ => (Sort::Terms, Exact::ZERO),
    };
    Numeral { sort, han: false, ..Numeral::plain(value, text.len()) }
}

/// 一半, 半数, 半百, 百分百, 对折.
pub(super) fn half(text: &str) -> Numeral {
    let plain = |value| Numeral::plain(Exact::integer(value), text.len());
    match text {
        "半百" => plain(50),
        "百分百" => Numeral { sort: Sort::PartOf(100), ..plain(100) },
        "对折" | "對折" | "半折" => Numeral { sort: Sort::PartOf(100), ..plain(50) },
        _ => Numeral { sort: Sort::Fraction, decimals: 1, ..Numeral::plain(Exact::decimal("5", 1), text.len()) },
    }
}

/// 十之八九: from eight to nine tenths.
fn tenths(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let digits = text.strip_prefix("十之")?;
    let tenth = |digit: &str| read(digit, lexicon)?.value.to_u32().map(|value| Exact::decimal(&value.to_string(), 1));
    let (low, high) = digits.split_at_checked('八'.len_utf8())?;
    let upper = Some(tenth(high)?);
    Some(Numeral { sort: Sort::Fraction, upper, decimals: 1, ..Numeral::plain(tenth(low)?, text.len()) })
}

/// 翻番.
pub(super) fn doubling(text: &str) -> Numeral {
    Numeral { sort: Sort::Doubling, ..Numeral::plain(Exact::integer(2), text.len()) }
}

/// The shapes of this page as numerals.
pub(super) fn numeral(shape: Shape, text: &str, rest: &str, lexicon: &Lexicon) -> Option<Numeral> {
    match shape {
        Shape::PerHundred => part_of(rest, lexicon),
        Shape::Fraction => fraction(text, lexicon),
        Shape::Ratio => Some(ratio(text, lexicon)),
        Shape::Half => tenths(text, lexicon).or_else(|| Some(half(text))),
        Shape::Doubling => Some(doubling(text)),
        _ => None,
    }
}
