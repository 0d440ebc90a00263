//! Tables that text made flat: each figure takes its row's label, its column's header, and the unit they state.

use super::caption::Stated;
use super::clause::Sentence;
use super::heads::{Cell, Heads, across, downwards};
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

impl Linker<'_> {
    /// Links the table whose first cell is segment `first`; gives the segment behind it.
    pub(super) fn table(&mut self, first: usize, table: u32, units: &mut Units, out: &mut [Observation]) -> usize {
        let cells = self.cells(first, table);
        let above = self.above(first, &cells);
        let chart = self.is_chart(&above);
        let heads = if cells.first().is_some_and(|cell| cell.place.is_some()) {
            across(&cells, self.document.text, self.lexicon)
        } else {
            downwards(&cells, self.document.text, self.lexicon)
        };
        let heading: Vec<_> =
            heads.iter().flat_map(|heads| [heads.row, heads.column, heads.date, heads.unit]).collect();
        let heads_some = |segment: &usize| {
            let own = cells.first().and_then(|first| segment.checked_sub(first.segment));
            own.is_some_and(|at| heading.contains(&Some(at)))
        };
        let lines: Vec<usize> = above.iter().copied().filter(|segment| !heads_some(segment)).collect();
        let stated = self.stated(&above, &lines, units);
        let told = self.captioned_time(&above);
        // 2018年 2017年 增减(%): a header that names no time speaks of the last.
        let dates = heads.iter().filter_map(|heads| cells.get(heads.date?)).filter(|cell| cell.date);
        let latest = dates.filter_map(|cell| self.cell_period(Some(cell))).max_by_key(|period| period.end);
        for (index, cell) in cells.iter().enumerate() {
            let Some((segment, sentence, base)) = self.document.sentence(cell.segment) else { continue };
            if !cell.figure {
                self.sentence(segment, sentence, base, out);
                continue;
            }
            self.clock.begin_sentence(false);
            let last = latest.map(|period| (period, cell.span));
            self.clock.current = told.or(last).or(self.clock.current);
            let heads = heads.get(index).copied().unwrap_or_default();
            for (at, mention) in sentence.mentions.iter().enumerate() {
                let place = base as usize + at;
                if let Some(slot) = out.get_mut(place).filter(|_| mention.kind.is_quantity()) {
                    if heads.index {
                        slot.index = true;
                        continue;
                    }
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

    fn cells(&self, first: usize, table: u32) -> Vec<Cell> {
        let segments = self.document.segments.iter().enumerate().skip(first);
        segments
            .map_while(|(index, segment)| match segment.kind {
                SegmentKind::Cell { table: own, place } if own == table => {
                    let sentence = self.document.sentence(index).map(|(_, sentence, _)| sentence)?;
                    let words = segment.span.of(self.document.text);
                    let only = |kinds: fn(Kind) -> bool| match sentence.mentions {
                        [mention] => {
                            let change = self.change_before(sentence, mention).map_or(0, |(_, word, _)| word.len());
                            let own = words.get(change as usize..).unwrap_or_default();
                            kinds(mention.kind) && is_alone(own, mention.span.of(self.document.text))
                        }
                        // 32.14(6.27%): a level and its growth in one cell.
                        [level, growth] => {
                            let own = Span::<InFlow>::new(segment.span.start, growth.span.start).of(self.document.text);
                            let level_alone = own.strip_suffix(['(', '（']).map(str::trim_end);
                            kinds(level.kind)
                                && growth.kind == Kind::Percent
                                && level_alone == Some(level.span.of(self.document.text))
                        }
                        _ => false,
                    };
                    Some(Cell {
                        segment: index,
                        span: segment.span,
                        place,
                        figure: only(Kind::is_quantity),
                        date: only(|kind| kind == Kind::Date),
                        empty: segment
                            .span
                            .of(self.document.text)
                            .chars()
                            .all(|c| matches!(c, '-' | '—' | '－' | '–' | '/' | '…')),
                    })
                }
                _ => None,
            })
            .collect()
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
    pub(super) fn unit_in(&self, head: Option<Span<InFlow>>, units: &mut Units) -> Option<StatedUnit> {
        let span = head?;
        let words = span.of(self.document.text);
        let inner = match words.rfind(['（', '(']) {
            Some(open) => open + words.get(open..)?.chars().next()?.len_utf8(),
            None => words.trim_end_matches(PERCENT).len(),
        };
        stated_unit(self.document.text, Span::at(span.from() + inner, span.to()), self.lexicon, units)
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
        let (row, column) = (heads.row.and_then(|at| cells.get(at)), heads.column.and_then(|at| cells.get(at)));
        for cell in [row, column].into_iter().flatten() {
            self.name(cell, &mut out.indicator);
        }
        let words = row.or(column).map(|cell| cell.span);
        out.note(
            Column::Indicator,
            if words.is_some() { "the label of its row and the header of its column" } else { "" },
            None,
            words,
        );
        if mention.kind == Kind::Number {
            let own = heads.unit.and_then(|at| cells.get(at));
            let own = own.and_then(|cell| stated_unit(self.document.text, cell.span, self.lexicon, units));
            let head = |cell: Option<&Cell>| cell.map(|cell| cell.span);
            out.unit = self.unit_in(head(column), units).or(own).or_else(|| self.unit_in(head(row), units));
            let percent = || stated.rate.or(stated.caption.filter(|unit| unit.kind == Kind::Percent));
            out.unit = out.unit.or_else(|| if self.tells_rate(column) { percent() } else { stated.caption });
        }
        let mut told: Vec<_> = [column, row].into_iter().flatten().map(|cell| cell.span).collect();
        let rate = out.unit.map_or(mention.kind, |unit| unit.kind) == Kind::Percent;
        told.extend(stated.trend.filter(|_| rate && !told.iter().any(|head| self.names_relation(*head))));
        self.read_heads(&told, column.is_some(), mention, &mut out);
        out.period = self.cell_period(heads.date.and_then(|at| cells.get(at)).or(column));
        out.status = Some(self.inherited(self.section, |set| set.1).map_or(Status::Actual, |(status, _)| status));
        out.note(Column::Status, "the section of the table", None, None);
        out
    }

    /// 增速, 增幅, 占比: the figures under such a header are rates, whatever unit a caption states for the levels beside them.
    fn tells_rate(&self, column: Option<&Cell>) -> bool {
        column.is_some_and(|cell| {
            // 增减额 is an amount.
            let amount = cell.span.of(self.document.text).ends_with(['额', '額', '量', '数', '數', '值']);
            !amount && (self.names_relation(cell.span) || self.ends_in_growth(cell.span))
        })
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
        let words = cell.span.of(self.document.text);
        let end = words.find(['（', '(']).filter(|at| *at > 0).unwrap_or(words.trim_end_matches(PERCENT).len());
        let span = Span::at(cell.span.from(), cell.span.from() + end);
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
        let mut adverb = false;
        let percent = matches!(mention.kind, Kind::Percent | Kind::PercentagePoint | Kind::Number);
        // 持股数（股） counts.
        let part = out.unit.is_none_or(|unit| unit.kind == Kind::Percent);
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
                    Some(Entry::Cue(Role::Share)) if percent && part => {
                        out.relation = Some(Relation::Share);
                        out.note(Column::Relation, "a word of share in the header", Some(id), Some(span));
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
                        out.comparison = Some(Comparison::Yoy);
                        out.note(Column::Comparison, "named in the header", Some(id), Some(span));
                    }
                    _ => {}
                }
            }
        }
        // 同比 over percents is the growth.
        let rate = out.unit.map_or(mention.kind, |unit| unit.kind) == Kind::Percent;
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

    /// The date that a header names, else the time that holds here.
    fn cell_period(&self, head: Option<&Cell>) -> Option<Period> {
        let sentence = head.and_then(|head| self.document.sentence(head.segment)).map(|(_, sentence, _)| sentence);
        let when = sentence.and_then(|sentence| sentence.mentions.iter().find_map(|mention| mention.when));
        // 上年同期, 上年度末, but 比上年同期增减
        let named = head.map(|head| head.span).filter(|head| !head.of(self.document.text).contains(['比', '较', '較']));
        let word = named.and_then(|head| {
            self.head_words(head).iter().find_map(|(row, _)| match self.lexicon.entry(*row) {
                Some(Entry::Period(word @ (PeriodWord::SamePeriodBefore | PeriodWord::Year(-1)))) => Some(*word),
                _ => None,
            })
        });
        // 第一季度 is a word for a time.
        let own = sentence.and_then(|sentence| sentence.mentions.iter().find_map(|mention| mention.period));
        let told = when.and_then(|when| self.clock.resolve(&when, false));
        let told = told.or_else(|| own.and_then(|word| self.clock.resolve_word(word)));
        let told = told.or_else(|| word.and_then(|word| self.clock.resolve_word(word)));
        told.or_else(|| self.clock.current.map(|(period, _)| period))
    }
}

/// Whether a cell holds nothing beside the mention.
fn is_alone(cell: &str, mention: &str) -> bool {
    let rest = cell.len().saturating_sub(mention.len());
    // 120.5①: the mark of a note.
    rest <= 8 && cell.replacen(mention, "", 1).chars().all(|c| !c.is_alphanumeric() || matches!(c, '①'..='⑳'))
}
