//! Numbers that name a class or an event and measure nothing: 64公斤级, 10万吨级码头, 4×100米接力.

use super::Context;
use super::label::Verdict;
use crate::lexicon::Role;
use crate::lexicon::is_digit;
use crate::quantity::Quantity;
use crate::terms::Kind;
use crate::text::Span;

/// The class or the event that a quantity names.
pub(super) fn classed(context: &Context<'_>, quantity: &Quantity, after: &str) -> Option<Verdict> {
    let unit = quantity.unit.map_or("", |unit| unit.of(context.text));
    match quantity.kind {
        Some(Kind::Measure) => {
            let mark = after.chars().next().filter(|c| matches!(c, '级' | '級'))?;
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

/// Bytes of the ×100米 behind the number of runners, where the name of a race follows.
fn race(context: &Context<'_>, after: &str) -> Option<usize> {
    let distance = after.strip_prefix(['×', 'x', 'X', '*'])?;
    let behind = distance.trim_start_matches(is_digit);
    let name = behind.strip_prefix('米').filter(|_| behind.len() < distance.len())?;
    context.opens(name, Role::Names).then_some(after.len() - name.len())
}
