//! Stage 7: what each number says: its indicator, relation, direction, comparison, period and status.
//!
//! Sentences are read in order. Each quantity is read by its own words first ([`relation`], [`indicator`]); what they
//! leave open comes from the numbers before it in the sentence, then from the section, then from the text.

mod against;
mod aim;
mod alike;
mod aside;
mod base;
mod basis;
mod before;
mod beyond;
mod caption;
mod clause;
mod clock;
mod columns;
mod counterpart;
mod deal;
mod distribute;
mod edges;
mod grid;
mod ground;
mod group;
mod handed;
mod header;
mod heads;
mod hold;
mod indicator;
mod law;
mod lead;
mod list;
mod listed;
mod manner;
mod multiple;
mod named_years;
mod names;
mod noun;
mod noun_end;
mod object;
mod of_noun;
mod parts;
mod period;
mod planned;
mod portion;
mod relation;
mod remark;
mod runs;
mod scope;
mod section;
mod sentence;
mod shares;
mod sign;
mod sole;
mod status;
mod stretch;
mod subject;
mod table;
mod turn;
mod twins;
mod unsaid;
mod verbs;
mod walk;
mod weighed;
mod when;
mod whole;
mod widen;
mod year;
mod year_brackets;
mod year_words;

use memchr::memmem;

use crate::calendar::Period;
use crate::lexicon::{Entry, Lexicon, Roles, RowId};
use crate::mention::Mention;
use crate::options::Options;
use crate::segment::{Outline, Segment, SegmentKind};
use crate::terms::{Comparison, Direction, Relation, Status};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::{Column, Trace};
use clause::Sentence;
use clock::Clock;

/// What a mention says; the fields of a quantity are empty for dates and labels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observation {
    pub(crate) indicator: Phrase,
    pub(crate) relation: Option<Relation>,
    pub(crate) direction: Option<Direction>,
    pub(crate) comparison: Option<Comparison>,
    /// The mention that this one qualifies.
    pub(crate) of: Option<u32>,
    pub(crate) period: Option<Period>,
    pub(crate) status: Option<Status>,
    /// It only numbers a row of a table.
    pub(crate) index: bool,
    /// A unit that a table's header or caption states.
    pub(crate) unit: Option<crate::quantity::StatedUnit>,
    pub(crate) trace: Trace,
}

/// The mentions and words of one segment, as ranges of the document's, and the parts that its words play.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) mentions: (u32, u32),
    pub(crate) words: (u32, u32),
    pub(crate) roles: Roles,
}

impl Part {
    /// A segment whose mentions and words are those of the document from some places on.
    pub(crate) fn new(
        from: (u32, u32),
        mentions: &[Mention],
        words: &[(RowId, Span<InFlow>)],
        lexicon: &Lexicon,
    ) -> Self {
        let range = |from: u32, all: usize| (from, u32::try_from(all).unwrap_or(u32::MAX).max(from));
        let mut roles = Roles::default();
        for (row, _) in words.get(from.1 as usize..).unwrap_or_default() {
            if let Some(Entry::Cue(role)) = lexicon.entry(*row) {
                roles.insert(*role);
            }
        }
        Self { mentions: range(from.0, mentions.len()), words: range(from.1, words.len()), roles }
    }
}

/// A document as the earlier stages read it.
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    pub(crate) outline: &'a Outline,
    pub(crate) segments: &'a [Segment],
    pub(crate) parts: &'a [Part],
    pub(crate) mentions: &'a [Mention],
    pub(crate) words: &'a [(RowId, Span<InFlow>)],
}

impl<'a> Document<'a> {
    /// The mention that stands exactly there.
    pub(crate) fn mention_at(&self, span: Span<InFlow>) -> Option<&'a Mention> {
        let at = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions.get(at).filter(|mention| mention.span == span)
    }

    pub(crate) fn sentence(&self, index: usize) -> Option<(Segment, Sentence<'a>, u32)> {
        let (segment, part) = (self.segments.get(index)?, self.parts.get(index)?);
        let mentions = self.mentions.get(part.mentions.0 as usize..part.mentions.1 as usize)?;
        let words = self.words.get(part.words.0 as usize..part.words.1 as usize)?;
        let headline = matches!(segment.kind, SegmentKind::Heading | SegmentKind::Title);
        Some((
            *segment,
            Sentence { text: self.text, span: segment.span, words, mentions, roles: part.roles, headline },
            part.mentions.0,
        ))
    }
}

/// In what a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    /// An item of a list, of one paragraph.
    Item,
    /// A section of items of news, each of one paragraph or more.
    News,
}

/// What a section's heading set: a period and its words, a status and its row.
type BySection = (Option<(Period, Span<InFlow>)>, Option<(Status, Option<RowId>)>);

/// What opens a list of aims: its row and words, and whether a full stop closed an item of the list.
#[derive(Debug, Clone, Copy)]
struct Lead {
    row: RowId,
    words: Span<InFlow>,
    closed: bool,
}

/// The state that sentences hand on.
pub(crate) struct Linker<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    traced: bool,
    clock: Clock,
    /// The year of the text where its title or date line tells it.
    certain_year: Option<i16>,
    /// The title names a year, which the text reports on as a whole.
    annual: bool,
    /// A heading named the year at hand or one before.
    reviewed: Option<i16>,
    /// The year that a heading over results named.
    looked_back: Option<i16>,
    /// A heading or a sentence behind the review of a year set out plans: what follows does too, where no heading says otherwise.
    planning: Option<(Option<RowId>, Option<Span<InFlow>>)>,
    /// The period and the status that each section's heading set.
    sections: Vec<BySection>,
    section: u32,
    /// The status of the sentence before, where a word of that sentence set it.
    carried: Option<status::Cue>,
    /// 主要预期目标是： over a list of lines.
    lead: Option<Lead>,
    /// The first year of a text that tells of years that are over, and of nothing that is aimed at.
    history: Option<i16>,
    /// What a plan that the paragraph quotes sets: 规划提出，….
    quoted: Option<status::Cue>,
    /// Where the articles of a law start.
    law_from: Option<u32>,
    /// The sentence at hand is of a law.
    law: bool,
    block: u32,
    /// The time that opened a sentence of the section: it holds for the paragraphs that follow.
    opened: Option<(Period, Span<InFlow>)>,
    /// The same where an item of a list opened it: it holds to the next item.
    item: Option<(Period, Span<InFlow>)>,
    within: Within,
    /// The part of a year told of last before the first heading.
    opening: Option<Period>,
    /// A time after the text's year that a plan or forecast named in this section.
    promised: Option<Period>,
    /// Sentences since.
    since_promised: u8,
    /// 比去年同期（下同）: what the changes that follow are compared with, in the section that says so and those inside.
    alike: Option<(Comparison, u32)>,
    /// 从环比看，: what the changes of the paragraph are compared with.
    seen: Option<(Comparison, Span<InFlow>)>,
    /// Where the text says 下同.
    notes: Vec<u32>,
    /// The subject of the sentence before, and the level that it named last.
    last: Option<(Phrase, Option<u32>)>,
    /// The last numbers of the section before the sentence at hand.
    earlier: Vec<sentence::Past>,
    /// How many of them the sentence before holds.
    before: usize,
    /// Room for those of the sentence at hand.
    spare: Vec<sentence::Past>,
    signs: Vec<period::Told>,
    cues: Vec<status::Cue>,
}

/// Links every mention of a document; the result has one observation for each.
pub(crate) fn link(
    document: &Document<'_>,
    options: &Options,
    lexicon: &Lexicon,
    units: &mut crate::quantity::Units,
) -> Vec<Observation> {
    let years = year::find(document, options.year, lexicon);
    let mut linker = Linker {
        document,
        lexicon,
        traced: options.trace,
        clock: Clock {
            report_year: years.now.or(years.default),
            fiscal: years.fiscal,
            written: years.written,
            written_month: years.month,
            written_on: years.day,
            guessed: years.guessed,
            ..Clock::default()
        },
        certain_year: years.certain,
        annual: years.title.is_some_and(Period::is_year),
        reviewed: None,
        looked_back: None,
        planning: None,
        sections: vec![(None, None); document.outline.sections.len()],
        section: u32::MAX,
        carried: None,
        lead: None,
        history: years.history,
        quoted: None,
        law_from: law::law_from(document, lexicon),
        law: false,
        block: u32::MAX,
        promised: None,
        since_promised: 0,
        opened: None,
        item: None,
        within: Within::Text,
        opening: None,
        alike: None,
        seen: None,
        notes: memmem::find_iter(document.text.as_bytes(), "下同").filter_map(|at| u32::try_from(at).ok()).collect(),
        last: None,
        earlier: Vec::new(),
        before: 0,
        spare: Vec::new(),
        signs: Vec::new(),
        cues: Vec::new(),
    };
    let default = years.title.or(years.default.map(Period::year)).map(|period| (period, Span::new(0, 0)));
    if let Some(root) = linker.sections.first_mut() {
        root.0 = default;
    }
    if let Some(title) = years.title {
        linker.clock.note_part(title);
        linker.opening = Some(title);
    }
    let mut out: Vec<Observation> = Vec::with_capacity(document.mentions.len());
    out.resize_with(document.mentions.len(), Observation::default);
    let mut index = 0;
    while let Some((segment, sentence, base)) = document.sentence(index) {
        if let SegmentKind::Cell { table, .. } = segment.kind {
            linker.enter(segment.section);
            index = linker.table(index, table, units, &mut out);
            continue;
        }
        linker.enter(segment.section);
        linker.sentence(segment, sentence, base, &mut out);
        // 云州市2022年前三季度运行情况: the days that the title names hold, not those of its last words.
        if segment.kind == SegmentKind::Title && years.title.is_some() {
            linker.clock.standing = default;
            linker.opened = None;
        }
        index += 1;
    }
    out
}

impl Observation {
    fn new(traced: bool) -> Self {
        Self { trace: Trace::new(traced), ..Self::default() }
    }

    fn note(&mut self, column: Column, rule: &'static str, row: Option<RowId>, words: Option<Span<InFlow>>) {
        self.trace.note(column, rule, row, words);
    }
}
