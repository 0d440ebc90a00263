//! Tables that text made flat: each figure takes its row's label, its column's header, and the unit they state.

use super::caption::Stated;
use super::clause::Sentence;
use super::grid::{self, Cell, Sort};
use super::header::is_index;
use super::heads::{Heads, heads};
use super::runs::downwards;
use super::{Linker, Observation};
use crate::calendar::Period;
use crate::lexicon::{Entry, Role, RowId, is_digit};
use crate::mention::Mention;
use crate::quantity::{StatedUnit, Units, stated_unit};
use crate::segment::SegmentKind;
use crate::terms::{Direction, Kind, Relation, Status};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// What states a percent behind the words of a header.
const PERCENT: [char; 3] = ['%', '％', '‰'];

/// Bytes of the longest cell that is looked at for a unit alone.
const LONGEST_UNIT: usize = 36;

impl Linker<'_> {
    /// Links the table whose first cell is segment `first`; gives the segment behind it.
    pub(super) fn table(&mut self, first: usize, table: u32, units: &mut Units, out: &mut [Observation]) -> usize {
        let mut cells = self.cells(first, table, units);
        let above = self.above(first, &cells);
        let chart = self.is_chart(&above);
        let text = self.document.text;
        let heads = if cells.first().is_some_and(|cell| cell.place.is_some()) {
            heads(&grid::across(&cells), Vec::new(), &cells, text, self.lexicon)
        } else {
            downwards(&cells, text, self.lexicon)
        };
        self.note_to_date(&mut cells, &heads);
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
        let named = |cell: &&Cell| cell.sort == Sort::Words && cell.span.of(text).starts_with(is_digit);
        let dates = dates.filter(|cell| cell.sort == Sort::Date || named(cell));
        let latest = dates.filter_map(|cell| self.named_period(cell)).max_by_key(|period| period.end);
        let mut pairs = (None, false);
        for (index, cell) in cells.iter().enumerate() {
            let Some((segment, sentence, base)) = self.document.sentence(cell.segment) else { continue };
            let beside = self.time_beside(&cells, &heads, index, &mut pairs);
            let heads = heads.get(index).copied().unwrap_or_default();
            let own = base as usize..base as usize + sentence.mentions.len();
            if cell.sort != Sort::Figure {
                let before = (self.clock.current, self.clock.standing, self.opened, self.item);
                self.sentence(segment, sentence, base, out);
                // A date behind the label of a row is of that row alone.
                if heads.row.is_some() {
                    (self.clock.current, self.clock.standing, self.opened, self.item) = before;
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
            self.clock.current = beside.or(told).or(last).or(self.clock.current);
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

    /// 本月 增长% 累计 增长%: the time over the column before, where times and what names none stand by turns over a row. Whether
    /// they do in the row of a label is kept.
    fn time_beside(
        &self,
        cells: &[Cell],
        heads: &[Heads],
        at: usize,
        pairs: &mut (Option<usize>, bool),
    ) -> Option<(Period, Span<InFlow>)> {
        let label = heads.get(at)?.row?;
        let time = |at: usize| {
            let over = heads.get(at)?.over.into_iter().flatten().rev();
            over.filter_map(|head| cells.get(head)).find_map(|head| Some((self.named_period(head)?, head.span)))
        };
        if pairs.0 != Some(label) {
            let row = heads.iter().skip(at).take_while(|heads| heads.row == Some(label)).count();
            let by_turns =
                row > 2 && row % 2 == 0 && (0..row).all(|column| time(at + column).is_some() == (column % 2 == 0));
            *pairs = (Some(label), by_turns);
        }
        let before = at.checked_sub(1).filter(|_| pairs.1 && time(at).is_none())?;
        time(before)
    }

    fn cells(&self, first: usize, table: u32, units: &mut Units) -> Vec<Cell> {
        let segments = self.document.segments.iter().enumerate().skip(first);
        segments
            .map_while(|(index, segment)| match segment.kind {
                SegmentKind::Cell { table: own, row, place, .. } if own == table => {
                    let sentence = self.document.sentence(index).map(|(_, sentence, _)| sentence)?;
                    let void = place.is_none_or(|place| place.column > 0) && self.is_void(sentence);
                    let sort = if void { Sort::Empty } else { self.sort(sentence, units) };
                    let heads = |role: &Role| self.lexicon.is_spread_word(segment.span.of(self.document.text), *role);
                    let roles = [Role::Index, Role::Caption, Role::Corner];
                    let role = roles.into_iter().filter(|_| sort == Sort::Words).find(heads);
                    Some(Cell { segment: index, span: segment.span, line: row, place, sort, role, to_date: false })
                }
                _ => None,
            })
            .collect()
    }

    /// 不详, 不适用, behind the label of a row: no figure stands there.
    fn is_void(&self, cell: Sentence<'_>) -> bool {
        self.lexicon.is_word(cell.span.of(self.document.text).trim(), Role::Void)
    }

    /// What a cell holds.
    fn sort(&self, cell: Sentence<'_>, units: &mut Units) -> Sort {
        let text = self.document.text;
        let words = cell.span.of(text);
        if words.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '/' | '…')) {
            return Sort::Empty;
        }
        // 十元 counts something; 1/10万 is a unit.
        let rate = || words.len() <= LONGEST_UNIT && !self.lexicon.unit_named(words).is_empty();
        let counts = cell.mentions.iter().any(|mention| mention.quantity.as_ref().is_some_and(|q| q.unit.is_some()));
        if counts && rate() || words.len() <= LONGEST_UNIT && !counts && self.whole_unit(cell.span, units).is_some() {
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
            (Kind::Date, [])
                if alone(cell.span.end) || is_remark(Span::<InFlow>::new(first.span.end, cell.span.end).of(text)) =>
            {
                Sort::Date
            }
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

    /// A unit in brackets in a header or label, the last one, or a percent sign at its end: 总产值（亿元）, 增速%.
    pub(super) fn unit_in(&self, span: Span<InFlow>, units: &mut Units) -> Option<StatedUnit> {
        let words = span.of(self.document.text);
        let mut brackets = words.rmatch_indices(['（', '(']).map(|(at, open)| at + open.len()).peekable();
        let end = brackets.peek().is_none().then(|| words.trim_end_matches(PERCENT).len());
        brackets.chain(end).find_map(|inner| {
            let from = Span::at(span.from() + inner, span.to());
            let stated = stated_unit(self.document.text, from, self.lexicon, units)?;
            // （本列数据）: a word that starts like a unit is none.
            let behind = Span::<InFlow>::new(stated.span.end, span.end).of(self.document.text);
            (!behind.starts_with(char::is_alphabetic)).then_some(stated)
        })
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
        // 出 生 over 出生率 is said twice.
        let letters = |cell: &Cell| cell.span.of(self.document.text).chars().filter(|c| !c.is_whitespace());
        named.dedup_by(|lower, upper| {
            let mut own = letters(lower);
            let again = letters(upper).all(|c| own.next() == Some(c));
            *upper = if again { *lower } else { *upper };
            again
        });
        // 2016年比2015年增减% in front of a row: a change of what stands over its figures, and no name.
        let bare = |cell: &&Cell| named.is_empty() || !self.tells_change_alone(cell);
        let group = at(heads.group);
        for cell in group.into_iter().chain(row.filter(bare)).chain(named.iter().copied()) {
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
            let beside = [at(heads.unit), row, group, at(heads.corner), at(heads.whole)];
            out.unit = self.unit_of(&over, beside, stated, units);
        }
        let mut told: Vec<_> = over.iter().copied().chain(row).map(|cell| cell.span).collect();
        let rate = out.unit.map_or(mention.kind, |unit| unit.kind) == Kind::Percent;
        told.extend(
            stated
                .trend
                .filter(|_| rate && !told.iter().any(|head| self.names_relation(*head) || self.names_rate(*head))),
        );
        self.read_heads(&told, !over.is_empty(), mention, &mut out);
        let dated = row.filter(|label| label.span.of(self.document.text).contains(char::is_alphabetic));
        let period = over.iter().rev().copied().chain(dated).find_map(|cell| self.named_period(cell));
        out.period = period.or_else(|| self.clock.current.map(|(period, _)| period));
        if out.relation == Some(Relation::Change) && out.comparison.is_none() {
            self.compare(&told, &mut out);
        }
        out.status = Some(self.inherited(self.section, |set| set.1).map_or(Status::Actual, |(status, _)| status));
        out.note(Column::Status, "the section of the table", None, None);
        let planned =
            over.iter().filter(|_| out.relation == Some(Relation::Level)).find(|cell| self.ends_in_plan(cell));
        if let Some(cell) = planned {
            out.status = Some(Status::Target);
            out.note(Column::Status, "a plan over the column", None, Some(cell.span));
        }
        out
    }

    /// The unit of a bare figure: that of its column, then that of the row, then that of the whole table.
    fn unit_of(
        &self,
        over: &[&Cell],
        [unit, row, group, corner, whole]: [Option<&Cell>; 5],
        stated: Stated,
        units: &mut Units,
    ) -> Option<StatedUnit> {
        if let Some(own) = over.iter().rev().find_map(|cell| self.unit_stated(cell, units)) {
            return Some(own);
        }
        if over.iter().any(|cell| self.tells_rate(cell)) {
            return stated.rate.or(stated.caption.filter(|unit| unit.kind == Kind::Percent));
        }
        let indexed = |cell: &Cell| is_index(cell.span.of(self.document.text));
        if over.iter().copied().chain(row).chain(group).any(indexed) {
            return None;
        }
        let own = unit.and_then(|cell| stated_unit(self.document.text, cell.span, self.lexicon, units));
        own.or_else(|| [row, group, corner, whole].into_iter().flatten().find_map(|cell| self.unit_stated(cell, units)))
            .or(stated.caption)
    }

    /// The unit that a header or label is, or states.
    fn unit_stated(&self, cell: &Cell, units: &mut Units) -> Option<StatedUnit> {
        match cell.sort {
            Sort::Unit => self.whole_unit(cell.span, units),
            _ => self.unit_in(cell.span, units),
        }
    }
}

/// 2019（經重列）: what stands in brackets behind a time.
fn is_remark(words: &str) -> bool {
    words.starts_with(['（', '(']) && words.ends_with(['）', ')']) && !words.contains(['%', '％', '‰'])
}

/// Whether a cell holds nothing beside the mention.
fn is_alone(cell: &str, mention: &str) -> bool {
    let rest = cell.len().saturating_sub(mention.len());
    // 120.5①: the mark of a note.
    rest <= 8 && cell.replacen(mention, "", 1).chars().all(|c| !c.is_alphanumeric() || matches!(c, '①'..='⑳'))
}
