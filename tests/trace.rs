//! What a trace keeps of the readings that were weighed and lost, and that a pipeline without traces keeps none.

use taizhang::terms::Status;
use taizhang::trace::{Candidate, Column, Reason};
use taizhang::{Lexicon, Options, Pipeline};

/// The words, what they would have given and the reason of each reading that a column of a number lost.
fn lost(text: &str, number: &str, column: Column) -> Vec<(String, String, Reason)> {
    let pipeline = Pipeline::new(Lexicon::builtin(), Options { trace: true, ..Options::default() });
    let extraction = pipeline.extract(text);
    let fact = extraction.facts().find(|fact| fact.text() == number).expect("the number");
    let flow = &extraction.flow().text;
    let dropped = fact.trace.dropped(column).map(|dropped| {
        let value = match dropped.candidate {
            Candidate::Indicator(phrase) => phrase.of(flow).into_owned(),
            Candidate::Period(period) => period.map(|period| period.to_string()).unwrap_or_default(),
            Candidate::Status(status) => status.map(|status| status.to_string()).unwrap_or_default(),
        };
        (dropped.words.map(|words| words.of(flow).to_owned()).unwrap_or_default(), value, dropped.reason)
    });
    dropped.collect()
}

fn told(words: &str, value: &str, reason: Reason) -> (String, String, Reason) {
    (words.to_owned(), value.to_owned(), reason)
}

#[test]
fn the_times_that_lost_are_kept_with_their_reasons() {
    let text = "与2019年相比，2023年落实2030年行动方案，按2020年不变价计算的产值达30亿元，2024年达40亿元。";
    let lost = lost(text, "30亿元", Column::Period);
    for expected in [
        told("2019年", "2019", Reason::Compared),
        told("2030年", "2030", Reason::OfNoun),
        told("2020年", "2020", Reason::Reckoned),
        told("2024年", "2024", Reason::Behind),
    ] {
        assert!(lost.contains(&expected), "{expected:?} is not in {lost:?}");
    }
    assert!(lost.iter().all(|(words, ..)| words != "2023年"), "{lost:?}");
}

#[test]
fn a_month_without_a_year_is_weighed_in_vain() {
    assert_eq!(lost("3月，产值达30亿元。", "30亿元", Column::Period), [told("3月", "", Reason::NoYear)]);
}

#[test]
fn the_words_of_plan_that_lost_are_kept_with_their_reasons() {
    let text = "落实增产计划，产值达30亿元，力争再增5亿元。";
    let lost = lost(text, "30亿元", Column::Status);
    assert_eq!(lost, [told("力争", "target", Reason::Behind), told("计划", "", Reason::NoCue)]);
}

#[test]
fn the_words_that_could_have_named_the_number_are_kept() {
    let text = "全市财政收入30亿元，新建小学5所。";
    let lost = lost(text, "5所", Column::Indicator);
    assert_eq!(lost, [told("全市财政收入", "全市财政收入", Reason::Nearer)]);
}

#[test]
fn what_won_is_not_among_what_lost() {
    let pipeline = Pipeline::new(Lexicon::builtin(), Options { trace: true, ..Options::default() });
    let extraction = pipeline.extract("2023年，财政收入30亿元，同比增长5%，力争2024年增长6%。");
    for fact in extraction.facts() {
        let same = |dropped: &&taizhang::trace::Dropped| match dropped.candidate {
            Candidate::Indicator(phrase) => phrase == fact.indicator,
            Candidate::Period(period) => period.is_some() && period == fact.period,
            Candidate::Status(status) => {
                status == Some(Status::Target) && status == fact.status && dropped.reason == Reason::Nearer
            }
        };
        for column in Column::ALL {
            assert_eq!(fact.trace.dropped(column).find(same), None, "{}", fact.text());
        }
    }
}

#[test]
fn without_a_trace_nothing_is_kept() {
    let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    let extraction = pipeline.extract("2023年完成产值30亿元，计划2024年完成40亿元。");
    for fact in extraction.facts() {
        for column in Column::ALL {
            assert_eq!(fact.trace.dropped(column).count(), 0);
        }
    }
}
