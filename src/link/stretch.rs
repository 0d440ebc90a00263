//! Lengths of time in which something happens: they measure nothing themselves.

use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::{aside, edges};
use crate::lexicon::{Entry, Lexicon, Role};
use crate::mention::{FIRST, Mention, opens_year};
use crate::quantity::Quantity;
use crate::terms::Relation;
use crate::text::{InFlow, Span};

/// 经过三年努力, 20年来, 自今日起30日内: a length of time that only says when. 工期3年 and 缩短3天 measure one.
pub(super) fn is_adverbial(
    sentence: Sentence<'_>,
    field: &Field,
    reading: &Reading,
    mention: &Mention,
    lexicon: &Lexicon,
) -> bool {
    let told = reading.relation != Relation::Level || reading.cue.is_some() || reading.reached || reading.opened;
    // 动画片近12万分钟: so long a time is measured.
    let length = |quantity: &Quantity| quantity.time && quantity.scale < 4;
    if told || !mention.quantity.as_ref().is_some_and(length) {
        return false;
    }
    let behind = Span::<InFlow>::new(field.right.start, sentence.span.end).of(sentence.text);
    // 工期在3年以内。: what takes so long stands before 在, and nothing behind.
    let before = sentence.trim_end(field.left.start, field.left.end);
    let named = Span::<InFlow>::new(field.left.start, before).of(sentence.text).strip_suffix('在');
    let closes = edges::stretch(field.right.of(sentence.text), lexicon) == Some(field.right.len());
    if closes
        && named.is_some_and(|named| named.ends_with(['期', '时', '時', '间', '間', '限', '长', '長', '数', '龄']))
    {
        return false;
    }
    // 交货期为合同签订后45天内
    if closes && term_before(sentence, field, mention).is_some() {
        return false;
    }
    is_led(sentence, field, reading, lexicon) || edges::stretch(behind, lexicon).is_some()
}

/// 交货期为合同签订后, 付款期限：验收合格后: the term whose length is counted from an event.
pub(super) fn term_before(sentence: Sentence<'_>, field: &Field, mention: &Mention) -> Option<Span<InFlow>> {
    mention.quantity.as_ref().filter(|quantity| quantity.time)?;
    let words = Span::<InFlow>::new(sentence.span.start, sentence.trim_end(field.left.start, field.left.end));
    let clause = words.of(sentence.text).rfind(['，', '。', '；', ',', ';']).map_or(0, |at| at + '，'.len_utf8());
    let words = Span::<InFlow>::at(words.from() + clause, words.to());
    let event = words.of(sentence.text).strip_suffix(['后', '後', '起'])?;
    let at = event.rfind(['为', '為', '：', ':'])?;
    let term = event.get(..at)?;
    term.ends_with(['期', '限']).then(|| Span::at(words.from(), words.from() + term.len()))
}

/// 过去 or 经过 before it, 自今日起 before it; 占 before the years of a whole.
fn is_led(sentence: Sentence<'_>, field: &Field, reading: &Reading, lexicon: &Lexicon) -> bool {
    let end = sentence.trim_end(field.left.start, field.left.end);
    let before = Span::<InFlow>::new(field.left.start, end).of(sentence.text);
    let window = sentence.words_ending(end).iter().any(|(row, word)| {
        word.start >= field.left.start && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Window | Role::Recent)))
    });
    let said = Span::<InFlow>::new(field.left.start, reading.subject_end.max(field.left.start));
    // 过去五年 and 过去的五年 are words of their own, so that 过去 is none of the sentence's.
    let ahead = lexicon
        .ending(before.trim_end_matches('的'), 2)
        .any(|entry| matches!(entry, Entry::Cue(Role::Window | Role::Recent)));
    window
        || ahead
        || is_first(sentence, end)
        || matches!(before, "近" | "这")
        // 比近五年同期减少
        || before.ends_with(['近', '前']) && aside::behind_than(before)
        // 分三年拨付
        || before.ends_with(['起', '在', '这', '占', '佔', '分'])
        || before.strip_suffix('止').is_some_and(|date| date.ends_with(['日', '月', '底', '末']))
        || said.of(sentence.text).ends_with(['起', '后'])
}

/// Whether 前 makes months the first of the year: 前7月, 今年首11個月, but 从前 and 目前.
pub(super) fn is_first(sentence: Sentence<'_>, at: u32) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, at).of(sentence.text);
    before.strip_suffix(FIRST).is_some_and(opens_year)
}
