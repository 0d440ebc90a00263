//! Words that stand in front of a name and are none of it: what moved it, that it was recorded, who acts.

use super::clause::Sentence;
use super::edges::before_comparison;
use super::relation::{NOUN_OF_CHANGE, Reading};
use crate::lexicon::{Entry, Lexicon, Reach, Role, RowId};
use crate::terms::Relation;
use crate::text::{InFlow, Span};

/// 假期带动百货业增长9.9%, 带动旅游收入3亿元: what moved a change or an amount stands before it; 带动就业3万人 names what was done.
pub(super) fn driven(
    sentence: Sentence<'_>,
    subject: Span<InFlow>,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Span<InFlow> {
    if !sentence.roles.hold(Role::Drives) {
        return subject;
    }
    let drives = |(row, _): &&(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Drives)));
    let Some((_, drives)) = sentence.words_in(subject).iter().rev().find(drives) else { return subject };
    let measured = |(row, _): &(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Measured)));
    let amount = || sentence.words_ending(subject.end).iter().any(measured);
    let changed = reading.relation == Relation::Change && reading.tail.is_none();
    let moved = Span::<InFlow>::new(drives.end, subject.end);
    let named = moved.of(sentence.text).chars().nth(1).is_some() && !moved.of(sentence.text).starts_with('下');
    if named && (changed || amount()) { moved } else { subject }
}

/// 出口錄得按年升幅26%: 錄得 parts what is measured from which way it went.
pub(super) fn before_record(
    sentence: Sentence<'_>,
    subject: Span<InFlow>,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Span<InFlow> {
    let cue = reading.cue.filter(|(_, cue)| reading.rule == NOUN_OF_CHANGE && subject.contains(*cue));
    let Some((_, cue)) = cue else { return subject };
    let head = before_comparison(sentence, cue.start, lexicon);
    let verb = sentence.words_ending(head).iter().find(|(row, word)| {
        let recorded = word.start > subject.start && word.of(sentence.text).ends_with('得');
        recorded && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Copula)))
    });
    verb.map_or(subject, |(_, verb)| Span::new(subject.start, verb.start))
}

/// Where 为 or 是 ends that opens the words of a clause.
pub(super) fn copula_end(text: &str, words: Span<InFlow>) -> Option<u32> {
    let behind = words.of(text).trim_start_matches(['，', ',', ' ']).strip_prefix(['为', '為', '是'])?;
    u32::try_from(words.to() - behind.len()).ok()
}

/// Where the first verb, or word of plan (29个省（区、市）计划招收3万人), behind the start of a span stands.
pub(super) fn act_in(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> Option<u32> {
    let words = sentence.words_in(span).iter();
    let acts = words.filter(|(row, word)| match lexicon.entry(*row) {
        Some(Entry::Cue(Role::Act)) => true,
        Some(Entry::Status { reach, .. }) => word.len() > 3 && *reach != Reach::Section,
        _ => false,
    });
    let mut starts = acts.map(|(_, word)| word.start);
    starts.find(|start| *start > span.start)
}
