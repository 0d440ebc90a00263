//! Numbers that name a class or an event and measure nothing: 64公斤级, 10万吨级码头, 4×100米接力.

use super::Context;
use super::label::Verdict;
use crate::lexicon::{Role, is_digit, is_han};
use crate::quantity::Quantity;
use crate::terms::Kind;
use crate::text::Span;

/// The class or the event that a quantity names.
pub(super) fn classed(context: &Context<'_>, quantity: &Quantity, after: &str) -> Option<Verdict> {
    let unit = quantity.unit.map_or("", |unit| unit.of(context.text));
    if quantity.han && quantity.kind.is_some() && is_formula(context, quantity, after) {
        return Some((Kind::Label, quantity.span, "a part of a formula in quotes"));
    }
    match quantity.kind {
        Some(Kind::Measure) => {
            // 3年级差: another word.
            let mark = after.chars().next().filter(|c| matches!(c, '级' | '級') && !context.opens_other(after))?;
            let span = Span::at(quantity.span.from(), quantity.span.to() + mark.len_utf8());
            Some((Kind::Label, span, "an amount that names a class"))
        }
        // 3000亿级: no grades are so many.
        Some(Kind::Count) if quantity.scale >= 4 && matches!(unit, "级" | "級") => {
            Some((Kind::Label, quantity.span, "an amount that names a class"))
        }
        None => {
            let length = race(context, after)?;
            let span = Span::at(quantity.span.from(), quantity.span.to() + length);
            Some((Kind::Label, span, "the distance of a race"))
        }
        _ => None,
    }
}

/// The most characters of a formula on either side of a number in it.
const FORMULA: usize = 10;

/// “一核三区、两轴一带”: in quotes that a Han numeral opens, and in which nothing else than its nouns stands.
fn is_formula(context: &Context<'_>, quantity: &Quantity, after: &str) -> bool {
    let before = context.before(quantity.span);
    let mut near = before.char_indices().rev().take(FORMULA + 1);
    let Some((at, _)) = near.find(|(_, c)| matches!(c, '“' | '”' | '「' | '」')) else { return false };
    let inside = before.get(at..).unwrap_or_default();
    let mut chars = inside.chars();
    let opened = matches!(chars.next(), Some('“' | '「'));
    let numeral = chars.clone().next().is_some_and(|c| context.lexicon.is_numeral_char(c));
    let plain = |c: char| is_han(c) || c == '、';
    let closes = after.find(['”', '」']).and_then(|end| after.get(..end));
    let short = |text: &str| text.chars().count() <= FORMULA && text.chars().all(plain);
    opened && numeral && short(chars.as_str()) && closes.is_some_and(short)
}

/// Bytes of the ×100米 behind the number of runners, where the name of a race follows.
fn race(context: &Context<'_>, after: &str) -> Option<usize> {
    let distance = after.strip_prefix(['×', 'x', 'X', '*'])?;
    let behind = distance.trim_start_matches(is_digit);
    let name = behind.strip_prefix('米').filter(|_| behind.len() < distance.len())?;
    context.opens(name, Role::Names).then_some(after.len() - name.len())
}
