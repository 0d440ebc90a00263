//! Page numbers, the marks of footnotes and the day of a web page: lines that a layout set between those of the text.

use super::line::{Line, breaks_quantity};
use crate::Lexicon;
use crate::lexicon::{fold, is_digit, is_han};

/// Notes which lines are no part of the text: marks of footnotes, and page numbers: marked ones, and lone numbers that
/// count up through the text, part two lines of prose, or part a number from its unit. A lone number beside another is a cell.
pub(super) fn note(lines: &mut [Line], source: &str, lexicon: &Lexicon) {
    let candidates: Vec<(usize, u32, bool)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.place.is_none() && line.width <= 8)
        .filter_map(|(index, line)| number(line.span.of(source)).map(|(number, marked)| (index, number, marked)))
        .collect();
    // The last line of a page: a blank one before it, the next page right behind.
    let closes = |index: usize| {
        lines.get(index).is_some_and(|line| line.apart) && lines.get(index + 1).is_some_and(|next| !next.apart)
    };
    let closing: Vec<(usize, u32, bool)> = candidates.iter().copied().filter(|(index, ..)| closes(*index)).collect();
    let mut pages: Vec<usize> =
        closing.iter().enumerate().filter(|(at, _)| counts_up(&closing, *at)).map(|(_, (index, ..))| *index).collect();
    for (at, (index, _, marked)) in candidates.iter().enumerate() {
        let near = |offset: isize| at.checked_add_signed(offset).and_then(|at| candidates.get(at));
        let line = |offset: isize| index.checked_add_signed(offset).and_then(|at| lines.get(at));
        let beside = [near(-1), near(1)].into_iter().flatten().any(|(other, ..)| other.abs_diff(*index) == 1);
        let prose = [line(-1), line(1)]
            .into_iter()
            .flatten()
            .all(|line| line.width >= 12 || line.span.of(source).contains(['，', '。']));
        let alone = line(0).is_some_and(|line| line.apart) && line(1).is_none_or(|next| next.apart);
        let words = |line: Option<&Line>| line.map_or("", |line| line.span.of(source));
        let (before, behind) = (words(line(-1)), words(line(1)));
        // 达到4.56⏎12⏎万元，: what goes on behind the line is no cell.
        let parts = before.ends_with(is_digit)
            && behind.contains(['，', '。', '；'])
            && breaks_quantity(before, behind, lexicon);
        // A text of one line has no pages, unless it says so.
        if *marked || !beside && (parts || lines.len() > 1 && alone && (prose || counts_up(&candidates, at))) {
            pages.push(*index);
        }
    }
    pages.extend((0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| is_footnote(line.span.of(source)))));
    for index in pages {
        if let Some(line) = lines.get_mut(index) {
            line.page = true;
        }
    }
}

/// A line that may be a page number: its number, and whether dashes or words mark it as one.
fn number(text: &str) -> Option<(u32, bool)> {
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '—' | '－' | ' ' | '·' | '第' | '页' | '頁'));
    let marked = text.starts_with(['-', '—', '－', '·', '第']) && text.ends_with(['-', '—', '－', '·', '页', '頁']);
    let last = inner.rsplit('-').next().unwrap_or(inner);
    let parts = inner.split('-').count();
    let digits: String = last.chars().map(fold).collect();
    let plain = inner.chars().map(fold).all(|c| c.is_ascii_digit() || c == '-') && digits.len() <= 4 && parts <= 3;
    // 4-1-22 is a page of a part of a volume, 2025-12-01 a day.
    let day = parts == 3 && inner.chars().take_while(|c| *c != '-').count() == 4;
    let number = digits.parse().ok().filter(|_| plain && !day)?;
    Some((number, marked || parts == 3))
}

/// [9]: the mark of a footnote, alone on its line.
fn is_footnote(text: &str) -> bool {
    let note = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    note.is_some_and(|note| (1..=3).contains(&note.len()) && note.chars().all(is_digit))
}

/// Whether the lone number before is one less, or the one behind one more.
fn counts_up(numbers: &[(usize, u32, bool)], at: usize) -> bool {
    let number = |at: usize| numbers.get(at).map(|(_, number, _)| *number);
    let Some(here) = number(at) else { return false };
    at.checked_sub(1).and_then(number).is_some_and(|before| before + 1 == here)
        || number(at + 1).is_some_and(|behind| behind == here + 1)
}

/// 2020-04-02 10:11, 发布时间：2020/4/2 来源：某局, 来源：某日报 2020-04-02, 某日报 2020-04-02: the day on which a page was put up,
/// with a label before it at most, or labels and what they tell, or who put it up.
pub(crate) fn is_posted(line: &str) -> bool {
    if line.len() > LINE {
        return false;
    }
    let Some((label, day)) = line.find(is_digit).and_then(|at| line.split_at_checked(at)) else { return false };
    let blank = label.ends_with([' ', '\u{3000}', '\t']);
    let told = label.contains([':', '：']) && (blank || label.ends_with([':', '：']));
    if label.chars().count() > LABEL && !told {
        return false;
    }
    let parted = |c: char| matches!(c, '-' | '/');
    let end = day.find(|c: char| !(is_digit(c) || parted(c))).unwrap_or(day.len());
    let (day, behind) = day.split_at(end);
    let fields: Vec<usize> = day.split(parted).map(str::len).collect();
    let who =
        blank && label.trim_end().chars().all(is_han) && !label.trim_end().ends_with(['至', '到', '止', '自', '从']);
    let labelled =
        label.is_empty() || who || label.trim_end().ends_with([':', '：']) || told && !label.contains(['，', '。']);
    let apart = behind.is_empty() || behind.starts_with([' ', '\u{3000}', '\t']) || behind.contains([':', '：']);
    labelled && apart && !behind.contains(['，', '。']) && matches!(fields.as_slice(), [4, 1..=2, 1..=2])
}

/// Bytes of the longest line that only tells when a page was put up.
const LINE: usize = 160;

/// Characters of the longest label before such a day.
const LABEL: usize = 8;
