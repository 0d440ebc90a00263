//! Lists of names: the one whose turn it is, with what all of them share before and behind.

use super::listed::counted_in;
use crate::lexicon::{Entry, Lexicon, Role};
use crate::text::{InFlow, Phrase, Span};

/// Characters of the longest noun of measure.
pub(super) const LONGEST_MEASURE: usize = 5;
/// What stands between the names of a list.
const JOINTS: [char; 6] = ['、', '和', '与', '與', '及', '/'];
/// Characters that end the name of a whole: 第二产业, 财政收入, 出口.
const WHOLES: [char; 5] = ['业', '業', '入', '出', '口'];
/// Characters that end the name of a measure: 费用率, 死亡人数.
const MEASURES: [char; 6] = ['数', '數', '率', '额', '額', '值'];
/// Bytes of a noun of measure that names share and nothing ahead of it.
const WHOLE: usize = 12;

/// The `k`-th of `n` names that a phrase lists, with what all of them share before and behind:
/// 集中养育和社会散居孤儿最低养育标准 gives 集中养育孤儿最低养育标准 and 社会散居孤儿最低养育标准.
pub(super) fn parallel(text: &str, lexicon: &Lexicon, phrase: &Phrase, k: usize, n: usize) -> Option<Phrase> {
    // 治理率、分类屋（亭）覆盖率: a remark in one of the names parts none of them.
    let mut pieces = phrase.pieces();
    let mut whole = pieces.next()?;
    if let Some(name) = bracketed(text, phrase, k, n) {
        return Some(name);
    }
    for piece in pieces {
        let remark = Span::<InFlow>::new(whole.end, piece.start.max(whole.end)).of(text);
        let remark = remark.trim_end_matches(JOINTS);
        if !(remark.starts_with(['（', '(']) && remark.ends_with(['）', ')'])) {
            return dated(text, lexicon, phrase, k, n);
        }
        whole = whole.cover(piece);
    }
    let items = split(text, whole, n)?;
    let (first, last) = (*items.first()?, *items.last()?);
    let first_words = first.of(text);
    // 第二产业中采矿业、制造业: what they are of.
    let among = || {
        let at = first_words.rfind('中').filter(|at| first_words.get(..*at).is_some_and(|of| of.ends_with(WHOLES)))?;
        Some(at + '中'.len_utf8()).filter(|at| *at < first_words.len())
    };
    if let Some(name) = of_counted(text, lexicon, (first, *items.get(k)?), last, n) {
        return Some(name);
    }
    let head = first_words.rfind('的').map(|at| at + '的'.len_utf8()).or_else(among).unwrap_or(0);
    let head = Span::<InFlow>::at(first.from(), first.from() + head);
    let last_words = last.of(text);
    let name = Span::<InFlow>::new(head.end, first.end).of(text);
    let own = last_words.find('等').unwrap_or_else(|| shared_from(lexicon, name, last_words, even(text, &items)));
    // 首次认定、重新认定的企业
    let of = last_words.get(..own).is_some_and(|own| own.ends_with('的')) && !first_words.contains('的');
    let own = own - if of { '的'.len_utf8() } else { 0 };
    let tail = Span::<InFlow>::at(last.from() + own, last.to());
    let item = items.get(k)?;
    let item = match k {
        0 => Span::new(head.end, item.end),
        _ if k + 1 == n => Span::new(item.start, tail.start),
        _ => *item,
    };
    let item = without_remark(text, item);
    let mut out = Phrase::default();
    // 首次认定的企业、重新认定的企业: what opens the first belongs to none that has its own.
    if k == 0 || !item.of(text).contains('的') {
        out.push(head);
    }
    let numbered = first_words.starts_with('第');
    // 预算收入和支出: a measure alone, of what the first is a measure of.
    // 金融机构存、贷款余额: what stands before the one character.
    if let Some((end, front)) = pair(lexicon, name, last_words)
        && (k > 0 && own == front && !numbered)
    {
        out.push(Span::at(head.to(), first.to() - end));
    }
    let short = |words: &str| words.chars().nth(3).is_none();
    if k > 0 && short(item.of(text)) && lexicon.is_word(item.of(text), Role::Measured) {
        out.push(measured_of(text, lexicon, Span::new(head.end, first.end)));
    }
    // 第一、二、三产业
    let numeral = |words: &str| words.chars().next().is_some_and(|c| lexicon.is_numeral_char(c));
    if numbered && numeral(item.of(text)) {
        out.push(Span::at(first.from(), first.from() + '第'.len_utf8()));
    }
    out.push(item);
    if k + 1 == n || !has_measure(lexicon, item.of(text)) {
        out.push(tail);
    }
    Some(out)
}

/// 甲、乙两市产值, 甲镇、乙镇两镇产值: a name of a list whose last says how many they are, with the noun that stands behind that.
fn of_counted(
    text: &str,
    lexicon: &Lexicon,
    (first, item): (Span<InFlow>, Span<InFlow>),
    last: Span<InFlow>,
    n: usize,
) -> Option<Phrase> {
    let (end, rest) = counted_in(lexicon, last.of(text), n)?;
    let noun = last.of(text).get(rest..)?;
    // 甲镇 has its 镇, 甲公司 its 公司.
    let own = first.of(text);
    let has = noun.char_indices().map(|(at, c)| at + c.len_utf8()).take(2).filter_map(|at| noun.get(..at));
    let skip = has.filter(|word| own.ends_with(word)).last().map_or(0, str::len);
    let name = if item.end == last.end { Span::at(item.from(), item.from() + end) } else { item };
    Some([name, Span::at(last.from() + rest + skip, last.to())].into_iter().collect())
}

/// 总周转量、旅客运输量; 事故起数、死亡人数: a name with a measure of its own needs none of the last.
pub(super) fn has_measure(lexicon: &Lexicon, name: &str) -> bool {
    let measured = |entry: &Entry| matches!(entry, Entry::Cue(Role::Measured));
    // 销售/管理/财务费用率: there it is none.
    let own = || name != "销售" && lexicon.ending(name, LONGEST_MEASURE).any(measured);
    name.ends_with(MEASURES) || own()
}

/// A name without the remark in brackets at its end: 采购经理指数（PMI）.
fn without_remark(text: &str, name: Span<InFlow>) -> Span<InFlow> {
    let words = name.of(text);
    let open = words.rfind(['（', '(']).filter(|at| *at > 0 && words.ends_with(['）', ')']));
    Span::at(name.from(), open.map_or(name.to(), |at| name.from() + at))
}

/// 存 and 贷 of 存、贷款余额: the bytes of two words that each open one with what is behind the second, at the end of a name
/// and at the front of the last.
fn pair(lexicon: &Lexicon, name: &str, last: &str) -> Option<(usize, usize)> {
    let (one, other) = (lexicon.closing(name, Role::Paired)?, lexicon.opening(last, Role::Paired)?);
    let beside = |row| lexicon.rows_of(other, Role::Paired).any(|own| own == row);
    lexicon.rows_of(one, Role::Paired).any(beside).then_some((one.len(), other.len()))
}

/// What stands before the measure that a name ends in: 预算 of 预算收入.
fn measured_of(text: &str, lexicon: &Lexicon, name: Span<InFlow>) -> Span<InFlow> {
    let words = name.of(text);
    let measure = |at: &usize| words.get(*at..).is_some_and(|rest| lexicon.is_word(rest, Role::Measured));
    let at = words.char_indices().map(|(at, _)| at).find(measure).unwrap_or(0);
    let at = if words.get(..at).is_some_and(|before| before.ends_with(['总', '總'])) { 0 } else { at };
    Span::at(name.from(), name.from() + at)
}

/// 甲国（5人）、乙国（3人）游客: brackets parted the names, and the last from the noun that all of them share.
fn bracketed(text: &str, phrase: &Phrase, k: usize, n: usize) -> Option<Phrase> {
    let pieces = phrase.pieces().count();
    if pieces == 1 || phrase.pieces().any(|piece| piece.of(text).contains('、')) {
        return None;
    }
    let mut between = phrase.pieces().zip(phrase.pieces().skip(1));
    if !between.all(|(name, next)| Span::<InFlow>::new(name.end, next.start).of(text).contains(['）', ')'])) {
        return None;
    }
    let mut out = Phrase::default();
    let name = phrase.pieces().nth(k).filter(|_| n <= pieces && pieces <= n + 1)?;
    let joint = name.of(text).len() - name.of(text).trim_start_matches(JOINTS).len();
    out.push(Span::at(name.from() + joint, name.to()));
    phrase.pieces().nth(n).into_iter().for_each(|noun| out.push(noun));
    Some(out)
}

/// 甲类、乙类价格在5月的涨幅, 公司2021年收入和利润: a time stands between the names and what is measured of all of them, or
/// between whose they are and the names.
fn dated(text: &str, lexicon: &Lexicon, phrase: &Phrase, k: usize, n: usize) -> Option<Phrase> {
    let at = |k: usize| phrase.pieces().nth(k).map(|piece| Phrase::from_iter([piece]));
    let behind = phrase.pieces().count().checked_sub(1)?;
    if let Some(name) = parallel(text, lexicon, &at(0)?, k, n) {
        return Some(name.pieces().chain(phrase.pieces().skip(1)).collect());
    }
    let name = parallel(text, lexicon, &at(behind)?, k, n)?;
    Some(phrase.pieces().take(behind).chain(name.pieces()).collect())
}

/// Whether the names between the first and the last are as long as the first; of two, nothing tells.
fn even(text: &str, items: &[Span<InFlow>]) -> Option<bool> {
    let length = |item: &Span<InFlow>| item.of(text).chars().count();
    let inner = items.get(1..items.len().saturating_sub(1)).filter(|inner| !inner.is_empty())?;
    Some(inner.iter().all(|item| Some(length(item)) == items.first().map(length)))
}

/// Where in the last name begins what all of them share: 吞吐量 in 集装箱吞吐量, behind 货物.
fn shared_from(lexicon: &Lexicon, name: &str, last: &str, even: Option<bool>) -> usize {
    let is = |words: &str, roles: &[Role]| {
        lexicon.word(words).is_some_and(|(_, rows)| {
            rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(role)) if roles.contains(role)))
        })
    };
    let measured = |words: &str| is(words, &[Role::Measured, Role::Bearer]);
    // 税收、固定资产投资: what is measured by itself shares no measure that it cannot have.
    if lexicon.is_word(name, Role::Alone) && lexicon.closing(last, Role::Owned).is_some() {
        return last.len();
    }
    // 金融及其他服务业: what the others are belongs to no name before.
    if last.starts_with('其') {
        let noun = last
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| last.get(*at..).is_some_and(|words| is(words, &[Role::Measured])));
        return noun.unwrap_or(last.len());
    }
    let at = last.char_indices().nth(name.chars().count()).map_or(last.len(), |(at, _)| at);
    // 香港及中国台湾旅客: places need not be of one length.
    let place = lexicon.word(last).filter(|_| is(name, &[Role::Area]) && is(last, &[Role::Area]));
    // 甲县、乙县固定资产投资: what stands behind a place is measured of each of them, whatever its length.
    let whole = place.filter(|_| lexicon.is_word(name, Role::Area)).map(|(length, _)| length);
    if let Some(end) = whole.or_else(|| district_end(lexicon, name, last)) {
        return end;
    }
    let at = place.map_or(at, |(length, _)| length);
    let same = last.get(at..).zip(name.chars().next_back()).filter(|(rest, ending)| rest.starts_with(*ending));
    let at = at + same.map_or(0, |(_, ending)| ending.len_utf8());
    // 内、外贸吞吐量: characters that each open a word of their own share what is behind the last.
    if let Some((_, own)) = pair(lexicon, name, last) {
        return own;
    }
    // 工业和第三产业增加值: a name that is counted keeps its noun.
    let amount = |at: &usize| last.get(*at..).is_some_and(|words| is(words, &[Role::Measured]));
    let places = || last.char_indices().skip(1).map(|(at, _)| at);
    if last.starts_with('第')
        && !name.starts_with('第')
        && let Some(noun) = places().find(amount)
    {
        return noun;
    }
    // 生活用品及服务价格: a name of two parts shares no more than its measure.
    if last.char_indices().skip(1).any(|(_, c)| JOINTS.contains(&c)) {
        return places().find(amount).unwrap_or(last.len());
    }
    // 高技术制造业、战略性新兴产业增加值: names of one length, and a noun of measure behind.
    if last.get(at..).is_some_and(|rest| measured(rest) && !name.ends_with(rest)) {
        return at;
    }
    // 汽车制造业、专用设备制造业: whole names that end alike share nothing.
    let ending = name.char_indices().rev().nth(1).and_then(|(at, _)| name.get(at..));
    if ending.is_some_and(|ending| last.ends_with(ending)) || name.ends_with('业') && last.ends_with('业') {
        return last.len();
    }
    // 货物和集装箱吞吐量: what is shared starts with a noun of measure, where the lengths do not tell.
    let noun = |at: &usize| last.get(*at..).is_some_and(measured);
    // 高技术制造业、新兴产业增加值: sooner a measure than those that have it.
    let noun = places().find(|at| noun(at) && amount(at)).or_else(|| places().find(noun));
    // 二氧化硫、可吸入颗粒物年均浓度: a noun of so many characters is all that is shared.
    let whole = |at: &usize| last.get(*at..).and_then(|rest| lexicon.word(rest)).is_some_and(|(len, _)| len >= WHOLE);
    if let Some(noun) = noun.filter(whole) {
        return noun;
    }
    // 甲类企业、乙类企业利润: a noun that each name has is not shared.
    let noun = noun.map(|at| {
        let word = last.get(at..).and_then(|rest| rest.get(..lexicon.word(rest)?.0)).unwrap_or_default();
        if !word.is_empty() && name.ends_with(word) { at + word.len() } else { at }
    });
    let short = even.is_none() && name.chars().count() < 3 && same.is_none();
    let (several, even) = (even.is_some(), even.unwrap_or(true));
    let suffix = last.get(at..).is_some_and(|rest| lexicon.opening(rest, Role::Suffix).is_some());
    // 交通、金融、房地产增加值: one character between is the end of a longer name.
    let longer = |noun: usize| !suffix && last.get(at..noun).is_some_and(|rest| rest.chars().count() == 1);
    // 火电、水电、太阳能发电, 电动车、燃油车、混合动力车: names of which the last is only longer.
    let ending = name.chars().next_back().unwrap_or_default();
    if several && last.ends_with(ending) && !last.get(..at).is_some_and(|front| front.ends_with(ending)) {
        return last.len();
    }
    let shared = !several || may_share(lexicon, name, last.get(at..).unwrap_or_default());
    match noun {
        Some(noun) if !even || noun <= at || short && !suffix || longer(noun) || !shared => noun,
        None if !even || !shared => last.len(),
        _ => at,
    }
}

/// Characters of the longest name of a district in a list.
const DISTRICT: usize = 8;

/// 丙县 of 丙县一般公共预算收入 behind 甲县: where the name of a district ends, in a list that opens with one.
fn district_end(lexicon: &Lexicon, name: &str, last: &str) -> Option<usize> {
    // 省级、市级财政支出
    let ends = |words: &str| {
        let words = words.strip_suffix(['级', '級']).unwrap_or(words);
        [Role::District, Role::Tier].iter().any(|tier| lexicon.closing(words, *tier).is_some())
    };
    let short = (2..=DISTRICT).contains(&name.chars().count());
    if !short || !ends(name) || lexicon.closing(name, Role::Zone).is_some() {
        return None;
    }
    let mut places = last.char_indices().map(|(at, _)| at).chain([last.len()]).skip(2).take(DISTRICT - 1);
    let end = places.find(|end| last.get(..*end).is_some_and(ends))?;
    // 乙市场, 丙区域: the character opens another word.
    let word = last.get(end..).is_some_and(|rest| lexicon.opening(rest, Role::PlaceWord).is_some());
    (!word).then_some(end)
}

/// 东部、西部地区, 电力、化工企业利润, 服务贸易、跨境电商出口: whether what a last name has over `name` may be of each of the others;
/// 高中 of 小学、初中、普通高中 may not.
fn may_share(lexicon: &Lexicon, name: &str, rest: &str) -> bool {
    let kinds = [Role::Bearer, Role::Area, Role::Holder, Role::Suffix, Role::Measured];
    let known = || kinds.iter().any(|kind| lexicon.opening(rest, *kind).is_some());
    name.chars().nth(2).is_some() || rest.starts_with('的') || rest.ends_with(MEASURES) || known()
}

/// The `n` parts of a list: between 、 and 和, 与 or 及, or where those belong to a name, between 、 and the last of them,
/// or between 、 alone (电气机械和器材制造业).
fn split(text: &str, span: Span<InFlow>, n: usize) -> Option<Vec<Span<InFlow>>> {
    let words = span.of(text);
    let joint = |c: char| matches!(c, '和' | '与' | '與' | '及');
    let last = words.char_indices().rev().find(|(_, c)| joint(*c)).map(|(at, _)| at);
    let parts = |parts: &dyn Fn(usize, char) -> bool| {
        let mut items = Vec::new();
        let mut start = 0;
        for (at, ch) in words.char_indices().filter(|(at, ch)| matches!(ch, '、' | '/') || parts(*at, *ch)) {
            items.push(Span::at(span.from() + start, span.from() + at));
            start = at + ch.len_utf8();
        }
        items.push(Span::at(span.from() + start, span.to()));
        items.retain(|item| !item.is_empty());
        items
    };
    let mut ways = [parts(&|_, ch| joint(ch)), parts(&|at, _| Some(at) == last), parts(&|_, _| false)].into_iter();
    ways.find(|items| items.len() == n && n > 1)
}
