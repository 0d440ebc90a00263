//! What holds for every text and for any bytes, for the tests that make texts, keep texts, or search for them.

pub(crate) mod written;

use taizhang::exact::Exact;
use taizhang::io::decode;
use taizhang::{Extraction, Pipeline, Stage};

use written::numeral_text;

/// What is broken about the reading of any bytes: as the text they are, and as one with damage where they are none.
pub(crate) fn broken_by_bytes(pipeline: &Pipeline, bytes: &[u8]) -> Option<String> {
    let decoded = decode(bytes).ok().map(|decoded| decoded.text);
    let damaged = String::from_utf8_lossy(bytes);
    let mut texts =
        decoded.as_deref().into_iter().chain([&*damaged].into_iter().filter(|text| decoded.as_deref() != Some(*text)));
    texts.find_map(|text| broken(text, &pipeline.extract(text)))
}

/// What is broken about the reading of numerals: of the number that the first eight bytes are, written with care,
/// and of whatever signs of numerals the rest makes.
pub(crate) fn broken_by_numerals(pipeline: &Pipeline, bytes: &[u8]) -> Option<String> {
    let (number, rest) = bytes.split_at_checked(8)?;
    let number = number.try_into().map(u64::from_le_bytes).ok()?;
    for (written, value) in written::ways(number) {
        let read = only_numeral(pipeline, &format!("共计{written}个项目。"));
        if read != value {
            return Some(format!("{value} written as {written} is read as `{read}`"));
        }
    }
    let text = numeral_text(rest);
    let chars = text.chars().count();
    for item in pipeline.show(&text, Stage::Numeral) {
        let (from, to) = (item.char_start as usize, item.char_end as usize);
        if from >= to || to > chars {
            return Some(format!("the numeral `{}` at {from}..{to} is empty or out of bounds in `{text}`", item.text));
        }
        let value = item.fields.get("value").and_then(|value| value.as_str());
        // Quotients and powers beyond writing have forms of their own.
        let decimal = value.filter(|value| !value.contains(['/', 'e']));
        if decimal.is_some_and(|value| value.parse::<Exact>().ok().is_none_or(|read| read.to_string() != value)) {
            return Some(format!("the numeral `{}` is worth {value:?}, which does not read back", item.text));
        }
    }
    broken(&text, &pipeline.extract(&text))
}

/// The value of the one numeral that the stage finds.
pub(crate) fn only_numeral(pipeline: &Pipeline, text: &str) -> String {
    let found = pipeline.show(text, Stage::Numeral);
    let values: Vec<&str> = found.iter().filter_map(|item| item.fields.get("value")?.as_str()).collect();
    values.join(" ")
}

/// Checks the invariants of the rows of one text; the sentence that is broken, if one is.
pub(crate) fn broken(text: &str, extraction: &Extraction) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut covered = vec![false; chars.len()];
    let mut end = 0;
    for (index, fact) in extraction.facts().enumerate() {
        let (from, to) = (fact.char_start as usize, fact.char_end as usize);
        let told = || format!("row {index} `{}` at {from}..{to}", fact.text());
        if fact.fact as usize != index {
            return Some(format!("{} is numbered {}", told(), fact.fact));
        }
        if from >= to || to > chars.len() {
            return Some(format!("{} is empty or out of bounds", told()));
        }
        if from < end {
            return Some(format!("{} starts before the row before it ends", told()));
        }
        end = to;
        let Some(bytes) = text.get(fact.source.from()..fact.source.to()) else {
            return Some(format!("{} does not start and end on characters", told()));
        };
        let span: String = chars.iter().skip(from).take(to - from).collect();
        if span != bytes {
            return Some(format!("{}: bytes say `{bytes}`, characters say `{span}`", told()));
        }
        // Wide runs of spaces are layout as line breaks are.
        let spaces = span.contains(['\n', '\r', '\t'])
            || span.contains("  ")
            || span.contains("　　")
            || span.contains("　 ")
            || span.contains(" 　");
        if squeezed(&span) != squeezed(fact.text()) || !spaces && span != fact.text() {
            return Some(format!("{} is not its span `{span}`", told()));
        }
        let line = chars.iter().take(from).filter(|ch| **ch == '\n').count() + 1;
        if fact.line as usize != line {
            return Some(format!("{} is said to stand on line {}, and stands on {line}", told(), fact.line));
        }
        if !fact.sentence().contains(fact.text()) {
            return Some(format!("{} is not in its sentence `{}`", told(), fact.sentence()));
        }
        if fact.of_fact.is_some_and(|other| other as usize >= extraction.records().len() || other as usize == index) {
            return Some(format!("{} qualifies a row that is not there", told()));
        }
        covered.iter_mut().take(to).skip(from).for_each(|place| *place = true);
    }
    let left = chars.iter().zip(&covered).position(|(ch, covered)| is_digit(*ch) && !covered);
    if let Some(at) = left {
        return Some(format!("the digit at {at} is in no row: `{}`", around(&chars, at)));
    }
    // One run of digits lies inside one row: no row starts or ends between two digits.
    for fact in extraction.facts() {
        for at in [fact.char_start as usize, fact.char_end as usize] {
            let cut = at > 0 && is_digit(chars[at - 1]) && chars.get(at).copied().is_some_and(is_digit);
            if cut {
                return Some(format!("a run of digits is cut at {at}: `{}`", around(&chars, at)));
            }
        }
    }
    None
}

fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

fn around(chars: &[char], at: usize) -> String {
    chars.iter().skip(at.saturating_sub(12)).take(24).collect()
}
