//! The stages in order, and nothing else.

use std::cell::OnceCell;
use std::time::{Duration, Instant};

use crate::lex::{self, Lexemes, ShapeCache, Shapes};
use crate::lexicon::{Institution, Lexicon, RowId};
use crate::link::{self, Document, Part};
use crate::mention::{self, Mention};
use crate::normalise::{self, Extraction, Linked, Money};
use crate::numeral::{self, Numeral};
use crate::options::Options;
use crate::quantity::{self, Quantity, Units};
use crate::reflow::{self, FlowText};
use crate::segment::{self, Outline, Segment};
use crate::terms::Currency;
use crate::text::{Diagnostic, InFlow, InSource, Offsets, Severity, Span};

mod show;

pub use show::{Shown, Stage};

/// The stages with their lexicon. Shared between threads, it reads any number of texts.
///
/// ```
/// use taizhang::{Lexicon, Options, Pipeline};
///
/// let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
/// let extraction = pipeline.extract("全年新建社区食堂12家，服务老人约3万人次。");
/// let facts: Vec<_> = extraction.facts().map(|fact| (fact.text(), fact.indicator().unwrap_or_default().into_owned())).collect();
/// assert_eq!(facts[0], ("12家", "新建社区食堂".to_owned()));
/// assert_eq!(facts[1], ("3万人次", "服务老人".to_owned()));
/// ```
#[derive(Debug)]
pub struct Pipeline {
    lexicon: Lexicon,
    options: Options,
    shapes: Shapes,
}

/// How long a text may take.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    begun: Instant,
    limit: Duration,
}

impl Deadline {
    fn is_over(self) -> bool {
        self.begun.elapsed() >= self.limit
    }
}

/// What the stages up to the mentions made of a text.
struct Mentioned<'a> {
    flow: FlowText,
    segments: Vec<Segment>,
    outline: Outline,
    parts: Vec<Part>,
    mentions: Vec<Mention>,
    words: Vec<(RowId, Span<InFlow>)>,
    units: Units,
    institution: Option<Institution<'a>>,
}

impl Pipeline {
    /// A pipeline over a lexicon.
    #[must_use]
    pub fn new(lexicon: Lexicon, options: Options) -> Self {
        let shapes = Shapes::new(&lexicon);
        Self { lexicon, options, shapes }
    }

    /// The words it reads with.
    #[must_use]
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Hash over all that decides what is read from a text, but for the program's version: the words and the options.
    #[must_use]
    pub fn rule_set(&self) -> String {
        // A trace changes no row.
        let options = Options { trace: false, ..self.options.clone() };
        let hash = blake3::hash(format!("{}\t{options:?}", self.lexicon.fingerprint()).as_bytes());
        hash.to_hex().chars().take(16).collect()
    }

    /// Reads one text: pure, without I/O, for any text.
    #[must_use]
    pub fn extract(&self, text: &str) -> Extraction {
        self.extract_until(text, None).unwrap_or_default()
    }

    /// Reads one text as [`Pipeline::extract`] does, and gives up on it once it has taken longer than `limit`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use taizhang::{Lexicon, Options, Pipeline};
    ///
    /// let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    /// assert!(pipeline.extract_within("新建学校3所。", Duration::from_secs(60)).is_some());
    /// assert!(pipeline.extract_within("新建学校3所。", Duration::ZERO).is_none());
    /// ```
    #[must_use]
    pub fn extract_within(&self, text: &str, limit: Duration) -> Option<Extraction> {
        self.extract_until(text, Some(Deadline { begun: Instant::now(), limit }))
    }

    fn extract_until(&self, text: &str, deadline: Option<Deadline>) -> Option<Extraction> {
        if let Some(diagnostic) = unreadable(text) {
            return Some(Extraction { diagnostics: vec![diagnostic], ..Extraction::default() });
        }
        let mut read = self.mentioned(text, deadline)?;
        let document = Document {
            text: &read.flow.text,
            outline: &read.outline,
            segments: &read.segments,
            parts: &read.parts,
            mentions: &read.mentions,
            words: &read.words,
        };
        let observations = link::link(&document, &self.options, &self.lexicon, &mut read.units);
        let offsets = Offsets::new(text);
        let mut segments = read.parts.iter().zip(&read.segments);
        let mut current = segments.next();
        let linked =
            read.mentions.iter_mut().zip(&observations).enumerate().filter_map(|(index, (mention, observation))| {
                while current.is_some_and(|(part, _)| part.mentions.1 as usize <= index) {
                    current = segments.next();
                }
                current.map(|(_, segment)| Linked { mention, observation, segment })
            });
        let mut records = normalise::records(linked, &read.flow, text, &offsets);
        let mut units = read.units.all;
        let money = read.institution.map_or(Money::set(self.options.currency.as_str()), Money::of);
        if read.institution.is_some() || money.currency != Currency::default().as_str() {
            normalise::localise(&mut records, &mut units, money, &read.flow.text);
        }
        normalise::ones(&mut records, &mut units);
        Some(Extraction { flow: read.flow, outline: read.outline, units, records, diagnostics: Vec::new() })
    }

    /// The stages from reflow to mention; nothing where they take longer than they may.
    fn mentioned(&self, text: &str, deadline: Option<Deadline>) -> Option<Mentioned<'_>> {
        let flow = reflow::reflow(text, &self.lexicon);
        let (segments, outline) = segment::segment(&flow, &self.lexicon);
        let mut units = Units::default();
        let mut parts = Vec::with_capacity(segments.len());
        // About what a report full of figures holds; a longer text grows as it is read.
        let most = text.len().min(1 << 22);
        let (mut mentions, mut words) = (Vec::with_capacity(most / 32), Vec::with_capacity(most / 8));
        let institution = self.lexicon.institution(&flow.text);
        let mut buffers = self.buffers(institution);
        for (number, segment) in segments.iter().enumerate() {
            // What comes behind takes time in proportion, and is not stopped.
            if number % 64 == 0 && deadline.is_some_and(Deadline::is_over) {
                return None;
            }
            self.segment(&flow.text, *segment, &mut units, &mut buffers);
            let from = (length(&mentions), length(&words));
            mentions.append(&mut buffers.mentions);
            if from.0 < length(&mentions) || !buffers.lexemes.shapes.is_empty() {
                words.append(&mut buffers.lexemes.words);
            }
            parts.push(Part::new(from, &mentions, &words, &self.lexicon));
        }
        Some(Mentioned { flow, segments, outline, parts, mentions, words, units, institution })
    }

    fn buffers(&self, institution: Option<Institution<'_>>) -> Buffers<'_> {
        Buffers {
            cache: self.shapes.cache(),
            lexemes: Lexemes::of(institution.is_some_and(Institution::counts_by_republic)),
            numerals: Vec::new(),
            quantities: Vec::new(),
            mentions: Vec::new(),
        }
    }

    /// The stages from lex to mention over one segment.
    fn segment(&self, text: &str, segment: Segment, units: &mut Units, buffers: &mut Buffers<'_>) {
        let Buffers { cache, lexemes, numerals, quantities, mentions } = buffers;
        lex::lex(text, segment.span, &self.shapes, cache, &self.lexicon, lexemes);
        if lexemes.shapes.is_empty() && lexemes.words.is_empty() && segment.marker == 0 {
            return mentions.clear();
        }
        // 第十二条 is a place in an order; the other numbers of lists count nothing.
        let marker = Span::<InFlow>::new(segment.span.start, segment.span.start + segment.marker).of(text);
        let skipped = if marker.starts_with('第') { 0 } else { segment.marker };
        let body = Span::new(segment.span.start + skipped, segment.span.end);
        numeral::numerals(text, body, lexemes, &self.lexicon, numerals);
        let context =
            quantity::Context { traced: self.options.trace, text, segment: body, lexemes, lexicon: &self.lexicon };
        quantity::quantities(&context, numerals, units, quantities);
        let context = mention::Context {
            traced: self.options.trace,
            text,
            segment,
            lexemes,
            lexicon: &self.lexicon,
            codes: OnceCell::new(),
        };
        mention::mentions(&context, quantities, mentions);
    }
}

/// What the stages reuse from segment to segment.
struct Buffers<'a> {
    cache: ShapeCache<'a>,
    lexemes: Lexemes,
    numerals: Vec<Numeral>,
    quantities: Vec<Quantity>,
    mentions: Vec<Mention>,
}

fn length<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// A text that holds nothing, or more than offsets can count.
fn unreadable(text: &str) -> Option<Diagnostic> {
    let (severity, code, message) = if text.trim().is_empty() {
        (Severity::Warning, "empty-document", "the document holds no text")
    } else if u32::try_from(text.len()).is_err() {
        (Severity::Error, "too-long", "the document is longer than 4 GiB; split it")
    } else {
        return None;
    };
    Some(Diagnostic { severity, code, span: Span::<InSource>::new(0, 0), message: message.to_owned() })
}
