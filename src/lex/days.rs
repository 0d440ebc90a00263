//! What the pattern of a date cannot see: whether its fields are in range, whether days and years are a length of time, and what
//! stands around it.

use std::ops::Range;

use super::{Shape, leading_number};
use crate::lexicon::{Lexicon, NumeralChar, Role, fold, is_digit, is_han, is_year};

/// A shape of time after a look at what its pattern cannot see.
pub(super) fn time(segment: &str, shape: Shape, range: Range<usize>, lexicon: &Lexicon) -> (Shape, Range<usize>) {
    let text = segment.get(range.clone()).unwrap_or_default();
    let after = segment.get(range.end..).unwrap_or_default();
    let first = |shape| (shape, range.start..range.start + leading_number(text, lexicon));
    let number = if text.starts_with(is_digit) { Shape::Arabic } else { Shape::Han };
    match shape {
        // (1870–71): the brackets are none of the date's.
        Shape::YearRange if text.starts_with(['(', '（']) => {
            let bracket = |c: Option<char>| c.map_or(0, char::len_utf8);
            (shape, range.start + bracket(text.chars().next())..range.end - bracket(text.chars().next_back()))
        }
        // 2023年中报告
        Shape::Quarter if text.ends_with(['报', '報']) && after.starts_with('告') => {
            (Shape::Calendar, range.start..range.start + year_length(text))
        }
        // 《某剧》第三季: an ordinal.
        Shape::Quarter
            if text.starts_with('第')
                && text.ends_with('季')
                && segment
                    .get(..range.start)
                    .is_some_and(|before| before.ends_with(['》', '”', '」', '（', '(', '剧', '劇', '目'])) =>
        {
            (Shape::Han, range.start + '第'.len_utf8()..range.end - '季'.len_utf8())
        }
        Shape::Calendar | Shape::YearRange | Shape::MonthRange if !in_range(text, lexicon) => first(number),
        // 10月龄 is an age.
        Shape::Calendar | Shape::MonthRange if text.ends_with('月') && after.starts_with(['龄', '齡']) => {
            first(number)
        }
        // 比上一月: the month before, and no January.
        Shape::Calendar if is_month_before(text, segment.get(..range.start).unwrap_or_default()) => first(number),
        // 8月19下午: the half of the day stands behind the date.
        Shape::Calendar if let Some(date) = text.strip_suffix(['午', '晨']) => {
            (shape, range.start..range.start + date.trim_end_matches(['上', '中', '下', '凌']).len())
        }
        // 逾期三十日, 30日历天
        Shape::Calendar
            if text.ends_with('日')
                && !text.contains('月')
                && text.strip_suffix('日') != Some("一")
                && lasts(segment.get(..range.start).unwrap_or_default(), after, lexicon) =>
        {
            first(number)
        }
        // 三十日内 is a length of time; 一日 alone is a word.
        Shape::Calendar | Shape::MonthRange
            if text.ends_with('日') && !text.contains('月') && is_duration(after) && !after.starts_with('起') =>
        {
            first(number)
        }
        Shape::Calendar | Shape::MonthRange
            if text.ends_with('日')
                && after.starts_with(['常', '均', '益', '游', '元', '圆', '圓', '本', '龄'])
                && !text.contains('月') =>
        {
            first(number)
        }
        // 本(104)年5月, 較上(103)年同月, 去（2016）年: a year behind the word that names it; 今(22)日, 本(10)月.
        Shape::Calendar | Shape::MonthRange if text.starts_with(['(', '（']) => {
            let words = ['本', '上', '今', '去', '昨', '前'];
            let before = segment.get(..range.start).unwrap_or_default().trim_end_matches(' ');
            let named = before.ends_with(words);
            let open = text.chars().next().map_or(0, char::len_utf8);
            let digits = text.len() - text.trim_start_matches(|c: char| !is_digit(c)).len();
            let end = text.find([')', '）']).unwrap_or(text.len());
            if named {
                (shape, before.len() - '本'.len_utf8()..range.end)
            } else {
                (Shape::Arabic, range.start + digits.max(open)..range.start + end)
            }
        }
        // 一九年, 九七年: the last two digits of a year; 一二年 and 八九年 are as likely lengths of time.
        Shape::Calendar if let Some(neighbours) = short_year(text, lexicon) => {
            let before = segment.get(..range.start).unwrap_or_default();
            let year = !neighbours && is_of_republic(before, after.trim_start_matches('的'));
            if year { (shape, range) } else { first(number) }
        }
        Shape::Calendar
            if text.ends_with('年')
                && text.chars().filter(|c| is_digit(*c)).count() == 3
                && !is_of_republic(segment.get(..range.start).unwrap_or_default(), after) =>
        {
            first(number)
        }
        Shape::Calendar
            if text.ends_with('年')
                && is_duration(after)
                && !text.starts_with(['1', '2', '１', '２', '一', '二', '民']) =>
        {
            first(number)
        }
        Shape::Clock
            if text.ends_with(['时', '時'])
                && after.starts_with(['代', '期', '间', '段', '候', '尚', '速', '效', '空', '常', '隔', '差']) =>
        {
            first(number)
        }
        _ => (shape, range),
    }
}

/// 一月 of 上一月.
fn is_month_before(text: &str, before: &str) -> bool {
    before.ends_with('上') && text.strip_prefix('一') == Some("月")
}

/// A year and the next one: 1993/1994, 2005/06.
pub(super) fn is_season(text: &str) -> bool {
    let Some((first, next)) = text.split_once('/') else { return false };
    let number = |text: &str| text.parse::<u32>().ok();
    let (Some(year), Some(after)) = (number(first), number(next)) else { return false };
    is_year(first) && (next.len() == 4 && after == year + 1 || next.len() == 2 && after == (year + 1) % 100)
}

/// 1:2011 before -2015年: what stands behind a colon is a year, or the first of several.
pub(super) fn ends_in_year(text: &str, after: &str) -> bool {
    let marks = ['年', '-', '—', '–', '－', '~', '～', '至'];
    text.rsplit([':', '：', '∶', '︰']).next().is_some_and(is_year) && after.starts_with(marks)
}

/// The bytes of a year and its 年 at the front of a text.
fn year_length(text: &str) -> usize {
    text.find('年').map_or(text.len(), |at| at + '年'.len_utf8())
}

/// Whether the last two fields of a numeric date can be a month and a day.
pub(super) fn is_day(text: &str) -> bool {
    let folded: String = text.chars().map(fold).collect();
    let mut fields = folded.rsplit(|c: char| !c.is_ascii_digit()).filter_map(|field| field.parse::<u8>().ok());
    fields.next().is_some_and(|day| (1..=31).contains(&day))
        && fields.next().is_some_and(|month| (1..=12).contains(&month))
}

/// 逾期三十日, 30日历天: whether days of the month are so many days, by what stands before or behind them.
fn lasts(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let calendar = after.strip_prefix('历').is_some_and(|rest| rest.starts_with('天'));
    calendar || lexicon.closing(before, Role::Days).is_some()
}

/// 内, 以内, 以上 behind days or years: a length of time.
fn is_duration(after: &str) -> bool {
    let bounds = |rest: &str| rest.starts_with(['内', '內', '上', '下', '外', '前', '后', '後', '来', '來']);
    after.starts_with(['内', '內', '之', '起']) || after.strip_prefix('以').is_some_and(bounds)
}

/// 114年出口成長, 較113年增加: three digits and 年 are a year of the Republic at the head of a clause or behind what leads to a
/// time, where what is told of it follows. 走過110年, 110年歷史 and 110年間 are lengths of time.
fn is_of_republic(before: &str, after: &str) -> bool {
    let leads = |c: char| {
        !c.is_alphanumeric() || ['較', '较', '比', '與', '与', '和', '及', '至', '自', '於', '于', '在'].contains(&c)
    };
    let told = |c: char| {
        is_han(c)
            && ![
                '的', '來', '来', '前', '後', '后', '以', '之', '間', '间', '內', '内', '多', '歷', '历', '老', '史',
                '時', '时', '長', '长', '里', '裡',
            ]
            .contains(&c)
    };
    before.trim_end().chars().next_back().is_none_or(leads) && after.trim_start().starts_with(told)
}

/// Whether a year is written with two Han digits, and these are neighbours or one of them 两.
fn short_year(text: &str, lexicon: &Lexicon) -> Option<bool> {
    let (digits, _) = text.split_once('年')?;
    let mut digits = digits.chars().map(|c| (c, lexicon.numeral_char(c)));
    let mut digit = || match digits.next()? {
        ('两' | '兩' | '俩', _) => Some(None),
        (_, Some(NumeralChar::Digit(digit))) => Some(Some(digit)),
        (_, Some(NumeralChar::Zero)) => Some(Some(0)),
        _ => None,
    };
    let (first, last) = (digit()?, digit()?);
    let two = digits.next().is_none();
    two.then_some(match (first, last) {
        (Some(first), Some(last)) => last == first + 1 && first > 0,
        _ => true,
    })
}

/// A date of a text that counts its years by the Republic: 84年3月1日 is of 1995.
pub(super) fn of_republic(shape: Shape, date: &str) -> Shape {
    let short =
        || date.split_once('年').is_some_and(|(year, _)| (2..=3).contains(&year.len()) && year.chars().all(is_digit));
    if shape == Shape::Calendar && short() { Shape::Republic } else { shape }
}

/// 由95年的6萬人增至99年的9萬人, 臺北市112年歲入: whether two or three digits and 年 are a year, in a text that counts by the
/// Republic; 走過80年, 30年來 and 工齡30年 are lengths of time.
pub(super) fn is_told_year(segment: &str, range: &Range<usize>) -> bool {
    let text = segment.get(range.clone()).unwrap_or_default();
    let before = segment.get(..range.start).unwrap_or_default().trim_end();
    let after = segment.get(range.end..).unwrap_or_default().trim_start();
    if text.contains(['月', '度', '底', '末', '初', '至', '到', '-', '–', '—', '~', '～']) {
        return true;
    }
    let last = before.chars().next_back();
    let leads = ['較', '比', '與', '和', '及', '至', '自', '於', '在', '由', '從', '迄', '到'];
    // 粗估95年、初估96年: what an office reckons is told for a year; 預估30年 may be a length of time.
    let reckoned = before.strip_suffix('估').is_some_and(|word| word.ends_with(['初', '粗']));
    let led = reckoned || last.is_some_and(|c| leads.contains(&c));
    let place = ['市', '縣', '國', '部', '院', '署', '局', '校', '府', '會'];
    let long = text.trim_end_matches('年').chars().count() == 3;
    let counted = [
        '了', '逾', '近', '達', '約', '滿', '長', '第', '每', '共', '過', '超', '足', '這', '那', '有', '歷', '經',
        '需', '為', '期', '限',
    ];
    let free = last.is_none_or(|c| !c.is_alphanumeric() || place.contains(&c) || long && !counted.contains(&c));
    let lasts = ['來', '前', '後', '以', '間', '內', '多', '歷', '老', '史', '時', '長', '裡'];
    let lasts = after.strip_prefix('之').unwrap_or(after).starts_with(lasts);
    (led || free && !after.starts_with('的')) && !lasts
}

/// The last year that was counted by the Republic on the mainland.
const LAST: u8 = 38;

/// 民国24年…。30年，植棉7千亩: where a year of the Republic ends that follows one told before, at the head of its clause. 30年后
/// and 30年间 are lengths of time.
pub(super) fn followed_year(segment: &str, at: usize, era: Option<u8>) -> Option<usize> {
    let era = era?;
    let (before, text) = segment.split_at_checked(at)?;
    let digits = text.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: u8 = digits.parse().ok().filter(|year| (era + 1..=LAST).contains(year))?;
    let behind = text.strip_prefix(digits)?.strip_prefix('年')?;
    // 30年5月12日
    let month = part_before(behind, '月');
    let behind = month.and_then(|rest| part_before(rest, '日')).or(month).unwrap_or(behind);
    let rest = behind.trim_start_matches(['底', '末', '初', '春', '夏', '秋', '冬']);
    let lasts = [
        '来', '來', '前', '后', '後', '以', '间', '間', '内', '內', '多', '历', '歷', '老', '史', '的', '时', '時',
        '长', '長', '里', '裡', '之', '中', '左', '上', '不', '如', '有', '才', '就', '级',
    ];
    let heads = before.trim_end().chars().next_back().is_none_or(|c| "，。；、：—至（".contains(c));
    let told = rest.starts_with(|c: char| is_han(c) || is_digit(c) || c == '，') && !rest.starts_with(lasts);
    (heads && told && year > 0).then(|| at + text.len() - behind.len())
}

/// What stands behind one or two digits and the word for what they count: 5月.
fn part_before(text: &str, word: char) -> Option<&str> {
    let rest = text.trim_start_matches(is_digit);
    rest.strip_prefix(word).filter(|_| (1..=2).contains(&(text.len() - rest.len())))
}

/// The last year of the Republic that a text named, behind a time: 1950年 and 公元 begin another count.
pub(super) fn era_behind(shape: Shape, time: &str, era: Option<u8>) -> Option<u8> {
    let calendar = matches!(shape, Shape::Calendar | Shape::Republic | Shape::YearRange | Shape::MonthRange);
    if !calendar || era.is_none() && shape != Shape::Republic && !time.starts_with('民') {
        return era;
    }
    let number = time.trim_start_matches(['民', '國', '国', ' ']);
    let (years, _) = number.rsplit_once('年').unwrap_or((number, ""));
    let year = years.rsplit(|c: char| !is_digit(c)).next().unwrap_or_default();
    let named = number.len() < time.len() || shape == Shape::Republic;
    match year.parse::<u16>() {
        Ok(year) if named => u8::try_from(year).ok(),
        Ok(year) if year >= 1000 => None,
        _ => era,
    }
}

/// Years from 1000 to 2199, months to 12, days to 31, as far as Arabic digits write them.
fn in_range(text: &str, lexicon: &Lexicon) -> bool {
    let mut number = 0u32;
    let mut digits = 0;
    let mut fits = true;
    for ch in text.chars() {
        let folded = fold(ch);
        if let Some(digit) = folded.to_digit(10) {
            number = number.saturating_mul(10).saturating_add(digit);
            digits += 1;
            continue;
        }
        fits &= match (folded, digits) {
            (_, 0) => true,
            ('年', 4) => (1000..2200).contains(&number),
            ('月', _) => (1..=12).contains(&number),
            ('日' | '号', _) => (1..=31).contains(&number),
            _ => true,
        };
        if lexicon.numeral_char(ch).is_none() {
            number = 0;
            digits = 0;
        }
    }
    fits
}
