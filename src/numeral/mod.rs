//! Stage 4: the exact value of every numeral, Arabic, Han or mixed.
//!
//! A numeral is a run of groups, each a literal or a Han section with its scales: 2亿6千万, 五亿二千九百万, 600多万.

mod han;

use crate::exact::{DigitString, Exact};
use crate::lex::{Lexemes, Shape, is_digit};
use crate::lexicon::{Entry, Lexicon, NumeralChar, Place, RowId, fold};
use crate::text::{InFlow, Span};

/// A numeral and its value.
#[derive(Debug, Clone)]
pub(crate) struct Numeral {
    /// Digits, scales, and 多 or 余 between them.
    pub(crate) span: Span<InFlow>,
    /// The value, scale included; the lower one of 三五.
    pub(crate) value: Exact,
    /// The upper value of 三五.
    pub(crate) upper: Option<Exact>,
    /// Digits behind the point less the powers of the scale.
    pub(crate) decimals: i32,
    /// The hedge inside: 多, 余, 来.
    pub(crate) inside: Option<RowId>,
    /// Written with Han characters only.
    pub(crate) han: bool,
    /// The power of its scale: 4 for 3万, 0 without one.
    pub(crate) scale: i32,
    /// It starts with a scale: 百 of 近百人.
    pub(crate) bare: bool,
    /// What the numeral is part of.
    pub(crate) sort: Sort,
}

/// What sort of numeral it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number.
    Plain,
    /// 百分之八: the value is the part, here is the whole it is of.
    PartOf(u32),
    /// 三分之二, 1/3, 一半: the value is the quotient.
    Fraction,
    /// 100:76.9: the value is the quotient.
    Ratio,
    /// 15:61.9:23.1: no one value.
    Terms,
    /// 翻番: twice.
    Doubling,
}

impl Numeral {
    /// Bytes of the numeral.
    pub(crate) const fn length(&self) -> usize {
        self.span.len() as usize
    }
}

/// Reads the numerals of a segment.
pub(crate) fn numerals(
    text: &str,
    segment: Span<InFlow>,
    lexemes: &Lexemes,
    lexicon: &Lexicon,
    out: &mut Vec<Numeral>,
) {
    out.clear();
    let mut end = 0;
    for (shape, span) in &lexemes.shapes {
        if span.start < end
            || !matches!(
                shape,
                Shape::Arabic | Shape::Han | Shape::PerHundred | Shape::Fraction | Shape::Ratio | Shape::Doubling
            )
        {
            continue;
        }
        let rest = Span::<InFlow>::new(span.start, segment.end).of(text);
        let before = Span::<InFlow>::new(segment.start, span.start).of(text);
        let numeral = match shape {
            Shape::PerHundred => part_of(rest, lexicon),
            Shape::Fraction | Shape::Ratio => Some(quotient(span.of(text), *shape)),
            Shape::Doubling => Some(doubling(span.of(text))),
            _ => read(rest, lexicon)
                .filter(|numeral| !numeral.bare || allows_bare(rest, numeral, lexemes, *span, lexicon)),
        };
        if let Some(mut numeral) = numeral {
            if numeral.han && (indefinite(before, rest) || rest.starts_with("零下")) {
                continue;
            }
            numeral.span = Span::at(span.from(), span.from() + numeral.length());
            end = numeral.span.end;
            out.push(numeral);
        }
    }
}

/// 几百, 数十: no number is named.
fn indefinite(before: &str, numeral: &str) -> bool {
    before.ends_with(['几', '幾', '数', '數']) && numeral.starts_with(['十', '百', '千', '万', '亿', '萬', '億'])
}

/// 百, 千, 万 without a digit count only behind a hedge or with one inside: 近百人, 超千亿元, 百余户.
fn allows_bare(rest: &str, numeral: &Numeral, lexemes: &Lexemes, span: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let hedged = lexemes.words.iter().any(|(row, word)| {
        word.end == span.start
            && matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::Before | Place::Bare, .. }))
    });
    let after = rest.get(numeral.length()..).unwrap_or_default();
    let ended = after.is_empty() || after.starts_with(['，', '。', '、', ',']);
    (numeral.inside.is_some() || hedged) && !ended
}

/// Reads the number at the front of `text`: Arabic, Han or mixed, with its scales.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let mut length = 0;
    let mut out = Numeral {
        span: Span::new(0, 0),
        value: Exact::ZERO,
        upper: None,
        decimals: 0,
        inside: None,
        han: true,
        scale: 0,
        bare: false,
        sort: Sort::Plain,
    };
    let mut groups = 0;
    // The power of the smallest scale so far: a later group must stay below it.
    let mut floor = i32::MAX;
    loop {
        let rest = text.get(length..)?;
        let first = rest.chars().next().filter(|c| is_digit(*c) || lexicon.numeral_char(*c).is_some());
        let Some(first) = first else { break };
        let Some(group) = group(rest, is_digit(first), groups == 0, lexicon) else { break };
        // 一万二千亿: what stands before 亿 is counted in it as a whole.
        if groups == 1 && group.power == 8 && floor == 4 && out.inside.is_none() {
            out.value = out.value.scaled(group.power).plus(&group.value);
            out.decimals = group.decimals;
            out.inside = group.inside;
            length += group.length;
            out.han &= group.han;
            out.scale = group.power;
            floor = group.power;
            groups += 1;
            continue;
        }
        if groups > 0 && !(group.power < floor && (group.power > 0 || out.han && group.han)) {
            break;
        }
        // 一万二: the last digit stands one power below the scale.
        let elided = groups > 0 && group.elidable && floor > 1;
        let shift = if elided { floor - 1 } else { 0 };
        let group_upper = group.upper.map(|upper| out.value.plus(&upper.scaled(shift)));
        out.upper = group_upper;
        out.value = if groups == 0 { group.value } else { out.value.plus(&group.value.scaled(shift)) };
        out.decimals = group.decimals - shift;
        out.han &= group.han;
        out.inside = out.inside.or(group.inside);
        length += group.length;
        out.bare |= groups == 0 && group.bare;
        groups += 1;
        floor = group.power;
        out.scale = group.power;
        if group.power == 0 || group.inside.is_some() {
            break;
        }
    }
    out.span = Span::at(0, length);
    (groups > 0).then_some(out)
}

/// A literal or a Han section with the scales behind it.
struct Group {
    value: Exact,
    upper: Option<Exact>,
    decimals: i32,
    inside: Option<RowId>,
    han: bool,
    length: usize,
    /// The power of the last scale, 0 without one.
    power: i32,
    bare: bool,
    elidable: bool,
}

fn group(text: &str, arabic: bool, first: bool, lexicon: &Lexicon) -> Option<Group> {
    let mut group = if arabic {
        let (value, places, length) = literal(text)?;
        Group {
            value,
            upper: None,
            decimals: places,
            inside: None,
            han: false,
            length,
            power: 0,
            bare: false,
            elidable: false,
        }
    } else {
        let section = han::section(text, lexicon)?;
        Group {
            value: section.value,
            upper: section.upper,
            decimals: section.decimals,
            inside: None,
            han: true,
            length: section.length,
            power: section.power,
            bare: first && section.bare,
            elidable: section.single_digit,
        }
    };
    let mut scaled = 0;
    loop {
        let rest = text.get(group.length..)?;
        // A space that the layout left between digits and scale.
        let gap = if arabic && scaled == 0 { rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len() } else { 0 };
        let rest = rest.get(gap..)?;
        if let Some((inside, length)) = inside(rest, lexicon).filter(|_| group.inside.is_none() && gap == 0) {
            let behind = rest.get(length..).unwrap_or_default();
            let scale = behind.chars().next().is_some_and(|c| scale_power(c, lexicon).is_some());
            if scale || hedges_unit(behind, lexicon) {
                group.inside = Some(inside);
                group.length += length;
            }
            if scale {
                continue;
            }
            break;
        }
        let Some(power) = rest.chars().next().and_then(|c| scale_power(c, lexicon)) else { break };
        // 千瓦 and 千克 are units of their own behind digits: the longest reading wins.
        let small = power < 4;
        if small && (!arabic || is_unit(rest, lexicon)) {
            break;
        }
        group.value = group.value.scaled(power);
        group.upper = group.upper.map(|upper| upper.scaled(power));
        group.decimals -= power;
        group.power = if scaled == 0 || small { power } else { group.power + power };
        scaled += 1;
        group.length += gap + rest.chars().next().map_or(0, char::len_utf8);
        group.elidable = false;
    }
    Some(group)
}

/// Whether a unit longer than one character starts here.
fn is_unit(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.unit(text).is_some_and(|(length, rows)| {
        length > 3 && rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Unit(_))))
    })
}

/// The power of a scale character: 十 to 亿.
fn scale_power(ch: char, lexicon: &Lexicon) -> Option<i32> {
    match lexicon.numeral_char(ch)? {
        NumeralChar::Unit(power) | NumeralChar::Scale(power) => Some(i32::from(power)),
        _ => None,
    }
}

/// A hedge that stands inside a quantity: 多, 余. A longer word such as 多个 does not hide it.
pub(crate) fn inside(text: &str, lexicon: &Lexicon) -> Option<(RowId, usize)> {
    let length = text.chars().next()?.len_utf8();
    let rows = lexicon.word_named(text.get(..length)?);
    let inside = |row: &&RowId| matches!(lexicon.entry(**row), Some(Entry::Modifier { place: Place::Inside, .. }));
    rows.iter().find(inside).map(|row| (*row, length))
}

/// Behind 多 or 余 stands what it hedges, a unit or a noun that is counted: 余家, but not 余额.
fn hedges_unit(behind: &str, lexicon: &Lexicon) -> bool {
    lexicon
        .unit(behind)
        .is_some_and(|(_, rows)| !rows.iter().all(|row| matches!(lexicon.entry(*row), Some(Entry::NonUnit))))
}

/// An Arabic literal with separators: its value, its decimals, its length.
fn literal(text: &str) -> Option<(Exact, i32, usize)> {
    let mut digits = DigitString::default();
    let (mut places, mut length, mut point) = (0usize, 0usize, false);
    for (at, ch) in text.char_indices() {
        let folded = fold(ch);
        if let Some(digit) = folded.to_digit(10) {
            digits.push(digit);
            places += usize::from(point);
            length = at + ch.len_utf8();
            continue;
        }
        let rest = text.get(at + ch.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().map(fold);
        let joined = match folded {
            ',' => !point && groups_three(rest) && digits.count() >= leading(text),
            ' ' if point => places == 0,
            ' ' => joins_over_space(rest, digits.count()),
            '.' => !point && point_joins(rest, next),
            '。' | '·' => !point && next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        if !joined {
            break;
        }
        point |= matches!(folded, '.' | '。' | '·');
    }
    (digits.count() > 0).then(|| (Exact::read(digits, places), i32::try_from(places).unwrap_or(i32::MAX), length))
}

fn leading(text: &str) -> usize {
    text.chars().take_while(|c| is_digit(*c)).count().min(1)
}

/// Exactly three digits follow, and then no other.
fn groups_three(rest: &str) -> bool {
    rest.chars().take(4).take_while(|c| is_digit(*c)).count() == 3
}

/// 15. 82: a point may have a space behind it, before digits.
fn point_joins(rest: &str, next: Option<char>) -> bool {
    next.is_some_and(|c| c.is_ascii_digit())
        || next == Some(' ') && rest.trim_start().chars().next().is_some_and(is_digit)
}

/// 1 751: a space groups thousands; before a point it is only space.
fn joins_over_space(rest: &str, digits: usize) -> bool {
    let folded = rest.chars().next().map(fold);
    folded == Some('.') && rest.chars().nth(1).is_some_and(is_digit) || groups_three(rest) && digits <= 3
}

/// 百分之八, 三分之二.
fn part_of(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let at = text.find("分之")?;
    let whole = read(text.get(..at)?.trim_end(), lexicon)?.value.to_u32()?;
    let from = at + "分之".len();
    let gap = text.get(from..)?.len() - text.get(from..)?.trim_start().len();
    let mut numeral = read(text.get(from + gap..)?, lexicon)?;
    let length = from + gap + numeral.length();
    numeral.span = Span::at(0, length);
    numeral.han = !text.get(..length)?.contains(is_digit);
    if matches!(whole, 100 | 1_000 | 10_000) {
        numeral.sort = Sort::PartOf(whole);
    } else {
        numeral.sort = Sort::Fraction;
        numeral.value = numeral.value.divided(&Exact::integer(u64::from(whole)));
    }
    Some(numeral)
}

/// 翻番.
fn doubling(text: &str) -> Numeral {
    Numeral {
        span: Span::at(0, text.len()),
        value: Exact::integer(2),
        upper: None,
        decimals: 0,
        inside: None,
        han: true,
        scale: 0,
        bare: false,
        sort: Sort::Doubling,
    }
}

/// 1/3, 100:76.9, 15:61.9:23.1.
fn quotient(text: &str, shape: Shape) -> Numeral {
    let terms: Vec<&str> = text.split([':', '：', '∶', '/', '／', '比']).map(str::trim).collect();
    let values: Vec<Exact> = terms.iter().filter_map(|term| literal(term)).map(|(value, ..)| value).collect();
    let (sort, value) = match values.as_slice() {
        [a, b] if shape == Shape::Fraction => (Sort::Fraction, a.divided(b)),
        [a, b] => (Sort::Ratio, a.divided(b)),
        _ => (Sort::Terms, Exact::ZERO),
    };
    Numeral {
        span: Span::at(0, text.len()),
        value,
        upper: None,
        decimals: 0,
        inside: None,
        han: false,
        scale: 0,
        bare: false,
        sort,
    }
}
