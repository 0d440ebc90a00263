//! Numbers that stand in a list: what may part them.

use super::clause::{Field, Sentence};
use super::indicator::Own;
use super::noun;
use super::relation::Reading;
use crate::lexicon::{Entry, Lexicon, Place, RowId, is_conjunction};
use crate::mention::Mention;
use crate::terms::{Kind, Relation};
use crate::text::{InFlow, Span};

/// The number at `index` and those that only joints of a list part from it, each with its own way at most: 上升4%和下降2%.
pub(super) fn joined<'a>(
    sentence: Sentence<'a>,
    index: usize,
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = &'a Mention> {
    let mut last: Option<&Mention> = None;
    let listed = sentence.mentions.get(index..).unwrap_or_default().iter();
    listed.filter(|mention| mention.kind.is_quantity()).take_while(move |mention| {
        last.replace(mention).is_none_or(|last| {
            let between = Span::<InFlow>::new(last.span.end, mention.span.start);
            is_joint(between.of(sentence.text), lexicon) && !turns_to_other(last, mention, between.of(sentence.text))
                || turns(sentence, between, lexicon).is_some()
        })
    })
}

/// 分别增长6%、15%，两年平均, 分别为3万台、2万台，三国之和: whether a clause begins between two numbers of different sorts.
fn turns_to_other(one: &Mention, next: &Mention, between: &str) -> bool {
    let sort = |mention: &Mention| {
        let quantity = mention.quantity.as_ref();
        (mention.kind, quantity.map(|quantity| (quantity.time, quantity.unit.is_some())))
    };
    matches!(between.trim(), "，" | ",") && sort(one) != sort(next)
}

/// 和下降 between two numbers of a list: the word of change, where it stands behind a joint.
pub(super) fn turns(sentence: Sentence<'_>, between: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    let mut words = sentence.words_ending(between.end).iter();
    let (_, word) = words.find(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Change { .. })))?;
    let joint = Span::<InFlow>::new(between.start, word.start.max(between.start));
    let joint = joint.of(sentence.text).trim();
    // 5万吨、增长3%: a level and its change.
    let kind = |at: usize| sentence.mentions.get(at).map(|mention| mention.kind);
    let next = sentence.mentions.partition_point(|mention| mention.span.start < between.end);
    let alike = || next > 0 && kind(next - 1) == kind(next) && kind(next) == Some(Kind::Percent);
    (is_conjunction(joint) || joint == "、" && alike()).then_some(*word)
}

/// Whether only a joint of a list stands between two numbers, and a hedge of the second: 近9%和逾6%.
pub(super) fn is_joint(words: &str, lexicon: &Lexicon) -> bool {
    let words = words.trim();
    let hedged = |rest: &str| {
        let hedge = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::Before, .. }));
        lexicon.word_named(rest).iter().any(hedge)
    };
    matches!(words, "" | "、" | "和" | "及" | "与" | "與" | "以及" | "或" | "，" | "," | "/" | "／")
        || words.strip_prefix(['和', '及', '与', '與']).is_some_and(hedged)
}

/// Characters of the longest noun that a list shares behind its last number.
const SHARED: usize = 10;

/// 分别给予30万元、20万元补助: what is told behind the last of a list that 分别 opens is told of the first too.
pub(super) fn shared_noun(
    sentence: Sentence<'_>,
    index: usize,
    field: &Field,
    reading: &Reading,
    lexicon: &Lexicon,
    own: &mut Own,
) {
    if !reading.respectively || reading.tail.is_none() || reading.relation != Relation::Level {
        return;
    }
    let listed = joined(sentence, index, lexicon).count();
    let last = (index + 1..index + listed).rev().find_map(|at| Some((at, sentence.mentions.get(at)?)));
    if let Some((at, last)) = last.filter(|_| field.right.of(sentence.text).trim().is_empty()) {
        let mut shared = Own { subject: own.subject, ..Own::default() };
        noun::behind(sentence, &sentence.field(at, Some(field.clause)), last, lexicon, &mut shared);
        let short = shared.tail.of(sentence.text).chars().nth(SHARED).is_none();
        shared.tail.pieces().filter(|_| short).for_each(|noun| own.tail.push(noun));
    }
}
