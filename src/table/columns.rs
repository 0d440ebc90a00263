//! The columns: one entry each, with its name, its name in Chinese, its description and how it is read from a fact.
//!
//! Adding a column is adding an entry here; its type follows from how it is read. The order is the table's.

use std::borrow::Cow;

use crate::exact::Exact;
use crate::terms::{Bound, Comparison, Direction, Kind, Relation, Status};

use super::frame::Row;
use super::schema::Presence::{Always, MaybeEmpty, MaybeNull};
use super::schema::{ColumnSpec, Presence, Read};

/// Every column, in the order of the table.
pub const COLUMNS: [ColumnSpec; 29] = [
    text("document", "文档", Always, "Path relative to the input root, with / between its parts", |row| {
        Some(row.document.path.into())
    }),
    text(
        "document_id",
        "文档编号",
        Always,
        "BLAKE3 of the file's raw bytes, the first 32 hexadecimal digits",
        |row| Some(row.document.id.into()),
    ),
    whole("fact", "序号", Always, "Ordinal in the document, in order of appearance, from 0, over all kinds", |row| {
        Some(row.fact.fact)
    }),
    text("section", "章节", MaybeEmpty, "Headings above, from outermost to innermost, joined with ›", |row| {
        Some(row.fact.section())
    }),
    whole("line", "行号", Always, "Line of the file on which the span starts, from 1", |row| Some(row.fact.line)),
    whole("char_start", "起始字符", Always, "First character of the span, in Unicode scalar values from 0", |row| {
        Some(row.fact.char_start)
    }),
    whole("char_end", "结束字符", Always, "One past the last character of the span", |row| Some(row.fact.char_end)),
    text("text", "原文", Always, "The words of the span, line breaks taken out", |row| Some(row.fact.text().into())),
    text("sentence", "所在句", MaybeEmpty, "The sentence it stands in, broken lines rejoined", |row| {
        Some(row.fact.sentence().into())
    }),
    text("kind", "类别", Always, "What sort of number it is", |row| word(row.fact.kind.as_str())).of_words(KINDS),
    float(
        "value",
        "数值",
        MaybeNull,
        "The number times its scale, in unit; the midpoint of a range; null beyond f64",
        |row| finite(row.fact.value.as_ref()),
    ),
    float("lower", "下限", MaybeNull, "Lower bound of what the text claims", |row| finite(row.fact.bounds().0)),
    float("upper", "上限", MaybeNull, "Upper bound of what the text claims", |row| finite(row.fact.bounds().1)),
    text("bound", "限定", Always, "How the text hedges the value", |row| word(row.fact.bound.as_str()))
        .of_words(BOUNDS),
    small("decimals", "精度", MaybeNull, "Stated to within 10^-decimals of unit, as in XBRL", |row| {
        row.fact.decimals
    }),
    text("unit", "单位", MaybeNull, "The unit as written, scale taken out", |row| row.fact.unit().map(Cow::Borrowed)),
    text(
        "unit_code",
        "单位代码",
        MaybeNull,
        "ISO 4217 code for money, else UCUM; 1 for counts and ratios, pp for 百分点",
        |row| row.fact.composed_unit().map(|unit| unit.code.as_str().into()),
    ),
    text("dimension", "量纲", MaybeNull, "What the unit measures; compounds as currency/area", |row| {
        row.fact.composed_unit().map(|unit| unit.dimension.as_str().into())
    }),
    float("base_value", "基准值", MaybeNull, "The value in the base unit of its dimension", |row| {
        finite(row.fact.base_value().as_ref())
    }),
    text("base_unit", "基准单位", MaybeNull, "The base unit of the dimension", |row| {
        row.fact.composed_unit().map(|unit| unit.base_unit.as_str().into())
    }),
    text("indicator", "指标", MaybeNull, "What is measured or counted, in the text's own words", |row| {
        row.fact.indicator()
    }),
    text("relation", "关系", MaybeNull, "What the value says about the indicator; null for dates and labels", |row| {
        row.fact.relation.and_then(|relation| word(relation.as_str()))
    })
    .of_words(RELATIONS),
    text("direction", "方向", MaybeNull, "For a change: which way", |row| {
        row.fact.direction.and_then(|direction| word(direction.as_str()))
    })
    .of_words(DIRECTIONS),
    text("comparison", "比较", MaybeNull, "For a change or multiple: against what", |row| {
        row.fact.comparison.and_then(|comparison| word(comparison.as_str()))
    })
    .of_words(COMPARISONS),
    whole("of_fact", "所属序号", MaybeNull, "The fact of the same document that this one qualifies", |row| {
        row.fact.of_fact
    }),
    text("period", "时期", MaybeNull, "The period in ISO 8601: 2022, 2022-11, 2022-Q1, 2022-01/2022-11", |row| {
        row.fact.period.map(|period| period.to_string().into())
    }),
    day("period_start", "时期起", MaybeNull, "First day of the period", |row| {
        row.fact.period.map(|period| period.start)
    }),
    day("period_end", "时期止", MaybeNull, "Last day of the period", |row| row.fact.period.map(|period| period.end)),
    text("status", "状态", MaybeNull, "Whether the value happened or is aimed at", |row| {
        row.fact.status.and_then(|status| word(status.as_str()))
    })
    .of_words(STATUSES),
];

const KINDS: fn() -> Vec<&'static str> = || Kind::ALL.iter().map(|kind| kind.as_str()).collect();
const BOUNDS: fn() -> Vec<&'static str> = || Bound::ALL.iter().map(|bound| bound.as_str()).collect();
const RELATIONS: fn() -> Vec<&'static str> = || Relation::ALL.iter().map(|relation| relation.as_str()).collect();
const DIRECTIONS: fn() -> Vec<&'static str> = || Direction::ALL.iter().map(|direction| direction.as_str()).collect();
const COMPARISONS: fn() -> Vec<&'static str> =
    || Comparison::ALL.iter().map(|comparison| comparison.as_str()).collect();
const STATUSES: fn() -> Vec<&'static str> = || Status::ALL.iter().map(|status| status.as_str()).collect();

const fn text(
    name: &'static str,
    chinese: &'static str,
    presence: Presence,
    description: &'static str,
    read: for<'a> fn(&Row<'a>) -> Option<Cow<'a, str>>,
) -> ColumnSpec {
    ColumnSpec::new([name, chinese], presence, description, Read::Text(read))
}

const fn whole(
    name: &'static str,
    chinese: &'static str,
    presence: Presence,
    description: &'static str,
    read: fn(&Row<'_>) -> Option<u32>,
) -> ColumnSpec {
    ColumnSpec::new([name, chinese], presence, description, Read::Whole(read))
}

const fn small(
    name: &'static str,
    chinese: &'static str,
    presence: Presence,
    description: &'static str,
    read: fn(&Row<'_>) -> Option<i8>,
) -> ColumnSpec {
    ColumnSpec::new([name, chinese], presence, description, Read::Small(read))
}

const fn float(
    name: &'static str,
    chinese: &'static str,
    presence: Presence,
    description: &'static str,
    read: fn(&Row<'_>) -> Option<f64>,
) -> ColumnSpec {
    ColumnSpec::new([name, chinese], presence, description, Read::Float(read))
}

const fn day(
    name: &'static str,
    chinese: &'static str,
    presence: Presence,
    description: &'static str,
    read: fn(&Row<'_>) -> Option<crate::calendar::Date>,
) -> ColumnSpec {
    ColumnSpec::new([name, chinese], presence, description, Read::Day(read))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape in which every text column is read")]
const fn word(text: &'static str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(text))
}

/// The nearest `f64`; none where no finite one is near. Adding zero makes a negative zero plain.
fn finite(value: Option<&Exact>) -> Option<f64> {
    value.map(Exact::to_f64).filter(|value| value.is_finite()).map(|value| value + 0.0)
}
