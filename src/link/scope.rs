//! What a clause without a number says of the list behind it: the whole that its members are of, or the rate that each of them has.

use super::clause::{Field, Sentence};
use super::parts::{joined, sole};
use super::sentence::State;
use super::whole::last_clause;
use super::{Linker, indicator};
use crate::lexicon::{Entry, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::Kind;
use crate::text::{InFlow, Phrase, Span};

/// Characters of the longest name that a rate named before is told of.
const NAME: usize = 8;

impl Linker<'_> {
    /// 确诊病例中，: a clause without a number that ends in 中 names the whole of what is listed behind it.
    pub(super) fn scope(&self, sentence: Sentence<'_>, field: &Field, state: &mut State) {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let clause = before.trim_end_matches(['，', ',', '：', ':']);
        if clause.len() == before.len() {
            if before.ends_with(['；', ';', '。']) {
                state.scope = None;
            }
            return;
        }
        // 普通高中，: no whole, but a word that ends so.
        let end = sentence.span.start + u32::try_from(clause.len()).unwrap_or(0);
        let word = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Not)));
        if !clause.ends_with('中') || sentence.words_ending(end).iter().any(|(row, _)| word(row)) {
            return;
        }
        // 在1,250名学生中，: the comma of a number parts nothing.
        let number = |at: usize| sentence.in_number(sentence.span.from() + at);
        let mut parts = clause.rmatch_indices(['，', ',', '；', ';', '：', '。', '）', '、']);
        // 某社1月2日电 本次调查的受访者中，
        let opening = sentence.dateline_length().unwrap_or(0);
        let start = parts.find(|(at, _)| !number(*at)).map_or(opening, |(at, part)| at + part.len());
        let named = Span::<InFlow>::at(sentence.span.from() + start, sentence.span.from() + clause.len());
        let words = named.of(sentence.text);
        let numbered = sentence.mentions_in(named).iter().any(|mention| mention.kind.is_quantity());
        let inner = words.strip_suffix('中').map(|inner| inner.strip_suffix('当').unwrap_or(inner));
        let Some(inner) = inner.filter(|inner| !inner.ends_with('其')) else {
            return;
        };
        // 正在发放中，: what goes on, and no whole.
        let onward = |(row, word): &(RowId, Span<InFlow>)| {
            word.of(sentence.text).starts_with('正')
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Onward)))
        };
        if numbered || inner.is_empty() || sentence.words_in(named).iter().any(onward) {
            return;
        }
        let mut phrase = Phrase::default();
        let inner = Span::at(named.from(), named.from() + inner.len());
        indicator::clean(sentence, inner, self.lexicon, &mut phrase);
        state.scope = (!phrase.is_empty()).then_some(phrase);
    }

    /// 小区绿地率，新区不低于30%，旧区不低于25%: notes the rate that a clause in front names, until a semicolon.
    pub(super) fn note_rate(&self, sentence: Sentence<'_>, field: &Field, state: &mut State) {
        let first = state.past.last().is_none_or(|past| past.end < field.clause.start);
        if !first {
            return;
        }
        let Some(clause) = last_clause(sentence, field).filter(|_| field.left.start == field.clause.start) else {
            return;
        };
        let before = clause.before(sentence.text);
        let opens = state.past.is_empty() || before.ends_with(['；', ';']);
        if !opens || !sentence.mentions_in(clause).iter().all(|mention| mention.kind == Kind::Date) {
            return;
        }
        let words = clause.of(sentence.text);
        let rate = self.is_rate(words);
        let acts = |(row, _): &(RowId, Span<InFlow>)| {
            matches!(
                self.lexicon.entry(*row),
                Some(
                    Entry::Change { .. }
                        | Entry::Status { .. }
                        | Entry::Cue(
                            Role::Progress | Role::Acted | Role::Copula | Role::Than | Role::To | Role::Restates
                        )
                )
            )
        };
        let lead = words
            .starts_with(['为', '為', '对', '對', '在', '按', '受', '随', '从', '從', '以', '据', '根', '提', '降']);
        state.rate = None;
        if rate && !lead && !sentence.words_in(clause).iter().any(acts) {
            state.rate = self.cleaned(sentence, clause);
        }
    }

    /// Whether words end in a rate: 参保率, 比例.
    fn is_rate(&self, words: &str) -> bool {
        let share = |entry: &Entry| matches!(entry, Entry::Cue(Role::Share));
        self.lexicon.closing(words, Role::Rate).is_some()
            || words.ends_with(['比', '例', '重', '额', '額']) && self.lexicon.ending(words, NAME).any(share)
    }

    /// A name that is no measure, with the rate that stands before it.
    pub(super) fn of_rate(
        &self,
        sentence: Sentence<'_>,
        mention: Option<&Mention>,
        own: &Phrase,
        state: &State,
    ) -> Option<Phrase> {
        let rate = state.rate?;
        let name = sole(own)?.of(sentence.text);
        let percent = mention.is_some_and(|mention| mention.kind == Kind::Percent);
        let short = name.chars().nth(NAME).is_none() && name.chars().all(is_han);
        (percent && short && !self.is_rate(name)).then(|| joined(&rate, own))
    }
}
