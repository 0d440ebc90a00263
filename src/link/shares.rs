//! Shares that go on: a list of parts of one whole, of which the first alone says that it is one.

use super::Linker;
use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::sentence::State;
use crate::exact::Exact;
use crate::lexicon::Role;
use crate::mention::Mention;
use crate::terms::{Kind, Relation};
use crate::text::{InFlow, Span};

/// Bytes between one share of a list and the next.
const RANKED: usize = 36;

impl Linker<'_> {
    /// 购物占45%，其次为住宿25%和餐饮18%, 工资性收入占30%，经营性收入45%: whether a percent is of the whole that the share before
    /// it is of.
    pub(super) fn shares_on(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        reading: &Reading,
        state: &State,
    ) -> bool {
        let Some(last) = state.past.last().filter(|last| last.relation == Relation::Share) else { return false };
        let words = Span::<InFlow>::new(last.end, mention.span.start.max(last.end)).of(sentence.text);
        let next = words.trim_start_matches(['）', ')', '，', ',', '；', ';', '、', '和', '及']);
        if mention.kind != Kind::Percent || reading.relation != Relation::Level || reading.cue.is_some() {
            return false;
        }
        // 九成（92.1%）的受访者支持, 九成受访者（92%）支持: the same part, said again.
        let held = words.strip_suffix(['（', '(']);
        if held.is_some_and(|noun| noun.is_empty() || self.lexicon.is_word(noun, Role::Holder))
            && mention.span.after(sentence.text).starts_with(['）', ')'])
        {
            return true;
        }
        let opens = |words: &str| self.lexicon.opening(words, Role::Next).is_some();
        let before = Span::<InFlow>::new(sentence.span.start, last.end).of(sentence.text);
        let ranked = || {
            before.match_indices(['，', ',', '；']).any(|(at, mark)| before.get(at + mark.len()..).is_some_and(opens))
        };
        let listed = next.len() < words.len() && words.len() <= RANKED;
        opens(next) || listed && (ranked() || self.parts(sentence, field, mention, state))
    }

    /// Whether a number right behind its name goes on a list of shares that 占 opened, and does not add up to more than all.
    fn parts(&self, sentence: Sentence<'_>, field: &Field, mention: &Mention, state: &State) -> bool {
        let value = |mention: &Mention| mention.quantity.as_ref()?.value.clone();
        let shares = state.past.iter().rev().take_while(|past| past.relation == Relation::Share);
        let sum = shares
            .filter_map(|past| value(self.document.mentions.get(past.mention as usize)?))
            .fold(value(mention).unwrap_or_else(|| Exact::integer(101)), |sum, value| sum.plus(&value));
        let takes = state.past.iter().rev().find(|past| !past.tail.is_empty()).is_some_and(|past| {
            past.tail.of(sentence.text).starts_with(['占', '佔', '比', '所']) && past.relation == Relation::Share
        });
        let name = field.left.of(sentence.text).trim();
        let name = name.strip_suffix(['为', '為']).unwrap_or(name);
        let named = name.chars().nth(1).is_some() && self.lexicon.closing(name, Role::Rate).is_none();
        takes && named && !name.contains(['达', '達', '超', '过', '到', '率', '比', '“']) && sum <= Exact::integer(101)
    }
}
