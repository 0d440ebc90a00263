//! Rows of a table whose cells stand one space apart, as the text of a page gives them: line under line, a label and
//! as many figures.

use std::ops::{Range, RangeInclusive};

use super::Place;
use super::figures::{Figures, SCALES, STOPS, are_years, figures, fills, is_date, states_unit, tokens};
use super::groups::{GROUP, bridge};
use super::heading::header;
use super::line::Line;
use crate::Lexicon;
use crate::lexicon::{Role, is_digit, is_han};
use crate::text::{InSource, Span};

/// Lines above the rows of a table among which one may state its unit.
const CAPTION: usize = 3;

/// Bytes of the longest unit that a line above a table states, and of what stands behind it.
const UNIT: usize = 60;

/// Lines of the highest header.
const TIERS: usize = 3;

/// The cells of a line.
pub(super) type Cells = Vec<Span<InSource>>;

/// Parts such rows, the header above them, and lines that head a group of them, into cells.
pub(super) fn part(lines: &mut Vec<Line>, source: &str, lexicon: &Lexicon) {
    let found: Vec<Option<Figures>> = lines.iter().map(|line| figures(line, source, lexicon)).collect();
    let page = Page { lines, found: &found, source, lexicon };
    let mut parted: Vec<Line> = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < page.lines.len() {
        let Some((_, figures)) = page.line(at) else {
            at += 1;
            continue;
        };
        let (head, widths) = page.head(done, at, figures.count);
        let goes_on = |next: usize| page.goes_on(next, &widths, figures.are_all());
        let end = (at..=page.lines.len()).find(|next| !goes_on(*next)).unwrap_or(page.lines.len());
        if page.is_table(at..end, &widths, &head) {
            page.cells(done, at..end, &head, &mut parted);
            done = end;
        }
        at = end.max(at + 1);
    }
    if done > 0 {
        parted.extend_from_slice(page.lines.get(done..).unwrap_or_default());
        *lines = parted;
    }
    bridge(lines, source);
}

/// The lines of a text, and where figures end them.
struct Page<'a> {
    lines: &'a [Line],
    found: &'a [Option<Figures>],
    source: &'a str,
    lexicon: &'a Lexicon,
}

impl Page<'_> {
    fn line(&self, at: usize) -> Option<(&Line, Figures)> {
        self.lines.get(at).zip(self.found.get(at).copied().flatten())
    }

    fn count(&self, at: usize) -> Option<usize> {
        self.line(at).map(|(_, figures)| figures.count)
    }

    /// 在校学生数: a short line without figures over the rows of a group; Total Collections: a label in another language.
    fn heads_group(&self, at: usize) -> bool {
        self.lines.get(at).zip(self.found.get(at)).is_some_and(|(line, figures)| {
            let text = line.span.of(self.source);
            let brief = line.width <= GROUP || !text.contains(is_han);
            figures.is_none() && line.place.is_none() && brief && !text.contains(STOPS)
        })
    }

    /// Whether a line is a row of so many figures, behind a label or bare, or heads a group of them.
    fn goes_on(&self, at: usize, widths: &RangeInclusive<usize>, bare: bool) -> bool {
        let fits = |figures: Figures| widths.contains(&figures.count) && figures.are_all() == bare;
        let row = |at: usize| self.line(at).is_some_and(|(_, figures)| fits(figures));
        row(at) || !bare && self.heads_group(at) && row(at + 1)
    }

    /// Whether some lines are rows of a table: two of several figures, or of one under a line that states the unit; or three
    /// behind labels that state units, or under a header that ends in a unit.
    fn is_table(&self, lines: Range<usize>, widths: &RangeInclusive<usize>, head: &Head) -> bool {
        let from = lines.start;
        let rows = lines.filter(|at| self.count(*at).is_some_and(|count| widths.contains(&count)));
        let stated = |at: &usize| self.lines.get(*at).is_some_and(|line| states_unit(line, self.source));
        let count = rows.clone().count();
        let bare = self.line(from).is_some_and(|(_, figures)| figures.are_all());
        if self.line(from).is_some_and(|(_, figures)| figures.amount) {
            return (count > 1 || head.width > 1) && self.is_over(head, from).is_some();
        }
        if count == 1 || bare {
            return self.is_ruled_by(head, from);
        }
        let above = self.lines.get(from.saturating_sub(CAPTION)..from).unwrap_or_default();
        let captions = |line: &Line| {
            // 指标 单位 2022年, 单位：万元
            let mut words = line.span.of(self.source).trim_start_matches(['（', '(']).split_whitespace();
            self.caption(line).is_some() || words.any(|word| self.lexicon.is_word(word, Role::Caption))
        };
        // 专业构成类别 专业构成人数（人）, 产品名称 产量 比上年增长%
        let headed = |line: &Line| {
            let unit = line.span.of(self.source).ends_with(['）', ')', '%', '％']);
            unit && header(line, 2, self.source).is_some()
        };
        let captioned = || above.iter().any(captions) || count > 2 && above.last().is_some_and(headed);
        *widths.start() > 1 || captioned() || count > 2 && rows.filter(stated).count() * 2 > count
    }

    /// Whether one row, or rows without a label, stand under a header with a cell for each figure, and either a line above it
    /// states the unit, or a cell does (公务接待费（万元）, 公务接待费 万元, 同比增减（%）), or the header names nothing but times.
    fn is_ruled_by(&self, head: &Head, row: usize) -> bool {
        let Some((line, figures)) = self.line(row) else { return false };
        let Some((at, cells)) = self.is_over(head, row) else { return false };
        let above = self.lines.get(head.from.saturating_sub(CAPTION)..at).unwrap_or_default();
        let captioned = above.iter().any(|line| self.caption(line).is_some_and(|unit| self.is_unit(unit)));
        let bracketed = |text: &str| {
            text.ends_with(['）', ')']) && text.rsplit(['（', '(']).next().is_some_and(|unit| self.is_unit(unit))
        };
        let label = line.span.of(self.source).get(..figures.from).unwrap_or_default().trim_end();
        let unit = || head.units && label.rsplit([' ', '\u{3000}']).next().is_some_and(|word| self.is_unit(word));
        let timed = || head.width > 1 && cells.iter().rev().take(head.width).all(|cell| is_date(cell.of(self.source)));
        captioned || bracketed(label) || unit() || cells.iter().any(|cell| bracketed(cell.of(self.source))) || timed()
    }

    /// The lowest line of a header, and its cells, where it has one of words for each figure of the row below it.
    fn is_over<'b>(&self, head: &'b Head, row: usize) -> Option<(usize, &'b Cells)> {
        let (_, figures) = self.line(row)?;
        let (at, cells) = head.lines.last()?;
        let columns = match head.lines.as_slice() {
            [.., (_, upper), (_, lower)] if lower.len() < head.width => self.columns(upper, lower),
            _ => Some(cells.len()),
        };
        let before = columns.and_then(|columns| columns.checked_sub(head.width));
        let fits = if figures.are_all() { before == Some(0) } else { before.is_some_and(|before| before < 3) };
        let words = |cell: &Span<InSource>| cell.of(self.source).chars().any(char::is_alphabetic);
        (fits && cells.len() > 1 && cells.iter().all(words)).then_some((*at, cells))
    }

    /// 单位：万元, 支出情况如下（单位：万元）：: what a line states behind a word for units.
    fn caption(&self, line: &Line) -> Option<&str> {
        let text = line.span.of(self.source);
        let inner = text.rsplit(['（', '(']).next().unwrap_or_default();
        let mut stated = [text, inner].into_iter().filter_map(|text| text.split_once(['：', ':']));
        stated.find(|(word, _)| self.lexicon.is_word(word, Role::Caption)).map(|(_, unit)| unit)
    }

    /// 万元, 亿元、%, 人民币百万元, but 人事局: whether a unit stands there.
    fn is_unit(&self, text: &str) -> bool {
        let mut rest = text.trim();
        while rest.len() <= UNIT {
            let bare = rest.trim_start_matches(SCALES);
            let found = [rest, bare].into_iter().find(|text| self.lexicon.counts(text));
            let behind = found.and_then(|text| text.get(self.lexicon.unit(text)?.0..));
            match behind {
                Some(behind) if behind.starts_with(char::is_alphabetic) => rest = behind,
                behind => return behind.is_some(),
            }
        }
        false
    }

    /// The header above the row at `from`, and how many figures its rows have: one more where some have the number of a note.
    fn head(&self, done: usize, from: usize, count: usize) -> (Head, RangeInclusive<usize>) {
        let header = |at: usize, width: usize| {
            self.lines.get(at).filter(|_| at >= done).and_then(|line| header(line, width, self.source))
        };
        // 指标 2006 2007: years head the columns.
        let dated = self.line(from).is_some_and(|(line, figures)| are_years(line, figures, self.source));
        let behind = from + usize::from(dated);
        // A group, or the lower half of a header, may stand between the header and the first row.
        let apart = |at: &usize| {
            let mut between = at + 1..from;
            !dated && between.all(|line| self.heads_group(line) && header(line, count.max(2)).is_none())
        };
        let nearest = (2..=3).filter_map(|back| from.checked_sub(back)).find(|at| header(*at, count.min(2)).is_some());
        let above = [nearest.filter(apart), behind.checked_sub(1)];
        let note = above.iter().flatten().find_map(|at| self.noted(&header(*at, 2).filter(|_| !dated)?, count));
        let width = note.unwrap_or(count);
        // 同期增减（%） right above the row ends a header, and heads no group.
        let closed = || {
            let line =
                from.checked_sub(1).and_then(|at| self.lines.get(at)).map_or("", |line| line.span.of(self.source));
            line.trim_end_matches(['）', ')']).ends_with(['%', '％'])
        };
        let named = |cells: &Cells| {
            let timed = cells.iter().rev().take(width).any(|cell| cell.of(self.source).contains(is_digit));
            timed || cells.len() > width || closed()
        };
        let shared = || {
            let at = behind.checked_sub(1)?;
            let lower = header(at, 2)?;
            let columns = self.columns(&header(at.checked_sub(1)?, 2)?, &lower)?;
            (width..=width + 1).contains(&columns).then_some((at, lower))
        };
        let [group, right] = above.map(|at| at.and_then(|at| Some((at, header(at, width)?))));
        let mut lines: Vec<(usize, Cells)> =
            group.filter(|(_, cells)| named(cells)).or(right).or_else(shared).into_iter().collect();
        while lines.len() < TIERS
            && let Some((at, cells)) = lines.first().filter(|(_, cells)| self.is_lower(cells, width))
            && let Some(upper) = at.checked_sub(1).and_then(|at| Some((at, header(at, 2.min(cells.len()))?)))
        {
            lines.insert(0, upper);
        }
        let cells = lines.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        let is = |cell: &Span<InSource>, role| self.is(*cell, role);
        let columns = match lines.as_slice() {
            [.., (_, upper), (_, lower)] if lower.len() <= width => self.columns(upper, lower).unwrap_or(lower.len()),
            lines => lines.last().map_or(0, |(_, cells)| cells.len()),
        };
        let head = Head {
            width,
            labels: columns.saturating_sub(width),
            units: cells.iter().skip(1).any(|cell| is(cell, Role::Caption)),
            coded: cells.first().is_some_and(|cell| is(cell, Role::Index)),
            noted: note.is_some(),
            from: lines.first().map_or(behind, |(at, _)| *at),
            lines,
        };
        (head, width..=width + usize::from(note.is_some()))
    }

    /// Whether a cell is a word of a role, set apart or not.
    fn is(&self, cell: Span<InSource>, role: Role) -> bool {
        self.lexicon.is_spread_word(cell.of(self.source), role)
    }

    /// 项目 附注 2022年 2021年: how many figures the rows have behind the number of a note.
    fn noted(&self, header: &Cells, count: usize) -> Option<usize> {
        let note = header.iter().skip(1).position(|cell| self.is(*cell, Role::Index))? + 1;
        let width = header.len() - note - 1;
        (width > 0 && (width..=width + 1).contains(&count)).then_some(width)
    }

    /// 项目 2022年 2021年 同比增减 over 金额 占比 金额 占比, 合计 公务用车购置及运行费 over 公务用车购置费 公务用车运行费: how
    /// many columns two lines of headers make, where the times of the upper one share the lower, or one is parted by it.
    fn columns(&self, upper: &Cells, lower: &Cells) -> Option<usize> {
        let times = upper.iter().filter(|cell| cell.of(self.source).starts_with(is_digit)).count();
        let last = lower.last().map_or("", |cell| cell.of(self.source));
        let parted = upper.iter().filter(|cell| is_part(last, cell.of(self.source))).count();
        // 年份 收入 支出 over 合计 税收 合计 教育: all but the first share them.
        let corners = upper.iter().filter(|cell| self.is(**cell, Role::Corner)).count();
        let others = upper.len().saturating_sub(corners.max(1));
        let opens = |part: &[Span<InSource>]| part.first().map(|cell| cell.of(self.source));
        let each =
            lower.len().checked_div(others).filter(|each| *each > 1 && others > 1 && each * others == lower.len());
        let alike = each.is_some_and(|each| lower.chunks(each).all(|part| opens(part) == opens(lower)));
        // 专业 学制 收费标准（元/年） over 学费 住宿费
        let united =
            upper.iter().filter(|cell| cell.of(self.source).ends_with(['）', ')'])).count() == 1 && lower.len() > 1;
        let sharing = match (times, parted) {
            (2.., _) => times,
            (_, 1) => 1,
            _ if united => 1,
            _ => others,
        };
        let fits = if times > 1 { lower.len().is_multiple_of(times) } else { parted == 1 || united || alike };
        fits.then(|| upper.len() - sharing + lower.len())
    }

    /// 金额 占比 金额 占比, 人民币千元 人民币千元: whether a line of a header has another above it, as it has no word over the
    /// labels, or states units alone.
    fn is_lower(&self, cells: &Cells, width: usize) -> bool {
        let dated = cells.iter().all(|cell| cell.of(self.source).starts_with(is_digit));
        let is = |role| cells.first().is_some_and(|cell| self.is(*cell, role));
        cells.len() <= width && !dated && !is(Role::Corner) || is(Role::Caption)
    }

    /// Writes the lines from `done` to the end of a table's rows, those of the table in cells.
    fn cells(&self, done: usize, rows: Range<usize>, head: &Head, out: &mut Vec<Line>) {
        out.extend_from_slice(self.lines.get(done..head.from).unwrap_or_default());
        for (at, cells) in &head.lines {
            push(out, self.lines.get(*at), cells, self.source, self.lexicon);
        }
        for at in head.lines.last().map_or(head.from, |(at, _)| at + 1)..rows.end {
            let cells = match self.line(at) {
                Some((line, figures)) => row(line, figures, head, self.source),
                None => self.lines.get(at).map(|line| vec![line.span]).unwrap_or_default(),
            };
            push(out, self.lines.get(at), &cells, self.source, self.lexicon);
        }
    }
}

/// What the header of a table tells of its rows.
struct Head {
    /// Its lines, each with its cells.
    lines: Vec<(usize, Cells)>,
    /// The first line of the table.
    from: usize,
    /// Columns of figures, and of what stands before them.
    width: usize,
    labels: usize,
    /// Whether a column holds units, one before the labels codes, one behind them numbers of notes.
    units: bool,
    coded: bool,
    noted: bool,
}

fn push(out: &mut Vec<Line>, line: Option<&Line>, cells: &Cells, source: &str, lexicon: &Lexicon) {
    let Some(line) = line else { return };
    for (column, cell) in (line.place.map_or(0, |place| place.column)..).zip(cells) {
        let apart = line.apart && column == 0;
        out.push(Line::new(*cell, line.row, apart, Some(Place { column, ruled: false }), source, lexicon));
    }
}

/// The cells of a row: its words, in as many cells as the header has over them, and its figures.
fn row(line: &Line, figures: Figures, head: &Head, source: &str) -> Cells {
    let text = line.span.of(source);
    let words: Vec<(usize, usize)> = tokens(text.get(..figures.from).unwrap_or_default(), 0).collect();
    let starts = |at: Option<&(usize, usize)>| {
        at.and_then(|(start, end)| text.get(*start..*end)).is_some_and(|word| word.starts_with(is_digit))
    };
    let digits =
        words.last().and_then(|(start, end)| text.get(*start..*end)).is_some_and(|word| word.contains(is_digit));
    let note = head.noted && figures.count == head.width && digits;
    let labels = head.labels.saturating_sub(usize::from(head.noted && figures.count > head.width));
    // 201 人大事务, 粮食 万吨, 营业收入 七、61, and 张三 董事长
    let all = words.len() == labels && (note || !head.noted);
    let front = usize::from(head.coded && words.len() > 1 && starts(words.first()));
    let back = usize::from((head.units || note) && words.len() > front + 1);
    let from = line.span.from();
    let cell = |(start, end): (usize, usize)| Span::at(from + start, from + end);
    let mut cells: Cells = Vec::with_capacity(words.len() + figures.count);
    if all {
        cells.extend(words.iter().copied().map(cell));
    } else {
        let (label, unit) = words.split_at(words.len() - back);
        let (code, label) = label.split_at(front.min(label.len()));
        cells.extend(code.iter().copied().map(cell));
        cells.extend(label.first().zip(label.last()).map(|((start, _), (_, end))| cell((*start, *end))));
        cells.extend(unit.iter().copied().map(cell));
    }
    // 甲 市 100.0 101.9 乙 市 100.1 101.5: the characters of the second label are one cell too.
    let mut label: Option<(usize, usize)> = None;
    for (start, end) in tokens(text, figures.from) {
        if figures.beside && !text.get(start..end).is_some_and(fills) {
            label = Some((label.map_or(start, |(start, _)| start), end));
        } else {
            cells.extend(label.take().into_iter().chain([(start, end)]).map(cell));
        }
    }
    cells
}

/// 公务用车运行费 below 公务用车购置及运行费: whether a header of a lower line is of a part of one above it.
pub(crate) fn is_part(part: &str, whole: &str) -> bool {
    let front = part.char_indices().nth(2).map_or(part, |(end, _)| part.get(..end).unwrap_or(part));
    !front.is_empty() && whole.len() > part.len() && whole.contains(front)
}
