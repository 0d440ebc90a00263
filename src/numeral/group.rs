//! A literal or a Han section with the scales behind it: the groups that a numeral is a run of.

use super::han;
use super::literal::literal;
use super::spaced;
use crate::exact::Exact;
use crate::lexicon::{Entry, LatinScale, Lexicon, NumeralChar, Place, RowId, is_digit};

/// The power of 兆, which is a prefix and a size of data as well.
const TRILLION: i32 = 12;

pub(super) struct Group {
    pub(super) value: Exact,
    pub(super) upper: Option<Exact>,
    pub(super) decimals: i32,
    pub(super) inside: Option<RowId>,
    pub(super) han: bool,
    pub(super) length: usize,
    /// The power of the last scale, 0 without one.
    pub(super) power: i32,
    pub(super) bare: bool,
    /// A lone digit behind a scale, which stands one power lower.
    pub(super) elidable: bool,
}

/// Reads the group at the front of `text`.
pub(super) fn group(text: &str, arabic: bool, first: bool, lexicon: &Lexicon) -> Option<Group> {
    let mut group = if arabic { digits(text, first, lexicon)? } else { characters(text, first, lexicon)? };
    let mut scaled = 0;
    loop {
        let rest = text.get(group.length..)?;
        if !may_go_on(rest, lexicon) {
            break;
        }
        let gap =
            if scaled == 0 && (arabic && group.power == 0 || counts_apart(rest, lexicon)) { gap(rest) } else { 0 };
        let rest = rest.get(gap..)?;
        if let Some((inside, length)) = inside(rest, lexicon)
            .filter(|_| group.inside.is_none() && (group.bare || !rest.starts_with('把')))
            // 5500 余条
            .filter(|_| gap == 0 || arabic && rest.starts_with(['余', '餘', '多']))
        {
            // 三百几十万: some tens more than three hundred.
            let length = length + tens(rest, length, text.get(..group.length)?.chars().next_back(), lexicon);
            let behind = rest.get(length..).unwrap_or_default();
            // 十几万, but not 一百几十, which names no number.
            let scale = scale(behind, arabic, lexicon).is_some_and(|(power, _)| power >= 4);
            // 3亿多农村劳动力, 7000多确诊病人: behind a large number 多 hedges whatever is counted.
            let large = scaled > 0 || arabic && group.decimals <= 0 && group.length >= "100".len();
            let counted = large
                && !group.bare
                && gap == 0
                && rest.starts_with('多')
                && lexicon.unit(rest).is_none()
                && behind.starts_with(char::is_alphabetic);
            let closed = ends(behind) && !group.bare && group.upper.is_none() && gap == 0;
            if scale || counted || hedges_unit(behind, lexicon) || closed {
                group.inside = Some(inside);
                group.length += gap + length;
            }
            if scale {
                continue;
            }
            break;
        }
        let large = scale(rest, arabic, lexicon).filter(|(power, _)| *power >= 4);
        let plain = |(power, length)| (power, length, None);
        let named = || english_scale(rest, lexicon).map(plain).or_else(|| counted_scale(rest, lexicon));
        let found = large.map(plain).or_else(|| named().filter(|_| arabic || gap == 0));
        let Some((power, length, hedge)) = found else { break };
        group.inside = group.inside.or(hedge);
        group.value = group.value.scaled(power);
        group.upper = group.upper.map(|upper| upper.scaled(power));
        group.decimals -= power;
        group.power = if scaled == 0 { power } else { group.power + power };
        scaled += 1;
        group.length += gap + length;
        group.elidable = false;
    }
    // A lone 兆 that counts nothing (近兆个) is no number.
    (group.length > 0).then_some(group)
}

/// Bytes of the 十 or 百 behind 几 that stays below what the number ends in: 三百几十, 两千几百.
fn tens(rest: &str, several: usize, last: Option<char>, lexicon: &Lexicon) -> usize {
    let power = |c: char| match lexicon.numeral_char(c) {
        Some(NumeralChar::Unit(power)) => Some(power),
        _ => None,
    };
    let behind = rest.get(several..).filter(|_| rest.starts_with(['几', '幾'])).and_then(|rest| rest.chars().next());
    behind.filter(|c| power(*c).is_some_and(|tens| last.and_then(power) > Some(tens))).map_or(0, char::len_utf8)
}

/// 300, 5千, 2千5百: digits with 十, 百 and 千 behind them.
fn digits(text: &str, first: bool, lexicon: &Lexicon) -> Option<Group> {
    let (value, decimals, length) = literal(text)?;
    let mut group = Group {
        value,
        upper: None,
        decimals,
        inside: None,
        han: false,
        length,
        power: 0,
        bare: false,
        elidable: !first && is_lone_digit(text, length, lexicon),
    };
    let rest = text.get(length..)?;
    if !may_go_on(rest, lexicon) {
        return Some(group);
    }
    let gap = gap(rest);
    let Some((power, end)) = small_scale(text, length + gap, lexicon) else { return Some(group) };
    group.value = group.value.scaled(power);
    (group.decimals, group.power, group.length, group.elidable) = (group.decimals - power, power, end, false);
    while let Some((value, 0, length)) = text.get(group.length..).and_then(literal)
        && let Some((power, end)) = small_scale(text, group.length + length, lexicon)
        && power < group.power
    {
        group.value = group.value.plus(&value.scaled(power));
        (group.decimals, group.power, group.length) = (-power, power, end);
    }
    if let Some((value, 0, length)) = text.get(group.length..).and_then(literal)
        && fills(text.get(group.length..group.length + length)?, group.power, text.get(group.length + length..)?)
    {
        group.value = group.value.plus(&value);
        (group.decimals, group.power, group.length) = (0, 0, group.length + length);
    }
    Some(group)
}

/// Whether digits stand for the places below a power of ten: 200 of 3千200元, 23 of 1百23亿, and before 万 or 亿, which no
/// other number could stand before, 50 of 3千50万.
fn fills(digits: &str, power: i32, behind: &str) -> bool {
    let places = i32::try_from(digits.chars().filter(|c| is_digit(*c)).count()).unwrap_or(i32::MAX);
    places == power && power > 1 || (2..power).contains(&places) && behind.starts_with(['万', '亿', '萬', '億'])
}

fn characters(text: &str, first: bool, lexicon: &Lexicon) -> Option<Group> {
    // 五亿千瓦时: the 千 of a unit scales nothing.
    let unit = || lexicon.unit(text).is_some_and(|(length, _)| length > '千'.len_utf8());
    if !first && text.starts_with('千') && unit() {
        return None;
    }
    let opening = || han::spoken(text, lexicon).or_else(|| han::few_kilos(text, lexicon));
    let section = if first { opening() } else { None }.or_else(|| han::section(text, lexicon))?;
    Some(Group {
        value: section.value,
        upper: section.upper,
        decimals: section.decimals,
        inside: None,
        han: true,
        length: section.length,
        power: section.power,
        bare: first && section.bare,
        elidable: section.single_digit,
    })
}

/// Whether a scale or a hedge may follow, by the next character alone: behind most digits none does.
fn may_go_on(rest: &str, lexicon: &Lexicon) -> bool {
    let word = |c: char| matches!(c, ' ' | '\u{3000}' | '个' | '個') || c.is_ascii_alphabetic();
    rest.starts_with(|c| word(c) || lexicon.goes_on(c))
}

/// A space that the layout left between digits and scale.
fn gap(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}']).len()
}

/// 五百 万元, 五十 万。: behind the space stands a scale, and behind that what it counts, or nothing.
fn counts_apart(rest: &str, lexicon: &Lexicon) -> bool {
    let behind = rest.trim_start_matches([' ', '\u{3000}']).strip_prefix(['万', '亿', '萬', '億']);
    behind.is_some_and(|behind| lexicon.unit(behind).is_some() || ends(behind) && !behind.starts_with(' '))
}

/// 45 billion, 10bn, 5k元: the scales of an English text, and the 10w of a Chinese one.
fn english_scale(text: &str, lexicon: &Lexicon) -> Option<(i32, usize)> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (scale, length) = lexicon.latin_scale(text)?;
    let (word, behind) = text.split_at_checked(length)?;
    if behind.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    // A letter by itself may be a kelvin, a megabyte, or name a product: what it counts tells, and k or w may end a
    // clause.
    let counted = || {
        lexicon.unit(behind).is_some_and(|(_, rows)| {
            rows.iter().any(|row| match lexicon.entry(*row) {
                Some(Entry::Unit(_)) => is_money(*row, lexicon),
                Some(Entry::Classifier(classifier)) => !classifier.noun,
                _ => false,
            })
        })
    };
    let goes_on = || {
        let sign = behind.trim_start_matches(['-', '—', '~', '～', '至', '到']);
        sign.len() < behind.len() && sign.starts_with(is_digit)
    };
    let small = word.starts_with(char::is_lowercase);
    let power = match scale {
        LatinScale::Word(power) => Some(power),
        LatinScale::Letter(power) => Some(power).filter(|_| counted() || small && (ends(behind) || goes_on())),
        LatinScale::Money(_) => None,
    };
    power.map(|power| (i32::from(power), length))
}

/// 2个亿, 一个多亿: spoken, with nothing of its own behind it; 3个亿元村 are villages. Gives the hedge inside as well.
fn counted_scale(text: &str, lexicon: &Lexicon) -> Option<(i32, usize, Option<RowId>)> {
    let scale = text.strip_prefix(['个', '個'])?;
    let hedge = inside(scale, lexicon).filter(|_| scale.starts_with(['多', '余', '餘']));
    let behind = scale.get(hedge.map_or(0, |(_, length)| length)..)?.strip_prefix(['亿', '億'])?;
    let unit = lexicon.unit(behind).filter(|(_, rows)| rows.iter().any(|row| is_money(*row, lexicon)));
    let money = unit.and_then(|(length, _)| behind.get(length..)).unwrap_or(behind);
    let goes_on = ['的', '左', '以', '、', '多', '到', '至', '—', '-', '~', '～'];
    let closed = ends(money) || money.len() == behind.len() && money.starts_with(goes_on);
    closed.then(|| (8, text.len() - behind.len(), hedge.map(|(row, _)| row)))
}

/// The 5 of 3万5: one digit, and behind it neither more of a number, nor a date, nor what it would count by itself.
fn is_lone_digit(text: &str, length: usize, lexicon: &Lexicon) -> bool {
    let one = text.get(..length).is_some_and(|digits| digits.chars().count() == 1);
    let behind = text.get(length..).unwrap_or_default();
    let next = behind.chars().next();
    one && lexicon.unit(behind).is_none()
        && next.is_none_or(|c| !c.is_ascii_alphanumeric() && !"月日号號年时時点點分%％.．:：,-—~、/ ".contains(c))
}

/// 十, 百 or 千 at byte `at`, and where it ends. 千瓦 and 千克 are units of their own: the longest reading wins.
fn small_scale(text: &str, at: usize, lexicon: &Lexicon) -> Option<(i32, usize)> {
    // 2025十大桥梁: only a lone digit counts tens.
    let counts =
        |power: i32| power < 4 && (power > 1 || at <= 1 || text.chars().take_while(|c| is_digit(*c)).count() <= 1);
    let (power, length) = scale(text.get(at..)?, true, lexicon).filter(|(power, _)| counts(*power))?;
    (!is_unit(text.get(at..)?, lexicon)).then_some((power, at + length))
}

/// The power of the scale at the front of `text`, 十 to 兆, and its length.
fn scale(text: &str, arabic: bool, lexicon: &Lexicon) -> Option<(i32, usize)> {
    let ch = text.chars().next()?;
    let power = match lexicon.numeral_char(ch)? {
        NumeralChar::Unit(power) | NumeralChar::Scale(power) => i32::from(power),
        _ => return None,
    };
    let behind = text.get(ch.len_utf8()..)?;
    (power != TRILLION || counts_in_trillions(behind, arabic, lexicon)).then_some((power, ch.len_utf8()))
}

/// 兆 is a number before money, before another number, and behind characters where nothing follows; 540兆瓦, 100兆宽带 and
/// a bandwidth of 100兆 are none.
fn counts_in_trillions(behind: &str, arabic: bool, lexicon: &Lexicon) -> bool {
    !arabic && ends(behind)
        || behind.starts_with(is_digit)
        || behind.chars().next().is_some_and(|c| lexicon.numeral_char(c).is_some())
        || spaced(behind, TRILLION, lexicon) > 0
        || counts_money(behind, lexicon)
}

/// Whether a unit of money starts here.
pub(crate) fn counts_money(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.unit(text).is_some_and(|(_, rows)| rows.iter().any(|row| is_money(*row, lexicon)))
}

/// Whether a row is of money.
fn is_money(row: RowId, lexicon: &Lexicon) -> bool {
    matches!(lexicon.entry(row), Some(Entry::Unit(unit)) if &*unit.dimension == "currency")
}

/// Whether a clause ends here.
pub(crate) fn ends(text: &str) -> bool {
    text.chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '，' | '。' | '；' | ',' | ';' | '）' | ')' | '！' | '？'))
}

/// Whether a unit longer than one character starts here.
fn is_unit(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.unit(text).is_some_and(|(length, rows)| {
        length > 3 && rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Unit(_))))
    })
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
