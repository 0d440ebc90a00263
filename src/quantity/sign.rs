//! What stands right before a number and belongs to it: signs, and money named in front.

use super::unit::{Part, Units};
use super::{Context, Quantity};
use crate::exact::Exact;
use crate::lexicon::{Entry, fold};
use crate::terms::{Direction, Kind};
use crate::text::{InFlow, Span};
use crate::trace::Column;

impl Context<'_> {
    /// ¥, US$, 人民币 before the number name its money.
    pub(super) fn money_sign(&self, quantity: &mut Quantity, floor: u32, units: &mut Units) {
        let before = Span::<InFlow>::new(floor, quantity.span.start).of(self.text).trim_end_matches(' ');
        let last = before.chars().next_back();
        if !last
            .is_some_and(|c| c.is_ascii_uppercase() || matches!(c, '$' | '¥' | '￥' | '€' | '£' | '币' | '幣' | '＄'))
        {
            return;
        }
        let longest = before.char_indices().rev().take(6).filter_map(|(at, _)| {
            let word = before.get(at..)?;
            let row = self.lexicon.unit_named(word).iter().find(
                |row| matches!(self.lexicon.entry(**row), Some(Entry::Unit(unit)) if &*unit.dimension == "currency"),
            )?;
            Some((at, *row))
        });
        let Some((at, row)) = longest.last() else { return };
        let named_behind = quantity.kind == Some(Kind::Measure);
        if quantity.kind.is_some() && !named_behind {
            return;
        }
        let start = Span::<InFlow>::at(floor as usize + at, quantity.span.to());
        quantity.span.start = start.start;
        let code = units.compose(&[Some(Part { row, divides: false, power: 0 }), None, None], self.lexicon);
        let money = quantity
            .composed
            .is_none_or(|unit| units.all.get(unit as usize).is_some_and(|unit| unit.dimension == "currency"));
        if money {
            quantity.composed = Some(code);
        }
        if quantity.unit.is_none() {
            quantity.unit = Some(Span::at(floor as usize + at, floor as usize + before.len()));
        }
        quantity.kind = Some(Kind::Measure);
        quantity.trace.note(Column::Unit, "money named before the number", Some(row), quantity.unit);
    }

    /// +, -, 负 and 零下 before the number.
    pub(super) fn sign(&self, quantity: &mut Quantity, floor: u32) {
        let before = Span::<InFlow>::new(floor, quantity.span.start).of(self.text);
        let Some(last) = before.chars().next_back() else { return };
        let earlier = before.chars().rev().nth(1);
        let free = earlier.is_none_or(|c| {
            !(c.is_ascii_alphanumeric() || crate::lex::is_digit(c) || matches!(c, '%' | '％' | ')' | '）'))
        }) && (floor < quantity.span.start);
        let (direction, length) = match fold(last) {
            // (1,234): the brackets of an account stand for a minus. They stay outside the span.
            '(' if earlier.is_none() && floor == self.segment.start && self.is_account(quantity) => {
                (Direction::Decrease, 0)
            }
            '+' if free => (Direction::Increase, last.len_utf8()),
            '-' | '−' | '–' if free => (Direction::Decrease, last.len_utf8()),
            '—' if earlier.is_none() && floor == self.segment.start => (Direction::Decrease, last.len_utf8()),
            '负' | '負' => (Direction::Decrease, last.len_utf8()),
            '下' if before.ends_with("零下") => (Direction::Decrease, 6),
            _ => return Self::negative_growth(quantity, before),
        };
        quantity.span.start -= u32::try_from(length).unwrap_or(0);
        quantity.sign = Some(direction);
        if direction == Direction::Decrease {
            negate(quantity);
        }
    }

    /// Whether a number with a point or with groups of thousands fills the rest of its segment but for a bracket.
    fn is_account(&self, quantity: &Quantity) -> bool {
        quantity.unit.is_none()
            && matches!(self.rest(quantity.span.end), ")" | "）")
            && quantity.span.of(self.text).contains(['.', ',', '．', '，'])
    }

    /// 负增长1.2%: the words sign the value.
    pub(super) fn negative_growth(quantity: &mut Quantity, before: &str) {
        let head = before.trim_end_matches(['了', '为', '達', '达', ' ']);
        if head.ends_with("负增长") || head.ends_with("負增長") {
            negate(quantity);
        }
    }
}

fn negate(quantity: &mut Quantity) {
    quantity.value = quantity.value.take().map(Exact::negated);
}
