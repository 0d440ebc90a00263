//! Whether a number happened or is aimed at: by its own words, else by where it stands.

use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::sentence::{Past, State};
use super::{Linker, Observation, status};
use crate::calendar::Period;
use crate::lexicon::{Entry, PeriodWord, Reach, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Bound, Kind, Relation, Status};
use crate::text::{InFlow, Span};
use crate::trace::Column;

impl Linker<'_> {
    /// 力争达到90亿元（2021年为70亿元）: a level in a clause of its own, with a time that is over.
    fn is_over(&self, sentence: Sentence<'_>, field: &Field, reading: &Reading, cue: status::Cue) -> bool {
        // 预期目标为5%，去年增长6%
        let last = |(row, _): &(RowId, Span<InFlow>)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Period(PeriodWord::Year(..0) | PeriodWord::Term(1) | PeriodWord::SamePeriodBefore))
            )
        };
        if sentence.words_in(field.left).iter().any(last) && !field.left.contains(cue.words) && !self.law {
            return reading.compared.is_none() && reading.against.is_none();
        }
        let Some((period, words)) = self.clock.current else { return false };
        let apart = field.clause.contains(words) && !field.clause.contains(cue.words);
        let told = reading.relation == Relation::Level && !self.law && !cue.limits;
        apart && told && self.clock.report_year.is_some_and(|now| period.end.year < now)
    }

    /// 计划投资60亿元，完成投资41亿元，占计划的68%: what was planned is told again as carried out.
    fn is_met(&self, sentence: Sentence<'_>, field: &Field, cue: status::Cue) -> bool {
        let verb = matches!(self.lexicon.entry(cue.row), Some(Entry::Status { reach: Reach::Verb, .. }));
        if !verb || cue.words.end >= field.clause.start {
            return false;
        }
        let planned = Span::<InFlow>::new(cue.words.end, field.clause.start).of(sentence.text);
        let noun: usize = planned.chars().take(2).map(char::len_utf8).sum();
        let noun = planned.get(..noun).unwrap_or_default();
        let told = Span::<InFlow>::new(cue.words.end, field.left.end);
        let opens = ['，', ',', '计', '已', '月', '前', '底', '末', '经', '核'];
        // 计划投资28亿元的机场开工，当年完成投资9亿元; but 今年计划完成3个，年内完成5个
        let timed = cue.words.before(sentence.text).ends_with(['年', '内']);
        let this_year = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(0))));
        let meanwhile = |before: &str, at: u32| {
            let that_year = before.strip_suffix('年').is_some_and(|before| before.ends_with('当'));
            that_year || !timed && sentence.words_ending(at).iter().any(|(row, _)| this_year(row))
        };
        sentence.words_in(told).iter().any(|(row, done)| {
            let before = done.before(sentence.text);
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Done)))
                && (before.ends_with('际')
                    || meanwhile(before, done.start)
                    || done.after(sentence.text).starts_with(noun) && before.ends_with(opens))
        })
    }

    /// 由20%提高到30%, 比1980年的7亿元增加2亿元: what a plan starts from, or is reckoned by, is there already.
    fn is_start(&self, sentence: Sentence<'_>, field: &Field, reading: &Reading) -> bool {
        // 总产值将比1958年的2050亿元增长40%
        let dated = || {
            let than =
                |(row, _): &&(RowId, Span<InFlow>)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
            let than = sentence.words_in(field.left).iter().rev().find(than);
            let date = than.and_then(|(_, than)| sentence.mention_at(than.end)).filter(|m| m.kind == Kind::Date);
            date.is_some_and(|date| Span::<InFlow>::new(date.span.end, field.left.end).of(sentence.text) == "的")
        };
        let compared = field.left.of(sentence.text).trim_start().starts_with(['比', '较', '較']) || dated();
        let compared = compared && field.shared;
        // 拟以总股本4.9亿股为基数: what a plan is reckoned by.
        let basis = field.right.of(sentence.text).strip_prefix('为').is_some_and(|rest| rest.starts_with('基'));
        !self.law && (basis || reading.opened || compared && reading.relation == Relation::Level)
    }

    pub(super) fn status(
        &mut self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        reading: &Reading,
        (cues, state): (&[status::Cue], &State),
        out: &mut Observation,
    ) {
        let target = Some(Status::Target);
        let limit = mention.quantity.as_ref().is_some_and(|quantity| quantity.bound != Bound::Exact);
        // 将由3小时缩短至1小时: what it starts from is there.
        let time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time && !reading.reached);
        let length = time && sentence.mentions_in(field.right).is_empty() && !field.shared;
        let start = !length && self.is_start(sentence, field, reading);
        let index = sentence.mentions.partition_point(|other| other.span.start < mention.span.start);
        if let Some((row, words)) = self.plan_met_in_part(sentence, field, index) {
            out.status = target;
            return out.note(Column::Status, "a plan is what is measured", Some(row), Some(words));
        }
        // 比计划规定的多60万吨, 比预期高3%: what was planned or expected is what it is compared with.
        let compared = |cue: &status::Cue| reading.compared.is_some_and(|compared| compared.contains(cue.words));
        // 主要目标是：⏎累计完成投资500亿元: what the list aims at.
        let listed = |cue: &status::Cue| {
            self.lead.is_some() && cue.status == Status::Actual && cue.words.of(sentence.text).ends_with('成')
        };
        let cue = status::at(cues, mention.span.start, limit).filter(|cue| !listed(cue));
        if let Some(cue) = cue.filter(|cue| !compared(cue) || self.law) {
            let started = self.is_over(sentence, field, reading, cue) || start || self.is_met(sentence, field, cue);
            if cue.status == Status::Target && !started {
                let ahead = |period: &Period| {
                    self.clock.fiscal || self.clock.report_year.is_some_and(|year| period.start.year > year)
                };
                if let Some(promised) = out.period.filter(ahead) {
                    (self.promised, self.since_promised) = (Some(promised), 0);
                }
            }
            out.status = Some(if started { Status::Actual } else { cue.status });
            return out.note(
                Column::Status,
                "a word of plan or result before the number",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let plan = self.plan_measured(sentence, field, reading);
        // 完成全年20万公里任务的7%
        if plan.is_some() || sentence.is_plan_of_part(index) {
            out.status = target;
            let (row, words) = plan.unzip();
            return out.note(Column::Status, "a plan is what is measured", row, words);
        }
        if start {
            out.status = Some(Status::Actual);
            return out.note(Column::Status, "what a change starts from", None, None);
        }
        if let Some((rule, row, words)) = self.aim_behind(sentence, field, mention) {
            out.status = target;
            return out.note(Column::Status, rule, Some(row), Some(words));
        }
        self.by_place(sentence, state, out);
    }

    /// 就业目标50万人，失业率控制在5.5%以内: whether a sentence names a goal before its first number, and no result or time that is over.
    fn lists_goals(&self, sentence: Sentence<'_>) -> bool {
        if !sentence.roles.hold(Role::Plan) || sentence.roles.hold(Role::Done) || sentence.roles.hold(Role::Progress) {
            return false;
        }
        let first = sentence.mentions.iter().find(|mention| mention.kind.is_quantity());
        let goal = |(row, word): &(RowId, Span<InFlow>)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)))
                && word.of(sentence.text).ends_with(['标', '標'])
                && first.is_some_and(|first| word.end <= first.span.start && first.span.start - word.end <= 12)
        };
        let over = |(row, _): &(RowId, Span<InFlow>)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Period(PeriodWord::Year(..0) | PeriodWord::SamePeriodBefore))
            )
        };
        sentence.words.iter().any(goal) && !sentence.words.iter().any(over)
    }

    /// What the place of a number says, where its own words say nothing: the list, the time, the section.
    fn by_place(&self, sentence: Sentence<'_>, state: &State, out: &mut Observation) {
        let target = Some(Status::Target);
        if let Some(super::Lead { row, words, .. }) = self.lead {
            out.status = target;
            return out.note(Column::Status, "the list that this line is of", Some(row), Some(words));
        }
        if let Some(cue) = self.carried.filter(|_| self.details(sentence)) {
            out.status = target;
            return out.note(
                Column::Status,
                "the sentence before, which this one details",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let current = self.clock.current;
        let promised =
            current.is_some() && self.promised.is_some() && current.map(|(period, _)| period) == self.promised;
        if promised {
            out.status = target;
            return out.note(
                Column::Status,
                "a time that was spoken of as yet to come",
                None,
                current.map(|(_, words)| words),
            );
        }
        if let (Some((period, words)), Some(now)) = (current, self.certain_year.or(self.clock.report_year))
            && period.start.year > now
            && (self.certain_year.is_some() || self.in_target_section())
        {
            out.status = target;
            return out.note(Column::Status, "a time yet to come", None, Some(words));
        }
        if self.law {
            out.status = target;
            return out.note(Column::Status, "what a law sets", None, None);
        }
        if let Some(cue) = self.quoted.filter(|cue| cue.words.end <= sentence.span.start) {
            out.status = target;
            return out.note(Column::Status, "the plan that the paragraph quotes", Some(cue.row), Some(cue.words));
        }
        // 到2027年，建成…, where nothing tells the year of the text, or an earlier one is named most.
        if let Some((period, words)) = current.filter(|(period, _)| !self.is_told(*period))
            && self.clock.report_year.is_none_or(|now| period.start.year > now)
            && Span::<InFlow>::new(sentence.span.start, words.start).of(sentence.text).ends_with('到')
            && sentence.span.contains(words)
        {
            out.status = target;
            return out.note(Column::Status, "a time that is looked forward to", None, Some(words));
        }
        let heading = self.inherited(self.section, |set| set.1);
        let plan = self.planning.filter(|_| heading.is_none());
        if plan.is_some() || heading.is_some_and(|(status, _)| status == Status::Target) {
            // “十四五”以来，…, where a section tells what was reached and what is aimed at.
            let over = |(period, words): &(Period, Span<InFlow>)| {
                let told = sentence.span.contains(*words) || period.start.year < period.end.year;
                told && !words.is_empty() && self.clock.report_year.is_some_and(|now| period.end.year < now)
            };
            if let Some((_, words)) = current.filter(|told| !self.clock.fiscal && over(told)) {
                out.status = Some(Status::Actual);
                return out.note(Column::Status, "a time that is over", None, Some(words));
            }
        }
        if let Some((row, words)) = plan {
            out.status = target;
            return out.note(Column::Status, "what follows the aims of the year", row, words);
        }
        if let Some((status, row)) = heading {
            out.status = Some(status);
            return out.note(Column::Status, "the section's heading", row, None);
        }
        // 五年内新建铁路3000公里, where no word tells that it has happened.
        if let Some(words) = state.within {
            out.status = target;
            return out.note(Column::Status, "a length of time yet to run", None, Some(words));
        }
        // 预算为211亿元，较上年减少3.2%: what is said of a level that is planned.
        let reached = out.relation == Some(Relation::Progress);
        let level = out.of.filter(|_| !reached).and_then(|of| state.before().find(|past| past.mention == of));
        let plan = |past: &&Past| {
            let end = past.subject.pieces().last().map_or(0, |piece| piece.end);
            let plan = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)));
            sentence.words_ending(end).iter().any(|(row, _)| plan(row))
        };
        if level.filter(plan).is_some_and(|level| level.status == target) {
            out.status = target;
            return out.note(Column::Status, "the level that it is of is planned", None, None);
        }
        if out.relation == Some(Relation::Level) && self.is_changed_plan(sentence, state) {
            out.status = target;
            return out.note(Column::Status, "what a plan was changed to", None, None);
        }
        if !reached && self.is_of_budget(sentence, state) {
            out.status = target;
            return out.note(Column::Status, "the whole that it is a part of is planned", None, None);
        }
        if !reached && state.past.iter().all(|past| past.status == target) && self.lists_goals(sentence) {
            out.status = target;
            return out.note(Column::Status, "a goal among those that the sentence lists", None, None);
        }
        out.status = Some(Status::Actual);
        out.note(Column::Status, "no word of plan", None, None);
    }

    /// Reads the words of status in a sentence, and whether it quotes a plan.
    pub(super) fn read_cues(&mut self, sentence: Sentence<'_>, review: bool, cues: &mut Vec<status::Cue>) {
        let setting = status::Setting { law: self.law, review };
        status::cues(sentence, setting, self.lexicon, cues);
        self.quoted = self.quotes(sentence, cues).or(self.quoted);
    }

    /// 规划提出，到2025年，…, 规划提出分阶段目标：到2025年，…: the word by which a sentence quotes what a plan sets.
    fn quotes(&self, sentence: Sentence<'_>, cues: &[status::Cue]) -> Option<status::Cue> {
        let sets = |cue: &&status::Cue| {
            let sets = matches!(self.lexicon.entry(cue.row), Some(Entry::Cue(Role::Sets)));
            let marked = status::stop(sentence, cue.words.end, &['，', ',', '：', ':']);
            let said = Span::<InFlow>::new(cue.words.end, marked);
            let none = sentence.mentions_in(said).is_empty() && said.of(sentence.text).chars().nth(QUOTED).is_none();
            sets && cue.until == sentence.span.end && marked < sentence.span.end && none
        };
        cues.iter().find(sets).copied()
    }

    /// 规划提出，到2025年，养殖户达到5000户。目前，…: a paragraph, or a sentence that tells a result or a time that is over, ends what a
    /// plan sets.
    pub(super) fn leave_plan(&mut self, sentence: Sentence<'_>, first: bool) {
        self.quoted = self.quoted.filter(|_| !first);
        let Some(plan) = self.quoted else { return };
        let tells = |(row, _): &(RowId, Span<InFlow>)| match self.lexicon.entry(*row) {
            Some(Entry::Status { status, .. }) => *status == Status::Actual,
            Some(Entry::Cue(Role::Done | Role::Progress | Role::Today) | Entry::Period(_)) => true,
            _ => false,
        };
        let now = self.clock.report_year;
        let over = |date: &Mention| {
            let year = date.when.and_then(|when| when.last.unwrap_or(when.first).year);
            year.is_none_or(|year| now.is_some_and(|now| year <= now))
        };
        let date = sentence.mentions.iter().find(|mention| mention.kind == Kind::Date);
        let at_present = self.lexicon.opening(sentence.span.of(sentence.text), Role::Ago).is_some();
        if at_present || date.is_some_and(over) || sentence.words.iter().any(tells) {
            self.quoted = None;
            let of_plan = |(_, words): &(Period, Span<InFlow>)| words.start > plan.words.start;
            if self.clock.standing.as_ref().is_some_and(of_plan) {
                self.clock.standing = self.inherited(self.section, |set| set.0);
            }
        }
    }

    /// 1954年有学校30所。到1987年增加到50所。: whether a year stands far behind the first of a text that tells of the past. One that a
    /// plan of five years ends with may be aimed at: 2009年产煤5亿吨。到2020年产煤8亿吨。
    fn is_told(&self, year: Period) -> bool {
        let year = year.start.year;
        self.history.is_some_and(|first| year % 5 != 0 && year - first > HORIZON)
    }

    /// 到2025年，…。…: whether a section of aims looks forward to a year, which holds in what follows.
    pub(super) fn is_aimed_at(&self, year: Period, words: Span<InFlow>) -> bool {
        let ahead = self.clock.report_year.is_none_or(|now| now < year.start.year);
        year.is_year() && ahead && words.before(self.document.text).trim_end_matches(['“', '"']).ends_with('到')
    }

    pub(super) fn in_target_section(&self) -> bool {
        self.inherited(self.section, |set| set.1).is_some_and(|(status, _)| status == Status::Target)
    }
}

/// Characters at most from 提出 to the mark behind it: 分阶段目标：.
const QUOTED: usize = 8;

/// Years that a plan without a word for it looks ahead at most.
const HORIZON: i16 = 10;
