//! 60岁以上, 5万元以下: ages and ranges that say which of the things counted a number counts.

use super::clause::{Sentence, is_pause};
use crate::mention::Mention;
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};

impl Sentence<'_> {
    /// Whether the number at `index` is such an age: it measures nothing by itself.
    pub(super) fn names_age(&self, index: usize) -> bool {
        let Some(mention) = self.mentions.get(index).filter(|mention| self.is_age(mention)) else { return false };
        let next = self.mentions.iter().skip(index + 1).find(|next| next.kind.is_quantity() && !self.is_age(next));
        next.is_some_and(|next| self.is_of_age(mention, Span::new(mention.span.end, next.span.start)))
    }

    fn is_age(&self, mention: &Mention) -> bool {
        mention.span.of(self.text).ends_with(['岁', '歲'])
    }

    /// 60岁及以上人口, 18岁以下未成年人, 0—14岁、60岁以上人口: an age in the name of those that the next number counts.
    pub(super) fn is_of_age(&self, mention: &Mention, between: Span<InFlow>) -> bool {
        let words = between.of(self.text);
        if !self.is_age(mention) || words.contains(is_pause) {
            return false;
        }
        if let Some(listed) = words.strip_prefix('、') {
            let next = self.mention_at(between.end - u32::try_from(listed.len()).unwrap_or(0));
            return next.is_some_and(|next| self.is_of_age(next, Span::new(next.span.end, between.end)));
        }
        if self.bounds_group(mention, between) {
            return true;
        }
        let noun = words.trim_start_matches(['及', '以', '上', '下']);
        let named = noun.chars().nth(1).is_some();
        named
            && !noun.starts_with(['共', '有', '为', '為', '是', '占', '佔', '达', '達', '约', '的', '到', '至'])
            && !noun.starts_with(['升', '降', '提', '增', '减', '下', '上'])
    }

    /// 18岁以下5000人, 年收入5万元至10万元200户, 90平方米以下3万套: a range that says which are counted right behind it.
    pub(super) fn bounds_group(&self, mention: &Mention, between: Span<InFlow>) -> bool {
        let Some(quantity) = &mention.quantity else { return false };
        let ranges = matches!(quantity.bound, Bound::AtMost | Bound::AtLeast | Bound::Between);
        let hedge = between.of(self.text).trim_start_matches(['及', '以', '之', '上', '下', '内', '內', '间', '間']);
        ranges
            && hedge.is_empty()
            && matches!(mention.kind, Kind::Measure | Kind::Count)
            && (!quantity.time || self.is_age(mention))
            && self.mention_at(between.end).is_some_and(|next| next.kind == Kind::Count)
    }

    /// Whether the number at `index` says which the next one counts.
    pub(super) fn is_group(&self, index: usize) -> bool {
        let pair = self.mentions.get(index).zip(self.mentions.get(index + 1));
        pair.is_some_and(|(group, next)| self.bounds_group(group, Span::new(group.span.end, next.span.start)))
    }

    /// The range before the number at `index` that says which it counts, with its hedge.
    pub(super) fn group_before(&self, index: usize) -> Option<Span<InFlow>> {
        let before = index.checked_sub(1).filter(|before| self.is_group(*before))?;
        let (group, counted) = (self.mentions.get(before)?, self.mentions.get(index)?);
        Some(Span::new(group.span.start, counted.span.start))
    }
}
