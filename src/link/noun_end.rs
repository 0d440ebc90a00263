//! Where the noun behind a number ends: before its verb, before the measure of the next number, behind those who have one.

use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Lexicon, PeriodWord, Reach, Role, RowId};
use crate::text::{InFlow, Span};

use super::clause::Sentence;
use super::edges::joins_on;
use super::noun::those_end;
use super::status;

/// The noun up to the words that lead on: a plan (两股东计划减持), or the measure of the next number (13个园区累计建成面积48平方公里).
pub(super) fn until_verb(
    sentence: Sentence<'_>,
    span: Span<InFlow>,
    (shared, count): (bool, bool),
    lexicon: &Lexicon,
) -> Span<InFlow> {
    let named = |word: Span<InFlow>| {
        let noun = Span::<InFlow>::new(span.start, word.start).of(sentence.text);
        count && [Role::Tier, Role::Named].iter().any(|role| lexicon.is_word(noun, *role))
    };
    let limit = status::limit_behind(sentence, span, lexicon).map_or(span.to(), |(_, word)| word.from());
    let stop = sentence.words_in(span).iter().find(|(row, word)| {
        word.start > span.start
            && match lexicon.entry(*row) {
                Some(Entry::Status { reach, .. }) => word.len() > 3 && *reach != Reach::Section,
                // 两家基金减持, 9个城市环比上涨
                Some(Entry::Change { form: ChangeForm::Deal, .. }) => word.start > span.start + 3,
                Some(Entry::Change { form: ChangeForm::Verb | ChangeForm::Effect, .. }) => {
                    // 八个大队增产了两成
                    let rest = Span::<InFlow>::new(word.end, span.end).of(sentence.text);
                    word.len() > 3 && word.start > span.start + 3 && matches!(rest, "" | "了")
                }
                Some(Entry::Comparison { form: ComparisonForm::Adverb, .. }) => word.start > span.start + 3,
                // 三条隧道昨天贯通, 9个县获评示范县, 以5金位居第11位
                Some(Entry::Cue(Role::Onward | Role::Today)) => word.start > span.start + 3 || named(*word),
                // 62个湖泊年末蓄水量增加3亿立方米
                Some(Entry::Period(PeriodWord::ToDate)) => {
                    word.start > span.start + 3 && word.of(sentence.text).chars().nth(1).is_some()
                }
                // 浓度最低的3个县依次是甲县、乙县
                Some(Entry::Cue(Role::Respectively)) => true,
                // 56个项目年内投产
                Some(Entry::Period(PeriodWord::Year(0..=1))) => {
                    let bound = word.before(sentence.text).ends_with(['到', '于', '於', '与', '與', '比', '自', '从']);
                    word.start > span.start + 3 && !bound && !word.after(sentence.text).starts_with('的')
                }
                Some(Entry::Cue(Role::Relative | Role::Act)) => shared,
                // 六个大队比去年增产四成
                Some(Entry::Cue(Role::Than)) => shared && count && word.start > span.start + 3,
                // 4个行业产值超过20亿元, but 31名投资者
                Some(Entry::Cue(Role::Measured)) => {
                    shared
                        && count
                        && word.start > span.start + 3
                        && leads_to_number(sentence, *word, span.end, lexicon)
                }
                // 五个罪名合占总人数的51.7%
                Some(Entry::Cue(Role::Share)) => shared && lexicon.is_word(word.of(sentence.text), Role::Takes),
                _ => false,
            }
    });
    let words = span.of(sentence.text);
    let place = words.find(['里', '内']).filter(|_| shared);
    // 独得8金并打破7项纪录, but 合并, 兼并
    let more = words.match_indices(['并', '並']).map(|(at, _)| at).find(|at| {
        let (before, behind) = words.split_at(*at);
        *at > 0 && joins_on(behind) && !before.ends_with(['合', '兼', '吞', '归', '歸', '一'])
    });
    let holder = words.char_indices().filter(|_| shared && count).find_map(|(at, _)| holder_end(words, at, lexicon));
    // 三个市的地区生产总值, 20家企业的负责人: those are counted whose it is.
    let whose = words.find('的').filter(|at| {
        let whose = words.get(..*at).unwrap_or_default();
        count && (lexicon.is_word(whose, Role::Holder) || lexicon.is_word(whose, Role::Tier))
    });
    // 12个乡镇纪委共处置线索96件, but 公共, 共建
    let together = words.match_indices('共').map(|(at, _)| at).find(|at| {
        let (before, behind) = words.split_at(*at);
        shared
            && count
            && *at > 3
            && !before.ends_with(BEFORE_TOGETHER)
            && !behind.chars().nth(1).is_none_or(|c| IN_TOGETHER.contains(&c))
    });
    // 5个村村集体经济达到5万元, but 5个村村通项目, 10个区区结对项目
    let tier = words.chars().next().map_or(0, char::len_utf8);
    let doubled = words.get(..tier).filter(|word| shared && count && lexicon.is_word(word, Role::Tier));
    let doubled = doubled.and_then(|word| words.get(tier..)?.strip_prefix(word));
    let twice = doubled.filter(|rest| !rest.starts_with('通')).map(|_| tier);
    // 2000名党员中女党员300名
    let those = those_end(words).filter(|at| shared && count && *at > 0);
    let stops = [place, more, holder, whose, together, twice, those].into_iter().flatten().map(|at| span.from() + at);
    // 行业年产值, 企业总收入, but 收入和去年持平
    let head = |row: RowId, word: Span<InFlow>| {
        let changes = matches!(lexicon.entry(row), Some(Entry::Change { .. }));
        let prefix = word.before(sentence.text).ends_with(['年', '总', '總']) && word.start >= span.start + 6;
        word.from() - if prefix && !changes { '年'.len_utf8() } else { 0 }
    };
    let end = stops.fold(stop.map_or(span.to(), |(row, word)| head(*row, *word)).min(limit), usize::min);
    Span::at(span.from(), end)
}

/// Characters that make one word with 共 behind them or before them, so that it sums nothing up.
const BEFORE_TOGETHER: [char; 7] = ['公', '中', '反', '国', '國', '一', '民'];

const IN_TOGETHER: [char; 20] = [
    '同', '享', '建', '产', '產', '和', '青', '党', '黨', '识', '性', '用', '轨', '治', '振', '管', '富', '创', '商',
    '有',
];

/// 30家银行平均不良率, 35个乡镇水质达标率: where the name ends of those that are counted, and what is measured of them begins.
fn holder_end(words: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let holder = lexicon.opening(words.get(at..)?, Role::Holder)?;
    let end = at + holder.len();
    let rest = words.get(end..)?;
    // 为, 超过 and words of change lead on to the next number.
    let leads = [
        '为', '為', '是', '达', '達', '到', '约', '在', '仅', '超', '过', '近', '增', '长', '長', '下', '降', '同',
        '比', '不', '足', '低', '高', '于', '多',
    ];
    let rest = rest.trim_end_matches(leads);
    let measured = rest.ends_with(['率', '量', '额', '值', '数', '价', '产', '度', '入', '润', '天', '例', '重'])
        && rest.chars().nth(1).is_some();
    let own = rest.starts_with(['和', '及', '、', '的', '与', '等', '级', '重'])
        || lexicon.opening(rest, Role::Holder).is_some();
    (measured && !own).then_some(end)
}

/// Whether nothing but words that lead on to a number stands between a word and it.
fn leads_to_number(sentence: Sentence<'_>, word: Span<InFlow>, end: u32, lexicon: &Lexicon) -> bool {
    let next = sentence.words_in(Span::new(word.end, end)).iter().take_while(|(_, next)| next.start == word.end);
    let leads = |row: &RowId| match lexicon.entry(*row) {
        Some(Entry::Cue(role)) => matches!(role, Role::Copula | Role::Share | Role::Than),
        Some(Entry::Change { form, .. }) => *form != ChangeForm::Noun,
        Some(Entry::Modifier { .. } | Entry::Comparison { .. }) => true,
        _ => false,
    };
    word.end == end || next.into_iter().any(|(row, _)| leads(row))
}
