//! What stands right before a number and belongs to it: signs, and money named in front.

use super::compound::rate;
use super::stated::{is_yuan, scale_of_money};
use super::unit::{Units, is_scale};
use super::{Context, Quantity};
use crate::exact::Exact;
use crate::lexicon::{Entry, Lexicon, Role, RowId, is_year};
use crate::numeral::{Numeral, may_end_money, sign};
use crate::terms::{Direction, Kind};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// The longest word that signs a number behind it, in characters.
const NEGATIVE: usize = 4;

impl Context<'_> {
    /// ¥, US$, 人民币 before the number name its money.
    pub(super) fn money_sign(&self, quantity: &mut Quantity, floor: u32, units: &mut Units) {
        let before = Span::<InFlow>::new(floor, quantity.span.start).of(self.text).trim_end_matches(' ');
        let (before, power) = self.without_scale(quantity, before);
        let last = before.chars().next_back();
        // 欧元88, with nothing else before it; 兑美元7.2 is a rate.
        let opens = || floor == self.segment.start && before.len() <= "新西兰元元元元".len();
        // 欧元2.5亿元: the money of the 元 behind the number.
        let named_behind = quantity.kind == Some(Kind::Measure);
        let own = quantity.unit.map_or("", |unit| unit.of(self.text));
        let of_plain = named_behind && last == Some('元') && is_plain_money(own, self.lexicon);
        let of_plain = of_plain && self.ends_in_money(before);
        let names = |last: char| may_end_money(last) || opens() && last.is_alphabetic() && self.is_money(before);
        if !of_plain && !last.is_some_and(names) {
            return;
        }
        let longest = before.char_indices().rev().take(6).filter_map(|(at, _)| {
            let word = before.get(at..)?;
            Some((at, self.lexicon.money_named(word)?))
        });
        let Some((at, row)) = longest.last() else { return };
        if quantity.kind.is_some() && !named_behind {
            return;
        }
        let start = Span::<InFlow>::at(floor as usize + at, quantity.span.to());
        // 人民币100日圆: the money behind the number is its own.
        if named_behind && !is_plain_money(own, self.lexicon) && !is_same_money(own, row, self.lexicon) {
            return;
        }
        let behind = if quantity.kind.is_none() { self.rest(quantity.span.end) } else { "" };
        let (parts, length) = rate(row, behind, self.before(quantity.span.start), self.lexicon);
        quantity.span = Span::at(start.from(), start.to() + length);
        let code = units.compose(&parts, self.lexicon);
        let money = quantity
            .composed
            .is_none_or(|unit| units.all.get(unit as usize).is_some_and(|unit| unit.dimension == "currency"));
        if money {
            quantity.composed = Some(code);
        }
        if quantity.unit.is_none() {
            quantity.unit = Some(Span::at(floor as usize + at, floor as usize + before.len()));
        }
        quantity.value = quantity.value.take().map(|value| value.scaled(power));
        quantity.decimals -= power;
        quantity.kind = Some(Kind::Measure);
        quantity.trace.note(Column::Unit, "money named before the number", Some(row), quantity.unit);
    }

    /// 港幣百萬元1,180: what stands before a bare number, without the scale that follows the name of its money, and the power
    /// of it.
    fn without_scale<'b>(&self, quantity: &Quantity, before: &'b str) -> (&'b str, i32) {
        let scaled = || {
            let name = before.strip_suffix(is_yuan)?.trim_end_matches(|c| is_scale(c, self.lexicon));
            let (power, length) = scale_of_money(before.get(name.len()..)?, self.lexicon)?;
            (name.len() + length == before.len() && name.ends_with(may_end_money)).then_some((name, power))
        };
        let bare = quantity.kind.is_none() && quantity.scale == 0 && !quantity.han;
        scaled().filter(|_| bare).unwrap_or((before, 0))
    }

    /// Whether words end in the name of a currency, other than 元 itself and one that others change into.
    fn ends_in_money(&self, words: &str) -> bool {
        let names = words.char_indices().rev().skip(1).take(3).filter_map(|(at, _)| words.split_at_checked(at));
        let mut names = names.filter(|(_, name)| self.is_money(name));
        names.next().is_some_and(|(before, _)| !before.ends_with(['兑', '兌', '换', '換']))
    }

    /// Whether a text is the name of a currency, other than 元 itself.
    fn is_money(&self, text: &str) -> bool {
        !is_plain_money(text, self.lexicon) && self.lexicon.money_named(text).is_some()
    }

    /// The sign of the numeral, one before its money (-¥5), or growth that is called negative.
    pub(super) fn sign(&self, quantity: &mut Quantity, numeral: &Numeral, floor: u32) {
        if let Some(sign) = numeral.sign {
            quantity.sign = Some(sign.direction);
            return;
        }
        let before = Span::<InFlow>::new(floor, quantity.span.start).of(self.text);
        if quantity.span.start < numeral.span.start
            && let Some(sign) = sign(self.before(quantity.span.start), before, self.lexicon)
        {
            quantity.span.start -= sign.length;
            quantity.sign = Some(sign.direction);
            if sign.direction == Direction::Decrease {
                negate(quantity);
            }
            return;
        }
        // (1,234): the brackets of an account stand for a minus. They stay outside the span.
        if matches!(before, "(" | "（") && floor == self.segment.start && self.is_account(quantity) {
            quantity.sign = Some(Direction::Decrease);
            return negate(quantity);
        }
        self.negative_growth(quantity, before);
    }

    /// Whether a number that is no year fills the rest of its segment but for a bracket; where it is the number of a list,
    /// it was not read.
    fn is_account(&self, quantity: &Quantity) -> bool {
        let closes = matches!(self.rest(quantity.span.end), ")" | "）");
        quantity.unit.is_none() && closes && !is_year(quantity.span.of(self.text))
    }

    /// 负增长1.2%: the words sign the value.
    pub(super) fn negative_growth(&self, quantity: &mut Quantity, before: &str) {
        let head = before.trim_end_matches(['了', '为', '達', '达', ' ']);
        // Few numbers stand behind a word in 负: the others are told at a glance.
        let glance = head.chars().rev().take(NEGATIVE).any(|c| matches!(c, '负' | '負'));
        if glance && self.lexicon.closing(head, Role::Negative).is_some() {
            negate(quantity);
        }
    }
}

/// 元 and its parts, which any sign before them may name.
fn is_plain_money(unit: &str, lexicon: &Lexicon) -> bool {
    let local = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Unit(unit)) if unit.local);
    let divides = |behind: &str| behind.is_empty() || behind.starts_with(['/', '／', '每']);
    let plain = |(length, rows): (usize, &[RowId])| rows.iter().any(local) && unit.get(length..).is_some_and(divides);
    unit.is_empty() || lexicon.unit(unit).is_some_and(plain)
}

/// Whether a unit is of the money that a row names.
fn is_same_money(unit: &str, row: RowId, lexicon: &Lexicon) -> bool {
    let money = |row: RowId| match lexicon.entry(row) {
        Some(Entry::Unit(unit)) if &*unit.dimension == "currency" => Some(&*unit.code),
        _ => None,
    };
    let rows = lexicon.unit(unit).map_or(&[][..], |(_, rows)| rows);
    rows.iter().all(|own| money(*own).is_none_or(|code| Some(code) == money(row)))
}

pub(super) fn negate(quantity: &mut Quantity) {
    quantity.value = quantity.value.take().map(Exact::negated);
}
