//! Names that 分别 tells of and that a number cuts: 甲、乙两县, 出口、500万元以上投资.

use super::clause::Sentence;
use super::list::joined;
use super::relation::Reading;
use crate::exact::Exact;
use crate::lexicon::{Entry, Lexicon, NumeralChar, Place, Role, RowId, is_digit};
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// The joints in front of the last of a list.
const JOINTS: [char; 5] = ['、', '和', '与', '與', '及'];

/// The words of a list from its first name on, where the number before the one at `index` stands in it: how many names there are
/// (甲、乙两县税收分别), or the bound of one of them (出口、500万元以上投资分别).
pub(super) fn listed_before(
    sentence: Sentence<'_>,
    index: usize,
    reading: &Reading,
    lexicon: &Lexicon,
    subject: Span<InFlow>,
) -> Option<Span<InFlow>> {
    let at = index.checked_sub(1).filter(|_| reading.respectively)?;
    if let Some(opens) = is_bound_of_one(sentence, at, lexicon) {
        return Some(Span::new(opens, subject.end));
    }
    let before = sentence.mentions.get(at).filter(|before| before.kind == Kind::Count)?;
    let names = sentence.field(at, None).left;
    let listed = names.end == before.span.start && names.of(sentence.text).contains('、');
    let count = u64::try_from(joined(sentence, index, lexicon).count()).ok()?;
    let value = before.quantity.as_ref()?.value.as_ref()?;
    let close = before.span.end <= subject.start && subject.start <= before.span.end + 3;
    (listed && close && *value == Exact::integer(count)).then(|| Span::new(names.start, subject.end))
}

/// 出口、500万元以上投资分别增长: where the list begins, if the number at `index` bounds one of its names and measures nothing by itself.
pub(super) fn is_bound_of_one(sentence: Sentence<'_>, index: usize, lexicon: &Lexicon) -> Option<u32> {
    let deals_out = sentence.roles.hold(Role::Respectively);
    sentence.mentions.get(index).filter(|bound| deals_out && bound.kind == Kind::Measure)?;
    let field = sentence.field(index, None);
    let listed = field.left.of(sentence.text).ends_with(JOINTS) && !field.follows;
    let hedge = sentence.words_in(field.right).iter().find(|(row, word)| {
        let after = matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }));
        after && word.start == field.right.start
    });
    let shared = |(row, word): &(RowId, Span<InFlow>)| {
        word.start > field.right.start && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Respectively)))
    };
    let told = hedge.is_some() && listed && sentence.words_in(field.right).iter().any(shared);
    told.then_some(field.left.start)
}

/// 两市 of 乙两市产值, 三家 of 丙三家企业: where the number of names in a list stands behind the last of them, and what comes behind it.
pub(super) fn counted_in(lexicon: &Lexicon, last: &str, n: usize) -> Option<(usize, usize)> {
    let (at, numeral) = last.char_indices().skip(1).find(|(_, c)| {
        let value = match lexicon.numeral_char(*c) {
            Some(NumeralChar::Digit(digit)) => Some(usize::from(digit)),
            _ if *c == '两' || *c == '兩' => Some(2),
            _ => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
        };
        value == Some(n)
    })?;
    let end = at + numeral.len_utf8();
    let rest = last.get(end..)?;
    let alone = !last.get(..at)?.ends_with(is_digit) && !rest.starts_with(is_digit);
    let tier = || [Role::Tier, Role::District].iter().any(|role| lexicon.opening(rest, *role).is_some());
    let noun = rest.strip_prefix(['个', '個', '家', '大', '类', '類', '种', '種', '所']);
    let held = || {
        noun.is_some_and(|noun| {
            [Role::Holder, Role::Bearer, Role::Tier].iter().any(|role| lexicon.opening(noun, *role).is_some())
        })
    };
    (alone && (held() || tier())).then(|| (at, last.len() - noun.unwrap_or(rest).len()))
}
