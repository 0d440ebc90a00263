//! Comparisons that hold for more than their sentence: 从环比看，, 下同, a heading over changes, 其中 behind a change.

use super::Linker;
use super::clause::Sentence;
use super::relation::Reading;
use super::sentence::State;
use crate::lexicon::{ComparisonForm, Entry, Role, RowId};
use crate::mention::Mention;
use crate::segment::Segment;
use crate::terms::{Comparison, Kind, Relation};
use crate::text::{InFlow, Span};

/// How many numbers before its own sentence a change looks back for what it details.
const DETAILED: usize = 16;

/// Bytes of the longest words between the head of a list and its colon: 分别是.
const LISTED: usize = 12;

impl Linker<'_> {
    /// 从环比看，: a clause in front that names the comparison.
    pub(super) fn seen_from(&self, sentence: Sentence<'_>) -> Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)> {
        let seen = |row: &RowId, word: Span<InFlow>| match self.lexicon.entry(*row) {
            Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) => {
                let behind = word.after(sentence.text);
                let seen = behind.strip_prefix('来').unwrap_or(behind).strip_prefix('看')?;
                seen.starts_with(['，', ',']).then_some((*comparison, None, word))
            }
            _ => None,
        };
        if !sentence.words.is_empty() {
            return sentence.words.iter().find_map(|(row, word)| seen(row, *word));
        }
        // The words of a sentence without a number were not looked up.
        let line = sentence.span.of(sentence.text);
        let head = line.trim_start_matches(['从', '從']);
        let from = sentence.span.to() - head.len();
        let (length, rows) = self.lexicon.word(head)?;
        rows.iter().find_map(|row| seen(row, Span::at(from, from + length)))
    }

    /// 有5项同比下降，分别是：: what the head of a list compares all of its members with.
    pub(super) fn heads_list(
        &self,
        sentence: Sentence<'_>,
    ) -> Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)> {
        sentence.words.iter().find_map(|(row, word)| match self.lexicon.entry(*row) {
            Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) => {
                let behind = Span::<InFlow>::new(word.end, sentence.span.end).of(sentence.text);
                let (length, rows) = self.lexicon.word(behind)?;
                let change = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Change { .. }));
                let rest = behind.get(length..).filter(|_| rows.iter().any(change))?;
                let list = rest.strip_prefix(['，', ',']).unwrap_or(rest);
                let among = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among)));
                let opens = list.find(['：', ':']).is_some_and(|colon| colon <= LISTED)
                    || list.len() < rest.len()
                        && self.lexicon.word(list).is_some_and(|(_, rows)| rows.iter().any(among));
                let front = Span::<InFlow>::new(sentence.span.start, word.start);
                let counts = |mention: &Mention| matches!(mention.kind, Kind::Count | Kind::Date | Kind::Label);
                let first = sentence.mentions_in(front).iter().all(counts);
                (opens && first).then_some((*comparison, None, *word))
            }
            _ => None,
        })
    }

    /// What the last change before a sentence that opens with 其中 was compared with.
    pub(super) fn detailed(&self, sentence: Sentence<'_>, state: &State) -> Option<Comparison> {
        let own = state.past.iter().any(|past| past.comparison.is_some());
        if own || !self.details(sentence) {
            return None;
        }
        let mut changes =
            self.earlier.iter().rev().take(self.before.min(DETAILED)).filter(|past| past.relation == Relation::Change);
        let comparison = changes.next()?.comparison?;
        let one = changes.all(|past| past.comparison == Some(comparison));
        (one && matches!(comparison, Comparison::Yoy | Comparison::Pop | Comparison::Period)).then_some(comparison)
    }

    /// 比去年同期（下同）增长5%, 同比（下同）, 增长（以下均为同比）5%: the comparison holds for what follows.
    pub(super) fn say_alike(&mut self, reading: &Reading, number: u32, comparison: Comparison) {
        let against = reading.compared.or(reading.against.map(|(_, words)| words));
        let noted = |words: Span<InFlow>| {
            let remark = words.of(self.document.text);
            self.note_in(Span::new(words.start, number.max(words.start))).is_some()
                || remark.starts_with(['（', '(']) && remark.contains('均')
        };
        if against.is_some_and(noted) {
            self.alike = Some((comparison, self.section));
        }
    }

    /// 注：增速均为同比，下同。: a sentence that says with what all changes behind it are compared.
    pub(super) fn note_alike(&mut self, sentence: Sentence<'_>) {
        let Some(note) = self.note_in(sentence.span).filter(|_| self.alike.is_none()) else { return };
        let before = Span::<InFlow>::new(sentence.span.start, note).of(sentence.text);
        // The words of a sentence without a number were not looked up.
        self.lexicon.words(self.lexicon.spell(before, &mut Vec::new()), |_, _, rows| {
            let named = rows.iter().find_map(|row| match self.lexicon.entry(*row) {
                // 为预算（调整预算，下同）的102%: what a word means, and no comparison.
                Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb | ComparisonForm::Base })
                    if *comparison != Comparison::Plan =>
                {
                    Some((*comparison, self.section))
                }
                _ => None,
            });
            self.alike = named.or(self.alike);
            true
        });
    }

    /// 二、各类价格环比变动情况: a heading that names one comparison.
    pub(super) fn head_alike(&mut self, heading: Segment) {
        let title = heading.span.of(self.document.text);
        if !title.ends_with(['况', '況']) {
            return;
        }
        let (mut yoy, mut pop) = (false, false);
        self.lexicon.words(self.lexicon.spell(title, &mut Vec::new()), |_, _, rows| {
            let adverb = |wanted: Comparison| {
                rows.iter().any(|row| match self.lexicon.entry(*row) {
                    Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) => *comparison == wanted,
                    _ => false,
                })
            };
            (yoy, pop) = (yoy || adverb(Comparison::Yoy), pop || adverb(Comparison::Pop));
            true
        });
        if yoy != pop {
            self.alike = Some((if yoy { Comparison::Yoy } else { Comparison::Pop }, heading.section));
        }
    }

    /// Where a span says 下同.
    pub(super) fn note_in(&self, span: Span<InFlow>) -> Option<u32> {
        let next = self.notes.get(self.notes.partition_point(|at| *at < span.start)).copied();
        next.filter(|at| *at < span.end)
    }
}
