//! Ranges (3—5万元, 十万元以上二十万元以下) and units that a list shares (0.8、0.3和0.1个百分点).

use super::{Context, Quantity, hedge};
use crate::exact::Exact;
use crate::numeral::{Numeral, Sort};
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// The signs of a range.
const SIGNS: [&str; 12] = ["——", "--", "—", "–", "-", "－", "~", "～", "至", "到", "−", "∼"];

/// Whether `next` closes a range that `first` opens: the bytes between them.
pub(super) fn sign_between(context: &Context<'_>, first: &Quantity, next: &Numeral) -> Option<Span<InFlow>> {
    if next.sort != Sort::Plain && next.sort != Sort::PartOf(100) || first.value.is_none() {
        return None;
    }
    let between = Span::<InFlow>::new(first.span.end, next.span.start);
    let words = between.of(context.text).trim();
    let opened = context.before(first.span.start).trim_end().ends_with(['从', '從', '由', '自']);
    let signed = SIGNS.contains(&words) && !(opened && matches!(words, "至" | "到"));
    // 十万元以上二十万元以下
    let legal = matches!(words, "以上" | "以上至" | "以上，" | "以上不满" | "以上不超过") && first.unit.is_some();
    (signed || legal).then_some(between)
}

/// The range from `first` to `upper`, if the two fit.
pub(super) fn join(
    first: &Quantity,
    upper: &Quantity,
    between: Span<InFlow>,
    context: &Context<'_>,
) -> Option<Quantity> {
    let (low, high) = (first.value.clone()?, upper.value.clone()?);
    if first.unit.is_some() && upper.unit.is_none() || first.kind == Some(Kind::Ratio) {
        return None;
    }
    // Two bare numbers with a hyphen are as likely a code.
    if first.unit.is_none() && upper.unit.is_none() && context.rest(upper.span.end).starts_with(['-', '－']) {
        return None;
    }
    let legal = between.of(context.text).starts_with("以上");
    if legal
        && !matches!(
            hedge::after(upper.span.end, context.lexemes, context.lexicon),
            Some((Bound::AtMost | Bound::LessThan, ..))
        )
    {
        return None;
    }
    let mut whole = upper.clone();
    whole.sign = first.sign;
    whole.span = first.span.cover(upper.span);
    let low = match (&first.unit, first.scale, upper.scale) {
        // 3—5万元: the scale is shared where that keeps the order.
        (None, 0, scale) if scale > 0 && low.clone().scaled(scale) <= high => low.scaled(scale),
        // 三至五成: so is the tenth.
        (None, ..)
            if upper.kind == Some(Kind::Percent)
                && low < high
                && high > Exact::integer(9)
                && first.han
                && upper.han
                && !upper.span.of(context.text).contains('分') =>
        {
            low.times(&Exact::integer(10))
        }
        _ => low,
    };
    if first.unit.is_some() && first.composed != upper.composed {
        return None;
    }
    // 62.94%-51.48%: two cells side by side. 21.97%至6.43%: a range told downwards.
    let (low, high) = match (low > high, between.of(context.text).trim()) {
        (true, "至" | "到") if first.unit.is_some() => (high, low),
        (true, _) => return None,
        (false, _) => (low, high),
    };
    whole.value = Some(low.midpoint(&high));
    whole.ends = Some(Box::new((low, high)));
    whole.bound = Bound::Between;
    whole.decimals = first.decimals.max(upper.decimals);
    whole.trace.note(Column::Bound, "a range", None, Some(between));
    Some(whole)
}

/// 三五百人: the two digits are the ends of a range.
pub(super) fn spread(quantity: &mut Quantity, upper: &Exact) {
    let Some(low) = quantity.value.clone() else { return };
    let high = if quantity.kind == Some(Kind::Percent) && *upper < Exact::integer(10) {
        upper.times(&Exact::integer(10))
    } else {
        upper.clone()
    };
    quantity.value = Some(low.midpoint(&high));
    quantity.ends = Some(Box::new((low, high)));
    quantity.bound = Bound::Between;
    quantity.trace.note(Column::Bound, "two digits side by side", None, Some(quantity.span));
}

/// Gives bare numbers of a list the unit of its last member.
pub(super) fn share_units(context: &Context<'_>, quantities: &mut [Quantity]) {
    for at in (1..quantities.len()).rev() {
        let Some((first, behind)) = quantities.get_mut(at - 1..).and_then(<[Quantity]>::split_first_mut) else {
            return;
        };
        let Some(next) = behind.first() else { return };
        if first.kind.is_some() || next.kind.is_none() || next.kind == Some(Kind::Ratio) || next.unit.is_none() {
            continue;
        }
        let between = Span::<InFlow>::new(first.span.end, next.span.start).of(context.text).trim();
        let listed = matches!(between, "、" | "和" | "及" | "与" | "以及" | "或" | "與")
            || matches!(between, "，" | ",") && context.before(first.span.start).contains("分别");
        if !listed {
            continue;
        }
        first.kind = next.kind;
        first.unit = next.unit;
        first.composed = next.composed;
        first.time = next.time;
        if next.scale > first.scale && first.scale == 0 && shares_scale(first, next) {
            first.value = first.value.take().map(|value| value.scaled(next.scale));
            first.decimals -= next.scale;
            first.scale = next.scale;
        }
        first.trace.note(Column::Unit, "the unit of the list's last member", None, next.unit);
        if next.bound == Bound::About {
            first.bound = Bound::About;
        }
    }
}

/// 3、5万元: a scale is shared where the numbers before it are no larger than such a scale could follow.
fn shares_scale(first: &Quantity, next: &Quantity) -> bool {
    let (Some(a), Some(b)) = (&first.value, &next.value) else { return false };
    a.clone().scaled(next.scale) <= b.times(&Exact::integer(20))
}
