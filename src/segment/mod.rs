//! Stage 2: titles, headings, sentences, items and cells, and the section each stands in.
//!
//! Headings nest by the sort of their markers, in the order in which the sorts are met: a sort seen before closes all
//! sections down to it, a new one opens a section inside.

use std::borrow::Cow;

mod counted;
mod lines;
mod tables;

use counted::counted;
use lines::{
    is_appended, is_byline, is_date_line, is_dated_byline, is_month_line, is_numbered, is_occasion, is_timed,
    names_issuer, names_year, states_unit,
};
use tables::tables;

use crate::Lexicon;
use crate::lexicon::is_digit;
use crate::reflow::{Block, FlowText, Marker, Place, Shape, is_posted, marker};
use crate::text::{Ahead, InFlow, Span};

/// A marker at the front of a block, and its length.
type Found = Option<(Marker, usize)>;

/// A stretch of text that is read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where.
    pub span: Span<InFlow>,
    /// What it is.
    pub kind: SegmentKind,
    /// Its section, by its place in the outline.
    pub section: u32,
    /// Its block, by its place in the flow.
    pub block: u32,
    /// Bytes of the list marker at its front.
    pub marker: u32,
}

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// The title of the text.
    Title,
    /// The heading of its section.
    Heading,
    /// A short line that heads nothing.
    Caption,
    /// A sentence.
    Sentence,
    /// A cell of a table, by the table's place in the text.
    Cell {
        /// Cells of one table share it.
        table: u32,
        /// The number of its line.
        row: u32,
        /// Its place on the line, where it is one of several there.
        place: Option<Place>,
        /// Its four digits count, and are no year.
        counted: bool,
    },
    /// A page number.
    Furniture,
}

impl SegmentKind {
    /// The name that `show` prints.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Sentence => "sentence",
            Self::Cell { .. } => "cell",
            Self::Furniture => "furniture",
        }
    }
}

/// The sections of a text; section 0 is the whole.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Title and parent of each section.
    pub sections: Vec<Section>,
}

/// A section of the outline.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its heading.
    pub title: Span<InFlow>,
    /// The section it stands in.
    pub parent: u32,
    /// Whether it is appended to the text: notes, an annex.
    pub appended: bool,
}

impl Default for Outline {
    fn default() -> Self {
        Self { sections: vec![Section { title: Span::new(0, 0), parent: 0, appended: false }] }
    }
}

impl Outline {
    /// The headings down to a section, joined with ` › `.
    #[must_use]
    pub fn path<'a>(&self, section: u32, text: &'a str) -> Cow<'a, str> {
        let mut titles: Vec<&str> = self.ancestors(section).map(|title| title.of(text)).collect();
        titles.reverse();
        match titles.as_slice() {
            [] => Cow::Borrowed(""),
            [one] => Cow::Borrowed(one),
            _ => titles.join(" › ").into(),
        }
    }

    /// The titles of a section and of those around it, from the inside out.
    pub fn ancestors(&self, section: u32) -> impl Iterator<Item = Span<InFlow>> + '_ {
        std::iter::successors(Some(section), |at| self.sections.get(*at as usize).map(|section| section.parent))
            .take_while(|at| *at != 0)
            .filter_map(|at| self.sections.get(at as usize).map(|section| section.title))
    }
}

/// Cuts a flowing text into segments.
#[must_use]
pub fn segment(flow: &FlowText, lexicon: &Lexicon) -> (Vec<Segment>, Outline) {
    let mut outline = Outline::default();
    let mut segments = Vec::with_capacity(flow.text.len() / 60 + 1);
    let markers: Vec<_> = flow.blocks.iter().map(|block| marker(block.span.of(&flow.text), lexicon)).collect();
    let tables = tables(flow, &markers, lexicon);
    let counted = counted(flow, &tables, lexicon);
    let mut stops = Stops::new(&flow.text);
    // The open sections and the sort of marker that opened each; plain headings have none.
    let mut stack: Vec<(Option<Marker>, u32)> = Vec::new();
    let mut titled = false;
    for (index, block) in flow.blocks.iter().enumerate() {
        let text = block.span.of(&flow.text);
        let found = markers.get(index).copied().flatten();
        let counted = counted.get(index).copied().unwrap_or(false);
        let kind = match (block.shape, tables.get(index).copied().flatten()) {
            (Shape::Furniture, _) => SegmentKind::Furniture,
            (Shape::Cell(place), Some(table)) => {
                SegmentKind::Cell { table, row: block.row, place: Some(place), counted }
            }
            (_, Some(table)) => SegmentKind::Cell { table, row: block.row, place: None, counted },
            (Shape::Short, None) => short_kind(flow, index, &markers, &tables, titled, lexicon),
            _ => SegmentKind::Sentence,
        };
        titled |= !matches!(kind, SegmentKind::Furniture | SegmentKind::Cell { .. } | SegmentKind::Caption);
        // The headline of one item of news heads no other.
        if is_timed(text) {
            let item = |(_, section): &(_, u32)| {
                outline.sections.get(*section as usize).is_some_and(|section| is_timed(section.title.of(&flow.text)))
            };
            stack.truncate(stack.iter().position(item).unwrap_or(stack.len()));
        }
        if kind == SegmentKind::Heading {
            // What is appended belongs to the whole.
            let appended = is_appended(text, lexicon);
            if appended {
                stack.clear();
            }
            open_section(&mut outline, &mut stack, found.map(|(sort, _)| sort), (block.span, appended));
        }
        let section = stack.last().map_or(0, |(_, section)| *section);
        let block_index = u32::try_from(index).unwrap_or(u32::MAX);
        // A year at the front of a heading is a date, not a list number.
        let listed = found.filter(|(sort, _)| !matches!(sort, Marker::Year | Marker::Hash));
        // (85) behind the first cell of a row is an amount.
        let amount = matches!(kind, SegmentKind::Cell { place: Some(place), .. } if place.column > 0);
        let listed = listed.filter(|_| !amount);
        let marker = listed.map_or(0, |(_, length)| u32::try_from(length).unwrap_or(0));
        let whole = Segment { span: block.span, kind, section, block: block_index, marker };
        if kind == SegmentKind::Sentence {
            push_sentences(&mut segments, whole, text, &mut stops);
        } else {
            segments.push(whole);
        }
    }
    (segments, outline)
}

/// Opens a section inside the nearest open one whose heading was of another sort.
fn open_section(
    outline: &mut Outline,
    stack: &mut Vec<(Option<Marker>, u32)>,
    sort: Option<Marker>,
    (title, appended): (Span<InFlow>, bool),
) {
    if let Some(depth) = stack.iter().position(|(open, _)| *open == sort) {
        stack.truncate(depth);
    }
    let parent = stack.last().map_or(0, |(_, section)| *section);
    let section = u32::try_from(outline.sections.len()).unwrap_or(u32::MAX);
    outline.sections.push(Section { title, parent, appended });
    stack.push((sort, section));
}

/// A short line heads what follows, titles the text, or stands for itself.
fn short_kind(
    flow: &FlowText,
    index: usize,
    markers: &[Found],
    tables: &[Option<u32>],
    titled: bool,
    lexicon: &Lexicon,
) -> SegmentKind {
    let sort_of = |index: usize| markers.get(index).copied().flatten().map(|(sort, _)| sort);
    let sort = sort_of(index);
    let next = flow.blocks.iter().enumerate().skip(index + 1).find(|(_, block)| block.shape != Shape::Furniture);
    let words = flow.blocks.get(index).map_or("", |block| block.span.of(&flow.text));
    // A day over a table is that of its figures.
    let dates_table = next.is_some_and(|(next, _)| tables.get(next).is_some_and(Option::is_some));
    if states_unit(words, lexicon)
        || is_numbered(words, lexicon)
        || is_byline(words, lexicon)
        || titled
            && !dates_table
            && (is_date_line(words)
                || is_dated_byline(words, index == 1)
                || is_occasion(words, lexicon)
                || dates_cover(flow, index, lexicon))
    {
        return SegmentKind::Caption;
    }
    // One of several captions heads nothing, even where it is the last of them.
    let before = index.checked_sub(1).filter(|before| sort_of(*before).is_none());
    let grouped = before.and_then(|before| flow.blocks.get(before)).is_some_and(|before| before.shape == Shape::Short);
    let heads = next.is_some_and(|(next, block)| match block.shape {
        Shape::Prose | Shape::Cell(_) => true,
        Shape::Short => !grouped && sort_of(next).is_some_and(|inner| sort != Some(inner)),
        Shape::Furniture => false,
    });
    match sort {
        Some(Marker::Chapter | Marker::Han | Marker::HanBracket | Marker::Word | Marker::Year | Marker::Hash) => {
            SegmentKind::Heading
        }
        // An item says something by itself.
        Some(Marker::Bullet) => SegmentKind::Sentence,
        // Whose text it is, and its number, stand above the title.
        None if !titled && names_issuer(words, lexicon) && titles_behind(flow, index, &sort_of, lexicon) => {
            SegmentKind::Caption
        }
        None if !titled => SegmentKind::Title,
        _ if heads => SegmentKind::Heading,
        _ => SegmentKind::Caption,
    }
}

/// Whether a line with the day of a web page, or with a month that is not the first of a chronicle's, stands on the cover.
fn dates_cover(flow: &FlowText, index: usize, lexicon: &Lexicon) -> bool {
    let is_month = |block: &Block| block.shape == Shape::Short && is_month_line(block.span.of(&flow.text), lexicon);
    let posted = |block: &Block| is_posted(block.span.of(&flow.text));
    let short = |block: &Block| matches!(block.shape, Shape::Short | Shape::Furniture);
    let alone = |block: &Block| is_month(block) && !flow.blocks.iter().skip(index + 1).any(is_month);
    flow.blocks.get(index).is_some_and(|block| posted(block) || alone(block))
        && flow.blocks.iter().take(index).all(short)
}

/// Whether the short line behind one names a year, as a title does.
fn titles_behind(flow: &FlowText, index: usize, sort_of: &dyn Fn(usize) -> Option<Marker>, lexicon: &Lexicon) -> bool {
    let next = flow.blocks.get(index + 1).filter(|next| next.shape == Shape::Short && sort_of(index + 1).is_none());
    next.is_some_and(|next| names_year(next.span.of(&flow.text), lexicon))
}

/// The longest sentence in bytes. What goes on longer is no sentence, and the cost of linking grows with its square.
const LONGEST: usize = 3_000;

/// Splits a block behind 。！？ and their closing quotes; a 。 between digits is a decimal point.
fn push_sentences(segments: &mut Vec<Segment>, block: Segment, text: &str, stops: &mut Stops<'_>) {
    let mut start = 0usize;
    let mut marker = block.marker;
    let mut push_one = |start: usize, end: usize| {
        let sentence = text.get(start..end).unwrap_or_default();
        let head = sentence.len() - sentence.trim_start().len();
        let end = start + sentence.trim_end().len();
        if end > start + head {
            let from = block.span.from();
            segments.push(Segment { span: Span::at(from + start + head, from + end), marker, ..block });
            marker = 0;
        }
    };
    let mut push = |mut start: usize, end: usize| {
        while end - start > LONGEST {
            let cut = start + cut_at(text.get(start..).unwrap_or_default());
            push_one(start, cut);
            start = cut;
        }
        push_one(start, end);
    };
    let from = block.span.from();
    let mut behind = 0;
    while let Some((at, ch)) = stops.next(from + behind).filter(|(at, _)| *at < block.span.to()) {
        let at = at - from;
        let mut end = at + ch.len_utf8();
        behind = end;
        let digit = |c: Option<char>| c.is_some_and(|c| ('０'..='９').contains(&c));
        let rest = text.get(end..).unwrap_or_default();
        if ch == '。' && digit(rest.chars().next()) && digit(text.get(..at).and_then(|head| head.chars().next_back()))
        {
            continue;
        }
        end += rest.len()
            - rest
                .trim_start_matches(|c| {
                    matches!(c, '。' | '！' | '？' | '!' | '?' | '”' | '’' | '」' | '』' | '）' | ')')
                })
                .len();
        push(start, end);
        (start, behind) = (end, end);
    }
    push(start, text.len());
}

/// Where a text without a full stop is cut: behind the last ；，、 or space before the limit, else at its last character
/// that stands in no number; at least one character on.
fn cut_at(text: &str) -> usize {
    let limit = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let head = text.get(..limit).unwrap_or(text);
    let behind =
        |stops: &[char]| head.rfind(stops).and_then(|at| Some(at + head.get(at..)?.chars().next()?.len_utf8()));
    let pause = behind(&['；', ';']).or_else(|| behind(&['，', '、', ' '])).filter(|at| *at * 2 > limit);
    let numeric = |c: char| is_digit(c) || matches!(c, '.' | ',' | '，' | '．');
    if let Some(pause) = pause {
        return pause;
    }
    let free = head.trim_end_matches(numeric).len();
    if free * 2 > limit {
        return free;
    }
    let rest = text.get(free..).unwrap_or_default();
    let commas = rest.char_indices().take_while(|(_, c)| numeric(*c)).filter(|(_, c)| matches!(c, ',' | '，'));
    let mut cuts = commas.map(|(at, comma)| free + at + comma.len_utf8()).filter(|at| *at * 2 > limit);
    if let Some(listed) = cuts.find(|at| !text.get(*at..).is_some_and(opens_group)) {
        return listed;
    }
    // One number fills the rest: it stays whole, with the words behind it.
    let behind = rest.trim_start_matches(numeric);
    let words = behind.find(|c: char| matches!(c, '，' | '；' | '、') || numeric(c)).unwrap_or(behind.len());
    text.len() - behind.len() + words
}

/// Whether three digits stand at the front, as behind a comma of a number: 234 of 1,234.
fn opens_group(text: &str) -> bool {
    let digits = text.chars().take_while(|c| is_digit(*c)).take(4).count();
    digits == 3
}

/// The marks that end a sentence, each looked for on its own: a look for all at once stops at the bytes that they share
/// with every tenth character.
struct Stops<'a> {
    marks: [(char, Ahead<'a>); 5],
}

impl<'a> Stops<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            marks: ['。', '！', '？', '!', '?'].map(|mark| (mark, Ahead::new(text, mark.encode_utf8(&mut [0; 4]))))
        }
    }

    /// The first stop from byte `at` on.
    fn next(&mut self, at: usize) -> Option<(usize, char)> {
        self.marks.iter_mut().filter_map(|(mark, ahead)| Some((ahead.from(at)?, *mark))).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linking looks through the sentence for each of its numbers: without an end to sentences it takes the square.
    #[test]
    fn no_list_of_numbers_is_one_sentence() {
        let lexicon = Lexicon::builtin();
        for item in ["1,", "1,234,567,", "1,23，", "3、", "7 ", "a1", "1万", "1-", "2020年", "0.5,1234,"] {
            let flow = crate::reflow::reflow(&item.repeat(20_000), &lexicon);
            let (segments, _) = segment(&flow, &lexicon);
            let longest = segments.iter().map(|segment| segment.span.len()).max();
            assert!(longest.is_some_and(|longest| longest as usize <= LONGEST), "{item} {longest:?}");
        }
    }
}
