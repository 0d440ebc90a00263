//! Numbers that measure nothing: codes, names, list numbers, years that stand alone.

use super::Context;
use super::class::classed;
use super::name::{is_latin_name, is_letter, is_model, is_named_before};
use super::rank::{ranked, ranks_top};
use super::year::is_year;
use crate::lexicon::{Entry, Role, is_digit, is_han};
use crate::quantity::Quantity;
use crate::segment::SegmentKind;
use crate::terms::{Direction, Kind};
use crate::text::{InFlow, Span};

/// What a quantity turns out to be: its kind, its span, and the rule that says so.
pub(super) type Verdict = (Kind, Span<InFlow>, &'static str);

/// Whether a quantity is an ordinal, a label or a date after all.
pub(super) fn verdict(context: &Context<'_>, quantity: &Quantity) -> Option<Verdict> {
    let before = context.before(quantity.span);
    let after = context.after(quantity.span);
    if before.trim_end().ends_with('第') {
        let head = before.trim_end().trim_end_matches('第');
        let head = head.strip_suffix("倒数").or_else(|| head.strip_suffix("倒數")).unwrap_or(head);
        let start = head.len() + context.segment.span.from();
        return Some((Kind::Ordinal, Span::at(start, quantity.span.to()), "第 before the number"));
    }
    // 24路公交车: the noun is the front of a name.
    if quantity.kind == Some(Kind::Count)
        && quantity.unit.is_none()
        && context.opens(context.past_numbers(quantity, after), Role::Names)
    {
        return Some((Kind::Label, quantity.span, "a number in the name of what follows"));
    }
    // 图3企业: the noun is not counted; 附件3份 is a count.
    if quantity.kind == Some(Kind::Count) && quantity.unit.is_none() && context.behind(quantity.span, Role::Numbered) {
        return Some((Kind::Label, quantity.span, "a word for a numbered thing before the number"));
    }
    if context.names_articles(quantity, after) {
        return Some((Kind::Ordinal, quantity.span, "one of the articles that are named behind it"));
    }
    if let Some(verdict) = ranked(context, quantity, before, after) {
        return Some(verdict);
    }
    if let Some(verdict) = named(context, quantity, before, after).or_else(|| classed(context, quantity, after)) {
        return Some(verdict);
    }
    if context.is_glued(quantity) {
        return Some((Kind::Label, quantity.span, "more digits than such a quantity has"));
    }
    if quantity.kind.is_none() { Some(bare(context, quantity, before, after)) } else { None }
}

/// 128号6号楼, A座: the larger part of an address ends before the number.
fn ends_in_place(before: &str) -> bool {
    before.ends_with("号楼")
        || before.ends_with("单元")
        || before.trim_end().ends_with(['号', '號', '#', '栋', '幢', '弄'])
        || before.strip_suffix('座').is_some_and(|block| block.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// 3栋2单元: what follows is a smaller part of the address.
fn opens_room(after: &str) -> bool {
    let part = after.trim_start_matches(is_digit);
    part.len() < after.len() && ["单元", "單元", "室", "号", "號"].iter().any(|word| part.starts_with(word))
}

/// From so many digits on a letter behind them ends a code: 91350525337625372J.
const CODE: usize = 12;

/// A number with a unit inside a name: “15分钟便民圈”, 588号.
fn named(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str) -> Option<Verdict> {
    let unit = quantity.unit.map_or("", |unit| unit.of(context.text));
    if quantity.time && unit == "年" && before.ends_with(['前', '元']) {
        let era = ["公元前", "公元", "西元前", "西元"].iter().find(|era| before.ends_with(**era));
        if let Some(era) = era {
            let start = quantity.span.from() - era.len();
            return Some((Kind::Date, Span::at(start, quantity.span.to()), "a year of an era"));
        }
    }
    // 2025医院工作总结
    let heads = matches!(context.segment.kind, SegmentKind::Title | SegmentKind::Heading)
        && before.trim_matches(['#', ' ']).is_empty();
    let year = || quantity.span.len() == 4 && is_year(quantity.span.of(context.text));
    if heads && unit.is_empty() && quantity.kind == Some(Kind::Count) && year() {
        return Some((Kind::Date, quantity.span, "a year that heads a title"));
    }
    if quantity.time && unit == "年" && context.behind(quantity.span, Role::Reign) {
        return Some((Kind::Date, quantity.span, "a year of a reign"));
    }
    if quantity.time && context.opens(after, Role::PlanName) && !context.opens(after, Role::Not) {
        return Some((Kind::Label, quantity.span, "a length of time that names a plan"));
    }
    let letter = unit.len() == 1 && unit.chars().all(|c| c.is_ascii_uppercase());
    if letter && (is_letter(before) || quantity.span.len() as usize > CODE) {
        return Some((Kind::Label, quantity.span, "a number between letters"));
    }
    if matches!(unit, "号" | "號") {
        return Some((Kind::Label, quantity.span, "号 behind the number"));
    }
    if quantity.kind == Some(Kind::Count)
        && context.lexicon.is_word(unit, Role::AddressPart)
        && (context.behind_code_word(quantity.span) || ends_in_place(before) || opens_room(after))
    {
        return Some((Kind::Label, quantity.span, "a part of an address"));
    }
    if quantity.kind.is_some() && quantity.time && Context::is_ring(after) {
        return Some((Kind::Label, quantity.span, "a time that names a circle of life"));
    }
    // A name in quotes starts with the number and goes on without a pause.
    if quantity.kind.is_some() && before.ends_with(['“', '「', '《']) {
        let inner = after.split(['”', '」', '》']).next().unwrap_or_default();
        let short = (0..=12).contains(&inner.chars().count());
        let plain = !inner.contains(['，', '。', ',', '、', '；']) && inner.len() < after.len();
        if short && plain && quantity.kind != Some(Kind::Percent) {
            return Some((Kind::Label, quantity.span, "the front of a name in quotes"));
        }
    }
    None
}

/// A number without a unit.
fn bare(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str) -> Verdict {
    let span = quantity.span;
    let words = span.of(context.text);
    let digits = words.chars().all(is_digit);
    let count = words.chars().count();
    let cell =
        matches!(context.segment.kind, SegmentKind::Cell { .. }) && before.trim().is_empty() && after.trim().is_empty();
    if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        // 20万P, 10.5万亿Token: no name has a scale in it.
        if quantity.scale >= 4 {
            return (Kind::Count, span, "a noun in Latin letters is counted behind the number");
        }
        let tail = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || is_digit(c)).len();
        return (Kind::Label, Span::at(span.from(), span.to() + tail), "Latin letters behind the number");
    }
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) && quantity.sign.is_none() {
        return (Kind::Label, span, "Latin letters before the number");
    }
    let room = |c: &char| matches!(c, '室' | '弄') && digits && count > 1;
    if let Some(tail) = after.chars().next().filter(|c| matches!(c, '号' | '號' | '#') || room(c)) {
        return (Kind::Label, Span::at(span.from(), span.to() + tail.len_utf8()), "号 behind the number");
    }
    if after.starts_with(['强', '強']) && !after.chars().nth(1).is_some_and(|c| "度化劲勁调調烈制力大于於".contains(c))
    {
        return (Kind::Ordinal, Span::at(span.from(), span.to() + '强'.len_utf8()), "among the strongest");
    }
    if let Some(top) = before.trim_end().get(before.trim_end().len().saturating_sub(3)..)
        && digits
        && ranks_top(top)
    {
        let start = context.segment.span.from() + before.trim_end().len() - top.len();
        return (Kind::Ordinal, Span::at(start, span.to()), "among the top");
    }
    if digits
        && count == 4
        && is_year(words)
        && let Some(rule) = context.year_rule(quantity, before, after, cell)
    {
        return (Kind::Date, span, rule);
    }
    if let Some(rule) = names_behind(context, words, after).filter(|_| digits) {
        return (Kind::Label, span, rule);
    }
    if !cell && words.ends_with(".0") && count == 3 && before.chars().next_back().is_some_and(is_named_before) {
        return (Kind::Label, span, "a version of what is named before");
    }
    if !cell && context.counts_english(quantity) {
        return (Kind::Count, span, "a noun is counted behind the number");
    }
    if !cell && quantity.scale == 0 && (is_latin_name(before) && !after.starts_with(' ') || digits && is_letter(before))
    {
        return (Kind::Label, span, "a number behind a name in Latin letters");
    }
    if let Some(rule) = listed(before, after, count).filter(|_| digits) {
        return (Kind::Label, span, rule);
    }
    if count > 2 && !cell && is_torn_code(words, before, after) {
        return (Kind::Label, span, "two numbers between names");
    }
    let leader = before.trim_end_matches([' ', '-', '—', '–', '─']);
    if leader.ends_with("..") || leader.ends_with("……") || leader.ends_with("··") {
        return (Kind::Label, span, "a page number behind dots");
    }
    if !cell && quantity.sign == Some(Direction::Decrease) && is_model(words, before) {
        return (Kind::Label, span, "a dash behind a name");
    }
    if context.behind(span, Role::Numbered) {
        // 图3-2, 表4.1.
        let more = after.trim_start_matches(|c: char| is_digit(c) || matches!(c, '-' | '.' | '－'));
        let tail = after.get(..after.len() - more.len()).unwrap_or_default();
        let tail = if tail.ends_with(is_digit) { tail.len() } else { 0 };
        return (Kind::Label, Span::at(span.from(), span.to() + tail), "a word for a numbered thing before the number");
    }
    let numbered = before.trim_end_matches([':', '：', ' ', '为', '是']).ends_with(['号', '號', '室']);
    if !cell && digits && count >= 3 && numbered {
        return (Kind::Label, span, "behind a word that ends in 号 or 室");
    }
    if !cell && context.behind_code_word(span) {
        return (Kind::Label, span, "a word for a code before the number");
    }
    if let Some(rule) = quoted(before, after, digits) {
        return (Kind::Label, span, rule);
    }
    let bracketed = before.ends_with(['（', '(', '[', '［', '【']) && after.starts_with(['）', ')', ']', '］', '】']);
    if bracketed && digits && (count == 6 || before.ends_with(['[', '［'])) {
        return (Kind::Label, span, "alone in brackets");
    }
    let zero_led = count > 1 && words.starts_with(['0', '０']);
    if !cell && digits && (count >= 7 || zero_led) {
        return (Kind::Label, span, "a string of digits");
    }
    let counted =
        after.chars().next().is_some_and(|c| is_han(c) && !"的左以多余至到为是和与及或占上下同比较增".contains(c));
    if quantity.scale >= 4 && counted {
        return (Kind::Count, span, "a noun is counted behind the number");
    }
    (Kind::Number, span, "a number without a unit")
}

/// Why digits name what stands behind them: 90后, 500指数.
fn names_behind(context: &Context<'_>, words: &str, after: &str) -> Option<&'static str> {
    if words.chars().count() == 2 && words.ends_with(['0', '5']) && is_generation(after) {
        return Some("those born from a year on");
    }
    let plan = words.chars().nth(1).is_some() && context.opens(after, Role::PlanName);
    let name = plan || context.opens(after.trim_start_matches(' '), Role::Names);
    name.then_some("a number in the name of what follows")
}

/// Why a number that closes what stands in quotes is a label: “134”, or “24附息国债11”, a short name. “从0到1” is none.
fn quoted(before: &str, after: &str, digits: bool) -> Option<&'static str> {
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

/// 1、 or 2. where a sentence may start; （3） before words.
fn is_list_number(before: &str, after: &str) -> bool {
    let mut behind = after.chars();
    let close = behind.next().map(crate::lexicon::fold);
    let word = behind.next().is_some_and(|c| !is_digit(c) && !c.is_whitespace());
    let bracketed = before.ends_with(['（', '('])
        && close == Some(')')
        && word
        && !before.trim_end_matches(['（', '(']).ends_with(['%', '％']);
    let opens = before.trim_end().is_empty()
        || before.trim_end().ends_with(['。', '；', '：', ';', ':', '！', '？', '】', '”'])
        || before.ends_with(' ');
    bracketed || opens && matches!(close, Some('、' | '.' | ')')) && word
}

/// Why a number of so many digits only numbers an item.
fn listed(before: &str, after: &str, count: usize) -> Option<&'static str> {
    match count {
        0..=3 if heads_column(before, after) => Some("a list number in columns"),
        0..=3 if opens_dated_item(before, after) => Some("a list number before a date"),
        0..=2 if is_list_number(before, after) => Some("a list number inside a paragraph"),
        _ => None,
    }
}

/// 15 铁 32 钽: each number stands before its word, from the front of the line on.
fn heads_column(before: &str, after: &str) -> bool {
    let word = |c: char| is_han(c);
    let plain = |c: char| word(c) || is_digit(c) || " ()（）、".contains(c);
    after
        .strip_prefix(' ')
        .is_some_and(|name| name.starts_with(word) && name.chars().all(plain) && !name.ends_with(is_digit))
        && (before.is_empty() || before.starts_with(is_digit) && before.ends_with(' ') && before.chars().all(plain))
}

/// 自有资金4-17王: two numbers with a hyphen, glued to words on either side, range over nothing.
fn is_torn_code(words: &str, before: &str, after: &str) -> bool {
    let word = |c: char| is_han(c);
    let Some((first, last)) = words.split_once('-') else { return false };
    let short = |text: &str| (1..=2).contains(&text.len()) && text.chars().all(is_digit);
    short(first)
        && short(last)
        && before.chars().next_back().is_some_and(|c| word(c) && is_named_before(c))
        && after.starts_with(|c: char| word(c) && !"的之左以上下不间区內内范等多余".contains(c))
}

/// 13、5月29日, 119.2017年: a list number whose item starts with a date.
fn opens_dated_item(before: &str, after: &str) -> bool {
    let opens = before.trim_end().is_empty() || before.trim_end().ends_with(['。', '；', ';', '！', '？']);
    let Some(item) = after.strip_prefix(['、', '.', '．', ')', '）']) else { return false };
    let behind = item.trim_start_matches(is_digit);
    let year = behind.len() + "2017".len() == item.len();
    opens
        && behind.len() < item.len()
        && (behind.trim_start().starts_with(['年', '月']) || year && behind.starts_with(['-', '—', '–', '~', '～']))
}

/// 90后青年, but not 90后续.
fn is_generation(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('后' | '後'))
        && !chars.next().is_some_and(|c| matches!(c, '续' | '期' | '来' | '方' | '台'))
}

impl Context<'_> {
    pub(super) fn before(&self, span: Span<InFlow>) -> &str {
        Span::<InFlow>::new(self.segment.span.start, span.start).of(self.text)
    }

    pub(super) fn after(&self, span: Span<InFlow>) -> &str {
        Span::<InFlow>::new(span.end, self.segment.span.end).of(self.text)
    }

    /// 分钟…圈: within a few characters the name of a circle ends.
    fn is_ring(after: &str) -> bool {
        let name: &str = after.split(['，', '。', '、', ',', '；', '”', '的', '内']).next().unwrap_or_default();
        let short: String = name.chars().take(10).collect();
        short.contains('圈')
    }

    /// Whether a word of a role, of four characters at most, stands at the front of `text`.
    pub(super) fn opens(&self, text: &str, role: Role) -> bool {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(4);
        ends.filter_map(|end| text.get(..end)).any(|word| self.lexicon.is_word(word, role))
    }

    /// What stands behind a list of such numbers: 公交 of 8路、28路、70路公交. At most eight are looked over.
    fn past_numbers<'t>(&'t self, quantity: &Quantity, after: &'t str) -> &'t str {
        let Some((_, noun, mut rest)) = self.parts(quantity) else { return after };
        let mut last = after;
        for _ in 0..8 {
            let next = rest.trim_start_matches(['、', '和', '及', '与', '或', '，']);
            let behind = next.trim_start_matches(is_digit);
            if next.len() == rest.len() || behind.len() == next.len() || !behind.starts_with(noun) {
                break;
            }
            last = behind;
            rest = behind.get(noun.len()..).unwrap_or_default();
        }
        last
    }

    /// Whether a word of a role ends where the span starts: 表1.
    pub(super) fn behind(&self, span: Span<InFlow>, role: Role) -> bool {
        crate::quantity::word_before(self.text, span.start, self.lexemes)
            .any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(found)) if *found == role))
    }

    /// The words of the segment that a code follows.
    fn code_words(&self) -> Vec<Span<InFlow>> {
        let code = |row| matches!(self.lexicon.entry(row), Some(Entry::Cue(Role::Code)));
        self.lexemes.words.iter().filter(|(row, _)| code(*row)).map(|(_, word)| *word).collect()
    }

    /// 电话, 邮编 in the same clause: what follows is a code.
    fn behind_code_word(&self, span: Span<InFlow>) -> bool {
        let words = self.codes.get_or_init(|| self.code_words());
        let before = words.partition_point(|word| word.end <= span.start);
        let code = before.checked_sub(1).and_then(|last| words.get(last));
        code.is_some_and(|word| {
            let between = Span::<InFlow>::new(word.end, span.start).of(self.text);
            !between.contains(['，', '。', '；', ',', ';'])
        })
    }
}
