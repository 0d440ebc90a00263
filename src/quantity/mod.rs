//! Stage 5: quantities: a numeral with its unit or classifier, its hedge, its sign; ranges and shared units.

mod apart;
mod article;
mod bracket;
mod compound;
mod hedge;
mod range;
mod sign;
mod stated;
mod tail;
mod unit;

pub(crate) use hedge::{Ends, bounds, is_of_trade, word_before};
pub(crate) use stated::{StatedUnit, stated_unit};
pub use unit::ComposedUnit;
pub(crate) use unit::Units;

use crate::exact::Exact;
use crate::lex::Lexemes;
use crate::lexicon::{Entry, Lexicon, Role, RowId};
use crate::numeral::{Numeral, Sort};
use crate::terms::{Bound, Direction, Kind};
use crate::text::{InFlow, Span};
use crate::trace::{Column, Trace};
use unit::{Part, UnitMatch, grand, unit};

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
        rest = behind_quantity(rest, &quantity);
        context.hedge(&mut quantity, units);
        if let Some((next, behind)) = rest.split_first()
            && let Some(sign) = range::sign_between(context, &quantity, next)
        {
            let next = if next.span.start < sign.end { &next.unsigned() } else { next };
            let mut upper = context.single(next, sign.end.min(next.span.start), units);
            let mut behind = behind;
            while let Some((more, after)) = behind.split_first()
                && context.adds_up(&mut upper, more, units)
            {
                behind = after;
            }
            behind = behind_quantity(behind, &upper);
            if let Some(whole) = range::join(&quantity, &upper, sign, context, units) {
                quantity = whole;
                rest = behind;
            }
        }
        end = quantity.span.end;
        out.push(quantity);
    }
    range::share_parts(context, out);
    range::share_units(context, out);
    hedge::share(context, out);
    context.leave_articles(out);
}

/// The numerals that a quantity did not take as digits of a smaller unit.
fn behind_quantity<'a>(numerals: &'a [Numeral], quantity: &Quantity) -> &'a [Numeral] {
    let taken = numerals.iter().take_while(|numeral| numeral.span.start < quantity.span.end).count();
    numerals.get(taken..).unwrap_or_default()
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
            ends: numeral.upper.clone().map(|upper| Box::new((numeral.value.clone(), upper))),
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
            Sort::Plain => {}
            Sort::PartOf(whole) => {
                if !self.part_of_unit(&mut quantity, whole, units) {
                    self.part_of(&mut quantity, numeral, whole, units);
                }
            }
            Sort::Fraction => self.fraction(&mut quantity, units),
            Sort::Ratio => quantity.kind = Some(Kind::Ratio),
            Sort::Doubling => quantity.kind = Some(Kind::Multiple),
            Sort::Terms => {
                quantity.kind = Some(Kind::Ratio);
                quantity.value = None;
            }
        }
        if quantity.kind.is_none() {
            self.unit(&mut quantity, units);
        }
        if quantity.kind.is_none() {
            self.unit_behind_bracket(&mut quantity, units);
        }
        // 哥俩, 仨孩子: 个 is in the numeral.
        if quantity.kind.is_none() && matches!(numeral.span.of(self.text), "俩" | "仨") {
            quantity.kind = Some(Kind::Count);
        }
        // 过半, 近半: a half of what is counted.
        if numeral.span.of(self.text) == "半"
            && quantity.unit.is_none()
            && self.before(numeral.span.start).ends_with(['过', '過', '超', '逾', '近'])
        {
            quantity.kind = Some(Kind::Ratio);
            quantity.composed = None;
        }
        if let Some(row) = numeral.inside
            && let Some(Entry::Modifier { bound, .. }) = self.lexicon.entry(row)
        {
            apply_hedge(&mut quantity, *bound, row, None, "a hedge inside the number");
        }
        if numeral.upper.is_some() {
            range::spread(&mut quantity);
        }
        self.money_sign(&mut quantity, floor, units);
        self.sign(&mut quantity, numeral, floor);
        quantity
    }

    /// 千分之一秒, 百分之一毫米: a part of one second is measured, and no percent.
    fn part_of_unit(&self, quantity: &mut Quantity, whole: u32, units: &mut Units) -> bool {
        let (context, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        let small = |found: &UnitMatch| {
            let row = found.parts.first().copied().flatten().map(|part| part.row);
            let exact = |unit: &crate::lexicon::Unit| matches!(&*unit.dimension, "length" | "mass" | "volume");
            found.gap == 0
                && (rest.starts_with('秒')
                    || matches!(row.and_then(|row| self.lexicon.entry(row)), Some(Entry::Unit(unit)) if exact(unit)))
        };
        let Some(found) = unit(rest, context, self.lexicon)
            .filter(|found| quantity.value.as_ref() == Some(&Exact::integer(1)) && small(found))
        else {
            return false;
        };
        quantity.value = quantity.value.take().map(|one| one.divided(&Exact::integer(u64::from(whole))));
        self.set_unit(quantity, &found, units);
        true
    }

    /// 百分之八: the unit stands before the number.
    fn part_of(&self, quantity: &mut Quantity, numeral: &Numeral, whole: u32, units: &mut Units) {
        let name = match whole {
            1_000 => "‰",
            10_000 => "‱",
            _ => "%",
        };
        let rows = self.lexicon.unit_named(name);
        let Some(row) = rows.first() else { return };
        // 百分百 and 对折 name no unit.
        let written = quantity.span.of(self.text).find('之').map(|at| quantity.span.from() + at + '之'.len_utf8());
        let sign = numeral.sign.map_or(0, |sign| sign.length);
        quantity.unit = written.map(|end| Span::at((quantity.span.start + sign) as usize, end));
        quantity.composed =
            Some(units.compose(&[Some(Part { row: *row, divides: false, power: 0 }), None, None], self.lexicon));
        quantity.kind = Some(Kind::Percent);
        quantity.trace.note(Column::Unit, "a part of a hundred", Some(*row), quantity.unit);
    }

    /// 四分之三小时, 1/4英寸: a fraction of a unit is measured; of anything else, 三分之二的企业, it is a ratio.
    fn fraction(&self, quantity: &mut Quantity, units: &mut Units) {
        let (context, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        // 三又二分之一杯: more than one of what is counted.
        let mixed = quantity.value.as_ref().is_some_and(|value| *value > Exact::integer(1));
        let fits = |found: &UnitMatch| {
            found.gap == 0 && (found.kind == Kind::Measure || mixed && found.kind == Kind::Count && !found.noun)
        };
        match unit(rest, context, self.lexicon).filter(fits) {
            Some(found) => self.set_unit(quantity, &found, units),
            None => quantity.kind = Some(Kind::Ratio),
        }
    }

    /// The unit behind the numeral.
    fn unit(&self, quantity: &mut Quantity, units: &mut Units) {
        let (context, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        // 1米2 is a height, 300米2 an area whose raised 2 was lost.
        let few = |value: &Exact| *value < Exact::integer(10);
        let raised = rest.starts_with("米2") || rest.starts_with("米3");
        let height = raised && quantity.value.as_ref().is_some_and(few);
        let words = if height { rest.get(..'米'.len_utf8()).unwrap_or_default() } else { rest };
        // $200起: a price from there on, and no cases.
        if words.starts_with('起') && context.ends_with(['$', '¥', '￥', '＄', '€', '£']) {
            return;
        }
        let grand = || if quantity.han { None } else { grand(words, context, self.lexicon) };
        let Some(mut found) = unit(words, context, self.lexicon).or_else(grand) else { return };
        // 345亿度: no temperature and no angle has so many.
        if quantity.scale >= 4
            && words.get(found.gap..found.length).is_some_and(|unit| unit == "度")
            && let (Some(Some(part)), [energy, ..]) = (found.parts.first_mut(), self.lexicon.unit_named("千瓦时"))
        {
            part.row = *energy;
        }
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
            quantity.time = matches!(&*unit.dimension, "time" | "workday" | "tradeday")
                && found.parts.iter().flatten().count() == 1;
            if words.of(self.text) == "番" {
                quantity.value = quantity
                    .value
                    .as_ref()
                    .and_then(Exact::to_u32)
                    .and_then(|n| 2u64.checked_pow(n))
                    .map(Exact::integer);
            }
            // 三成 is 30 %, 5角 is 0.5 CNY: values are in the unit of the code. 八五折 and 85折 state the percent.
            let stated =
                words.of(self.text) == "折" && quantity.value.as_ref().is_some_and(|v| *v > Exact::integer(10));
            if let Some(ratio) = unit.of_code.as_ref().filter(|_| !stated) {
                quantity.value = quantity.value.as_ref().map(|value| value.times(ratio));
                if let Some(ends) = &mut quantity.ends {
                    ends.1 = ends.1.times(ratio);
                }
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

    /// The hedge around a quantity; the one behind it wins only where none stands before.
    fn hedge(&self, quantity: &mut Quantity, units: &Units) {
        let before = hedge::before(self.text, quantity.span.start, quantity.bare, self.lexemes, self.lexicon);
        let before = before.or_else(|| hedge::before_whole(quantity, self));
        let before =
            before.filter(|(.., words)| !self.is_aspect(quantity, *words) && !self.is_extreme(quantity, *words, units));
        let after = hedge::after(quantity, self);
        match (before, after) {
            (Some((bound, row, words)), after) => {
                let age = quantity.unit.is_some_and(|unit| unit.of(self.text).ends_with(['岁', '歲']));
                // 近12万分钟 is no window.
                let near = matches!(words.of(self.text), "近") && quantity.scale < 4;
                let window =
                    quantity.time && !age && (near || self.is_window(words.start)) || near && self.is_round(quantity);
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
                // 截至6月30日止六个月内
                let until = self.before(quantity.span.start).ends_with('止');
                if quantity.time && bound == Bound::AtMost && (until || self.is_window(quantity.span.start)) {
                    return quantity.trace.note(Column::Bound, "a window of time is exact", Some(row), Some(words));
                }
                if quantity.bound == Bound::Exact {
                    apply_hedge(quantity, bound, row, Some(words), "a hedge behind the number");
                }
            }
            (None, None) => {}
        }
    }

    /// 进行过两次增资, 干过5年: before a few times and years 过 says that it was, and widens nothing.
    fn is_aspect(&self, quantity: &Quantity, words: Span<InFlow>) -> bool {
        let age = quantity.unit.is_some_and(|unit| unit.of(self.text).ends_with(['岁', '歲']));
        let few = quantity.value.as_ref().is_some_and(|value| *value < Exact::integer(100));
        matches!(words.of(self.text), "过" | "過")
            && few
            && !quantity.bare
            && (quantity.kind == Some(Kind::Count) || quantity.time && !age)
    }

    /// 最高41度，最低零下6度: what was measured, and no bound.
    fn is_extreme(&self, quantity: &Quantity, words: Span<InFlow>, units: &Units) -> bool {
        let unit = quantity.composed.and_then(|unit| units.all.get(unit as usize));
        words.of(self.text).starts_with('最') && unit.is_some_and(|unit| unit.dimension == "temperature")
    }

    /// 近三届, 近五场: the last so many of what comes in a row. Nobody says of so few that they are nearly as many.
    fn is_round(&self, quantity: &Quantity) -> bool {
        let unit = quantity.unit.map_or("", |unit| unit.of(self.text));
        let few = quantity.value.as_ref().is_some_and(|value| *value < Exact::integer(10));
        few && self.lexicon.is_word(unit, Role::Round)
    }

    /// 未来6个月内, 近三年: the word before a length of time opens a window.
    fn is_window(&self, end: u32) -> bool {
        let opens = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Window)));
        // 未来五年 is a word of its own: what it starts with opens the window all the same.
        let before = self.before(end);
        let last = before.char_indices().rev().nth(1).and_then(|(at, _)| before.get(at..)).unwrap_or_default();
        word_before(self.text, end, self.lexemes).any(|(row, _)| opens(row))
            || self.lexicon.word_named(last).iter().any(opens)
    }
}

fn apply_hedge(quantity: &mut Quantity, bound: Bound, row: RowId, words: Option<Span<InFlow>>, rule: &'static str) {
    hedge::apply(quantity, bound, row, words, rule);
}
