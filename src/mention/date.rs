//! Calendar expressions: what a date in the text fixes and what it leaves to its surroundings.

use super::Mention;
use crate::calendar::{Date, Period};
use crate::lex::Shape;
use crate::lexicon::{Lexicon, NumeralChar, fold};
use crate::text::{InFlow, Span};

/// A time as written. What it leaves open the link stage takes from the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct When {
    /// The first point.
    pub(crate) first: Point,
    /// The last point of a range.
    pub(crate) last: Option<Point>,
    /// 底, 末: the year up to there.
    pub(crate) to_date: bool,
    /// 2012-13年度: a financial year that spans two, or several of them, 2012-13至2016-17年度.
    pub(crate) fiscal: bool,
    /// 去年7月: how many years after the text's own.
    pub(crate) offset: Option<i16>,
}

/// A point in time, as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Point {
    /// Year of the common era.
    pub(crate) year: Option<i16>,
    /// 1 to 12.
    pub(crate) month: Option<u8>,
    /// 1 to 31.
    pub(crate) day: Option<u8>,
    /// 1 to 3: ten days of a month, or what is left of it.
    pub(crate) third: Option<u8>,
    /// 1 to 4.
    pub(crate) quarter: Option<u8>,
    /// 1 or 2.
    pub(crate) half: Option<u8>,
    /// 1 to 53.
    pub(crate) week: Option<u8>,
}

impl When {
    /// The years from the one to the other.
    pub(crate) fn years(first: i16, last: i16) -> Self {
        let point = |year| Point { year: Some(year), ..Point::default() };
        Self { first: point(first), last: Some(point(last)), ..Self::default() }
    }

    /// The days meant, with `year` where none is written; none for a clock time.
    #[must_use]
    pub(crate) fn resolve(&self, year: Option<i16>) -> Option<Period> {
        let first_year = self.first.year.or(year)?;
        let start = self.first.resolve(first_year)?;
        let Some(last) = self.last else { return Some(start) };
        if self.fiscal {
            let end = last.year.map_or(first_year, |year| year - 1);
            return Some(Period {
                start: Period::financial_year(first_year).start,
                end: Period::financial_year(end).end,
            });
        }
        let mut end = last;
        if end.month.is_none() && end.day.is_some() {
            end.month = self.first.month;
        }
        let end = end.resolve(last.year.unwrap_or(first_year))?;
        (start.start <= end.end).then_some(Period { start: start.start, end: end.end })
    }
}

impl Point {
    fn resolve(self, year: i16) -> Option<Period> {
        if let Some(week) = self.week {
            return Period::week(year, week);
        }
        match (self.month, self.day, self.quarter, self.half) {
            (Some(month), Some(day), ..) => Date::new(year, month, day).map(Period::day),
            (Some(month), None, ..) => Some(match self.third {
                Some(third) => Period::third_of_month(year, month, third),
                None => Period::month(year, month),
            }),
            (None, Some(_), ..) => None,
            (None, None, Some(quarter), _) => Some(Period::quarter(year, quarter)),
            (None, None, None, Some(half)) => Some(Period::months(year, half * 6 - 5, half * 6)),
            (None, None, None, None) => self.year.map(Period::year),
        }
    }
}

/// 第10周（3月9日—15日）: the days in brackets behind a week are those that the text means by it, however it counts weeks.
pub(super) fn define_weeks(text: &str, mentions: &mut [Mention]) {
    for at in 1..mentions.len() {
        let Some([week, days]) = mentions.get_mut(at - 1..=at) else { return };
        let (Some(named), Some(told)) = (week.when, days.when) else { continue };
        let between = Span::<InFlow>::new(week.span.end, days.span.start.max(week.span.end)).of(text);
        // （7月20日—26日，下同）
        let after = days.span.after(text).trim_start_matches(['，', ',', '下', '同']);
        let bracketed = matches!(between, "（" | "(") && after.starts_with(['）', ')']);
        if named.first.week.is_some() && told.first.day.is_some() && bracketed {
            let first = Point { year: told.first.year.or(named.first.year), ..told.first };
            week.when = Some(When { first, ..told });
        }
    }
}

/// Reads a calendar expression that one of the date shapes found.
pub(super) fn when(shape: Shape, text: &str, lexicon: &Lexicon) -> Option<When> {
    if shape == Shape::Clock || text.contains(['代', '世']) || text.contains("元年") {
        return None;
    }
    if shape == Shape::NumericDate && text.contains(' ') {
        return spaced(text);
    }
    // 2 0 2 2 年 1 2 月: each character was set apart.
    if shape == Shape::Calendar && text.chars().nth(1) == Some(' ') && text.chars().nth(3) == Some(' ') {
        return when(shape, &text.replace(' ', ""), lexicon);
    }
    if shape == Shape::Quarter && (text.ends_with(['报', '報']) || text.ends_with('度') && text.contains('半')) {
        return of_report(text, lexicon);
    }
    if let (Shape::YearRange, Some((first, last))) = (shape, text.split_once(['至', '到']))
        && last.contains(['-', '—', '–', '/', '／'])
    {
        return of_two_dashed(first, last, lexicon);
    }
    if shape == Shape::Republic
        && let Some((first, last)) = text.split_once(['至', '到', '-', '—', '–', '―', '－', '~', '～'])
    {
        return of_republic(first, last, lexicon);
    }
    let mut reader = Reader::default();
    // 一百零七年六月一日: a year of the Republic by itself.
    let roc = shape == Shape::Republic || text.starts_with(['民', '本', '上', '今', '去']) || text.contains('百');
    let days = shape == Shape::MonthRange && !text.contains('月');
    let mut digits: Option<u32> = None;
    let (mut count, mut half, mut halves, mut led) = (0, None, false, None);
    let mut rest = text;
    while let Some(ch) = rest.chars().next() {
        if let Some((value, length)) = number(rest, lexicon) {
            digits = Some(value);
            count = rest.get(..length).map_or(0, |digits| digits.chars().count());
            rest = rest.get(length..)?;
            continue;
        }
        match fold(ch) {
            '元' => (digits, count) = (Some(1), 1),
            '年' if half.is_some() => reader.point().half = half,
            '年' => {
                reader.year(digits.take(), count, roc || count == 3);
                if rest.starts_with("年度") && shape == Shape::YearRange {
                    reader.when.fiscal = true;
                }
            }
            '月' => {
                reader.point().month =
                    digits.take().and_then(|d| u8::try_from(d).ok()).filter(|m| (1..=12).contains(m));
            }
            '日' | '号' => {
                reader.point().day = digits.take().and_then(|d| u8::try_from(d).ok()).filter(|d| (1..=31).contains(d));
            }
            '周' | '週' => reader.point().week = digits.take().and_then(|d| u8::try_from(d).ok()),
            // 6月12日8时至14日8时: the hours part no day.
            '时' | '時' if shape == Shape::MonthRange => digits = None,
            '季' if shape != Shape::YearRange => {
                reader.point().quarter = digits.take().and_then(|d| u8::try_from(d).ok());
            }
            '上' | '下' if rest.get(ch.len_utf8()..)?.starts_with("半年") => {
                reader.year(digits.take(), count, false);
                half = Some(if ch == '上' { 1 } else { 2 });
            }
            'Q' | 'H' if shape == Shape::Quarter => {
                halves = fold(ch) == 'H';
                if count == 1 {
                    led = digits.take();
                } else {
                    reader.year(digits.take(), count, false);
                }
            }
            // 2022.1-6月
            '.' if shape == Shape::MonthRange && count == 4 => reader.year(digits.take(), count, false),
            '上' | '中' | '下' if rest.get(ch.len_utf8()..)?.starts_with('旬') => {
                reader.point().third =
                    ['上', '中', '下'].into_iter().zip(1..).find_map(|(third, at)| (third == ch).then_some(at));
            }
            '底' | '末' => reader.when.to_date = true,
            '-' | '—' | '–' | '~' | '至' | '到' | '/' | '.' | '−' => {
                let field = digits.take();
                if days {
                    reader.point().day = field.and_then(|d| u8::try_from(d).ok()).or(reader.when.first.day);
                    reader.second = true;
                } else {
                    reader.sign(shape, field, count);
                }
            }
            _ => {}
        }
        rest = rest.get(ch.len_utf8()..)?;
    }
    let last = digits.take();
    if shape == Shape::YearRange || led.is_some() && last.is_some() {
        reader.year(last, count, false);
    }
    // 3Q24, 1H24
    let last = led.or(last);
    let last = last.and_then(|d| u8::try_from(d).ok());
    match shape {
        Shape::NumericDate => reader.point().day = last,
        // 2023H1, 2023Q3.
        Shape::Quarter if halves => reader.point().half = last.filter(|half| *half <= 2),
        Shape::Quarter if last.is_some() => reader.point().quarter = last,
        _ => {}
    }
    reader.fill()
}

/// 1 9 6 4 1 2 3 1: the eight digits of a day that the layout set apart.
fn spaced(text: &str) -> Option<When> {
    let mut digits = text.chars().filter_map(|c| fold(c).to_digit(10));
    let mut number = |count: usize| digits.by_ref().take(count).fold(0, |number, digit| number * 10 + digit);
    let (year, month, day) = (number(4), number(2), number(2));
    let first = Point {
        year: i16::try_from(year).ok(),
        month: u8::try_from(month).ok().filter(|month| (1..=12).contains(month)),
        day: u8::try_from(day).ok().filter(|day| (1..=31).contains(day)),
        ..Point::default()
    };
    let written = first.month.is_some() && first.day.is_some();
    written.then_some(When { first, ..When::default() })
}

/// 2012-13至2016-17年度, financial years by the first year of each; 2018-10至2019-03, months.
fn of_two_dashed(first: &str, last: &str, lexicon: &Lexicon) -> Option<When> {
    let read = |text: &str| {
        let (year, second) = text.split_once(['-', '—', '–', '/', '／'])?;
        let value = |digits: &str| Some(number(digits.trim_start(), lexicon)?.0);
        Some((i16::try_from(value(year)?).ok()?, u8::try_from(value(second)?).ok()?))
    };
    let (first, last) = (read(first)?, read(last)?);
    let spans = |(year, second): (i16, u8)| i16::from(second) == (year + 1) % 100;
    if spans(first) && spans(last) {
        let point = |year| Point { year: Some(year), ..Point::default() };
        let (first, last) = (point(first.0), Some(point(last.0 + 1)));
        return Some(When { first, last, fiscal: true, ..When::default() });
    }
    let month = |(year, month): (i16, u8)| {
        (1..=12).contains(&month).then_some(Point { year: Some(year), month: Some(month), ..Point::default() })
    };
    Some(When { first: month(first)?, last: Some(month(last)?), ..When::default() })
}

/// 109至111年, 民國五十年至五十九年: years of the Republic, from the one to the other.
fn of_republic(first: &str, last: &str, lexicon: &Lexicon) -> Option<When> {
    let year = |text: &str| {
        let year = number(text.trim_start_matches(['民', '國', '国', ' ']), lexicon)?.0;
        i16::try_from(year + 1911).ok()
    };
    let (first, last) = (year(first)?, year(last)?);
    (first <= last).then(|| When::years(first, last))
}

/// 2024年三季报, 2023年中报: the months of its year that a company's report is on.
fn of_report(text: &str, lexicon: &Lexicon) -> Option<When> {
    let (year, length) = number(text, lexicon)?;
    let year = i16::try_from(year).ok()?;
    let report = text.get(length..)?.trim_start().trim_start_matches(['年', ' ']);
    let months = match report.chars().next()? {
        '一' => 3,
        '中' | '半' => 6,
        _ => 9,
    };
    let month = |month| Point { year: Some(year), month: Some(month), ..Point::default() };
    Some(When { first: month(1), last: Some(month(months)), ..When::default() })
}

#[derive(Default)]
struct Reader {
    when: When,
    second: bool,
}

impl Reader {
    fn point(&mut self) -> &mut Point {
        if self.second { self.when.last.get_or_insert_default() } else { &mut self.when.first }
    }

    fn year(&mut self, digits: Option<u32>, count: usize, roc: bool) {
        let Some(digits) = digits.and_then(|digits| i16::try_from(digits).ok()) else { return };
        let before = self.when.first.year;
        self.point().year = Some(match (count, before) {
            (1, Some(before)) => before / 10 * 10 + digits,
            (2, Some(before)) => before / 100 * 100 + digits,
            // 22年11月, 98年底.
            (2, None) if !roc => {
                if digits < 50 {
                    2000 + digits
                } else {
                    1900 + digits
                }
            }
            _ if roc && !(1900..2100).contains(&digits) => match digits.checked_add(1911).filter(|year| *year < 10_000)
            {
                Some(year) => year,
                None => return,
            },
            _ => digits,
        });
    }

    /// A sign between two points, or between the fields of a numeric date.
    fn sign(&mut self, shape: Shape, field: Option<u32>, count: usize) {
        if shape == Shape::NumericDate {
            let Some(field) = field else { return };
            if self.when.first.year.is_none() {
                self.year(Some(field), 4, false);
            } else {
                self.when.first.month = u8::try_from(field).ok();
            }
            return;
        }
        match (shape, field) {
            (Shape::YearRange, Some(_)) => self.year(field, count, false),
            (Shape::MonthRange, Some(field)) if self.when.first.month.is_none() => {
                self.when.first.month = u8::try_from(field).ok();
            }
            (Shape::MonthRange, Some(field)) => self.when.first.day = u8::try_from(field).ok(),
            (Shape::Quarter, Some(field)) => self.when.first.quarter = u8::try_from(field).ok(),
            _ => {}
        }
        self.second = true;
    }

    /// Nothing, where a field is out of its range.
    fn fill(mut self) -> Option<When> {
        let first = self.when.first;
        let written = first.year.is_some() || first.month.is_some() || first.day.is_some() || first.quarter.is_some();
        // A financial year spans two calendar years; 2016-2020年度 is a range of years.
        self.when.fiscal &=
            matches!((first.year, self.when.last.and_then(|last| last.year)), (Some(a), Some(b)) if b == a + 1);
        written.then_some(self.when)
    }
}

/// The number at the front of a date: Arabic, Han digits (二〇二二), or Han (二十一).
fn number(text: &str, lexicon: &Lexicon) -> Option<(u32, usize)> {
    let mut value = 0u32;
    let mut tens = None;
    let mut hundreds = 0;
    let mut length = 0;
    for ch in text.chars() {
        let folded = fold(ch);
        let digit = match lexicon.numeral_char(ch) {
            _ if folded.is_ascii_digit() => folded.to_digit(10)?,
            // 二OO八年: letters that were typed for zeros.
            None if matches!(folded, 'O' | 'o') && length > 0 => 0,
            Some(NumeralChar::Digit(digit) | NumeralChar::Formal(digit)) => u32::from(digit),
            Some(NumeralChar::Zero) => 0,
            Some(NumeralChar::Unit(1)) => {
                tens = Some(if value == 0 { 10 } else { value * 10 });
                value = 0;
                length += ch.len_utf8();
                continue;
            }
            // 民國一百十三年
            Some(NumeralChar::Unit(2)) if length > 0 => {
                hundreds = value.saturating_mul(100);
                value = 0;
                length += ch.len_utf8();
                continue;
            }
            Some(NumeralChar::Tens(ten)) => {
                tens = Some(u32::from(ten));
                length += ch.len_utf8();
                continue;
            }
            _ => break,
        };
        value = value.saturating_mul(10).saturating_add(digit);
        length += ch.len_utf8();
    }
    // 正月 is not a number.
    (length > 0).then(|| (hundreds.saturating_add(tens.unwrap_or(0) + value), length))
}

/// 前7月, 首7個月, 头7个月.
pub(crate) const FIRST: [char; 4] = ['前', '首', '头', '頭'];

/// Whether months that 前 counts are the first of a year, by what stands before it: 今年前7个月, but 期满前7个月.
pub(crate) fn opens_year(before: &str) -> bool {
    // 2023年的前9个月
    let before = before.trim_end();
    let before = before.strip_suffix('的').filter(|year| year.ends_with(['年', '度'])).unwrap_or(before);
    before.is_empty()
        || before.ends_with([
            '年', '度', '，', ',', '：', ':', '；', '。', '、', '在', '从', '至', '称', '稱', '示', '】', '（', '“',
        ])
}
