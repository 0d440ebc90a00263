//! Words and names that a Han digit opens: 四方, 五星, 三元区. They count nothing and make no row.

use super::Context;
use crate::lexicon::Role;
use crate::quantity::Quantity;

/// Behind a word of one character these make the name of a place: 三元区, 五台县.
const PLACES: [char; 9] = ['县', '縣', '区', '區', '市', '镇', '鎮', '乡', '旗'];

/// Classifiers that stand before places and people as they do before anything: 三个县, 两座镇.
const COUNTS: [char; 24] = [
    '个', '個', '座', '条', '家', '处', '位', '名', '所', '片', '类', '种', '级', '批', '年', '月', '日', '天', '省',
    '盟', '州', '国', '地', '城',
];

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
        if self.lexicon.is_word(unit, Role::Named) && !adds_up && !self.warms(quantity, unit) {
            return true;
        }
        let mut behind = after.chars();
        behind.next().is_some_and(|c| PLACES.contains(&c))
            && !COUNTS.contains(&only)
            && !PLACES.contains(&only)
            && !behind.next().is_some_and(|c| matches!(c, '场' | '域' | '民' | '间' | '长' | '委' | '政' | '级' | '内'))
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
        let near = |c: char| "温溫热熱冷零升降高低纬緯经經坡角电電".contains(c);
        unit == "度" && self.before(quantity.span).chars().rev().take(12).any(near)
    }
}
