//! Han numerals below a scale: 二百八十六, 二〇二二, 三五十, 八点五.

use super::group::ends;
use crate::exact::Exact;
use crate::lexicon::{Lexicon, NumeralChar};

/// A Han numeral up to the first scale.
pub(super) struct Section {
    pub(super) value: Exact,
    /// The upper value where two digits stand for a range: 三五十 is 30 to 50.
    pub(super) upper: Option<Exact>,
    pub(super) decimals: i32,
    pub(super) length: usize,
    /// The power of a bare 百 or 千 that a scale may follow.
    pub(super) power: i32,
    /// It starts with 百, 千, 万 or 亿.
    pub(super) bare: bool,
    /// A lone digit, which behind a scale stands one power lower.
    pub(super) single_digit: bool,
}

/// 千八百, 百八十: spoken for eight hundred to a thousand, and for eighty to a hundred. 百八十五 is one number.
pub(super) fn spoken(text: &str, lexicon: &Lexicon) -> Option<Section> {
    let pairs = [("千八百", 800, 1000), ("百八十", 80, 100)];
    let (words, low, high) = pairs.into_iter().find(|(words, ..)| text.starts_with(words))?;
    let behind = text.get(words.len()..)?.chars().next().and_then(|c| lexicon.numeral_char(c));
    matches!(behind, None | Some(NumeralChar::Scale(_))).then(|| Section {
        value: Exact::integer(low),
        upper: Some(Exact::integer(high)),
        decimals: 0,
        length: words.len(),
        power: 0,
        bare: false,
        single_digit: false,
    })
}

/// 五千克: of a few kilograms or kilowatts 千 belongs to the unit, of 一万五千克 to the number.
pub(super) fn few_kilos(text: &str, lexicon: &Lexicon) -> Option<Section> {
    let digit = text.chars().next()?;
    let NumeralChar::Digit(value) = lexicon.numeral_char(digit)? else { return None };
    let behind = text.get(digit.len_utf8()..)?;
    (behind.starts_with("千克") || behind.starts_with("千瓦")).then(|| Section {
        value: Exact::integer(u64::from(value)),
        upper: None,
        decimals: 0,
        length: digit.len_utf8(),
        power: 0,
        bare: false,
        single_digit: false,
    })
}

/// The digits and units that stand for one number.
#[derive(Default)]
struct State {
    sum: u64,
    current: Option<u8>,
    /// The digit that makes `current` a range: 三 of 三五.
    pair: Option<u8>,
    /// What the sum would be with the lower digit of a pair.
    low: u64,
    last_unit: Option<u8>,
    gap: bool,
    bare: bool,
    chars: usize,
}

/// What a character is in a numeral: a full stop of either width between digits is a point.
fn class(ch: char, lexicon: &Lexicon) -> Option<NumeralChar> {
    if ch == '.' { Some(NumeralChar::Point) } else { lexicon.numeral_char(ch) }
}

/// Reads the Han numeral at the front of `text`.
pub(super) fn section(text: &str, lexicon: &Lexicon) -> Option<Section> {
    if is_lone_formal(text, lexicon) {
        return None;
    }
    if let Some(section) = positional(text, lexicon) {
        return Some(section);
    }
    let mut state = State::default();
    let mut length = 0;
    let mut paired = false;
    for (at, ch) in text.char_indices() {
        // 五、六十 is written for 五六十.
        if ch == '、' && state.current.is_some() && goes_on(text.get(at..), lexicon) {
            continue;
        }
        let Some(class) = class(ch, lexicon) else { break };
        match class {
            // 三千两白银: behind a power two is no 两 unless it has a power of its own, 一千两百.
            NumeralChar::Digit(_)
                if is_two(ch) && state.last_unit.is_some() && !has_power(text.get(at + 3..), lexicon) =>
            {
                break;
            }
            NumeralChar::Digit(digit) | NumeralChar::Formal(digit) => match state.current {
                None => state.current = Some(digit),
                Some(before) if state.pair.is_none() && !paired && is_pair(before, digit) => {
                    state.pair = Some(before);
                    state.current = Some(digit);
                    paired = true;
                }
                Some(_) => break,
            },
            NumeralChar::Zero if state.current.is_none() => state.gap = true,
            NumeralChar::Unit(power) => {
                let digit = match state.current.take() {
                    Some(digit) => digit,
                    None if power == 1 && (state.chars == 0 || state.gap || state.last_unit > Some(1)) => 1,
                    None if state.chars == 0 => {
                        state.bare = true;
                        1
                    }
                    None => break,
                };
                let unit = 10u64.pow(u32::from(power));
                let low = state.pair.take().unwrap_or(digit);
                state.low += u64::from(low) * unit;
                state.sum += u64::from(digit) * unit;
                state.last_unit = Some(power);
                state.gap = false;
            }
            // 一百廿: behind hundreds as at the front.
            NumeralChar::Tens(tens) if state.current.is_none() && (state.chars == 0 || state.last_unit > Some(1)) => {
                state.sum += u64::from(tens);
                state.low += u64::from(tens);
                state.last_unit = Some(1);
            }
            NumeralChar::Scale(_) if state.chars == 0 => {
                // 万 or 亿 alone: one of it; the caller applies the scale.
                return Some(Section {
                    value: Exact::integer(1),
                    upper: None,
                    decimals: 0,
                    length: 0,
                    power: 0,
                    bare: true,
                    single_digit: false,
                });
            }
            NumeralChar::Half if state.chars == 0 => {
                let value = Exact::decimal("5", 1);
                return Some(Section {
                    value,
                    upper: None,
                    decimals: 1,
                    length: ch.len_utf8(),
                    power: 0,
                    bare: false,
                    single_digit: false,
                });
            }
            NumeralChar::Point if state.chars > 0 && state.pair.is_none() => {
                let after = text.get(at + ch.len_utf8()..)?;
                return decimal(&state, after, at + ch.len_utf8(), lexicon).or_else(|| Some(state.finish(length)));
            }
            _ => break,
        }
        state.chars += 1;
        length = at + ch.len_utf8();
    }
    (state.chars > 0).then(|| state.finish(length))
}

impl State {
    fn finish(&self, length: usize) -> Section {
        let (mut sum, mut low) = (self.sum, self.low);
        if let Some(digit) = self.current {
            // 一百五 is 150, 一百零五 is 105.
            let place = match self.last_unit {
                Some(power) if power >= 2 && !self.gap => 10u64.pow(u32::from(power) - 1),
                _ => 1,
            };
            low += u64::from(self.pair.unwrap_or(digit)) * place;
            sum += u64::from(digit) * place;
        }
        Section {
            value: Exact::integer(low),
            upper: (low != sum).then(|| Exact::integer(sum)),
            decimals: 0,
            length,
            power: 0,
            bare: self.bare,
            single_digit: self.chars == 1 && self.current.is_some(),
        }
    }
}

/// A formal digit that no other numeral character follows: 伍 of 队伍, 陆 of 大陆.
fn is_lone_formal(text: &str, lexicon: &Lexicon) -> bool {
    let mut chars = text.chars().map(|ch| lexicon.numeral_char(ch));
    let formal = matches!(chars.next(), Some(Some(NumeralChar::Formal(_))));
    let behind = text.get('壹'.len_utf8()..).unwrap_or_default();
    formal && !matches!(chars.next(), Some(Some(_))) && !is_money(behind)
}

/// 元, 角, or 分 where the sum ends: 伍元陆角柒分.
fn is_money(behind: &str) -> bool {
    let sum = ["元", "圆", "圓", "角"].iter().any(|unit| behind.starts_with(unit)) && !behind.starts_with("元旦");
    behind.is_empty() || sum || behind.strip_prefix('分').is_some_and(ends)
}

/// A digit behind 、, and behind it what both count: 、六十.
fn goes_on(text: Option<&str>, lexicon: &Lexicon) -> bool {
    let mut classes = text.unwrap_or_default().chars().skip(1).map(|ch| lexicon.numeral_char(ch));
    matches!(classes.next(), Some(Some(NumeralChar::Digit(_))))
        && matches!(classes.next(), Some(Some(NumeralChar::Unit(_) | NumeralChar::Scale(_))))
}

/// 两, which is a digit only at the front of a number or before a power.
const fn is_two(ch: char) -> bool {
    matches!(ch, '两' | '兩')
}

/// Whether a power of ten opens the text.
fn has_power(text: Option<&str>, lexicon: &Lexicon) -> bool {
    let class = text.and_then(|text| text.chars().next()).and_then(|ch| lexicon.numeral_char(ch));
    matches!(class, Some(NumeralChar::Unit(_) | NumeralChar::Scale(_)))
}

/// Two digits side by side that stand for a range: 二三, 三五, 一两.
const fn is_pair(before: u8, digit: u8) -> bool {
    digit == before + 1 || before == 3 && digit == 5
}

/// The same of written digits.
fn is_neighbours(digits: &[u8]) -> bool {
    matches!(digits, [before, digit] if is_pair(before - b'0', digit - b'0'))
}

/// 点 with the digits behind it, unless they go on as another number (三点十分).
fn decimal(state: &State, after: &str, from: usize, lexicon: &Lexicon) -> Option<Section> {
    let mut digits = state.finish(0).value.to_string();
    let mut places = 0;
    let mut length = from;
    for ch in after.chars() {
        match lexicon.numeral_char(ch) {
            Some(NumeralChar::Digit(digit) | NumeralChar::Formal(digit)) => digits.push(char::from(b'0' + digit)),
            Some(NumeralChar::Zero) => digits.push('0'),
            Some(NumeralChar::Unit(_)) => return None,
            _ => break,
        }
        places += 1;
        length += ch.len_utf8();
    }
    let decimals = i32::try_from(places).ok().filter(|places| *places > 0)?;
    let value = Exact::decimal(&digits, places);
    Some(Section { value, upper: None, decimals, length, power: 0, bare: false, single_digit: false })
}

/// 点五: a point and the digits behind it.
pub(super) fn fraction(text: &str, lexicon: &Lexicon) -> Option<Section> {
    let point = text.chars().next()?.len_utf8();
    decimal(&State::default(), text.get(point..)?, point, lexicon)
}

/// A string of digits read one by one: 二〇二二, 一九五四, 零. Two digits without a zero are no such string.
fn positional(text: &str, lexicon: &Lexicon) -> Option<Section> {
    let mut digits = String::new();
    let (mut zero, mut length) = (false, 0);
    for ch in text.chars() {
        match class(ch, lexicon) {
            // 二两三钱: two is no 两 in a string of digits.
            _ if is_two(ch) && digits != "0" => break,
            Some(NumeralChar::Digit(digit) | NumeralChar::Formal(digit)) => digits.push(char::from(b'0' + digit)),
            Some(NumeralChar::Zero) => {
                zero = true;
                digits.push('0');
            }
            // 三百: the digits are no string.
            Some(NumeralChar::Unit(_)) => return None,
            // 零点五, 一万零一点五, 三零五点二, 三八点六: a decimal.
            Some(NumeralChar::Point) if zero || digits.len() >= 2 => {
                let from = length + ch.len_utf8();
                let whole = digits.parse().ok().map(|low| State { low, sum: low, ..State::default() });
                match whole.and_then(|whole| decimal(&whole, text.get(from..)?, from, lexicon)) {
                    Some(section) => return Some(section),
                    None => break,
                }
            }
            _ => break,
        }
        length += ch.len_utf8();
    }
    // 八五折: of two digits before 折 the second is a tenth; 九五 where nothing follows is a string as well.
    let behind = text.get(length..).unwrap_or_default();
    let pair = digits.len() == 2 && !is_neighbours(digits.as_bytes());
    let two = pair && (behind.starts_with('折') || ends(behind));
    let string = digits.len() >= 3 || zero && !digits.is_empty() || two;
    string.then(|| Section {
        value: Exact::decimal(&digits, 0),
        upper: None,
        decimals: 0,
        length,
        power: 0,
        bare: false,
        single_digit: false,
    })
}
