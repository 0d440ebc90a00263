//! Numbers that are themselves what is planned, by the words for a plan beside them.

use super::clause::{Field, Sentence, is_pause};
use super::relation::{NOUN_OF_CHANGE, Reading};
use super::sentence::{Past, State};
use super::{Linker, base, status};
use crate::lexicon::{Entry, Lexicon, Reach, Role, RowId};
use crate::mention::Mention;
use crate::segment::Segment;
use crate::terms::{Comparison, Kind, Relation, Status};
use crate::text::{InFlow, Phrase, Span};

/// Characters before the plan of a headline among which the word stands that it was carried out.
const OBJECT: usize = 10;

/// A word for a plan.
type Plan = (RowId, Span<InFlow>);

impl Linker<'_> {
    /// 某镇2023年工作计划, 某县“十四五”规划纲要: a title that ends in a word of plan says it of the whole text.
    pub(super) fn title_of_plan(&mut self, title: Segment) {
        let words = title.span.of(self.document.text);
        // 某市国土规划（2016—2030年）
        let remark = words.strip_suffix(['）', ')']).and_then(|words| words.rsplit_once(['（', '(']));
        let words = remark.map_or(words, |(words, _)| words);
        // 2021年工作总结及2022年工作计划: what was done comes first.
        if status::reviews(words, self.lexicon) {
            return;
        }
        if self.lexicon.closing(words, Role::Paper).is_some_and(|plan| self.is_fulfilled(words, plan)) {
            return;
        }
        if self.lexicon.closing(words, Role::Paper).is_some()
            && let Some(root) = self.sections.first_mut()
        {
            root.1 = Some((Status::Target, None));
            return;
        }
        let ends_so = ['划', '排', '点', '案', '算', '明', '开', '测', '望', '报', '标', '務', '务'];
        let planned = status::of_heading(words, self.lexicon)
            .filter(|(status, _)| *status == Status::Target && words.ends_with(ends_so));
        // 某县超额完成目标任务
        let ends = |row: RowId| {
            let surfaces = self.lexicon.row(row).map_or(&[][..], |row| &row.surfaces);
            surfaces.iter().any(|word| words.ends_with(&**word) && !self.is_fulfilled(words, word))
        };
        if let (Some((status, row)), Some(root)) = (planned.filter(|(_, row)| ends(*row)), self.sections.first_mut()) {
            root.1 = Some((status, Some(row)));
        }
    }

    /// 某厂提前完成国家计划: whether a headline ends in a plan that was carried out. 计划完成情况和明年计划 names another.
    fn is_fulfilled(&self, title: &str, plan: &str) -> bool {
        let before = title.strip_suffix(plan).unwrap_or_default();
        let near = before.char_indices().rev().take(OBJECT).last().and_then(|(at, _)| before.get(at..));
        let mut done = false;
        self.lexicon.words(self.lexicon.spell(near.unwrap_or_default(), &mut Vec::new()), |_, _, rows| {
            done |= rows.iter().any(|row| self.tells_done(*row));
            true
        });
        done && !near.is_some_and(|near| near.contains(['情', '和', '与', '與', '及', '、']))
    }

    fn names_plan(&self, row: RowId) -> bool {
        matches!(
            self.lexicon.entry(row),
            Some(Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
        )
    }

    /// 完成造林任务3万亩, 12项指标已达到目标: a plan that was carried out is none any more.
    fn carried_out(&self, sentence: Sentence<'_>, from: u32, to: u32) -> bool {
        sentence.words_in(Span::new(from, to.max(from))).iter().any(|(row, _)| self.tells_done(*row))
    }

    fn tells_done(&self, row: RowId) -> bool {
        matches!(
            self.lexicon.entry(row),
            Some(Entry::Cue(Role::Progress) | Entry::Status { status: Status::Actual, .. })
        )
    }

    /// 年初预算50亿元，实际完成47亿元，为预算的94%: whether a number tells what came of a plan.
    pub(super) fn is_outcome(&self, sentence: Sentence<'_>, field: &Field, reading: &Reading) -> bool {
        let done = || self.carried_out(sentence, field.left.start, field.left.end);
        reading.relation == Relation::Progress || reading.relation == Relation::Level && done()
    }

    /// What was planned, without 预算 that says so.
    pub(super) fn without_plan(&self, sentence: Sentence<'_>, subject: &Phrase) -> Phrase {
        let mut out = Phrase::default();
        for piece in subject.pieces() {
            let plan = sentence
                .words_ending(piece.end)
                .iter()
                .find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan))));
            let plan =
                plan.map(|(_, word)| *word).or_else(|| quota_at(piece, sentence, self.lexicon).map(|plan| plan.1));
            out.push(plan.map_or(piece, |word| Span::new(piece.start, word.start.max(piece.start))));
        }
        if out.is_empty() { *subject } else { out }
    }

    /// 累计完成2亿元，占年度计划3亿元的80%: the plan that was met in part.
    pub(super) fn plan_met_in_part(&self, sentence: Sentence<'_>, field: &Field, index: usize) -> Option<Plan> {
        if !sentence.is_of_part(index) {
            return None;
        }
        let verb = |row| matches!(self.lexicon.entry(row), Some(Entry::Status { reach: Reach::Verb, .. }));
        let plan = |(row, _): &&Plan| self.names_plan(*row) || verb(*row);
        sentence.words_ending(field.left.end).iter().find(plan).copied()
    }

    /// 投资计划12亿元, 年度计划投资21亿元, 增长目标为5%: the words that tell that a number is what is planned.
    pub(super) fn plan_measured(&self, sentence: Sentence<'_>, field: &Field, reading: &Reading) -> Option<Plan> {
        let level = reading.relation == Relation::Level;
        // 保障房目标任务5000套
        let task = |(row, words): &Plan| {
            let section = matches!(self.lexicon.entry(*row), Some(Entry::Status { reach: Reach::Section, .. }));
            let words = words.of(sentence.text);
            section
                && words.ends_with(['务', '務'])
                && words.contains(['标', '標'])
                && !self.counts_tasks(sentence, field)
        };
        let plans = |plan: &&Plan| self.names_plan(plan.0) || task(plan);
        let planned = sentence.words_ending(reading.subject_end).iter().find(plans);
        let end = sentence.trim_end(field.left.start, field.left.end);
        let planned = planned.or_else(|| sentence.words_ending(end).iter().find(|plan| task(plan)));
        let planned = planned.filter(|(_, words)| level && !self.carried_out(sentence, field.left.start, words.start));
        let allotted = || self.allotted(sentence, field, reading).filter(|_| level);
        if let Some(plan) = planned.copied().or(reading.planned).or_else(allotted) {
            return Some(plan);
        }
        // 年度计划投资21亿元, 批准年初预算收入81亿元, but 完成年度计划投资
        let left = if level && sentence.roles.hold(Role::Plan) { sentence.words_in(field.left) } else { &[] };
        let noun = left.iter().find(|(row, words)| {
            let behind = Span::<InFlow>::new(words.end, reading.subject_end.max(words.end));
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)))
                && words.of(sentence.text).ends_with(['划', '劃', '算', '排'])
                && words.len() > 6
                && matches!(behind.of(sentence.text).chars().count(), 2..=4)
                && !self.carried_out(sentence, field.left.start, field.left.end)
        });
        if let Some(noun) = noun {
            return Some(*noun);
        }
        // 增长目标为5%
        let aimed = |(_, words): &Plan| words.of(sentence.text).contains(['标', '標']);
        reading.cue.filter(|_| reading.rule == NOUN_OF_CHANGE).filter(aimed)
    }

    /// 下达造林指标3万亩, 造林指标3万亩，完成3.2万亩, 招生名额300名: the word for what is allotted, but 甲指标40万吨，下降10%.
    fn allotted(&self, sentence: Sentence<'_>, field: &Field, reading: &Reading) -> Option<Plan> {
        let named = Span::new(field.left.start, reading.subject_end.max(field.left.start));
        let quota = quota_at(named, sentence, self.lexicon)?;
        let left = field.left.of(sentence.text);
        let issued = || left.char_indices().filter_map(|(at, _)| left.get(at..)).any(|rest| self.issues(rest));
        let people = quota.1.of(sentence.text).starts_with('名');
        let number = sentence.mention_at(field.left.end).filter(|number| people || number.kind == Kind::Measure)?;
        let met = || self.carried_out(sentence, number.span.end, status::stop(sentence, number.span.end, &['；', ';']));
        let open = !self.carried_out(sentence, field.left.start, field.left.end);
        (open && (people || issued() || met())).then_some(quota)
    }

    fn issues(&self, words: &str) -> bool {
        self.lexicon.opening(words, Role::Issues).is_some()
    }

    /// 落实目标任务5项: whether a number says how many tasks there are, and not what they are.
    fn counts_tasks(&self, sentence: Sentence<'_>, field: &Field) -> bool {
        let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(self.document.text));
        let mention = sentence.mention_at(field.left.end);
        mention
            .and_then(unit)
            .is_none_or(|unit| unit.starts_with(['项', '項', '个', '個', '件', '条', '條', '类', '類']))
    }

    /// 预算支出安排32亿元，其中教育支出6.8亿元，农业支出3亿元，增长5%: whether a number is told of a part of an amount that a budget
    /// sets, in its own sentence or in the one before.
    pub(super) fn is_of_budget(&self, sentence: Sentence<'_>, state: &State) -> bool {
        let planned = |past: &&Past| past.status == Some(Status::Target);
        let budgeted =
            |past: &Past| past.relation == Relation::Level && past.subject.of(sentence.text).contains(['算', '排']);
        let here = state.clause.map_or(sentence.span.end, |clause| clause.end);
        // 实际支出20亿元 behind them is none.
        let spent = |from: u32| {
            let since = Span::<InFlow>::new(from, here.max(from));
            since.of(sentence.text).contains("实际") || self.carried_out(sentence, from, here)
        };
        // 其中：本级收入44亿元 in the sentence behind.
        if state.before().all(|past| planned(&past)) && self.details(sentence) {
            let whole = self.earlier.last().filter(planned).is_some_and(budgeted);
            return whole && !spent(sentence.span.start);
        }
        let among = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)));
        let parts = |whole: &Past| {
            let since = Span::<InFlow>::new(whole.end, here.max(whole.end));
            let next = sentence.words_in(since).first().filter(|(row, _)| among(row));
            next.is_some_and(|(_, word)| {
                let between = Span::<InFlow>::new(whole.end, word.start).of(sentence.text);
                between.trim().chars().nth(1).is_none()
            })
        };
        let whole = state.before().take_while(planned).find(|past| budgeted(past) && parts(past));
        whole.is_some_and(|whole| !spent(whole.end))
    }

    /// 收入预算59亿元，调整为57亿元: whether a number is what a plan before it was changed to.
    pub(super) fn is_changed_plan(&self, sentence: Sentence<'_>, state: &State) -> bool {
        let plan = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)));
        let planned = |past: &&Past| {
            let end = past.subject.pieces().last().map_or(0, |piece| piece.end);
            past.status == Some(Status::Target) && sentence.words_ending(end).iter().any(|(row, _)| plan(row))
        };
        let clause = state.clause.map_or("", |clause| clause.of(sentence.text));
        let changed = clause.trim_start().strip_prefix(['调', '調']).is_some_and(|rest| rest.starts_with('整'));
        changed && state.before().next().as_ref().is_some_and(planned)
    }

    /// What behind a number makes a forecast, a limit or a goal of it: the rule, and the words.
    pub(super) fn aim_behind(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
    ) -> Option<(&'static str, RowId, Span<InFlow>)> {
        if let Some((row, words)) = base::foretold(sentence, field, self.lexicon) {
            return Some(("a forecast named behind the number", row, words));
        }
        let aims = sentence.roles.hold(Role::Plan) || sentence.roles.hold(Role::Limit);
        let behind = if aims { behind_list(sentence, field) } else { field.right };
        if let Some((row, words)) = status::limit_behind(sentence, behind, self.lexicon) {
            return Some(("a limit or goal named behind the number", row, words));
        }
        let time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        let is_amount = mention.kind == Kind::Measure && !time;
        // 22万亩夏播任务，目前完成1.5万亩, but 完成22万亩夏播任务, 开展任务3项
        let done = || self.carried_out(sentence, field.left.start, field.left.end);
        let is_task = |word: &Span<InFlow>| {
            let closes = word.end == field.right.end && word.of(sentence.text).ends_with(['务', '務']);
            closes && is_amount && !done()
        };
        let aim = sentence.words_in(behind).iter().filter(|_| aims).find(|(row, word)| {
            word.start - behind.start <= 24
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)))
                && (word.of(sentence.text).contains(['标', '標']) || is_task(word))
                && !self.carried_out(sentence, behind.start, word.start)
        });
        if let Some((row, words)) = aim {
            return Some(("a goal named behind the number", *row, *words));
        }
        // 10个县有望退出: what is told of those counted is yet to come.
        let told = Span::new(field.right.start, field.clause.end.max(field.right.start));
        let alone = mention.kind == Kind::Count && !sentence.mentions_in(told).iter().any(|m| m.kind.is_quantity());
        if !alone {
            return None;
        }
        let forecast = sentence.words_in(field.right).iter().find(|(row, word)| {
            let forecast = matches!(self.lexicon.entry(*row), Some(Entry::Status { reach: Reach::Forecast, .. }));
            forecast && word.len() > 3 && word.end < field.right.end
        });
        let (row, words) = forecast?;
        Some(("a forecast of those counted", *row, *words))
    }
}

/// 造林指标, 招生名额: the word for what is allotted at the end of a name.
fn quota_at(named: Span<InFlow>, sentence: Sentence<'_>, lexicon: &Lexicon) -> Option<Plan> {
    let name = named.of(sentence.text);
    let ends = name.ends_with(['标', '標', '额', '額']);
    let word = ends.then(|| lexicon.closing(name, Role::Quota)).flatten()?;
    let row = lexicon.rows_of(word, Role::Quota).next()?;
    Some((row, Span::at(named.to() - word.len(), named.to())))
}

/// 收入100亿元、产量60万吨的目标: the words behind the last number of a list, or those behind the number where none follows.
fn behind_list(sentence: Sentence<'_>, field: &Field) -> Span<InFlow> {
    let mut last = field.right.start;
    for next in sentence.mentions_in(Span::new(last, sentence.span.end)).iter().filter(|next| next.kind.is_quantity()) {
        let between = Span::<InFlow>::new(last, next.span.start).of(sentence.text);
        if !between.starts_with('、') || between.contains(is_pause) {
            break;
        }
        last = next.span.end;
    }
    if last == field.right.start {
        return field.right;
    }
    let rest = Span::<InFlow>::new(last, sentence.span.end);
    let length = rest.of(sentence.text).find(is_pause).unwrap_or(rest.len() as usize);
    Span::at(rest.from(), rest.from() + length)
}
