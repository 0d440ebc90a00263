//! What a short line is, by its own words: a date line, a byline, a caption, the head of an item of news.

use crate::Lexicon;
use crate::lexicon::{Entry, Role, RowId, is_digit};

/// The longest office or heading of what is appended, in characters.
const LONGEST: usize = 4;

/// 12:50 某公司拟扩产: the clock time at the head of an item of news.
pub(super) fn is_timed(line: &str) -> bool {
    let hours = line.trim_start_matches(is_digit);
    let minutes = hours.strip_prefix([':', '：']).unwrap_or_default();
    let words = minutes.trim_start_matches(is_digit);
    let (hour, minute) = (line.len() - hours.len(), minutes.len() - words.len());
    (1..=2).contains(&hour) && minute == 2 && words.trim_start().starts_with(|c: char| !c.is_ascii_punctuation())
}

/// 2024年3月26日, 云州市统计局　2024年3月26日: a line that ends in a full day dates the text, and heads nothing.
pub(super) fn is_date_line(line: &str) -> bool {
    let line = line.trim_end_matches(['）', ')', ' ', '\u{3000}']);
    let day = line.trim_end_matches(|c| is_digit(c) || "年月日 　〇零一二三四五六七八九十".contains(c));
    let day = line.get(day.len()..).unwrap_or_default();
    let marks: String = day.chars().filter(|c| matches!(c, '年' | '月' | '日')).collect();
    marks == "年月日" && day.ends_with('日')
}

/// （2011年2月8日 王某）, ——2011年2月8日在县常委会上, 2011年2月16日07:30 县报: a day, and who spoke or printed it. Only in brackets,
/// behind a dash, or right under the title, does it date the text; elsewhere it heads an item of news.
pub(super) fn is_dated_byline(line: &str, under_title: bool) -> bool {
    let bracketed = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
    let marked =
        bracketed.or_else(|| Some(line.trim_start_matches(['—', '―', '－', '─'])).filter(|rest| *rest != line));
    let Some((day, rest)) = marked.unwrap_or(line).split_once('日') else { return false };
    let rest = rest.trim_start_matches(|c| is_digit(c) || matches!(c, ':' | '：'));
    let name = rest.trim_start();
    let short = name.len() < rest.len() && name.chars().count() <= NAME && name.chars().all(char::is_alphabetic);
    let dated = |c: char| is_digit(c) || "年月 　〇零一二三四五六七八九十".contains(c);
    let dated = day.contains('年') && day.contains('月') && day.chars().all(dated);
    dated && (marked.is_some() || under_title && short)
}

/// Characters of the longest name of who printed a text.
const NAME: usize = 8;

/// （2023年3月）, 云州市统计局　二〇二三年四月: a line that ends in a month of a year and says nothing else but whose text it
/// is. On the cover it dates the text; further down it may head a month of a chronicle.
pub(super) fn is_month_line(line: &str, lexicon: &Lexicon) -> bool {
    let line = line.trim_matches(['（', '(', '）', ')', ' ', '\u{3000}']);
    let issuer = line.trim_end_matches(|c| is_digit(c) || "年月 　〇零一二三四五六七八九十".contains(c));
    let month = line.get(issuer.len()..).unwrap_or_default();
    let marks = month.chars().filter(|c| matches!(c, '年' | '月'));
    let known = || issuer.is_empty() || lexicon.closing(issuer, Role::Issuer).is_some();
    month.ends_with('月') && marks.eq(['年', '月']) && known()
}

/// ——2025年1月14日在某市第十届人民代表大会第三次会议上: a line that tells where the text was read out.
pub(super) fn is_occasion(line: &str, lexicon: &Lexicon) -> bool {
    let day = line.find('日').is_some_and(|day| line.get(..day).is_some_and(|date| date.contains('年')));
    let meets = |(at, _)| line.get(..at).is_some_and(|before| lexicon.closing(before, Role::Meeting).is_some());
    day && line.match_indices('上').any(meets)
}

/// 云州市2022年上半年经济运行情况: whether a line names a year, and is more than a date or what stands under a title:
/// （2022年第9号）, ——2022年工作回顾.
pub(super) fn names_year(line: &str, lexicon: &Lexicon) -> bool {
    let year = |(at, _): (usize, &str)| {
        let before = line.get(..at).unwrap_or_default();
        let digits = before.chars().rev().take_while(|c| is_digit(*c) || lexicon.is_numeral_char(*c)).count();
        digits == 4
    };
    let under = line.starts_with(['（', '(', '〔', '[', '—', '-', '─']);
    !under && !is_date_line(line) && !is_occasion(line, lexicon) && line.match_indices('年').any(year)
}

/// 云州市统计局, 证券代码：600123: whether a line tells whose text it is, or has a number and no year.
pub(super) fn names_issuer(line: &str, lexicon: &Lexicon) -> bool {
    lexicon.closing(line, Role::Issuer).is_some() || line.contains(is_digit) && !names_year(line, lexicon)
}

/// 云州市市长　陈某: an office and a name sign the text and head nothing.
pub(super) fn is_byline(line: &str, lexicon: &Lexicon) -> bool {
    let Some((office, name)) = line.split_once([' ', '\u{3000}']) else { return false };
    let letters = name.chars().filter(|c| !c.is_whitespace() && *c != '·');
    // 陈　某: a name of two characters is set as wide as one of three.
    let spaced = name.trim().contains(char::is_whitespace);
    let most = if spaced {
        2
    } else if name.contains('·') {
        12
    } else {
        4
    };
    let named = letters.clone().all(|c| c.is_alphabetic() && !c.is_ascii()) && (2..=most).contains(&letters.count());
    named && is_ending(office, Role::Office, lexicon)
}

/// 名词解释, 附件1, 《政府工作报告》有关内容名词注释
pub(super) fn is_appended(line: &str, lexicon: &Lexicon) -> bool {
    is_ending(line, Role::Appendix, lexicon)
        || lexicon.word(line).is_some_and(|(length, rows)| {
            let behind = line.get(length..).and_then(|rest| rest.chars().next());
            behind.is_none_or(|c| is_digit(c) || !c.is_alphanumeric()) && holds(rows, Role::Appendix, lexicon)
        })
}

/// Whether a line ends in a word of a role.
fn is_ending(line: &str, role: Role, lexicon: &Lexicon) -> bool {
    lexicon.ending(line, LONGEST).any(|entry| matches!(entry, Entry::Cue(found) if *found == role))
}

fn holds(rows: &[RowId], role: Role, lexicon: &Lexicon) -> bool {
    rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(found)) if *found == role))
}

/// 表1　2023年地区生产总值, 图3 …: the caption of a table or figure.
pub(super) fn is_numbered(line: &str, lexicon: &Lexicon) -> bool {
    let numbered = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Numbered)));
    lexicon.word(line).is_some_and(|(length, rows)| {
        rows.iter().any(numbered) && line.get(length..).is_some_and(|rest| rest.trim_start().starts_with(is_digit))
    })
}

/// 单位：亿元, （单位：万人）: a line that only states the unit of a table heads nothing.
pub(super) fn states_unit(line: &str, lexicon: &Lexicon) -> bool {
    let line = line.trim_start_matches(['（', '(', '【', '[']);
    let caption = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Caption)));
    lexicon.word(line).is_some_and(|(length, rows)| {
        rows.iter().any(caption) && line.get(length..).is_some_and(|rest| rest.trim_start().starts_with(['：', ':']))
    })
}
