//! Numbers that measure nothing: codes, names, list numbers, years that stand alone.

use super::Context;
use crate::lex::is_digit;
use crate::lexicon::{Entry, Role};
use crate::quantity::Quantity;
use crate::segment::SegmentKind;
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// What a quantity turns out to be: its kind, its span, and the rule that says so.
pub(super) type Verdict = (Kind, Span<InFlow>, &'static str);

/// Whether a quantity is an ordinal, a label or a date after all.
pub(super) fn verdict(context: &Context<'_>, quantity: &Quantity) -> Option<Verdict> {
    let before = context.before(quantity.span);
    let after = context.after(quantity.span);
    if before.trim_end().ends_with('第') {
        let start = before.trim_end().len() - '第'.len_utf8() + context.segment.span.from();
        return Some((Kind::Ordinal, Span::at(start, quantity.span.to()), "第 before the number"));
    }
    if quantity.kind == Some(Kind::Count) && context.behind(quantity.span, Role::Numbered) {
        let end = quantity.unit.map_or(quantity.span.to(), Span::from);
        return Some((
            Kind::Label,
            Span::at(quantity.span.from(), end),
            "a word for a numbered thing before the number",
        ));
    }
    if let Some(verdict) = named(context, quantity, before, after) {
        return Some(verdict);
    }
    if quantity.kind.is_none() { Some(bare(context, quantity, before, after)) } else { None }
}

/// A number with a unit inside a name: “15分钟便民圈”, 588号.
fn named(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str) -> Option<Verdict> {
    let unit = quantity.unit.map_or("", |unit| unit.of(context.text));
    if quantity.han
        && matches!(unit, "届" | "屆")
        && (context.opens(after, Role::Body) || context.opens(after, Role::Meeting))
    {
        return Some((Kind::Ordinal, quantity.span, "a term of a body"));
    }
    if quantity.han && unit == "次" && context.opens(after, Role::Meeting) {
        return Some((Kind::Ordinal, quantity.span, "a meeting in a row"));
    }
    let named = |c: Option<char>| {
        c.is_some_and(|c| {
            !matches!(c, '分' | '共' | '每' | '各' | '了' | '有') && ('\u{4E00}'..='\u{9FFF}').contains(&c)
        })
    };
    if quantity.han && unit == "期" && named(before.chars().next_back()) {
        return Some((Kind::Ordinal, quantity.span, "a phase of what is named before"));
    }
    if quantity.time && context.opens(after, Role::PlanName) {
        return Some((Kind::Label, quantity.span, "a length of time that names a plan"));
    }
    if matches!(unit, "级" | "級") && quantity.han {
        return Some((Kind::Ordinal, quantity.span, "a grade"));
    }
    if matches!(unit, "号" | "號") {
        return Some((Kind::Label, quantity.span, "号 behind the number"));
    }
    if quantity.kind == Some(Kind::Count)
        && context.is_word(unit, Role::AddressPart)
        && context.behind_code_word(quantity.span)
    {
        return Some((Kind::Label, quantity.span, "a part of an address"));
    }
    if quantity.kind.is_some() && quantity.time && Context::is_ring(after) {
        return Some((Kind::Label, quantity.span, "a time that names a circle of life"));
    }
    // A name in quotes starts with the number and goes on without a pause.
    if quantity.kind.is_some() && before.ends_with(['“', '「', '《']) {
        let inner = after.split(['”', '」', '》']).next().unwrap_or_default();
        let short = (1..=12).contains(&inner.chars().count());
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
        let tail = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || is_digit(c)).len();
        return (Kind::Label, Span::at(span.from(), span.to() + tail), "Latin letters behind the number");
    }
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) && quantity.sign.is_none() {
        return (Kind::Label, span, "Latin letters before the number");
    }
    if let Some(tail) = after.chars().next().filter(|c| matches!(c, '号' | '號' | '#')) {
        return (Kind::Label, Span::at(span.from(), span.to() + tail.len_utf8()), "号 behind the number");
    }
    if digits && count == 4 && is_year(words) && context.year_stands_alone(before, after, cell) {
        return (Kind::Date, span, "a year that stands alone");
    }
    if digits && count <= 2 && is_list_number(before, after) {
        return (Kind::Label, span, "a list number inside a paragraph");
    }
    if before.ends_with("..") || before.ends_with("……") || before.ends_with("··") {
        return (Kind::Label, span, "a page number behind dots");
    }
    if context.behind(span, Role::Numbered) {
        return (Kind::Label, span, "a word for a numbered thing before the number");
    }
    if !cell && context.behind_code_word(span) {
        return (Kind::Label, span, "a word for a code before the number");
    }
    let quoted = before.ends_with(['“', '「', '"', '‘']) && after.starts_with(['”', '」', '"', '’']);
    if quoted {
        return (Kind::Label, span, "alone in quotes");
    }
    let bracketed = before.ends_with(['（', '(', '[', '［', '【']) && after.starts_with(['）', ')', ']', '］', '】']);
    if bracketed && digits && (count == 6 || before.ends_with(['[', '［'])) {
        return (Kind::Label, span, "alone in brackets");
    }
    let zero_led = count > 1 && words.starts_with(['0', '０']);
    if !cell && digits && (count >= 7 || zero_led) {
        return (Kind::Label, span, "a string of digits");
    }
    let counted = after.chars().next().is_some_and(|c| {
        ('\u{4E00}'..='\u{9FFF}').contains(&c) && !"的左以多余至到为是和与及或占上下同比较增".contains(c)
    });
    if quantity.scale >= 4 && counted {
        return (Kind::Count, span, "a noun is counted behind the number");
    }
    (Kind::Number, span, "a number without a unit")
}

/// 1、 or 2. where a sentence may start; （3） before words.
fn is_list_number(before: &str, after: &str) -> bool {
    let mut behind = after.chars();
    let close = behind.next().map(crate::lexicon::fold);
    let word = behind.next().is_some_and(|c| !crate::lex::is_digit(c) && !c.is_whitespace());
    let bracketed = before.ends_with(['（', '('])
        && close == Some(')')
        && word
        && !before.trim_end_matches(['（', '(']).ends_with(['%', '％']);
    let opens = before.trim_end().is_empty()
        || before.trim_end().ends_with(['。', '；', '：', ';', ':', '！', '？', '】', '”'])
        || before.ends_with(' ');
    bracketed || opens && matches!(close, Some('、' | '.')) && word
}

/// A four-digit year of reports.
fn is_year(words: &str) -> bool {
    let folded: String = words.chars().map(crate::lexicon::fold).collect();
    folded.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year))
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

    /// A year heads a title, stands in brackets, or is a cell; in prose a space or a name follows it.
    fn year_stands_alone(&self, before: &str, after: &str, cell: bool) -> bool {
        let title = matches!(self.segment.kind, SegmentKind::Title | SegmentKind::Heading | SegmentKind::Caption);
        if cell {
            return before.is_empty() && after.is_empty();
        }
        let front = before.trim().is_empty() && !after.is_empty();
        let bracketed = before.ends_with(['（', '(']) && after.starts_with(['）', ')']);
        title
            || front
            || bracketed
            || before.ends_with(['在', '于', '自', '到', '至', '从']) && !after.starts_with(['多', '余'])
            || after.starts_with("财年")
            || after.starts_with("赛季")
    }

    /// Whether `word` is a word of a role.
    fn is_word(&self, word: &str, role: Role) -> bool {
        let rows = self.lexicon.word_named(word);
        rows.iter().any(|row| matches!(self.lexicon.entry(*row), Some(Entry::Cue(found)) if *found == role))
    }

    /// Whether a word of a role, of four characters at most, stands at the front of `text`.
    fn opens(&self, text: &str, role: Role) -> bool {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(4);
        ends.filter_map(|end| text.get(..end)).any(|word| self.is_word(word, role))
    }

    /// Whether a word of a role ends where the span starts: 表1.
    fn behind(&self, span: Span<InFlow>, role: Role) -> bool {
        crate::quantity::word_before(self.text, span.start, self.lexemes)
            .any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(found)) if *found == role))
    }

    /// 电话, 邮编 in the same clause: what follows is a code.
    fn behind_code_word(&self, span: Span<InFlow>) -> bool {
        let before = self.lexemes.words.partition_point(|(_, word)| word.end <= span.start);
        let words = self.lexemes.words.get(..before).unwrap_or_default();
        let code = words.iter().rev().find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Code))));
        code.is_some_and(|(_, word)| {
            let between = Span::<InFlow>::new(word.end, span.start).of(self.text);
            !between.contains(['，', '。', '；', ',', ';'])
        })
    }
}
