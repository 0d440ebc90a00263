//! Lists whose members are what the first is: 第五、六章 and 第5、9、13条 are ordinals, 公交8、28、60 names; articles that the
//! last of a list names (20、54、83條條文).

use super::{Context, Mention};
use crate::lexicon::{Role, is_digit, joins};
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
            && digits.chars().all(|c| is_digit(c) || self.lexicon.is_numeral_char(c) || "～~—-－至".contains(c));
        let member = quantity.unit.map_or_else(
            || self.parts(quantity).is_some_and(|(_, noun, _)| self.lexicon.is_word(noun, Role::Member)),
            |unit| self.lexicon.is_word(unit.of(self.text), Role::Member),
        );
        let rises = match (&before.quantity, &quantity.value) {
            (Some(earlier), Some(value)) => earlier.value.as_ref().is_some_and(|earlier| earlier < value),
            _ => false,
        };
        // 一类、二类、三类
        let alike = quantity.unit.is_some_and(|unit| before.span.of(self.text).ends_with(unit.of(self.text)));
        (between == "或" || joins(between)) && (bare || alike) && member && rises
    }

    /// The ordinal that such a quantity is.
    pub(super) fn ordinal(&self, mut quantity: Quantity) -> Mention {
        let mut mention = self.mention(quantity.span, Kind::Ordinal, "in a list that 第 opens", None);
        quantity.bound = Bound::Exact;
        mention.quantity = Some(quantity);
        mention
    }

    /// 表3、4、5, 公交8、28、60: whether a bare number goes on with a list that a word for a numbered thing opens.
    pub(super) fn goes_on_numbered(&self, before: Option<&Mention>, quantity: &Quantity) -> bool {
        let Some(before) = before.filter(|mention| mention.kind == Kind::Label) else { return false };
        let between = Span::<InFlow>::new(before.span.end, quantity.span.start).of(self.text);
        quantity.kind.is_none()
            && joins(between.trim())
            && quantity.span.of(self.text).chars().all(is_digit)
            && before.span.of(self.text).chars().all(is_digit)
            && (before.listed || self.behind(before.span, Role::Numbered))
    }

    /// 20、54、56、83條條文: whether a number is one of the articles that are named behind the last.
    pub(super) fn names_articles(&self, quantity: &Quantity, after: &str) -> bool {
        let is_article = |unit: Span<InFlow>| matches!(unit.of(self.text), "条" | "條");
        if !quantity.unit.is_some_and(is_article) || self.before(quantity.span).ends_with(['文', '共', '计', '計'])
        {
            return false;
        }
        let list = after.trim_start_matches(|c| is_digit(c) || matches!(c, '、' | '-' | '～' | ' '));
        let named = list.strip_prefix(['条', '條']).filter(|_| list.len() < after.len()).unwrap_or(list).trim_start();
        named.starts_with("条文") || named.starts_with("條文")
    }
}
