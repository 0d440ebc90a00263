//! The year that a text speaks from: told by the caller, by its title, by a date line, or by what it names most.

use crate::calendar::Period;
use crate::lexicon::{Entry, Lexicon, PeriodWord, Role, RowId, is_digit, joins};
use crate::mention::{Mention, When};
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Kind, Status};

use super::clause::Sentence;
use super::{Document, hold, status};
use crate::text::{InFlow, Span};

/// The years of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Years {
    /// The year of rows that name none.
    pub(crate) default: Option<i16>,
    /// The days that the title names.
    pub(crate) title: Option<Period>,
    /// The year that 今年 means.
    pub(crate) now: Option<i16>,
    /// `now`, where a title, a date line or the caller told it.
    pub(crate) certain: Option<i16>,
    /// When in `now`.
    pub(crate) written: Written,
    /// Most years named are financial years.
    pub(crate) fiscal: bool,
    /// `now` is only the year that is named most: the one that is told of.
    pub(crate) guessed: bool,
}

/// When in its year a text was written, as its date line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Written {
    #[default]
    Sometime,
    /// The full years behind it end with the one before.
    Early,
    /// The same, of a report on a year: its results are those of the year before.
    EarlyReport,
    /// 一年来 is that year.
    Late,
}

impl Written {
    pub(crate) const fn is_early(self) -> bool {
        matches!(self, Self::Early | Self::EarlyReport)
    }
}

/// Finds the years of a document.
pub(crate) fn find(document: &Document<'_>, told: Option<i16>, lexicon: &Lexicon) -> Years {
    if told.is_some() {
        return Years { default: told, now: told, certain: told, ..Years::default() };
    }
    let mut counts: Vec<(i16, u32)> = Vec::new();
    let (mut title, mut days, mut heading, mut reviewed) = (None, None, None, None);
    let (mut dateline, mut run, mut fiscal) = (None, None, 0);
    let (mut early, mut late, mut days_named, mut yearly, mut reviews) = (false, false, false, false, false);
    for index in 0..document.segments.len() {
        let Some((segment, sentence, _)) = document.sentence(index) else { break };
        let titles = segment.kind == SegmentKind::Title;
        let told = (titles || segment.kind == SegmentKind::Heading)
            .then(|| status::of_heading(segment.span.of(document.text), lexicon))
            .flatten();
        let reports = told.is_some() && !titles;
        let edge = index < HEAD || index + TAIL >= document.segments.len();
        reviews |= titles && status::reviews(segment.span.of(document.text), lexicon);
        yearly |= titles && lexicon.closing(segment.span.of(document.text), Role::Yearly).is_some();
        for mention in sentence.mentions.iter().filter(|mention| mention.kind == Kind::Date) {
            // 2016年前三季度统计报告
            if let (true, Some(PeriodWord::Months(first, last)), Some(year)) = (titles, mention.period, title) {
                days = Some(Period::months(year, first, last));
            }
            let Some(when) = mention.when else { continue };
            fiscal += u32::from(when.fiscal);
            let last = when.last.and_then(|last| last.year).filter(|_| !when.fiscal);
            let Some(year) = last.or(when.first.year).filter(|year| (1900..2150).contains(year)) else { continue };
            if titles {
                title = title.or(Some(year));
                days = days.or(when.resolve(Some(year)).filter(|days| days.start != days.end));
            }
            // 2019年工作总结, 2019年工作回顾: of that year, where the text plans no later one.
            if told.is_some_and(|(status, _)| status == Status::Actual) {
                reviewed = reviewed.max(Some(year));
            }
            // 2024年工作回顾, 2025年工作安排: a report speaks from the year that it plans.
            if reports {
                heading = heading.max(Some(year));
            }
            if when.first.day.is_some() && dates_the_text(segment, sentence, mention.span, edge) {
                dateline = dateline.max(Some(year));
                early |= when.first.month.is_some_and(|month| month <= EARLY);
                late |= when.first.month.is_some_and(|month| month >= LATE);
            }
            // 从2002年至2010年，…: the last of the years that a text looks back on, where it names no other.
            let years = last.is_some() && when.first.month.is_none();
            if years && mention.span.before(document.text).ends_with(['从', '從']) {
                run = run.max(Some(year));
            }
            if !is_the_texts(sentence, mention.span, lexicon) || hold::is_of_noun(sentence, mention.span, lexicon) {
                continue;
            }
            days_named |= when.first.day.is_some();
            match counts.iter_mut().find(|(known, _)| *known == year) {
                Some((_, count)) => *count += 1,
                None => counts.push((year, 1)),
            }
        }
    }
    let plans = !days_named && plans_this_year(document, lexicon);
    let latest = counts.iter().map(|(year, _)| *year).max();
    // What lies beyond the date line has not happened yet.
    let past = |year: &i16| dateline.is_none_or(|line| *year <= line);
    counts.retain(|(year, _)| past(year));
    let run = run.filter(|_| counts.is_empty());
    let default = title.or(heading.filter(past)).or_else(|| frequent(document, &counts, lexicon));
    // A date line tells the moment of writing only near the years the text is about; a review of a year that was put up early
    // in the next one speaks from its own.
    let near = dateline.filter(|line| default.is_none_or(|year| (year..=year + 1).contains(line)));
    let near = near.filter(|line| !(early && reviews && title.is_some_and(|year| year < *line)));
    let written = match (early, late) {
        _ if near.is_none() && reviewed.is_some() && reviewed == default => Written::Late,
        _ if near.is_none() => Written::Sometime,
        (true, _) if yearly && title.is_none() && near == default => Written::EarlyReport,
        (true, _) => Written::Early,
        (_, true) => Written::Late,
        _ => Written::Sometime,
    };
    let named: u32 = counts.iter().map(|(_, count)| *count).sum();
    // 2023年完成5亿元。今年计划完成6亿元。
    let next = default
        .filter(|_| plans && default == latest && near.is_none() && title.is_none() && heading.is_none())
        .map(|year| year + 1);
    Years {
        default,
        title: days,
        now: near.or(next).or(default).or(run),
        certain: near.or(title),
        written,
        fiscal: fiscal * 2 > named,
        guessed: near.or(next).or(title).or(heading.filter(past)).is_none(),
    }
}

/// The year that is named most. A text that speaks of today names no later year half as often: what it tells is over.
fn frequent(document: &Document<'_>, counts: &[(i16, u32)], lexicon: &Lexicon) -> Option<i16> {
    let (year, count) = counts.iter().copied().max_by_key(|(year, count)| (*count, *year))?;
    let later: u32 = counts.iter().filter(|(other, _)| *other > year).map(|(_, count)| *count).sum();
    let today = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Today)));
    let doubtful = later * 2 >= count || count == 1 && counts.len() > 1;
    (!doubtful || !document.words.iter().any(|(row, _)| today(row))).then_some(year)
}

/// Whether a text speaks of 今年 only as of what is planned for it: the year that it names is the one before.
fn plans_this_year(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let mut planned = false;
    for (row, word) in document.words {
        if !matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(0)))) {
            continue;
        }
        let rest = Span::<InFlow>::new(word.end, word.end + AIM.min(clause_length(document, word.end)));
        let from = document.words.partition_point(|(_, aim)| aim.start < rest.start);
        let mut aims = document.words.iter().skip(from).take_while(|(_, aim)| aim.end <= rest.end);
        let aimed =
            aims.any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Status { status: Status::Target, .. })));
        if !aimed {
            return false;
        }
        planned = true;
    }
    planned
}

/// Bytes up to the end of the clause at a place.
fn clause_length(document: &Document<'_>, from: u32) -> u32 {
    let rest = document.text.get(from as usize..).unwrap_or_default();
    let end = rest.find(['，', '。', '；', ',', '\n']).unwrap_or(rest.len());
    u32::try_from(end).unwrap_or(u32::MAX)
}

/// Bytes behind 今年 in which a word of plan stands.
const AIM: u32 = 60;

/// The last month in which a text looks back on the years up to the one before.
const EARLY: u8 = 4;
/// The first month in which a text looks back on the year at hand as a whole.
const LATE: u8 = 11;
/// Segments at the front and at the end of a text among which its date line stands.
const HEAD: usize = 12;
const TAIL: usize = 4;
/// The longest line in bytes that is a date line as a whole: a day, a body and a place.
const LINE: u32 = 120;

/// 2023年1月5日 on a line of its own, or at the front or end of a text: ——2023年1月5日在…会议上, （2023年1月5日）.
fn dates_the_text(segment: Segment, sentence: Sentence<'_>, day: Span<InFlow>, edge: bool) -> bool {
    let before = Span::<InFlow>::new(segment.span.start, day.start).of(sentence.text);
    let after = Span::<InFlow>::new(day.end, segment.span.end).of(sentence.text);
    let alone = !before.chars().chain(after.chars()).any(char::is_alphanumeric);
    let line =
        segment.span.len() <= LINE && !after.contains(['，', '。', '；']) && !before.contains(['，', '。', '；']);
    // 李某（1965年3月12日－）: when someone lived.
    // 最高气温33.6℃（2012年5月21日）: when that was.
    let told = hold::dated_by(sentence, day).is_some();
    let bracketed =
        !told && before.ends_with(['（', '(']) && (before.chars().count() == 1 || after.starts_with(['）', ')', '在']));
    let dashed = before.ends_with(['—', '―', '－']) || bracketed;
    let opened = before.is_empty() && after.starts_with(['在', ' ']);
    alone || edge && (line || dashed || opened || after.starts_with(['电', '讯']))
}

/// Bytes from 比 to 的 before the year of a record.
const RECORD: usize = 36;

/// 到2035年, 比2015年, 从2010年, 2020年前, 《国家2035年远景目标》, 规划（2021-2025）: years that the text looks to or back to are
/// not its own; that of 从2011年的…到2016年的… is.
fn is_the_texts(sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, date.start).of(sentence.text).trim_end();
    let after = Span::<InFlow>::new(date.end, sentence.span.end).of(sentence.text);
    let named = before.ends_with(['（', '(']) && date.of(sentence.text).ends_with(is_digit);
    let life = hold::tells_a_life(before, date.of(sentence.text), after) || hold::founds(before, lexicon);
    // 比历史最高的1984年
    let best = before.strip_suffix('的').is_some_and(|words| {
        words.rfind(['比', '较', '較']).is_some_and(|at| {
            words.len() - at <= RECORD && !words.get(at..).is_some_and(|words| words.contains(['，', '。', '；']))
        })
    });
    // 2022年前11个月 is a part of that year.
    let before_it = after.trim_start_matches(['以', '之']).strip_prefix('前');
    let before_it =
        before_it.is_some_and(|rest| !rest.starts_with(|c: char| lexicon.is_numeral_char(c) || is_digit(c)));
    // 3亿元（2023年：2亿元）: that of figures set beside its own; 相当于2019年的70%.
    let beside = before.ends_with(['（', '(']) && after.starts_with(['：', ':']);
    let equal = before.strip_suffix(['于', '於']).is_some_and(|verb| verb.ends_with(['等', '当', '當']));
    let of_other = hold::names_record(after, lexicon) || hold::is_of_whole(before, after);
    if best || named || life || beside || equal || of_other || hold::in_title(before) || before_it {
        return false;
    }
    let to_date =
        |(row, _): &(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::ToDate)));
    if before.ends_with(['到', '至']) && !sentence.words_ending(date.start).iter().any(to_date) {
        return before.contains(['从', '從', '由']);
    }
    !before.ends_with(['从', '從', '比', '较', '較', '与', '與', '自', '由', '《'])
}

/// 1958年和1959年两年: the years that are named right before their number.
pub(super) fn named_run(sentence: Sentence<'_>, number: &Mention, years: u32) -> Option<When> {
    let at = sentence.mentions.partition_point(|mention| mention.span.end <= number.span.start);
    let back = usize::try_from(years).ok().filter(|years| (2..=6).contains(years))?;
    let named = sentence.mentions.get(at.checked_sub(back)?..at)?;
    let (first, last) = (named.first()?, named.last()?);
    let year = |mention: &Mention| mention.when.filter(|when| when.last.is_none()).map(|when| when.first);
    let (start, end) = (year(first)?, year(last)?);
    let run = end.year? - start.year? + 1 == i16::try_from(years).ok()? && end.month.is_none() && start.month.is_none();
    let joined = named.windows(2).all(|pair| match pair {
        [one, next] => {
            let between = Span::<InFlow>::new(one.span.end, next.span.start.max(one.span.end)).of(sentence.text);
            joins(between)
        }
        _ => false,
    });
    let whole = When { first: start, last: Some(end), to_date: false, fiscal: false, offset: None };
    (run && joined && last.span.end == number.span.start).then_some(whole)
}
