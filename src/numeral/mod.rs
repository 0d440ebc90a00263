//! Stage 4: the exact value of every numeral, Arabic, Han or mixed.
//!
//! A numeral is a run of groups, each a literal or a Han section with its scales: 2亿6千万, 五亿二千九百万, 600多万.

mod bare;
mod damaged;
mod group;
mod han;
mod literal;
mod money;
mod power;
mod quotient;
mod sign;

use bare::allows_bare;
pub(crate) use bare::names_size;
use group::group;
pub(crate) use group::{counts_money, ends, inside};
pub(crate) use money::may_end as may_end_money;
pub(crate) use sign::{Sign, sign};

use crate::exact::Exact;
use crate::lex::{Lexemes, Shape};
use crate::lexicon::{Lexicon, NumeralChar, Role, RowId, is_digit, is_han};
use crate::terms::Direction;
use crate::text::{InFlow, Span};

/// A numeral and its value.
#[derive(Debug, Clone)]
pub(crate) struct Numeral {
    /// The sign, digits, scales, and 多 or 余 between them.
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
    /// The sign before it, which its value has taken.
    pub(crate) sign: Option<Sign>,
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

    /// A whole number written with Han characters, at the front of its text.
    fn plain(value: Exact, length: usize) -> Self {
        Self {
            span: Span::at(0, length),
            value,
            upper: None,
            decimals: 0,
            inside: None,
            han: true,
            scale: 0,
            bare: false,
            sign: None,
            sort: Sort::Plain,
        }
    }

    /// Takes so many bytes at the front of its text.
    fn cover(&mut self, length: usize) {
        self.span = Span::at(0, length);
    }

    /// Takes the sign before it.
    fn take(&mut self, sign: Sign) {
        self.sign = Some(sign);
        self.span.start -= sign.length;
        if sign.direction == Direction::Decrease {
            self.value = std::mem::replace(&mut self.value, Exact::ZERO).negated();
        }
    }

    /// Without its sign.
    pub(crate) fn unsigned(&self) -> Self {
        let mut numeral = self.clone();
        if let Some(sign) = numeral.sign.take() {
            numeral.span.start += sign.length;
            if sign.direction == Direction::Decrease {
                numeral.value = numeral.value.negated();
            }
        }
        numeral
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
    let mut end = segment.start;
    for (shape, span) in &lexemes.shapes {
        if span.start < end {
            continue;
        }
        let rest = Span::<InFlow>::new(span.start, segment.end).of(text);
        let cut = match shape {
            Shape::Arabic => is_cut(rest, span.len() as usize),
            // 一.五年来: lex parted a list number from what it stands before.
            Shape::Han => rest.get(span.len() as usize..).is_some_and(|behind| behind.starts_with('.')),
            _ => false,
        };
        let rest = if cut { span.of(text) } else { rest };
        let before = Span::<InFlow>::new(segment.start, span.start).of(text);
        let plain = || {
            read(rest, lexicon).filter(|numeral| {
                !numeral.bare
                    || is_alone(before, rest.get(numeral.length()..).unwrap_or_default())
                    || names_size(before, rest.get(numeral.length()..).unwrap_or_default(), lexicon)
                    || allows_bare((before, rest), numeral, lexemes, *span, lexicon)
            })
        };
        let numeral = match shape {
            Shape::Arabic | Shape::Han => plain().or_else(|| pointed(before, rest, lexicon)),
            Shape::Damaged | Shape::Spaced => damaged::mended(span.of(text), rest, lexicon),
            Shape::Power => power::power(span.of(text), lexicon).or_else(plain),
            shape => quotient::numeral(*shape, span.of(text), rest, lexicon),
        };
        let Some(mut numeral) = numeral else { continue };
        if matches!(shape, Shape::Half | Shape::Doubling) && !is_meant(span.of(text), before, rest, lexicon) {
            continue;
        }
        if before.is_empty() && !numeral.han {
            scale_alone(&mut numeral, rest);
        }
        if money::named_before(before, lexicon) {
            money::scale(&mut numeral, rest, lexicon);
        }
        let gap = || {
            rest.starts_with('零') && rest.get(numeral.length()..).is_some_and(|behind| behind.starts_with(is_digit))
        };
        if numeral.han && (indefinite(before, rest, *shape) || rest.starts_with("零下") || gap()) {
            continue;
        }
        numeral.span = Span::at(span.from(), span.from() + numeral.length());
        let since = Span::<InFlow>::new(end, span.start).of(text);
        // 2---3年: a row of dashes behind a number leads on to the next, and signs it only behind another sign: -5--3℃.
        let leads_on = since.ends_with("--") && out.last().is_some_and(|last| last.sign.is_none());
        if let Some(sign) = sign(before, since, lexicon).filter(|_| !leads_on) {
            numeral.take(sign);
        }
        end = numeral.span.end;
        out.push(numeral);
    }
}

/// Whether lex parted a number from digits that go on right behind it: 30，100, 119.2017年.
fn is_cut(rest: &str, length: usize) -> bool {
    let behind = rest.get(length..).unwrap_or_default();
    let year = || behind.starts_with(".19") || behind.starts_with(".20");
    let number = !rest.get(..length).is_some_and(|number| number.contains([' ', '.']));
    behind.strip_prefix('，').unwrap_or(behind).starts_with(is_digit)
        || number && length <= 3 && year() && goes_on_as_date(behind)
}

/// .2017年, .2014—2018年
fn goes_on_as_date(behind: &str) -> bool {
    behind
        .get(".2017".len()..)
        .is_some_and(|rest| rest.trim_start().starts_with('年') || rest.starts_with(['-', '—', '–', '~', '～', '至']))
}

/// 打对折, 对折出售: a price is halved; 对折的纸 is folded. 合格率百分百: all; 百分百投入 measures nothing. 产值实现倍增: twice as
/// much; 信心倍增, 成倍增长 and 倍增计划 name no number.
fn is_meant(words: &str, before: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let behind = rest.get(words.len()..).unwrap_or_default();
    if words.starts_with('倍') {
        return lexicon.closing(before, Role::Doubles).is_some() && (ends(behind) || behind.starts_with('的'));
    }
    if words == "百分百" {
        return ends(behind);
    }
    if !words.ends_with('折') {
        return true;
    }
    before.ends_with(['打', '按', '以', '价', '價', '仅', '僅', '享'])
        || before.is_empty() && behind.is_empty()
        || lexicon.opening(behind, Role::Sold).is_some()
}

/// 5M, 10k, 10兆: with nothing else in the segment a letter or 兆 can be no unit of something named there.
fn scale_alone(numeral: &mut Numeral, rest: &str) {
    let power = match rest.get(numeral.length()..).map(str::trim_end) {
        Some("k" | "ｋ") => 3,
        Some("M" | "Ｍ") => 6,
        Some("兆") => 12,
        _ => return,
    };
    let written = rest.trim_end().len();
    if numeral.sort == Sort::Plain && numeral.scale == 0 {
        numeral.value = std::mem::replace(&mut numeral.value, Exact::ZERO).scaled(power);
        numeral.decimals -= power;
        numeral.scale = power;
        numeral.cover(written);
    }
}

/// 点五, 负点五: the point opens a number that stands alone.
fn pointed(before: &str, rest: &str, lexicon: &Lexicon) -> Option<Numeral> {
    if !before.trim_end_matches(['负', '負']).is_empty() || !rest.starts_with(['点', '點']) {
        return None;
    }
    let section = han::fraction(rest, lexicon)?;
    ends(rest.get(section.length..)?)
        .then(|| Numeral { decimals: section.decimals, ..Numeral::plain(section.value, section.length) })
}

/// Whether nothing but the numeral stands in its segment: 百万 in a cell.
fn is_alone(before: &str, after: &str) -> bool {
    before.is_empty() && !after.contains(char::is_alphanumeric)
}

/// 几百, 数十: no number is named.
fn indefinite(before: &str, numeral: &str, shape: Shape) -> bool {
    // 占总人数百分之三十, 预测数百分之五: 数 belongs to the word before. 误差为数百分之一秒 and 几百分之一 name no number.
    let counted = before.strip_suffix(['数', '數']).is_some_and(|word| {
        word.ends_with(is_han)
            && !word.ends_with(['为', '為', '的', '约', '約', '了', '达', '達', '仅', '僅', '到', '至', '于', '於'])
    });
    !(counted && shape == Shape::PerHundred)
        && before.ends_with(['几', '幾', '数', '數'])
        && numeral.starts_with(['十', '百', '千', '万', '亿', '萬', '億'])
}

/// Reads the number at the front of `text`: Arabic, Han or mixed, with its scales.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Option<Numeral> {
    let mut length = 0;
    let mut out = Numeral::plain(Exact::ZERO, 0);
    let mut groups = 0;
    // The power of the smallest scale so far: a later group must stay below it.
    let mut floor = i32::MAX;
    loop {
        let mut rest = text.get(length..)?;
        // 10万零5: the gap keeps the digits behind it in their places.
        let gap = if groups > 0 && !out.han { zero(rest, lexicon).max(spaced(rest, floor, lexicon)) } else { 0 };
        rest = rest.get(gap..)?;
        let Some(arabic) = is_arabic(rest, lexicon) else { break };
        // 三千万两白银: behind a scale 两 is a weight, unless a power makes a number of it.
        if groups > 0 && is_weight(rest, lexicon) {
            break;
        }
        let Some(group) = group(rest, arabic, groups == 0, lexicon) else { break };
        // 一万二千亿, 二万五千万: what stands before the last scale is counted in it as a whole.
        let thousands = || out.han && group.han && group.power == 4 && group.value >= Exact::integer(10_000_000);
        if groups == 1 && floor == 4 && (group.power == 8 || thousands()) && out.inside.is_none() {
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
        // 3万五千, 3百五: characters go on with digits where they cannot count by themselves.
        let digit = matches!(lexicon.numeral_char(rest.chars().next()?), Some(NumeralChar::Digit(_)));
        let mixed = group.han && digit && (!group.elidable || ends(rest.get(group.length..)?));
        let alike = if out.han { group.han } else { mixed || !group.han && (group.elidable || gap > 0) };
        // 1万6846.5: the digits behind 万 fill its places.
        let fills = !out.han && !group.han && floor == 4 && gap == 0 && out.decimals <= 0 && fills_places(rest);
        let follows = group.power > 0 || alike || fills;
        if groups > 0 && !(group.power < floor && follows) {
            break;
        }
        // 一万二: the last digit stands one power below the scale.
        let elided = groups > 0 && group.elidable && floor > 1 && gap == 0;
        let shift = if elided { floor - 1 } else { 0 };
        let group_upper = group.upper.map(|upper| out.value.plus(&upper.scaled(shift)));
        out.upper = group_upper;
        out.value = if groups == 0 { group.value } else { out.value.plus(&group.value.scaled(shift)) };
        out.decimals = group.decimals - shift;
        out.han &= group.han;
        out.inside = out.inside.or(group.inside);
        length += gap + group.length;
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

/// Whether digits, or a point and digits, open `text`; nothing where no number does.
fn is_arabic(text: &str, lexicon: &Lexicon) -> Option<bool> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if lexicon.is_numeral_char(first) {
        return Some(false);
    }
    let point = matches!(first, '.' | '．') && chars.next().is_some_and(is_digit);
    (is_digit(first) || point || literal::vulgar(first).is_some()).then_some(true)
}

/// 两 without a power behind it.
fn is_weight(text: &str, lexicon: &Lexicon) -> bool {
    let power = |behind: &str| behind.chars().next().and_then(|c| lexicon.numeral_char(c));
    text.strip_prefix(['两', '兩'])
        .is_some_and(|behind| !matches!(power(behind), Some(NumeralChar::Unit(_) | NumeralChar::Scale(_))))
}

/// Bytes of the space that the layout left in a number: 3億 200 萬元, 2 兆 1,300 億元; 5萬 1,300元.
pub(super) fn spaced(text: &str, floor: i32, lexicon: &Lexicon) -> usize {
    let Some(digits) = text.strip_prefix(' ').filter(|digits| digits.starts_with(is_digit)) else { return 0 };
    let behind = digits.trim_start_matches(|c| is_digit(c) || c == ',');
    let scale = behind.trim_start_matches(' ').chars().next().and_then(|c| lexicon.numeral_char(c));
    let below = matches!(scale, Some(NumeralChar::Scale(power)) if i32::from(power) < floor) && floor >= 8;
    let run = digits.strip_suffix(behind).unwrap_or_default();
    let grouped = || run.contains(',') && lexicon.unit(behind.trim_start_matches(' ')).is_some();
    let places = || floor == 4 && fills_places(digits) && (group::counts_money(behind, lexicon) || grouped());
    usize::from(below || places())
}

/// Whether four digits open the text, and then no other: 6846.5 of 1万6846.5, 2,327 of 3萬2,327, 4 800 of 26萬4 800. A zero
/// opens them where a comma shows that it holds a place: 0,105 of 99萬0,105.
fn fills_places(text: &str) -> bool {
    let grouped =
        text.char_indices().nth(1).filter(|(_, c)| matches!(c, ',' | ' ')).and_then(|(at, _)| text.get(at + 1..));
    let (first, rest) = grouped.map_or((0, text), |rest| (1, rest));
    let led = text.starts_with(['0', '０']) && !text.get(1..).is_some_and(|rest| rest.starts_with(','));
    first + rest.chars().take(5).take_while(|c| is_digit(*c)).count() == 4 && !led
}

/// Bytes of a 零 that stands before digits.
fn zero(text: &str, lexicon: &Lexicon) -> usize {
    let mut chars = text.chars();
    let zero = chars.next().filter(|c| lexicon.numeral_char(*c) == Some(NumeralChar::Zero));
    zero.filter(|_| chars.next().is_some_and(is_digit)).map_or(0, char::len_utf8)
}
