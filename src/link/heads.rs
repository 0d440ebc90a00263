//! Which cells of a table head a figure: the label of its row and the headers of its column.

use super::columns::{Over, TIERS, WIDEST, lower, ruled};
use super::grid::{Cell, Row, Sort};
use super::twins::{Label, name_groups};
use crate::lexicon::{Entry, Lexicon, Role, RowId};

/// What a figure is read with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Heads {
    /// The label of the row.
    pub(super) row: Option<usize>,
    /// The row of which this one is a part: 粮食 over #小麦.
    pub(super) whole: Option<usize>,
    /// The group of the row, where another has a row of the same label.
    pub(super) group: Option<usize>,
    pub(super) over: Over,
    /// The cell of the row under a header 单位.
    pub(super) unit: Option<usize>,
    /// A unit over the labels is that of the table: 人民币百万元.
    pub(super) corner: Option<usize>,
    /// The cell only numbers its row, under a header 序号 or 附注.
    pub(super) index: bool,
}

impl Heads {
    /// All cells that it names.
    pub(super) fn cells(&self) -> impl Iterator<Item = usize> {
        self.over.into_iter().chain([self.row, self.whole, self.group, self.unit, self.corner]).flatten()
    }
}

/// The heads of all cells of a table whose rows are known, and the columns of its header where it stands above them.
pub(super) fn heads(rows: &[Row], columns: Vec<Over>, cells: &[Cell], text: &str, lexicon: &Lexicon) -> Vec<Heads> {
    let mut heads = vec![Heads::default(); cells.len()];
    let mut table = Table {
        cells,
        text,
        lexicon,
        tiers: Vec::new(),
        columns,
        counted: (0, Vec::new()),
        whole: None,
        serial: false,
        begun: false,
    };
    table.serial = table.are_numbered(rows);
    let mut open = false;
    let mut labels: Vec<Label> = table.lead(rows).map(|cell| Label { cell, alone: true }).into_iter().collect();
    for (at, row) in rows.iter().enumerate() {
        if table.captions(row) {
            // 项目 预算数 决算数⏎单位：万元⏎契税 3000 2800: it may stand below the header.
            let figures = |next: &Row| next.cells.iter().any(|(_, at)| table.sort(*at) == Some(Sort::Figure));
            if !open || !rows.get(at + 1).is_some_and(figures) {
                table.clear();
            }
        } else if table.is_header(row, open) {
            if !open {
                table.tiers.clear();
            }
            table.push(row);
            open = true;
        } else if row.cells.len() > 1 {
            labels.extend(table.row(row, &mut heads).map(|cell| Label { cell, alone: false }));
            open = false;
        } else {
            labels.extend(row.cells.first().map(|(_, cell)| Label { cell: *cell, alone: true }));
        }
    }
    name_groups(&labels, &mut heads, cells, text);
    heads
}

/// A table as its rows are met.
struct Table<'a> {
    cells: &'a [Cell],
    text: &'a str,
    lexicon: &'a Lexicon,
    /// The lines of the header at hand.
    tiers: Vec<Row>,
    /// What stands over each column, where tabs or bars tell it.
    columns: Vec<Over>,
    /// The same counted out for rows of so many cells.
    counted: (usize, Vec<Over>),
    whole: Option<usize>,
    /// The first cell of a row only numbers it, and has no header.
    serial: bool,
    /// A row of figures was met.
    begun: bool,
}

impl Table<'_> {
    fn cell(&self, at: usize) -> Option<&Cell> {
        self.cells.get(at)
    }

    fn words(&self, at: usize) -> &str {
        self.cell(at).map_or("", |cell| cell.span.of(self.text).trim())
    }

    fn sort(&self, at: usize) -> Option<Sort> {
        self.cell(at).map(|cell| cell.sort)
    }

    fn is_unit(&self, at: usize) -> bool {
        self.sort(at) == Some(Sort::Unit)
    }

    /// 单位：人, and nothing else but units: what stands above it captions the table and heads no column.
    fn captions(&self, row: &Row) -> bool {
        let mut others = row.cells.iter().skip(1).filter_map(|(_, at)| self.cell(*at));
        if !others.all(|cell| matches!(cell.sort, Sort::Empty | Sort::Unit) || self.is_in_brackets(cell)) {
            return false;
        }
        let first = row.cells.first().map_or("", |(_, at)| self.words(*at));
        let unit = first.split_once([':', '：']).map(|(word, _)| word.trim_end());
        unit.is_some_and(|word| self.lexicon.is_word(word, Role::Caption))
    }

    /// (person), beside 单位：人
    fn is_in_brackets(&self, cell: &Cell) -> bool {
        let words = cell.span.of(self.text).trim();
        words.starts_with(['(', '（']) && words.ends_with([')', '）'])
    }

    /// A row of words heads the columns; 城镇, a line over some of the rows, and a row with nothing but dashes head none.
    /// Behind rows of figures it is one more row of theirs, unless it is of another length or names times or units.
    fn is_header(&self, row: &Row, open: bool) -> bool {
        let sorts = || row.cells.iter().filter_map(|(_, at)| self.cell(*at)).map(|cell| cell.sort);
        let headed = !self.tiers.is_empty() || !self.columns.is_empty();
        let other = || {
            let width = self.tiers.iter().map(|tier| tier.cells.len()).max();
            width.is_some_and(|width| width != row.cells.len())
                || sorts().skip(1).any(|sort| matches!(sort, Sort::Date | Sort::Unit))
                || row.cells.iter().any(|(_, at)| self.words(*at).ends_with(['）', ')']))
        };
        // 1、出国费 between rows of figures has no figure of its own.
        let alone = self.begun && sorts().eq([Sort::Words]);
        let long = row.cells.len() > 1 && !sorts().skip(1).all(|sort| sort == Sort::Empty);
        !sorts().any(|sort| sort == Sort::Figure)
            && if headed && !open { long && other() } else { long || !headed && !alone }
    }

    /// 地区⇥产量 over 1⇥甲市⇥2.86 and 2⇥乙市⇥0.11: whether rows that tabs or bars part are numbered one by one, in front of a label
    /// and left of the header.
    fn are_numbered(&self, rows: &[Row]) -> bool {
        let filled = |row: &&Row| row.cells.iter().any(|(_, at)| self.sort(*at) == Some(Sort::Figure));
        let last = |row: &Row| row.cells.last().map_or(0, |(column, _)| *column);
        let data = || rows.iter().filter(filled);
        let header = rows.first().filter(|header| header.ruled && header.cells.len() > 1 && !filled(header));
        let widest = data().map(last).max().unwrap_or(0);
        let numbered = |(number, row): (usize, &Row)| match row.cells.as_slice() {
            [(0, first), (1, label), _, ..] => {
                row.ruled && self.words(*first).parse() == Ok(number) && self.sort(*label) == Some(Sort::Words)
            }
            _ => false,
        };
        header.is_some_and(|header| last(header) + 1 == widest) && data().count() > 1 && (1..).zip(data()).all(numbered)
    }

    /// 学校数 before the first row, behind the headers of all columns.
    fn lead(&self, rows: &[Row]) -> Option<usize> {
        let lead = rows.first()?.cells.first()?.1.checked_sub(1)?;
        let heads_column = self.columns.iter().flatten().any(|head| *head == Some(lead));
        (!self.columns.is_empty() && !heads_column && self.sort(lead) == Some(Sort::Words)).then_some(lead)
    }

    /// No header is at hand any more.
    fn clear(&mut self) {
        (self.tiers, self.columns, self.counted) = (Vec::new(), Vec::new(), (0, Vec::new()));
    }

    /// A line of one cell that is no time or unit.
    fn is_title(&self, tier: &Row) -> bool {
        match tier.cells.as_slice() {
            [(_, only)] => self.cell(*only).is_some_and(|cell| !matches!(cell.sort, Sort::Date | Sort::Unit)),
            _ => false,
        }
    }

    /// Takes one more line into the header; a line of one cell over it that is no time or unit only captions the table.
    fn push(&mut self, row: &Row) {
        // A line as long as that heads nothing.
        if row.cells.len() > WIDEST {
            return self.clear();
        }
        let mut tiers: Vec<Row> = self.tiers.iter().filter(|tier| !self.is_title(tier)).cloned().collect();
        if tiers.len() == TIERS {
            tiers.remove(0);
        }
        let mut row = row.clone();
        let beside = self.beside_corner(&row);
        if beside.is_some_and(|upper| row.cells.len() + 1 < upper) {
            return;
        }
        for (column, _) in &mut row.cells {
            *column += usize::from(self.serial || beside.is_some());
        }
        tiers.push(row);
        self.columns = if tiers.iter().all(|tier| tier.ruled) { ruled(&tiers) } else { Vec::new() };
        self.counted = (0, Vec::new());
        self.tiers = tiers;
    }

    /// 项目 | 金额 | 占比 over （万元） | （%）: how many cells the line of headers above has, where a word over the labels opens it
    /// that reaches down beside this one. Which of them the cells of a shorter line are of is not told.
    fn beside_corner(&self, row: &Row) -> Option<usize> {
        let upper = self.tiers.last().filter(|upper| upper.ruled && row.ruled)?;
        let corner =
            upper.cells.first().and_then(|(_, at)| self.cell(*at)).is_some_and(|cell| cell.role == Some(Role::Corner));
        let opens = |row: &Row| row.cells.first().is_some_and(|(column, _)| *column == 0);
        (corner && opens(upper) && opens(row) && row.cells.len() < upper.cells.len()).then_some(upper.cells.len())
    }

    /// The heads of the cells of a row, and its label.
    fn row(&mut self, row: &Row, heads: &mut [Heads]) -> Option<usize> {
        let overs = self.overs(row);
        let heads_some = |over: &Over, role| {
            over.iter().flatten().filter_map(|at| self.cell(*at)).any(|cell| cell.role == Some(role))
        };
        let numbers = |at: usize| at == 0 && self.serial;
        let index = overs.iter().enumerate().map(|(at, over)| numbers(at) || heads_some(over, Role::Index));
        let index: Vec<bool> = index.collect();
        let worded = |at: usize| self.cell(at).is_some_and(|cell| !cell.fills());
        let mut labels = row.cells.iter().zip(&index).filter(|((_, at), _)| worded(*at));
        let label = labels.clone().find(|(_, index)| !**index).or_else(|| labels.next()).map(|((_, at), _)| *at);
        // 0-14岁 in front of bare figures names its row, although it is a figure too.
        let named = |at: &usize| self.words(*at).chars().any(char::is_alphabetic);
        let label = label.or_else(|| row.cells.first().map(|(_, at)| *at).filter(named));
        let part = label.is_some_and(|label| self.names_part(label));
        let whole = self.whole.filter(|_| part);
        let mut units = row.cells.iter().zip(&overs).skip(1).filter(|(_, over)| heads_some(over, Role::Caption));
        let unit = units.next().map(|((_, at), _)| *at);
        let corner = overs.first().and_then(|over| over.iter().flatten().copied().find(|at| self.is_unit(*at)));
        let mut label_beside = label;
        for (place, (((_, at), over), index)) in row.cells.iter().zip(&overs).zip(&index).enumerate() {
            if worded(*at) && self.opens_half(place, &overs) {
                label_beside = Some(*at);
            }
            if let Some(slot) = heads.get_mut(*at) {
                let row = label_beside.filter(|label| label != at);
                *slot = Heads { row, whole, group: None, over: *over, unit, corner, index: *index };
            }
        }
        self.whole = if part { self.whole } else { label };
        self.begun |= row.cells.iter().any(|(_, at)| self.sort(*at) == Some(Sort::Figure));
        label
    }

    /// 城市 环比 同比 城市 环比 同比: whether the headers over a row repeat from a cell on, those of its labels aside (资产 年末数 负债
    /// 年末数), so that rows stand side by side.
    fn opens_half(&self, place: usize, overs: &[Over]) -> bool {
        let length = overs.len();
        let words = |at: usize| overs.get(at).map(|over| over.map(|head| head.map(|head| self.words(head))));
        let headed = |at: usize| overs.get(at).is_some_and(|over| over[0].is_some());
        let repeats = |size: usize| {
            (size..length).filter(|at| at % size > 0).all(|at| headed(at) && words(at) == words(at % size))
        };
        let halves = |size: usize| length.is_multiple_of(size) && place.is_multiple_of(size) && repeats(size);
        place > 0 && (2..=length / 2).any(halves)
    }

    /// #小麦, 其中：小麦: whether a label names a part of a row above.
    fn names_part(&self, label: usize) -> bool {
        let words = self.words(label);
        let part = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)));
        words.starts_with(['#', '＃']) || self.lexicon.word(words).is_some_and(|(_, rows)| rows.iter().any(part))
    }

    /// The headers over each cell of a row: those of its column, where that has some, else counted from the end, as a header
    /// without a word over the labels is one cell short.
    fn overs(&mut self, row: &Row) -> Vec<Over> {
        let of_column = |(column, _): &(usize, usize)| self.columns.get(*column).copied().unwrap_or_default();
        let ruled: Vec<Over> = if row.ruled { row.cells.iter().map(of_column).collect() } else { Vec::new() };
        let headed = |((_, at), over): (&(usize, usize), &Over)| {
            over[0].is_some() || self.cell(*at).is_none_or(|cell| cell.sort != Sort::Figure)
        };
        let first = row.cells.first().filter(|(column, at)| *column == 0 && self.sort(*at) == Some(Sort::Words));
        let corner =
            |over: &Over| over[0].and_then(|at| self.cell(at)).is_some_and(|cell| cell.role == Some(Role::Corner));
        let cornered = first.is_some() && ruled.first().is_some_and(corner);
        // What stands right of the headers is of the last of them, and no more is told of it.
        let right = |(cell, over): (&(usize, usize), &Over)| cell.0 >= self.columns.len() || headed((cell, over));
        let pairs = || row.cells.iter().zip(&ruled);
        if row.ruled && (pairs().all(headed) || cornered && pairs().all(right)) {
            return ruled;
        }
        let length = row.cells.len();
        if self.counted.0 != length {
            self.counted = (length, self.count(length));
        }
        let columns = &self.counted.1;
        let over = |at: usize| (at + columns.len()).checked_sub(length).and_then(|at| columns.get(at)).copied();
        (0..length).map(|at| over(at).unwrap_or_default()).collect()
    }

    /// The columns of the header over a row of so many cells, where its lines do not tell them.
    fn count(&self, length: usize) -> Vec<Over> {
        let mut columns: Vec<Over> = Vec::new();
        // 城镇 over rows of several figures heads a group of them, and no column.
        let groups = |tier: &Row| length > 2 && self.is_title(tier);
        for tier in self.tiers.iter().filter(|tier| !groups(tier)) {
            let line: Vec<usize> = tier.cells.iter().map(|(_, at)| *at).collect();
            columns = lower(columns, &line, length, self.cells, self.text);
        }
        columns
    }
}
