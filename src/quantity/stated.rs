//! Units that stand by themselves, for figures elsewhere.

use std::ops::Range;

use super::unit::{Part, Units, is_scale, power_of_ten, unit};
use crate::exact::Exact;
use crate::lexicon::{Entry, LatinScale, Lexicon, RowId};
use crate::numeral;
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// A unit that stands by itself, for figures elsewhere: 单位：亿元, （%）.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatedUnit {
    /// The unit as written, scale left out.
    pub(crate) span: Span<InFlow>,
    /// The composed unit.
    pub(crate) composed: u32,
    /// The power of its scale.
    pub(crate) power: i32,
    /// The kind of quantity it makes.
    pub(crate) kind: Kind,
    /// Its first row.
    pub(crate) row: RowId,
}

/// Reads a unit that is stated at the front of a span: 亿元, 人民币百万元, ±%.
pub(crate) fn stated_unit(text: &str, span: Span<InFlow>, lexicon: &Lexicon, units: &mut Units) -> Option<StatedUnit> {
    let words = span.of(text);
    let mut rest = words.trim_start_matches(['±', '+', ' ', '\u{3000}', '：', ':']);
    if let Some(money) = scaled_money(rest, lexicon) {
        let start = span.from() + words.len() - rest.len();
        let composed = units.compose(&[Some(Part { row: money.row, divides: false, power: 0 }), None, None], lexicon);
        let span = Span::at(start + money.unit.start, start + money.unit.end);
        return Some(StatedUnit { span, composed, power: money.power, kind: Kind::Measure, row: money.row });
    }
    let scaled = rest.chars().next().is_some_and(|c| is_scale(c, lexicon))
        && lexicon.unit(rest).is_none_or(|(length, _)| length <= 3);
    let scale = numeral::read(rest, lexicon).filter(|_| scaled);
    // 亿千瓦时: 千 belongs to the unit.
    let shorter = scale.as_ref().and_then(|scale| {
        let (at, _) = rest.get(..scale.length())?.char_indices().next_back()?;
        lexicon.unit(rest.get(at..)?).filter(|(length, _)| at + length > scale.length())?;
        numeral::read(rest.get(..at)?, lexicon)
    });
    let (power, skip) = match shorter.or(scale) {
        Some(numeral) => (power_of_ten(&numeral.value)?, numeral.length()),
        None => (0, 0),
    };
    rest = rest.get(skip..)?;
    let found = unit(rest, line_before(text, span), lexicon).filter(|found| !found.noun && found.gap == 0)?;
    let start = span.from() + words.len() - rest.len();
    let row = found.parts.first().copied().flatten()?.row;
    let power = power + minor_power(row, lexicon);
    let composed = units.compose(&found.parts, lexicon);
    let (more, behind) = scale_behind(rest.get(found.length..)?, lexicon);
    let span = Span::at(start, start + found.length + behind);
    Some(StatedUnit { span, composed, power: power + more, kind: found.kind, row })
}

/// 仙, 角: the power of what one of a unit is in its code.
fn minor_power(row: RowId, lexicon: &Lexicon) -> i32 {
    let Some(Entry::Unit(unit)) = lexicon.entry(row) else { return 0 };
    let Some(ratio) = unit.of_code.as_ref() else { return 0 };
    let part = (1..=2).find(|places| *ratio == Exact::decimal("1", *places));
    part.and_then(|places| i32::try_from(places).ok())
        .map_or_else(|| power_of_ten(ratio).unwrap_or(0), |places| -places)
}

/// 每股盈利 of 每股盈利（仙）: what stands before a unit in its line.
fn line_before(text: &str, span: Span<InFlow>) -> &str {
    let before = span.before(text);
    let near = before.char_indices().rev().take(LABEL).take_while(|(_, c)| *c != '\n').last();
    near.and_then(|(at, _)| before.get(at..)).unwrap_or_default()
}

/// Characters of a label before the unit that it states.
const LABEL: usize = 40;

/// The name of a currency with the scale behind it: 新臺幣億元, 澳門元百萬.
struct ScaledMoney {
    row: RowId,
    power: i32,
    /// The 元 behind the scale, else the name.
    unit: Range<usize>,
}

/// The currency at the front of a text that a scale follows, marks aside: 人民币（万元）, 人民币：万元.
fn scaled_money(text: &str, lexicon: &Lexicon) -> Option<ScaledMoney> {
    let (name, _) = lexicon.unit(text)?;
    let row = lexicon.money_named(text.get(..name)?)?;
    let behind = text.get(name..)?;
    let scale = behind.trim_start_matches([' ', '\u{3000}', '：', ':', '（', '(', '/', '／']);
    let (power, length) = scale_of_money(scale, lexicon)?;
    let end = text.len() - scale.len() + length;
    let yuan = text.get(name..end)?.chars().next_back().filter(|c| is_yuan(*c)).map(char::len_utf8);
    Some(ScaledMoney { row, power, unit: yuan.map_or(0..name, |yuan| end - yuan..end) })
}

/// 億元 behind 新臺幣, 百萬 behind 澳門元: the power of the scale, and its bytes with those of the 元 behind it.
pub(super) fn scale_of_money(text: &str, lexicon: &Lexicon) -> Option<(i32, usize)> {
    text.chars().next().filter(|c| is_scale(*c, lexicon))?;
    let scale = numeral::read(text, lexicon)?;
    let power = power_of_ten(&scale.value).filter(|power| *power >= 3)?;
    let behind = text.get(scale.length()..)?;
    let yuan = behind.chars().next().filter(|c| is_yuan(*c)).map_or(0, char::len_utf8);
    (yuan > 0 || numeral::ends(behind)).then_some((power, scale.length() + yuan))
}

pub(super) const fn is_yuan(ch: char) -> bool {
    matches!(ch, '元' | '圆' | '圓')
}

/// RMB'000, HK$ million: the power of a scale behind a unit, and its length.
fn scale_behind(text: &str, lexicon: &Lexicon) -> (i32, usize) {
    let scale = text.trim_start_matches(['\'', '’', '‘', '′', ' ']);
    let before = text.len() - scale.len();
    if before > 0 && scale.starts_with("000") {
        return (3, before + "000".len());
    }
    match lexicon.latin_scale(scale) {
        Some((LatinScale::Word(power), length)) => (i32::from(power), before + length),
        _ => (0, 0),
    }
}
