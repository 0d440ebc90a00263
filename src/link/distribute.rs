//! 分别: a list of numbers over a list of names.

use crate::lexicon::{Entry, Lexicon, Role};
use crate::text::Phrase;
use crate::text::{InFlow, Span};

/// The `k`-th of `n` names that a phrase lists, with what all of them share before and behind:
/// 集中养育和社会散居孤儿最低养育标准 gives 集中养育孤儿最低养育标准 and 社会散居孤儿最低养育标准.
pub(super) fn parallel(text: &str, lexicon: &Lexicon, phrase: &Phrase, k: usize, n: usize) -> Option<Phrase> {
    let mut pieces = phrase.pieces();
    let whole = pieces.next()?;
    if pieces.next().is_some() {
        return None;
    }
    let items = split(text, whole);
    if items.len() != n || n < 2 {
        return None;
    }
    let (first, last) = (*items.first()?, *items.last()?);
    let first_words = first.of(text);
    let head = first_words.rfind('的').map_or(0, |at| at + '的'.len_utf8());
    let head = Span::<InFlow>::at(first.from(), first.from() + head);
    let last_words = last.of(text);
    let own = last_words.find('等').unwrap_or_else(|| {
        let name = Span::<InFlow>::new(head.end, first.end).of(text);
        let measured = |words: &str| {
            lexicon.word(words).is_some_and(|(_, rows)| {
                rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Measured))))
            })
        };
        let at = last_words.char_indices().nth(name.chars().count()).map_or(last_words.len(), |(at, _)| at);
        let same =
            last_words.get(at..).zip(name.chars().next_back()).filter(|(rest, ending)| rest.starts_with(*ending));
        let at = at + same.map_or(0, |(_, ending)| ending.len_utf8());
        // Names in a list are of one length; 服务业 beside 工业 ends with the same character.
        let inner = items.get(1..items.len() - 1).unwrap_or_default();
        let even = inner.iter().all(|item| item.of(text).chars().count() == name.chars().count());
        // 货物和集装箱吞吐量: what is shared starts with a noun of measure, where the lengths do not tell.
        let mut places = last_words.char_indices().skip(1).map(|(at, _)| at);
        let noun = places.find(|at| last_words.get(*at..).is_some_and(measured));
        // 甲类企业、乙类企业利润: a noun that each name has is not shared.
        let noun = noun.map(|at| {
            let word = last_words.get(at..).and_then(|rest| rest.get(..lexicon.word(rest)?.0)).unwrap_or_default();
            if !word.is_empty() && name.ends_with(word) { at + word.len() } else { at }
        });
        let short = inner.is_empty() && name.chars().count() < 3 && same.is_none();
        let suffix =
            last_words.get(at..).is_some_and(|rest| rest.starts_with(['业', '業', '类', '類', '级', '級', '油']));
        match noun {
            Some(noun) if !even || noun <= at || short && !suffix => noun,
            None if !even => last_words.len(),
            _ => at,
        }
    });
    let tail = Span::<InFlow>::at(last.from() + own, last.to());
    let item = items.get(k)?;
    let item = match k {
        0 => Span::new(head.end, item.end),
        _ if k + 1 == n => Span::new(item.start, tail.start),
        _ => *item,
    };
    let mut out = Phrase::default();
    out.push(head);
    // 第一、二、三产业
    if first_words.starts_with('第') && !item.of(text).starts_with('第') {
        out.push(Span::at(first.from(), first.from() + '第'.len_utf8()));
    }
    out.push(item);
    out.push(tail);
    Some(out)
}

/// The parts between 、, 和, 与 and 及.
fn split(text: &str, span: Span<InFlow>) -> Vec<Span<InFlow>> {
    let words = span.of(text);
    let mut items = Vec::new();
    let mut start = 0;
    for (at, ch) in words.char_indices() {
        if matches!(ch, '、' | '和' | '与' | '與' | '及') {
            items.push(Span::at(span.from() + start, span.from() + at));
            start = at + ch.len_utf8();
        }
    }
    items.push(Span::at(span.from() + start, span.to()));
    items.retain(|item| !item.is_empty());
    items
}
