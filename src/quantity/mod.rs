//! Stage 5: quantities: a numeral with its unit or classifier, its hedge, its sign; ranges and shared units.

mod article;
mod hedge;
mod range;
mod sign;
mod unit;

pub(crate) use hedge::{Ends, bounds, word_before};
pub use unit::ComposedUnit;
pub(crate) use unit::{StatedUnit, Units, stated_unit};

use crate::exact::Exact;
use crate::lex::Lexemes;
use crate::lexicon::{Entry, Lexicon, Role, RowId};
use crate::numeral::{Numeral, Sort};
use crate::terms::{Bound, Direction, Kind};
use crate::text::{InFlow, Span};
use crate::trace::{Column, Trace};
use unit::{Part, UnitMatch, unit};

/// A numeral with what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    /// Sign, numeral, unit.
    pub(crate) span: Span<InFlow>,
    /// What the unit makes of it; none for a bare number.
    pub(crate) kind: Option<Kind>,
    /// The value in the unit; none for three terms.
    pub(crate) value: Option<Exact>,
    /// The ends of a range.
    pub(crate) ends: Option<Box<Ends>>,
    /// The hedge's meaning.
    pub(crate) bound: Bound,
    /// XBRL decimals.
    pub(crate) decimals: i32,
    /// The unit as written.
    pub(crate) unit: Option<Span<InFlow>>,
    /// The composed unit, by its place in the document's units.
    pub(crate) composed: Option<u32>,
    /// A length of time.
    pub(crate) time: bool,
    /// The sign before it, if one stands there.
    pub(crate) sign: Option<Direction>,
    /// Written with Han characters only.
    pub(crate) han: bool,
    /// The power of the numeral's scale.
    pub(crate) scale: i32,
    /// The numeral starts with its scale: 百 of 近百人.
    pub(crate) bare: bool,
    /// What made it so.
    pub(crate) trace: Trace,
}

/// What the stage reads from.
pub(crate) struct Context<'a> {
    pub(crate) traced: bool,
    pub(crate) text: &'a str,
    pub(crate) segment: Span<InFlow>,
    pub(crate) lexemes: &'a Lexemes,
    pub(crate) lexicon: &'a Lexicon,
}

/// Reads the quantities of a segment from its numerals.
pub(crate) fn quantities(context: &Context<'_>, numerals: &[Numeral], units: &mut Units, out: &mut Vec<Quantity>) {
    out.clear();
    let mut end = context.segment.start;
    let mut rest = numerals;
    while let Some((numeral, behind)) = rest.split_first() {
        rest = behind;
        if numeral.span.start < end {
            continue;
        }
        let mut quantity = context.single(numeral, end, units);
        // 3小时20分, 30度45分: smaller units of one dimension add up.
        while let Some((next, behind)) = rest.split_first()
            && context.adds_up(&mut quantity, next, units)
        {
            rest = behind;
        }
        context.hedge(&mut quantity);
        if let Some((next, behind)) = rest.split_first()
            && let Some(sign) = range::sign_between(context, &quantity, next)
        {
            let mut upper = context.single(next, next.span.start, units);
            let mut behind = behind;
            while let Some((more, after)) = behind.split_first()
                && context.adds_up(&mut upper, more, units)
            {
                behind = after;
            }
            if let Some(whole) = range::join(&quantity, &upper, sign, context) {
                quantity = whole;
                rest = behind;
            }
        }
        end = quantity.span.end;
        out.push(quantity);
    }
    range::share_units(context, out);
    out.retain(|quantity| !context.counts_nothing(quantity));
}

impl Context<'_> {
    fn rest(&self, from: u32) -> &str {
        Span::<InFlow>::new(from, self.segment.end).of(self.text)
    }

    fn before(&self, to: u32) -> &str {
        Span::<InFlow>::new(self.segment.start, to).of(self.text)
    }

    /// One numeral with sign, money sign and unit.
    fn single(&self, numeral: &Numeral, floor: u32, units: &mut Units) -> Quantity {
        let mut quantity = Quantity {
            span: numeral.span,
            kind: None,
            value: Some(numeral.value.clone()),
            ends: None,
            bound: Bound::Exact,
            decimals: numeral.decimals,
            unit: None,
            composed: None,
            time: false,
            sign: None,
            han: numeral.han,
            scale: numeral.scale,
            bare: numeral.bare,
            trace: Trace::new(self.traced),
        };
        quantity.trace.note(Column::Value, "numeral times scale", None, Some(numeral.span));
        match numeral.sort {
            Sort::Plain => self.half_of(&mut quantity),
            Sort::PartOf(whole) => self.part_of(&mut quantity, whole, units),
            Sort::Fraction | Sort::Ratio => quantity.kind = Some(Kind::Ratio),
            Sort::Doubling => quantity.kind = Some(Kind::Multiple),
            Sort::Terms => {
                quantity.kind = Some(Kind::Ratio);
                quantity.value = None;
            }
        }
        if quantity.kind.is_none() {
            self.unit(&mut quantity, units);
        }
        if let Some(row) = numeral.inside
            && let Some(Entry::Modifier { bound, .. }) = self.lexicon.entry(row)
        {
            apply_hedge(&mut quantity, *bound, row, None, "a hedge inside the number");
        }
        if let Some(upper) = &numeral.upper {
            range::spread(&mut quantity, upper);
        }
        self.money_sign(&mut quantity, floor, units);
        self.sign(&mut quantity, floor);
        quantity
    }

    /// 一半, 半数: half of it.
    fn half_of(&self, quantity: &mut Quantity) {
        let (word, rest) = (quantity.span.of(self.text), self.rest(quantity.span.end));
        let tail = match (word, rest.chars().next()) {
            ("一", Some('半')) => '半',
            ("半", Some(tail @ ('数' | '數'))) => tail,
            _ => return,
        };
        quantity.span.end += u32::try_from(tail.len_utf8()).unwrap_or(0);
        quantity.value = Some(Exact::decimal("5", 1));
        quantity.decimals = 1;
        quantity.kind = Some(Kind::Ratio);
    }

    /// 百分之八: the unit stands before the number.
    fn part_of(&self, quantity: &mut Quantity, whole: u32, units: &mut Units) {
        let name = match whole {
            1_000 => "‰",
            10_000 => "‱",
            _ => "%",
        };
        let rows = self.lexicon.unit_named(name);
        let Some(row) = rows.first() else { return };
        let written = quantity.span.of(self.text).find("分之").map_or(0, |at| at + "分之".len());
        let start = quantity.span.from();
        quantity.unit = Some(Span::at(start, start + written));
        quantity.composed =
            Some(units.compose(&[Some(Part { row: *row, divides: false, power: 0 }), None, None], self.lexicon));
        quantity.kind = Some(Kind::Percent);
        quantity.trace.note(Column::Unit, "a part of a hundred", Some(*row), quantity.unit);
    }

    /// The unit behind the numeral.
    fn unit(&self, quantity: &mut Quantity, units: &mut Units) {
        let (context, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        let Some(found) = unit(rest, context, self.lexicon) else { return };
        self.set_unit(quantity, &found, units);
    }

    fn set_unit(&self, quantity: &mut Quantity, found: &UnitMatch, units: &mut Units) {
        let Some(first) = found.parts.first().copied().flatten() else { return };
        let from = quantity.span.to();
        quantity.kind = Some(found.kind);
        quantity.composed = Some(units.compose(&found.parts, self.lexicon));
        let words = Span::at(from + found.gap, from + found.length);
        quantity.trace.note(Column::Unit, "the longest unit behind the number", Some(first.row), Some(words));
        if found.noun {
            return;
        }
        quantity.unit = Some(words);
        quantity.span.end = words.end;
        if let Some(Entry::Unit(unit)) = self.lexicon.entry(first.row) {
            quantity.time = &*unit.dimension == "time" && found.parts.iter().flatten().count() == 1;
            if words.of(self.text) == "番" {
                quantity.value = quantity
                    .value
                    .as_ref()
                    .and_then(Exact::to_u32)
                    .and_then(|n| 2u64.checked_pow(n))
                    .map(Exact::integer);
            }
            // 三成 is 30 %, 5角 is 0.5 CNY: values are in the unit of the code.
            if let Some(ratio) = &unit.of_code {
                quantity.value = quantity.value.as_ref().map(|value| value.times(ratio));
                quantity.decimals += i32::from(*ratio < Exact::integer(1)) - i32::from(*ratio > Exact::integer(1));
            }
        }
        if let Some(row) = found.inside
            && let Some(Entry::Modifier { bound, .. }) = self.lexicon.entry(row)
        {
            apply_hedge(quantity, *bound, row, None, "a hedge inside the unit");
        }
        self.behind_unit(quantity, found);
    }

    /// 一倍多, 两年半, 亿元人民币: what may still belong to the quantity behind its unit.
    fn behind_unit(&self, quantity: &mut Quantity, found: &UnitMatch) {
        let rest = self.rest(quantity.span.end);
        if found.half || rest.starts_with('半') && !rest.starts_with("半数") && quantity.kind != Some(Kind::Count) {
            let half = if found.parts.first().copied().flatten().is_some_and(|part| self.is_tenth(part.row)) {
                "5"
            } else {
                "0.5"
            };
            let half = half.parse().unwrap_or(Exact::ZERO);
            quantity.value = quantity.value.as_ref().map(|value| value.plus(&half));
            quantity.decimals = quantity.decimals.max(1);
            if !found.half {
                quantity.span.end += 3;
            }
            return;
        }
        if let Some((row, length)) = crate::numeral::inside(rest, self.lexicon)
            && let Some(Entry::Modifier { bound: bound @ Bound::MoreThan, .. }) = self.lexicon.entry(row)
            && !rest.starts_with(['几', '幾'])
            && (quantity.time || !matches!(quantity.kind, Some(Kind::Count)))
        {
            let words = Span::at(quantity.span.to(), quantity.span.to() + length);
            quantity.span.end = words.end;
            apply_hedge(quantity, *bound, row, Some(words), "a hedge behind the unit");
        }
        let rest = self.rest(quantity.span.end);
        if quantity.unit.is_some_and(|unit| unit.of(self.text).ends_with(['元', '圆'])) && rest.starts_with("人民币")
        {
            quantity.span.end += 9;
        }
    }

    /// Whether a unit is counted in tenths: 成.
    fn is_tenth(&self, row: RowId) -> bool {
        matches!(self.lexicon.entry(row), Some(Entry::Unit(unit)) if unit.kind == Kind::Percent && unit.factor == Exact::decimal("1", 1))
    }

    /// 3小时20分, 5元3角: adds a smaller unit of the same dimension that stands right behind.
    fn adds_up(&self, quantity: &mut Quantity, next: &Numeral, units: &mut Units) -> bool {
        if quantity.span.end != next.span.start || quantity.unit.is_none() || next.sort != Sort::Plain {
            return false;
        }
        let whole = quantity.composed.and_then(|unit| units.all.get(unit as usize)).cloned();
        let Some(whole) = whole.filter(|unit| matches!(unit.dimension.as_str(), "time" | "angle" | "currency")) else {
            return false;
        };
        let rest = self.rest(next.span.end);
        let Some((length, rows)) = self.lexicon.unit(rest) else { return false };
        let smaller = rows.iter().find_map(|row| match self.lexicon.entry(*row) {
            Some(Entry::Unit(unit)) if *unit.dimension == whole.dimension && unit.factor < whole.factor => {
                Some(unit.factor.clone())
            }
            _ => None,
        });
        let Some(factor) = smaller else { return false };
        let part = next.value.times(&factor.divided(&whole.factor));
        quantity.value = quantity.value.as_ref().map(|value| value.plus(&part));
        quantity.decimals = 0;
        quantity.span.end = Span::<InFlow>::at(0, next.span.to() + length).end;
        true
    }

    /// The hedge around a quantity; the one behind it wins only where none stands before.
    fn hedge(&self, quantity: &mut Quantity) {
        let before = hedge::before(self.text, quantity.span.start, quantity.bare, self.lexemes, self.lexicon);
        let after = hedge::after(quantity.span.end, self.lexemes, self.lexicon);
        match (before, after) {
            (Some((bound, row, words)), after) => {
                let window = quantity.time && (bound == Bound::Nearly || self.is_window(words.start));
                if window {
                    return quantity.trace.note(Column::Bound, "a window of time is exact", Some(row), Some(words));
                }
                if quantity.bound == Bound::Exact || bound != Bound::About {
                    let combined = after.filter(|(behind, ..)| bound == Bound::About && *behind != Bound::About);
                    let (bound, row, words) = combined.unwrap_or((bound, row, words));
                    apply_hedge(quantity, bound, row, Some(words), "a hedge before the number");
                }
            }
            (None, Some((bound, row, words))) => {
                if quantity.time && bound == Bound::AtMost && self.is_window(quantity.span.start) {
                    return quantity.trace.note(Column::Bound, "a window of time is exact", Some(row), Some(words));
                }
                if quantity.bound == Bound::Exact {
                    apply_hedge(quantity, bound, row, Some(words), "a hedge behind the number");
                }
            }
            (None, None) => {}
        }
    }

    /// 未来6个月内, 近三年: the word before a length of time opens a window.
    fn is_window(&self, end: u32) -> bool {
        word_before(self.text, end, self.lexemes)
            .any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Window))))
    }
}

fn apply_hedge(quantity: &mut Quantity, bound: Bound, row: RowId, words: Option<Span<InFlow>>, rule: &'static str) {
    hedge::apply(quantity, bound, row, words, rule);
}
