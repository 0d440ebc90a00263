//! What an elided subject may be told by sooner than by an earlier number: the words before a length of time, before
//! what is compared with, before brackets, behind a semicolon.

use super::Linker;
use super::clause::{Field, Sentence, is_pause};
use super::names::has_measure;
use super::relation::Reading;
use super::sentence::{Past, State};
use super::unsaid::LISTED;
use super::whole::last_words;
use crate::lexicon::{Entry, Role, RowId};
use crate::mention::Mention;
use crate::terms::Relation;
use crate::text::{InFlow, Phrase, Span};

/// The rule of words that a length of time parts from the number.
pub(super) const BEFORE_TIME: &str = "the words before a length of time";

/// What ends 各县, 各地区 and 各档.
const EACH: [char; 16] =
    ['县', '縣', '市', '省', '区', '區', '州', '国', '國', '档', '檔', '级', '級', '类', '類', '组'];

/// The rule of a topic that a semicolon parts from the numbers before.
pub(super) const BEHIND_SEMICOLON: &str = "the topic named behind a semicolon";

/// The rule of a subject that a clause ahead of the figures says something of.
pub(super) const OF_STATE: &str = "the subject of a clause that says how it goes";

/// ，第一大供应商为乙公司，: whether a clause says which something is.
fn says_which(between: &str) -> bool {
    let clause = between.trim_matches(['，', ',']);
    let is = clause.find(['为', '為', '是']).filter(|at| *at > 'X'.len_utf8() && !clause.contains(is_pause));
    // 收入为历史最高 says how it is.
    let how = clause.ends_with(['高', '低', '多', '少', '大', '小', '好', '佳', '快', '慢', '长', '短']);
    is.is_some_and(|at| !how && clause.get(at..).is_some_and(|which| which.chars().nth(1).is_some()))
}

impl Linker<'_> {
    /// What stands before a length of time, a base, brackets or behind a semicolon, which comes before what an earlier number
    /// measured; and the rule.
    pub(super) fn told_beside(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        state: &State,
    ) -> Option<(Phrase, &'static str)> {
        if let Some(before) = self.before_time(sentence, field).filter(|_| !reading.outside) {
            return Some((before, BEFORE_TIME));
        }
        // 总产值比上年的20亿元增长40%
        let compared = reading.compared.filter(|compared| reading.outside && compared.start > field.clause.start);
        let before =
            compared.and_then(|compared| self.cleaned(sentence, Span::new(field.clause.start, compared.start)));
        if let Some(before) = before {
            return Some((before, "the words before what it is compared with"));
        }
        let whole = reading.relation == Relation::Share && reading.rule != LISTED;
        let alone = reading.subject_end <= field.left.start && !whole;
        let noun = || self.outside_brackets(sentence, field).filter(|_| alone);
        if let Some(before) = self.before_brackets(sentence, field).or_else(noun) {
            return Some((before, "the words before the brackets"));
        }
        // 全市有企业18家，产能利用率大幅提升，达到84%
        let part = matches!(reading.relation, Relation::Share | Relation::Progress);
        if let Some(subject) = self.subject_of_state(sentence, field).filter(|_| alone && !part) {
            return Some((subject, OF_STATE));
        }
        // 百货业增长9%，零件业则因库存去化，减少3%
        if let Some(topic) = self.topic(sentence, field).filter(|_| alone && self.names_cause(sentence, field)) {
            return Some((topic, "the topic named before what moved it"));
        }
        // 产量3万吨；产值增长最快，达到5亿元
        let last = state.last()?;
        let between = Span::<InFlow>::new(last.end, field.clause.start.max(last.end)).of(sentence.text);
        // 机电产品占52%，其次是纺织品，占11%
        let next = || self.lexicon.opening(between.trim_start_matches(['，', ',']), Role::Next).is_some();
        // 中标金额：856万元，工期：180天
        let label =
            || between.strip_suffix(['：', ':'])?.strip_prefix(['，', ',']).filter(|label| !label.contains(is_pause));
        // 第一大客户为甲公司，占销售额的30%，第一大供应商为乙公司，占采购额的20%
        let shares = reading.relation == Relation::Share && last.relation == Relation::Share;
        let anew = between.contains(['；', ';']) || next() || label().is_some() || shares && says_which(between);
        let topic = self.topic(sentence, field).filter(|_| anew)?;
        Some((topic, BEHIND_SEMICOLON))
    }

    /// 环湖一周约250公里, 股东计划六个月内减持3万股: what stands before lengths of time in the same clause.
    fn before_time(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::new(field.clause.start, field.left.start);
        if !sentence.mentions_in(before).iter().any(|mention| mention.kind.is_quantity()) {
            return self.before_term(sentence, field);
        }
        let (words, opens) = self.before_times(sentence, before)?;
        // 机构预计市场规模七年增长五倍: what is foretold stands behind the word of forecast.
        let when = |opens: &u32| {
            let rest = Span::<InFlow>::new(*opens, words.end);
            rest.of(sentence.text).ends_with('起') || self.cleaned(sentence, rest).is_none()
        };
        self.cleaned(sentence, Span::new(words.start, opens.filter(when).unwrap_or(words.end)))
    }

    /// 股东拟自公告之日起15个交易日后的3个月内，减持3万股: what stands before the words of a term in the clause before.
    fn before_term(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let front = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let clause = front.strip_suffix(['，', ','])?;
        let at = clause.rfind(['，', ',', '；', '。', '：', '）', ')']).unwrap_or(0);
        let clause = Span::at(sentence.span.from() + at, sentence.span.from() + clause.len());
        let (words, opens) = self.before_times(sentence, clause)?;
        self.cleaned(sentence, Span::new(words.start, opens?))
    }

    /// The words before the lengths of time that end a clause, and where a plan or 自 opens in them.
    fn before_times(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Option<(Span<InFlow>, Option<u32>)> {
        let time = |mention: &&Mention| mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        let counted = sentence.mentions_in(clause).iter().rev().filter(|mention| mention.kind.is_quantity());
        let first = counted.clone().take_while(time).last()?;
        let start = counted.clone().find(|mention| !time(mention)).map_or(clause.start, |other| other.span.end);
        // 过去5年: one word of the two.
        let across = |(_, word): &&(RowId, Span<InFlow>)| word.start < first.span.start && first.span.start < word.end;
        let end = sentence.words.iter().find(across).map_or(first.span.start, |(_, word)| word.start);
        let words = Span::new(start, end.max(start));
        let opens =
            |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Status { .. } | Entry::Cue(Role::From)));
        let opens = sentence.words_in(words).iter().find(|(row, _)| opens(row));
        Some((words, opens.map(|(_, opens)| opens.start)))
    }

    /// 失业率如下：甲市5.2%，乙县4.8%: what the words before a colon measure, where only places are told behind it.
    pub(super) fn heading_of_list(&self, sentence: Sentence<'_>, past: &Past) -> Option<Phrase> {
        let name = past.subject.pieces().next().filter(|_| past.relation == Relation::Level)?;
        let before = Span::<InFlow>::new(sentence.span.start, name.start.max(sentence.span.start)).of(sentence.text);
        let heading = before.get(..before.rfind(['：', ':'])?)?;
        let listed = Span::<InFlow>::at(sentence.span.from() + heading.len(), name.from());
        let heading = last_words(sentence, heading);
        let told = self.lexicon.closing(heading.of(sentence.text), Role::Listed).map_or(0, str::len);
        let heading = Span::<InFlow>::at(heading.from(), heading.to() - told);
        let dated = |mention: &Mention| mention.kind.is_quantity();
        let words = heading.of(sentence.text);
        let measured = (told > 0 || words.ends_with('率'))
            && (has_measure(self.lexicon, words) || words.ends_with(['价', '價', '度', '量', '费', '費']))
            && !sentence.mentions_in(heading).iter().any(dated)
            && !listed.of(sentence.text).contains(['。', '；', ';']);
        // 各县失业率: the list tells which.
        let each = words.strip_prefix('各').and_then(|rest| {
            let kind = rest.char_indices().take(2).find(|(_, c)| EACH.contains(c));
            let behind = kind.and_then(|(at, c)| rest.get(at + c.len_utf8()..))?;
            Some(words.len() - behind.strip_prefix(['市', '区', '區', '县', '縣']).unwrap_or(behind).len())
        });
        let heading = Span::<InFlow>::at(heading.from() + each.unwrap_or(0), heading.to());
        self.cleaned(sentence, heading).filter(|_| measured)
    }

    /// 老年人口攀升，统计局统计，去年底达245万人: the clause before the one that only says who tells it.
    pub(super) fn before_teller(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Span<InFlow> {
        let words = clause.of(sentence.text);
        let seen = words.starts_with(['从', '從', '分', '按']) || words.ends_with(['看', '到', '出']);
        let before = Span::<InFlow>::new(sentence.span.start, clause.start).of(sentence.text);
        let before =
            before.strip_suffix(['，', ',']).filter(|_| !seen && self.lexicon.closing(words, Role::Teller).is_some());
        before.map_or(clause, |before| last_words(sentence, before))
    }

    /// 甲公司（主板）高开2%: what stands in brackets is said aside.
    pub(super) fn before_brackets(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let open = before.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
        let outside = before.get(..open)?;
        let words = last_words(sentence, outside);
        let numbered = sentence.mentions_in(words).iter().any(|mention| mention.kind.is_quantity());
        // A name; whole clauses before brackets are the heads of a table.
        if numbered || words.of(sentence.text).chars().count() > 16 {
            return None;
        }
        self.cleaned(sentence, words)
    }
}
