//! What a number's own words are told of: a whole named before, what stands before a time, what another number measured.

use super::clause::{Field, Sentence};
use super::parts::{joined, sole};
use super::relation::Reading;
use super::sentence::{Past, State};
use super::subject::OWN;
use super::whole::last_clause;
use super::{Linker, edges};
use crate::exact::Exact;
use crate::lexicon::{Entry, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Kind, Relation};
use crate::text::{InFlow, Phrase, Span};

/// How the names of those end that a measure can be of: 服务业, 民营经济.
const OWNERS: [char; 7] = ['业', '業', '济', '濟', '企', '司', '品'];

impl Linker<'_> {
    /// Adds to a number's own words what they are told of, named before; the rule.
    pub(super) fn widen(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        reading: &Reading,
        past: &mut Past,
        state: &State,
    ) -> &'static str {
        if let Some(scope) = state.scope {
            past.subject = joined(&scope, &past.subject);
            return "the words before the number, of the whole named before";
        }
        if self.is_seen_against(sentence, field, past) {
            return "the words before the number, of what is seen against something";
        }
        if let Some(told) = self.told_until(sentence, field, state) {
            past.subject = joined(&told, &past.subject);
        }
        if self.part(sentence, index, field, past, state) {
            return "a part of what was counted before";
        }
        let alone = past.tail.is_empty() && matches!(reading.relation, Relation::Level | Relation::Change);
        match self.completed(sentence, field, index, (reading.relation, &past.subject), state).filter(|_| alone) {
            Some((subject, rule)) => {
                past.subject = subject;
                rule
            }
            None => OWN,
        }
    }

    /// 指数在截至3月止三个月的平均升幅: what stands before the time that stands between it and what is told of it.
    fn told_until(&self, sentence: Sentence<'_>, field: &Field, state: &State) -> Option<Phrase> {
        let time = state.before().next().filter(|time| time.time && time.end == field.left.start)?;
        let before = self.document.mentions.get(time.mention as usize)?.span.before(sentence.text);
        let told = before.trim_end_matches('的').ends_with('止') && field.left.of(sentence.text).starts_with('的');
        told.then_some(time.subject)
    }

    /// A name with what an earlier number of its unit measured, which it leaves out; and the rule.
    fn completed(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        index: usize,
        (relation, subject): (Relation, &Phrase),
        state: &State,
    ) -> Option<(Phrase, &'static str)> {
        let level = relation == Relation::Level;
        if let Some(noun) = self.elided_noun(sentence, field, index, state).filter(|_| level) {
            let mut whole = *subject;
            whole.push(noun);
            let rule = "the words before the number, with the noun that an earlier number of its unit named";
            return Some((whole, rule));
        }
        if let Some(rate) = self.of_rate(sentence, sentence.mentions.get(index), subject, state) {
            return Some((rate, "a name, with the rate named before it"));
        }
        if let Some(sum) = self.with_added(sentence, field, index, state).filter(|_| level) {
            return Some((sum, "the sum of what was measured before and what is added"));
        }
        if let Some(per) = self.per_head(sentence, field, index, subject, state).filter(|_| level) {
            return Some((joined(&per, subject), "a list of what there is for so many"));
        }
        if let Some(beside) = self.counterpart(sentence, subject, (relation, sentence.mentions.get(index)), state) {
            return Some((beside, "a name, with what was measured of the name beside it"));
        }
        if let Some(paid) = self.paid_to(subject, sentence.mentions.get(index), state) {
            return Some((paid, "what was done for those whom the number before counts"));
        }
        let whose = self.whose(sentence, field, subject)?;
        Some((whose, "a measure of what the clause before says how it goes"))
    }

    /// 财政收入100亿元，加上中央收入共150亿元: what was measured before, and what its sum takes in besides.
    fn with_added(&self, sentence: Sentence<'_>, field: &Field, index: usize, state: &State) -> Option<Phrase> {
        let words = field.left.of(sentence.text);
        self.lexicon.opening(words, Role::Adds)?;
        let sum = self.lexicon.closing(words.trim_end_matches(['为', '為', '达', '達', '到']), Role::Sums)?;
        let last = state.last().filter(|last| last.relation == Relation::Level && !last.subject.is_empty())?;
        let added = Span::at(field.left.from(), field.left.from() + words.rfind(sum)?);
        let alike = self.counts_alike(sentence, last.mention, sentence.mentions.get(index));
        alike.then(|| last.subject.pieces().chain([added]).collect())
    }

    /// 每百户拥有汽车42辆、空调120台, 人均粮食500公斤、肉类60公斤: for how many there is what a list goes on to count.
    fn per_head(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        index: usize,
        subject: &Phrase,
        state: &State,
    ) -> Option<Phrase> {
        let last = state.last().filter(|last| last.relation == Relation::Level && last.tail.is_empty())?;
        let own = Span::new(subject.pieces().next()?.start, subject.pieces().last()?.end);
        let gap = Span::<InFlow>::new(last.end, own.start.max(last.end)).of(sentence.text);
        let head = last.subject.pieces().next()?;
        let words = head.of(sentence.text);
        let end = match words
            .find('每')
            .filter(|at| words.get(..*at).is_some_and(|before| before.chars().all(|c| matches!(c, '平' | '均'))))
        {
            Some(_) => words
                .find('有')
                .map(|at| at + '有'.len_utf8())
                .filter(|end| !words.get(*end..).is_some_and(|rest| rest.starts_with('量'))),
            None => (gap == "、" && is_mean(words)).then_some(2 * '人'.len_utf8()),
        }?;
        // Few, as for a head or a hundred: 每千人口拥有床位6张，床位总数4.5万张.
        let few =
            |mention: &Mention| mention.quantity.as_ref()?.value.as_ref().map(|value| *value < Exact::integer(1000));
        let mention = sentence.mentions.get(index)?;
        let listed = gap == "、" && matches!(mention.kind, Kind::Count | Kind::Measure)
            || gap == "，" && mention.kind == Kind::Count && few(mention)?;
        let does = |(row, _): &(RowId, Span<InFlow>)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Per | Role::Act | Role::Progress | Role::Fresh)))
        };
        let counts = own.of(sentence.text);
        let noun = !is_mean(counts) && !counts.starts_with(['平', '总', '共', '全']);
        let noun = noun && own.end == field.left.end && !sentence.words_in(own).iter().any(does);
        let head = Span::at(head.from(), head.from() + end);
        (listed && noun && head.end < last.end).then(|| Phrase::from_iter([head]))
    }

    /// 服务业增长较快: the subject of a clause that says how it goes.
    pub(super) fn before_state(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Option<Span<InFlow>> {
        let words = clause.of(sentence.text);
        let state = self.lexicon.closing(words, Role::State)?;
        let before = words.get(..words.len() - state.len())?.trim_end_matches(['最', '更', '很', '均', '都']);
        // 房价继续保持平稳
        let before = before.trim_end_matches(['继', '续']);
        let subject = Span::<InFlow>::at(clause.from(), clause.from() + before.len());
        Some(Span::new(clause.start, edges::back(sentence, subject, self.lexicon)))
            .filter(|subject| !subject.is_empty())
    }

    /// 第三产业增长较快，增加值达到450亿元, 现代服务业发展迅速，完成增加值120亿元: a bare measure, with whose it is.
    fn whose(&self, sentence: Sentence<'_>, field: &Field, subject: &Phrase) -> Option<Phrase> {
        if field.follows || !sentence.roles.hold(Role::Measured) {
            return None;
        }
        let words = sole(subject)?;
        let measured = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Measured)));
        let measure = sentence.words_ending(words.end).iter().find(|(row, _)| measured(row))?.1;
        let verb = Span::new(words.start, measure.start.max(words.start));
        let bare = verb.is_empty()
            || sentence.is_word(verb, self.lexicon, |entry| matches!(entry, Entry::Cue(Role::Progress | Role::Act)));
        if !bare {
            return None;
        }
        // 用于小微企业的贷款（包括个人贷款）余额33亿元
        let going = || self.subject_of_state(sentence, field).and_then(|owner| self.owner(sentence, field, owner));
        let owner = self.before_brackets(sentence, field).or_else(going)?;
        Some(owner.pieces().chain([measure]).collect())
    }

    /// 民营经济 that grows fast, or 东区 of 东区增速最快: whether what the clause before says something of is what a measure can be of.
    fn owner(&self, sentence: Sentence<'_>, field: &Field, subject: Phrase) -> Option<Phrase> {
        let clause = last_clause(sentence, field)?;
        let most =
            self.lexicon.closing(clause.of(sentence.text), Role::State).is_some_and(|most| most.starts_with('最'));
        if !most {
            return Some(subject).filter(|owner| owner.of(sentence.text).ends_with(OWNERS));
        }
        let rate = |piece| sentence.is_word(piece, self.lexicon, |entry| matches!(entry, Entry::Change { .. }));
        Some(self.without_change(sentence, &subject)).filter(|owner| !owner.pieces().all(rate))
    }

    /// The subject of the clause before, which says how it goes and holds no number.
    pub(super) fn subject_of_state(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let first = field.left.start == field.clause.start;
        let clause = last_clause(sentence, field).filter(|_| first)?;
        let counts = sentence.mentions_in(clause).iter().any(|mention| mention.kind.is_quantity());
        self.before_state(sentence, clause).filter(|_| !counts).and_then(|_| self.topic(sentence, field))
    }

    /// 直补500个农户24万元: money to those whom the number before counts.
    fn paid_to(&self, own: &Phrase, mention: Option<&Mention>, state: &State) -> Option<Phrase> {
        let last = state.last().filter(|last| last.tail == *own && !last.subject.is_empty())?;
        let people =
            own.of(self.document.text).ends_with(['户', '戶', '人', '民', '生', '师', '師', '工', '员', '員', '者']);
        let amount = mention.is_some_and(|mention| mention.kind == Kind::Measure);
        (amount && people).then(|| last.subject.pieces().chain(own.pieces()).collect())
    }
}

/// 人均, 户均, 亩均: whether words open with the mean of one head.
fn is_mean(words: &str) -> bool {
    words.chars().nth(1) == Some('均') && !words.starts_with('平')
}
