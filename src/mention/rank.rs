//! Quantities that are a place in an order: 前五名, 三年级, 第十三届, TOP50.

use super::Context;
use super::label::Verdict;
use crate::lexicon::{Role, is_digit, is_han, is_year};
use crate::quantity::Quantity;
use crate::terms::Kind;
use crate::text::Span;

/// A place in an order: 十三届全国人大, 五次、六次全会, 前五名, 二次招商, 三年级.
pub(super) fn ranked(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str) -> Option<Verdict> {
    let span = quantity.span;
    if before.ends_with('前') && context.lexicon.closing(before, Role::Ago).is_none() && context.leads(quantity, after)
    {
        return Some((Kind::Ordinal, Span::at(span.from() - '前'.len_utf8(), span.to()), "the first so many"));
    }
    // 头三名, but 带头三名
    if let Some(earlier) = before.strip_suffix('头')
        && context.leads(quantity, after)
        && earlier.chars().next_back().is_none_or(|c| !c.is_alphanumeric() || "了在的为以入进获得和".contains(c))
    {
        return Some((Kind::Ordinal, Span::at(span.from() - '头'.len_utf8(), span.to()), "the first so many"));
    }
    let (numeral, unit, rest) = context.parts(quantity)?;
    if matches!(unit, "年级" | "年級") {
        return Some((Kind::Ordinal, span, "a grade"));
    }
    if matches!(unit, "届" | "屆" | "级" | "級" | "版" | "款") && quantity.scale == 0 && are_years(numeral) {
        return Some((Kind::Label, span, "a year that names"));
    }
    // 分居1至4名
    let placed = unit == "名" && before.ends_with('居') && !rest.starts_with(is_han);
    if placed || unit == "位" && is_place(before, rest) {
        return Some((Kind::Ordinal, span, "a place that was reached or left"));
    }
    if !quantity.han {
        return None;
    }
    if numeral == "二" && context.lexicon.is_word(unit, Role::Second) {
        return Some((Kind::Ordinal, span, "二 before what 两 would count"));
    }
    // 一期、二期: what 二 orders, 一 before it orders too.
    if numeral == "一" && context.lexicon.is_word(unit, Role::Second) && goes_on_with_two(rest, unit) {
        return Some((Kind::Ordinal, span, "一 before 二 in a list"));
    }
    let numeral_behind = rest.chars().next().is_some_and(|c| context.lexicon.is_numeral_char(c));
    let rule = match unit {
        "届" | "屆"
            if numeral_behind
                || rest.starts_with(['历', '歷'])
                || context.opens(rest, Role::Body)
                || context.opens(rest, Role::Meeting) =>
        {
            "a term of a body"
        }
        "次" if context.opens(context.past_list(rest), Role::Meeting) => "a meeting in a row",
        "期" if !matches!(numeral, "两" | "兩") && before.chars().next_back().is_some_and(names) => {
            "a phase of what is named before"
        }
        "级" | "級"
            if numeral.contains(['点', '點'])
                || numeral == "两"
                || numeral == "兩"
                || context.ends_in_levels(before) =>
        {
            return None;
        }
        "级" | "級" => "a grade",
        _ => return None,
    };
    Some((Kind::Ordinal, span, rule))
}

/// 2016, and the years of 2012至2016届.
fn are_years(numeral: &str) -> bool {
    let mut years = numeral.split(['至', '到', '-', '—', '–', '－', '~', '～']).map(str::trim);
    years.next().is_some_and(is_year) && years.next().is_none_or(is_year) && years.next().is_none()
}

/// 居全省21位, 由28位上升到24位: a place in a rank, where nobody is counted behind it.
fn is_place(before: &str, rest: &str) -> bool {
    let moves = ['升', '降', '跃', '躍', '移', '进', '退', '居', '列', '排'];
    if !rest.is_empty()
        && rest.starts_with(is_han)
        && !rest.starts_with(['上', '下', '升', '降', '跃', '提', '前', '后'])
    {
        return false;
    }
    let reached = before.strip_suffix(['至', '到']).is_some_and(|before| before.ends_with(moves));
    let left = before.ends_with(['由', '从']) && rest.starts_with(is_han);
    // 居全省, 列全国同类城市
    let clause = before.rsplit(|c: char| !is_han(c)).next().unwrap_or_default();
    let names = ['民', '家', '室', '委', '住', '车', '入', '为'];
    let among = clause.rsplit_once(['居', '列']).filter(|(_, among)| !among.starts_with(names));
    let ranked = among.is_some_and(|(_, among)| among.chars().nth(AMONG).is_none());
    reached || left || ranked
}

/// Characters at most between 居 and a place: 居全国同类城市21位.
const AMONG: usize = 8;

/// 、二期, 和二楼
fn goes_on_with_two(rest: &str, unit: &str) -> bool {
    let second = rest.trim_start_matches(['、', '和', '及', '与', '與', '至', '到', '-', '—', '～']);
    second.len() < rest.len() && second.strip_prefix('二').is_some_and(|behind| behind.starts_with(unit))
}

/// Whether a character may end a name before a phase: 城东三期, but not 分三期.
fn names(c: char) -> bool {
    !matches!(c, '分' | '共' | '每' | '各' | '了' | '有') && is_han(c)
}

/// TOP50, Top10.
pub(super) fn ranks_top(code: &str) -> bool {
    let letters = code.get(..3).is_some_and(|letters| letters.eq_ignore_ascii_case("top"));
    letters && code.get(3..).is_some_and(|digits| digits.chars().all(is_digit))
}

impl Context<'_> {
    /// 省市县三级, 县、乡两级: what stands before the number are the levels that it counts.
    fn ends_in_levels(&self, before: &str) -> bool {
        let level = |c: char| matches!(c, '、' | '和') || self.lexicon.is_word(c.encode_utf8(&mut [0; 4]), Role::Tier);
        before.chars().rev().take(2).filter(|c| level(*c)).count() == 2
    }

    /// Whether a number behind 前 tells how many lead an order: 前五名, 前10强, 前三, 前五大.
    fn leads(&self, quantity: &Quantity, after: &str) -> bool {
        match (quantity.kind, self.parts(quantity)) {
            (None, _) => {
                let han = |c: char| is_han(c) || is_digit(c);
                !after.starts_with(han) || self.lexicon.opening(after, Role::Leading).is_some()
            }
            (Some(Kind::Count), Some((_, unit, _))) => matches!(unit, "名" | "位"),
            _ => false,
        }
    }

    /// What stands behind a list of meetings: 、六次、七次全会.
    fn past_list<'t>(&self, rest: &'t str) -> &'t str {
        if !rest.starts_with('、') {
            return rest;
        }
        rest.trim_start_matches(|c: char| matches!(c, '、' | '次') || self.lexicon.is_numeral_char(c))
    }
}
