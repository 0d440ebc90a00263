//! The year that a text speaks from: told by the caller, by its title, by a date line, or by what it names most.

use crate::calendar::{Date, Period};
use crate::lexicon::{Entry, Lexicon, PeriodWord, Reach, Role, RowId};
use crate::terms::Status;

use super::Document;
use super::named_years::Found;
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
    /// The first year of a text that tells of years that are over, and of nothing that is aimed at.
    pub(crate) history: Option<i16>,
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

impl Found {
    /// What the years named make of the text.
    fn years(mut self, document: &Document<'_>, lexicon: &Lexicon) -> Years {
        let plans = !self.days_named && plans_this_year(document, lexicon);
        let latest = self.counts.iter().map(|(year, _)| *year).max();
        // What lies beyond the date line has not happened yet.
        let headed = self.headed.filter(|day| Some(*day) == latest && speaks_of_its_year(document, lexicon));
        self.wired |= self.dateline.is_none() && headed.is_some();
        let dateline = self.dateline.map(|(year, ..)| year).or(headed);
        let past = |year: &i16| dateline.is_none_or(|line| *year <= line);
        self.counts.retain(|(year, _)| past(year));
        let run = self.run.filter(|_| self.counts.is_empty());
        let since = self
            .since
            .filter(|_| self.counts.is_empty() && dateline.is_none() && run.is_none() && self.this_year.is_none());
        let title = self.plan.map(|plan| plan.start.year).or(self.title);
        // 2018年12月28日, 发布《2017年统计公报》; 1991年2月12日, 1990年，全年…: where the year before that of the day is told of.
        let named = |year: i16| self.counts.iter().find(|(named, _)| *named == year).map_or(0, |(_, count)| *count);
        let last = |day: i16| {
            Some(day - 1).filter(|last| self.early && self.first == Some((*last, true)) && named(*last) >= named(day))
        };
        let told = |day: i16| {
            let reported = self.reported.or(self.bulletin).filter(|year| (day - 1..=day).contains(year));
            reported.or_else(|| last(day)).unwrap_or(day)
        };
        let title = title.or(self.occasion.map(told));
        // 新华社1972年11月6日电　今年…。1963年…。1963年…: 今年 of a wire is the year of its day, however often others are named.
        let wire = dateline.filter(|line| self.wired && named(line - 1) == 0 && speaks_of_its_year(document, lexicon));
        let default = title
            .or(self.heading.filter(past))
            .or(self.bulletin)
            .or(wire)
            .or_else(|| frequent(document, &self, lexicon))
            .or(self.explained)
            .or(since);
        // A date line tells the moment of writing only near the years the text is about; a review of a year that was put up
        // early in the next one speaks from its own.
        let near = dateline.filter(|line| self.wired || default.is_none_or(|year| (year..=year + 1).contains(line)));
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
        // 2015年产粮30万吨。今年一季度…; 截至2007年底，…。去年新增投资…: the year that is told of is over.
        let over = default
            .filter(|year| Some(*year) == latest && Some(*year) == self.whole && title.is_none() && near.is_none())
            .filter(|_| self.heading.is_none() && past_its_year(document, self.closed, lexicon))
            .map(|year| year + 1);
        let next = next.or(over);
        // 报告2023年决算和2024年上半年预算执行情况: 去年 is 2023.
        let issued = self.bulletin.map(|year| year + 1).filter(|next| default == Some(next - 1) && named(*next) > 0);
        let into = self.reported_last.filter(|last| default == Some(last - 1));
        let first = self.counts.iter().map(|(year, _)| *year).min();
        let guessed = near.or(self.stated).or(next).or(title).or(self.heading.filter(past)).is_none();
        Years {
            default,
            history: first.filter(|_| guessed && tells_of_the_past(document, lexicon)),
            title: self.plan.or(self.days),
            now: near.or(self.stated).or(next).or(into).or(issued).or(default).or(run),
            certain: near.or(into).or(title),
            written,
            month: self.dateline.and_then(|(_, month, _)| month),
            day: self
                .dateline
                .filter(|_| near.is_some())
                .and_then(|(year, month, day)| Date::new(year, month?, day?).map(Period::day)),
            fiscal: self.fiscal * 2 > all,
            guessed,
        }
    }
}

/// The year that is named most. A text that speaks of today names no later year half as often: what it tells is over.
fn frequent(document: &Document<'_>, Found { counts, others, .. }: &Found, lexicon: &Lexicon) -> Option<i16> {
    let (year, count) = counts.iter().copied().max_by_key(|(year, count)| (*count, *year))?;
    let later: u32 = counts.iter().chain(others).filter(|(other, _)| *other > year).map(|(_, count)| *count).sum();
    let today = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Today)));
    let doubtful = later * 2 >= count || count == 1 && counts.len() > 1;
    (!doubtful || !document.words.iter().any(|(row, _)| today(row))).then_some(year)
}

/// 1954年有学校30所。到1987年增加到50所。: whether a text says nothing of the day it was written on and names no aim, so that its years
/// are hardly yet to come.
fn tells_of_the_past(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let speaks = |row: &RowId| match lexicon.entry(*row) {
        Some(Entry::Period(PeriodWord::Year(offset))) => *offset >= 0,
        Some(Entry::Status { status: Status::Target, reach }) => !matches!(reach, Reach::Coverb | Reach::Modal),
        Some(Entry::Cue(Role::Today | Role::Plan | Role::Sets)) => true,
        _ => false,
    };
    !document.words.iter().any(|(row, _)| speaks(row))
}

/// Whether the words for a year make the one that is told of the year before: 今年 with its first months, or 去年 beside no
/// 今年 where that year was told of at its end, and nothing is compared with 去年.
fn past_its_year(document: &Document<'_>, closed: bool, lexicon: &Lexicon) -> bool {
    let mut last = false;
    for (row, word) in document.words {
        let Some(Entry::Period(PeriodWord::Year(offset @ -1..=0))) = lexicon.entry(*row) else { continue };
        if *offset == 0 {
            let (_, months) = lexicon.word(word.after(document.text)).unwrap_or_default();
            let begun = months.iter().find_map(|row| match lexicon.entry(*row) {
                Some(Entry::Period(PeriodWord::Months(1, last))) => Some(*last),
                _ => None,
            });
            return begun.is_some_and(|last| last <= BEGUN);
        }
        let before = word.before(document.text);
        let heads = before.ends_with(['。', '，', '；', '\n']);
        last |= heads && word.of(document.text).starts_with('去');
    }
    last && closed
}

/// The last month of a year that has only begun.
const BEGUN: u8 = 6;

/// Whether a text says 今年 or 去年.
fn speaks_of_its_year(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let year = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(-1..=0))));
    document.words.iter().any(|(row, _)| year(row))
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

/// Segments at the front and at the end of a text among which its date line stands.
const HEAD: usize = 12;
const TAIL: usize = 4;
