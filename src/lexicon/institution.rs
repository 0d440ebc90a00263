//! What the institutions that a text names tell of it: how it counts its years.

use super::{Entry, Lexicon};

impl Lexicon {
    /// Whether a text counts its years by the Republic: it names an institution of Taiwan, as that writes its name.
    pub(crate) fn counts_by_republic(&self, text: &str) -> bool {
        let named = |surfaces: &[Box<str>]| surfaces.iter().any(|surface| text.contains(&**surface));
        let taiwan = |entry: &Entry| matches!(entry, Entry::Region { currency } if &**currency == "TWD");
        // Hardly a text of Taiwan is without one of these, and none in simplified script has them.
        (text.contains('國') || text.contains('臺'))
            && self.rows.iter().zip(&self.entries).any(|(row, entry)| taiwan(entry) && named(&row.surfaces))
    }
}
