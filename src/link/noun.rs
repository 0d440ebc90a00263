//! The noun behind a number: what it counts, up to the words that lead on.

use crate::lexicon::{ChangeForm, Entry, Lexicon, Place, Reach, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::Kind;
use crate::text::{InFlow, Phrase, Span};

use super::clause::{Field, Sentence, is_pause};
use super::edges::{joins_on, stretch};
use super::indicator::{Own, clean};
use super::noun_end::until_verb;
use super::status;

/// The noun behind the number: 新建2个社区照料中心, 3亿元的开支, 2913亿元为经常开支.
pub(super) fn behind(sentence: Sentence<'_>, field: &Field, mention: &Mention, lexicon: &Lexicon, own: &mut Own) {
    let mut span = behind_restated(sentence, field, mention, lexicon).unwrap_or(field.right);
    // A hedge behind the number is no noun; with 的 it only describes one: 1%以上的城市.
    let hedge = sentence.words_in(span).iter().find(|(row, word)| {
        let part = matches!(mention.kind, Kind::Percent | Kind::Ratio | Kind::Multiple);
        word.start == span.start
            && match lexicon.entry(*row) {
                Some(Entry::Modifier { place: Place::After, .. }) => true,
                Some(Entry::Modifier { place: Place::Part, .. }) => part && word.end == span.end,
                _ => false,
            }
    });
    if let Some((_, hedge)) = hedge {
        span = Span::new(hedge.end, span.end);
    }
    span = before_next_measure(sentence, span, field.shared, lexicon);
    let text = span.of(sentence.text);
    if goes_on(sentence, field, mention, span, own, lexicon) {
        return;
    }
    if let Some(noun) = described(sentence, field, mention, lexicon) {
        return clean(sentence, until_verb(sentence, noun, (field.shared, true), lexicon), lexicon, &mut own.tail);
    }
    // 较去年同期的250万部为高, 占总股本2亿股的比例为1.3%: how the next number or this one compares.
    if measures_nothing(sentence, mention, text, own, lexicon) || compares(text, lexicon) {
        return;
    }
    // 三個月以上之資料
    let of = text.starts_with('的') || hedge.is_some() && text.starts_with('之');
    // 处5万元以上10万元以下的罚款, 处三年以下有期徒刑
    let noun = Span::new(span.start + if of { 3 } else { 0 }, span.end);
    let fine = sentence.roles.hold(Role::Law)
        && sentence.words_in(noun).iter().take(2).any(|(row, word)| {
            word.start == noun.start
                && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Law)))
                && !word.of(sentence.text).starts_with(['不', '应', '并'])
        });
    if fine {
        return clean(sentence, until_verb(sentence, noun, (field.shared, false), lexicon), lexicon, &mut own.tail);
    }
    // 客流量100万人次以上的机场70个: the noun is what the next number counts.
    let counts = mention.kind == Kind::Count && !field.shared;
    // 全省三分之二以上的乡镇: of the place, those.
    let named = !own.subject.is_empty() && !is_area(sentence, &own.subject, lexicon);
    if of && hedge.is_some() && named && !counts {
        return;
    }
    let is = text.starts_with(['为', '為', '是']) && own.subject.is_empty();
    if of || is {
        span = Span::new(span.start + 3, span.end);
    }
    let bare = own.subject.is_empty() && own.tail.is_empty();
    let behind = span.of(sentence.text);
    span = Span::at(span.from() + behind.len() - behind.trim_start().len(), span.to());
    let noun = span.of(sentence.text).trim();
    // 扣除费用3万元后, 在3星至4星之间
    let only_when = stretch(noun, lexicon).is_some_and(|length| length as usize == noun.len());
    if noun.is_empty() || only_when || noun.starts_with(['”', '》', '/', '」']) && mention.kind != Kind::Count {
        return;
    }
    let Some(opens_predicate) = opens_predicate(sentence, span, lexicon) else { return };
    // 连续18天无新增病例: for how long.
    let lasting = |(row, _): &(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Lasting)));
    let before = || sentence.words_ending(sentence.trim_end(field.left.start, field.left.end));
    let lasts = !opens_predicate
        && sentence.roles.hold(Role::Lasting)
        && (bare || noun.starts_with(['无', '未', '零', '没']))
        && before().iter().any(lasting);
    // 新建220千伏输变电工程开工: up to its verb, but whole behind 的.
    let length = || {
        let named = if of { span } else { until_verb(sentence, span, (field.shared, false), lexicon) };
        named.of(sentence.text).trim().chars().count()
    };
    let wanted = match mention.kind {
        Kind::Measure if lasts => true,
        // 享受30天医疗假
        Kind::Measure if mention.quantity.as_ref().is_some_and(|q| q.time) && spends(noun, lexicon) => true,
        Kind::Percent if of && !own.subject.is_empty() && is_told(sentence, field) => false,
        // 比上月8300台减少33%: how the next number came about.
        Kind::Count => !opens_predicate || bare && !own.deal && !(field.shared && is_change(sentence, span, lexicon)),
        Kind::Measure | Kind::Percent | Kind::Multiple | Kind::Ratio | Kind::Number => {
            of && !is_change_noun(sentence, span, lexicon)
                && (own.subject.is_empty() || noun.chars().count() <= 6 || is_area(sentence, &own.subject, lexicon))
                || is
                || bare
                    && mention.kind != Kind::Number
                    && !opens_predicate
                    // 月減1%且年減2%
                    && !noun.starts_with(['且', '而'])
                    && !mention.quantity.as_ref().is_some_and(|q| q.time)
                || mention.kind != Kind::Number
                    && !opens_predicate
                    && !noun.starts_with(['或', '和', '及', '与', '、', '至', '到', '而', '且'])
                    && !joins_on(noun)
                    && length() <= if mention.kind == Kind::Measure { 8 } else { 5 }
                    && !mention.quantity.as_ref().is_some_and(|q| q.time)
        }
        _ => false,
    };
    let terms = terms(field.right.of(sentence.text), lexicon);
    // 65%的家庭认为物价平稳: an answer is told to its end.
    let says = |(_, word): &(RowId, Span<InFlow>)| status::answers(sentence, *word, lexicon);
    if of && wanted && mention.kind == Kind::Percent && sentence.words_in(span).iter().any(says) {
        return own.tail.push(span);
    }
    if wanted || terms > 0 {
        let noun = if terms > 0 {
            Span::new(span.start, field.right.start + terms)
        } else {
            until_verb(sentence, span, (field.shared, mention.kind == Kind::Count), lexicon)
        };
        clean(sentence, noun, lexicon, &mut own.tail);
    }
}

/// 的甲项目和总投资 behind 总投资7000万元: the noun that a measure describes, up to the measure of the next.
fn before_next_measure(sentence: Sentence<'_>, span: Span<InFlow>, shared: bool, lexicon: &Lexicon) -> Span<InFlow> {
    let of = shared && span.of(sentence.text).starts_with('的');
    let measure = of.then(|| joined_measure(sentence, span, lexicon)).flatten();
    measure.map_or(span, |measure| {
        let noun = Span::<InFlow>::new(span.start, measure.start).of(sentence.text);
        let noun = noun.trim_end_matches(['和', '与', '與', '及', '以']);
        Span::at(span.from(), span.from() + noun.len())
    })
}

/// 总投资 of 的甲项目和总投资: a measure that ends words, behind a joint.
pub(super) fn joined_measure(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    let measured = |(row, word): &&(RowId, Span<InFlow>)| {
        let joint = word.before(sentence.text).ends_with(['和', '与', '與', '及']);
        word.start > span.start && joint && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Measured)))
    };
    sentence.words_ending(span.end).iter().find(measured).map(|(_, word)| *word)
}

/// 、 and 等 of a list, 未達50%者為甲市, 15立方米以下为第一级: whether the words behind a number tell of no noun.
fn names_none(words: &str, lexicon: &Lexicon) -> bool {
    let which = words.strip_prefix(['为', '為']).is_some_and(|which| which.starts_with('第'));
    // 甲区3亿元最多，乙区2亿元次之
    let ranked = lexicon.is_word(words, Role::State);
    which || ranked || words.starts_with(['、', '等', '者'])
}

/// Whether the sentence goes on behind a number without a noun of its own: a list, a limit, what is done with those who are named.
fn goes_on(
    sentence: Sentence<'_>,
    field: &Field,
    mention: &Mention,
    span: Span<InFlow>,
    own: &Own,
    lexicon: &Lexicon,
) -> bool {
    let text = span.of(sentence.text);
    // 甲公司跌2%、乙公司（主板）涨5%: the list goes on. 以3万元为目标: nothing is counted behind it.
    let limits = |(_, word): (RowId, Span<InFlow>)| word.start == span.start;
    // 贫困户70户、290人提供母羊45只, 项目30个获得贷款5亿元
    let named = !own.subject.is_empty();
    let listed = mention.kind == Kind::Count && (named || field.left.of(sentence.text) == "、");
    let acts = |(row, word): &(RowId, Span<InFlow>)| {
        word.start == span.start && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Act)))
    };
    let done = || listed && sentence.words_in(span).iter().take(2).any(acts);
    // 行政案件20件及其他案件5件: what joins them is no noun.
    let joined = || named && text.trim_start_matches('以').starts_with('及');
    // 3000户中贫困户500户: the next number counts some of them.
    let those = || mention.kind == Kind::Count && those_end(text) == Some(0);
    // 水泵5台以及足够的编织袋: nor, where no number follows, is what else there is.
    // 提高到3万元等政策: a list that is not told to its end.
    field.shared && (done() || joined() || those())
        || named && text.strip_prefix('以').is_some_and(|rest| rest.starts_with('及'))
        || names_none(text, lexicon)
        || status::limit_behind(sentence, span, lexicon).is_some_and(limits)
}

/// What stands behind 中 between two numbers, of whom the second counts a part: 3000户中贫困户500户, 2000名党员中女党员300名. 中学, 高中 and
/// 中小企业 are words.
pub(super) fn behind_those(text: &str, words: Span<InFlow>) -> Span<InFlow> {
    let end = those_end(words.of(text)).map_or(0, |at| at + '中'.len_utf8());
    Span::at(words.from() + end, words.to())
}

/// Where 中 stands that parts whom a number counts from what the next counts of them.
pub(super) fn those_end(words: &str) -> Option<usize> {
    let parts = |at: &usize| {
        let (before, behind) = words.split_at(*at);
        let behind = behind.strip_prefix('中').unwrap_or_default();
        let whom = before.is_empty()
            || before.ends_with(['员', '員', '户', '戶', '人', '民', '生', '者', '师', '工', '部', '业', '村']);
        whom && behind.chars().nth(1).is_some() && !behind.starts_with(BEHIND_MIDDLE)
    };
    words.match_indices('中').map(|(at, _)| at).find(parts)
}

/// Characters that make one word with 中 before them.
const BEHIND_MIDDLE: [char; 36] = [
    '学', '學', '小', '国', '國', '医', '醫', '药', '藥', '型', '层', '層', '央', '级', '級', '心', '外', '等', '专',
    '职', '高', '低', '老', '青', '年', '标', '介', '转', '共', '华', '科', '队', '铁', '药', '校', '有',
];

/// 医疗假 of 30天医疗假: whether a short noun names what takes a length of time.
fn spends(noun: &str, lexicon: &Lexicon) -> bool {
    noun.chars().nth(SPENT).is_none() && lexicon.closing(noun, Role::Spent).is_some()
}

/// Characters of the longest such noun.
const SPENT: usize = 8;

/// Whether the words behind a number tell no more of it: a milestone, what a result is seen against, of how many something is.
fn measures_nothing(sentence: Sentence<'_>, mention: &Mention, behind: &str, own: &Own, lexicon: &Lexicon) -> bool {
    // 连跨两个千亿级台阶, 突破十亿大关, 稳定在3.2%的较低水平, but 3个边检关口 are counted.
    let passed = || {
        let milestone = lexicon.closing(behind, Role::Milestone).and_then(|word| behind.strip_suffix(word));
        milestone.is_some_and(|front| mention.kind != Kind::Count || front.ends_with(['级', '級', '元']))
    };
    // 3亿元的基础上
    let ground = || behind.strip_prefix('的').is_some_and(|noun| lexicon.opening(noun, Role::Ground).is_some());
    // 每10万人中拥有大学文化程度的: what the next number is told by.
    let of_many = behind.starts_with('中') && mention.span.before(sentence.text).ends_with('每');
    // 达到300万吨的高位
    let alone = mention.kind == Kind::Number || mention.kind == Kind::Measure && behind.starts_with('的');
    (alone || !own.subject.is_empty()) && passed() || ground() || of_many
}

/// 为高, 的比例为: whether nothing but how amounts compare stands behind a number.
fn compares(behind: &str, lexicon: &Lexicon) -> bool {
    let words = behind.trim();
    let higher =
        words.strip_prefix(['为', '為']).is_some_and(|rest| matches!(rest, "高" | "低" | "多" | "少" | "大" | "小"));
    let share = || {
        let noun = words.strip_prefix('的')?.trim_end_matches(['为', '為', '是', '达', '達', '约', '約']);
        lexicon.is_word(noun, Role::Share).then_some(())
    };
    higher || share().is_some()
}

/// Bytes of the longest name of those among whom something ranks.
const AMONG: usize = 36;

/// 增速在全省20个产业基地中居第5位: those among whom something ranks.
pub(super) fn among(
    sentence: Sentence<'_>,
    field: &Field,
    mention: &Mention,
    lexicon: &Lexicon,
) -> Option<Span<InFlow>> {
    let led = field.left.of(sentence.text);
    let at = led.rfind('在').filter(|_| mention.kind == Kind::Count)?;
    let place = led.get(at + '在'.len_utf8()..)?;
    let area =
        place.is_empty() || lexicon.is_word(place, Role::Area) || lexicon.closing(place, Role::District).is_some();
    let noun = field.right.of(sentence.text);
    let end = noun.find('中').filter(|end| (6..=AMONG).contains(end) && area)?;
    let ranks = lexicon.opening(noun.get(end + '中'.len_utf8()..)?, Role::Predicate).is_some();
    ranks.then(|| Span::at(field.right.from(), field.right.from() + end))
}

/// 28个总投资242亿元的重点项目, 8座库容100万立方米以上的水库: what is counted stands behind the measure that describes it.
fn described(sentence: Sentence<'_>, field: &Field, mention: &Mention, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    if mention.kind != Kind::Count || !field.shared || !sentence.roles.hold(Role::Measured) {
        return None;
    }
    // 年 of 年产值
    let front = field.right.start..=field.right.start + 3;
    let measured = |(row, word): &(RowId, Span<InFlow>)| {
        front.contains(&word.start) && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Measured)))
    };
    sentence.words_in(field.right).iter().find(|word| measured(word))?;
    let measure = sentence.mention_at(field.right.end).filter(|next| next.kind == Kind::Measure)?;
    let behind = Span::<InFlow>::new(measure.span.end, sentence.span.end);
    let hedge = sentence.words_in(behind).first().filter(|(row, word)| {
        word.start == behind.start && matches!(lexicon.entry(*row), Some(Entry::Modifier { place: Place::After, .. }))
    });
    let from = hedge.map_or(behind.start, |(_, word)| word.end);
    let noun = Span::<InFlow>::new(from, sentence.span.end).of(sentence.text).strip_prefix('的')?;
    let length = noun.find(is_pause).unwrap_or(noun.len());
    let start = from as usize + '的'.len_utf8();
    Some(Span::at(start, start + length)).filter(|noun: &Span<InFlow>| !noun.is_empty())
}

/// 230亿泰铢（约6.77亿美元）的投资: what stands behind a remark that says the number again.
pub(super) fn behind_restated(
    sentence: Sentence<'_>,
    field: &Field,
    mention: &Mention,
    lexicon: &Lexicon,
) -> Option<Span<InFlow>> {
    let open = mention.span.after(sentence.text).chars().next().filter(|c| matches!(c, '（' | '('))?;
    let inside = mention.span.end + u32::try_from(open.len_utf8()).ok()?;
    let close = sentence.close_in(Span::new(inside, sentence.span.end))?;
    let again = sentence.mentions_in(Span::new(inside, close)).first().filter(|again| again.kind == mention.kind)?;
    let close = Span::<InFlow>::new(close, sentence.span.end);
    // 300千瓦（其中低保户80千瓦）集中式光伏: or one that tells a part of it.
    let inner = Span::<InFlow>::new(inside, close.start).of(sentence.text);
    let part = lexicon
        .word(inner)
        .is_some_and(|(_, rows)| rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Among)))));
    // 超三成（33%）企业亏损
    let tenths = mention.span.of(sentence.text).ends_with('成');
    let named = |behind: &&str| behind.starts_with('的') || (part || tenths) && behind.starts_with(is_han);
    let behind = close.of(sentence.text).strip_prefix(['）', ')']).filter(named)?;
    let end = behind.find(is_pause).unwrap_or(behind.len());
    let noun = Span::at(close.to() - behind.len(), close.to() - behind.len() + end);
    let alone = field.right.is_empty() && again.quantity.is_some() && sentence.mentions_in(noun).is_empty();
    alone.then_some(noun)
}

fn is_change(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> bool {
    sentence.is_word(span, lexicon, |entry| {
        matches!(entry, Entry::Change { form: ChangeForm::Verb | ChangeForm::Object | ChangeForm::Effect, .. })
    })
}

/// Whether a verb and no noun starts behind the number; nothing where a word of change goes on to the next level.
fn opens_predicate(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> Option<bool> {
    // 10万件持续上升到20万件
    let going = sentence
        .words_in(span)
        .iter()
        .find(|(row, word)| word.start == span.start && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Copula))));
    let first =
        |word: &Span<InFlow>| word.start == span.start || going.is_some_and(|(_, going)| going.end == word.start);
    let mut first = sentence.words_in(span).iter().filter(|(_, word)| first(word));
    let reaches = |(row, word): &(RowId, Span<InFlow>)| {
        matches!(lexicon.entry(*row), Some(Entry::Change { .. }))
            && word.after(sentence.text).starts_with(['到', '至', '为', '為', '了', '达', '達'])
    };
    // 由300张增加到500张
    if first.clone().any(reaches) {
        return None;
    }
    // 14个高品质商圈: one character of change belongs to the noun.
    Some(first.any(|(row, word)| match lexicon.entry(*row) {
        Some(Entry::Cue(Role::Predicate)) => true,
        Some(Entry::Status { reach, .. }) => *reach != Reach::Section,
        Some(Entry::Change { .. }) => word.len() > 3 || word.end == span.end,
        _ => false,
    }))
}

/// 浓度为75%的消毒液: whether what is measured is told right before the number.
fn is_told(sentence: Sentence<'_>, field: &Field) -> bool {
    field.left.of(sentence.text).trim_end().ends_with(['为', '為', '达', '達', '是'])
}

/// 全省80%的行政村: whether nothing but a place stands before the number.
fn is_area(sentence: Sentence<'_>, subject: &Phrase, lexicon: &Lexicon) -> bool {
    let area = |piece: Span<InFlow>| {
        is_place(piece.of(sentence.text), lexicon)
            || sentence.is_word(piece, lexicon, |entry| matches!(entry, Entry::Cue(Role::Area)))
    };
    subject.pieces().all(area)
}

/// 县 of 3个县, 地 of 三地: whether a noun that is counted is nothing but a place.
pub(super) fn is_place(noun: &str, lexicon: &Lexicon) -> bool {
    noun == "地" || lexicon.is_word(noun, Role::Tier)
}

/// How many bytes 的价格 or 的速度 behind a number take.
pub(super) fn terms(behind: &str, lexicon: &Lexicon) -> u32 {
    let word = behind.strip_prefix('的').and_then(|noun| lexicon.opening(noun, Role::Terms));
    word.and_then(|word| u32::try_from('的'.len_utf8() + word.len()).ok()).unwrap_or(0)
}

fn is_change_noun(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let text = span.of(sentence.text);
    lexicon.word(text).is_some_and(|(_, rows)| {
        rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Change { .. } | Entry::Cue(Role::Plan))))
    })
}
