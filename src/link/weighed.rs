//! What was weighed for the indicator, the period and the status of a number and lost; looked for only where a trace is
//! kept.

use super::clause::{Field, Sentence};
use super::hold::Hold;
use super::period;
use super::relation::Reading;
use super::sentence::State;
use super::{Linker, Observation, indicator, status};
use crate::lexicon::{Entry, Reach};
use crate::mention::Mention;
use crate::terms::Bound;
use crate::text::{InFlow, Phrase, Span};
use crate::trace::{Candidate, Column, Dropped, Reason};

/// A number and what was read of it.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub(super) sentence: Sentence<'a>,
    pub(super) mention: &'a Mention,
    pub(super) field: &'a Field,
    pub(super) reading: &'a Reading,
    /// It only tells when.
    pub(super) only_when: bool,
}

impl Linker<'_> {
    /// Notes the readings that lost.
    pub(super) fn weigh(&self, read: Read<'_>, cues: &[status::Cue], state: &State, out: &mut Observation) {
        self.weigh_words(read, state, out);
        self.weigh_times(read, state, out);
        self.weigh_cues(read, cues, out);
    }

    /// The other words that a number could be of.
    fn weigh_words(&self, read: Read<'_>, state: &State, out: &mut Observation) {
        let Read { sentence, field, .. } = read;
        let cleaned = |span: Span<InFlow>| {
            let mut phrase = Phrase::default();
            indicator::clean(sentence, span, self.lexicon, &mut phrase);
            phrase
        };
        let lost = if read.only_when { Reason::OnlyWhen } else { Reason::Nearer };
        let before = Span::new(field.left.start, read.reading.subject_end.max(field.left.start));
        let nearest = state.last().map(|past| past.subject);
        let topic = self.topic(sentence, field);
        let scope = state.scope;
        let earlier = self.last.map(|(subject, _)| subject);
        let behind = (cleaned(field.right), Reason::Behind);
        let ahead = [Some(cleaned(before)), nearest, scope, topic, earlier].into_iter().flatten();
        let taken = out.indicator;
        for (phrase, reason) in ahead.map(|phrase| (phrase, lost)).chain([behind]) {
            let within = phrase.pieces().all(|piece| taken.pieces().any(|held| held.contains(piece)));
            if let (Some(first), Some(last), false) = (phrase.pieces().next(), phrase.pieces().last(), within) {
                let words = (first.start <= last.start).then(|| first.cover(last));
                out.trace.drop(Dropped { candidate: Candidate::Indicator(phrase), reason, row: None, words });
            }
        }
    }

    /// The other times of the sentence, of the section and of the text.
    fn weigh_times(&self, read: Read<'_>, state: &State, out: &mut Observation) {
        let taken = out.trace.step(Column::Period).words;
        let compared = |span: Span<InFlow>| {
            read.reading.compared.is_some_and(|compared| compared.overlaps(span))
                || state.versus.is_some_and(|(_, _, phrase)| phrase.contains(span))
        };
        period::weighed(read.sentence, false, self.lexicon, |span, sign, held| {
            let period = sign.and_then(|sign| self.resolved(sign));
            let reason = match held {
                Err(reason) => reason,
                _ if compared(span) => Reason::Compared,
                _ if span.start > read.mention.span.start => Reason::Behind,
                _ if period.is_none() => Reason::NoYear,
                Ok(Hold::Number) => Reason::OfAnother,
                Ok(_) => Reason::Nearer,
            };
            if taken != Some(span) && (period.is_none() || period != out.period) {
                let candidate = Candidate::Period(period);
                out.trace.drop(Dropped { candidate, reason, row: None, words: Some(span) });
            }
        });
        let text = self.sections.first().and_then(|root| root.0);
        for (period, words) in self.clock.standing.into_iter().chain(text) {
            if Some(period) != out.period {
                let words = (!words.is_empty()).then_some(words);
                let candidate = Candidate::Period(Some(period));
                out.trace.drop(Dropped { candidate, reason: Reason::Nearer, row: None, words });
            }
        }
    }

    /// The other words of plan and result in the sentence, and that of the section.
    fn weigh_cues(&self, read: Read<'_>, cues: &[status::Cue], out: &mut Observation) {
        let taken = out.trace.step(Column::Status).words;
        let place = read.mention.span.start;
        let limit = read.mention.quantity.as_ref().is_some_and(|quantity| quantity.bound != Bound::Exact);
        for cue in cues.iter().filter(|cue| Some(cue.words) != taken) {
            let reason = match cue {
                _ if cue.words.start > place => Reason::Behind,
                _ if place > cue.until => Reason::Ended,
                _ if cue.limits && !limit => Reason::OfLimits,
                _ => Reason::Nearer,
            };
            let (candidate, row) = (Candidate::Status(Some(cue.status)), Some(cue.row));
            out.trace.drop(Dropped { candidate, reason, row, words: Some(cue.words) });
        }
        for (row, span) in read.sentence.words {
            let Some(Entry::Status { reach, .. }) = self.lexicon.entry(*row) else { continue };
            if *reach != Reach::Section && Some(*span) != taken && !cues.iter().any(|cue| cue.words.overlaps(*span)) {
                let (candidate, reason) = (Candidate::Status(None), Reason::NoCue);
                out.trace.drop(Dropped { candidate, reason, row: Some(*row), words: Some(*span) });
            }
        }
        if let Some((status, row)) =
            self.inherited(self.section, |set| set.1).filter(|(status, _)| Some(*status) != out.status)
        {
            let candidate = Candidate::Status(Some(status));
            let title = self.document.outline.sections.get(self.section as usize).map(|section| section.title);
            out.trace.drop(Dropped { candidate, reason: Reason::Nearer, row, words: title });
        }
    }
}
