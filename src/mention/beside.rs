//! Numbers that belong to what stands beside them: 8·14专案, 90后, 浙A·12345, the end of what stands in quotes.

use super::Context;
use super::label::Verdict;
use crate::lexicon::{Role, is_digit, is_greek, is_han};
use crate::quantity::Quantity;
use crate::terms::Kind;
use crate::text::Span;

/// 20万P, 5G, T2, 浙A·12345: a number with Latin letters on one side.
pub(super) fn beside_letters(quantity: &Quantity, words: &str, before: &str, after: &str) -> Option<Verdict> {
    let span = quantity.span;
    if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        // 20万P, 10.5万亿Token: no name has a scale in it.
        if quantity.scale >= 4 {
            return Some((Kind::Count, span, "a noun in Latin letters is counted behind the number"));
        }
        let tail = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || is_digit(c)).len();
        return Some((Kind::Label, Span::at(span.from(), span.to() + tail), "Latin letters behind the number"));
    }
    let letter = |c: char| c.is_ascii_alphabetic() || is_greek(c);
    let plate = before.strip_suffix(['·', '•']).filter(|_| words.chars().all(is_digit)).unwrap_or(before);
    let greek = || before.strip_suffix('-').is_some_and(|name| name.ends_with(is_greek));
    ((plate.ends_with(letter) || greek()) && quantity.sign.is_none()).then_some((
        Kind::Label,
        span,
        "Latin letters before the number",
    ))
}

/// 8·14专案: a month and a day with a dot between them, and no unit.
pub(super) fn dated(words: &str, after: &str, cell: bool) -> Option<&'static str> {
    let (month, day) = words.split_once('·')?;
    let number = |text: &str| text.parse::<u8>().ok().filter(|number| *number > 0 && !text.starts_with('0'));
    let named = !cell && after.starts_with(|c: char| is_han(c) || matches!(c, '“' | '《'));
    (named && number(month)? <= 12 && number(day)? <= 31).then_some("a day that names what took place on it")
}

/// Why digits name what stands behind them: 90后, 500指数.
pub(super) fn names_behind(context: &Context<'_>, words: &str, after: &str) -> Option<&'static str> {
    if words.chars().count() == 2
        && words.ends_with(['0', '5'])
        && after.starts_with(['后', '後'])
        && !context.opens_other(after)
    {
        return Some("those born from a year on");
    }
    let plan = words.chars().nth(1).is_some() && context.opens(after, Role::PlanName);
    let name = plan || context.opens(after.trim_start_matches(' '), Role::Names);
    name.then_some("a number in the name of what follows")
}

/// Why a number that closes what stands in quotes is a label: “134”, or “24附息国债11”, a short name. “从0到1” is none.
pub(super) fn quoted(before: &str, after: &str, digits: bool) -> Option<&'static str> {
    if !after.starts_with(['”', '」', '"', '’', '》']) {
        return None;
    }
    if before.ends_with(['“', '「', '"', '‘', '《']) {
        return Some("alone in quotes");
    }
    let (_, inside) = before.rsplit_once(['“', '「', '《'])?;
    let name = inside.trim_start_matches(is_digit);
    let plain = !name.contains(|c| is_digit(c) || "，。,、；：”」》".contains(c));
    (digits && plain && (1..=11).contains(&name.chars().count())).then_some("the end of a name in quotes")
}
