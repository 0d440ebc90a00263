//! The unit behind a number: the longest unit or classifier, composed with 每 or / where the text composes it.

use std::fmt::Write as _;

use super::apart::{is_set_apart, spread, tenths};
use super::compound::compound;
use crate::exact::Exact;
use crate::lexicon::{Classifier, Entry, Lexicon, NumeralChar, Place, Role, RowId, Unit, is_digit};
use crate::numeral;
use crate::terms::Kind;

/// A unit as it was composed in one document: 元/平方米 from 元 and 平方米.
#[derive(Debug, Clone, PartialEq)]
pub struct ComposedUnit {
    /// ISO 4217 or UCUM: `CNY/m2`.
    pub code: String,
    /// `currency/area`.
    pub dimension: String,
    /// The base unit of the dimension: `CNY/m2`.
    pub base_unit: String,
    /// Exact factor to the base unit.
    pub factor: Exact,
    /// What is added after the factor (temperatures only).
    pub offset: Option<Exact>,
    /// Whether it is money of the region that the text speaks of: 元, and not 人民币.
    pub local: bool,
}

/// A unit as found behind a number.
#[derive(Debug, Clone)]
pub(crate) struct UnitMatch {
    /// Bytes from the end of the number to the end of the unit.
    pub(crate) length: usize,
    /// Bytes of space before the unit.
    pub(crate) gap: usize,
    /// Its parts: the row, whether it divides, and the power of ten before it (元/百公里).
    pub(crate) parts: Parts,
    /// The kind of quantity it makes.
    pub(crate) kind: Kind,
    /// A counted noun, which stays outside the span.
    pub(crate) noun: bool,
    /// A hedge inside the unit: 三个多月.
    pub(crate) inside: Option<RowId>,
    /// A half inside the unit: 一个半月.
    pub(crate) half: bool,
}

/// The parts of a unit, at most three.
pub(crate) type Parts = [Option<Part>; 3];

/// One part of a composed unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) row: RowId,
    pub(crate) divides: bool,
    pub(crate) power: i32,
}

/// The units composed in one document, each once.
#[derive(Debug, Default)]
pub(crate) struct Units {
    pub(crate) all: Vec<ComposedUnit>,
    known: Vec<(Parts, u32)>,
}

impl Units {
    /// The composed unit of these parts.
    pub(crate) fn compose(&mut self, parts: &Parts, lexicon: &Lexicon) -> u32 {
        // A document has few units, and the next is mostly one of the last: what was found goes to the end.
        if let Some(at) = self.known.iter().rposition(|(known, _)| known == parts) {
            let last = self.known.len() - 1;
            self.known.swap(at, last);
            return self.known.get(last).map_or(u32::MAX, |(_, known)| *known);
        }
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(compose(parts, lexicon));
        self.known.push((*parts, id));
        id
    }
}

/// Reads the unit at the front of `text`. `context` is what stands before the number in its sentence.
pub(crate) fn unit(text: &str, context: &str, lexicon: &Lexicon) -> Option<UnitMatch> {
    let rest = text.trim_start_matches([' ', '\u{3000}', '\u{A0}']);
    let gap = text.len() - rest.len();
    let (length, row, inside, half) = simple(rest, context, lexicon)?;
    if goes_on(rest, length) || divides_money(rest, length, lexicon) {
        return None;
    }
    let entry = lexicon.entry(row)?;
    let (kind, noun) = match entry {
        Entry::Unit(unit) => (unit.kind, false),
        Entry::Classifier(classifier) => (Kind::Count, classifier.noun),
        _ => return None,
    };
    if gap > 0 && noun && !is_set_apart(gap, context, rest.get(length..)?) {
        return None;
    }
    let mut found = UnitMatch {
        length: gap + length,
        gap,
        parts: [Some(Part { row, divides: false, power: 0 }), None, None],
        kind,
        noun,
        inside,
        half,
    };
    if noun {
        return Some(found);
    }
    compound(&mut found, entry, text, context, lexicon);
    Some(found)
}

/// The longest unit at the front; its first character where the noun behind that is longer than what a unit takes of it: 个 of
/// 个点位, 成 of 成员工, 年 of 年生产总值, 台 of 台阶梯教室设备, 人 of 人次之.
fn unit_of<'a>(text: &str, lexicon: &'a Lexicon) -> Option<(usize, &'a [RowId])> {
    let (length, rows) = lexicon.unit(text)?;
    let head = '个'.len_utf8();
    // 3大项目 counts 项目, 7大项 does not.
    let grand = text.strip_prefix('大').and_then(|noun| lexicon.opening(noun, Role::Grand));
    if grand.is_some_and(|noun| length > head && head + noun.len() > length) {
        return Some((head, lexicon.unit_named(text.get(..head)?)));
    }
    if length <= head || !text.starts_with(['个', '個', '成', '年', '台', '人']) {
        return Some((length, rows));
    }
    let word = lexicon.unit(text.get(head..)?).filter(|(word, rows)| {
        let noun = |row: &RowId| match lexicon.entry(*row) {
            Some(Entry::Classifier(classifier)) => classifier.noun,
            entry => matches!(entry, Some(Entry::NonUnit)),
        };
        head + word > length && rows.iter().all(noun)
    });
    if word.is_none() { Some((length, rows)) } else { Some((head, lexicon.unit_named(text.get(..head)?))) }
}

/// The longest simple unit: its length, its row, and a hedge or a half inside it.
pub(super) fn simple(text: &str, context: &str, lexicon: &Lexicon) -> Option<(usize, RowId, Option<RowId>, bool)> {
    if let Some((length, row)) = spread(text, context, lexicon) {
        return Some((length, row, None, false));
    }
    let (length, rows) = tenths(text, context, lexicon).or_else(|| unit_of(text, lexicon))?;
    let surface = text.get(..length)?;
    // 三个多月, 一个半月: the unit is 个月.
    if let Some(rest) = text.strip_prefix('个').or_else(|| text.strip_prefix('個')) {
        let head = text.len() - rest.len();
        let word = lexicon.word(rest).and_then(|(length, rows)| {
            let hedge =
                |row: &&RowId| matches!(lexicon.entry(**row), Some(Entry::Modifier { place: Place::Inside, .. }));
            let inside = rows.iter().find(hedge)?;
            Some((length, *inside))
        });
        let half = rest.starts_with('半');
        let split = if half { Some(('半'.len_utf8(), None)) } else { word.map(|(length, row)| (length, Some(row))) };
        if let Some((skip, inside)) = split {
            let whole = format!("{}{}", text.get(..head)?, rest.get(skip..)?.chars().take(3).collect::<String>());
            if let Some((found, rows)) = lexicon.unit(&whole)
                && found > head
                && let Some(row) = choose(rows, whole.get(..found)?, (context, "…"), lexicon)
            {
                return Some((found + skip, row, inside, half));
            }
        }
    }
    // 3分20秒: minutes, because seconds follow.
    let minutes = || {
        let behind = text.get(length..)?;
        let seconds = numeral::read(behind, lexicon).and_then(|numeral| behind.get(numeral.length()..))?;
        seconds.starts_with('秒').then(|| lexicon.unit_named("分钟").first().copied()).flatten()
    };
    let counted = |row: &RowId| match lexicon.entry(*row) {
        Some(Entry::Classifier(classifier)) => !classifier.noun,
        Some(Entry::Unit(unit)) => &*unit.dimension == "time",
        _ => false,
    };
    let counts =
        || text.get(length..).and_then(|behind| lexicon.unit(behind)).is_some_and(|(_, rows)| rows.iter().any(counted));
    let row = match surface {
        "分" => minutes(),
        // 第八、第九两条, 三两天: a number of its own.
        "两" | "兩" if counts() => return None,
        // 满500打8折: what follows is a number of its own.
        "打" if text.get(length..)?.starts_with(|c| is_digit(c) || lexicon.is_numeral_char(c)) => return None,
        // 四大领域, but not 三大战役, which are known by this name, nor 前五大行业 and 第二大市场.
        "大" if context.ends_with(['前', '第']) || !opens_grand(text.get(length..)?, lexicon) => return None,
        _ => None,
    };
    let row = row.or_else(|| choose(rows, surface, (context, text.get(length..)?), lexicon))?;
    Some((length, row, None, false))
}

/// 5大市场: behind digits 大 counts a noun of that sort, whatever is told of it. 第2大市场 is a rank.
pub(super) fn grand(text: &str, context: &str, lexicon: &Lexicon) -> Option<UnitMatch> {
    let noun = text.strip_prefix('大').filter(|_| !context.ends_with(['前', '第', '.', '版']))?;
    lexicon.opening(noun, Role::Grand)?;
    let row = lexicon.unit_named("大").first().copied()?;
    let part = Some(Part { row, divides: false, power: 0 });
    let length = '大'.len_utf8();
    Some(UnitMatch {
        length,
        gap: 0,
        parts: [part, None, None],
        kind: Kind::Count,
        noun: false,
        inside: None,
        half: false,
    })
}

/// 四大领域，: what is counted ends the clause or the member of a list; 四大产业产值 is what something else is told of.
fn opens_grand(text: &str, lexicon: &Lexicon) -> bool {
    let behind = lexicon.opening(text, Role::Grand).and_then(|word| text.get(word.len()..));
    behind.is_some_and(|behind| numeral::ends(behind) || behind.starts_with(['、', '：', '和', '及', '”', '中', '共']))
}

/// The reading of a surface that the words around it call for, else the first. Where all its readings have words to call for
/// them, it is read beside these only: 300K of a temperature, 100M of a bandwidth.
pub(super) fn choose(rows: &[RowId], surface: &str, around: (&str, &str), lexicon: &Lexicon) -> Option<RowId> {
    if let [only] = rows {
        return if lexicon.has_readings(surface) { lexicon.reading(surface, around, rows) } else { Some(*only) };
    }
    let first = || rows.first().copied().filter(|_| !lexicon.has_readings(surface));
    let (context, after) = around;
    let of = |dimension: &str| {
        rows.iter().find(|row| matches!(lexicon.entry(**row), Some(Entry::Unit(unit)) if &*unit.dimension == dimension))
    };
    // 3分20秒, 5块3毛: the smaller unit behind tells. 三块 by itself is money.
    let told = next_dimension(after, lexicon).and_then(&of);
    // 六十分 by itself is a score.
    let alone =
        || of("currency").filter(|_| surface != "分" && is_hedge(context, lexicon) && ends_hedged(after, lexicon));
    // 三块五 is a price, three blocks and five are not said so.
    let price = || {
        let behind =
            after.strip_prefix(|c| is_digit(c) || matches!(lexicon.numeral_char(c), Some(NumeralChar::Digit(_))));
        of("currency").filter(|_| matches!(surface, "块" | "塊") && behind.is_some_and(numeral::ends))
    };
    let called = || lexicon.reading(surface, around, rows).or_else(first);
    told.or_else(alone).or_else(price).copied().or_else(called)
}

/// Whether nothing stands before a number but a hedge.
fn is_hedge(before: &str, lexicon: &Lexicon) -> bool {
    let hedge = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::Before, .. }));
    before.is_empty() || lexicon.word_named(before).iter().any(hedge)
}

/// Whether the clause ends behind a unit, or behind the hedge that follows it: 五百块左右.
fn ends_hedged(after: &str, lexicon: &Lexicon) -> bool {
    let behind = after.trim_start_matches(['多', '余', '餘']);
    let hedge = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }));
    let past = || {
        let (length, rows) = lexicon.word(behind)?;
        behind.get(length..).filter(|_| rows.iter().any(hedge))
    };
    numeral::ends(behind) || past().is_some_and(numeral::ends)
}

/// The dimension of the quantity that goes on right behind a unit.
fn next_dimension<'a>(after: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    let after = after.strip_prefix('零').filter(|behind| behind.starts_with(is_digit)).unwrap_or(after);
    let numeral = numeral::read(after, lexicon)?;
    let (_, rows) = lexicon.unit(after.get(numeral.length()..)?)?;
    rows.iter().find_map(|row| match lexicon.entry(*row) {
        Some(Entry::Unit(unit)) if matches!(&*unit.dimension, "time" | "currency") => Some(&*unit.dimension),
        _ => None,
    })
}

pub(super) fn is_scale(ch: char, lexicon: &Lexicon) -> bool {
    matches!(lexicon.numeral_char(ch), Some(NumeralChar::Scale(_) | NumeralChar::Unit(_)))
}

/// The power, where a value is a power of ten.
pub(super) fn power_of_ten(value: &Exact) -> Option<i32> {
    let text = value.to_string();
    let zeros = text.strip_prefix('1')?;
    zeros.bytes().all(|b| b == b'0').then(|| i32::try_from(zeros.len()).ok()).flatten()
}

/// Letters behind letters make another word, digits behind digits another number: 3 in the, 2m20.
pub(super) fn goes_on(text: &str, length: usize) -> bool {
    let last = text.get(..length).and_then(|unit| unit.chars().next_back());
    let next = text.get(length..).and_then(|rest| rest.chars().next());
    last.is_some_and(|c| c.is_ascii_alphabetic()) && next.is_some_and(|c| c.is_ascii_alphanumeric())
        || last.is_some_and(is_digit) && next.is_some_and(is_digit)
}

/// 30/10万元: what looks like a rate's base is an amount beside another.
fn divides_money(text: &str, length: usize, lexicon: &Lexicon) -> bool {
    text.starts_with(['/', '／']) && text.get(length..).is_some_and(|behind| numeral::counts_money(behind, lexicon))
}

fn compose(parts: &Parts, lexicon: &Lexicon) -> ComposedUnit {
    let mut out = ComposedUnit {
        code: String::new(),
        dimension: String::new(),
        base_unit: String::new(),
        factor: Exact::integer(1),
        offset: None,
        local: false,
    };
    let composed = parts.iter().flatten().count() > 1;
    for part in parts.iter().flatten() {
        let (code, dimension, base, factor, offset) = match lexicon.entry(part.row) {
            Some(Entry::Unit(unit)) => of_unit(unit, lexicon),
            Some(Entry::Classifier(classifier)) => of_classifier(classifier, composed),
            _ => continue,
        };
        out.local |= matches!(lexicon.entry(part.row), Some(Entry::Unit(unit)) if unit.local);
        if !out.code.is_empty() {
            let (sign, word) = if part.divides { ("/", "/") } else { (".", "·") };
            out.code.push_str(sign);
            out.base_unit.push_str(sign);
            out.dimension.push_str(word);
        }
        if part.power == 0 {
            out.code.push_str(code);
        } else {
            let _ = write!(out.code, "(10*{}.{code})", part.power);
        }
        out.base_unit.push_str(base);
        out.dimension.push_str(dimension);
        let factor = factor.scaled(part.power);
        out.factor = if part.divides { out.factor.divided(&factor) } else { out.factor.times(&factor) };
        if !composed {
            out.offset = offset;
        }
    }
    out
}

type UnitFields<'a> = (&'a str, &'a str, &'a str, Exact, Option<Exact>);

/// Factors are those of the code: 角 is written as a part of CNY.
fn of_unit<'a>(unit: &'a Unit, lexicon: &'a Lexicon) -> UnitFields<'a> {
    let factor = lexicon.factor_of(&unit.code).cloned().unwrap_or_else(|| unit.factor.clone());
    (&unit.code, &unit.dimension, lexicon.base_unit(unit), factor, unit.offset.clone())
}

fn of_classifier(classifier: &Classifier, composed: bool) -> UnitFields<'_> {
    let code = if composed { &*classifier.ucum } else { "1" };
    (code, "count", if composed { code } else { "1" }, Exact::integer(1), None)
}
