//! What a document adds to the run's report.

use crate::io::Tally;
use crate::lexicon::Lexicon;
use crate::normalise::{Extraction, Fact};
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// Characters before and behind a number in an example.
const AROUND: usize = 12;

/// Counts the rows of a document and what they lack.
pub(super) fn tally(document: &str, extraction: &Extraction, lexicon: &Lexicon) -> Tally {
    let mut tally = Tally::default();
    for fact in extraction.facts() {
        tally.found.count(fact.kind, 1);
        tally.digit_runs.count(fact.kind, digit_runs(fact.text()));
        tally.unlinked += u64::from(fact.kind.is_quantity() && fact.indicator.is_empty());
        if fact.kind == Kind::Number {
            let behind = Span::<InFlow>::new(fact.span.end, fact.sentence.end).of(&extraction.flow().text);
            if let Some(word) = unknown_unit(behind, lexicon) {
                tally.note(word, || (example(fact, behind, extraction), format!("{document}:{}", fact.line)));
            }
        }
    }
    tally
}

fn digit_runs(text: &str) -> u64 {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.split(|c| !is_digit(c)).filter(|run| !run.is_empty()).count() as u64
}

/// What stands behind a number like a unit: one or two Han characters, or up to eight letters, with no more of their
/// kind behind them, that no row of the lexicon knows.
fn unknown_unit<'a>(behind: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let start = behind.trim_start_matches(' ');
    let (is_part, most): (fn(char) -> bool, usize) =
        if start.starts_with(is_han) { (is_han, 2) } else { (char::is_alphabetic, 8) };
    let end = start.find(|c| !is_part(c)).unwrap_or(start.len());
    let word = start.get(..end).filter(|word| (1..=most).contains(&word.chars().count()))?;
    lexicon.word(word).is_none_or(|(length, _)| length < word.len()).then_some(word)
}

/// The number with what stands around it in its sentence.
fn example(fact: Fact<'_>, behind: &str, extraction: &Extraction) -> String {
    let before = Span::<InFlow>::new(fact.sentence.start, fact.span.start).of(&extraction.flow().text);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    [before.get(from..), Some(fact.text()), behind.get(..to)].into_iter().flatten().collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Pipeline};

    fn tallied(text: &str) -> Tally {
        let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
        tally("a.txt", &pipeline.extract(text), pipeline.lexicon())
    }

    fn unknown(text: &str) -> Vec<String> {
        tallied(text).unknown_by_frequency().into_iter().map(|unit| format!("{} {}", unit.rows, unit.word)).collect()
    }

    #[test]
    fn words_where_a_unit_would_stand_are_told() {
        assert_eq!(unknown("种菜12畦，种豆3畦。新增磁通5 Mwb。"), ["2 畦", "1 Mwb"]);
        let tally = tallied("首行。\n\n全年在河滩上种菜12畦，比上年多。");
        let first = tally.unknown_by_frequency().first().map(|unit| (unit.example.clone(), unit.place.clone()));
        assert_eq!(first, Some(("全年在河滩上种菜12畦，比上年多。".to_owned(), "a.txt:3".to_owned())));
    }

    #[test]
    fn words_that_are_known_or_run_on_are_no_units() {
        for text in ["恩格尔系数为0.29。", "新增企业12家。", "指数为80左右。", "裁员100的任务已经完成。", "比值为3"]
        {
            assert!(unknown(text).is_empty(), "{text}: {:?}", unknown(text));
        }
    }

    #[test]
    fn digits_are_counted_by_the_kind_of_their_row() {
        let tally = tallied("2022年，完成财政总收入18.34亿元，同比增长１３.1%。");
        let runs: Vec<_> = tally.digit_runs.iter().filter(|(_, runs)| *runs > 0).collect();
        assert_eq!(runs, [(Kind::Measure, 2), (Kind::Percent, 2), (Kind::Date, 1)]);
        assert_eq!(tally.unlinked, 0);
        assert_eq!(tallied("约为18.34亿元。").unlinked, 1);
    }
}
