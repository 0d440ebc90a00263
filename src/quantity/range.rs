//! Ranges (3—5万元, 十万元以上二十万元以下) and units that a list shares (0.8、0.3和0.1个百分点).

use super::{Context, Quantity, Units, hedge};
use crate::exact::Exact;
use crate::lexicon::{ChangeForm, Entry, Role, RowId, joins};
use crate::numeral::{Numeral, Sort};
use crate::terms::{Bound, Direction, Kind};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// The signs of a range.
const SIGNS: [&str; 14] = ["——", "---", "--", "—", "–", "―", "-", "－", "~", "～", "至", "到", "−", "∼"];

/// Whether `next` closes a range that `first` opens: the bytes between them.
pub(super) fn sign_between(context: &Context<'_>, first: &Quantity, next: &Numeral) -> Option<Span<InFlow>> {
    if matches!(next.sort, Sort::Ratio | Sort::Terms | Sort::Doubling) || first.value.is_none() {
        return None;
    }
    // 3%-5%: the dash that the second number took for its sign.
    let dash = next.sign.filter(|sign| sign.dash && first.span.end == next.span.start);
    let between = Span::<InFlow>::new(first.span.end, next.span.start + dash.map_or(0, |sign| sign.length));
    let words = between.of(context.text).trim();
    // $50-$100: the money is named before both.
    let money = first.unit.filter(|unit| unit.start == first.span.start).map(|unit| unit.of(context.text));
    if let Some(sign) = money.and_then(|money| words.strip_suffix(money))
        && SIGNS.contains(&sign)
    {
        return Some(Span::at(between.from(), between.from() + sign.len()));
    }
    // 10（含）至20人
    let words = words.get(hedge::included(words, context.lexicon)..).unwrap_or(words);
    // 1993/1994至1998/1999: seasons.
    if next.sort == Sort::Fraction && !next.han && next.length() > "99/99".len() {
        return None;
    }
    // 从3个到5个 tells a change, 从2到3米 a range.
    let signed = SIGNS.contains(&words);
    // 十万元以上二十万元以下
    let legal = matches!(words, "以上" | "以上至" | "以上，" | "以上、");
    let head = context.before(first.span.start).trim_end();
    let paired = is_paired(words) && (head.is_empty() || head.ends_with(['在', '于', '於']));
    (signed || legal || paired || is_bounded(context, first, next.span.start)).then_some(between)
}

/// 介于3和5之间
fn is_paired(words: &str) -> bool {
    matches!(words, "和" | "与" | "與")
}

/// 从 or 由 stands before the number.
fn is_opened(context: &Context<'_>, first: &Quantity) -> bool {
    context.before(first.span.start).trim_end().ends_with(['从', '從', '由', '自'])
}

/// 超过20人不到30人, 大于5但小于10: a bound from below, and right behind it one from above.
fn is_bounded(context: &Context<'_>, first: &Quantity, next: u32) -> bool {
    let rises = matches!(first.bound, Bound::MoreThan | Bound::AtLeast);
    if !rises && !is_from_above(first.bound) {
        return false;
    }
    let from = hedge::after(first, context).map_or(first.span.end, |(.., words)| words.end);
    let joined = |words: &str| {
        matches!(words.trim(), "" | "、" | "，" | "但" | "而" | "且" | "并" | "又" | "并且" | "同时" | "，但" | "，且")
    };
    // 最少12万头，最多15万头: two figures.
    let extreme = |words: Span<InFlow>| {
        let apart = Span::<InFlow>::new(from, words.start).of(context.text).contains('，');
        apart && words.of(context.text).starts_with('最')
    };
    matches!(
        hedge::before(context.text, next, false, context.lexemes, context.lexicon),
        Some((bound, _, words))
            if !extreme(words) && is_from_above(bound) == rises && (rises || matches!(bound, Bound::MoreThan | Bound::AtLeast))
                && words.start >= from && joined(Span::<InFlow>::new(from, words.start).of(context.text))
    )
}

/// Whether a bound is one from above.
fn is_from_above(bound: Bound) -> bool {
    matches!(bound, Bound::AtMost | Bound::LessThan)
}

/// Whether a bound from above stands before or behind a quantity.
fn is_closed(context: &Context<'_>, upper: &Quantity) -> bool {
    let before = hedge::before(context.text, upper.span.start, false, context.lexemes, context.lexicon);
    [before, hedge::after(upper, context)]
        .iter()
        .any(|hedge| matches!(hedge, Some((Bound::AtMost | Bound::LessThan, ..))))
}

/// 之间 behind the second of two bounds.
fn closes_pair(behind: &str) -> bool {
    behind.starts_with("之间") || behind.starts_with("之間")
}

/// The range from `first` to `upper`, if the two fit.
pub(super) fn join(
    first: &Quantity,
    upper: &Quantity,
    between: Span<InFlow>,
    context: &Context<'_>,
    units: &Units,
) -> Option<Quantity> {
    let (low, high) = (first.value.clone()?, upper.value.clone()?);
    // 百分之三到五: the upper bound is a part of the same whole.
    let part = first.unit.filter(|unit| upper.kind.is_none() && unit.of(context.text).ends_with("分之"));
    if first.unit.is_some() && upper.unit.is_none() && part.is_none()
        || (first.kind == Some(Kind::Ratio)) != (upper.kind == Some(Kind::Ratio))
    {
        return None;
    }
    // 增长2倍至13倍: nothing comes to a multiple as to a level.
    let multiple = upper.kind == Some(Kind::Multiple);
    if !multiple && is_reached((first, upper), (&low, &high), between, context) {
        return None;
    }
    // 从3个到5个 tells a change, 从3亿元到5亿元不等 and 从2到3米 a range.
    let moves = matches!(between.of(context.text).trim(), "至" | "到") && first.kind.is_some();
    let spread = context.rest(upper.span.end).starts_with(['不', '之']);
    if moves && is_opened(context, first) && !spread {
        return None;
    }
    // 从0到1 is a way of speaking, unless nothing else is said.
    let bare = first.unit.is_none() && upper.unit.is_none() && first.kind.is_none();
    if bare && !spread && is_opened(context, first) && context.before(first.span.start).chars().nth(1).is_some() {
        return None;
    }
    // Two bare numbers with a hyphen are as likely a code.
    if first.unit.is_none() && upper.unit.is_none() && context.rest(upper.span.end).starts_with(['-', '－']) {
        return None;
    }
    if is_paired(between.of(context.text).trim()) && !closes_pair(context.rest(upper.span.end)) {
        return None;
    }
    let legal = between.of(context.text).starts_with("以上");
    if legal && !is_closed(context, upper) {
        return None;
    }
    // 零下3至5度: both are below zero.
    let frost = first.span.of(context.text).starts_with("零下")
        && first.unit.is_none()
        && upper.sign.is_none()
        && low.clone().negated() < high;
    let high = if frost { high.negated() } else { high };
    let mut whole = upper.clone();
    if part.is_some() {
        (whole.unit, whole.kind, whole.composed) = (first.unit, first.kind, first.composed);
    }
    whole.sign = first.sign;
    whole.span = first.span.cover(upper.span);
    let low = match (&first.unit, first.scale, upper.scale) {
        // 3—5万元: the scale is shared where that keeps the order.
        (None, 0, scale) if scale > 0 && low.clone().scaled(scale) <= high => low.scaled(scale),
        // 三至五成: so is what one of the unit is worth.
        (None, ..) => context.ratio(upper).map_or(low.clone(), |ratio| low.times(&ratio)),
        _ => low,
    };
    // 20Hz～20kHz: two units of one dimension.
    let plain = is_plain_behind(first, upper, units);
    let apart = first.unit.is_some() && part.is_none() && first.composed != upper.composed && !plain;
    let low = if apart { low.times(&ratio(units, first, upper)?) } else { low };
    // 62.94%-51.48%: two cells side by side. 21.97%至6.43%, 零下三至零下五度: a range told downwards.
    let below = first.sign == Some(Direction::Decrease) && upper.sign == Some(Direction::Decrease);
    let (low, high) = match (low > high, between.of(context.text).trim()) {
        (true, "至" | "到") if first.unit.is_some() || below => (high, low),
        (true, _) if frost => (high, low),
        // 小于100并且大于50
        (true, _) if is_from_above(first.bound) => (high, low),
        (true, _) => return None,
        (false, _) => (low, high),
    };
    if plain {
        whole.composed = first.composed;
    }
    whole.value = Some(low.midpoint(&high));
    whole.ends = Some(Box::new((low, high)));
    whole.bound = Bound::Between;
    whole.decimals = first.decimals.max(upper.decimals);
    whole.trace.note(Column::Bound, "a range", None, Some(between));
    Some(whole)
}

/// 减少6500手至33万手, 增加4000张至16000张: behind a word of change, an amount and the level that it led to, where that is many times as large.
fn is_reached(
    (first, upper): (&Quantity, &Quantity),
    (change, level): (&Exact, &Exact),
    between: Span<InFlow>,
    context: &Context<'_>,
) -> bool {
    let changes = |(row, _): &(RowId, Span<InFlow>)| match context.lexicon.entry(*row) {
        Some(Entry::Change { form, .. }) => {
            matches!(form, ChangeForm::Verb | ChangeForm::Object | ChangeForm::Net | ChangeForm::Effect)
        }
        entry => matches!(entry, Some(Entry::Cue(Role::Fresh))),
    };
    let led = if first.kind == Some(Kind::Count) { LED.0 } else { LED.1 };
    // 6000至24.5万, but 3至5万
    let shares = first.scale == 0 && change.clone().scaled(upper.scale) <= *level;
    let bare = first.kind.is_none() && upper.kind.is_none() && !shares;
    // 减少约4600人至15.56万人: the hedge stands between the verb and the amount.
    let hedged =
        |(row, _): &&(RowId, Span<InFlow>)| matches!(context.lexicon.entry(*row), Some(Entry::Modifier { .. }));
    let hedge = hedge::word_before(context.text, first.span.start, context.lexemes).find(hedged);
    let start = hedge.map_or(first.span.start, |(_, word)| word.start);
    // 下降8℃至-2℃: by so much, and down to below zero.
    let below = first.sign.is_none() && upper.sign == Some(Direction::Decrease);
    let far = first.kind != Some(Kind::Percent) && *level >= change.times(&Exact::integer(led));
    // 下调40万桶至110万桶: a range of what is counted would name the scale once. 收窄5亿元至3亿元: none is told downwards.
    let scaled = first.kind == Some(Kind::Count)
        && first.unit.is_some()
        && first.scale >= 4
        && first.scale == upper.scale
        && level.times(&Exact::integer(2)) >= change.times(&Exact::integer(5));
    let falls = first.kind == Some(Kind::Measure) && first.composed == upper.composed && change > level;
    let spread = context.rest(upper.span.end).starts_with(['不', '之']);
    (first.unit.is_some() || bare)
        && !first.time
        && matches!(between.of(context.text).trim(), "至" | "到")
        && (far || below || !spread && (scaled || falls))
        && hedge::word_before(context.text, start, context.lexemes).any(changes)
}

/// How many times a change the level is at least that it led to, of what is counted and of what is measured.
const LED: (u64, u64) = (3, 5);

/// 新臺幣六萬元以上三十萬元以下: whether the second is so many 元 of the money that is named before the first.
fn is_plain_behind(first: &Quantity, upper: &Quantity, units: &Units) -> bool {
    let unit = |of: &Quantity| units.all.get(of.composed? as usize);
    matches!((unit(first), unit(upper)), (Some(named), Some(plain))
        if plain.local && !named.local && named.dimension == "currency" && plain.dimension == "currency")
}

/// What one of a measure's unit is in that of another of its dimension; months and years stay apart.
fn ratio(units: &Units, from: &Quantity, to: &Quantity) -> Option<Exact> {
    let unit = |of: &Quantity| units.all.get(of.composed? as usize).filter(|_| of.kind == Some(Kind::Measure));
    let (from, to) = (unit(from)?, unit(to)?);
    let alike = from.base_unit == to.base_unit && from.dimension != "time";
    (alike && from.offset.is_none() && to.offset.is_none()).then(|| from.factor.divided(&to.factor))
}

/// 三五百人: the two digits are the ends of a range.
pub(super) fn spread(quantity: &mut Quantity) {
    let (Some(low), Some(ends)) = (quantity.value.clone(), quantity.ends.take()) else { return };
    let high = ends.1;
    quantity.value = Some(low.midpoint(&high));
    quantity.ends = Some(Box::new((low, high)));
    quantity.bound = Bound::Between;
    quantity.trace.note(Column::Bound, "two digits side by side", None, Some(quantity.span));
}

/// 百分之八点三、十二点一和九点六: gives bare numbers of a list the hundred that its first member is a part of.
pub(super) fn share_parts(context: &Context<'_>, quantities: &mut [Quantity]) {
    for at in 1..quantities.len() {
        let Some([first, next]) = quantities.get_mut(at - 1..=at) else { return };
        let between = Span::<InFlow>::new(first.span.end, next.span.start).of(context.text).trim();
        let part =
            first.kind == Some(Kind::Percent) && first.unit.is_some_and(|unit| unit.of(context.text).ends_with("分之"));
        let behind = context.rest(next.span.end);
        let closed = crate::numeral::ends(behind) || behind.starts_with(['、', '和', '及', '与', '與', '以', '左']);
        let open = next.kind.is_none() && next.han && next.value.is_some();
        if part && open && closed && joins(between) {
            (next.kind, next.unit, next.composed) = (first.kind, first.unit, first.composed);
            next.trace.note(Column::Unit, "the unit of the list's first member", None, first.unit);
        }
    }
}

/// Gives bare numbers of a list the unit of its last member.
pub(super) fn share_units(context: &Context<'_>, quantities: &mut Vec<Quantity>) {
    for at in (1..quantities.len()).rev() {
        let Some((first, behind)) = quantities.get_mut(at - 1..).and_then(<[Quantity]>::split_first_mut) else {
            return;
        };
        let Some(next) = behind.first() else { return };
        let open = first.kind.is_none() || counts_points(context.text, first, next);
        if !open || next.kind.is_none() || next.kind == Some(Kind::Ratio) || next.unit.is_none() {
            continue;
        }
        let between = Span::<InFlow>::new(first.span.end, next.span.start).of(context.text).trim();
        // 3.2/4.1/5.0亿元: what is a fraction was read as one.
        let listed = matches!(between, "或" | "±" | "+/-" | "/" | "／")
            || joins(between)
            || matches!(between, "，" | ",") && context.before(first.span.start).contains("分别")
            || matches!(between, "×" | "x" | "X" | "*") && is_side(context, first, next);
        if !listed {
            continue;
        }
        if between == "、" && is_guess(context, first, next) {
            let mut whole = Quantity {
                span: first.span.cover(next.span),
                value: first.value.clone(),
                ends: first.value.as_ref().map(|low| Box::new((low.clone(), low.plus(&Exact::integer(1))))),
                ..next.clone()
            };
            spread(&mut whole);
            *first = whole;
            quantities.remove(at);
            continue;
        }
        first.kind = next.kind;
        first.unit = next.unit;
        first.composed = next.composed;
        first.time = next.time;
        if let Some(ratio) = context.ratio(first) {
            first.value = first.value.take().map(|value| value.times(&ratio));
        }
        // 300/10亿元: what stands around a slash is told alike.
        let alike = matches!(between, "/" | "／");
        if next.scale > first.scale && first.scale == 0 && (alike || shares_scale(first, next)) {
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

/// 0.2个和0.3个百分点: 个 alone is the front of the unit of the last.
fn counts_points(text: &str, first: &Quantity, next: &Quantity) -> bool {
    let of = |quantity: &Quantity| quantity.unit.map_or("", |unit| unit.of(text));
    next.kind == Some(Kind::PercentagePoint) && !of(first).is_empty() && of(next).starts_with(of(first))
}

/// 20×30厘米: the sides of one thing have one unit of length. The runners of 4×100米 and the lines of 2×120公里 have none.
fn is_side(context: &Context<'_>, first: &Quantity, next: &Quantity) -> bool {
    let (Some(a), Some(b), Some(unit)) = (&first.value, &next.value, next.unit) else { return false };
    let length =
        context.lexicon.unit_named(unit.of(context.text)).iter().find_map(|row| match context.lexicon.entry(*row) {
            Some(Entry::Unit(unit)) if &*unit.dimension == "length" => Some(&*unit.code),
            _ => None,
        });
    length.is_some_and(|code| !matches!(code, "m" | "km") || a.times(&Exact::integer(5)) >= *b)
}

/// 一、两年, 七、八个: two neighbouring Han digits before what is measured or counted one by one are a range; behind 第
/// or another 、 and before grades they are a list.
fn is_guess(context: &Context<'_>, first: &Quantity, next: &Quantity) -> bool {
    let digit = Span::<InFlow>::new(next.span.start, next.unit.map_or(next.span.end, |unit| unit.start));
    let single = digit.of(context.text).trim_end().chars().count() == 1
        && first.span.of(context.text).chars().count() <= "二十七".chars().count();
    let before = context.before(first.span.start);
    let unit = next.unit.map_or("", |unit| unit.of(context.text));
    let number = |quantity: &Quantity| quantity.value.as_ref().and_then(Exact::to_u32);
    let neighbours = matches!((number(first), number(next)), (Some(low), Some(high)) if low % 10 + 1 == high);
    // 两、三项: no list is told with 两.
    let told = |quantity: &Quantity| quantity.span.of(context.text).starts_with(['两', '兩']);
    if single && first.han && next.han && neighbours && (told(first) || told(next)) && !before.ends_with(['第', '、'])
    {
        return true;
    }
    // 4、5年: written with digits, only a length of time is guessed at.
    let digits = !first.han && !next.han && next.time && first.span.len() == 1;
    single
        && (digits || first.han && next.han)
        && neighbours
        && !before.ends_with(['第', '、', '和', '为', '別', '别', '：', '到', '至'])
        && (next.time || context.lexicon.is_word(unit, Role::Apiece))
}

/// 3、5万元, 3、-5万元: a scale is shared where the numbers before it are no larger than such a scale could follow.
fn shares_scale(first: &Quantity, next: &Quantity) -> bool {
    let size = |value: &Exact| if value.is_negative() { value.clone().negated() } else { value.clone() };
    let (Some(a), Some(b)) = (&first.value, &next.value) else { return false };
    size(a).scaled(next.scale) <= size(b).times(&Exact::integer(20))
}
