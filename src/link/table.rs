//! Tables that text made flat: each figure takes its row's label, its column's header, and the unit they state.

use super::caption::Stated;
use super::clause::Sentence;
use super::grid::{self, Cell, Sort};
use super::heads::{Heads, heads};
use super::runs::downwards;
use super::{Linker, Observation, indicator};
use crate::calendar::Period;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, PeriodWord, Role, RowId};
use crate::mention::Mention;
use crate::quantity::{StatedUnit, Units, stated_unit};
use crate::segment::SegmentKind;
use crate::terms::{Comparison, Direction, Kind, Relation, Status};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// What states a percent behind the words of a header.
const PERCENT: [char; 3] = ['%', '％', '‰'];

/// Bytes of the longest cell that is looked at for a unit alone.
const LONGEST_UNIT: usize = 36;

impl Linker<'_> {
    /// Links the table whose first cell is segment `first`; gives the segment behind it.
    pub(super) fn table(&mut self, first: usize, table: u32, units: &mut Units, out: &mut [Observation]) -> usize {
        let cells = self.cells(first, table, units);
        let above = self.above(first, &cells);
        let chart = self.is_chart(&above);
        let text = self.document.text;
        let heads = if cells.first().is_some_and(|cell| cell.place.is_some()) {
            heads(&grid::across(&cells), Vec::new(), &cells, text, self.lexicon)
        } else {
            downwards(&cells, text, self.lexicon)
        };
        let mut heading = vec![false; cells.len()];
        for at in heads.iter().flat_map(Heads::cells) {
            if let Some(slot) = heading.get_mut(at) {
                *slot = true;
            }
        }
        let heads_some =
            |segment: &usize| segment.checked_sub(first).and_then(|at| heading.get(at)).copied().unwrap_or(false);
        let lines: Vec<usize> = above.iter().copied().filter(|segment| !heads_some(segment)).collect();
        let stated = self.stated(&above, &lines, &self.below(first, &cells), units);
        let told = self.captioned_time(&above);
        // 2018年 2017年 增减(%): a header that names no time speaks of the last.
        let dates = heads.iter().flat_map(|heads| heads.over).flatten().filter_map(|at| cells.get(at));
        let dates = dates.filter(|cell| cell.sort == Sort::Date);
        let latest = dates.filter_map(|cell| self.named_period(cell)).max_by_key(|period| period.end);
        for (index, cell) in cells.iter().enumerate() {
            let Some((segment, sentence, base)) = self.document.sentence(cell.segment) else { continue };
            let heads = heads.get(index).copied().unwrap_or_default();
            let own = base as usize..base as usize + sentence.mentions.len();
            if cell.sort != Sort::Figure {
                let clock = (self.clock.current, self.clock.standing);
                self.sentence(segment, sentence, base, out);
                // A date behind the label of a row is of that row alone.
                if heads.row.is_some() {
                    (self.clock.current, self.clock.standing) = clock;
                }
            }
            if heads.index || cell.sort == Sort::Unit {
                for slot in out.get_mut(own).into_iter().flatten() {
                    *slot = Observation { index: true, ..Observation::new(self.traced) };
                }
                continue;
            }
            if cell.sort != Sort::Figure {
                continue;
            }
            self.clock.begin_sentence(false);
            let last = latest.map(|period| (period, cell.span));
            self.clock.current = told.or(last).or(self.clock.current);
            for (place, mention) in own.zip(sentence.mentions) {
                if let Some(slot) = out.get_mut(place).filter(|_| mention.kind.is_quantity()) {
                    let heads = if chart && mention.kind == Kind::Number { Heads::default() } else { heads };
                    *slot = self.figure(&cells, heads, mention, stated, units);
                    if let Some((row, word, direction)) = self.change_before(sentence, mention) {
                        (slot.relation, slot.direction) = (Some(Relation::Change), Some(direction));
                        slot.note(Column::Relation, "a word of change in the cell", Some(row), Some(word));
                    }
                }
            }
        }
        first + cells.len().max(1)
    }

    fn cells(&self, first: usize, table: u32, units: &mut Units) -> Vec<Cell> {
        let segments = self.document.segments.iter().enumerate().skip(first);
        segments
            .map_while(|(index, segment)| match segment.kind {
                SegmentKind::Cell { table: own, row, place } if own == table => {
                    let sentence = self.document.sentence(index).map(|(_, sentence, _)| sentence)?;
                    let sort = self.sort(sentence, units);
                    let heads = |role: &Role| self.lexicon.is_spread_word(segment.span.of(self.document.text), *role);
                    let role = [Role::Index, Role::Caption].into_iter().filter(|_| sort == Sort::Words).find(heads);
                    Some(Cell { segment: index, span: segment.span, line: row, place, sort, role })
                }
                _ => None,
            })
            .collect()
    }

    /// What a cell holds.
    fn sort(&self, cell: Sentence<'_>, units: &mut Units) -> Sort {
        let text = self.document.text;
        let words = cell.span.of(text);
        if words.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '/' | '…')) {
            return Sort::Empty;
        }
        // 十元 counts something.
        let counts = cell.mentions.iter().any(|mention| mention.quantity.as_ref().is_some_and(|q| q.unit.is_some()));
        if words.len() <= LONGEST_UNIT && !counts && self.whole_unit(cell.span, units).is_some() {
            return Sort::Unit;
        }
        // 330.1[1]: the mark of a note.
        let note = |mention: &Mention| mention.kind == Kind::Label && mention.span.before(text).ends_with('[');
        let Some((first, rest)) = cell.mentions.split_first() else { return Sort::Words };
        let change = self.change_before(cell, first).map_or(0, |(_, word, _)| word.len());
        let alone = |end: u32| {
            let own = Span::<InFlow>::new(cell.span.start + change, end).of(text);
            is_alone(own, first.span.of(text))
        };
        match (first.kind, rest) {
            (Kind::Date, []) if alone(cell.span.end) => Sort::Date,
            (kind, []) if kind.is_quantity() && alone(cell.span.end) => Sort::Figure,
            (kind, [mark]) if kind.is_quantity() && note(mark) && alone(mark.span.start) => Sort::Figure,
            // 32.14(6.27%): a level and its growth in one cell.
            (kind, [growth]) if kind.is_quantity() && growth.kind == Kind::Percent && change == 0 => {
                let own = Span::<InFlow>::new(cell.span.start, growth.span.start).of(text);
                let level = own.strip_suffix(['(', '（']).map(str::trim_end);
                if level == Some(first.span.of(text)) { Sort::Figure } else { Sort::Words }
            }
            _ => Sort::Words,
        }
    }

    /// The unit that is all of a cell: （万元）, RMB'000.
    fn whole_unit(&self, cell: Span<InFlow>, units: &mut Units) -> Option<StatedUnit> {
        let words = cell.of(self.document.text);
        let unit = words.trim_matches(['（', '(', '）', ')', ' ']);
        let from = cell.from() + words.find(unit).unwrap_or(0);
        let unit = Span::at(from, from + unit.len());
        let stated = stated_unit(self.document.text, unit, self.lexicon, units)?;
        // 自然⏎人: a word cut short is no unit.
        let bare = stated.kind == Kind::Count && stated.power == 0 && unit.len() as usize == words.len();
        (stated.span.end == unit.end && !bare).then_some(stated)
    }

    /// 减少1.78个百分点: the word of change that a cell opens with, right before its figure.
    fn change_before(&self, cell: Sentence<'_>, mention: &Mention) -> Option<(RowId, Span<InFlow>, Direction)> {
        let (row, word) = cell.words.iter().find(|(_, word)| word.end == mention.span.start)?;
        match self.lexicon.entry(*row) {
            Some(Entry::Change { direction, .. }) if word.start == cell.span.start => Some((*row, *word, *direction)),
            _ => None,
        }
    }

    /// A unit in brackets at the end of a header or label, or a percent sign there: 总产值（亿元）, 增速%.
    pub(super) fn unit_in(&self, span: Span<InFlow>, units: &mut Units) -> Option<StatedUnit> {
        let words = span.of(self.document.text);
        let inner = match words.rfind(['（', '(']) {
            Some(open) => open + words.get(open..)?.chars().next()?.len_utf8(),
            None => words.trim_end_matches(PERCENT).len(),
        };
        let stated = stated_unit(self.document.text, Span::at(span.from() + inner, span.to()), self.lexicon, units)?;
        // （本列数据）: a word that starts like a unit is none.
        let behind = Span::<InFlow>::new(stated.span.end, span.end).of(self.document.text);
        (!behind.starts_with(char::is_alphabetic)).then_some(stated)
    }

    fn figure(
        &mut self,
        cells: &[Cell],
        heads: Heads,
        mention: &Mention,
        stated: Stated,
        units: &mut Units,
    ) -> Observation {
        let mut out = Observation::new(self.traced);
        let at = |at: Option<usize>| at.and_then(|at| cells.get(at));
        let row = at(heads.row);
        let over: Vec<&Cell> = heads.over.into_iter().filter_map(at).collect();
        let mut named = over.clone();
        named.dedup_by_key(|cell| cell.span.of(self.document.text));
        for cell in row.into_iter().chain(named) {
            self.name(cell, &mut out.indicator);
        }
        let words = row.or(over.first().copied()).map(|cell| cell.span);
        out.note(
            Column::Indicator,
            if words.is_some() { "the label of its row and the header of its column" } else { "" },
            None,
            words,
        );
        if mention.kind == Kind::Number {
            out.unit = self.unit_of(&over, [at(heads.unit), row, at(heads.corner), at(heads.whole)], stated, units);
        }
        let mut told: Vec<_> = over.iter().copied().chain(row).map(|cell| cell.span).collect();
        let rate = out.unit.map_or(mention.kind, |unit| unit.kind) == Kind::Percent;
        told.extend(stated.trend.filter(|_| rate && !told.iter().any(|head| self.names_relation(*head))));
        self.read_heads(&told, !over.is_empty(), mention, &mut out);
        let dated = row.filter(|label| label.span.of(self.document.text).contains(char::is_alphabetic));
        let period = over.iter().rev().copied().chain(dated).find_map(|cell| self.named_period(cell));
        out.period = period.or_else(|| self.clock.current.map(|(period, _)| period));
        out.status = Some(self.inherited(self.section, |set| set.1).map_or(Status::Actual, |(status, _)| status));
        out.note(Column::Status, "the section of the table", None, None);
        out
    }

    /// The unit of a bare figure: that of its column, then that of the row, then that of the whole table.
    fn unit_of(
        &self,
        over: &[&Cell],
        [unit, row, corner, whole]: [Option<&Cell>; 4],
        stated: Stated,
        units: &mut Units,
    ) -> Option<StatedUnit> {
        if let Some(own) = over.iter().rev().find_map(|cell| self.unit_stated(cell, units)) {
            return Some(own);
        }
        if over.iter().any(|cell| self.tells_rate(cell)) {
            return stated.rate.or(stated.caption.filter(|unit| unit.kind == Kind::Percent));
        }
        let own = unit.and_then(|cell| stated_unit(self.document.text, cell.span, self.lexicon, units));
        own.or_else(|| [row, corner, whole].into_iter().flatten().find_map(|cell| self.unit_stated(cell, units)))
            .or(stated.caption)
    }

    /// The unit that a header or label is, or states.
    fn unit_stated(&self, cell: &Cell, units: &mut Units) -> Option<StatedUnit> {
        match cell.sort {
            Sort::Unit => self.whole_unit(cell.span, units),
            _ => self.unit_in(cell.span, units),
        }
    }

    /// 增速, 增幅, 占比: the figures under such a header are rates, whatever unit a caption states for the levels beside them.
    fn tells_rate(&self, column: &Cell) -> bool {
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

    fn names_relation(&self, head: Span<InFlow>) -> bool {
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
    fn name(&self, cell: &Cell, out: &mut Phrase) {
        if matches!(cell.sort, Sort::Unit | Sort::Empty) || cell.role == Some(Role::Caption) {
            return;
        }
        let words = cell.span.of(self.document.text);
        let end = words.find(['（', '(']).filter(|at| *at > 0).unwrap_or(words.trim_end_matches(PERCENT).len());
        // #小麦, 其中：小麦
        let part = words.trim_start_matches(['#', '＃', ' ', '　']);
        let among = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)));
        let among = self.lexicon.word(part).filter(|(_, rows)| rows.iter().any(among)).map_or(0, |(length, _)| length);
        let part = part.get(among..).unwrap_or_default().trim_start_matches(['：', ':']);
        let front = words.len() - part.len();
        let span = Span::at(cell.span.from() + front.min(end), cell.span.from() + end);
        if let Some((_, sentence, _)) = self.document.sentence(cell.segment) {
            indicator::clean(sentence, span, self.lexicon, out);
        }
    }

    /// 占比, 同比增长, 增减: what the header says of its figures.
    fn read_heads(&self, heads: &[Span<InFlow>], column: bool, mention: &Mention, out: &mut Observation) {
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
                        adverb |= *form == ComparisonForm::Adverb;
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
        let level = mention.kind == Kind::Number && sign == Some(Direction::Decrease);
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

    /// The time that a header or label names.
    fn named_period(&self, head: &Cell) -> Option<Period> {
        let (_, sentence, _) = self.document.sentence(head.segment)?;
        let when = sentence.mentions.iter().find_map(|mention| mention.when);
        // 第一季度 is a word for a time.
        let own = || sentence.mentions.iter().find_map(|mention| mention.period);
        // 上年同期, 上年度末, but 比上年同期增减
        let compared = head.span.of(self.document.text).contains(['比', '较', '較']);
        let word = || {
            self.head_words(head.span).iter().find_map(|(row, _)| match self.lexicon.entry(*row) {
                Some(Entry::Period(word @ (PeriodWord::SamePeriodBefore | PeriodWord::Year(-1)))) => Some(*word),
                _ => None,
            })
        };
        let told = when.and_then(|when| self.clock.resolve(&when, false));
        let told = told.or_else(|| self.clock.resolve_word(own()?));
        told.or_else(|| self.clock.resolve_word(word().filter(|_| !compared)?))
    }
}

/// Whether a cell holds nothing beside the mention.
fn is_alone(cell: &str, mention: &str) -> bool {
    let rest = cell.len().saturating_sub(mention.len());
    // 120.5①: the mark of a note.
    rest <= 8 && cell.replacen(mention, "", 1).chars().all(|c| !c.is_alphanumeric() || matches!(c, '①'..='⑳'))
}
