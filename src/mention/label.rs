//! Numbers that measure nothing: codes, names, list numbers, years that stand alone.

use super::Context;
use super::beside::{beside_letters, dated, names_behind, quoted};
use super::class::classed;
use super::listed::{is_torn_code, listed};
use super::name::{ends_in_name, is_latin_name, is_letter, is_model};
use super::rank::{ranked, ranks_top};
use crate::exact::Exact;
use crate::lexicon::{Entry, Lexicon, Place, Role, RowId, is_digit, is_han, is_year};
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
        let from_end = context.lexicon.closing(head, Role::FromEnd).map_or(0, str::len);
        let start = head.len() - from_end + context.segment.span.from();
        return Some((Kind::Ordinal, Span::at(start, quantity.span.to()), "第 before the number"));
    }
    // 24路公交车: the noun is the front of a name.
    if quantity.kind == Some(Kind::Count)
        && quantity.unit.is_none()
        && context.opens(context.past_numbers(quantity, after), Role::Names)
    {
        return Some((Kind::Label, quantity.span, "a number in the name of what follows"));
    }
    if let Some(verdict) = named_behind(context, quantity) {
        return Some(verdict);
    }
    // 图3企业: the noun is not counted; 附件3份 is a count.
    if quantity.kind == Some(Kind::Count) && quantity.unit.is_none() && context.behind(quantity.span, Role::Numbered) {
        return Some((Kind::Label, quantity.span, "a word for a numbered thing before the number"));
    }
    // 孕产妇死亡率（1/10万）
    if context.is_unit_in_brackets(before, after) {
        return Some((Kind::Label, quantity.span, "a unit in brackets"));
    }
    let cell = context.is_cell(before, after);
    if quantity.unit.is_none()
        && let Some(rule) = dated(quantity.span.of(context.text), after, cell)
    {
        return Some((Kind::Label, quantity.span, rule));
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
    if quantity.kind.is_none() { Some(bare(context, quantity, before, after, cell)) } else { None }
}

/// 115组合, 一一三组合: what looks like a classifier is the front of the word that the number names.
fn named_behind(context: &Context<'_>, quantity: &Quantity) -> Option<Verdict> {
    let unit = quantity.unit.filter(|_| quantity.kind == Some(Kind::Count))?;
    let number = Span::<InFlow>::new(quantity.span.start, unit.start);
    let words = Span::<InFlow>::new(unit.start, context.segment.span.end).of(context.text);
    let long = number.of(context.text).chars().nth(1).is_some();
    let name = context.lexicon.opening(words, Role::Names).filter(|name| long && name.len() > unit.len() as usize)?;
    // 12组合计: a longer word.
    let other = context.lexicon.opening(words, Role::Not).is_some_and(|word| word.len() > name.len());
    (!other).then_some((Kind::Label, number, "a number in the name of what follows"))
}

/// 128号6号楼, A座: the larger part of an address ends before the number.
fn ends_in_place(before: &str, lexicon: &Lexicon) -> bool {
    lexicon.closing(before.trim_end(), Role::Block).is_some()
        || before.strip_suffix('座').is_some_and(|block| block.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// 3栋2单元: what follows is a smaller part of the address.
fn opens_room(after: &str, lexicon: &Lexicon) -> bool {
    let part = after.trim_start_matches(is_digit);
    part.len() < after.len() && lexicon.opening(part, Role::Room).is_some()
}

/// 解放路12-3号: the house with what stands before the dash.
fn whole_house(span: Span<InFlow>, before: &str) -> Span<InFlow> {
    let Some(first) = before.strip_suffix('-') else { return span };
    let road = first.trim_end_matches(is_digit);
    let number = if road.len() < first.len() { before.len() - road.len() } else { 0 };
    Span::at(span.from() - number, span.to())
}

/// Bytes of the bracket, and of what else a unit with a number in it has, on either side of the number: 1/10万.
const RATE: usize = 8;

/// A number with a unit inside a name: “15分钟便民圈”, 588号.
fn named(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str) -> Option<Verdict> {
    let unit = quantity.unit.map_or("", |unit| unit.of(context.text));
    if quantity.time
        && unit == "年"
        && let Some(era) = context.lexicon.closing(before, Role::Era)
    {
        let start = quantity.span.from() - era.len();
        return Some((Kind::Date, Span::at(start, quantity.span.to()), "a year of an era"));
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
    if letter && (is_letter(before) || quantity.span.len() as usize > context.code_length(before, after)) {
        return Some((Kind::Label, quantity.span, "a number between letters"));
    }
    if matches!(unit, "号" | "號") {
        return Some((Kind::Label, whole_house(quantity.span, before), "号 behind the number"));
    }
    let mut digits = quantity.span.of(context.text).chars();
    if quantity.kind == Some(Kind::Count) && digits.next() == Some('0') && digits.next().is_some_and(is_digit) {
        return Some((Kind::Label, quantity.span, "a number that a zero leads"));
    }
    // 自强号412次: a train.
    if unit == "次" && before.ends_with(['号', '號']) {
        return Some((Kind::Label, quantity.span, "the number of a train"));
    }
    if quantity.kind == Some(Kind::Count)
        && context.lexicon.is_word(unit, Role::AddressPart)
        && (context.behind_code_word(quantity.span)
            || ends_in_place(before, context.lexicon)
            || opens_room(after, context.lexicon))
    {
        return Some((Kind::Label, quantity.span, "a part of an address"));
    }
    if matches!(unit, "点" | "點") && context.is_hour(quantity) {
        return Some((Kind::Date, quantity.span, "an hour of a day"));
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
fn bare(context: &Context<'_>, quantity: &Quantity, before: &str, after: &str, cell: bool) -> Verdict {
    let span = quantity.span;
    let words = span.of(context.text);
    let digits = words.chars().all(is_digit);
    let count = words.chars().count();
    if let Some(verdict) = beside_letters(quantity, words, before, after) {
        return verdict;
    }
    let room = |c: &char| matches!(c, '室' | '弄') && digits && count > 1;
    if let Some(tail) = after.chars().next().filter(|c| matches!(c, '号' | '號' | '#') || room(c)) {
        let house = whole_house(Span::at(span.from(), span.to() + tail.len_utf8()), before);
        return (Kind::Label, house, "号 behind the number");
    }
    if after.starts_with(['强', '強']) && !context.opens_other(after) {
        return (Kind::Ordinal, Span::at(span.from(), span.to() + '强'.len_utf8()), "among the strongest");
    }
    if let Some(top) = before.trim_end().get(before.trim_end().len().saturating_sub(3)..)
        && digits
        && ranks_top(top)
    {
        let start = context.segment.span.from() + before.trim_end().len() - top.len();
        return (Kind::Ordinal, Span::at(start, span.to()), "among the top");
    }
    if let Some((year, rule)) = context.year(quantity, before, after, cell) {
        return (Kind::Date, year, rule);
    }
    if let Some(rule) = names_behind(context, words, after).filter(|_| digits) {
        return (Kind::Label, span, rule);
    }
    if !cell && words.ends_with(".0") && count == 3 && ends_in_name(before, context.lexicon) {
        return (Kind::Label, span, "a version of what is named before");
    }
    if !cell && context.counts_english(quantity) {
        return (Kind::Count, span, "a noun is counted behind the number");
    }
    if !cell && quantity.scale == 0 && (is_latin_name(before) && !after.starts_with(' ') || digits && is_letter(before))
    {
        return (Kind::Label, span, "a number behind a name in Latin letters");
    }
    let section = !cell && before.trim().is_empty() && heads_section(words, after);
    let section = section.then_some("the number of a section");
    if let Some(rule) = listed(before, after, count).filter(|_| digits).or(section) {
        return (Kind::Label, span, rule);
    }
    if count > 2 && !cell && is_torn_code(words, before, after, context.lexicon) {
        return (Kind::Label, span, "two numbers between names");
    }
    let leader = before.trim_end_matches([' ', '-', '—', '–', '─']);
    if leader.ends_with("..") || leader.ends_with("……") || leader.ends_with("··") {
        return (Kind::Label, span, "a page number behind dots");
    }
    if !cell && quantity.sign == Some(Direction::Decrease) && is_model(words, before, context.lexicon) {
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
    // 3单元502
    let flat = digits && (3..=4).contains(&count) && ends_in_place(before, context.lexicon);
    if !cell && flat {
        return (Kind::Label, span, "a part of an address");
    }
    // 全国手机用户17.5亿: a code has no scale.
    if !cell && quantity.scale == 0 && context.behind_code_word(span) {
        return (Kind::Label, span, "a word for a code before the number");
    }
    if let Some(rule) = quoted(before, after, digits) {
        return (Kind::Label, span, rule);
    }
    let bracketed = before.ends_with(['（', '(', '[', '［', '【']) && after.starts_with(['）', ')', ']', '］', '】']);
    // [1-3] after a statement: the sources it rests on.
    let sources = before.ends_with(['[', '［']) && words.chars().all(|c| is_digit(c) || matches!(c, '-' | '–' | '—'));
    if bracketed && (digits || sources) && (count == 6 || before.ends_with(['[', '［'])) {
        return (Kind::Label, span, "alone in brackets");
    }
    let zero_led = count > 1 && words.starts_with(['0', '０']);
    if !cell
        && digits
        && (count >= 7 && !(count < 9 && !is_compact_day(words) && fills_line(context, before, after)) || zero_led)
    {
        return (Kind::Label, span, "a string of digits");
    }
    let counted =
        after.chars().next().is_some_and(|c| is_han(c) && !"的左以多余至到为是和与及或占上下同比较增".contains(c))
            && !context.hedges(span.end)
            && !context.is_height(before, after);
    if quantity.scale >= 4 && counted {
        return (Kind::Count, span, "a noun is counted behind the number");
    }
    (Kind::Number, span, "a number without a unit")
}

/// 2.1 新增学位: two short numbers around a point, before the words of a section that they number.
fn heads_section(words: &str, after: &str) -> bool {
    let short = |part: &str| matches!(part.len(), 1..=2) && part.chars().all(|c| c.is_ascii_digit()) && part != "0";
    let numbers = words.split_once('.').is_some_and(|(chapter, section)| short(chapter) && short(section));
    let title = after.trim_start();
    numbers && title.starts_with(is_han) && !title.starts_with(['的', '左', '以', '多', '至', '到', '为', '是', '和'])
}

/// 20120924: a year, a month and a day without marks between.
fn is_compact_day(digits: &str) -> bool {
    let field = |from: usize, to: usize| digits.get(from..to).and_then(|field| field.parse::<u16>().ok());
    digits.len() == 8
        && digits.get(..4).is_some_and(is_year)
        && field(4, 6).is_some_and(|month| (1..=12).contains(&month))
        && field(6, 8).is_some_and(|day| (1..=31).contains(&day))
}

/// 门诊人次 1678814: whether a number ends a short line behind a label, which is no room or office with a telephone.
fn fills_line(context: &Context<'_>, before: &str, after: &str) -> bool {
    let label = before.trim_end();
    let line = matches!(
        context.segment.kind,
        SegmentKind::Heading | SegmentKind::Caption | SegmentKind::Title | SegmentKind::Cell { .. }
    );
    line && after.trim().is_empty()
        && label.len() < before.len()
        && label.ends_with(|c: char| is_han(c) || matches!(c, '）' | ')'))
        && !label.ends_with(['室', '科', '处', '處', '局', '办', '辦', '人', '站', '队', '厅', '话', '機', '机'])
}

impl Context<'_> {
    pub(super) fn before(&self, span: Span<InFlow>) -> &str {
        Span::<InFlow>::new(self.segment.span.start, span.start).of(self.text)
    }

    pub(super) fn after(&self, span: Span<InFlow>) -> &str {
        Span::<InFlow>::new(span.end, self.segment.span.end).of(self.text)
    }

    /// （1/10万）, （/10万）: whether brackets hold nothing but a unit that a number is part of.
    fn is_unit_in_brackets(&self, before: &str, after: &str) -> bool {
        let Some(open) = before.rfind(['（', '(']).filter(|open| before.len() - open <= RATE) else { return false };
        let Some(close) = after.find(['）', ')']).filter(|close| *close <= RATE) else { return false };
        let from = open + before.get(open..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let (start, end) = (self.segment.span.from() + from, self.segment.span.to() - after.len() + close);
        let unit = Span::<InFlow>::at(start, end).of(self.text);
        let cell = matches!(self.segment.kind, SegmentKind::Cell { .. });
        (cell || unit.contains('/')) && !self.lexicon.unit_named(unit).is_empty()
    }

    /// Whether a number is all that a cell holds.
    fn is_cell(&self, before: &str, after: &str) -> bool {
        matches!(self.segment.kind, SegmentKind::Cell { .. }) && before.trim().is_empty() && after.trim().is_empty()
    }

    /// 今天17点, 5日8点: a whole number of hours behind a word for a day.
    fn is_hour(&self, quantity: &Quantity) -> bool {
        let hour = quantity.value.as_ref().and_then(Exact::to_u32).is_some_and(|hour| hour <= 24);
        let day = self.before(quantity.span).ends_with('日') || self.behind(quantity.span, Role::Today);
        hour && quantity.kind == Some(Kind::Count) && quantity.scale == 0 && quantity.sign.is_none() && day
    }

    /// 分钟…圈: within a few characters the name of a circle ends.
    fn is_ring(after: &str) -> bool {
        let name: &str = after.split(['，', '。', '、', ',', '；', '”', '的', '内']).next().unwrap_or_default();
        let short: String = name.chars().take(10).collect();
        short.contains('圈')
    }

    /// Whether a word stands there that only starts like a mark of a number: 强度, and not the 强 of 500强; 后续.
    pub(super) fn opens_other(&self, text: &str) -> bool {
        let other = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::NonUnit));
        self.lexicon.unit(text).is_some_and(|(_, rows)| rows.iter().any(other))
    }

    /// Whether a word of a role, of four characters at most, stands at the front of `text`.
    pub(super) fn opens(&self, text: &str, role: Role) -> bool {
        self.lexicon.opening(text, role).is_some()
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

    /// 两万出头, 两万以上: whether a hedge opens at a place.
    fn hedges(&self, at: u32) -> bool {
        let words = &self.lexemes.words;
        let from = words.partition_point(|(_, word)| word.start < at);
        words.iter().skip(from).take_while(|(_, word)| word.start == at).any(|(row, _)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Modifier { place: Place::After | Place::Around, .. }))
        })
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
