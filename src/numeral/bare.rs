//! Scales without a digit, which count only where the words around them say so: 近百人, 投资千万元以上的项目, 达千亿规模.

use super::{Numeral, ends};
use crate::exact::Exact;
use crate::lex::Lexemes;
use crate::lexicon::{Entry, Lexicon, Place, Role, RowId};
use crate::text::{InFlow, Span};

/// 百, 千, 万 without a digit count only behind a hedge or with one inside: 近百人, 超千亿元, 百余户.
pub(super) fn allows_bare(
    (before, rest): (&str, &str),
    numeral: &Numeral,
    lexemes: &Lexemes,
    span: Span<InFlow>,
    lexicon: &Lexicon,
) -> bool {
    let hedged = lexemes.words.iter().any(|(row, word)| {
        word.end == span.start
            && matches!(
                lexicon.entry(*row),
                Some(Entry::Modifier { place: Place::Before | Place::Bare | Place::Around, .. })
            )
    });
    let after = rest.get(numeral.length()..).unwrap_or_default();
    // 破千万。, 过亿。: so large a number needs no noun. 成百上千。 is none.
    let large = numeral.inside.is_none() && hedged && numeral.value >= Exact::integer(1_000_000);
    (numeral.inside.is_some()
        || hedged
        || hedged_behind(after, lexicon.closing(before, Role::Measured).is_some(), lexicon))
        && (!ends(after) || large)
        && !after.starts_with('、')
}

/// GDP达千亿规模: a size that something reaches; 千亿规模产业 is a name.
pub(crate) fn names_size(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let size = [Role::Measured, Role::Milestone].iter().find_map(|role| lexicon.opening(after, *role));
    let size = size.and_then(|word| after.get(word.len()..));
    size.is_some_and(|behind| ends(behind) || behind.starts_with('、'))
        && lexicon.closing(before, Role::Totals).is_some()
}

/// 增收千元以上。: a hedge behind the unit ends the clause, or stands with 的 behind what is measured: 投资千万元以上的项目. 亿元以上项目 are
/// projects of a sort.
fn hedged_behind(after: &str, measured: bool, lexicon: &Lexicon) -> bool {
    let hedge = |behind: &str| {
        let (length, rows) = lexicon.word(behind)?;
        let after = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }));
        Some(
            rows.iter().any(after)
                && (ends(behind.get(length..)?) || measured && behind.get(length..)?.starts_with('的')),
        )
    };
    let behind = lexicon.unit(after).and_then(|(length, _)| after.get(length..));
    behind.and_then(hedge).unwrap_or(false)
}
