//! Four digits without a unit that are a year: in a title, in brackets, before the name of what takes place in it.

use super::Context;
use crate::lexicon::{Entry, PeriodWord, Role, is_digit, is_han, is_year};
use crate::quantity::Quantity;
use crate::segment::SegmentKind;
use crate::terms::Bound;
use crate::text::{InFlow, Span};

/// 1979、1980两年: what stands behind the last of some years.
fn counts_years(after: &str) -> bool {
    let behind = after.trim_start().strip_prefix(['两', '兩', '二', '三', '四', '五']).unwrap_or_default();
    behind.starts_with('年') && !behind.starts_with("年级")
}

/// 2026世界机器人大会, 2014“青年之声”: whether the name of what takes place in a year follows it. 2000人 and 2000贫困户 are
/// counted, and so may be whatever stands behind hundreds.
fn names(year: &str, before: &str, after: &str) -> bool {
    let name = |c: char| {
        is_han(c) && !"的左以多余至到为是和与及或占同比较增个強强号次大".contains(c) || matches!(c, '“' | '「' | '《')
    };
    let behind = after.strip_prefix(['（', '(']).unwrap_or(after);
    !year.ends_with("00")
        && !after.starts_with("上下")
        && !before.ends_with(|c: char| c.is_ascii_alphanumeric() || "-—–~～:：/.·】〕]+".contains(c) && c != '：')
        && behind.starts_with(name)
}

/// １９９８、１９９９年: what stands behind the year is a list that ends in 年.
fn opens_list(after: &str) -> bool {
    let mut rest = after;
    while let Some(next) = rest.strip_prefix(['、', '和', '及', '与', '與']) {
        let year = next.char_indices().nth(4).and_then(|(at, _)| next.split_at_checked(at));
        let Some((_, behind)) = year.filter(|(year, _)| is_year(year)) else { return false };
        if behind.trim_start().starts_with('年') {
            return true;
        }
        rest = behind;
    }
    false
}

/// The longest word for a year, in characters.
const WORD: usize = 4;

impl Context<'_> {
    /// 明年度（115）: a year of the Republic in brackets, from the word before them that says which.
    fn explained_year(&self, year: Span<InFlow>, before: &str, after: &str) -> Option<Span<InFlow>> {
        let digits = year.of(self.text);
        let republic = digits.len() == 3 && digits.starts_with('1') && digits.chars().all(is_digit);
        let outside = before.strip_suffix(['（', '(']).filter(|_| republic)?;
        let close = after.chars().next().filter(|c| matches!(c, '）' | ')'))?;
        let which = |at: usize| {
            let mut words = self.lexicon.word_named(outside.get(at..).unwrap_or_default()).iter();
            words.any(|row| matches!(self.lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(_)))))
        };
        let mut starts = outside.char_indices().rev().take(WORD).skip(1).map(|(at, _)| at);
        let start = starts.find(|at| which(*at))?;
        Some(Span::at(year.from() - (before.len() - start), year.to() + close.len_utf8()))
    }

    /// The year that digits without a unit are, and why, if they are one.
    pub(super) fn year(
        &self,
        quantity: &Quantity,
        before: &str,
        after: &str,
        cell: bool,
    ) -> Option<(Span<InFlow>, &'static str)> {
        if is_year(quantity.span.of(self.text)) {
            return Some((quantity.span, self.year_rule(quantity, before, after, cell)?));
        }
        let rule = "a year of the Republic behind the word that says which";
        Some((self.explained_year(quantity.span, before, after)?, rule))
    }

    /// Why four digits without a unit are a year, if they are one.
    fn year_rule(&self, quantity: &Quantity, before: &str, after: &str, cell: bool) -> Option<&'static str> {
        let year = quantity.span.of(self.text);
        // 1920×1080: one side of a screen.
        if after.starts_with(['×', '*']) || before.ends_with(['×', '*']) {
            return None;
        }
        // 甲县 2013 1987
        if matches!(self.segment.kind, SegmentKind::Cell { counted: true, .. }) {
            return None;
        }
        let alone = self.year_stands_alone(before, after, cell) || self.is_english_year(quantity);
        let named = || !cell && quantity.bound == Bound::Exact && names(year, before, after);
        let counted = || counts_years(after).then_some("a year among those that are counted behind it");
        if alone {
            Some("a year that stands alone")
        } else if opens_list(after) {
            Some("a year in a list of years")
        } else if named() {
            Some("a year before the name of what takes place in it")
        } else {
            counted()
        }
    }

    /// A year heads a title, stands in brackets, or is a cell; in prose a space or a name follows it.
    fn year_stands_alone(&self, before: &str, after: &str, cell: bool) -> bool {
        let title = matches!(self.segment.kind, SegmentKind::Title | SegmentKind::Heading | SegmentKind::Caption);
        if cell {
            return before.is_empty() && after.is_empty();
        }
        let front = before.trim().is_empty() && !after.is_empty();
        let bracketed = before.trim_end().ends_with(['（', '(']) && after.trim_start().starts_with(['）', ')']);
        title
            || front
            || bracketed
            || before.ends_with(['在', '于', '自', '到', '至', '从']) && !after.starts_with(['多', '余', '餘'])
            || self.opens(after, Role::YearOf)
    }
}
