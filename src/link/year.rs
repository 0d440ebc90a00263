//! The year that a text speaks from: told by the caller, by its title, by a date line, or by what it names most.

use std::ops::Range;

use crate::calendar::{Date, Period};
use crate::lexicon::{Entry, Lexicon, PeriodWord, Reach, Role, RowId, is_digit};
use crate::mention::Mention;
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Kind, Status};

use super::clause::{Sentence, is_pause};
use super::clock::Clock;
use super::{Document, aside, hold, of_noun, status};
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
    /// The month of the date line.
    pub(crate) month: Option<u8>,
    /// Its day.
    pub(crate) day: Option<Period>,
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
    let mut found = Found { this_year: first_of_this_year(document, lexicon), ..Found::default() };
    for index in 0..document.segments.len() {
        let Some((segment, sentence, _)) = document.sentence(index) else { break };
        let edge = index < HEAD || index + TAIL >= document.segments.len();
        found.look(segment, sentence, edge, lexicon);
    }
    found.years(document, lexicon)
}

/// The years that a text names, by the places where it does.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a text may say besides, each on its own")]
struct Found {
    /// How often each is named as one that is told of.
    counts: Vec<(i16, u32)>,
    /// The same of those that are named beside 今年.
    others: Vec<(i16, u32)>,
    /// Where the text says 今年 first.
    this_year: Option<u32>,
    /// The year and the days that the title names.
    title: Option<i16>,
    days: Option<Period>,
    /// The five years of the plan that the text is.
    plan: Option<Period>,
    /// That of a day that stands where the title would.
    occasion: Option<i16>,
    /// 报告2024年度…情况, near the front.
    reported: Option<i16>,
    /// The last year of the sentence that says so: 报告2023年决算和2024年上半年预算执行情况.
    reported_last: Option<i16>,
    /// The year at hand, as brackets tell which 去年 is.
    explained: Option<i16>,
    /// That of 《2017年统计公报》, near the front.
    bulletin: Option<i16>,
    /// Those of headings, and of titles and headings that look back.
    heading: Option<i16>,
    reviewed: Option<i16>,
    /// The year of the last date line, its month and its day.
    dateline: Option<(i16, Option<u8>, Option<u8>)>,
    /// 从2002年至2010年: the last of a run.
    run: Option<i16>,
    /// 2021年以来，…: the last of such, where the text names no other.
    since: Option<i16>,
    fiscal: u32,
    early: bool,
    late: bool,
    days_named: bool,
    yearly: bool,
    reviews: bool,
}

impl Found {
    /// Notes the years of a segment, `edge` near the front or the end of the text.
    fn look(&mut self, segment: Segment, sentence: Sentence<'_>, edge: bool, lexicon: &Lexicon) {
        let titles = segment.kind == SegmentKind::Title;
        let words = segment.span.of(sentence.text);
        let told = (titles || segment.kind == SegmentKind::Heading)
            .then(|| status::of_heading(words, lexicon).map(|(status, _)| status))
            .flatten();
        let mut reports = false;
        self.reviews |= titles && status::reviews(words, lexicon);
        self.yearly |= titles && lexicon.closing(words, Role::Yearly).is_some();
        for mention in sentence.mentions.iter().filter(|mention| mention.kind == Kind::Date) {
            if titles {
                self.look_at_title(sentence, mention, told, lexicon);
            }
            let Some(when) = mention.when else { continue };
            self.fiscal += u32::from(when.fiscal);
            let last = when.last.and_then(|last| last.year).filter(|_| !when.fiscal);
            let Some(year) = last.or(when.first.year).filter(|year| KNOWN.contains(year)) else { continue };
            // 价格小幅下降（3月4日至10日）: days from one to another are what it tells of.
            let dates = when.first.day.is_some()
                && !(titles && when.last.is_some())
                && dates_the_text(segment, sentence, mention.span, edge);
            if titles && dates {
                self.occasion = self.occasion.or(Some(year));
            } else if titles {
                // 2024年年报及2025年一季报: both have been.
                let results = told != Some(Status::Target) && when.resolve(None).is_some_and(Period::is_part);
                self.reported_last = self.reported_last.max(Some(year).filter(|_| results && self.title.is_some()));
                // 工作总结及2021年工作计划: what is looked back on is the year before the one planned.
                let before = Span::<InFlow>::new(segment.span.start, mention.span.start).of(sentence.text);
                let after = Span::<InFlow>::new(mention.span.end, segment.span.end).of(sentence.text);
                let next = status::reviews(before, lexicon)
                    && status::of_heading(after, lexicon).is_some_and(|(status, _)| status == Status::Target);
                self.title = self.title.or(Some(year - i16::from(next)));
                self.days = self.days.or(when.resolve(Some(year)).filter(|days| days.start != days.end));
            }
            // 2019年工作总结, 2019年工作回顾: of that year, where the text plans no later one.
            let looks_back = titles && self.reviews && self.title == Some(year);
            if told == Some(Status::Actual) || looks_back {
                self.reviewed = self.reviewed.max(Some(year));
            }
            // 2024年工作回顾, 2025年工作安排: a report speaks from the year that it plans.
            if told.is_some() && !titles {
                self.heading = self.heading.max(Some(year));
            }
            // 2013年3月5日，市长在市人大一次会议上作政府工作报告: as the date line of what was read there.
            let assembles = || {
                (0..words.len())
                    .filter_map(|at| words.get(at..))
                    .any(|rest| lexicon.opening(rest, Role::Assembly).is_some())
            };
            let early = when.first.month.is_some_and(|month| month <= EARLY);
            if dates || edge && early && assembles() {
                self.dateline = self.dateline.max(Some((year, when.first.month, when.first.day)));
                self.early |= early;
                self.late |= when.first.month.is_some_and(|month| month >= LATE);
            }
            let before = mention.span.before(sentence.text);
            // 发布《2017年旅游统计公报》: the year that its figures are of.
            let rest = Span::<InFlow>::new(mention.span.end, sentence.span.end).of(sentence.text);
            let bulletin = rest.split('》').next().and_then(|name| lexicon.closing(name, Role::Yearly));
            if edge && before.ends_with('《') && rest.contains('》') && bulletin.is_some() {
                self.bulletin = self.bulletin.or(Some(year));
            }
            if edge && hold::reports(before, lexicon) {
                if when.first.month.is_none() {
                    self.reported = self.reported.or(Some(year));
                    reports = true;
                }
                // 现将2020年11月1日零时人口情况公布如下: the day that all of a census is of.
                let rest = Span::<InFlow>::new(mention.span.end, sentence.span.end).of(sentence.text);
                if !titles && rest.contains("如下") && (reports || when.first.day.is_some()) {
                    self.title = self.title.or(Some(year));
                    self.days = self.days.or(when.resolve(Some(year)).filter(|_| when.first.day.is_some()));
                }
            }
            if reports {
                self.reported_last = self.reported_last.max(Some(year));
            }
            // 从2002年至2010年，…: the last of the years that a text looks back on, where it names no other.
            let years = last.is_some() && when.first.month.is_none();
            if years && before.ends_with(['从', '從']) {
                self.run = self.run.max(Some(year));
            }
            let after = mention.span.after(sentence.text);
            if hold::heads(before)
                && aside::behind_since(after, lexicon).is_some()
                && !aside::names_record(after, lexicon)
            {
                self.since = self.since.max(Some(year));
            }
            // 预计2027年收入达到20亿元: a year that is only foretold may tell when the text speaks, but nothing of its other
            // figures; one that is aimed at does not even that.
            let aimed =
                sentence.words_ending(mention.span.start).iter().find_map(|(row, _)| match lexicon.entry(*row) {
                    Some(Entry::Status { status: Status::Target, reach }) => Some(*reach),
                    _ => None,
                });
            if let Some(reach) = aimed {
                self.run = self.run.max(Some(year).filter(|_| reach == Reach::Forecast));
                continue;
            }
            // 去年同期（2018年2月）: which year 去年 is.
            if let Some(offset) = self.told_in_brackets(sentence, mention.span, lexicon) {
                self.explained = self.explained.or(Some(year - offset));
                continue;
            }
            // 今年产粮3万吨。1985年亩产300斤。: what is told by its number behind 今年 is another year.
            let other = when.first.month.is_none()
                && when.last.is_none()
                && self.this_year.is_some_and(|place| place < mention.span.start)
                && hold::heads(before)
                && tells_by_number(sentence, mention.span)
                && !self.counts.iter().any(|(named, _)| *named == year);
            if is_the_texts(sentence, mention.span, lexicon) && !of_noun::is_of_noun(sentence, mention.span, lexicon) {
                self.days_named |= when.first.day.is_some();
                count(if other { &mut self.others } else { &mut self.counts }, year);
            }
        }
    }

    /// What a title names besides years: months of its year, and a five-year plan that the text sets out.
    fn look_at_title(&mut self, sentence: Sentence<'_>, mention: &Mention, told: Option<Status>, lexicon: &Lexicon) {
        match mention.period {
            // 2016年前三季度统计报告
            Some(PeriodWord::Months(first, last)) => {
                // 2020年上半年工作总结及下半年工作计划: the half that is looked back on.
                let part = self.days.filter(|days| self.reviews && !days.is_year());
                self.days = part.or(self.title.map(|year| Period::months(year, first, last))).or(self.days);
            }
            // “十四五”规划和2035年远景目标纲要, but “十四五”规划执行情况 and “十四五”规划项目开工
            Some(word @ PeriodWord::FiveYearPlan(_)) if told != Some(Status::Actual) && self.title.is_none() => {
                let rest = Span::<InFlow>::new(mention.span.start, sentence.span.end).of(sentence.text);
                let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
                let aims = told == Some(Status::Target);
                if aims || rest.contains('纲') || lexicon.closing(rest, Role::Paper).is_some() {
                    self.plan = self.plan.or(Clock::default().resolve_word(word));
                }
            }
            _ => {}
        }
        // 土地利用总体规划（2016—2030年）
        let before = Span::<InFlow>::new(sentence.span.start, mention.span.start).of(sentence.text);
        let paper = before.strip_suffix(['（', '(']).and_then(|title| lexicon.closing(title, Role::Paper));
        if let Some(when) = mention.when.filter(|when| paper.is_some() && when.last.is_some()) {
            self.plan = self.plan.or(when.resolve(None).filter(|years| years.start.year < years.end.year));
        }
    }

    /// 去年同期（2018年2月）, 今年（2019年）: how far from the year at hand one in brackets is, by the word before them.
    fn told_in_brackets(&self, sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> Option<i16> {
        let before = Span::<InFlow>::new(sentence.span.start, date.start).of(sentence.text);
        let outside = before.strip_suffix(['（', '('])?;
        let end = sentence.span.start + u32::try_from(outside.len()).ok()?;
        sentence.words_ending(end).iter().find_map(|(row, _)| match lexicon.entry(*row)? {
            Entry::Period(PeriodWord::Year(offset)) => Some(*offset),
            Entry::Period(PeriodWord::SamePeriodBefore) => Some(-1),
            _ => None,
        })
    }

    /// What the years named make of the text.
    fn years(mut self, document: &Document<'_>, lexicon: &Lexicon) -> Years {
        let plans = !self.days_named && plans_this_year(document, lexicon);
        let latest = self.counts.iter().map(|(year, _)| *year).max();
        // What lies beyond the date line has not happened yet.
        let dateline = self.dateline.map(|(year, ..)| year);
        let past = |year: &i16| dateline.is_none_or(|line| *year <= line);
        self.counts.retain(|(year, _)| past(year));
        let run = self.run.filter(|_| self.counts.is_empty());
        let since = self
            .since
            .filter(|_| self.counts.is_empty() && dateline.is_none() && run.is_none() && self.this_year.is_none());
        let title = self.plan.map(|plan| plan.start.year).or(self.title);
        // 2018年12月28日, 发布《2017年统计公报》; 1991年2月12日, 1990年，全年…: where the year before that of the day is told of.
        let named = |year: i16| self.counts.iter().find(|(named, _)| *named == year).map_or(0, |(_, count)| *count);
        let last = |day: i16| Some(day - 1).filter(|last| self.early && named(*last) > 0 && named(*last) >= named(day));
        let told = |day: i16| {
            let reported = self.reported.or(self.bulletin).filter(|year| (day - 1..=day).contains(year));
            reported.or_else(|| last(day)).unwrap_or(day)
        };
        let title = title.or(self.occasion.map(told));
        let default = title
            .or(self.heading.filter(past))
            .or(self.bulletin)
            .or_else(|| frequent(document, (&self.counts, &self.others), lexicon))
            .or(self.explained)
            .or(since);
        // A date line tells the moment of writing only near the years the text is about; a review of a year that was put up
        // early in the next one speaks from its own.
        let near = dateline.filter(|line| default.is_none_or(|year| (year..=year + 1).contains(line)));
        let near = near.filter(|line| !(self.early && self.reviews && title.is_some_and(|year| year < *line)));
        let written = match (self.early, self.late) {
            _ if near.is_none() && self.reviewed.is_some() && self.reviewed == default => Written::Late,
            _ if near.is_none() => Written::Sometime,
            (true, _) if self.yearly && title.is_none() && near == default => Written::EarlyReport,
            (true, _) => Written::Early,
            (_, true) => Written::Late,
            _ => Written::Sometime,
        };
        let all: u32 = self.counts.iter().map(|(_, count)| *count).sum();
        // 2023年完成5亿元。今年计划完成6亿元。
        let next = default
            .filter(|_| plans && default == latest && near.is_none() && title.is_none() && self.heading.is_none())
            .map(|year| year + 1);
        // 报告2023年决算和2024年上半年预算执行情况: 去年 is 2023.
        let issued = self.bulletin.map(|year| year + 1).filter(|next| default == Some(next - 1) && named(*next) > 0);
        let into = self.reported_last.filter(|last| default == Some(last - 1));
        Years {
            default,
            title: self.plan.or(self.days),
            now: near.or(next).or(into).or(issued).or(default).or(run),
            certain: near.or(into).or(title),
            written,
            month: self.dateline.and_then(|(_, month, _)| month),
            day: self
                .dateline
                .filter(|_| near.is_some())
                .and_then(|(year, month, day)| Date::new(year, month?, day?).map(Period::day)),
            fiscal: self.fiscal * 2 > all,
            guessed: near.or(next).or(title).or(self.heading.filter(past)).is_none(),
        }
    }
}

/// The years that a text may be of.
const KNOWN: Range<i16> = 1900..2150;

/// The year that is named most. A text that speaks of today names no later year half as often: what it tells is over.
fn frequent(
    document: &Document<'_>,
    (counts, others): (&[(i16, u32)], &[(i16, u32)]),
    lexicon: &Lexicon,
) -> Option<i16> {
    let (year, count) = counts.iter().copied().max_by_key(|(year, count)| (*count, *year))?;
    let later: u32 = counts.iter().chain(others).filter(|(other, _)| *other > year).map(|(_, count)| *count).sum();
    let today = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Today)));
    let doubtful = later * 2 >= count || count == 1 && counts.len() > 1;
    (!doubtful || !document.words.iter().any(|(row, _)| today(row))).then_some(year)
}

/// 1985年亩产300斤, 2010年与2005年相比: whether the clause of a year holds a number, or compares it with another year.
fn tells_by_number(sentence: Sentence<'_>, date: Span<InFlow>) -> bool {
    let rest = Span::<InFlow>::new(date.end, sentence.span.end);
    let clause = rest.of(sentence.text).find(['，', ',', '；', '。']).unwrap_or(rest.len() as usize);
    let clause = Span::<InFlow>::at(rest.from(), rest.from() + clause);
    let next = sentence.mentions_in(clause).first();
    next.is_some_and(|next| next.kind.is_quantity() || next.kind == Kind::Date && next.span.start <= date.end + 3)
}

/// Counts a year once more.
fn count(counts: &mut Vec<(i16, u32)>, year: i16) {
    match counts.iter_mut().find(|(known, _)| *known == year) {
        Some((_, count)) => *count += 1,
        None => counts.push((year, 1)),
    }
}

/// Where a text says 今年 first.
fn first_of_this_year(document: &Document<'_>, lexicon: &Lexicon) -> Option<u32> {
    let this = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(0))));
    document.words.iter().find(|(row, _)| this(row)).map(|(_, word)| word.start)
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
    let life = of_noun::tells_a_life(before, date.of(sentence.text), after) || of_noun::founds(before, lexicon);
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
    // 是2015年的3倍
    let times = before.ends_with(['是', '为', '為'])
        && after
            .strip_prefix('的')
            .is_some_and(|rest| rest.split(is_pause).next().is_some_and(|clause| clause.contains('倍')));
    let of_other = times || aside::names_record(after, lexicon) || aside::is_of_whole(before, after);
    // 2012年以来
    let since = aside::behind_since(after, lexicon).is_some();
    if since || best || named || life || beside || equal || of_other || hold::in_title(before) || before_it {
        return false;
    }
    let to_date =
        |(row, _): &(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::ToDate)));
    if before.ends_with(['到', '至']) && !sentence.words_ending(date.start).iter().any(to_date) {
        return before.contains(['从', '從', '由']);
    }
    !before.ends_with(['从', '從', '比', '较', '較', '与', '與', '自', '由', '《'])
}
