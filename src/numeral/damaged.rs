//! Numbers that a scan or a layout spoiled: letters read for digits, digits set apart one by one.

use super::{Numeral, read};
use crate::lexicon::Lexicon;

/// As many characters behind a number as its scales may take.
const SCALES: usize = 8;

/// 1O0万, l5, 1 2 3 . 4 亿: read with the letters put back into the digits that they were read for, and without the spaces
/// in `number`, which `rest` starts with.
pub(super) fn mended(number: &str, rest: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let digits = number.chars().filter(|c| *c != ' ').map(|c| match c {
        'O' | 'o' => '0',
        'l' => '1',
        digit => digit,
    });
    let behind = rest.get(number.len()..)?.chars().take(SCALES);
    let mut numeral = read(&digits.chain(behind).collect::<String>(), lexicon)?;
    numeral.cover(numeral.length() + number.matches(' ').count());
    Some(numeral)
}
