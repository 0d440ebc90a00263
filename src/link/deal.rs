//! Who buys or sells: 股东, 控股股东, told of in the words for what they hold.

use super::Linker;
use super::clause::{Field, Sentence, is_pause};
use super::relation::Reading;
use super::sentence::{Past, State};
use crate::lexicon::Entry;
use crate::terms::Relation;
use crate::text::{InFlow, Phrase, Span};

impl Linker<'_> {
    /// Of a deal that names nobody, who makes it: the one of the deal before, or the noun that a holding describes. It is
    /// told alone where nobody is named.
    pub(super) fn dealt(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        state: &State,
        past: &mut Past,
    ) -> Option<&'static str> {
        reading.cue.filter(|_| reading.deal)?;
        let deal = state.before().find(|past| past.relation == Relation::Change && !past.aside);
        let holder = || state.before().find_map(|held| self.holder(sentence, Span::new(held.end, field.left.start)));
        if let Some(dealer) = deal.map(|past| past.subject).or_else(holder) {
            past.subject = dealer;
            return Some("who made the deal before, or holds what is dealt in");
        }
        Some("the words before the number")
    }

    /// 持股4.91%的股东某公司，计划以集中竞价方式减持: the noun that a number describes, up to the words of plan.
    fn holder(&self, sentence: Sentence<'_>, behind: Span<InFlow>) -> Option<Phrase> {
        let noun = behind.of(sentence.text).trim_start_matches(['）', ')', '股', '份']).strip_prefix('的')?;
        let noun = Span::<InFlow>::at(behind.to() - noun.len(), behind.to() - noun.len() + noun.find(is_pause)?);
        let mut words = sentence.words_in(noun).iter();
        let plan = words.find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Status { .. })));
        self.cleaned(sentence, Span::new(noun.start, plan.map_or(noun.end, |(_, plan)| plan.start)))
    }
}
