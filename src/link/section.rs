//! What a section and its heading set for the sentences in it: a time, results or aims, the day of an item of news.

use super::clause::Sentence;
use super::{BySection, Linker, Within, period, status};
use crate::calendar::Period;
use crate::segment::{Segment, SegmentKind};
use crate::terms::Status;
use crate::text::{InFlow, Span};

/// The shortest headline behind a day, in bytes.
const HEADLINE: u32 = 24;

impl Linker<'_> {
    /// Enters a section: its heading's period holds, or that of the section around it.
    pub(super) fn enter(&mut self, section: u32) {
        if self.section == section {
            return;
        }
        self.section = section;
        self.clock.standing = self.inherited(section, |set| set.0);
        self.clock.past_ends = (None, None);
        self.opened = None;
        self.item = None;
        self.within = Within::Text;
        self.carried = None;
        self.alike = self.alike.filter(|(_, said)| self.lies_in(section, *said));
        self.lead = None;
        self.last = None;
        self.earlier.clear();
        self.before = 0;
        self.promised = None;
    }

    /// Begins an item of news, which the items before tell nothing of.
    pub(super) fn begin_item(&mut self) {
        (self.opened, self.alike) = (None, None);
        self.clock.parts = Default::default();
    }

    /// Whether a section is another or lies in it.
    pub(super) fn lies_in(&self, mut at: u32, outer: u32) -> bool {
        while at != outer && at != 0 {
            at = self.document.outline.sections.get(at as usize).map_or(0, |section| section.parent);
        }
        at == outer
    }

    /// What a section's heading set, or the nearest one around it.
    pub(super) fn inherited<T>(&self, section: u32, of: impl Fn(&BySection) -> Option<T>) -> Option<T> {
        let mut at = section;
        loop {
            if let Some(found) = self.sections.get(at as usize).and_then(&of) {
                return Some(found);
            }
            if at == 0 {
                return None;
            }
            at = self.document.outline.sections.get(at as usize).map_or(0, |section| section.parent);
        }
    }

    /// 2018年4月26日 某公司净利增5%: a day and a headline open an item of news, which speaks from its own year. Gives the
    /// day, where no heading of a section does.
    pub(super) fn speaks_from(&mut self, segment: Segment, sentence: Sentence<'_>) -> Option<(Period, Span<InFlow>)> {
        let day = sentence.mentions.first().filter(|first| first.span.start == segment.span.start)?;
        if period::is_stamp(sentence, day, self.lexicon) {
            return None;
        }
        let behind = Span::<InFlow>::new(day.span.end, segment.span.end).of(sentence.text);
        let headed = segment.kind == SegmentKind::Heading;
        let when = day.when.filter(|when| when.first.day.is_some() && when.last.is_none())?;
        let year = when.first.year?;
        if !(headed || behind.starts_with([' ', '\u{3000}'])) || behind.len() <= HEADLINE as usize {
            return None;
        }
        self.clock.report_year = Some(year);
        self.certain_year = Some(year);
        when.resolve(None).map(|period| (period, day.span)).filter(|_| !headed)
    }

    /// 名词解释, 附件: whether a section stands outside of what the text sets out.
    pub(super) fn is_appended(&self, section: u32) -> bool {
        self.document.outline.sections.get(section as usize).is_some_and(|section| section.appended)
    }

    /// Notes what a heading says of its section.
    pub(super) fn heading(&mut self, segment: Segment, period: Option<(Period, Span<InFlow>)>) {
        let title = segment.span.of(self.document.text);
        let mut status = status::of_heading(title, self.lexicon).map(|(status, row)| (status, Some(row)));
        // A heading with a year yet to come sets out plans, where another heading or the title tells the year at hand;
        // so does 2025年主要工作 behind 2024年工作回顾. A day and a headline head an item of news, which speaks from
        // its own year.
        let day = period.filter(|(period, words)| {
            period.start == period.end
                && words.start == segment.span.start
                && segment.span.len() > words.len() + HEADLINE
        });
        if let (None, Some((period, _)), Some(now), false) = (status, period, self.clock.report_year, day.is_some()) {
            let year = period.start.year;
            let told = self.certain_year.or(self.reviewed).is_some();
            if told && year > now || year == now && self.looked_back.is_some_and(|back| back < year) {
                status = Some((Status::Target, None));
            }
            self.reviewed = self.reviewed.or(Some(year).filter(|year| *year <= now));
        }
        match status {
            Some((Status::Actual, _)) => {
                self.looked_back = period.map(|(period, _)| period.start.year).or(self.looked_back);
                self.planning = None;
            }
            Some((Status::Target, row)) if self.looked_back.is_some() => self.planning = Some((row, None)),
            _ if self.is_appended(segment.section) => self.planning = None,
            _ => {}
        }
        self.head_alike(segment);
        if let Some(slot) = self.sections.get_mut(segment.section as usize) {
            *slot = (period, status);
        }
        self.clock.standing = self.inherited(segment.section, |set| set.0);
        self.opened = None;
    }
}
