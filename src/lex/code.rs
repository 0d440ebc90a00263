//! Letters beside digits: names glued to a number, letters read for digits, the letter of an answer, quarters.

use std::ops::Range;

use crate::lexicon::{ComparisonForm, Entry, Lexicon, Reach, Role, is_alphanumeric, is_digit};

/// CPI+0.3%: the plus is a sign. Gives where the number starts and ends.
pub(super) fn signed_percent(text: &str, after: &str) -> Option<(usize, usize)> {
    let (name, number) = text.split_once(['+', '＋'])?;
    let named = name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase()) && number.chars().all(is_digit);
    let point = after.strip_prefix('.').map_or(after, |places| places.trim_start_matches(is_digit));
    (named && point.starts_with(['%', '％']))
        .then(|| (text.len() - number.len(), text.len() + after.len() - point.len()))
}

/// GDP5.2%, RMB100: letters before a number that has a unit are a word of their own. Gives where the number starts.
pub(super) fn code(text: &str, after: &str, lexicon: &Lexicon) -> Option<usize> {
    let at = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let at = at + usize::from(option(text).is_some());
    let number = text.get(at..)?;
    // PPI-2.3%: a minus.
    let minus = number.strip_prefix(['-', '－', '−']).filter(|_| after.starts_with(['%', '％']));
    let at = minus.map_or(at, |minus| text.len() - minus.len());
    let number = minus.unwrap_or(number);
    if at < 2 || !number.chars().all(|c| is_digit(c) || c == '.') {
        return None;
    }
    let money = !lexicon.unit_named(text.get(..at)?).is_empty();
    let scale = after.starts_with(['万', '亿', '萬', '億']);
    let unit = lexicon
        .unit(after)
        .is_some_and(|(_, rows)| rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Unit(_)))));
    // BSD2501型: a model.
    let model = after.starts_with(['型', '系', '号', '號', '#']);
    (money && !model || scale || unit).then_some(at)
}

/// 1O0万, l5家, O.5亿: the length of a number in which O was read for 0 or l for 1. It surely is a number only where a
/// scale or a unit follows, and the letter does not make a code (O2) or a litre (5l).
pub(super) fn damaged(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let length = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | '.')))?;
    let (number, after) = text.split_at_checked(length)?;
    let (digits, letters) =
        (number.contains(|c: char| c.is_ascii_digit()), number.contains(|c: char| c.is_ascii_alphabetic()));
    let plain = !number.starts_with(['o', 'O']) || number.starts_with("O.") || number.starts_with("o.");
    if !digits || !letters || !plain || number.ends_with(['.', 'l']) {
        return None;
    }
    let unit = || !after.starts_with(|c: char| c.is_ascii()) && lexicon.counts(after);
    (after.starts_with(['万', '亿', '萬', '億', '%', '％']) || unit()).then_some(length)
}

/// A.13.7%: what stands behind the letter of an answer and its point.
pub(super) fn option(text: &str) -> Option<&str> {
    text.strip_prefix(['A', 'B', 'C', 'D', 'E'])?.strip_prefix('.')
}

/// 京东Q2收入, Q1、Q2收入, ，Q4预计: a quarter, by what is told of it. 奥迪Q3销量 is a name, and so is Q3 where nothing tells more.
pub(super) fn is_quarter(segment: &str, range: &Range<usize>, lexicon: &Lexicon) -> bool {
    let text = segment.get(range.clone()).unwrap_or_default();
    if !matches!(text, "Q1" | "Q2" | "Q3" | "Q4") {
        return false;
    }
    let mut after = segment.get(range.end..).unwrap_or_default();
    // The quarters of a list are told of together.
    for _ in 0..3 {
        let next = after.trim_start_matches(['、', '和', '及', '与', '與', '至', '-', '—', '~', '～']);
        let next = next.strip_prefix('Q').filter(|_| next.len() < after.len());
        let Some(behind) = next.and_then(|next| next.strip_prefix(['1', '2', '3', '4'])) else { break };
        after = behind;
    }
    let after = after.trim_start_matches([' ', '的']);
    if lexicon.opening(after, Role::Quarterly).is_some() {
        return true;
    }
    let told = || {
        let (_, rows) = lexicon.word(after)?;
        Some(rows.iter().any(|row| {
            matches!(
                lexicon.entry(*row),
                Some(
                    Entry::Cue(Role::Measured)
                        | Entry::Comparison { form: ComparisonForm::Adverb, .. }
                        | Entry::Status { reach: Reach::Forecast, .. }
                )
            )
        }))
    };
    let opens = segment.get(..range.start).is_none_or(|before| !before.trim_end().ends_with(is_alphanumeric));
    opens && !segment.get(..range.start).is_some_and(|before| before.ends_with('、')) && told().unwrap_or(false)
}
