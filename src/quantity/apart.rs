//! Units that are told apart from their number by more than themselves: set apart by the layout, spread (3 省, 50 平 方 米), or the
//! front of a word (七成为).

use super::unit::choose;
use crate::lexicon::{Entry, Lexicon, RowId, is_han};

/// The most characters of a unit that the layout spread.
const SPREAD: usize = 5;

/// 平 方 米, 个 百分点: a unit of several characters with spaces between them. Gives its length and its row.
pub(super) fn spread(text: &str, context: &str, lexicon: &Lexicon) -> Option<(usize, RowId)> {
    let mut behind = text.chars().take(SPREAD).skip_while(|c| is_han(*c));
    if !text.starts_with(is_han) || behind.next() != Some(' ') {
        return None;
    }
    let mut words = String::new();
    // Where a space stands, in bytes of the words without it.
    let mut gaps = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next().filter(|c| is_han(*c) && words.chars().count() < SPREAD) {
        words.push(letter);
        rest = rest.get(letter.len_utf8()..)?;
        if let Some(behind) = rest.strip_prefix(' ').filter(|behind| behind.starts_with(is_han)) {
            gaps.push(words.len());
            rest = behind;
        }
    }
    let (length, rows) = lexicon.unit(&words)?;
    let unit = words.get(..length)?;
    let spaces = Some(gaps.iter().filter(|gap| **gap < length).count()).filter(|spaces| *spaces > 0)?;
    let row = choose(rows, unit, (context, ""), lexicon)?;
    // 15亿元 年度: a word goes on behind the space.
    let whole = !text.get(length + spaces..)?.starts_with(is_han);
    (whole && !matches!(lexicon.entry(row), Some(Entry::NonUnit))).then_some((length + spaces, row))
}

/// 和吉林 3 省，: the layout set the number apart; the noun behind it ends what is told.
pub(super) fn is_set_apart(gap: usize, context: &str, behind: &str) -> bool {
    gap == 1
        && context.strip_suffix(' ').is_some_and(|before| before.ends_with(is_han))
        && behind.starts_with(['，', '。', '；', '、', '（', '('])
}

/// 其中七成为公租房, 约六成为女性: tenths of what was told, and nobody who becomes something.
pub(super) fn tenths<'a>(text: &str, context: &str, lexicon: &'a Lexicon) -> Option<(usize, &'a [RowId])> {
    let behind = text.strip_prefix('成').filter(|behind| behind.starts_with(['为', '為', '是']))?;
    let before = context.trim_end_matches(|c| lexicon.is_numeral_char(c));
    let part = before.ends_with(['约', '約', '近', '逾', '超', '有', '中', '过', '過', '达', '占', '佔']);
    part.then(|| (text.len() - behind.len(), lexicon.unit_named("成")))
}
