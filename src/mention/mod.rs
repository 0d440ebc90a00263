//! Stage 6: what every number is: a quantity, a date, an ordinal or a label. No digit is left behind.

mod beside;
mod class;
mod date;
mod english;
mod glued;
mod label;
mod listed;
mod name;
mod order;
mod rank;
mod year;

pub(crate) use date::{FIRST, When, opens_year};

use std::cell::OnceCell;

use crate::lex::{Lexemes, Shape};
use crate::lexicon::{Entry, Lexicon, PeriodWord, Role, RowId, is_digit};
use crate::quantity::Quantity;
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};
use crate::trace::{Column, Trace};

/// A number in the text and what it is.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// Where.
    pub span: Span<InFlow>,
    /// What.
    pub kind: Kind,
    /// The number; none for dates and labels.
    pub quantity: Option<Quantity>,
    /// The time, for dates.
    pub when: Option<When>,
    /// The word for a time, where one made the date.
    pub period: Option<PeriodWord>,
    /// It goes on with a list of numbered things.
    pub listed: bool,
    /// It marks a note and is no part of a name: 生产总值[2], 80976元1.
    pub note: bool,
    /// What made it so.
    pub trace: Trace,
}

/// What the stage reads from.
pub(crate) struct Context<'a> {
    pub(crate) traced: bool,
    pub(crate) text: &'a str,
    pub(crate) segment: Segment,
    pub(crate) lexemes: &'a Lexemes,
    pub(crate) lexicon: &'a Lexicon,
    /// The words that a code follows, looked for once where a number asks for them.
    pub(crate) codes: OnceCell<Vec<Span<InFlow>>>,
}

/// Sorts the numbers of a segment. `quantities` is drained.
pub(crate) fn mentions(context: &Context<'_>, quantities: &mut Vec<Quantity>, out: &mut Vec<Mention>) {
    out.clear();
    if context.segment.kind == SegmentKind::Furniture {
        context.page_number(out);
    } else {
        context.list_number(quantities, out);
    }
    context.words(out);
    context.shapes(out);
    // Words and shapes are settled before the quantities, which yield to them.
    out.sort_unstable_by_key(|mention| (mention.span.start, u32::MAX - mention.span.end));
    let settled = out.len();
    let mut reached = 0;
    for quantity in quantities.drain(..) {
        // 3a3b3c: the label that the first of them opened holds the others.
        if quantity.span.start < reached {
            continue;
        }
        let taken = out.get(..settled).unwrap_or_default();
        let at = taken.partition_point(|mention| mention.span.end <= quantity.span.start);
        if taken.get(at).is_some_and(|mention| mention.span.overlaps(quantity.span))
            || context.is_hidden(quantity.span)
            || context.is_name(&quantity)
        {
            continue;
        }
        let last = out.get(settled..).and_then(<[Mention]>::last);
        let mention = if context.goes_on_in_order(last, &quantity) {
            context.ordinal(quantity)
        } else if context.goes_on_numbered(last, &quantity) {
            let rule = "in a list that a word for a numbered thing opens";
            Mention { listed: true, ..context.mention(quantity.span, Kind::Label, rule, None) }
        } else if context.marks_note(last, &quantity) {
            let rule = "the mark of a note behind a unit";
            Mention { note: true, ..context.mention(quantity.span, Kind::Label, rule, None) }
        } else {
            context.quantity(quantity)
        };
        reached = mention.span.end;
        out.push(mention);
    }
    out.sort_unstable_by_key(|mention| (mention.span.start, u32::MAX - mention.span.end));
    let mut end = 0;
    out.retain(|mention| {
        let free = mention.span.start >= end && !mention.span.is_empty();
        if free {
            end = mention.span.end;
        }
        free
    });
    date::define_weeks(context.text, out);
    context.leave_no_digit(out);
}

impl Context<'_> {
    fn mention(&self, span: Span<InFlow>, kind: Kind, rule: &'static str, row: Option<RowId>) -> Mention {
        let mut trace = Trace::new(self.traced);
        trace.note(Column::Kind, rule, row, Some(span));
        Mention { span, kind, quantity: None, when: None, period: None, listed: false, note: false, trace }
    }

    /// 80976元1，比上年增长8.0%2。: whether a number is the mark of a note that the text glued to a unit.
    fn marks_note(&self, last: Option<&Mention>, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let short = words.len() <= 2 && words.bytes().all(|byte| byte.is_ascii_digit()) && !words.starts_with('0');
        let unit = |last: &Mention| last.quantity.as_ref().is_some_and(|last| last.unit.is_some());
        let glued = last.is_some_and(|last| last.span.end == quantity.span.start && unit(last));
        short && glued && self.after(quantity.span).chars().next().is_none_or(|c| "，。；、,;）)".contains(c))
    }

    /// 一、 （二） 3. at the front of the segment.
    fn list_number(&self, quantities: &[Quantity], out: &mut Vec<Mention>) {
        let start = self.segment.span.from();
        let marker = Span::<InFlow>::at(start, start + self.segment.marker as usize);
        // 第十二条: the number that was read says which.
        if quantities.first().is_some_and(|first| first.span.start < marker.end) {
            return;
        }
        let words = marker.of(self.text);
        if words.is_empty() || words.starts_with('#') || words.chars().all(|c| c.is_ascii_digit() && words.len() == 4) {
            return;
        }
        let kind = if words.starts_with('第') { Kind::Ordinal } else { Kind::Label };
        let numeral = words.chars().any(|c| c.is_numeric() || self.lexicon.numeral_char(c).is_some());
        if numeral {
            out.push(self.mention(marker, kind, "a list number", None));
        }
    }

    /// 12, 4-1-17: the number of a page is one label, whatever its parts.
    fn page_number(&self, out: &mut Vec<Mention>) {
        let words = self.segment.span.of(self.text);
        let digits = words.trim_matches(|c| !is_digit(c));
        let start = self.segment.span.from() + words.find(is_digit).unwrap_or(0);
        out.push(self.mention(Span::at(start, start + digits.len()), Kind::Label, "a page number", None));
    }

    /// Fixed words with a numeral in them: 二十大, 一季度, “十四五”.
    fn words(&self, out: &mut Vec<Mention>) {
        for (row, span) in &self.lexemes.words {
            let numeral = || span.of(self.text).chars().any(|c| is_digit(c) || self.lexicon.numeral_char(c).is_some());
            match self.lexicon.entry(*row) {
                Some(Entry::Label(_)) if self.counts_pairs(*span) => {}
                Some(Entry::Label(kind)) if self.holds(*span) => match kind {
                    Some(kind) => out.push(self.mention(*span, *kind, "a fixed word", Some(*row))),
                    None if span.of(self.text).chars().any(is_digit) => {
                        out.push(self.mention(*span, Kind::Label, "a fixed word", Some(*row)));
                    }
                    None => {}
                },
                Some(Entry::Period(
                    period @ (PeriodWord::FiveYearPlan(_)
                    | PeriodWord::Months(..)
                    | PeriodWord::Year(_)
                    | PeriodWord::SoFar
                    | PeriodWord::Term(1)),
                )) if numeral() && self.is_whole(*span, *period) => {
                    let mut mention = self.mention(*span, Kind::Date, "a word for a time", Some(*row));
                    mention.period = Some(*period);
                    out.push(mention);
                }
                _ => {}
            }
        }
    }

    /// 过去一年 is a time; 过去一年多 and 一年来 are lengths of it.
    fn is_whole(&self, word: Span<InFlow>, period: PeriodWord) -> bool {
        // 有效期满前3个月: so long before.
        let words = word.of(self.text);
        if words.starts_with(FIRST) && words.ends_with('月') && !opens_year(self.before(word)) {
            return false;
        }
        !matches!(period, PeriodWord::Year(_) | PeriodWord::Term(1))
            || !self.after(word).starts_with(['多', '余', '餘', '半', '内', '內', '以', '间', '間', '时', '時'])
                && !word.of(self.text).starts_with(|c| self.lexicon.is_numeral_char(c))
    }

    /// 3万双控制服: behind a number 双 counts, whatever word goes on from it.
    fn counts_pairs(&self, word: Span<InFlow>) -> bool {
        let numeral = |c: char| is_digit(c) || self.lexicon.is_numeral_char(c);
        word.of(self.text).starts_with(['双', '雙']) && self.before(word).ends_with(numeral)
    }

    /// Whether a fixed word holds every shape it touches: 统一 does not hold 一百 in 系统一百个.
    fn holds(&self, word: Span<InFlow>) -> bool {
        let from = self.lexemes.shapes.partition_point(|(_, shape)| shape.end <= word.start);
        self.lexemes
            .shapes
            .iter()
            .skip(from)
            .take_while(|(_, shape)| shape.start < word.end)
            .all(|(_, shape)| word.contains(*shape))
    }

    /// Whether a word without a row of its own hides the number.
    fn is_hidden(&self, span: Span<InFlow>) -> bool {
        let from = self.lexemes.words.partition_point(|(_, word)| word.end <= span.start);
        self.lexemes.words.iter().skip(from).take_while(|(_, word)| word.start < span.end).any(|(row, word)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Label(None)))
                && !self.counts_pairs(*word)
                && self.holds(*word)
                && !self.is_ordered(span, *word)
                && !span.of(self.text).chars().any(is_digit)
        })
    }

    /// 第一千零一夜 is one of many nights; 第一流 is a word.
    fn is_ordered(&self, span: Span<InFlow>, word: Span<InFlow>) -> bool {
        let mut chars = span.of(self.text).chars();
        let long = chars.by_ref().take(2).filter(|c| self.lexicon.is_numeral_char(*c)).count() == 2;
        word.start == span.start && long && self.before(span).ends_with('第')
    }

    /// Codes and dates.
    fn shapes(&self, out: &mut Vec<Mention>) {
        for (at, (shape, span)) in self.lexemes.shapes.iter().enumerate() {
            let rule = match shape {
                Shape::Code if rank::ranks_top(span.of(self.text)) => {
                    out.push(self.mention(*span, Kind::Ordinal, "among the top", None));
                    continue;
                }
                Shape::Address | Shape::DocumentNumber | Shape::Sum | Shape::Code | Shape::Phone | Shape::Version => {
                    out.push(self.mention(*span, Kind::Label, "the shape of a code", None));
                    continue;
                }
                Shape::Ratio if self.is_clock(*span) && !self.is_beside_ratio(at) => "the shape of a clock time",
                Shape::NumericDate
                | Shape::YearRange
                | Shape::MonthRange
                | Shape::Calendar
                | Shape::Republic
                | Shape::Quarter
                | Shape::Clock => "the shape of a date",
                _ => continue,
            };
            let (span, offset) = self.with_year_word(*span);
            let mut mention = self.mention(span, Kind::Date, rule, None);
            if self.before(span).ends_with('第') {
                mention.kind = Kind::Ordinal;
            }
            mention.when = date::when(*shape, mention.span.of(self.text), self.lexicon)
                .map(|when| date::When { offset: offset.filter(|_| when.first.year.is_none()), ..when });
            out.push(mention);
        }
    }

    /// 去年7月: a word for a year right before a month belongs to the date.
    fn with_year_word(&self, span: Span<InFlow>) -> (Span<InFlow>, Option<i16>) {
        let past = self.lexemes.words.partition_point(|(_, word)| word.end <= span.start);
        let before = past.checked_sub(1).and_then(|at| self.lexemes.words.get(at));
        let before = before.filter(|(_, word)| word.end == span.start);
        match before.map(|(row, word)| (self.lexicon.entry(*row), word)) {
            Some((Some(Entry::Period(PeriodWord::Year(offset))), word)) => {
                (Span::new(word.start, span.end), Some(*offset))
            }
            _ => (span, None),
        }
    }

    /// 25:18、22:25, 1:20-1:50: whether the shape beside one, in a list or a range with it, is a ratio that is no clock time.
    fn is_beside_ratio(&self, at: usize) -> bool {
        let shapes = &self.lexemes.shapes;
        let ratio = |other: usize| match (shapes.get(other), shapes.get(at)) {
            (Some((Shape::Ratio, other)), Some((_, span))) => {
                let between = Span::<InFlow>::new(other.end.min(span.end), other.start.max(span.start)).of(self.text);
                matches!(between, "、" | "-" | "—" | "~" | "～" | "至") && !self.is_clock(*other)
            }
            _ => false,
        };
        at.checked_sub(1).is_some_and(ratio) || ratio(at + 1)
    }

    /// 9:30 is a time; 1:3.2 and what follows 比 are ratios.
    fn is_clock(&self, span: Span<InFlow>) -> bool {
        let fields: Vec<&str> = span.of(self.text).split([':', '：']).map(str::trim).collect();
        let number = |field: &&str| field.chars().map(crate::lexicon::fold).collect::<String>().parse::<u8>().ok();
        let values: Vec<u8> = fields.iter().filter_map(number).collect();
        let minutes = fields.iter().skip(1).all(|field| field.chars().count() == 2);
        let before = self.before(span).trim_end();
        // 开始时间为9:30
        let hour = before.trim_end_matches(['为', '為', '是']).ends_with(['间', '間', '刻']);
        let named =
            !hour && self.lexicon.closing(before, Role::Proportion).is_some() || self.after(span).starts_with("的比");
        // 12:56:32 of three industries: parts of a hundred.
        let led = self.before(span).ends_with(crate::lexicon::is_han);
        let hundred = led && values.len() == 3 && values.iter().map(|value| u32::from(*value)).sum::<u32>() == 100;
        values.len() == fields.len()
            && minutes
            && !hundred
            && !named
            && values.first().is_some_and(|hour| *hour <= 24)
            && values.iter().skip(1).all(|minute| *minute < 60)
    }

    fn quantity(&self, mut quantity: Quantity) -> Mention {
        let mut trace = std::mem::take(&mut quantity.trace);
        let (kind, span, rule) = label::verdict(self, &quantity)
            .unwrap_or_else(|| (quantity.kind.unwrap_or(Kind::Number), quantity.span, "the unit behind the number"));
        trace.note(Column::Kind, rule, None, Some(span));
        let keeps = kind.is_quantity() || kind == Kind::Ordinal;
        if !kind.is_quantity() {
            quantity.bound = Bound::Exact;
        }
        // The clauses of an English text are not read: its years date nothing. An hour (今天17点) is no year.
        // Of a reign the text does not tell when it began.
        let dated = kind == Kind::Date && !self.behind(quantity.span, Role::Reign);
        let when = (dated && quantity.kind != Some(Kind::Count) && !self.is_english_year(&quantity))
            .then(|| date::when(Shape::Calendar, &format!("{}年", span.of(self.text)), self.lexicon))
            .flatten();
        let note = kind == Kind::Label && self.before(span).ends_with('[') && self.after(span).starts_with(']');
        Mention { span, kind, quantity: keeps.then_some(quantity), when, period: None, listed: false, note, trace }
    }

    /// Digits that no reading took are labels.
    fn leave_no_digit(&self, out: &mut Vec<Mention>) {
        let mut missing = Vec::new();
        let mut at = 0;
        for (_, span) in &self.lexemes.shapes {
            let mut from = span.start;
            while out.get(at).is_some_and(|mention| mention.span.end <= span.start) {
                at += 1;
            }
            let covers = out.iter().skip(at).take_while(|mention| mention.span.start < span.end);
            for cover in covers.map(|mention| mention.span).chain([Span::new(span.end, span.end)]) {
                let gap = Span::<InFlow>::new(from, cover.start.max(from));
                digit_runs(self.text, gap, &mut missing);
                from = from.max(cover.end);
            }
        }
        if missing.is_empty() {
            return;
        }
        out.extend(
            missing.into_iter().map(|span| self.mention(span, Kind::Label, "digits that nothing else claimed", None)),
        );
        out.sort_unstable_by_key(|mention| mention.span.start);
    }
}

/// The runs of digits inside a span.
fn digit_runs(text: &str, span: Span<InFlow>, out: &mut Vec<Span<InFlow>>) {
    if span.is_empty() {
        return;
    }
    let mut start = None;
    for (at, ch) in span.of(text).char_indices().map(|(at, ch)| (span.from() + at, ch)) {
        match (is_digit(ch), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(Span::at(from, at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push(Span::at(from, span.to()));
    }
}
