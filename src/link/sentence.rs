//! One sentence: its quantities in order, each by its own words and by what stands before it.

use super::clause::Sentence;
use super::distribute::{Shared, Turn};
use super::list::is_joint;
use super::parts::Whole;
use super::period::{self, Told};
use super::relation;
use super::weighed::Read;
use super::{Lead, Linker, Observation, Within, against, base, hold, indicator, multiple, status, stretch, turn, when};
use crate::calendar::Period;
use crate::lexicon::{Entry, Role};
use crate::mention::Mention;
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Comparison, Direction, Kind, Relation, Status};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// How many numbers back a number leans on another; without an end a long list would be looked through for each of its
/// numbers.
const REACH: usize = 64;

/// For how many sentences a time yet to come is spoken of.
const PROMISE: u8 = 6;

/// A quantity of the sentence that was linked already.
#[expect(clippy::struct_excessive_bools, reason = "what may be said of it besides, each on its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Past {
    /// Its place among the document's mentions.
    pub(super) mention: u32,
    pub(super) subject: Phrase,
    pub(super) tail: Phrase,
    pub(super) relation: Relation,
    pub(super) direction: Option<Direction>,
    pub(super) comparison: Option<Comparison>,
    pub(super) period: Option<Period>,
    pub(super) opened: bool,
    pub(super) of: Option<u32>,
    pub(super) status: Option<Status>,
    pub(super) end: u32,
    /// It stands in brackets that closed since.
    pub(super) aside: bool,
    /// A length of time, which measures nothing that others could be of.
    pub(super) time: bool,
    /// It is of another time, and what the next is compared with.
    pub(super) of_base: bool,
    /// What it is a part of.
    pub(super) whole: Option<Whole>,
}

/// The time that holds in a sentence, and in those that follow.
pub(super) type Held = (Option<(Period, Span<InFlow>)>, Option<(Period, Span<InFlow>)>);

/// What the sentence has told so far.
#[derive(Default)]
pub(super) struct State {
    pub(super) past: Vec<Past>,
    /// 确诊病例中: what the members of a list are of.
    pub(super) scope: Option<Phrase>,
    /// 绿地率，: the rate that each of a list has.
    pub(super) rate: Option<Phrase>,
    /// 与上年相比 over the whole sentence.
    pub(super) versus: Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)>,
    pub(super) shared: Option<Shared>,
    /// The number at hand has its share of what 分别 deals out.
    pub(super) dealt: bool,
    /// Whose turn it is, where 分别 gives the numbers their own.
    pub(super) turn: Option<Turn>,
    pub(super) next_sign: usize,
    /// The clause of the quantity before.
    pub(super) clause: Option<Span<InFlow>>,
    /// Where the sentence starts.
    pub(super) start: u32,
    /// 五年内: a length of time yet to run.
    pub(super) within: Option<Span<InFlow>>,
    /// A word of plan stands in it.
    pub(super) aims: bool,
    /// 近两年: holds for its own clause.
    pub(super) window: Option<(Period, Span<InFlow>)>,
    /// （不含上年结存2万件）: where brackets with a number close, and the times that held before them.
    pub(super) aside: Option<(u32, Held)>,
}

impl State {
    /// Where brackets closed since the number before, what stands in them is said aside.
    fn set_aside(&mut self, sentence: Sentence<'_>, start: u32) {
        let Some(end) = self.past.last().map(|past| past.end) else { return };
        let Some(close) = sentence.close_in(Span::new(end, start.max(end))) else { return };
        let before = Span::<InFlow>::new(sentence.span.start, close).of(sentence.text);
        let Some(open) = before.rfind(['（', '(']).map(|at| sentence.span.from() + at) else { return };
        for past in self.past.iter_mut().rev().take(REACH).take_while(|past| past.end as usize > open) {
            past.aside = true;
        }
    }

    /// The numbers before, the nearest first.
    pub(super) fn before(&self) -> impl Iterator<Item = &Past> + Clone {
        self.past.iter().rev().take(REACH)
    }

    /// The levels of a subject before, the nearest first.
    pub(super) fn levels_of(&self, subject: Phrase) -> impl Iterator<Item = &Past> {
        self.before().filter(move |past| past.relation == Relation::Level && !past.time && past.subject == subject)
    }

    /// The number before, brackets aside.
    pub(super) fn last(&self) -> Option<Past> {
        self.before().find(|past| !past.aside).copied()
    }
}

/// 09:12 沪指…, 【…】, 某社5月26日电: an item of news, which the times of the items before say nothing of.
fn opens_item(sentence: Sentence<'_>) -> bool {
    let line = sentence.span.of(sentence.text);
    let clock = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let timed = clock.len() < line.len() && clock.starts_with([':', '：']);
    timed || sentence.dateline().is_some() || line.starts_with('【')
}

/// 一是, ——: the front of a point of a list.
fn opens_point(line: &str) -> bool {
    let point = line.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    line.starts_with("——") || point.len() < line.len() && point.starts_with('是')
}

impl Linker<'_> {
    /// Links the mentions of one sentence.
    pub(super) fn sentence(&mut self, segment: Segment, sentence: Sentence<'_>, base: u32, out: &mut [Observation]) {
        let first = self.block != segment.block;
        let day = if first { self.speaks_from(segment, sentence) } else { None };
        let news = day.is_some() || opens_item(sentence);
        if first {
            // 一是…。⏎二是…。: the list goes on from item to item, and with it the time that it named.
            let ended = segment.marker == 0 && !opens_point(sentence.span.of(sentence.text));
            if let Some(lead) = self.lead.take_if(|lead| lead.closed && ended) {
                self.opened = self.opened.filter(|(_, words)| words.start < lead.words.start);
            }
            self.block = segment.block;
            self.carried = None;
            self.seen = None;
            self.last = None;
            // A budget speaks of its year in paragraph after paragraph, other texts of a forecast in one.
            self.promised = self.promised.filter(|_| self.clock.fiscal);
        }
        let listed = first && segment.marker > 0 && segment.kind == SegmentKind::Sentence;
        if news {
            self.begin_item();
        }
        if news || listed {
            self.item = day;
        }
        if first || news {
            self.within = match self.within {
                _ if news => Within::News,
                Within::News => Within::News,
                _ if listed => Within::Item,
                _ => Within::Text,
            };
            // A time named in passing holds for its paragraph.
            let opened = self.item.or(self.opened);
            self.clock.standing = opened.or_else(|| self.inherited(self.section, |set| set.0));
        }
        self.forget_promise();
        self.leave_plan(sentence, first);
        self.law = self.law_from.is_some_and(|from| segment.span.start >= from);
        let before = (self.opened, self.item, self.sections.get(self.section as usize).copied());
        self.clock.begin_sentence(!news && self.details(sentence));
        let review = self.inherited(self.section, |set| set.1).is_some_and(|(status, _)| status == Status::Actual);
        let mut signs = std::mem::take(&mut self.signs);
        let mut cues = std::mem::take(&mut self.cues);
        period::signs(sentence, first, self.lexicon, &mut signs);
        self.read_cues(sentence, review, &mut cues);
        let mut state = State {
            past: std::mem::take(&mut self.spare),
            versus: self.versus(sentence),
            start: segment.span.start + segment.marker,
            aims: cues.iter().any(|cue| cue.status == Status::Target),
            ..State::default()
        };
        state.past.clear();
        // 与2010年相比，增长8%，年均增长0.8%
        let compared = state.versus.and_then(|(_, base, _)| self.document.mention_at(base?)?.when);
        self.clock.base = compared.and_then(|when| self.clock.resolve(&when, false)).or(self.clock.base);
        for (index, mention) in sentence.mentions.iter().enumerate() {
            let place = base + u32::try_from(index).unwrap_or(0);
            let Some(slot) = out.get_mut(place as usize) else { continue };
            if mention.kind.is_quantity() {
                *slot = self.quantity(sentence, index, place, &mut state, &mut signs, &cues);
            } else {
                self.other(mention, slot);
            }
        }
        // Dates behind the last number hold for what follows.
        let from = state.next_sign;
        for told in signs.iter().skip(from) {
            self.step_aside(sentence, told.span, &mut state);
            self.tell(*told, &state);
        }
        self.come_back(sentence.span.end, &mut state);
        // A caption tells the time of what it stands over alone.
        if segment.kind == SegmentKind::Caption {
            (self.opened, self.item) = (before.0, before.1);
            if let (Some(section), Some(slot)) = (before.2, self.sections.get_mut(self.section as usize)) {
                *slot = section;
            }
        }
        if segment.kind == SegmentKind::Title {
            self.title_of_plan(segment);
        }
        if segment.kind == SegmentKind::Heading {
            let stated = self.clock.current.filter(|_| !signs.is_empty());
            self.heading(segment, stated);
        }
        let level = state.past.iter().rev().find(|past| past.relation == Relation::Level);
        let named = || state.past.iter().rev().find(|past| !past.subject.is_empty()).map(|past| (past.subject, None));
        self.last = level.map(|past| (past.subject, Some(past.mention))).or_else(named);
        // What is out of reach goes once there is much of it: to close up after every sentence would cost more.
        if self.earlier.len() > 16 * REACH {
            self.earlier.drain(..self.earlier.len() - REACH);
        }
        let opens = self.earlier.is_empty();
        self.earlier.extend_from_slice(&state.past);
        self.before = state.past.len();
        self.spare = state.past;
        self.carried = cues.last().copied().filter(|cue| cue.status == Status::Target);
        self.lead(sentence);
        self.note_alike(sentence);
        let reports = self.annual || self.looked_back.is_some();
        if let Some((row, words)) =
            status::sets_out(sentence, &cues, self.lexicon).filter(|_| (reports || opens) && !review)
        {
            self.planning = Some((Some(row), Some(words)));
        }
        self.signs = signs;
        self.cues = cues;
    }

    /// A time yet to come that a plan named holds for a few sentences, but in a budget.
    fn forget_promise(&mut self) {
        let Some(promised) = self.promised.filter(|_| !self.clock.fiscal) else { return };
        self.since_promised += 1;
        if self.since_promised > PROMISE {
            self.promised = None;
            let held = |told: &(Period, Span<InFlow>)| told.0 == promised;
            if self.clock.standing.as_ref().is_some_and(held) && !self.in_target_section() {
                self.clock.standing = self.inherited(self.section, |set| set.0);
            }
        }
    }

    /// Whether a sentence opens with 其中 or 其次, so that it details the one before.
    pub(super) fn details(&self, sentence: Sentence<'_>) -> bool {
        let next = || self.lexicon.opening(sentence.span.of(sentence.text), Role::Next).is_some();
        next()
            || sentence.words.first().is_some_and(|(row, word)| {
                word.start == sentence.span.start && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)))
            })
    }

    /// A line that ends in a colon opens a list, which the first full stop closes unless another item follows; a translation
    /// between has no say.
    fn lead(&mut self, sentence: Sentence<'_>) {
        let line = sentence.span.of(sentence.text);
        if line.ends_with([':', '：']) && !line.is_ascii() {
            let own = self.carried.map(|cue| (cue.row, cue.words));
            let told = own.or_else(|| status::of_lead(line, self.lexicon).map(|row| (row, sentence.span)));
            self.lead = told.map(|(row, words)| Lead { row, words, closed: false });
        } else if line.ends_with('。') {
            self.lead = self.lead.map(|lead| Lead { closed: true, ..lead });
        }
    }

    /// Dates, ordinals and labels: a date has its period, a rank its relation.
    fn other(&self, mention: &Mention, slot: &mut Observation) {
        if let Some(when) = &mention.when {
            slot.period = self.clock.resolve(when, false);
        } else if let Some(word) = mention.period {
            slot.period = self.clock.resolve_word(word);
        }
        if mention.kind == Kind::Ordinal {
            slot.relation = Some(Relation::Rank);
            slot.note(Column::Relation, "an ordinal ranks", None, Some(mention.span));
        }
    }

    fn quantity(
        &mut self,
        sentence: Sentence<'_>,
        index: usize,
        place: u32,
        state: &mut State,
        signs: &mut [Told],
        cues: &[status::Cue],
    ) -> Observation {
        let mut out = Observation::new(self.traced);
        let Some(mention) = sentence.mentions.get(index) else { return out };
        let field = sentence.field(index, state.clause);
        state.clause = Some(field.clause);
        state.set_aside(sentence, mention.span.start);
        let mut reading = relation::read(sentence, &field, mention, self.lexicon);
        // 比去年增加1000万吨（100亿公斤）: the same in brackets.
        let close = |past: &Past| {
            let between = Span::<InFlow>::new(past.end, mention.span.start.max(past.end)).of(sentence.text);
            matches!(between, "（" | "(") && mention.span.after(sentence.text).starts_with(['）', ')'])
        };
        // 减少5000人（4%）: the same as a rate.
        let said_again = |past: &Past| match mention.kind {
            Kind::Measure | Kind::Count => true,
            Kind::Percent => reading.cue.is_none() && !self.is_percent(past.mention),
            _ => false,
        };
        let last = state.past.last().filter(|past| past.relation == Relation::Change && close(past));
        reading.restates |= last.is_some_and(said_again);
        // 由35纽元（约合155元）上调至100纽元
        reading.opened |= reading.restates && state.past.last().is_some_and(|past| past.opened);
        // 由2015年的3万元、1万元增加到4万元、2万元
        let listed = || field.follows && is_joint(field.left.of(sentence.text), self.lexicon);
        reading.opened |= !reading.reached && listed() && state.last().is_some_and(|last| last.opened);
        // 由3亿元增至5亿元
        let to = || field.left.of(sentence.text).trim_end().ends_with(['至', '到']);
        reading.reached |= state.past.last().is_some_and(|past| past.opened && past.end > field.clause.start) && to();
        // 为上年4.8亿元的108.3%: nothing came to the amount of another time.
        let whole = hold::is_whole_of_part(sentence, mention);
        reading.reached &= !whole;
        if self.shares_on(sentence, &field, mention, &reading, state) {
            (reading.relation, reading.rule) = (Relation::Share, "a part of the whole that the share before is of");
        }
        self.repeats_rate(sentence, &field, mention, &mut reading, state);
        let own = indicator::own(sentence, index, &field, &reading, mention, self.lexicon);
        self.scope(sentence, &field, state);
        self.note_rate(sentence, &field, state);
        // 五年来 is the time of the five years too.
        let time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        let versus = state.versus.and_then(|_| against::versus_in(sentence, field.left, self.lexicon));
        let passed = (mention.span.start + u32::from(time), reading.compared.or(versus));
        let dated = self.tell_until(sentence, passed, &reading, &field, state, signs);
        // 3万人（2000年）
        let behind = hold::date_behind(sentence, mention.span).and_then(|date| date.when);
        let dated = behind.and_then(|when| self.clock.resolve(&when, false)).or(dated);
        // 与2010年的13.4亿人相比
        let base = base::base_in(sentence, &field, self.lexicon);
        let named = base.and_then(|base| sentence.mentions_in(base).iter().find_map(|mention| mention.when));
        let dated = named.and_then(|when| self.clock.resolve(&when, false)).or(dated);
        // 较去年同期的4.1亿元
        let of_base = base.or(base::is_of_base(sentence, &field, self.lexicon).then_some(field.left));
        let of_base = of_base.or_else(|| base::before_brackets(sentence, mention.span, self.lexicon));
        let of_base = of_base.or_else(|| base::of_time(sentence, &field, self.lexicon));
        let dated = self.time_of_base(sentence, &field, &reading, of_base, dated);
        out.relation = Some(reading.relation);
        out.direction = reading.direction;
        out.comparison = reading.comparison;
        out.note(Column::Relation, reading.rule, reading.cue.map(|(row, _)| row), reading.cue.map(|(_, words)| words));
        out.note(Column::Direction, reading.rule, reading.cue.map(|(row, _)| row), reading.cue.map(|(_, words)| words));
        if let Some((row, words)) = reading.against {
            out.note(Column::Comparison, "what is compared with", Some(row), Some(words));
        }
        let mut past = self.subject(sentence, index, &field, &reading, own, state, &mut out);
        // 相当于全国的1.2倍: so many times another level.
        if mention.kind == Kind::Multiple && out.relation == Some(Relation::Share) {
            out.relation = Some(Relation::Level);
        }
        past.mention = place;
        past.end = mention.span.end;
        past.time = time;
        let dated_whole = || multiple::dated_before(sentence, mention, field.clause.start, self.lexicon).is_some();
        past.of_base = of_base.is_some() || whole && dated_whole();
        past.aside = sentence.is_of_part(index) || self.passes_mark(sentence, &field, &past, state);
        self.comparison(sentence, &field, &reading, state, &past, &mut out);
        let dated = turn::in_turn(sentence, mention, &reading, dated, state, signs);
        let listed = || turn::nth_of_list(sentence, index, signs, self.lexicon);
        let dated = if state.turn.is_none() && !state.dealt { listed().or(dated) } else { dated };
        let run = dated.or(self.clock.current.map(|(period, _)| period)).filter(|_| !state.dealt);
        let dated = run.and_then(|run| turn::nth_of_run(sentence, index, run, self.lexicon)).or(dated);
        let between = when::between_levels(state, &past.subject).filter(|_| dated.is_none());
        let reached = self.last_of_run(sentence, &field, &reading, mention.kind, state);
        self.period(&reading, dated, between, reached, &mut out);
        self.status(sentence, &field, mention, &reading, (cues, &*state), &mut out);
        self.date_result(&mut out);
        if self.traced {
            let only_when = stretch::is_adverbial(sentence, &field, &reading, mention, self.lexicon);
            let read = Read { sentence, mention, field: &field, reading: &reading, only_when };
            self.weigh(read, cues, state, &mut out);
        }
        past.relation = out.relation.unwrap_or_default();
        past.direction = out.direction;
        past.comparison = out.comparison;
        past.period = out.period;
        past.opened = reading.opened;
        past.of = out.of;
        past.status = out.status;
        state.past.push(past);
        out
    }
}
