//! Times that belong to a noun, and date nothing else: 2030年行动方案, 1985年出生的工人, 李某（1965年3月12日－）.

use super::clause::{Sentence, is_pause};
use crate::lexicon::{Entry, Lexicon, Role, is_digit, is_han};
use crate::mention::Mention;
use crate::terms::Kind;
use crate::text::{InFlow, Span};

/// 2030年行动方案: the year of a plan, of an edition. A verb makes it one where the clause goes no further or 的 follows:
/// 1985年出生的工人, but 2024年出生人口30万人.
pub(super) fn is_of_noun(sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> bool {
    // 行动 of 行动方案, which is a word too.
    let after = date.after(sentence.text);
    if let Some(noun) = lexicon.opening(after, Role::Dated) {
        return !is_time_of_plan(after, noun, lexicon);
    }
    let at = sentence.words.partition_point(|(_, word)| word.start < date.end);
    let mut words = sentence.words.iter().skip(at).take_while(|(_, word)| word.start == date.end);
    words.any(|(row, word)| match lexicon.entry(*row) {
        Some(Entry::Cue(Role::Dates)) => {
            let behind = word.after(sentence.text);
            behind.starts_with(|c: char| !is_han(c)) || behind.starts_with(['的', '于', '於', '在', '并', '並'])
        }
        _ => false,
    })
}

/// 2030年规划期末, 2030年远景目标：: the time that a plan runs to, but 2035年远景目标纲要.
fn is_time_of_plan(after: &str, noun: &str, lexicon: &Lexicon) -> bool {
    let time = lexicon.opening(after, Role::During).filter(|time| time.len() > noun.len());
    let rest = time.and_then(|time| after.get(time.len()..));
    rest.is_some_and(|rest| lexicon.opening(rest, Role::Paper).is_none())
}

/// 占全年目标的60%, 完成全年任务60%, 占全年的60%: what was aimed at for the year, of which a part was reached.
pub(super) fn is_of_years_goal(sentence: Sentence<'_>, year: Span<InFlow>, before: &str, lexicon: &Lexicon) -> bool {
    let after = Span::<InFlow>::new(year.end, sentence.span.end);
    let Some(part) = sentence.mentions_in(after).first().filter(|part| part.kind == Kind::Percent) else {
        return false;
    };
    let words = Span::<InFlow>::new(year.end, part.span.start).of(sentence.text);
    let reached = before.ends_with(['成', '占', '佔', '到']);
    let goal = words.strip_suffix('的');
    let aimed = |goal: &str| lexicon.ending(goal, LONGEST_GOAL).any(|entry| matches!(entry, Entry::Cue(Role::Plan)));
    !words.contains(is_pause) && (goal.is_some_and(aimed) || reached && (goal == Some("") || aimed(words)))
}

/// 截至2022年11月底，…下达2023年补助资金: whether what was issued is for a year, in a sentence that told another time before.
pub(super) fn is_issued_for(sentence: Sentence<'_>, year: Span<InFlow>, before: &str, lexicon: &Lexicon) -> bool {
    let told = |mention: &Mention| mention.kind == Kind::Date && mention.when.is_some();
    lexicon.closing(before, Role::Issues).is_some()
        && sentence.mentions.iter().take_while(|mention| mention.span.end <= year.start).any(told)
}

/// 完成“十三五”造林目标的24%: the goal of a plan, of which a part was reached.
pub(super) fn is_of_goal(after: &str, lexicon: &Lexicon) -> bool {
    let goal = after.split(|c| is_pause(c) || is_digit(c)).next().and_then(|words| words.strip_suffix('的'));
    goal.is_some_and(|goal| lexicon.ending(goal, LONGEST_GOAL).any(|entry| matches!(entry, Entry::Cue(Role::Plan))))
}

/// Characters of the longest word for a goal that is looked for.
const LONGEST_GOAL: usize = 4;

/// 9月26日中央政治局会议部署的政策: the day of a meeting, in the words for what came of it.
pub(super) fn is_of_meeting(after: &str, lexicon: &Lexicon) -> bool {
    let clause = after.split(is_pause).next().unwrap_or_default();
    let Some((decided, _)) = clause.split_once('的') else { return false };
    let mut ends = decided.char_indices().map(|(at, c)| at + c.len_utf8());
    decided.len() <= 2 * NOUN as usize
        && ends.any(|end| lexicon.closing(decided.get(..end).unwrap_or_default(), Role::Meeting).is_some())
}

/// 李某（1965年3月12日－）, 李某（1905年－1988年）: when someone lived.
pub(super) fn tells_a_life(before: &str, date: &str, after: &str) -> bool {
    let dash = ['－', '—', '–', '-', '～', '~'];
    let years = date.split_once(dash).is_some_and(|(born, died)| born.ends_with('年') && died.ends_with(['年', '日']));
    let both = years && after.starts_with(['）', ')']);
    before.ends_with(['（', '(']) && (after.starts_with(dash) || both)
}

/// 最高气温38℃，出现在7月10日；: the day on which something was measured or happened, at the end of its clause.
pub(super) fn happened(
    sentence: Sentence<'_>,
    date: Span<InFlow>,
    before: &str,
    after: &str,
    lexicon: &Lexicon,
) -> bool {
    let event = before.strip_suffix(['在', '于', '於']);
    let verb = event.is_some_and(|event| lexicon.closing(event, Role::Occurs).is_some());
    let closed = after.is_empty() || after.starts_with(['，', ',', '；', ';', '。']);
    let day = date.of(sentence.text).contains(['月', '日']);
    let counted = |mention: &Mention| mention.kind.is_quantity() && mention.span.end <= date.start;
    verb && closed && day && sentence.mentions.iter().any(counted)
}

/// 创办于1902年: when something began, which dates nothing else.
pub(super) fn founds(before: &str, lexicon: &Lexicon) -> bool {
    before.strip_suffix(['于', '於']).is_some_and(|event| lexicon.closing(event, Role::Founds).is_some())
}

/// 底前注册的, 以前建成的: a limit of the things counted.
pub(super) fn bounds_noun(after: &str) -> bool {
    let after = after.trim_start_matches(['底', '末', '以', '之']);
    after.starts_with('前') && {
        let clause = after.split(['，', '。', '；', '、', '：']).next().unwrap_or_default();
        clause.find('的').is_some_and(|at| at <= NOUN as usize)
    }
}

/// Bytes behind a date in which its noun stands: 前注册并在用的.
const NOUN: u32 = 30;

/// 去年关爱计划的3亿元: whether the words behind a time describe the number that they lead to with 的.
pub(super) fn is_of_number(sentence: Sentence<'_>, behind: Span<InFlow>) -> bool {
    let next = sentence.mentions_in(behind).iter().find(|mention| mention.kind.is_quantity());
    next.is_some_and(|next| {
        let words = Span::<InFlow>::new(behind.start, next.span.start).of(sentence.text);
        words
            .strip_suffix('的')
            .is_some_and(|words| !words.is_empty() && !words.contains(['，', ',', '、', '；', '：']))
    })
}
