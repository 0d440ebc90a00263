//! Tables of web pages and Word documents as lines of text: a row a line, its cells parted by tabs.
//!
//! A cell that reaches over several columns or rows stands in each of them where it is a header or a label, so that
//! figures find their heads; a figure stands once. What is empty holds a dash, so that the columns keep their places.

/// What stands where a cell is empty.
const EMPTY: &str = "—";

/// Columns and rows that one cell may reach over, as in the HTML standard for columns.
const WIDEST: usize = 1_000;

/// A cell whose lines are longer together is no cell of a table but a place in a layout.
const LONGEST_CELL: usize = 600;

/// Words that are repeated are short ones.
const LONGEST_HEAD: usize = 120;

/// A line of a text that is taken out of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: String,
    pub(super) links: Links,
    /// Whether a break within a paragraph or a table, and not a new one, stood before it.
    pub(super) broken: bool,
    /// Whether a page marks it as something beside its text.
    pub(super) around: bool,
    /// The first and the last of the lines, as they were met, that it is made of.
    pub(super) met: (u32, u32),
    /// Characters of sentences outside links, and of rows with figures.
    pub(super) weight: usize,
}

/// How much of a line is links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Links {
    #[default]
    Few,
    /// Most of its letters.
    Most,
    All,
}

/// What a row of a table became.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Laid {
    /// A line of cells; none where all are empty.
    Row(Option<String>),
    /// The lines of its cells one after the other: it was no table but a way to set things side by side.
    Blocks(Vec<Line>),
}

/// One cell as it was met.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// Columns that it reaches over.
    pub(super) columns: usize,
    /// Rows that it reaches over.
    pub(super) rows: usize,
    /// Whether it is marked as a header.
    pub(super) head: bool,
    /// Whether it goes on from the row above.
    pub(super) continued: bool,
    /// Whether a table stands in it.
    pub(super) holds_table: bool,
}

/// What reaches down into the rows below.
#[derive(Debug, Clone, Default)]
struct Above {
    rows: usize,
    words: String,
}

/// A table while its rows come.
#[derive(Debug, Default)]
pub(super) struct Grid {
    above: Vec<Above>,
    any: bool,
    /// Bytes that may still be repeated, so that a small page does not become a large text.
    spare: usize,
}

impl Grid {
    /// A table that may repeat `spare` bytes.
    pub(super) fn new(spare: usize) -> Self {
        Self { spare, ..Self::default() }
    }

    /// Bytes that are left to repeat.
    pub(super) const fn spare(&self) -> usize {
        self.spare
    }

    /// One more row.
    pub(super) fn row(&mut self, cells: Vec<Cell>) -> Laid {
        let length = |cell: &Cell| cell.lines.iter().map(|line| line.words.len()).sum::<usize>();
        if cells.iter().any(|cell| cell.holds_table || cell.lines.len() > 1 && length(cell) > LONGEST_CELL) {
            return Laid::Blocks(cells.into_iter().flat_map(|cell| cell.lines).collect());
        }
        let mut row: Vec<String> = Vec::new();
        let first = !self.any;
        for cell in cells {
            self.reach_down(&mut row);
            let mut words = joined(&cell.lines);
            let place = row.len();
            if cell.continued {
                words = self.above.get(place).map(|above| above.words.clone()).unwrap_or_default();
            }
            // The first row and the first column hold heads, and what has no digit is no figure.
            let head = cell.head || first || place == 0 || !words.contains(|c: char| c.is_ascii_digit());
            let again = if head && words.len() <= LONGEST_HEAD { words.clone() } else { String::new() };
            let columns = cell.columns.clamp(1, WIDEST);
            row.push(words);
            for _ in 1..columns {
                if !self.repeat(&again, &mut row) {
                    break;
                }
            }
            let rows = if cell.continued { 0 } else { cell.rows.clamp(1, WIDEST) - 1 };
            if self.above.len() < row.len() {
                self.above.resize_with(row.len(), Above::default);
            }
            for above in self.above.iter_mut().take(row.len()).skip(place) {
                if !cell.continued {
                    *above = Above { rows, words: again.clone() };
                }
            }
        }
        self.reach_down(&mut row);
        self.any |= row.iter().any(|cell| !cell.is_empty());
        Laid::Row(line(row))
    }

    /// Fills the columns that a cell of an earlier row reaches into.
    fn reach_down(&mut self, row: &mut Vec<String>) {
        while let Some(above) = self.above.get_mut(row.len()).filter(|above| above.rows > 0) {
            above.rows -= 1;
            let words = above.words.clone();
            if !self.repeat(&words, row) {
                break;
            }
        }
    }

    /// Sets words into one more column, if there are bytes left for them.
    fn repeat(&mut self, words: &str, row: &mut Vec<String>) -> bool {
        let Some(rest) = self.spare.checked_sub(words.len() + EMPTY.len() + 1) else { return false };
        self.spare = rest;
        row.push(words.to_owned());
        true
    }
}

/// The cells of a row as one line; none where all are empty.
fn line(mut row: Vec<String>) -> Option<String> {
    row.truncate(row.iter().rposition(|cell| !cell.is_empty())? + 1);
    // A row of one cell is a caption or a note and stands for itself.
    if row.len() > 1 && row.iter().skip(1).all(|cell| Some(cell) == row.first()) {
        row.truncate(1);
    }
    row.iter_mut().filter(|cell| cell.is_empty()).for_each(|cell| EMPTY.clone_into(cell));
    Some(row.join("\t"))
}

/// The lines of a cell as one.
fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines.iter().map(|line| line.words.trim()).filter(|line| !line.is_empty()) {
        if out.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii()) {
            out.push(' ');
        }
        // A tab parts cells and so cannot stand in one.
        out.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(words: &str, columns: usize, rows: usize) -> Cell {
        Cell { lines: vec![line(words)], columns, rows, ..Cell::default() }
    }

    fn line(words: &str) -> Line {
        Line { words: words.to_owned(), ..Line::default() }
    }

    fn plain(words: &str) -> Cell {
        cell(words, 1, 1)
    }

    fn row(words: &str) -> Laid {
        Laid::Row((!words.is_empty()).then(|| words.to_owned()))
    }

    #[test]
    fn a_row_is_a_line_and_empty_cells_keep_their_places() {
        let mut grid = Grid::new(1_000);
        assert_eq!(grid.row(vec![plain(""), plain("2022年"), plain("2023年")]), row("—\t2022年\t2023年"));
        assert_eq!(grid.row(vec![plain("税收"), plain(""), plain("120.8")]), row("税收\t—\t120.8"));
        assert_eq!(grid.row(vec![plain("税收"), plain("100.5"), plain("")]), row("税收\t100.5"));
        assert_eq!(grid.row(vec![plain(""), plain("")]), row(""));
    }

    #[test]
    fn heads_stand_in_all_their_columns_and_rows_and_figures_once() {
        let mut grid = Grid::new(1_000);
        assert_eq!(grid.row(vec![cell("指标", 1, 2), cell("2023年", 2, 1)]), row("指标\t2023年\t2023年"));
        assert_eq!(grid.row(vec![plain("总量"), plain("增速")]), row("指标\t总量\t增速"));
        assert_eq!(grid.row(vec![cell("工业", 1, 2), cell("12.5", 2, 1)]), row("工业\t12.5"));
        assert_eq!(grid.row(vec![plain("8.1"), plain("3.2")]), row("工业\t8.1\t3.2"));
    }

    #[test]
    fn a_caption_over_all_columns_stands_once() {
        assert_eq!(Grid::new(1_000).row(vec![cell("单位：亿元", 4, 1)]), row("单位：亿元"));
    }

    #[test]
    fn a_layout_is_no_table() {
        let long = "全年完成财政总收入18.34亿元，同比增长13.1%。".repeat(20);
        let cell = Cell { lines: vec![line(&long), line(&long)], ..Cell::default() };
        let blocks = Laid::Blocks(vec![line(&long), line(&long), line("侧栏")]);
        assert_eq!(Grid::new(0).row(vec![cell, plain("侧栏")]), blocks);
    }

    #[test]
    fn a_small_page_becomes_no_large_text() {
        let mut grid = Grid::new(100);
        let mut bytes = 0;
        for _ in 0..1_000 {
            if let Laid::Row(Some(row)) = grid.row(vec![cell("收入", 1_000, 1_000), plain("3")]) {
                bytes += row.len();
            }
        }
        assert!(bytes < 1_000_000, "{bytes}");
    }
}
