//! What a row of each table says, typed.

use crate::exact::Exact;
use crate::terms::{Bound, Comparison, Currency, Direction, Kind, Status};

use super::role::{ChangeForm, ComparisonForm, Place, Reach, Role};
use super::rows::{Cells, LexiconError};

/// The meaning of one row.
#[derive(Debug, Clone)]
pub(crate) enum Entry {
    /// A unit of measure or money.
    Unit(Box<Unit>),
    /// A classifier, or a noun that is counted without one.
    Classifier(Classifier),
    /// A word that starts like a unit and is none.
    NonUnit,
    /// A fixed word with a numeral in it: the kind of its row, or none.
    Label(Option<Kind>),
    /// A hedge and where it stands.
    Modifier { bound: Bound, place: Place },
    /// A word of growth or decline.
    Change { direction: Direction, form: ChangeForm },
    /// A word that names what is compared with.
    Comparison { comparison: Comparison, form: ComparisonForm },
    /// A word for a time.
    Period(PeriodWord),
    /// A word that tells a result from a target.
    Status { status: Status, reach: Reach },
    /// A word that plays a part in a clause.
    Cue(Role),
    /// A character of Han numerals.
    Numeral(NumeralChar),
    /// A scale in Latin letters.
    Latin(LatinScale),
    /// A reading of a unit surface that has several, and the words before the number that call for it.
    Ambiguous { reading: Box<str>, near: Vec<Box<str>> },
    /// Words of an institution that tell whose 元 is meant.
    Region { currency: Box<str>, times: usize },
}

impl Entry {
    /// Whether the words of the row are asked for at one place only.
    pub(super) const fn stands_beside(&self) -> bool {
        match self {
            Self::Cue(role) => role.stands_beside(),
            Self::Modifier { place, .. } => matches!(place, Place::Than),
            Self::Latin(_) => true,
            _ => false,
        }
    }
}

/// A unit of measure: its canonical code and the way to its base unit.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    pub(crate) code: Box<str>,
    pub(crate) dimension: Box<str>,
    pub(crate) factor: Exact,
    pub(crate) offset: Option<Exact>,
    /// Its factor over that of the code's first row, where they differ: 0.1 for 角 of CNY.
    pub(crate) of_code: Option<Exact>,
    /// Whether it is money of the region that the text speaks of.
    pub(crate) local: bool,
}

/// A classifier and its annotation in compound units.
#[derive(Debug, Clone)]
pub(crate) struct Classifier {
    /// UCUM annotation such as `{person}`, or `1`.
    pub(crate) ucum: Box<str>,
    /// A counted noun: it stays outside the number's span.
    pub(crate) noun: bool,
}

/// What a character of a Han numeral does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumeralChar {
    /// 一 to 九
    Digit(u8),
    /// 壹 to 玖: digits of sums of money, words by themselves (队伍, 大陆)
    Formal(u8),
    /// 零: a gap
    Zero,
    /// 十 百 千: ten to the power of
    Unit(u8),
    /// 万 亿: ten to the power of
    Scale(u8),
    /// 廿 卅
    Tens(u8),
    /// 点
    Point,
    /// 半
    Half,
}

/// A scale in Latin letters: ten to the power of, and where it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LatinScale {
    /// million bn: behind any number
    Word(u8),
    /// k M: before what is counted, and behind money
    Letter(u8),
    /// m b: behind money only
    Money(u8),
}

/// A word for a time, as a rule over the year of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodWord {
    /// A year so many years after the text's.
    Year(i16),
    /// Months of the year at hand.
    Months(u8, u8),
    /// The year as far as a moment: 年末, 截至.
    ToDate,
    /// The year at hand as a whole: 全年.
    Whole,
    /// The year told of last: 这一年.
    That,
    /// The same period a year before: 上年同期.
    SamePeriodBefore,
    /// The period at hand: 同期的进口.
    SamePeriod,
    /// The month or the quarter before the one at hand.
    Before,
    /// The year up to the end of the period at hand: 年初至报告期末.
    SoFar,
    /// The seven days before those at hand.
    WeekBefore,
    /// The day at hand, or that of the date line: 当日.
    Day,
    /// The stretch of so many months that was named last, a week for none: 本季, 本月, 本周.
    This(u8),
    /// A five-year plan, by its number.
    FiveYearPlan(u8),
    /// The years of a term that ends with the text's year: 过去五年.
    Term(i16),
}

impl std::str::FromStr for PeriodWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not one of: year:OFFSET, months:FIRST-LAST, to_date, whole, that, same_period_before, \
                 same_period, before, week_before, day, this:MONTHS, so_far, plan:NUMBER, term:YEARS"
            )
        };
        let (name, value) = text.split_once(':').unwrap_or((text, ""));
        Ok(match name {
            "year" => Self::Year(value.parse().map_err(|_| wrong())?),
            "months" => {
                let (first, last) = value.split_once('-').ok_or_else(wrong)?;
                Self::Months(first.parse().map_err(|_| wrong())?, last.parse().map_err(|_| wrong())?)
            }
            "to_date" => Self::ToDate,
            "whole" => Self::Whole,
            "that" => Self::That,
            "same_period_before" => Self::SamePeriodBefore,
            "same_period" => Self::SamePeriod,
            "before" => Self::Before,
            "so_far" => Self::SoFar,
            "week_before" => Self::WeekBefore,
            "day" => Self::Day,
            "this" => Self::This(value.parse().map_err(|_| wrong())?),
            "plan" => Self::FiveYearPlan(value.parse().map_err(|_| wrong())?),
            "term" => Self::Term(value.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        })
    }
}

/// The code of money whose region the text tells, or the caller.
const LOCAL: &str = "¤";

pub(super) fn unit(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let factor = cells.get("factor")?;
    let (factor, offset) = factor.split_once('+').map_or((factor, None), |(factor, offset)| (factor, Some(offset)));
    let exact = |text: &str| text.parse::<Exact>().map_err(|error| cells.error(format!("column `factor`: {error}")));
    let kind: Kind = cells.parse("kind")?;
    if !matches!(
        kind,
        Kind::Measure | Kind::Count | Kind::Percent | Kind::PercentagePoint | Kind::Multiple | Kind::Number
    ) {
        return Err(cells.error(format!("a unit cannot be of kind `{kind}`")));
    }
    let code = cells.get("code")?;
    let local = code == LOCAL;
    Ok(Entry::Unit(Box::new(Unit {
        kind,
        code: if local { Currency::default().as_str() } else { code }.into(),
        dimension: cells.get("dimension")?.into(),
        factor: exact(factor)?,
        offset: offset.map(exact).transpose()?,
        of_code: None,
        local,
    })))
}

pub(super) fn classifier(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let noun = match cells.get("use")? {
        "classifier" => false,
        "noun" => true,
        other => return Err(cells.error(format!("column `use`: `{other}` is not one of: classifier, noun"))),
    };
    Ok(Entry::Classifier(Classifier { ucum: cells.get("ucum")?.into(), noun }))
}

pub(super) fn label(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Label(if cells.get("kind")? == "none" { None } else { Some(cells.parse("kind")?) }))
}

pub(super) fn modifier(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Modifier { bound: cells.parse("bound")?, place: cells.parse("place")? })
}

pub(super) fn change(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Change { direction: cells.parse("direction")?, form: cells.parse("form")? })
}

pub(super) fn comparison(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Comparison { comparison: cells.parse("comparison")?, form: cells.parse("form")? })
}

pub(super) fn period(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Period(cells.parse("period")?))
}

pub(super) fn status(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Status { status: cells.parse("status")?, reach: cells.parse("reach")? })
}

pub(super) fn cue(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Cue(cells.parse("role")?))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape in which every table reads its rows")]
pub(super) fn nonunit(_: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::NonUnit)
}

pub(super) fn numeral(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let value: u8 = cells.parse("value")?;
    let class = match cells.get("class")? {
        "word" => return Ok(Entry::Latin(LatinScale::Word(value))),
        "letter" => return Ok(Entry::Latin(LatinScale::Letter(value))),
        "money" => return Ok(Entry::Latin(LatinScale::Money(value))),
        "digit" => NumeralChar::Digit(value),
        "formal" => NumeralChar::Formal(value),
        "zero" => NumeralChar::Zero,
        "unit" => NumeralChar::Unit(value),
        "scale" => NumeralChar::Scale(value),
        "tens" => NumeralChar::Tens(value),
        "point" => NumeralChar::Point,
        "half" => NumeralChar::Half,
        other => {
            return Err(cells.error(format!(
                "column `class`: `{other}` is not one of: digit, formal, zero, unit, scale, tens, point, half, word, letter, \
                 money"
            )));
        }
    };
    Ok(Entry::Numeral(class))
}

pub(super) fn ambiguous(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let near = cells.optional("near").split('|').filter(|word| !word.is_empty()).map(Into::into).collect();
    Ok(Entry::Ambiguous { reading: cells.get("reading")?.into(), near })
}

pub(super) fn region(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let times = if cells.optional("times").is_empty() { 1 } else { cells.parse("times")? };
    Ok(Entry::Region { currency: cells.get("currency")?.into(), times })
}
