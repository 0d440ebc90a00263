//! Cells that a text glued without a separator: what is read from their digits is no quantity.

use super::Context;
use crate::lexicon::is_digit;
use crate::quantity::Quantity;
use crate::segment::SegmentKind;
use crate::terms::Kind;

/// From so many digits on, written without separators, a percent is several cells.
const PERCENT: usize = 5;
/// With so many decimals, more than a rate per head has, nothing is counted and no years are.
const DECIMALS: i32 = 4;

impl Context<'_> {
    /// From so many digits on a letter behind them ends a code: 91350525337625372J, 620101K in a cell of its own.
    pub(super) fn code_length(&self, before: &str, after: &str) -> usize {
        let alone = matches!(self.segment.kind, SegmentKind::Cell { .. }) && before.is_empty() && after.is_empty();
        if alone { 6 } else { 12 }
    }

    /// 502040%, 1501.8759张, 100.002012年: more digits than such a quantity has.
    pub(super) fn is_glued(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let whole = words.chars().skip_while(|c| !is_digit(*c)).take_while(|c| is_digit(*c)).count();
        match quantity.kind {
            Some(Kind::Percent) => !quantity.han && quantity.scale == 0 && whole >= PERCENT,
            Some(Kind::Count) => quantity.scale == 0 && quantity.decimals >= DECIMALS,
            Some(Kind::Measure) if quantity.time => quantity.scale == 0 && quantity.decimals >= DECIMALS,
            None => {
                !quantity.han
                    && quantity.scale == 0
                    && quantity.ends.is_none()
                    && is_sum_and_share(whole, quantity.decimals)
            }
            _ => false,
        }
    }
}

/// A number without a unit that has more digits on either side of its point than a sum or a share has is one and the other:
/// 6500000 and 10.005, 900000 and 0.12025.
const fn is_sum_and_share(whole: usize, decimals: i32) -> bool {
    whole >= 7 && decimals >= 3 || whole >= 5 && decimals >= 5
}
