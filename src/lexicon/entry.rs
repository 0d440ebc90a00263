//! What a row of each table says, typed.

use crate::exact::Exact;
use crate::terms::{Bound, Comparison, Direction, Kind, Status};

use super::rows::{Cells, LexiconError};

/// The meaning of one row.
#[derive(Debug, Clone)]
pub(crate) enum Entry {
    /// A unit of measure or money.
    Unit(Unit),
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
    /// A reading of a unit surface that has several, and the words before the number that call for it.
    Ambiguous { reading: Box<str>, near: Vec<Box<str>> },
    /// Words of an institution that tell whose 元 is meant.
    Region { currency: Box<str> },
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
}

/// A classifier and its annotation in compound units.
#[derive(Debug, Clone)]
pub(crate) struct Classifier {
    /// UCUM annotation such as `{person}`, or `1`.
    pub(crate) ucum: Box<str>,
    /// A counted noun: it stays outside the number's span.
    pub(crate) noun: bool,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$item_doc])* $item,)+ }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$item),)+
                    _ => Err(format!("`{text}` is not one of: {}", [$($text),+].join(", "))),
                }
            }
        }
    };
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

words! {
    /// Where a hedge stands.
    Place {
        /// 约18亿元
        Before = "before",
        /// 18亿元以上
        After = "after",
        /// 420余家
        Inside = "inside",
        /// 上千户: before a scale without a digit
        Bare = "bare",
        /// 不到30人, and where the clause ends, 30人不到
        Around = "around",
    }
}

words! {
    /// How a word of change is used.
    ChangeForm {
        /// 增长3%
        Verb = "verb",
        /// 增速为3%
        Noun = "noun",
        /// 增加岗位500个: may have what it counts between it and the number.
        Object = "object",
        /// 净增5户: a change of its own, whatever is compared.
        Net = "net",
        /// 减持5%: a deal that is itself what is measured.
        Deal = "deal",
    }
}

words! {
    /// How a word of comparison is used.
    ComparisonForm {
        /// 同比: compares by itself.
        Adverb = "adverb",
        /// 上年: compares behind 比 or 较.
        Base = "base",
    }
}

words! {
    /// Over what a word of status reaches.
    Reach {
        /// Its clause.
        Clause = "clause",
        /// A section whose heading or first words hold it.
        Section = "section",
        /// Like clause, where the word is a verb and no noun: 计划建成, but 增产计划.
        Verb = "verb",
        /// Like clause, unless it marks what is acted on: 将建成, but 将其转让.
        Coverb = "coverb",
        /// A forecast: the level that a change starts from is a result all the same.
        Forecast = "forecast",
        /// From the word to the end of the sentence, noun or verb.
        Sentence = "sentence",
    }
}

words! {
    /// The part that a function word plays.
    Role {
        /// 比 较: opens a comparison.
        Than = "than",
        /// 达 为 是: stands between what is measured and the number.
        Copula = "copula",
        /// 从 由: opens an earlier level.
        From = "from",
        /// 到 至: with a word of change before it, opens the level reached.
        To = "to",
        /// 占 比重: a part of a whole.
        Share = "share",
        /// 完成: with a plan behind it, progress.
        Progress = "progress",
        /// 计划 预算: what progress is measured against.
        Plan = "plan",
        /// 分别: gives each number its own.
        Respectively = "respectively",
        /// 其中: a part of what was named before.
        Among = "among",
        /// 电话 邮编: numbers behind it are codes.
        Code = "code",
        /// 单位: names the unit of a table.
        Caption = "caption",
        /// 即: says the same again in another unit.
        Restates = "restates",
        /// 罚款 应当: words of law, under which amounts are limits.
        Law = "law",
        /// 其 该: nothing by itself; left off the front of an indicator.
        Filler = "filler",
        /// 关键词 举措: opens a heading.
        Heading = "heading",
        /// 本报 新华社: opens a new text.
        Opening = "opening",
        /// 相比: closes a comparison whose other side stands before it.
        Versus = "versus",
        /// 每 按: opens a rate (每千人口).
        Per = "per",
        /// 过去 近 未来: with a length of time, a window.
        Window = "window",
        /// 占比 不良率: names a rate; a percent behind it is a level.
        Rate = "rate",
        /// 表 图: the number behind it is its own.
        Numbered = "numbered",
        /// 中央 全国: behind 十九届, the body whose term it is.
        Body = "body",
        /// 会议 全会: behind 二次, a meeting in a row.
        Meeting = "meeting",
        /// 计划 行动: behind a length of time, a name (五年计划).
        PlanName = "plan_name",
        /// 层 楼 室: units of addresses.
        AddressPart = "address_part",
        /// 国道 面体: behind a bare number, makes a name of it (318国道).
        Names = "names",
        /// 方 星: a Han digit before it names and does not count (四方, 三星).
        Named = "named",
        /// 次 期: behind 二, which does not count, it is the second.
        Second = "second",
        /// 近 过去: before years, a window of time that the figures are about.
        Recent = "recent",
        /// 发布 印发: the date before it is that of the text.
        Publishes = "publishes",
        /// 规划 行动: behind a date, what the date belongs to.
        Dated = "dated",
        /// 用于 建设: behind a number, opens the next predicate.
        Predicate = "predicate",
        /// 总数 余额: with nothing else before the number, belongs to what was measured before.
        Relative = "relative",
        /// 在 这些 如果: at the front of the words of an indicator, says nothing of what is measured.
        Lead = "lead",
        /// 以 向: at the end of the words of an indicator, leads on to the number.
        Coverb = "coverb",
        /// 派出 完成: between two numbers, parts what the first counts from what the second measures.
        Act = "act",
        /// 把 使: what is acted on stands behind it, who acts before it.
        Acted = "acted",
        /// 来 内 后: behind a length of time, makes it the time in which something happens.
        Stretch = "stretch",
        /// 新增: of the time at hand alone, and no part of a total.
        Fresh = "fresh",
        /// 浙江 境外: names a place.
        Area = "area",
        /// 率先: no cue although it looks like one.
        Not = "not",
    }
}

impl Role {
    /// Whether its words are asked for beside a number only.
    pub(crate) const fn stands_beside_number(self) -> bool {
        use Role::{AddressPart, Body, Meeting, Named, Names, PlanName, Second};
        matches!(self, AddressPart | Body | Meeting | Named | Names | PlanName | Second)
    }
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
    /// The same period a year before: 上年同期.
    SamePeriodBefore,
    /// The month before the one at hand.
    MonthBefore,
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
                "`{text}` is not one of: year:OFFSET, months:FIRST-LAST, to_date, whole, same_period_before, \
                 month_before, plan:NUMBER, term:YEARS"
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
            "same_period_before" => Self::SamePeriodBefore,
            "month_before" => Self::MonthBefore,
            "plan" => Self::FiveYearPlan(value.parse().map_err(|_| wrong())?),
            "term" => Self::Term(value.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        })
    }
}

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
    Ok(Entry::Unit(Unit {
        kind,
        code: cells.get("code")?.into(),
        dimension: cells.get("dimension")?.into(),
        factor: exact(factor)?,
        offset: offset.map(exact).transpose()?,
        of_code: None,
    }))
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
    Ok(Entry::Numeral(match cells.get("class")? {
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
                "column `class`: `{other}` is not one of: digit, formal, zero, unit, scale, tens, point, half"
            )));
        }
    }))
}

pub(super) fn ambiguous(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    let near = cells.optional("near").split('|').filter(|word| !word.is_empty()).map(Into::into).collect();
    Ok(Entry::Ambiguous { reading: cells.get("reading")?.into(), near })
}

pub(super) fn region(cells: &Cells<'_>) -> Result<Entry, LexiconError> {
    Ok(Entry::Region { currency: cells.get("currency")?.into() })
}
