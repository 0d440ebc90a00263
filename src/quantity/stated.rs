//! Units that stand by themselves, for figures elsewhere.

use super::unit::{Units, is_scale, power_of_ten, unit};
use crate::lexicon::{LatinScale, Lexicon, RowId};
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
    for money in ["人民币", "人民幣"] {
        rest =
            rest.strip_prefix(money).filter(|rest| !rest.is_empty() && !rest.starts_with(['）', ')'])).unwrap_or(rest);
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
    let found = unit(rest, "", lexicon).filter(|found| !found.noun && found.gap == 0)?;
    let start = span.from() + words.len() - rest.len();
    let row = found.parts.first().copied().flatten()?.row;
    let composed = units.compose(&found.parts, lexicon);
    let (more, behind) = scale_behind(rest.get(found.length..)?, lexicon);
    let span = Span::at(start, start + found.length + behind);
    Some(StatedUnit { span, composed, power: power + more, kind: found.kind, row })
}

/// RMB'000, HK$ million, 新臺幣億元: the power of a scale behind a unit, and its length.
fn scale_behind(text: &str, lexicon: &Lexicon) -> (i32, usize) {
    let han = text.chars().next().filter(|c| is_scale(*c, lexicon)).and_then(|_| numeral::read(text, lexicon));
    if let Some((power, length)) = han.and_then(|scale| Some((power_of_ten(&scale.value)?, scale.length()))) {
        let unit = text.get(length..).filter(|unit| unit.starts_with(['元', '圓'])).map_or(0, |_| '元'.len_utf8());
        return (power, length + unit);
    }
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
