//! 增加岗位500个: words of change with what they count between them and the number.

use super::basis::compared_with;
use super::clause::Field;
use super::relation::{Reading, adverbs_before, than_before};
use super::walk::Walk;
use crate::lexicon::{ChangeForm, Entry, Role, RowId};
use crate::terms::{Direction, Kind, Relation};
use crate::text::{InFlow, Span};

/// Whether a number says how much, and not how many.
const fn measures(kind: Kind) -> bool {
    matches!(kind, Kind::Measure | Kind::Percent | Kind::PercentagePoint | Kind::Multiple)
}

/// 比上年新增18万户: 新增 tells a change where something is compared.
pub(super) fn added_since(walk: &Walk<'_>, field: &Field, reading: &mut Reading) -> bool {
    if !walk.sentence.roles.hold(Role::Fresh) || !walk.sentence.roles.hold(Role::Than) {
        return false;
    }
    let words = walk.sentence.words_in(Span::new(field.left.start, walk.at.max(field.left.start)));
    let fresh = |(row, _): &&(RowId, Span<InFlow>)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Fresh)));
    let Some((row, span)) = words.iter().rfind(fresh) else { return false };
    let named =
        |(_, than): (RowId, Span<InFlow>)| compared_with(walk.sentence, walk.lexicon, Span::new(than.end, span.start));
    if than_before(walk, field, span.start).and_then(named).is_none() {
        return false;
    }
    reading.relation = Relation::Change;
    reading.direction = Some(Direction::Increase);
    reading.cue = Some((*row, *span));
    reading.rule = "what was added, compared with a time";
    reading.tail = Some(Span::new(span.end, walk.at.max(span.end)));
    reading.subject_end = span.start;
    adverbs_before(walk, field, span.start, reading);
    true
}

/// 增加岗位500个, 净增企业175户, 降低能耗5%: the object stands between the word of change and the number.
pub(super) fn object_of_change(walk: &Walk<'_>, field: &Field, kind: Kind, reading: &mut Reading) -> bool {
    if walk.reached {
        return false;
    }
    let words = walk.sentence.words_in(Span::new(field.left.start, walk.at.max(field.left.start)));
    let verb = words.iter().rev().find_map(|(row, span)| match walk.lexicon.entry(*row) {
        Some(Entry::Change { direction, form: form @ (ChangeForm::Object | ChangeForm::Net | ChangeForm::Deal) }) => {
            Some((*row, *span, *direction, *form))
        }
        Some(Entry::Change { direction, form: form @ ChangeForm::Effect }) if measures(kind) => {
            Some((*row, *span, *direction, *form))
        }
        _ => None,
    });
    let Some((row, span, direction, form)) = verb else { return false };
    // 增加…的企业达到5家 counts firms.
    let object = Span::<InFlow>::new(span.end, walk.at);
    let words = object.of(walk.sentence.text);
    // 提高到人均30元: a level that a change reached.
    let reaches = form == ChangeForm::Effect && (walk.opened || words.contains(['到', '至', '对', '對', '以', ' ']));
    if words.contains('的') || reaches {
        return false;
    }
    reading.relation = Relation::Change;
    reading.direction = Some(direction);
    reading.cue = Some((row, span));
    reading.rule = "a word of change before what is counted";
    // 减持公司20万股股份: the deal is what is measured, with what it is about.
    reading.deal = form == ChangeForm::Deal;
    reading.tail = Some(if reading.deal { Span::new(span.start, walk.at) } else { object });
    reading.subject_end = span.start;
    adverbs_before(walk, field, span.start, reading);
    true
}
