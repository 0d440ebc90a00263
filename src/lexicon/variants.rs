//! Forms of characters that are read as others: what a row writes in simplified script is found in traditional script
//! too.

use std::path::Path;
use std::sync::LazyLock;

use super::alphabet::fold;
use super::rows;

const FILE: &str = "variants.tsv";

/// Each form and the simplified character it is read as, by form.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs = Vec::new();
    let read = rows::read(Path::new(FILE), include_str!("zh/variants.tsv"), &["character", "surfaces"], |cells| {
        let forms = cells.surfaces()?;
        let simplified = cells.parse::<char>("character")?;
        pairs.extend(forms.iter().flat_map(|forms| forms.chars()).map(|form| (form, simplified)));
        Ok(())
    });
    if let Err(error) = read {
        unreachable!("built-in lexicon: {error}");
    }
    pairs.sort_unstable();
    pairs
});

/// The same pairs, by simplified character.
static FORMS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, char)> = SIMPLIFIED.iter().map(|(form, simplified)| (*simplified, *form)).collect();
    pairs.sort_unstable();
    pairs
});

/// What a character of a surface is spelled as: the half-width and simplified form of it.
pub(super) fn spelled(ch: char) -> char {
    let folded = fold(ch);
    let at = SIMPLIFIED.binary_search_by_key(&folded, |(form, _)| *form).ok();
    at.and_then(|at| SIMPLIFIED.get(at)).map_or(folded, |(_, simplified)| *simplified)
}

/// The other forms of a simplified character.
pub(super) fn forms(simplified: char) -> impl Iterator<Item = char> {
    let from = FORMS.partition_point(|(known, _)| *known < simplified);
    FORMS.iter().skip(from).take_while(move |(known, _)| *known == simplified).map(|(_, form)| *form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_as_one_simplified_character() {
        assert_eq!(
            SIMPLIFIED.iter().map(|(form, _)| form).collect::<std::collections::HashSet<_>>().len(),
            SIMPLIFIED.len()
        );
        for (form, simplified) in SIMPLIFIED.iter() {
            assert_ne!(form, simplified);
            assert_eq!(
                spelled(*simplified),
                *simplified,
                "{form} is read as a character that is itself read as another"
            );
        }
        assert_eq!(['發', '髮', '发', '％', '乾'].map(spelled), ['发', '发', '发', '%', '乾']);
        assert_eq!(forms('发').collect::<String>(), "發髮");
    }
}
