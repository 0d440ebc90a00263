//! Tables that text made flat: each figure takes its row's label, its column's header, and the unit they state.

use super::{Linker, Observation, indicator};
use crate::calendar::Period;
use crate::lexicon::{ComparisonForm, Entry, Role};
use crate::mention::Mention;
use crate::quantity::{StatedUnit, Units, stated_unit};
use crate::segment::SegmentKind;
use crate::terms::{Comparison, Direction, Kind, Relation, Status};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// How far above a table its caption may stand.
const CAPTION_REACH: usize = 4;

/// A cell: its segment and what it holds.
#[derive(Debug, Clone, Copy)]
struct Cell {
    segment: usize,
    span: Span<InFlow>,
    /// Row and column, where the text still shows them.
    place: Option<(u32, u32)>,
    /// Nothing but a figure.
    figure: bool,
    /// Nothing but a date.
    date: bool,
    /// A dash where a figure would stand.
    empty: bool,
}

/// What a figure is read with.
#[derive(Debug, Clone, Copy, Default)]
struct Heads {
    row: Option<usize>,
    column: Option<usize>,
    date: Option<usize>,
    /// The cell of the row under a header 单位.
    unit: Option<usize>,
}

impl Linker<'_> {
    /// Links the table whose first cell is segment `first`; gives the segment behind it.
    pub(super) fn table(&mut self, first: usize, table: u32, units: &mut Units, out: &mut [Observation]) -> usize {
        let cells = self.cells(first, table);
        let heads = if cells.first().is_some_and(|cell| cell.place.is_some()) {
            across(&cells, self.document.text)
        } else {
            downwards(&cells, self.document.text)
        };
        let caption = self.caption(first, &cells, units);
        for (index, cell) in cells.iter().enumerate() {
            let Some((segment, sentence, base)) = self.document.sentence(cell.segment) else { continue };
            if !cell.figure {
                self.sentence(segment, sentence, base, out);
                continue;
            }
            self.clock.begin_sentence();
            let heads = heads.get(index).copied().unwrap_or_default();
            for (at, mention) in sentence.mentions.iter().enumerate() {
                let place = base as usize + at;
                if let Some(slot) = out.get_mut(place).filter(|_| mention.kind.is_quantity()) {
                    *slot = self.figure(&cells, heads, mention, caption, units);
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
                    let only = |kinds: fn(Kind) -> bool| match sentence.mentions {
                        [mention] => {
                            kinds(mention.kind)
                                && is_alone(segment.span.of(self.document.text), mention.span.of(self.document.text))
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

    /// The unit that a caption above the table, or a cell in front of its figures, states for all of it.
    fn caption(&self, first: usize, cells: &[Cell], units: &mut Units) -> Option<StatedUnit> {
        let above = (first.saturating_sub(CAPTION_REACH)..first)
            .filter_map(|index| self.document.segments.get(index))
            .map(|segment| segment.span);
        let inside = cells.iter().take_while(|cell| !cell.figure).map(|cell| cell.span);
        above
            .chain(inside)
            .filter_map(|span| {
                let words = span.of(self.document.text);
                let at = words.find("单位").or_else(|| words.find("單位"))?;
                let from = words.get(at..)?.find(['：', ':', ' '])? + at;
                let from = from + words.get(from..)?.chars().next()?.len_utf8();
                stated_unit(self.document.text, Span::at(span.from() + from, span.to()), self.lexicon, units)
            })
            .last()
    }

    /// A unit in brackets at the end of a header or label: 总产值（亿元）.
    fn unit_in(&self, cell: Option<&Cell>, units: &mut Units) -> Option<StatedUnit> {
        let span = cell?.span;
        let words = span.of(self.document.text);
        let open = words.rfind(['（', '('])?;
        let inner = open + words.get(open..)?.chars().next()?.len_utf8();
        stated_unit(self.document.text, Span::at(span.from() + inner, span.to()), self.lexicon, units)
    }

    fn figure(
        &mut self,
        cells: &[Cell],
        heads: Heads,
        mention: &Mention,
        caption: Option<StatedUnit>,
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
            out.unit = own.or_else(|| self.unit_in(column, units)).or_else(|| self.unit_in(row, units)).or(caption);
        }
        self.read_heads(row, column, mention, &mut out);
        out.period = self.cell_period(heads.date.and_then(|at| cells.get(at)).or(column));
        out.status = Some(self.inherited(self.section, |set| set.1).map_or(Status::Actual, |(status, _)| status));
        out.note(Column::Status, "the section of the table", None, None);
        out
    }

    /// The words of a label or header, without the unit in brackets.
    fn name(&self, cell: &Cell, out: &mut Phrase) {
        let words = cell.span.of(self.document.text);
        let end = words.find(['（', '(']).filter(|at| *at > 0).unwrap_or(words.len());
        let span = Span::at(cell.span.from(), cell.span.from() + end);
        if let Some((_, sentence, _)) = self.document.sentence(cell.segment) {
            indicator::clean(sentence, span, self.lexicon, out);
        }
    }

    /// 占比, 同比增长, 增减: what the header says of its figures.
    fn read_heads(&self, row: Option<&Cell>, column: Option<&Cell>, mention: &Mention, out: &mut Observation) {
        let negative = mention
            .quantity
            .as_ref()
            .and_then(|quantity| quantity.value.as_ref())
            .is_some_and(crate::exact::Exact::is_negative);
        let sign = mention.quantity.as_ref().and_then(|quantity| quantity.sign);
        out.relation = Some(Relation::Level);
        let percent = matches!(mention.kind, Kind::Percent | Kind::PercentagePoint | Kind::Number);
        for cell in [column, row].into_iter().flatten() {
            let mut words = Vec::new();
            crate::lex::words(cell.span.of(self.document.text), cell.span.from(), self.lexicon, &mut words);
            for (id, span) in words {
                match self.lexicon.entry(id) {
                    Some(Entry::Change { direction, .. })
                        if percent && span.of(self.document.text).chars().count() > 1 =>
                    {
                        out.relation = Some(Relation::Change);
                        out.direction = Some(if negative { Direction::Decrease } else { *direction });
                        out.note(Column::Relation, "a word of change in the header", Some(id), Some(span));
                    }
                    Some(Entry::Cue(Role::Share)) if percent => {
                        out.relation = Some(Relation::Share);
                        out.note(Column::Relation, "a word of share in the header", Some(id), Some(span));
                    }
                    Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb | ComparisonForm::Base }) => {
                        out.comparison = Some(*comparison);
                        out.note(Column::Comparison, "named in the header", Some(id), Some(span));
                    }
                    Some(Entry::Period(crate::lexicon::PeriodWord::Year(-1)))
                        if cell.span.of(self.document.text).contains(['比', '较']) =>
                    {
                        out.comparison = Some(Comparison::Yoy);
                        out.note(Column::Comparison, "named in the header", Some(id), Some(span));
                    }
                    _ => {}
                }
            }
        }
        let level = mention.kind == Kind::Number && sign == Some(Direction::Decrease);
        if let Some(direction) =
            sign.filter(|_| percent && !level && (column.is_some() || mention.kind == Kind::PercentagePoint))
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
        let (_, sentence, _) = self.document.sentence(head?.segment)?;
        let when = sentence.mentions.iter().find_map(|mention| mention.when);
        when.and_then(|when| self.clock.resolve(&when, false)).or_else(|| self.clock.current.map(|(period, _)| period))
    }
}

/// Whether a cell holds nothing beside the mention.
fn is_alone(cell: &str, mention: &str) -> bool {
    let rest = cell.len().saturating_sub(mention.len());
    rest <= 8 && cell.replacen(mention, "", 1).chars().all(|c| !c.is_alphanumeric())
}

/// Heads where the rows still stand: the first words of the row, and the header in the same column.
fn across(cells: &[Cell], text: &str) -> Vec<Heads> {
    let mut heads = vec![Heads::default(); cells.len()];
    let row_of = |cell: &Cell| cell.place.map_or(0, |(row, _)| row);
    let mut header: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let row = cells.get(at).map_or(0, row_of);
        let length = cells.iter().skip(at).take_while(|cell| row_of(cell) == row).count();
        let line = at..at + length;
        let label = line.clone().find(|index| cells.get(*index).is_some_and(|cell| !cell.figure));
        let figures = line.clone().filter(|index| cells.get(*index).is_some_and(|cell| cell.figure)).count();
        if figures == 0 {
            header = line.collect();
        } else {
            let states = |cell: &Cell| matches!(cell.span.of(text), "单位" | "單位" | "计量单位");
            let unit =
                header.iter().position(|at| cells.get(*at).is_some_and(states)).filter(|_| header.len() == length);
            for index in line {
                // A header without a word over the labels is one cell short.
                let offset = (index - at + header.len()).checked_sub(length);
                let column = offset.and_then(|offset| header.get(offset)).copied();
                if let Some(slot) = heads.get_mut(index) {
                    *slot = Heads { row: label, column, date: column, unit: unit.map(|column| at + column) };
                }
            }
        }
        at += length.max(1);
    }
    heads
}

/// Heads where every cell has a line of its own: rows are runs of figures of one length behind a label.
fn downwards(cells: &[Cell], text: &str) -> Vec<Heads> {
    let mut heads = vec![Heads::default(); cells.len()];
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        match runs.last_mut() {
            Some((start, length)) if (cell.figure || cell.empty) && *start + *length == index => *length += 1,
            _ if cell.figure || cell.empty => runs.push((index, 1)),
            _ => {}
        }
    }
    let Some((first, _)) = runs.first().copied() else { return heads };
    let mut lengths: Vec<usize> = runs.iter().map(|(_, length)| *length).collect();
    lengths.sort_unstable();
    let width = lengths.get(lengths.len() / 2).copied().unwrap_or(1);
    let header: Vec<usize> = (0..first.saturating_sub(1)).collect();
    let columns = columns(cells, &header, width, text);
    for (start, length) in runs {
        for offset in 0..length {
            let (column, date) = columns.get(offset).copied().filter(|_| length == width).unwrap_or((None, None));
            if let Some(slot) = heads.get_mut(start + offset) {
                *slot = Heads { row: start.checked_sub(1), column, date, unit: None };
            }
        }
    }
    heads
}

/// The header and the date of each of `width` columns, from the cells above the first row. Dates that span the same
/// few headers stand before them once; headers that stand once for all follow.
fn columns(cells: &[Cell], header: &[usize], width: usize, text: &str) -> Vec<(Option<usize>, Option<usize>)> {
    let is_date = |index: &&usize| cells.get(**index).is_some_and(|cell| cell.date);
    let dates: Vec<usize> = header.iter().filter(is_date).copied().collect();
    let names: Vec<usize> = header.iter().filter(|index| !is_date(index)).copied().collect();
    let count = dates.len();
    let spanned = width.checked_div(count).unwrap_or(0);
    let tail = names.get(names.len().saturating_sub(spanned * count)..).unwrap_or_default();
    let words = |index: &usize| cells.get(*index).map_or("", |cell| cell.span.of(text));
    let repeats =
        tail.chunks(spanned.max(1)).all(|part| part.iter().map(words).eq(tail.iter().take(spanned).map(words)));
    if count > 1 && spanned > 0 && tail.len() == spanned * count && repeats {
        let extra = width - spanned * count;
        let once = names.get(names.len() - tail.len() - extra.min(names.len() - tail.len())..names.len() - tail.len());
        let mut columns: Vec<_> =
            tail.iter().enumerate().map(|(at, name)| (Some(*name), dates.get(at / spanned).copied())).collect();
        columns.extend(once.unwrap_or_default().iter().map(|name| (Some(*name), dates.first().copied())));
        return columns;
    }
    if count > 0 && header.len() >= width {
        let own = header.iter().skip(header.len() - width);
        return own.map(|index| if is_date(&index) { (None, Some(*index)) } else { (Some(*index), None) }).collect();
    }
    if names.len() >= width {
        return names.iter().skip(names.len() - width).map(|name| (Some(*name), None)).collect();
    }
    if count == width {
        return dates.iter().map(|date| (None, Some(*date))).collect();
    }
    vec![(None, None); width]
}
