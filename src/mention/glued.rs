//! Cells that a text glued without a separator: what is read from their digits is no quantity.

use super::Context;
use crate::lex::is_digit;
use crate::quantity::Quantity;
use crate::terms::Kind;

/// From so many digits on, written without separators, a percent is several cells.
const PERCENT: usize = 5;
/// With so many decimals, more than a rate per head has, nothing is counted and no years are.
const DECIMALS: i32 = 4;

impl Context<'_> {
    /// 502040%, 1501.8759张, 100.002012年: more digits than such a quantity has.
    pub(super) fn is_glued(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let whole = words.chars().skip_while(|c| !is_digit(*c)).take_while(|c| is_digit(*c)).count();
        match quantity.kind {
            Some(Kind::Percent) => !quantity.han && quantity.scale == 0 && whole >= PERCENT,
            Some(Kind::Count) => quantity.scale == 0 && quantity.decimals >= DECIMALS,
            Some(Kind::Measure) if quantity.time => quantity.scale == 0 && quantity.decimals >= DECIMALS,
            _ => false,
        }
    }
}
