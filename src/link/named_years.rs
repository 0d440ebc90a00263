//! The years that a text names: where each stands, and what it is to the text.

use std::ops::Range;

use crate::calendar::Period;
use crate::lexicon::{Entry, Lexicon, PeriodWord, Reach, Role, RowId, is_digit};
use crate::mention::{Mention, When};
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Kind, Status};
use crate::text::{InFlow, Span};

use super::clause::{Sentence, is_pause};
use super::clock::Clock;
use super::year_brackets::{restates_date, told_in_brackets, told_within};
use super::{aside, hold, of_noun, status};

/// The years that a text names, by the places where it does.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a text may say besides, each on its own")]
pub(super) struct Found {
    /// How often each is named as one that is told of.
    pub(super) counts: Vec<(i16, u32)>,
    /// The same of those that are named beside 今年.
    pub(super) others: Vec<(i16, u32)>,
    /// The first year, and whether it heads its sentence.
    pub(super) first: Option<(i16, bool)>,
    /// Where the text says 今年 first.
    pub(super) this_year: Option<u32>,
    /// The year and the days that the title names.
    pub(super) title: Option<i16>,
    pub(super) days: Option<Period>,
    /// The five years of the plan that the text is.
    pub(super) plan: Option<Period>,
    /// That of a day that stands where the title would.
    pub(super) occasion: Option<i16>,
    /// 报告2024年度…情况, near the front.
    pub(super) reported: Option<i16>,
    /// The last year of the sentence that says so: 报告2023年决算和2024年上半年预算执行情况.
    pub(super) reported_last: Option<i16>,
    /// The year at hand, as brackets tell which 去年 is.
    pub(super) explained: Option<i16>,
    /// The year at hand, as 去（2016）年 tells it.
    pub(super) stated: Option<i16>,
    /// That of 《2017年统计公报》, near the front.
    pub(super) bulletin: Option<i16>,
    /// Those of headings, and of titles and headings that look back.
    pub(super) heading: Option<i16>,
    pub(super) reviewed: Option<i16>,
    /// The year of the last date line, its month and its day.
    pub(super) dateline: Option<(i16, Option<u8>, Option<u8>)>,
    /// 从2002年至2010年: the last of a run.
    pub(super) run: Option<i16>,
    /// 2021年以来，…: the last of such, where the text names no other.
    pub(super) since: Option<i16>,
    pub(super) fiscal: u32,
    /// The year that results are told of as a whole, where none is told of otherwise.
    pub(super) whole: Option<i16>,
    pub(super) months: bool,
    /// One of them at its end: 2007年底.
    pub(super) closed: bool,
    /// That of the day that heads the text: 2016年3月2日，甲县公布.
    pub(super) headed: Option<i16>,
    /// The date line is that of a wire: 新华社北京1972年11月6日电.
    pub(super) wired: bool,
    pub(super) early: bool,
    pub(super) late: bool,
    pub(super) days_named: bool,
    pub(super) yearly: bool,
    pub(super) reviews: bool,
}

/// A year where it stands.
#[derive(Clone, Copy)]
struct Named {
    span: Span<InFlow>,
    when: When,
    year: i16,
}

impl Found {
    /// Notes the years of a segment, `edge` near the front or the end of the text.
    pub(super) fn look(&mut self, segment: Segment, sentence: Sentence<'_>, edge: bool, lexicon: &Lexicon) {
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
            let named = Named { span: mention.span, when, year };
            // 价格小幅下降（3月4日至10日）: days from one to another are what it tells of.
            let dates = when.first.day.is_some()
                && !(titles && when.last.is_some())
                && dates_the_text(segment, sentence, mention.span, edge);
            if titles && dates {
                self.occasion = self.occasion.or(Some(year));
            } else if titles {
                self.entitle(segment, sentence, named, told, lexicon);
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
                let wire = !titles && mention.span.after(sentence.text).starts_with(['电', '電', '讯', '訊']);
                self.wired |= wire && edge;
                self.dateline = self.dateline.max(Some((year, when.first.month, when.first.day)));
                self.early |= early;
                self.late |= when.first.month.is_some_and(|month| month >= LATE);
            }
            let heads = mention.span.start == segment.span.start && mention.span.after(sentence.text).starts_with('，');
            if edge && !titles && heads && self.counts.is_empty() && when.first.day.is_some() && when.last.is_none() {
                self.headed = self.headed.or(Some(year));
            }
            if edge {
                reports |= self.report(sentence, named, (titles, reports), lexicon);
            }
            if reports {
                self.reported_last = self.reported_last.max(Some(year));
            }
            self.tell(sentence, named, lexicon);
        }
    }

    /// Notes a year of the title that is no day of its text.
    fn entitle(
        &mut self,
        title: Segment,
        sentence: Sentence<'_>,
        named: Named,
        told: Option<Status>,
        lexicon: &Lexicon,
    ) {
        let Named { span, when, year } = named;
        // 2024年年报及2025年一季报: both have been.
        let results = told != Some(Status::Target) && when.resolve(None).is_some_and(Period::is_part);
        self.reported_last = self.reported_last.max(Some(year).filter(|_| results && self.title.is_some()));
        // 工作总结及2021年工作计划: what is looked back on is the year before the one planned.
        let before = Span::<InFlow>::new(title.span.start, span.start).of(sentence.text);
        let after = Span::<InFlow>::new(span.end, title.span.end).of(sentence.text);
        let next = status::reviews(before, lexicon)
            && status::of_heading(after, lexicon).is_some_and(|(status, _)| status == Status::Target);
        self.title = self.title.or(Some(year - i16::from(next)));
        self.days = self.days.or(when.resolve(Some(year)).filter(|days| days.start != days.end));
    }

    /// Notes a year that is reported on, near the front or the end; tells whether it is one.
    fn report(
        &mut self,
        sentence: Sentence<'_>,
        named: Named,
        (titles, reports): (bool, bool),
        lexicon: &Lexicon,
    ) -> bool {
        let Named { span, when, year } = named;
        let before = span.before(sentence.text);
        let rest = Span::<InFlow>::new(span.end, sentence.span.end).of(sentence.text);
        // 发布《2017年旅游统计公报》: the year that its figures are of.
        let bulletin = || rest.split_once('》').and_then(|(name, _)| lexicon.closing(name, Role::Yearly));
        if before.ends_with('《') && bulletin().is_some() {
            self.bulletin = self.bulletin.or(Some(year));
        }
        // 报告明年度（115）预算 tells which year 明年 is.
        if !hold::reports(before, lexicon) || told_in_brackets(sentence, span, lexicon).is_some() {
            return false;
        }
        let yearly = when.first.month.is_none();
        if yearly {
            self.reported = self.reported.or(Some(year));
        }
        // 现将2020年11月1日零时人口情况公布如下: the day that all of a census is of.
        if !titles && rest.contains("如下") && (yearly || reports || when.first.day.is_some()) {
            self.title = self.title.or(Some(year));
            self.days = self.days.or(when.resolve(Some(year)).filter(|_| when.first.day.is_some()));
        }
        yearly
    }

    /// Notes a year that figures are told of.
    fn tell(&mut self, sentence: Sentence<'_>, named: Named, lexicon: &Lexicon) {
        let Named { span, when, year } = named;
        if when.first.day.is_none() {
            self.first = self.first.or(Some((year, span.start == sentence.span.start)));
        }
        let (before, after) = (span.before(sentence.text), span.after(sentence.text));
        // 从2002年至2010年，…: the last of the years that a text looks back on, where it names no other.
        let run = when.last.is_some_and(|last| last.year.is_some()) && !when.fiscal && when.first.month.is_none();
        if run && before.ends_with(['从', '從']) {
            self.run = self.run.max(Some(year));
        }
        let since = || aside::behind_since(after, lexicon).is_some() && !aside::names_record(after, lexicon);
        if hold::heads(before) && since() {
            self.since = self.since.max(Some(year));
        }
        // 预计2027年收入达到20亿元: a year that is only foretold may tell when the text speaks, but nothing of its other
        // figures; one that is aimed at does not even that.
        let aimed = sentence.words_ending(span.start).iter().find_map(|(row, _)| match lexicon.entry(*row) {
            Some(Entry::Status { status: Status::Target, reach }) => Some(*reach),
            _ => None,
        });
        if let Some(reach) = aimed {
            self.run = self.run.max(Some(year).filter(|_| reach == Reach::Forecast));
            return;
        }
        // 民国24年（1935年）: the same year once more.
        if restates_date(sentence, span) {
            return;
        }
        if let Some(offset) = told_within(span.of(sentence.text)) {
            self.stated = self.stated.or(Some(year - offset));
        }
        // 去年同期（2018年2月）: which year 去年 is.
        if let Some(offset) = told_in_brackets(sentence, span, lexicon) {
            self.explained = self.explained.or(Some(year - offset));
            return;
        }
        if !is_the_texts(sentence, span, lexicon) || of_noun::is_of_noun(sentence, span, lexicon) {
            return;
        }
        self.months |= when.first.month.or(when.first.half).or(when.first.quarter).is_some();
        self.closed |= when.to_date;
        // 2018年，计划产粮30万吨; 2018年是关键之年。
        let aims = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Status { status: Status::Target, .. }));
        let behind = sentence.mentions_in(Span::new(span.end, sentence.span.end));
        let result = behind
            .iter()
            .any(|mention| mention.kind.is_quantity() && self.this_year.is_none_or(|now| mention.span.end <= now))
            && !sentence.words.iter().any(|(row, _)| aims(row));
        self.months |= !result;
        self.whole = Some(year).filter(|_| !self.months);
        self.days_named |= when.first.day.is_some();
        // 今年产粮3万吨。1985年亩产300斤。: what is told by its number behind 今年 is another year.
        let other = when.first.month.is_none()
            && when.last.is_none()
            && self.this_year.is_some_and(|place| place < span.start)
            && hold::heads(before)
            && tells_by_number(sentence, span)
            && !self.counts.iter().any(|(known, _)| *known == year);
        count(if other { &mut self.others } else { &mut self.counts }, year);
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

/// 到2035年, 比2015年, 从2010年, 2020年前, 《国家2035年远景目标》, 规划（2021-2025）: years that the text looks to or back to are
/// not its own; that of 从2011年的…到2016年的… is.
fn is_the_texts(sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, date.start).of(sentence.text).trim_end();
    let after = Span::<InFlow>::new(date.end, sentence.span.end).of(sentence.text);
    // 《渔业发展规划》（2013-2020年）, but 《统计公报》（2023年）
    let planned = || {
        let paper = before.strip_suffix(['（', '(']).and_then(|name| name.strip_suffix('》'));
        paper.is_some_and(|paper| lexicon.closing(paper, Role::Paper).is_some())
    };
    let named = before.ends_with(['（', '(']) && (date.of(sentence.text).ends_with(is_digit) || planned());
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

/// The years that a text may be of.
const KNOWN: Range<i16> = 1900..2150;

/// The last month in which a text looks back on the years up to the one before.
const EARLY: u8 = 4;

/// The first month in which a text looks back on the year at hand as a whole.
const LATE: u8 = 11;

/// The longest line in bytes that is a date line as a whole: a day, a body and a place.
const LINE: u32 = 120;

/// Bytes from 比 to 的 before the year of a record.
const RECORD: usize = 36;
