//! Times that are told of in passing: what others are compared with, what a whole is of, what sums are reckoned by, since when
//! there was no such record.

use super::clause::{Sentence, is_pause};
use super::period::Sign;
use crate::lexicon::{ChangeForm, Entry, Lexicon, PeriodWord, Role, RowId, is_alphanumeric, is_digit};
use crate::mention::Mention;
use crate::terms::Status;
use crate::text::{InFlow, Span};

/// 比2017年, 较截至2017年底, 较近五年均值: whether a time is one that is compared with.
pub(super) fn behind_than(before: &str) -> bool {
    let years = before.strip_suffix(['近', '前']).is_some_and(|before| before.ends_with(['与', '與']));
    years || before.trim_end_matches(['截', '至', '止', '近', '前']).ends_with(['比', '较', '較'])
}

/// 占公司2022年收入的15%: whether a time says of when the whole is, of which a number is a part.
pub(super) fn is_of_whole(before: &str, after: &str) -> bool {
    let owned = || before.rsplit(is_pause).next().and_then(|clause| clause.rsplit_once(['占', '佔']));
    names_whole(after) && owned().is_some_and(|(_, owner)| !owner.is_empty())
}

/// Whether words up to a number name a whole, with 的: 收入的15%.
pub(super) fn names_whole(after: &str) -> bool {
    let whole = after.split(|c: char| is_pause(c) || is_digit(c)).next().and_then(|words| words.strip_suffix('的'));
    whole.is_some_and(|whole| !whole.is_empty())
}

/// 按上年不变价计算的, 按2010年价格计算, 以2010年为100: a year by whose prices or sums something is reckoned.
pub(super) fn measures_by(before: &str, sign: &Sign, after: &str, lexicon: &Lexicon) -> bool {
    // 上年=100
    let hundred = after.trim_start_matches(['同', '期', '月', '价', '格', ' ']).strip_prefix(['为', '為', '=', '＝']);
    if hundred.is_some_and(|rest| opens_hundred(rest.trim_start())) {
        return true;
    }
    let priced = || lexicon.opening(after.strip_prefix('的').unwrap_or(after), Role::Price).is_some();
    let year = matches!(sign, Sign::Word(PeriodWord::Year(_))) || matches!(sign, Sign::Date(..)) && priced();
    year && before.ends_with(['按', '照', '以'])
}

/// 100, but not 1000 or 100万元.
fn opens_hundred(words: &str) -> bool {
    words.strip_prefix("100").is_some_and(|rest| !rest.starts_with(is_alphanumeric))
}

/// 是1950年到1997年总和的1.7倍, 与2011年底持平, 與2015年同月相若: the time that a multiple is of, and one that nothing changed since.
pub(super) fn is_base(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let with = before.trim_end_matches(['截', '至']).ends_with(['与', '與', '和', '同', '跟']);
    let clause = after.split(is_pause).next().unwrap_or_default();
    let level = after.trim_start_matches([
        '底', '末', '度', '同', '期', '月', '季', '大', '体', '致', '较', '較', '為', '为', '水', '平', '预', '算',
        '执', '行', '数',
    ]);
    // 與截至四月底止三個月的數字相同
    let ends = || !clause.contains(is_digit) && lexicon.closing(clause, Role::Same).is_some();
    if with && (lexicon.opening(level, Role::Same).is_some() || ends()) {
        return true;
    }
    // 与上年下降7%: a year beside which something grew is what it is compared with.
    let grew = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Verb, .. }));
    if with && lexicon.word(level.trim_start_matches(['决', '算'])).is_some_and(|(_, rows)| rows.iter().any(grew)) {
        return true;
    }
    // 是“十二五”时期43200万元的1.87倍: the sum of that time.
    // 相当于去年产量的三倍
    let equal = before.strip_suffix(['于', '於']).is_some_and(|verb| verb.ends_with(['当', '當', '等']));
    (equal || before.ends_with(['是', '为', '為']))
        && !counts(after.trim_start_matches(['的', '时', '期', '間', '间']), lexicon)
        && {
            let clause = after.split(['，', '。', '；']).next().unwrap_or_default();
            clause.contains('倍') && clause.contains('的')
        }
}

/// 增长16%，是“七五”以来增速最快的一年, 超过“十一五”期间平均水平, “十三五”以来实现六连降: a time in a clause that holds no number and
/// says how good the figure before it is.
pub(super) fn is_remark(sentence: Sentence<'_>, time: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let Some((own, clause)) = clause_without_number(sentence, time) else { return false };
    let since = own.is_empty() && behind_since(time.after(sentence.text), lexicon).is_some();
    if !(since || lexicon.opening(own, Role::Remark).is_some()) {
        return false;
    }
    let counted = |mention: &Mention| mention.kind.is_quantity() && mention.span.end <= clause.start;
    sentence.mentions.iter().any(counted)
}

/// 计划9月份完工；…: when something is to be done, in a clause that holds no number.
pub(super) fn is_schedule(sentence: Sentence<'_>, time: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let Some((own, clause)) = clause_without_number(sentence, time) else { return false };
    let planned =
        lexicon.ending(own, PLANNED).any(|entry| matches!(entry, Entry::Status { status: Status::Target, .. }));
    let event = Span::<InFlow>::new(time.end, clause.end).of(sentence.text);
    planned && (lexicon.closing(event, Role::Occurs).is_some() || lexicon.closing(event, Role::Founds).is_some())
}

/// Characters of the longest word of plan before a time.
const PLANNED: usize = 4;

/// The clause of a time behind the first of its sentence, if it holds no number, and its words up to the time.
fn clause_without_number(sentence: Sentence<'_>, time: Span<InFlow>) -> Option<(&str, Span<InFlow>)> {
    let before = Span::<InFlow>::new(sentence.span.start, time.start).of(sentence.text);
    let at = before.rfind(['，', ','])?;
    let start = at + before.get(at..)?.chars().next()?.len_utf8();
    let own = before.get(start..)?;
    if own.contains(is_pause) {
        return None;
    }
    let behind = Span::<InFlow>::new(time.end, sentence.span.end).of(sentence.text);
    let rest = behind.find(is_pause).unwrap_or(behind.len());
    let clause = Span::<InFlow>::at(sentence.span.from() + start, time.to() + rest);
    // A mark inside of a number ends no clause.
    let inside = |mention: &Mention| mention.kind.is_quantity() && clause.contains(mention.span);
    (!sentence.mentions.iter().any(inside)).then_some((own, clause))
}

/// Whether words open with a number.
fn counts(words: &str, lexicon: &Lexicon) -> bool {
    words.starts_with(|c: char| is_digit(c) || lexicon.is_numeral_char(c))
}

/// 2022年11月以来最大涨幅, 2019年以来首次: the record that a time is the measure of.
pub(super) fn names_record(after: &str, lexicon: &Lexicon) -> bool {
    behind_since(after, lexicon).is_some_and(|rest| is_record(rest, lexicon))
}

/// What stands behind 以来 at the front of words, or behind 有统计以来.
pub(super) fn behind_since<'t>(words: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let begun = lexicon.opening(words, Role::Begun).map_or(0, str::len);
    words.get(begun..)?.strip_prefix('以')?.strip_prefix(['来', '來'])
}

/// What stands behind 以来 where it measures a record: 最大涨幅, 首次.
pub(super) fn is_record(rest: &str, lexicon: &Lexicon) -> bool {
    lexicon.opening(rest.strip_prefix('的').unwrap_or(rest), Role::Record).is_some()
}
