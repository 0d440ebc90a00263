//! Totals, ends and topics: what was counted or named before in the sentence.

use super::clause::{Field, Sentence};
use super::distribute::Trend;
use super::names::LONGEST_MEASURE;
use super::parts::{alike, sole};
use super::relation::Reading;
use super::sentence::Past;
use super::{Linker, edges, indicator};
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Place, Role, RowId, is_conjunction};
use crate::mention::Mention;
use crate::terms::{Kind, Relation, Status};
use crate::text::{InFlow, Phrase, Span};

impl Linker<'_> {
    /// 线路120条，总长74公里，比上年增加3条: the nearest level in the unit of a change, where the number before it has another.
    pub(super) fn of_its_unit<'p>(
        &self,
        mention: Option<&Mention>,
        last: &Past,
        mut before: impl Iterator<Item = &'p Past>,
    ) -> Option<&'p Past> {
        let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(self.document.text));
        let own = mention.filter(|mention| matches!(mention.kind, Kind::Count | Kind::Measure)).and_then(unit)?;
        let same = |past: &Past| self.document.mentions.get(past.mention as usize).and_then(unit) == Some(own);
        let listed = matches!(last.relation, Relation::Level | Relation::Change) && !same(last);
        before.find(|level| listed && level.relation == Relation::Level && !level.aside && same(level))
    }

    /// 指数前值, behind 指数初值; 实际增速, behind 收入名义增速: of what was measured before, without the word of the same sort
    /// that it ended in.
    pub(super) fn without_same(&self, sentence: Sentence<'_>, subject: &Phrase, own: &Phrase) -> Phrase {
        let of = |phrase: &Phrase| {
            let end = phrase.pieces().last().map_or(0, |piece| piece.end);
            let mut words = sentence.words_ending(end).iter();
            words.find_map(|(row, word)| match self.lexicon.entry(*row)? {
                Entry::Cue(Role::Relative) => Some((Some(*row), *word)),
                Entry::Change { form: ChangeForm::Noun, .. } => Some((None, *word)),
                _ => None,
            })
        };
        let (Some((sort, word)), Some((same, _))) = (of(subject), of(own)) else { return *subject };
        let mut end = word.start;
        let passed = |(row, _): &&(RowId, Span<InFlow>)| {
            sort.is_none() && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Copula)))
        };
        // 名义 of 名义增速
        if let Some((_, word)) = sentence.words_ending(end).iter().find(passed) {
            end = word.start;
        }
        let mut out = Phrase::default();
        for piece in subject.pieces().filter(|_| sort == same) {
            out.push(Span::new(piece.start, piece.end.min(end).max(piece.start)));
        }
        if out.is_empty() { *subject } else { out }
    }

    /// What was measured, without 前值 that was put behind it.
    pub(super) fn without_value(&self, sentence: Sentence<'_>, subject: &Phrase) -> Phrase {
        let relative = |piece: &Span<InFlow>| {
            sentence.is_word(*piece, self.lexicon, |entry| matches!(entry, Entry::Cue(Role::Relative)))
        };
        let mut out = Phrase::default();
        for piece in subject.pieces().filter(|piece| !relative(piece)) {
            let value = sentence.words_ending(piece.end).iter().find(|(row, word)| {
                word.start > piece.start && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Estimate)))
            });
            out.push(value.map_or(piece, |(_, word)| Span::new(piece.start, word.start)));
        }
        if out.is_empty() { *subject } else { out }
    }

    /// The words of what was counted without 新增: a total counts more than the new. 新增50处站点、累计80处: with a noun behind
    /// the number, none need be left.
    pub(super) fn lasting(&self, sentence: Sentence<'_>, subject: &Phrase, noun: bool) -> Phrase {
        let mut out = Phrase::default();
        for piece in subject.pieces() {
            let fresh = sentence
                .words_in(piece)
                .iter()
                .find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Fresh))));
            match fresh {
                Some((_, word)) => {
                    out.push(Span::new(piece.start, word.start));
                    out.push(Span::new(word.end, piece.end));
                }
                None => out.push(piece),
            }
        }
        if out.is_empty() && !noun { *subject } else { out }
    }

    /// 现货白银跌幅: what a level behind it is of is 现货白银.
    pub(super) fn without_change(&self, sentence: Sentence<'_>, subject: &Phrase) -> Phrase {
        let mut out = Phrase::default();
        for piece in subject.pieces() {
            let noun = sentence.words_ending(piece.end).iter().find(|(row, _)| {
                matches!(self.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Noun, .. }))
            });
            let end = noun.map_or(piece.end, |(_, word)| word.start.max(piece.start));
            // 進口按年升幅
            let end = edges::before_comparison(sentence, end, self.lexicon);
            out.push(Span::new(piece.start, end.max(piece.start)));
        }
        if out.is_empty() { *subject } else { out }
    }

    /// 增产5%，争取达到8%, 计划增长3%，实际达到4%: the same change, as it is aimed at or turned out.
    pub(super) fn aims_on(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        mention: Option<&Mention>,
        last: Option<Past>,
    ) -> bool {
        let told = || reading.planned.is_some() || field.left.of(sentence.text).contains("实际");
        let aim = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Status { status: Status::Target, .. }));
        mention.is_some_and(|mention| mention.kind == Kind::Percent)
            && last.is_some_and(|last| {
                let counted = self.document.mentions.get(last.mention as usize);
                last.relation == Relation::Change && counted.is_some_and(|counted| counted.kind == Kind::Percent)
            })
            && (sentence.words_in(field.left).iter().any(|(row, _)| aim(row)) || told())
    }

    /// 小学生，1952年有…: the clause before, which has no number of its own, names the topic.
    pub(super) fn topic(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let topic = self.before_teller(sentence, last_clause(sentence, field)?);
        if let Some(noun) = self.grounded(sentence, topic) {
            return Some(noun);
        }
        // 分季度看，…: by what it is seen.
        let words = topic.of(sentence.text);
        if words.starts_with(['分', '从', '從', '按']) && words.ends_with(['看', '分']) {
            return self.seen(sentence, topic);
        }
        // 受出口下降影响，…: why, and not what. 零件业则因库存去化，年减3%: what stands before it.
        let opens = words.starts_with(['受', '因', '随', '隨', '由']);
        if opens && words.ends_with(['响', '響', '致', '故', '下', '后', '後']) {
            return None;
        }
        let topic = self.cause_in(sentence, topic).map_or(topic, |cause| Span::new(topic.start, cause.start));
        let topic = self.before_state(sentence, topic).unwrap_or(topic);
        // 主席，增加了2倍: who is spoken to.
        let spoken_to = sentence.is_word(topic, self.lexicon, |entry| matches!(entry, Entry::Cue(Role::Office)));
        // 近三年收入持续增长: how long is no part of the topic.
        let is_time = |mention: &Mention| mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        let long = |mention: &&Mention| {
            let before = Span::<InFlow>::new(topic.start, mention.span.start).of(sentence.text);
            let recent = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Recent)));
            let opens = before.is_empty() && !sentence.mention_at(field.left.end).is_some_and(is_time);
            is_time(mention) && (opens || self.lexicon.word_named(before).iter().any(recent))
        };
        let length = sentence.mentions_in(topic).first().filter(long);
        let topic = length.map_or(topic, |length| Span::new(length.span.end, topic.end));
        if spoken_to || sentence.mentions_in(topic).iter().any(|mention| mention.kind.is_quantity()) {
            return None;
        }
        // 粮食连年增产，达到…, 产量增长最快，达到…: which way it went is no part of its name.
        let degree = ['最', '较', '較', '更', '很', '明', '显', '顯', '迅'];
        let went = sentence.words_in(topic).iter().rev().find(|(row, word)| {
            let behind = Span::<InFlow>::new(word.end, topic.end).of(sentence.text);
            matches!(self.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Verb | ChangeForm::Effect, .. }))
                && word.len() > 3
                && word.start > topic.start
                && (behind.is_empty() || behind.starts_with(degree) && behind.chars().nth(4).is_none())
        });
        // 载客量创历史新高，突破…
        let record = words.strip_suffix(['高', '低']).filter(|rest| rest.ends_with('新'));
        let record = record.and_then(|rest| rest.get(..rest.rfind(['创', '創'])?));
        let record = record.map(|name| name.trim_end_matches(['屡', '屢', '再', '续', '續', '均', '都']).len());
        let record = record.filter(|length| *length > 0);
        let end =
            went.map_or(topic.end, |(_, word)| edges::back(sentence, Span::new(topic.start, word.start), self.lexicon));
        let end = record.map_or(end, |length| topic.start + u32::try_from(length).unwrap_or(0));
        let topic = Span::new(topic.start, end);
        let mut phrase = Phrase::default();
        indicator::clean(sentence, topic, self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 从旅客吞吐量来看，全年完成1700万人次: a measure by which something is seen is what is measured; 从环比看 tells none.
    fn seen(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Option<Phrase> {
        let words = clause.of(sentence.text).strip_suffix('看')?;
        let measure = words.strip_suffix(['来', '來']).unwrap_or(words).strip_prefix(['从', '從'])?;
        let measured = |entry: &Entry| matches!(entry, Entry::Cue(Role::Measured));
        let from = clause.from() + '从'.len_utf8();
        self.lexicon
            .ending(measure, LONGEST_MEASURE)
            .any(measured)
            .then(|| Phrase::from_iter([Span::at(from, from + measure.len())]))
    }

    /// Whether the clause before a number tells, behind its topic, why something moved.
    pub(super) fn names_cause(&self, sentence: Sentence<'_>, field: &Field) -> bool {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let clause = before.strip_suffix(['，', ',']).unwrap_or_default();
        self.cause_in(sentence, last_words(sentence, clause)).is_some()
    }

    /// 零件业则因库存去化: the word behind a topic that opens why it moved.
    fn cause_in(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Option<Span<InFlow>> {
        if !sentence.roles.hold(Role::Cause) {
            return None;
        }
        let opens = |(row, word): &&(RowId, Span<InFlow>)| {
            word.start > clause.start + 3 && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Cause)))
        };
        sentence.words_in(clause).iter().find(opens).map(|(_, word)| *word)
    }

    /// 出口和进口均录得按年跌幅: the names in a topic that ends in a noun of change, which way they went, and against what.
    pub(super) fn trend(&self, sentence: Sentence<'_>, topic: Phrase) -> Option<(Phrase, Trend)> {
        let piece = topic.pieces().last().filter(|_| topic.pieces().count() == 1)?;
        let (direction, noun) =
            sentence.words_ending(piece.end).iter().find_map(|(row, word)| match self.lexicon.entry(*row)? {
                Entry::Change { direction, form: ChangeForm::Noun } => Some((*direction, *word)),
                _ => None,
            })?;
        let end = edges::back(sentence, Span::new(piece.start, noun.start.max(piece.start)), self.lexicon);
        let against = sentence.words_in(Span::new(end, noun.start)).iter().find_map(|(row, _)| {
            match self.lexicon.entry(*row)? {
                Entry::Comparison { comparison, form: ComparisonForm::Adverb } => Some(*comparison),
                _ => None,
            }
        });
        let mut names = Phrase::default();
        names.push(Span::new(piece.start, end));
        (!names.is_empty() && end < noun.start).then_some((names, (direction, against)))
    }

    /// 银行借款（合计3亿元）: the noun that brackets tell the total of.
    pub(super) fn outside_brackets(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let outside = before.strip_suffix(['（', '(']).filter(|_| !field.follows)?;
        let noun = last_words(sentence, outside);
        let number = sentence.mentions_in(noun).iter().rev().find(|mention| mention.kind.is_quantity());
        let noun = number.map_or(noun, |number| Span::new(number.span.end, noun.end));
        // 突破万元大关（去年为9600元）: a mark names nothing.
        if number.is_some() && self.lexicon.is_word(noun.of(sentence.text), Role::Milestone) {
            return None;
        }
        // 较上周（12例）: what is compared with.
        let than = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
        if sentence.words_in(noun).iter().any(|(row, _)| than(row)) {
            return None;
        }
        // 增速高于全国（5.2%）: what stands above it names both. 甲菌（5例）和乙菌（3例）: a joint of two nouns.
        let noun = self.beyond_in(sentence, noun).map_or(noun, |beyond| Span::new(noun.start, beyond.start));
        let noun = Span::at(noun.from() + joint_of(sentence, noun).unwrap_or(0), noun.to());
        let mut phrase = Phrase::default();
        indicator::clean(sentence, noun, self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 高于全省平均水平: the word for above or below that opens what something is compared with, at the end of some words.
    fn beyond_in(&self, sentence: Sentence<'_>, words: Span<InFlow>) -> Option<Span<InFlow>> {
        let (_, word) = sentence.words_in(words).iter().rev().find(|(row, _)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Change { form: ChangeForm::Over, .. } | Entry::Modifier { place: Place::Before, .. })
            )
        })?;
        let base = Span::<InFlow>::new(word.end, words.end.max(word.end));
        let yardstick = self.lexicon.closing(base.of(sentence.text), Role::Yardstick).is_some();
        let area = |entry: &Entry| matches!(entry, Entry::Cue(Role::Area));
        (yardstick || sentence.is_word(base, self.lexicon, area) || self.is_place(sentence, base)).then_some(*word)
    }

    /// 新增企业2家，达到22家: whether a number is the total of what was added before it.
    pub(super) fn totals(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reached: bool,
        mention: Option<&Mention>,
        last: &Past,
    ) -> bool {
        let before = self.document.mentions.get(last.mention as usize);
        let more = || {
            let (one, other) = before.zip(mention)?;
            let value = |mention: &Mention| mention.quantity.as_ref()?.value.clone();
            Some(alike(sentence.text, one, other) && value(other)? > value(one)?)
        };
        reached && more().unwrap_or(false)
            || sentence.words_in(field.left).iter().any(|(row, _)| match self.lexicon.entry(*row) {
                Some(Entry::Cue(Role::Relative)) => true,
                Some(Entry::Cue(Role::Totals)) => more().unwrap_or(false),
                _ => false,
            })
    }

    /// 接触者2874人，其中368人尚在观察: some of what the number before counted, told of by what they do.
    pub(super) fn among(&self, sentence: Sentence<'_>, field: &Field, mention: Option<&Mention>, last: &Past) -> bool {
        let is = |row: &RowId, roles: &[Role]| matches!(self.lexicon.entry(*row), Some(Entry::Cue(role)) if roles.contains(role));
        let counted = self.document.mentions.get(last.mention as usize);
        last.relation == Relation::Level
            && counted.zip(mention).is_some_and(|(one, other)| alike(sentence.text, one, other))
            && sentence.words_in(field.left).iter().any(|(row, _)| is(row, &[Role::Among]))
            && sentence
                .words_in(field.right)
                .iter()
                .any(|(row, word)| word.start == field.right.start && is(row, &[Role::Onward, Role::Copula]))
    }

    /// 企业1200家，新增300家: what was added to what the number before counted.
    pub(super) fn adds_to(
        &self,
        sentence: Sentence<'_>,
        own: &indicator::Own,
        mention: Option<&Mention>,
        last: &Past,
    ) -> bool {
        let Some(word) = sole(&own.subject).filter(|_| own.tail.is_empty()) else { return false };
        let counted = self.document.mentions.get(last.mention as usize);
        sentence.is_word(word, self.lexicon, |entry| matches!(entry, Entry::Cue(Role::Fresh)))
            && counted.zip(mention).is_some_and(|(counted, mention)| {
                counted.kind != Kind::Number && alike(sentence.text, counted, mention)
            })
    }

    /// 51个村民组，总户数3645户: a total whose word names its unit, which the number before does not count in.
    pub(super) fn names_unit(
        &self,
        sentence: Sentence<'_>,
        own: &indicator::Own,
        mention: Option<&Mention>,
        last: &Past,
    ) -> bool {
        let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(self.document.text));
        let counted = self.document.mentions.get(last.mention as usize).and_then(unit);
        mention.and_then(unit).is_some_and(|unit| Some(unit) != counted && own.subject.of(sentence.text).contains(unit))
    }
}

/// The last words of the front of a sentence, behind a pause or brackets that closed; a mark inside a number is none.
pub(super) fn last_words(sentence: Sentence<'_>, front: &str) -> Span<InFlow> {
    let pause = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。' | '：' | ':' | '、' | '）' | ')');
    let mut pauses = front.char_indices().rev().filter(|(_, c)| pause(*c));
    let start = pauses.find(|(at, _)| !sentence.in_number(sentence.span.from() + at));
    let start = start.map_or(0, |(at, c)| at + c.len_utf8());
    Span::at(sentence.span.from() + start, sentence.span.from() + front.len())
}

/// 甲菌（5例）和乙菌: the length of a joint that opens words behind brackets.
pub(super) fn joint_of(sentence: Sentence<'_>, words: Span<InFlow>) -> Option<usize> {
    let joint = words.of(sentence.text).chars().next().filter(|c| is_conjunction(c.encode_utf8(&mut [0; 4])))?;
    words.before(sentence.text).ends_with(['）', ')']).then(|| joint.len_utf8())
}

/// The clause before that of a number.
pub(super) fn last_clause(sentence: Sentence<'_>, field: &Field) -> Option<Span<InFlow>> {
    let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
    let clause = before.strip_suffix(['，', ',', '：', ':', '（', '('])?;
    // 历年产量（不含农垦，下同）：: the words before the brackets.
    let open = clause.strip_suffix(['）', ')']).and_then(|inner| inner.rfind(['（', '(', '）', ')']));
    let clause = open.and_then(|open| clause.get(..open)).filter(|before| !before.is_empty()).unwrap_or(clause);
    let start = clause
        .rfind(['，', ',', '；', ';', '。'])
        .map_or(0, |at| at + clause.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    Some(Span::at(sentence.span.from() + start, sentence.span.from() + clause.len()))
}
