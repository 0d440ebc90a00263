//! Numbers in the English lines of a bilingual text: years, and nouns that are counted.

use super::Context;
use crate::lexicon::Role;
use crate::quantity::Quantity;

impl Context<'_> {
    /// In 2009, March 2019: the word before four digits makes a year of them.
    pub(super) fn is_english_year(&self, quantity: &Quantity) -> bool {
        self.before(quantity.span).ends_with(' ') && self.behind(quantity.span, Role::Dating)
    }

    /// 13.64 million vehicles, built 12 bridges: a noun stands behind the number, in a line of English.
    pub(super) fn counts_english(&self, quantity: &Quantity) -> bool {
        let Some(noun) = self.after(quantity.span).strip_prefix(' ') else { return false };
        let end = noun.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(noun.len());
        let word = noun.get(..end).unwrap_or_default();
        let before = self.before(quantity.span).trim_end();
        let english = before.is_empty() || before.ends_with(|c: char| c.is_ascii_lowercase() || matches!(c, ',' | ';'));
        english && word.len() > 2 && !self.lexicon.is_word(word, Role::Function)
    }
}
