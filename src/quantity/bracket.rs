//! Numbers whose unit stands behind the bracket that closes them: (128±15)g/L, and the minus of an account, （567.89）万元.

use super::sign::negate;
use super::stated::stated_unit;
use super::unit::Units;
use super::{Context, Quantity};
use crate::terms::{Direction, Kind};
use crate::text::Span;
use crate::trace::Column;

/// Bytes that the scales before a unit may take: 百万, 千亿.
const SCALES: usize = 4 * '万'.len_utf8();

impl Context<'_> {
    /// Takes the unit behind the bracket for what stands inside. The brackets stay outside the span.
    pub(super) fn unit_behind_bracket(&self, quantity: &mut Quantity, units: &mut Units) {
        let (before, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        let Some(behind) = rest.strip_prefix([')', '）']) else { return };
        let from = quantity.span.to() + rest.len() - behind.len();
        let span = Span::at(from, self.segment.to());
        let spread = before.ends_with('±');
        // 附注（12.5）米 would be one too: what is in brackets of its own has a point or groups.
        let account = before.ends_with(['(', '（']) && quantity.sign.is_none() && self.has_places(quantity);
        let Some(found) = stated_unit(self.text, span, self.lexicon, units).filter(|_| spread || account) else {
            return;
        };
        let fits = match found.kind {
            Kind::Measure => true,
            Kind::Percent | Kind::PercentagePoint => account,
            _ => false,
        };
        if !fits || found.span.from() > from + SCALES {
            return;
        }
        (quantity.kind, quantity.unit) = (Some(found.kind), Some(found.span));
        quantity.composed = Some(found.composed);
        quantity.value = quantity.value.take().map(|value| value.scaled(found.power));
        quantity.decimals -= found.power;
        quantity.trace.note(Column::Unit, "the unit behind the bracket", Some(found.row), Some(found.span));
        // 上年同期为（567.89）万元, 现金流量净额（12.5）万元, but 已完成投资（2.5）亿元
        let told = before.trim_end_matches(['(', '（', ' ']);
        let led = [
            '为', '為', '是', '至', '到', '由', '从', '從', '于', '於', '额', '額', '益', '润', '潤', '利', '比', '率',
        ];
        if account && (told.is_empty() || told.ends_with(led)) {
            quantity.sign = Some(Direction::Decrease);
            negate(quantity);
            quantity.trace.note(
                Column::Value,
                "the brackets of an account stand for a minus",
                None,
                Some(quantity.span),
            );
        }
    }

    /// Whether a number has a point or groups of thousands, as amounts in accounts have.
    pub(super) fn has_places(&self, quantity: &Quantity) -> bool {
        quantity.span.of(self.text).contains(['.', ',', '．', '，'])
    }
}
