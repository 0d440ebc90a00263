//! The words of laws: what they forbid, and what they fine it with.

use super::Document;
use super::clause::Sentence;
use super::status::{Cue, stop};
use crate::lexicon::{Entry, Lexicon, Role, RowId};
use crate::segment::Segment;
use crate::text::{InFlow, Span};

/// 不得, 不应: what may not be.
pub(super) fn forbids(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    lexicon.opening(word.of(sentence.text), Role::Ban).is_some()
}

/// 罚款, 不得: over the whole sentence of a law; elsewhere over its own clause, 不得 from where it stands on.
pub(super) fn of_law(sentence: Sentence<'_>, law: bool, (row, word): (RowId, Span<InFlow>), lexicon: &Lexicon) -> Cue {
    if law {
        return Cue::aim(row, Span::new(sentence.span.start, word.end), sentence.span.end);
    }
    if forbids(sentence, word, lexicon) {
        return Cue::aim(row, word, sentence.span.end);
    }
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let clause = before.rfind(['，', ',', '；', ';']).unwrap_or(0);
    let words = Span::at(sentence.span.from() + clause, word.to());
    Cue { limits: true, ..Cue::aim(row, words, stop(sentence, word.end, &['，', '；'])) }
}

/// 违法所得3000元以下的，并处2万元罚款; 处一万元以上五万元以下罚款: whether a sentence sets what some deed is fined with, and does not
/// tell what somebody was.
pub(super) fn is_provision(sentence: Sentence<'_>, fine: Span<InFlow>) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, fine.start).of(sentence.text);
    let deed =
        before.match_indices(['，', ',']).find(|(at, _)| before.get(..*at).is_some_and(|deed| deed.ends_with('的')));
    let punished = deed.and_then(|(at, mark)| before.get(at + mark.len()..));
    let fined = fine.of(sentence.text).ends_with('款')
        && punished.is_some_and(|words| words.is_empty() || words.contains('处'));
    // 并处 is a word of law itself.
    let besides = deed.is_some() && fine.of(sentence.text).ends_with('处');
    fined || besides || before.trim_end_matches('的').ends_with('下') && fine.of(sentence.text).ends_with('款')
}

/// 判处五年以上有期徒刑的98人: what courts decided has happened.
pub(super) fn tells_verdict(sentence: Sentence<'_>, word: Span<InFlow>) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let clause = before.rsplit(['，', ',', '；', ';', '、']).next().unwrap_or_default();
    clause.split_once('判').is_some_and(|(_, verdict)| verdict.starts_with('处'))
}

/// Where the articles of a law start: 第一条 at the front of many sentences, or of the first of few; 本条例 in as many.
pub(crate) fn law_from(document: &Document<'_>, lexicon: &Lexicon) -> Option<u32> {
    let article = |segment: &&Segment| {
        let head = segment.span.of(document.text).trim_start_matches(['#', '*', ' ']);
        head.starts_with('第') && head.chars().take(8).any(|c| matches!(c, '条' | '條'))
    };
    let mut from = document.segments.iter().filter(article).map(|segment| segment.span.start).peekable();
    let start = from.peek().copied().unwrap_or(0);
    let articles = from.count();
    let names = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Statute)));
    let few = || articles + document.words.iter().filter(|(row, _)| names(row)).count();
    let count = document.segments.len();
    let law = articles >= 3 && articles * 20 >= count || count <= FEW && few() * 4 >= count.max(1);
    law.then_some(start)
}

/// The most sentences of a passage of law.
const FEW: usize = 16;
