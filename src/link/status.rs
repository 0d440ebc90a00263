//! Whether a number happened or is aimed at.

use crate::lexicon::{Entry, Lexicon, Reach, Role, RowId};
use crate::terms::Status;
use crate::text::{InFlow, Span};

use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::{Linker, Observation};
use crate::calendar::Period;
use crate::mention::Mention;
use crate::terms::{Comparison, Relation};
use crate::trace::Column;

/// What settles a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) reach: Reach,
    pub(crate) row: RowId,
    pub(crate) words: Span<InFlow>,
}

/// The words of status in a sentence, in order.
pub(crate) fn cues(sentence: Sentence<'_>, lexicon: &Lexicon, out: &mut Vec<Cue>) {
    out.clear();
    for (row, span) in sentence.words {
        match lexicon.entry(*row) {
            Some(Entry::Status { status, reach })
                if !matches!(reach, Reach::Section | Reach::Sentence) && tells(sentence, *span, *reach) =>
            {
                out.push(Cue { status: *status, reach: *reach, row: *row, words: *span });
            }
            Some(Entry::Status { status, reach: reach @ Reach::Sentence }) => {
                out.push(Cue { status: *status, reach: *reach, row: *row, words: *span });
            }
            Some(Entry::Cue(Role::Law)) => {
                out.push(Cue {
                    status: Status::Target,
                    reach: Reach::Sentence,
                    row: *row,
                    words: Span::new(sentence.span.start, span.end),
                });
            }
            _ => {}
        }
    }
}

/// Whether a word tells a status where it stands.
fn tells(sentence: Sentence<'_>, word: Span<InFlow>, reach: Reach) -> bool {
    let after = Span::<InFlow>::new(word.end, sentence.span.end).of(sentence.text);
    // 明确了, 确保了: it has happened.
    if after.starts_with('了') {
        return false;
    }
    match reach {
        Reach::Verb => is_verb(sentence, word, after),
        Reach::Coverb => !marks_object(sentence, word, after),
        _ => true,
    }
}

/// 将其股权转让, 将3名嫌疑人抓获: 将 before what is acted on.
fn marks_object(sentence: Sentence<'_>, word: Span<InFlow>, after: &str) -> bool {
    after.starts_with(['其', '该', '所', '此', '上', '它', '他', '她', '这', '本'])
        || sentence.mentions.iter().any(|mention| mention.span.start == word.end && mention.kind.is_quantity())
}

/// 计划 is a verb unless the clause ends behind it, or 的 or a number follows: 完成年度计划115.7%.
fn is_verb(sentence: Sentence<'_>, word: Span<InFlow>, after: &str) -> bool {
    let numbered = sentence.mentions.iter().any(|mention| mention.span.start == word.end && mention.quantity.is_some());
    let closed = after.is_empty()
        || after.starts_with([
            '，', ',', '。', '、', '；', '：', '”', '》', '的', '数', '和', '与', '任', '目', '外', '（', '总',
        ]);
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let named = before.ends_with(['年', '度', '展', '动', '划', '产', '究', '施', '期', '项'])
        && !before.ends_with("今年")
        && !before.ends_with("明年");
    !(numbered || closed || named)
}

/// The cue that holds at a place: the last one before it.
pub(crate) fn at(cues: &[Cue], place: u32) -> Option<Cue> {
    cues.iter().rev().find(|cue| cue.words.start <= place).copied()
}

/// What a heading says of its section.
pub(crate) fn of_heading(title: &str, lexicon: &Lexicon) -> Option<(Status, RowId)> {
    let mut found = None;
    let mut rest = title;
    while let Some(ch) = rest.chars().next() {
        let step = match lexicon.word(rest) {
            Some((length, rows)) => {
                for row in rows {
                    if let Some(Entry::Status { status, reach: Reach::Section }) = lexicon.entry(*row) {
                        found = Some((*status, *row));
                    }
                }
                length
            }
            None => ch.len_utf8(),
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    found
}

impl Linker<'_> {
    pub(super) fn status(
        &mut self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        reading: &Reading,
        cues: &[Cue],
        out: &mut Observation,
    ) {
        let target = Some(Status::Target);
        if let Some(cue) = at(cues, mention.span.start) {
            let started = cue.reach == Reach::Forecast && reading.opened;
            if cue.status == Status::Target && !started {
                let ahead = |period: &Period| {
                    self.clock.fiscal || self.clock.report_year.is_some_and(|year| period.start.year > year)
                };
                self.promised = out.period.filter(ahead).or(self.promised);
            }
            out.status = Some(if started { Status::Actual } else { cue.status });
            return out.note(
                Column::Status,
                "a word of plan or result before the number",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let planned = sentence.words_ending(reading.subject_end).iter().find(|(row, _)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
            )
        });
        if let Some((row, words)) = planned.filter(|_| reading.relation == Relation::Level) {
            out.status = target;
            return out.note(Column::Status, "a plan is what is measured", Some(*row), Some(*words));
        }
        let aim = sentence.words_in(field.right).iter().find(|(row, word)| {
            word.start - field.right.start <= 24
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)))
                && word.of(sentence.text).contains(['标', '標'])
        });
        if let Some((row, words)) = aim {
            out.status = target;
            return out.note(Column::Status, "a goal named behind the number", Some(*row), Some(*words));
        }
        let opens = sentence.words.first().is_some_and(|(row, word)| {
            word.start == sentence.span.start
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among | Role::Filler)))
        });
        if let Some(cue) = self.carried.filter(|_| opens) {
            out.status = target;
            return out.note(
                Column::Status,
                "the sentence before, which this one details",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let current = self.clock.current;
        let promised =
            current.is_some() && self.promised.is_some() && current.map(|(period, _)| period) == self.promised;
        if promised {
            out.status = target;
            return out.note(
                Column::Status,
                "a time that was spoken of as yet to come",
                None,
                current.map(|(_, words)| words),
            );
        }
        if let (Some((period, words)), Some(now)) = (current, self.certain_year.or(self.clock.report_year))
            && period.start.year > now
            && (self.certain_year.is_some() || self.in_target_section())
        {
            out.status = target;
            return out.note(Column::Status, "a time yet to come", None, Some(words));
        }
        if let Some((status, row)) = self.inherited(self.section, |set| set.1) {
            out.status = Some(status);
            return out.note(Column::Status, "the section's heading", row, None);
        }
        out.status = Some(Status::Actual);
        out.note(Column::Status, "no word of plan", None, None);
    }

    pub(super) fn in_target_section(&self) -> bool {
        self.inherited(self.section, |set| set.1).is_some_and(|(status, _)| status == Status::Target)
    }
}
