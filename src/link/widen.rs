//! What a number's own words are told of: a whole named before, what stands before a time, what another number measured.

use super::Linker;
use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::sentence::{Past, State};
use super::subject::OWN;
use crate::terms::Relation;
use crate::text::Phrase;

impl Linker<'_> {
    /// Adds to a number's own words what they are told of, named before; the rule.
    pub(super) fn widen(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        reading: &Reading,
        past: &mut Past,
        state: &State,
    ) -> &'static str {
        let of = |mut whole: Phrase, part: &Phrase| {
            part.pieces().for_each(|piece| whole.push(piece));
            whole
        };
        if let Some(scope) = state.scope {
            past.subject = of(scope, &past.subject);
            return "the words before the number, of the whole named before";
        }
        if self.is_seen_against(sentence, field, past) {
            return "the words before the number, of what is seen against something";
        }
        if let Some(told) = self.told_until(sentence, field, state) {
            past.subject = of(told, &past.subject);
        }
        if self.part(sentence, index, field, past, state) {
            return "a part of what was counted before";
        }
        let level = past.tail.is_empty() && reading.relation == Relation::Level;
        match self.completed(sentence, field, index, &past.subject, state).filter(|_| level) {
            Some((subject, rule)) => {
                past.subject = subject;
                rule
            }
            None => OWN,
        }
    }

    /// 指数在截至3月止三个月的平均升幅: what stands before the time that stands between it and what is told of it.
    fn told_until(&self, sentence: Sentence<'_>, field: &Field, state: &State) -> Option<Phrase> {
        let time = state.before().next().filter(|time| time.time && time.end == field.left.start)?;
        let before = self.document.mentions.get(time.mention as usize)?.span.before(sentence.text);
        let told = before.trim_end_matches('的').ends_with('止') && field.left.of(sentence.text).starts_with('的');
        told.then_some(time.subject)
    }

    /// A name with what an earlier number of its unit measured, which it leaves out; and the rule.
    fn completed(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        index: usize,
        subject: &Phrase,
        state: &State,
    ) -> Option<(Phrase, &'static str)> {
        if let Some(noun) = self.elided_noun(sentence, field, index, state) {
            let mut whole = *subject;
            whole.push(noun);
            let rule = "the words before the number, with the noun that an earlier number of its unit named";
            return Some((whole, rule));
        }
        let beside = self.counterpart(sentence, subject, sentence.mentions.get(index), state)?;
        Some((beside, "a name, with what was measured of the name beside it"))
    }
}
