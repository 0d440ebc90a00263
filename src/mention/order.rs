//! Lists that one 第 opens: 第五、六章, 第5、9、13条. Each member is an ordinal.

use super::{Context, Mention};
use crate::lexicon::Role;
use crate::quantity::Quantity;
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};

impl Context<'_> {
    /// Whether a quantity goes on with a list whose last member so far is an ordinal without a word of its own.
    pub(super) fn goes_on_in_order(&self, before: Option<&Mention>, quantity: &Quantity) -> bool {
        let Some(before) = before.filter(|mention| mention.kind == Kind::Ordinal) else { return false };
        let between = Span::<InFlow>::new(before.span.end, quantity.span.start).of(self.text).trim();
        let digits = before.span.of(self.text).trim_start_matches(['第', ' ']);
        let bare = !digits.is_empty()
            && digits
                .chars()
                .all(|c| crate::lex::is_digit(c) || self.lexicon.is_numeral_char(c) || "～~—-－至".contains(c));
        let member = quantity.unit.map_or_else(
            || self.parts(quantity).is_some_and(|(_, noun, _)| self.lexicon.is_word(noun, Role::Member)),
            |unit| self.lexicon.is_word(unit.of(self.text), Role::Member),
        );
        let rises = match (&before.quantity, &quantity.value) {
            (Some(earlier), Some(value)) => earlier.value.as_ref().is_some_and(|earlier| earlier < value),
            _ => false,
        };
        matches!(between, "、" | "和" | "及" | "与" | "與" | "或") && bare && member && rises
    }

    /// The ordinal that such a quantity is.
    pub(super) fn ordinal(&self, mut quantity: Quantity) -> Mention {
        let mut mention = self.mention(quantity.span, Kind::Ordinal, "in a list that 第 opens", None);
        quantity.bound = Bound::Exact;
        mention.quantity = Some(quantity);
        mention
    }
}
