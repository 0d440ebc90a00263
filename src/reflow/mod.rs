//! Stage 1: the text made to flow again.
//!
//! Layout breaks sentences: in mid-word, before a unit, around a page number. This stage rejoins them and sets
//! headings, captions and table cells apart. It never changes a character; it only leaves line ends out, and sets the
//! halves of a header that the layout broke side by side, so that every word stays the text's own, and keeps a list of runs
//! back to the source.
//!
//! ```
//! use taizhang::{Lexicon, reflow};
//!
//! let flow = reflow::reflow("持续优化营商环境,整治低效企业\n\n3家,腾出厂房20亩。\n", &Lexicon::builtin());
//! assert_eq!(flow.text.trim_end(), "持续优化营商环境,整治低效企业3家,腾出厂房20亩。");
//! ```

mod bars;
mod cells;
mod figures;
mod groups;
mod halves;
mod heading;
mod line;
mod marker;
mod page;
mod piled;
mod rows;
mod torn;

pub(crate) use figures::{is_empty, is_run_of_years};
pub(crate) use line::is_figure;
pub(crate) use marker::{BULLETS, Marker, marker};
pub(crate) use page::is_posted;
pub(crate) use rows::is_part;

use crate::Lexicon;
use crate::text::{InFlow, InSource, Span};
use line::{Line, Lines};

/// The flowing text: blocks one after the other, each closed by a line end.
#[derive(Debug, Clone, Default)]
pub struct FlowText {
    /// The text.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    runs: Vec<Run>,
}

/// A stretch of the flowing text that stands unbroken in the source.
#[derive(Debug, Clone, Copy)]
struct Run {
    flow: u32,
    source: u32,
}

/// A paragraph, a short line or a table cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where, without its line end.
    pub span: Span<InFlow>,
    /// What its shape tells of it.
    pub shape: Shape,
    /// Whether a blank line stood before it.
    pub apart: bool,
    /// The number of its first line.
    pub row: u32,
}

/// What the shape of a block tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Sentences.
    Prose,
    /// One line without sentence punctuation: a heading, a caption, a cell of a table written downwards.
    Short,
    /// One of several cells on a line.
    Cell(Place),
    /// A page number.
    Furniture,
}

/// Where a cell stands among those of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 0.
    pub column: u32,
    /// Tabs or bars tell it, so that an empty cell counts too.
    pub ruled: bool,
}

impl FlowText {
    /// The place in the source of a span of the flowing text.
    #[must_use]
    pub fn source(&self, span: Span<InFlow>) -> Span<InSource> {
        let place = |run: Option<&Run>, flow| run.map_or(flow, |run| run.source + (flow - run.flow));
        let behind = self.runs.partition_point(|run| run.flow <= span.start);
        let first = behind.checked_sub(1).and_then(|at| self.runs.get(at));
        let start = place(first, span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        // Few spans reach into the next run.
        let more = self.runs.iter().skip(behind).take_while(|run| run.flow < span.end).last();
        Span::new(start, place(more.or(first), span.end - 1) + 1)
    }

    /// Whether a page number stands in the source inside of a span of the flow.
    pub(crate) fn is_interrupted(&self, span: Span<InFlow>) -> bool {
        let place = self.source(span);
        let inside = |block: &Block| block.shape == Shape::Furniture && place.contains(self.source(block.span));
        let after = self.blocks.partition_point(|block| block.span.end <= span.start);
        self.blocks.iter().skip(after + 1).take_while(|block| block.shape == Shape::Furniture).any(inside)
    }

    /// The part of a span that stands unbroken in the source.
    pub(crate) fn first_run(&self, span: Span<InFlow>) -> Span<InFlow> {
        let next = self.runs.partition_point(|run| run.flow <= span.start);
        let end = self.runs.get(next).map_or(span.end, |run| run.flow.min(span.end));
        Span::new(span.start, end)
    }

    fn push(&mut self, source: Span<InSource>, words: &str) {
        let flow = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.runs.push(Run { flow, source: source.start });
        self.text.push_str(words);
    }

    fn close(&mut self, start: usize, shape: Shape, first: Line) {
        let Line { apart, row, .. } = first;
        self.blocks.push(Block { span: Span::at(start, self.text.len()), shape, apart, row });
        self.text.push('\n');
    }
}

/// Makes a text flow.
#[must_use]
pub fn reflow(source: &str, lexicon: &Lexicon) -> FlowText {
    let lines = Lines::new(source, lexicon);
    let wrap = lines.wrap_width();
    let most = lines.all.len();
    let mut flow = FlowText {
        text: String::with_capacity(source.len() + most + 16),
        blocks: Vec::with_capacity(most),
        runs: Vec::with_capacity(most),
    };
    let mut open: Option<Paragraph> = None;
    let mut furniture: Vec<Line> = Vec::new();
    let mut rest = lines.all.iter().peekable();
    while let Some(line) = rest.next() {
        if open.is_some() && line.is_page_number() {
            furniture.push(*line);
            continue;
        }
        if let Some(paragraph) = open.as_mut().filter(|_| line.part.goes_on() && line.place.is_none()) {
            flow.push(line.span, line.span.of(source));
            paragraph.last = *line;
            continue;
        }
        if let Some(paragraph) = &mut open {
            // A page number between two lines is no reason to part them, but digits on both sides of it are two numbers.
            let parted =
                !furniture.is_empty() && paragraph.last.ends_in_digits(source) && line.starts_with_digits(source);
            // 平均批发价格⏎|⏎环比: a bar ends its cell.
            let parted = parted || paragraph.last.part.closes();
            if !parted && paragraph.last.continues_in(line, wrap, lexicon, source) {
                let grouped = paragraph.last.breaks_group(line, source);
                if !grouped && paragraph.last.ends_in_latin(source) && line.starts_with_latin(source) {
                    let end = paragraph.last.span.end;
                    flow.push(Span::new(end, end + 1), " ");
                }
                flow.push(line.span, line.span.of(source));
                paragraph.last = *line;
                continue;
            }
        }
        close(&mut flow, open.take(), &mut furniture, source);
        let start = flow.text.len();
        flow.push(line.span, line.span.of(source));
        if let Some(place) = line.place {
            // 本期比上年⏎同期增减（%）: the halves of a header are one cell.
            while let Some(half) = rest.next_if(|half| half.row == line.row && half.place == line.place) {
                flow.push(half.span, half.span.of(source));
            }
            flow.close(start, Shape::Cell(place), *line);
        } else if line.is_page_number() {
            flow.close(start, Shape::Furniture, *line);
        } else {
            open = Some(Paragraph { start, first: *line, last: *line });
        }
    }
    close(&mut flow, open, &mut furniture, source);
    flow
}

/// A paragraph that is still open: where it starts in the flow, and its lines so far.
struct Paragraph {
    start: usize,
    first: Line,
    last: Line,
}

/// Closes the open paragraph and sets the page numbers that stood inside it behind it.
#[expect(clippy::needless_pass_by_value, reason = "a closed paragraph is nobody's any more")]
fn close(flow: &mut FlowText, open: Option<Paragraph>, furniture: &mut Vec<Line>, source: &str) {
    if let Some(Paragraph { start, first, last }) = open {
        let short = (first.span == last.span || last.part.goes_on()) && first.is_short(source);
        flow.close(start, if short { Shape::Short } else { Shape::Prose }, first);
    }
    for page in furniture.drain(..) {
        let start = flow.text.len();
        flow.push(page.span, page.span.of(source));
        flow.close(start, Shape::Furniture, page);
    }
}
