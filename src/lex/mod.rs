//! Stage 3: the lexemes of a segment, shapes by regular expression and words by one longest-match pass.
//!
//! Lexemes may overlap: a word with two readings keeps both, and a shape may stand inside a word. The later stages
//! choose.

mod code;
mod days;
mod separators;
mod shapes;

use code::{code, damaged, is_quarter, option, signed_percent};
use days::{ends_in_year, era_behind, followed_year, is_day, is_season, is_told_year, of_republic, time};
pub(crate) use separators::is_torn;
use separators::{before_year, grouped, opens_group, set_apart};
use shapes::Cache;
pub(crate) use shapes::Shape;
pub(crate) use shapes::{ShapeCache, Shapes};

use std::ops::Range;

use crate::lexicon::{Entry, Letter, Lexicon, NumeralChar, RowId, fold, is_alphanumeric, is_digit, is_han, is_year};
use crate::text::{InFlow, Span};

/// The lexemes of one segment. The buffers are reused from segment to segment.
#[derive(Debug, Default)]
pub(crate) struct Lexemes {
    /// Shapes in order; they do not overlap.
    pub(crate) shapes: Vec<(Shape, Span<InFlow>)>,
    /// Words in order; two readings of a word stand side by side.
    pub(crate) words: Vec<(RowId, Span<InFlow>)>,
    /// Whether the text counts its years by the Republic.
    republic: bool,
    /// The last year of the Republic that the text named, where it named no other since.
    era: Option<u8>,
    /// What a segment is spelled out in.
    letters: Vec<Letter>,
}

impl Lexemes {
    /// Buffers for a text, which may count its years by the Republic.
    pub(crate) fn of(republic: bool) -> Self {
        Self { republic, ..Self::default() }
    }
}

/// Reads the lexemes of `span` of the flowing text. A segment without a number makes no row: no words are looked for in
/// it, and its shapes are dropped.
pub(crate) fn lex(
    text: &str,
    span: Span<InFlow>,
    shapes: &Shapes,
    cache: &mut Cache,
    lexicon: &Lexicon,
    out: &mut Lexemes,
) {
    let Lexemes { shapes: found, words: known, letters, republic, era } = out;
    found.clear();
    known.clear();
    let segment = span.of(text);
    let letters = lexicon.spell(segment, letters);
    let base = span.from();
    let mut next = 0;
    let mut counts = false;
    let mut before = Letter::default();
    for letter in letters {
        let (at, beside) = (letter.at as usize, std::mem::replace(&mut before, *letter));
        if !letter.code.opens() || at < next || !stands_free(segment, *letter, beside) {
            continue;
        }
        if letter.code.is_latin()
            && let Some(word) = plain_word(segment.get(at..).unwrap_or_default())
        {
            next = at + word;
            continue;
        }
        let Some((shape, end)) = shapes.starts_at(segment, at, cache) else { continue };
        let shape = if *republic { of_republic(shape, segment.get(at..end).unwrap_or_default()) } else { shape };
        let told = followed_year(segment, at, *era);
        let (shape, range) = match told {
            Some(end) => (Shape::Republic, at..end),
            None => whole(segment, shape, at..end, *republic, lexicon),
        };
        next = range.end;
        *era = era_behind(shape, segment.get(range.clone()).unwrap_or_default(), *era);
        let unit = shape == Shape::Code && divides(segment, &range, lexicon);
        let shape = if unit { Shape::Unit } else { shape };
        counts |= shape != Shape::Han || may_count(segment, &range, lexicon);
        found.push((shape, Span::at(base + range.start, base + range.end)));
    }
    // 首位, 首批: ordinals without a numeral.
    if counts || segment.contains('首') {
        words(letters, base, lexicon, known);
    } else {
        found.clear();
    }
}

/// Whether no run of Latin letters and no longer word reaches into a place where a shape may start.
fn stands_free(segment: &str, letter: Letter, beside: Letter) -> bool {
    let (before, after) = segment.split_at_checked(letter.at as usize).unwrap_or_default();
    // 5μg/m3: the prefix and what it stands before are one unit.
    if letter.code.is_latin() {
        return !letter.code.runs_on(beside.code) && !before.ends_with(['μ', 'µ']);
    }
    match after.chars().next() {
        Some('.' | '．') => before.is_empty() || before.ends_with([' ', '\u{3000}', '-', '−', '－', '(', '（']),
        // 上午, 下午, 中午: before an hour. 上 and 下 alone are in every other sentence.
        Some('上' | '下' | '中') => after.get(3..).is_some_and(|rest| rest.starts_with('午')),
        Some('对' | '對') => after.get(3..).is_some_and(|rest| rest.starts_with('折')),
        Some('元') => is_january(before, after),
        _ => true,
    }
}

/// 元月, 元至九月: January at the head of a clause or behind its year, where 元 is no money: 100元至200元, 港元月均.
fn is_january(before: &str, after: &str) -> bool {
    let month = after.get('元'.len_utf8()..).unwrap_or_default().starts_with(['月', '至', '-', '—', '～', '~']);
    let free = |c: char| !c.is_alphanumeric() && !matches!(c, '）' | ')' | '%' | '/') || matches!(c, '年' | '度');
    month && before.trim_end().chars().next_back().is_none_or(free)
}

/// 10mg/m3, 98元/m2, 5 kWh/100km, 3万m2: a unit behind a number, or the end of one, looks like a code.
fn divides(segment: &str, range: &Range<usize>, lexicon: &Lexicon) -> bool {
    let head = segment.get(..range.start).unwrap_or_default();
    let code = segment.get(range.clone()).unwrap_or_default();
    let is_unit = |part: &str| {
        let unit = part.trim_start_matches(is_digit);
        lexicon.unit(unit).is_some_and(|(length, _)| length == unit.len())
    };
    if head.ends_with(['/', '／']) {
        return is_unit(code);
    }
    let scale = |c| matches!(lexicon.numeral_char(c), Some(NumeralChar::Scale(_)));
    let number = head.trim_end().trim_end_matches(scale).trim_end();
    let counts = |c| is_digit(c) || "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
    number.len() < head.len() && number.ends_with(counts) && code.split('/').all(is_unit)
}

/// The length of the Latin letters at the front, where nothing behind them makes them part of a shape.
fn plain_word(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let behind = rest.strip_prefix([' ', '\u{3000}', '\u{A0}']).unwrap_or(rest).chars().next();
    let goes_on = |c: char| !is_han(c) && (is_digit(c) || c.is_whitespace() || "-/_.－+＋@:%(".contains(c));
    (!behind.is_some_and(goes_on)).then_some(text.len() - rest.len())
}

/// In a segment of no more bytes every numeral is read: 至少七, 五以上.
const SHORT: usize = 30;

/// Whether a Han numeral may be more than part of a word: a unit follows it, 第 stands before it, or it is long.
fn may_count(segment: &str, range: &Range<usize>, lexicon: &Lexicon) -> bool {
    let after = segment.get(range.end..).unwrap_or_default();
    let before = segment.get(..range.start).unwrap_or_default();
    range.len() > '一'.len_utf8()
        || matches!(segment.get(range.clone()), Some("俩" | "仨"))
        || before.ends_with(['第', '前', '负', '負'])
        || before.ends_with("零下")
        || segment.len() <= SHORT
        || after.starts_with(['、', '至', '到', '半', '多', '余', '餘', '几', '幾', '来', '來', '强', '強'])
        || lexicon.unit(after).is_some()
}

/// The longest words of a text that is spelled out, leftmost first.
pub(crate) fn words(text: &[Letter], base: usize, lexicon: &Lexicon, out: &mut Vec<(RowId, Span<InFlow>)>) {
    lexicon.words(text, |from, to, rows| {
        let (Some(first), Some(behind)) = (text.get(from), text.get(to)) else { return false };
        let (before, last) = (from.checked_sub(1).and_then(|at| text.get(at)), text.get(to - 1));
        let cut = before.is_some_and(|before| first.code.runs_on(before.code))
            || last.is_some_and(|last| last.code.runs_on(behind.code));
        if !cut {
            let span = Span::at(base + first.at as usize, base + behind.at as usize);
            out.extend(rows.iter().map(|row| (*row, span)));
        }
        !cut
    });
}

/// A shape after a look at what its pattern cannot see: what stands around it, and whether its fields are in range.
fn whole(segment: &str, shape: Shape, range: Range<usize>, republic: bool, lexicon: &Lexicon) -> (Shape, Range<usize>) {
    let text = segment.get(range.clone()).unwrap_or_default();
    let after = segment.get(range.end..).unwrap_or_default();
    let first = |shape| (shape, range.start..range.start + leading_number(text, lexicon));
    let number = if text.starts_with(is_digit) { Shape::Arabic } else { Shape::Han };
    let glued = range.start..range.end + after.len() - after.trim_start_matches(is_digit).len();
    let cut = text.ends_with(is_digit) && after.starts_with(is_digit);
    if matches!(shape, Shape::Arabic | Shape::Code)
        && let Some(length) = damaged(segment.get(range.start..).unwrap_or_default(), lexicon)
    {
        return (Shape::Damaged, range.start..range.start + length);
    }
    if shape == Shape::Arabic
        && let Some(length) = set_apart(segment, range.start, lexicon)
    {
        return (Shape::Spaced, range.start..range.start + length);
    }
    match shape {
        Shape::Arabic if segment.get(range.start..).is_some_and(is_torn) => (shape, range.start..segment.len()),
        Shape::Address | Shape::Phone | Shape::Code | Shape::Version if cut => (shape, glued),
        // 2022.6.272千年: a day and what is glued to it.
        Shape::NumericDate if cut => (Shape::Version, glued),
        // 2020年1234: whatever it looks like, it is not what its digits go on from.
        _ if cut && shape != Shape::Arabic => first(number),
        // 1993/1994, 2005/06: a season over two years.
        Shape::Fraction if is_season(text) => (Shape::YearRange, range),
        Shape::NumericDate if !text.contains(' ') && !is_day(text) => (Shape::Version, range),
        // 212,024254,386: cells that no digit tells apart are one label.
        Shape::Arabic if cut && text.contains(',') && opens_group(after) => {
            let more = after.len() - after.trim_start_matches(|c| is_digit(c) || ",.".contains(c)).len();
            let end = text.len() + after.get(..more).map_or(0, |glued| glued.trim_end_matches([',', '.']).len());
            (Shape::Code, range.start..range.start + end)
        }
        // 1，234: nothing else stands in the segment that it could be a list in.
        Shape::Arabic if text.len() == segment.len() && text.contains('，') => (shape, range),
        Shape::Arabic => {
            let before = segment.get(..range.start).unwrap_or_default();
            let end = grouped(before, text, after, lexicon).min(before_year(before, text, after));
            (shape, range.start..range.start + end)
        }
        Shape::Quarter | Shape::Calendar | Shape::YearRange | Shape::MonthRange | Shape::Clock => {
            time(segment, shape, range, lexicon)
        }
        Shape::Republic if !(text.starts_with('民') || republic && is_told_year(segment, &range)) => first(number),
        // D.2019年
        Shape::Code if option(text).is_some_and(is_year) && after.starts_with('年') => {
            (Shape::Calendar, range.start + "D.".len()..range.end + '年'.len_utf8())
        }
        Shape::Sum if let Some((from, to)) = signed_percent(text, after) => {
            (Shape::Arabic, range.start + from..range.start + to)
        }
        Shape::Code if is_quarter(segment, &range, lexicon) => (Shape::Quarter, range),
        Shape::Code => code(text, after, lexicon)
            .map_or_else(|| (shape, range.clone()), |at| (Shape::Arabic, range.start + at..range.end)),
        // 三分一 is a third, but not in 三分二十秒 and 三分一厘.
        Shape::PerHundred
            if !text.contains('之')
                && (after.starts_with(['厘', '釐', '毫', '秒', '钟', '鐘', '刻', '次'])
                    || after.starts_with(|c| lexicon.numeral_char(c).is_some())) =>
        {
            first(number)
        }
        // 三两五钱: 两 is the weight, and the digit behind it opens the next number.
        Shape::Han
            if text.starts_with(['两', '兩'])
                && text.len() > "两".len()
                && before_ends_in_digit(segment, range.start) =>
        {
            (shape, range.start + "两".len()..range.end)
        }
        // 第八、第九两条: 两 behind a digit is another number. 一两 and 二两 are a range and a weight.
        Shape::Han if let Some(digit) = digit_before_two(text) => (shape, range.start..range.start + digit),
        // 一.五年来的工作: a list number, and no decimal.
        Shape::Han if text.contains('.') && !is_decimal(segment, &range, lexicon) => first(number),
        // 五、六十年代: a decade beside a decade.
        Shape::Han if text.contains('、') && after.starts_with("年代") => first(number),
        // 图1:2011-2015年: what stands behind the colon is a time.
        Shape::Ratio if ends_in_year(text, after) => first(number),
        // 2比3年前: what follows is a count of its own.
        Shape::Ratio if text.contains('比') && lexicon.unit(after).is_some() => first(number),
        // 20/16/13倍: a list, and no fraction of two of its numbers.
        Shape::Fraction if is_of_list(segment.get(..range.start).unwrap_or_default(), after) => first(number),
        // 30/10亿元: two amounts, and no fraction of such a one.
        Shape::Fraction if shares_unit(text, after, lexicon) => first(number),
        // 160/95: two numbers side by side, as no fraction is written.
        Shape::Fraction if is_pair(text) => first(number),
        // 3 12/5 is no mixed number, 2E5 栋 no power.
        Shape::Fraction if text.contains(' ') && (cut || !is_mixed(text)) => first(number),
        // 15/10万: so many of a hundred thousand.
        Shape::Fraction if text.ends_with("/10") && after.starts_with(['万', '萬']) => first(number),
        // 1.5×104立方米: the exponent was raised before its line was made flat.
        Shape::Power if let Some(exponent) = flat_exponent(text) => {
            let raised = (2..=15).contains(&exponent) && lexicon.unit(after.trim_start()).is_some();
            if raised { (shape, range) } else { first(number) }
        }
        Shape::Power
            if after.starts_with(is_part) && text.ends_with(is_digit)
                || segment.get(..range.start).is_some_and(ends_in_part) =>
        {
            first(number)
        }
        _ => (shape, range),
    }
}

/// The exponent of 1.5×104 and 1×10-7, whose sign does not matter here.
fn flat_exponent(text: &str) -> Option<u8> {
    let (_, power) = text.rsplit_once(['×', '*', 'x', 'X'])?;
    let exponent = power.trim_start().strip_prefix("10")?.trim_start_matches(['-', '−', '–', '－']);
    exponent.chars().map(fold).collect::<String>().parse().ok()
}

/// 四.五人, ○.五公頃: a full stop between Han digits is a point where a unit, a scale or the end of the clause follows, and
/// where no list number can stand.
fn is_decimal(segment: &str, range: &Range<usize>, lexicon: &Lexicon) -> bool {
    let after = segment.get(range.end..).unwrap_or_default();
    let opens = segment.get(..range.start).is_some_and(|before| before.trim().is_empty());
    let scale = || after.chars().next().is_some_and(|c| matches!(lexicon.numeral_char(c), Some(NumeralChar::Scale(_))));
    after.starts_with(['%', '％'])
        || !opens && (lexicon.unit(after).is_some() || !after.starts_with(is_alphanumeric) || scale())
}

/// Digits behind which 两 is a number of its own, or a weight.
const FROM_THREE: [char; 7] = ['三', '四', '五', '六', '七', '八', '九'];

/// Where a 两 stands behind a digit from three to nine.
fn digit_before_two(text: &str) -> Option<usize> {
    let at = text.find(['两', '兩'])?;
    text.get(..at)?.ends_with(FROM_THREE).then_some(at)
}

/// Whether such a digit ends the text before a place.
fn before_ends_in_digit(segment: &str, at: usize) -> bool {
    segment.get(..at).is_some_and(|before| before.ends_with(FROM_THREE))
}

/// Whether another number and a slash stand before a fraction, or behind it.
fn is_of_list(before: &str, after: &str) -> bool {
    let slash = ['/', '／'];
    before.strip_suffix(slash).is_some_and(|before| before.ends_with(is_digit))
        || after.strip_prefix(slash).is_some_and(|after| after.starts_with(is_digit))
}

/// Whether two numbers around a slash share the unit behind them: nobody writes a fraction of an amount of money, nor one of
/// so many tens of thousands, nor one above one of what is a ratio itself (12/10倍, 3/1%). 15/10万人 are so many of a hundred
/// thousand.
fn shares_unit(text: &str, after: &str, lexicon: &Lexicon) -> bool {
    let Some((first, next)) = text.split_once(['/', '／']).filter(|_| text.starts_with(is_digit)) else {
        return false;
    };
    let after = after.trim_start_matches(' ');
    let behind = after.trim_start_matches(['万', '萬', '亿', '億']);
    let rows = lexicon.unit(behind).map_or(&[][..], |(_, rows)| rows);
    let counts_in = |dimension: &str| {
        rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Unit(unit)) if &*unit.dimension == dimension))
    };
    let rate = next == "10" && after.starts_with(['万', '萬']);
    let scaled = behind.len() < after.len() && !rate && !rows.is_empty();
    let number = |text: &str| text.chars().map(fold).collect::<String>().parse::<u32>().ok();
    let larger = || matches!((number(first), number(next)), (Some(first), Some(next)) if first > next);
    !text.contains([' ', '又']) && (scaled || (counts_in("currency") || counts_in("ratio")) && larger())
}

/// Two whole numbers from twenty on, of which the first is the larger: 160/95.
fn is_pair(text: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| (20..1000).contains(number));
    let Some((first, next)) = text.split_once('/') else { return false };
    matches!((number(first), number(next)), (Some(a), Some(b)) if a > b)
}

/// What goes on in a code: 7B4E19-55.
fn is_part(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || is_digit(ch) || matches!(ch, '-' | '_')
}

/// Whether a code goes on at the end of a text: 7B-, but not the sign of -2^3.
fn ends_in_part(text: &str) -> bool {
    let code = text.strip_suffix('-').unwrap_or(text);
    code.ends_with(is_part)
}

/// 2 1/2: the fraction of a mixed number is below one.
fn is_mixed(text: &str) -> bool {
    let mut fields = text.rsplit([' ', '/', '／']).map(|field| field.chars().map(fold).collect::<String>());
    let (denominator, numerator) = (fields.next(), fields.next());
    let number = |field: Option<String>| field.and_then(|field| field.parse::<u8>().ok());
    matches!((number(numerator), number(denominator)), (Some(a), Some(b)) if a < b)
}

/// Bytes of the number at the front of a shape.
fn leading_number(text: &str, lexicon: &Lexicon) -> usize {
    let arabic = text.starts_with(is_digit);
    let end =
        text.char_indices().find(|(_, c)| if arabic { !is_digit(*c) } else { lexicon.numeral_char(*c).is_none() });
    end.map_or(text.len(), |(at, _)| at)
}
