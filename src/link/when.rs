//! Which time a number is about: the clock told of each date as it is passed.

use super::clause::Field;
use super::period::Sign;
use super::relation::Reading;
use super::sentence::State;
use super::{Linker, Observation};
use crate::calendar::Period;
use crate::lexicon::PeriodWord;
use crate::terms::{Comparison, Relation};
use crate::text::{InFlow, Span};
use crate::trace::Column;

impl Linker<'_> {
    /// Tells the clock of the dates up to a number; gives the period that the number's own words name.
    pub(super) fn tell_until(
        &mut self,
        end: u32,
        reading: &Reading,
        field: &Field,
        state: &mut State,
        signs: &[(Span<InFlow>, Sign)],
    ) -> Option<Period> {
        let mut dated = None;
        while let Some((span, sign)) = signs.get(state.next_sign).filter(|(span, _)| span.start < end) {
            state.next_sign += 1;
            if reading.compared.is_some_and(|compared| compared.overlaps(*span)) {
                continue;
            }
            // What 从 opens is past where the sentence goes on.
            if reading.opened && field.left.contains(*span) {
                dated = self.resolved(*sign).or(dated);
                continue;
            }
            let told = self.tell(*span, *sign, state);
            if field.left.contains(*span) {
                dated = told.or(dated);
            }
            if let (Sign::Window(..), Some(window)) = (sign, told) {
                state.window = Some((window, *span));
            }
        }
        dated.or(state.window.filter(|(_, words)| field.clause.contains(*words)).map(|(window, _)| window))
    }

    pub(super) fn tell(&mut self, span: Span<InFlow>, sign: Sign, state: &State) -> Option<Period> {
        if state.versus.is_some_and(|(_, _, phrase)| phrase.contains(span)) {
            return None;
        }
        if let Sign::Date(when, _) = sign
            && let Some(month) = when.last.and_then(|last| last.month).or(when.first.month)
        {
            self.clock.month = Some(month);
        }
        let period = self.resolved(sign)?;
        let lasting = match sign {
            // 近两年 and 上年同期 are said of one number only.
            Sign::Window(..) | Sign::Word(PeriodWord::SamePeriodBefore) => return Some(period),
            Sign::Date(when, until) => !(until || when.to_date),
            Sign::Word(word) => !matches!(word, PeriodWord::Term(_)),
            Sign::Since(_) => false,
        };
        self.clock.note(period, span, lasting);
        if lasting && state.past.is_empty() && span.start <= state.start + 12 && period.start != period.end {
            self.opened = self.clock.current;
        }
        Some(period)
    }

    /// The days that a sign of time means here.
    pub(super) fn resolved(&self, sign: Sign) -> Option<Period> {
        match sign {
            Sign::Date(when, until) => self.clock.resolve(&when, until),
            Sign::Word(word) => self.clock.resolve_word(word),
            Sign::Window(years, ahead) => self.clock.window(years, ahead),
            Sign::Since(when) => self.clock.since(&when),
        }
    }

    pub(super) fn period(&mut self, reading: &Reading, dated: Option<Period>, out: &mut Observation) {
        let (from, to) = self.clock.ends;
        let mut rule = "the nearest time named before";
        let mut period = dated.or(self.clock.current.map(|(period, _)| period));
        if reading.opened {
            self.clock.ends.0 = dated.or(from);
            period = dated.or(from).or(period);
            rule = "the earlier of two times";
        } else if reading.reached {
            self.clock.ends.1 = dated.or(to);
            period = dated.or(to).or(period);
            rule = "the later of two times";
        } else if reading.relation == Relation::Level && reading.comparison == Some(Comparison::Period) {
            // 是1997年的1.8倍: the two years also hold for a 从…到… that follows.
            let base = reading.base.and_then(|base| self.document.mention_at(base));
            self.clock.ends = (base.and_then(|base| self.clock.resolve(&base.when?, false)), period);
        } else if out.comparison == Some(Comparison::AnnualAverage)
            && let (Some(from), Some(to)) = (from, to)
        {
            period = Some(Period { start: from.start, end: to.end });
            rule = "over the years named";
        }
        out.period = period;
        let words = self.clock.current.map(|(_, words)| words).filter(|words| !words.is_empty());
        if period.is_some() {
            out.note(Column::Period, if words.is_none() { "the year of the text" } else { rule }, None, words);
        }
    }
}
