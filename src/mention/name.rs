//! Words and names that a Han digit opens: 四方, 五星, 三元区. They count nothing and make no row.

use super::Context;
use crate::lexicon::{Lexicon, Role, is_digit, is_han};
use crate::quantity::Quantity;
use crate::terms::Kind;

impl Context<'_> {
    /// Whether a Han digit with its unit is the front of a name.
    pub(super) fn is_name(&self, quantity: &Quantity) -> bool {
        let Some((numeral, unit, after)) = self.parts(quantity) else { return false };
        let mut chars = unit.chars();
        let (Some(only), None) = (chars.next(), chars.next()) else { return false };
        if !quantity.han || numeral.chars().count() > 1 || self.before(quantity.span).ends_with('第') {
            return false;
        }
        let adds_up = after.chars().next().is_some_and(|c| self.lexicon.is_numeral_char(c));
        // 中山北二路: a road, but not 兵分三路.
        let named = self.before(quantity.span).chars().next_back();
        if only == '路' && named.is_some_and(|c| is_han(c) && !"分有共各的这那了".contains(c)) {
            return true;
        }
        let counted = || self.warms(quantity, unit) || self.costs(quantity, unit) || self.stands_alone(quantity);
        if self.lexicon.is_word(unit, Role::Named) && !adds_up && !counted() {
            return true;
        }
        // 近郊四区, 东部三县: a name; 东部有三县 counts.
        if self.lexicon.is_word(unit, Role::Tier)
            && self.lexicon.closing(self.before(quantity.span), Role::Sector).is_some()
        {
            return true;
        }
        // 三元区, 五台县, but not 三个县, 五台市场.
        self.lexicon.opening(after, Role::Tier).is_some_and(|tier| {
            let word = after.get(tier.len()..).and_then(|rest| self.lexicon.opening(rest, Role::PlaceWord));
            word.is_none() && ![Role::PerPlace, Role::Tier].iter().any(|role| self.lexicon.is_word(unit, *role))
        })
    }

    /// 跨越千亿台阶, 达千亿规模: a height that something reached counts nothing.
    pub(super) fn is_height(&self, before: &str, after: &str) -> bool {
        self.opens(after, Role::Milestone) || crate::numeral::names_size(before, after, self.lexicon)
    }

    /// The numeral, its unit or counted noun, and what stands behind both.
    pub(super) fn parts(&self, quantity: &Quantity) -> Option<(&str, &str, &str)> {
        let words = quantity.span.of(self.text);
        let after = self.after(quantity.span);
        if let Some(unit) = quantity.unit {
            let unit = unit.of(self.text);
            // 二、三级: the unit that a list shares stands behind the last of it.
            return Some((words.strip_suffix(unit).unwrap_or(words), unit, after));
        }
        quantity.kind?;
        let (length, _) = self.lexicon.unit(after)?;
        Some((words, after.get(..length)?, after.get(length..)?))
    }

    /// 降了三度, 零下五度, 用电三度: degrees and kilowatt hours, which a digit does count.
    fn warms(&self, quantity: &Quantity, unit: &str) -> bool {
        unit == "度" && self.stands_near(quantity, 12, Role::Degree)
    }

    /// 每斤六角, 卖三角: money, and no shape.
    fn costs(&self, quantity: &Quantity, unit: &str) -> bool {
        unit == "角" && self.stands_near(quantity, 4, Role::Coin)
    }

    /// Whether a word of a role opens among so many characters before a quantity.
    fn stands_near(&self, quantity: &Quantity, characters: usize, role: Role) -> bool {
        let before = self.before(quantity.span);
        let mut places = before.char_indices().rev().take(characters).filter_map(|(at, _)| before.get(at..));
        places.any(|rest| self.lexicon.opening(rest, role).is_some())
    }

    /// 五度, 六角: what is measured and fills its segment is no name.
    fn stands_alone(&self, quantity: &Quantity) -> bool {
        let word = |text: &str| text.contains(char::is_alphanumeric);
        quantity.kind == Some(Kind::Measure) && !word(self.before(quantity.span)) && !word(self.after(quantity.span))
    }
}

/// 苏-27, 歼-20: a dash between a name and a whole number is no sign; 利润-27 is one.
pub(super) fn is_model(words: &str, before: &str, lexicon: &Lexicon) -> bool {
    let digits = words.trim_start_matches(['-', '－', '−', '–', '—']);
    let whole = digits.len() < words.len() && digits.chars().all(is_digit) && digits.chars().nth(1).is_some();
    whole && ends_in_name(before, lexicon) && lexicon.closing(before, Role::Signed).is_none()
}

/// 工业4.0, but not 为4.0.
pub(super) fn ends_in_name(before: &str, lexicon: &Lexicon) -> bool {
    before.ends_with(is_han) && lexicon.closing(before, Role::NoName).is_none()
}

/// Letters before a number that are a name and no word of an English text: Android 13.
pub(super) fn is_latin_name(before: &str) -> bool {
    let Some(words) = before.strip_suffix(' ') else { return false };
    let earlier = words.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    let name = words.get(earlier.len()..).unwrap_or_default();
    name.contains(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase())
        && is_chinese(earlier.trim_end())
}

/// One letter before a number, which it names: Z 42.
pub(super) fn is_letter(before: &str) -> bool {
    let Some(words) = before.strip_suffix(' ') else { return false };
    words.strip_suffix(|c: char| c.is_ascii_uppercase()).is_some_and(is_chinese)
}

/// Whether a Chinese text stands before a name in letters, or none.
fn is_chinese(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| is_han(c) || "，、；。“《（".contains(c))
}
