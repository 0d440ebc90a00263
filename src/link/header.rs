//! What the labels and headers beside a figure say of it: its name, its relation, its time.

use std::collections::BTreeSet;

use super::grid::{Cell, Sort};
use super::heads::Heads;
use super::{Linker, Observation, indicator};
use crate::calendar::Period;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, PeriodWord, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::{Comparison, Direction, Kind, Relation};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// What states a percent behind the words of a header.
const PERCENT: [char; 3] = ['%', '％', '‰'];

impl Linker<'_> {
    /// 增速, 增幅, 占比: the figures under such a header are rates, whatever unit a caption states for the levels beside them.
    pub(super) fn tells_rate(&self, column: &Cell) -> bool {
        !self.is_amount(column.span) && (self.names_relation(column.span) || self.ends_in_growth(column.span))
    }

    /// 增减额, 持股数（股）: an amount, whatever other words are in it.
    fn is_amount(&self, head: Span<InFlow>) -> bool {
        let words = head.of(self.document.text);
        let words = words.split(['（', '(']).find(|words| !words.is_empty()).unwrap_or_default();
        words.trim_end().ends_with(['额', '額', '量', '数', '數', '值'])
    }

    /// 同比增长, 比上年增长, but 增加 and 增减, which may be amounts.
    fn ends_in_growth(&self, head: Span<InFlow>) -> bool {
        self.head_words(head).iter().any(|(row, word)| {
            let change = matches!(self.lexicon.entry(*row), Some(Entry::Change { .. }));
            change && word.end == head.end && word.of(self.document.text).ends_with(['长', '長', '降'])
        })
    }

    /// 净资产收益率（%）: the figures under such a header are rates, and no changes of one.
    pub(super) fn names_rate(&self, head: Span<InFlow>) -> bool {
        self.lexicon.closing(named(head.of(self.document.text)), Role::Rate).is_some()
    }

    pub(super) fn names_relation(&self, head: Span<InFlow>) -> bool {
        self.head_words(head).iter().any(|(row, _)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Change { form: ChangeForm::Noun, .. } | Entry::Cue(Role::Share))
            )
        })
    }

    /// The words of a header, which its own sentence has not kept where it holds no number.
    pub(super) fn head_words(&self, head: Span<InFlow>) -> Vec<(RowId, Span<InFlow>)> {
        let mut words = Vec::new();
        let mut letters = Vec::new();
        let letters = self.lexicon.spell(head.of(self.document.text), &mut letters);
        crate::lex::words(letters, head.from(), self.lexicon, &mut words);
        words
    }

    /// The words of a label or header, without its unit.
    pub(super) fn name(&self, cell: &Cell, out: &mut Phrase) {
        if matches!(cell.sort, Sort::Unit | Sort::Empty) || cell.role == Some(Role::Caption) {
            return;
        }
        let words = cell.span.of(self.document.text);
        let end = named(words).len();
        // #小麦, 其中：小麦
        let part = words.trim_start_matches(['#', '＃', ' ', '　']);
        let among = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)));
        let among = self.lexicon.word(part).filter(|(_, rows)| rows.iter().any(among)).map_or(0, |(length, _)| length);
        let part = part.get(among..).unwrap_or_default().trim_start_matches(['：', ':']);
        let front = words.len() - part.len();
        let span = Span::at(cell.span.from() + front.min(end), cell.span.from() + end);
        if let Some((_, sentence, _)) = self.document.sentence(cell.segment) {
            let mut own = Phrase::default();
            indicator::clean(sentence, span, self.lexicon, &mut own);
            // 合计（万元）: no name in a sentence, but all that stands there.
            if own.is_empty() && cell.sort == Sort::Words && sentence.mentions_in(span).is_empty() {
                own.push(span);
            }
            own.pieces().for_each(|piece| self.push_name(piece, out));
        }
    }

    /// 粮　食: the blanks that set the characters of a name apart are none of it.
    fn push_name(&self, piece: Span<InFlow>, out: &mut Phrase) {
        let words = piece.of(self.document.text);
        let one = |word: &str| word.strip_prefix(is_han) == Some("");
        let characters = words.char_indices().filter(|(_, c)| is_han(*c));
        if !words.split_whitespace().all(one) || characters.clone().count() > out.room() {
            return out.push(piece);
        }
        for (at, character) in characters {
            out.push(Span::at(piece.from() + at, piece.from() + at + character.len_utf8()));
        }
    }

    /// 占比, 同比增长, 增减: what the header says of its figures.
    pub(super) fn read_heads(&self, heads: &[Span<InFlow>], column: bool, mention: &Mention, out: &mut Observation) {
        let negative = mention
            .quantity
            .as_ref()
            .and_then(|quantity| quantity.value.as_ref())
            .is_some_and(crate::exact::Exact::is_negative);
        let sign = mention.quantity.as_ref().and_then(|quantity| quantity.sign);
        out.relation = Some(Relation::Level);
        let mut adverb = heads.iter().any(|head| head.of(self.document.text).contains('±'));
        let percent = matches!(mention.kind, Kind::Percent | Kind::PercentagePoint | Kind::Number);
        let part = out.unit.is_none_or(|unit| unit.kind == Kind::Percent);
        let rate = out.unit.map_or(mention.kind, |unit| unit.kind) == Kind::Percent;
        // 增减（百分点）: the header of another column, where a cell holds a percent.
        let of_points =
            |head: &&Span<InFlow>| mention.kind == Kind::Percent && head.of(self.document.text).contains(['点', '點']);
        for head in heads.iter().filter(|head| !of_points(head)) {
            for (id, span) in self.head_words(*head) {
                match self.lexicon.entry(id) {
                    Some(Entry::Change { direction, .. })
                        if percent && span.of(self.document.text).chars().count() > 1 =>
                    {
                        out.relation = Some(Relation::Change);
                        out.direction = Some(if negative { Direction::Decrease } else { *direction });
                        out.note(Column::Relation, "a word of change in the header", Some(id), Some(span));
                    }
                    // 持股数 counts.
                    Some(Entry::Cue(Role::Share)) if percent && part && !self.is_amount(*head) => {
                        out.relation = Some(Relation::Share);
                        out.note(Column::Relation, "a word of share in the header", Some(id), Some(span));
                    }
                    // 执行数为预算数的%
                    Some(Entry::Cue(Role::Progress)) if rate => {
                        out.relation = Some(Relation::Progress);
                        out.note(Column::Relation, "a word of progress in the header", Some(id), Some(span));
                    }
                    Some(Entry::Comparison {
                        comparison,
                        form: form @ (ComparisonForm::Adverb | ComparisonForm::Base),
                    }) => {
                        adverb |= *form == ComparisonForm::Adverb || self.is_compared(*head, span);
                        out.comparison = Some(*comparison);
                        out.note(Column::Comparison, "named in the header", Some(id), Some(span));
                    }
                    Some(Entry::Period(PeriodWord::Year(-1))) if head.of(self.document.text).contains(['比', '较']) =>
                    {
                        adverb = true;
                        out.comparison = Some(Comparison::Yoy);
                        out.note(Column::Comparison, "named in the header", Some(id), Some(span));
                    }
                    _ => {}
                }
            }
        }
        // 同比 over percents is the growth, and so are 比上年 and ±%.
        if rate && out.relation == Some(Relation::Level) && adverb {
            out.relation = Some(Relation::Change);
            out.direction = Some(if negative { Direction::Decrease } else { Direction::Increase });
        }
        // 净资产收益率 -0.57%: what a rate is may be below nothing.
        let rate = heads.iter().any(|head| self.names_rate(*head));
        let level = (mention.kind == Kind::Number || rate) && sign == Some(Direction::Decrease);
        if let Some(direction) = sign.filter(|_| percent && !level && (column || mention.kind == Kind::PercentagePoint))
        {
            out.relation = Some(Relation::Change);
            out.direction = Some(direction);
            out.note(Column::Relation, "a sign before the number", None, Some(mention.span));
        }
        if out.relation != Some(Relation::Change) {
            out.comparison = None;
            out.direction = None;
        }
    }

    /// 与去年同期相比, 比上年同期: whether a header compares with the time that stands in it.
    fn is_compared(&self, head: Span<InFlow>, time: Span<InFlow>) -> bool {
        let text = self.document.text;
        let around =
            [Span::<InFlow>::new(head.start, time.start), Span::new(time.end, head.end)].map(|part| part.of(text));
        around[0].ends_with(['比', '较', '較']) || around[1].starts_with('相')
    }

    /// Whether a label says that its figures are changes, and of nothing: 2016年比2015年增减%, but 收入增长.
    pub(super) fn tells_change_alone(&self, label: &Cell) -> bool {
        let Some((_, sentence, _)) = self.document.sentence(label.segment) else { return false };
        let mut base = sentence.mentions.iter().filter(|mention| is_base(mention, label.span, sentence.text));
        let behind = base.next().map(|base| Span::<InFlow>::new(base.span.end, label.span.end));
        behind.is_some_and(|behind| {
            let words = named(behind.of(sentence.text)).trim();
            self.lexicon
                .word_named(words)
                .iter()
                .any(|row| matches!(self.lexicon.entry(*row), Some(Entry::Change { .. })))
        })
    }

    /// 预算数, 2025年目标值, but 预算外资金: whether the figures under a header are planned.
    pub(super) fn ends_in_plan(&self, head: &Cell) -> bool {
        self.lexicon.closing(named(head.span.of(self.document.text)).trim(), Role::Plan).is_some()
    }

    /// 2016年比2015年增减: compared with the time that a header or label names.
    pub(super) fn compare(&self, heads: &[Span<InFlow>], out: &mut Observation) {
        let text = self.document.text;
        let base = heads.iter().find_map(|head| {
            let from = self.document.mentions.partition_point(|mention| mention.span.start < head.start);
            let own = self.document.mentions.iter().skip(from).take_while(|mention| mention.span.end <= head.end);
            own.filter(|mention| is_base(mention, *head, text)).find_map(|base| Some((base.when?, base.span)))
        });
        let Some((when, words)) = base else { return };
        let before = self.clock.resolve(&when, false);
        let yearly = before.zip(out.period).is_some_and(|(before, now)| before.shift_years(1) == now);
        out.comparison = Some(if yearly { Comparison::Yoy } else { Comparison::Period });
        out.note(Column::Comparison, "the time that the header compares with", None, Some(words));
    }

    /// 本月 | 累计: beside a header of the month, one that opens with 累计 is of the year so far.
    pub(super) fn note_to_date(&self, cells: &mut [Cell], heads: &[Heads]) {
        let over: BTreeSet<usize> = heads.iter().flat_map(|heads| heads.over).flatten().collect();
        let month = |at: &usize| {
            let words = cells.get(*at).map(|cell| self.head_words(cell.span)).unwrap_or_default();
            words.iter().any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Period(PeriodWord::This(1)))))
        };
        if !over.iter().any(month) {
            return;
        }
        for at in over {
            if let Some(cell) = cells.get_mut(at) {
                cell.to_date = self.lexicon.opening(cell.span.of(self.document.text), Role::Running).is_some();
            }
        }
    }

    /// The time that a header or label names.
    pub(super) fn named_period(&self, head: &Cell) -> Option<Period> {
        if head.to_date {
            return self.clock.resolve_word(PeriodWord::SoFar);
        }
        let (_, sentence, _) = self.document.sentence(head.segment)?;
        // 比2015年增减: the time of what it is compared with.
        let when = sentence.mentions.iter().filter(|mention| !is_base(mention, head.span, sentence.text));
        let when = when.clone().find_map(|mention| mention.when);
        // 第一季度 is a word for a time.
        let own = || sentence.mentions.iter().find_map(|mention| mention.period);
        // 上年同期, 上年度末, 年初至报告期末, but 比上年同期增减
        let words = head.span.of(self.document.text);
        let compared = words.contains(['比', '较', '較']) || is_index(words);
        let word = || {
            self.head_words(head.span).iter().find_map(|(row, _)| match self.lexicon.entry(*row) {
                Some(Entry::Period(
                    word @ (PeriodWord::SamePeriodBefore
                    | PeriodWord::Year(-1)
                    | PeriodWord::This(_)
                    | PeriodWord::SoFar),
                )) => Some(*word),
                _ => None,
            })
        };
        let told = when.and_then(|when| self.clock.resolve(&when, false));
        let told = told.or_else(|| self.clock.resolve_word(own()?));
        told.or_else(|| {
            let word = word().filter(|_| !compared)?;
            // 1-6月主要指标: 本月 over a column is the last of them.
            let month = || {
                let now = self.clock.current.filter(|_| word == PeriodWord::This(1)).map(|(now, _)| now)?;
                let last = Period::month(now.end.year, now.end.month);
                let so_far = now == last.to_date() && now.end.month < 12;
                so_far.then_some(last)
            };
            // 上年初至上年报告期末
            let since = |period: Period| if words.contains('至') { period.to_date() } else { period };
            self.clock.resolve_word(word).or_else(month).map(since)
        })
    }
}

/// 总产出指数（上年=100）: an index has no unit, whatever the levels beside it are counted in.
pub(super) fn is_index(head: &str) -> bool {
    let base = head.rsplit(['（', '(']).next().unwrap_or_default().trim_end_matches(['）', ')', ' ']);
    base.rsplit_once(['=', '＝']).is_some_and(|(_, base)| matches!(base.trim(), "100" | "１００"))
}

/// 2016年比2015年增减: whether a time in a header or label is that of what its figures are compared with.
fn is_base(mention: &Mention, head: Span<InFlow>, text: &str) -> bool {
    mention.kind == Kind::Date
        && Span::<InFlow>::new(head.start, mention.span.start).of(text).ends_with(['比', '较', '較'])
}

/// A label or header without the units and remarks behind its name, and without the words of another language behind those:
/// 执业（助理）医师数（人） Doctors keeps the bracket inside the name.
fn named(words: &str) -> &str {
    let mut close = words.char_indices().filter(|(_, c)| matches!(c, '）' | ')')).map(|(at, c)| at + c.len_utf8());
    let blank = close.find(|end| words.get(*end..).is_some_and(|behind| behind.starts_with(' ')));
    let mut words = blank.and_then(|end| words.get(..end)).unwrap_or(words);
    while let Some(name) = bracket_behind(words).and_then(|at| words.get(..at)).filter(|name| !name.is_empty()) {
        words = name.trim_end();
    }
    words.trim_end_matches(PERCENT)
}

/// Where the bracket that ends some words opens; it may be cut short: 营业收入（万.
fn bracket_behind(words: &str) -> Option<usize> {
    let open = words.rfind(['（', '('])?;
    let close = words.rfind(['）', ')']);
    if close.is_none_or(|close| close < open) {
        return Some(open);
    }
    let mut depth = 0;
    if !words.ends_with(['）', ')']) {
        return None;
    }
    words.char_indices().rev().find_map(|(at, c)| {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}
