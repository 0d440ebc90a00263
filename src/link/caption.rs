//! What the lines above a table state for all of it: units, a time, that its rates are of growth.

use super::Linker;
use super::grid::{Cell, Sort};
use crate::calendar::Period;
use crate::lexicon::{Entry, RowId, is_digit};
use crate::quantity::{StatedUnit, Units, stated_unit};
use crate::segment::SegmentKind;
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// How far above a table its caption may stand.
const CAPTION_REACH: usize = 4;

/// Bytes of the longest unit that 以 opens.
const COUNTED_IN: usize = 30;

/// What the lines above a table state for all of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    /// The unit of its levels.
    pub(super) caption: Option<StatedUnit>,
    /// The percent of its rates.
    pub(super) rate: Option<StatedUnit>,
    /// The title that says that its rates are of growth.
    pub(super) trend: Option<Span<InFlow>>,
}

impl Linker<'_> {
    /// What the lines above a table, and its own first cells, state.
    pub(super) fn stated(&self, above: &[usize], lines: &[usize], below: &[usize], units: &mut Units) -> Stated {
        let caption = self.caption(above, lines, units).or_else(|| self.caption(below, &[], units));
        Stated { caption, rate: self.percent_stated(above, units), trend: self.growth_title(lines) }
    }

    /// Whether the caption nearest above is that of a figure (图3): what follows are the ticks and labels of its axes, in
    /// the order in which they were drawn, and a bare number may be either.
    pub(super) fn is_chart(&self, above: &[usize]) -> bool {
        above.iter().rev().find_map(|index| self.caption_mark(*index)).is_some_and(|mark| mark != '表')
    }

    /// 图 or 表 where a segment starts with one and a number.
    fn caption_mark(&self, index: usize) -> Option<char> {
        let words = self.document.segments.get(index)?.span.of(self.document.text).trim_start();
        let mark = words.chars().next().filter(|c| matches!(c, '图' | '圖' | '表'))?;
        words.get(mark.len_utf8()..)?.trim_start().starts_with(is_digit).then_some(mark)
    }

    /// What stands above the first figure of a table: the lines that may caption it, and its own first cells.
    pub(super) fn above(&self, first: usize, cells: &[Cell]) -> Vec<usize> {
        let before = self.document.segments.iter().enumerate().take(first).rev();
        let lines = before.filter(|(_, segment)| segment.kind != SegmentKind::Furniture).take(CAPTION_REACH);
        let mut above: Vec<usize> = lines.map(|(index, _)| index).collect();
        above.reverse();
        above.extend(cells.iter().take_while(|cell| cell.sort != Sort::Figure).map(|cell| cell.segment));
        above
    }

    /// What stands below the last figure of a table: its own last cells, and the line behind them where it captions no other
    /// table.
    pub(super) fn below(&self, first: usize, cells: &[Cell]) -> Vec<usize> {
        let mut below: Vec<usize> =
            cells.iter().rev().take_while(|cell| cell.sort != Sort::Figure).map(|cell| cell.segment).collect();
        let behind = first + cells.len();
        let lines = self.document.segments.iter().enumerate().skip(behind);
        let mut lines = lines.filter(|(_, segment)| segment.kind != SegmentKind::Furniture).take(1 + CAPTION_REACH);
        let line = lines.next().map(|(index, _)| index);
        let captions = lines.any(|(_, segment)| matches!(segment.kind, SegmentKind::Cell { .. }));
        below.extend(line.filter(|_| !captions));
        below
    }

    /// The time that a caption above the table names: 表1　2023年地区生产总值.
    pub(super) fn captioned_time(&self, above: &[usize]) -> Option<(Period, Span<InFlow>)> {
        let captions = above.iter().rev().filter(|index| self.caption_mark(**index).is_some());
        captions
            .filter_map(|index| self.document.sentence(*index))
            .flat_map(|(_, sentence, _)| sentence.mentions)
            .find_map(|mention| Some((self.clock.resolve(&mention.when?, false)?, mention.span)))
    }

    /// The unit that a caption above the table, or a cell in front of its figures, states for all of it.
    fn caption(&self, above: &[usize], lines: &[usize], units: &mut Units) -> Option<StatedUnit> {
        let spans = above.iter().filter_map(|index| self.document.segments.get(*index));
        spans
            .map(|segment| segment.span)
            .filter_map(|span| {
                let counted = self.counted_in(span);
                let units_of = counted.or_else(|| self.behind_caption(span))?;
                let stated = stated_unit(self.document.text, units_of, self.lexicon, units);
                // 以人为本 counts nobody.
                stated.filter(|stated| counted.is_none() || stated.kind == Kind::Measure)
            })
            .last()
            .or_else(|| {
                // 表2 增长速度（%）
                let lines = lines.iter().rev().filter_map(|index| self.document.segments.get(*index));
                let mut titles =
                    lines.map(|line| line.span).filter(|line| line.of(self.document.text).ends_with(['）', ')']));
                titles.find_map(|title| self.unit_in(title, units))
            })
    }

    /// （以港幣百萬元計）, 以百万元列示: the words between 以 and what closes them, where they open a line.
    fn counted_in(&self, line: Span<InFlow>) -> Option<Span<InFlow>> {
        let words = line.of(self.document.text);
        let unit = words.trim_start_matches(['（', '(']).strip_prefix('以')?;
        let length = unit.find(['計', '计', '列', '为', '為', '呈', '表']).filter(|length| *length <= COUNTED_IN)?;
        let from = line.from() + words.len() - unit.len();
        Some(Span::at(from, from + length))
    }

    /// What stands behind 单位： in a line.
    fn behind_caption(&self, line: Span<InFlow>) -> Option<Span<InFlow>> {
        let words = line.of(self.document.text);
        let at = words.find("单位").or_else(|| words.find("單位"))?;
        let from = words.get(at..)?.find(['：', ':', ' '])? + at;
        let from = from + words.get(from..)?.chars().next()?.len_utf8();
        Some(Span::at(line.from() + from, line.to()))
    }

    /// 单位：亿元、%: the percent that a caption states beside the unit of the levels.
    fn percent_stated(&self, above: &[usize], units: &mut Units) -> Option<StatedUnit> {
        let mut spans = above.iter().filter_map(|index| self.document.segments.get(*index)).map(|segment| segment.span);
        let percent = spans.find_map(|line| {
            let stated = self.behind_caption(line)?;
            let at = stated.from() + stated.of(self.document.text).rfind('%')?;
            Some(Span::at(at, at + '%'.len_utf8()))
        })?;
        stated_unit(self.document.text, percent, self.lexicon, units)
    }

    /// 比上年涨跌幅度(%), 增长速度: the line above a table that says that its rates are of growth.
    fn growth_title(&self, above: &[usize]) -> Option<Span<InFlow>> {
        above.iter().rev().find_map(|index| {
            let line = self.document.segments.get(*index)?.span;
            let words = line.of(self.document.text);
            let title = words.rfind(['（', '(']).filter(|_| words.ends_with(['）', ')'])).unwrap_or(words.len());
            let title = Span::<InFlow>::at(line.from(), line.from() + title);
            let title = Span::at(
                title.from(),
                title.from() + title.of(self.document.text).trim_end_matches(['情', '况']).len(),
            );
            let ends = |(row, word): &(RowId, Span<InFlow>)| {
                word.end == title.end && matches!(self.lexicon.entry(*row), Some(Entry::Change { .. }))
            };
            self.head_words(title).iter().any(ends).then_some(title)
        })
    }
}
