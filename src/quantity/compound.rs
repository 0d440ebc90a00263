//! What a unit is divided or multiplied by: 元/平方米, 元/（人·月）, 毫克每立方米, USD1,200/吨.

use super::unit::{Part, Parts, UnitMatch, goes_on, is_scale, power_of_ten, simple};
use crate::lexicon::{Entry, Lexicon, RowId, is_digit};
use crate::numeral;
use crate::terms::Kind;

/// Takes what a unit is multiplied or divided by: 元/平方米, 千克·米. `entry` is its own, `text` what stands behind the number.
pub(super) fn compound(found: &mut UnitMatch, entry: &Entry, text: &str, context: &str, lexicon: &Lexicon) {
    let dimension = match entry {
        Entry::Unit(unit) => &*unit.dimension,
        _ => "",
    };
    let (money, rates) = (dimension == "currency", dimension != "time" && !dimension.is_empty());
    let mut at = 1;
    // 过去3年每年: for how long, and how often.
    let lasts = dimension == "time" && text.get(found.length..).is_some_and(|rest| rest.starts_with('每'));
    // 12.5%/10%: of two such numbers, neither divides the other.
    let ratio = |row: RowId| matches!(lexicon.entry(row), Some(Entry::Unit(unit)) if &*unit.dimension == "ratio");
    while !lasts
        && let Some((length, part)) =
            divisor(text.get(found.length..).unwrap_or_default(), context, (money, rates), lexicon)
        && !(dimension == "ratio" && ratio(part.row))
    {
        // 元/人·年: for each person and each year.
        let divides = part.divides || found.parts.iter().flatten().any(|part| part.divides);
        let Some(slot) = found.parts.get_mut(at) else { break };
        *slot = Some(Part { divides, ..part });
        found.length += length;
        at += 1;
    }
    if at == 1
        && let Some((length, [first, second])) =
            bracketed(text.get(found.length..).unwrap_or_default(), context, lexicon)
    {
        found.parts = [found.parts[0], Some(first), Some(second)];
        found.length += length;
        at += 1;
    }
    if at > 1 && found.kind == Kind::Count {
        found.kind = Kind::Measure;
    }
}

/// Money that is named before its number, with what stands behind the number to divide it: USD1,200/吨. Gives the parts and
/// the bytes behind the number.
pub(super) fn rate(row: RowId, text: &str, context: &str, lexicon: &Lexicon) -> (Parts, usize) {
    let parts = [Some(Part { row, divides: false, power: 0 }), None, None];
    let mut found = UnitMatch { length: 0, gap: 0, parts, kind: Kind::Measure, noun: false, inside: None, half: false };
    if let Some(entry) = lexicon.entry(row).filter(|_| text.starts_with(['/', '／'])) {
        compound(&mut found, entry, text, context, lexicon);
    }
    (found.parts, found.length)
}

/// `/（人·月）`, `/(万元·年)`: two units that divide together.
fn bracketed(text: &str, context: &str, lexicon: &Lexicon) -> Option<(usize, [Part; 2])> {
    let inside = text.strip_prefix(['/', '／'])?.strip_prefix(['(', '（'])?;
    let (length, first) = factor(inside, context, lexicon)?;
    let behind = inside.get(length..)?.strip_prefix(['·', '•', '.', '*', '×'])?;
    let (length, second) = factor(behind, context, lexicon)?;
    let rest = behind.get(length..)?.strip_prefix([')', '）'])?;
    Some((text.len() - rest.len(), [first, second]))
}

/// `/平方米`, 每千瓦时, `/百亿元`.
fn divisor(text: &str, context: &str, (money, rates): (bool, bool), lexicon: &Lexicon) -> Option<(usize, Part)> {
    // 9.5 km /万km2
    let spaced = text.strip_prefix(' ').filter(|text| text.starts_with('/')).unwrap_or(text);
    let rest = spaced.strip_prefix(['/', '／', '每', '·'])?;
    let mark = text.len() - rest.len();
    let (length, mut part) = factor(rest, context, lexicon)?;
    part.divides = !text.starts_with('·');
    // 70发/分: a rate over minutes; 元/分 is the price of a point.
    if rest.get(..length) == Some("分")
        && !money
        && let Some(minutes) = lexicon.unit_named("分钟").first()
    {
        part.row = *minutes;
    }
    // 最近一年每股收益: nothing is told for each share.
    let share = matches!(lexicon.entry(part.row), Some(Entry::Classifier(_))) && text.starts_with('每') && !rates;
    (!share).then_some((mark + length, part))
}

/// One unit of a compound, with the power of ten before it: 平方米, 百公里, 10万人.
fn factor(text: &str, context: &str, lexicon: &Lexicon) -> Option<(usize, Part)> {
    let scale = text.chars().next().is_some_and(|c| c.is_ascii_digit() || is_scale(c, lexicon));
    let (power, skipped) =
        match numeral::read(text, lexicon).filter(|_| scale && lexicon.unit(text).is_none_or(|(l, _)| l <= 3)) {
            Some(numeral) => (power_of_ten(&numeral.value)?, numeral.length()),
            None => (0, 0),
        };
    let rest = text.get(skipped..)?;
    let (length, row, ..) = simple(rest, context, lexicon)?;
    // $380/$580: a price beside another.
    let money = matches!(lexicon.entry(row), Some(Entry::Unit(unit)) if &*unit.dimension == "currency");
    let priced = money && rest.get(length..)?.starts_with(is_digit);
    let unit = !priced && !goes_on(rest, length) && !matches!(lexicon.entry(row), Some(Entry::NonUnit));
    unit.then_some((skipped + length, Part { row, divides: true, power }))
}
