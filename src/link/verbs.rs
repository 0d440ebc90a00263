//! 将, 要, 计划: whether a word of plan is a verb that tells what is yet to come, where the word has other uses.

use crate::lexicon::{ChangeForm, Entry, Lexicon, PeriodWord, Reach, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::{Comparison, Kind};
use crate::text::{InFlow, Span};

use super::clause::Sentence;

/// 排放量要分别下降2%, 今年要新建小学3所: 要 near a verb of what is to be done; 每年要增加 tells a habit, 比去年要高 only stresses.
pub(super) fn is_to_be_done(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let clause = before.rsplit(['，', ',', '；', ';', '：', '。']).next().unwrap_or_default();
    if clause.ends_with(['不', '只', '若', '果', '想', '需', '首', '能'])
        || clause.contains(['比', '较', '每', '般', '常'])
    {
        return false;
    }
    let near = Span::<InFlow>::new(word.end, sentence.span.end.min(word.end + VERB));
    sentence.words_in(near).iter().any(|(row, verb)| match lexicon.entry(*row) {
        Some(Entry::Change { form, .. }) => *form != ChangeForm::Noun && verb.len() > 3,
        Some(Entry::Cue(Role::Act | Role::Progress | Role::Done)) => true,
        _ => false,
    })
}

/// 明年争取新建小学3所, but 积极争取新建项目, which was done, and 争取建设资金3亿元, which was got.
pub(super) fn strives(sentence: Sentence<'_>, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let done = before.ends_with(['极', '極', '功', '共', '上', '计', '計', '已', '面', '获', '独', '被']);
    let end =
        sentence.mentions.iter().find(|mention| mention.span.start >= word.end).map_or(word.end, |m| m.span.start);
    let got = Span::<InFlow>::new(word.end, end).of(sentence.text);
    let got = got.ends_with(['金', '债', '債', '券', '款', '助', '标', '標', '额', '額', '度', '持', '贷', '貸']);
    // 去年争取新建学校3所
    let last = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(..0) | PeriodWord::Term(_))))
    };
    let over = sentence.words.iter().take_while(|(_, before)| before.end <= word.start).any(last);
    !done && !got && !over && is_to_be_done(sentence, word, lexicon)
}

/// Bytes behind 要 in which the verb stands that it is said of.
const VERB: u32 = 18;

/// 将其股权转让, 将3名嫌疑人抓获: 将 before what is acted on.
pub(super) fn marks_object(sentence: Sentence<'_>, word: Span<InFlow>, after: &str) -> bool {
    after.starts_with(['其', '该', '所', '此', '上', '它', '他', '她', '这', '本'])
        || sentence.mentions.iter().any(|mention| mention.span.start == word.end && mention.kind.is_quantity())
}

/// Whether 将 stands for 把.
pub(crate) fn is_acted(sentence: Sentence<'_>, row: RowId, word: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let after = Span::<InFlow>::new(word.end, sentence.span.end).of(sentence.text);
    matches!(lexicon.entry(row), Some(Entry::Status { reach: Reach::Coverb, .. }))
        && disposes(sentence, word, after, lexicon)
}

/// 将审批时限压缩至2天, 将价格下调了3%, 将工期缩短3天, 将款项汇给对方: 将 before a noun and what is made of it. 将压缩至2天 is yet to come.
pub(super) fn disposes(sentence: Sentence<'_>, word: Span<InFlow>, after: &str, lexicon: &Lexicon) -> bool {
    let clause = after.find(['，', ',', '。', '；', '：']).unwrap_or(after.len());
    let clause = Span::<InFlow>::at(word.to(), word.to() + clause);
    let words = sentence.words_in(clause);
    let noun = |row: &RowId| {
        matches!(
            lexicon.entry(*row),
            None | Some(
                Entry::Cue(Role::Not | Role::Area | Role::Measured | Role::Bearer | Role::Plan)
                    | Entry::Comparison { comparison: Comparison::Plan, .. }
            )
        )
    };
    // 最低工资: no limit of a number.
    let names = |row: &RowId, word: &Span<InFlow>| {
        noun(row)
            || matches!(lexicon.entry(*row), Some(Entry::Modifier { .. }))
                && Span::<InFlow>::new(word.end, clause.end.max(word.end)).of(sentence.text).starts_with(is_han)
    };
    if words.iter().take_while(|(_, word)| word.start == clause.start).any(|(row, word)| !names(row, word)) {
        return false;
    }
    words.iter().filter(|(_, made)| made.start > clause.start + 3).any(|(row, made)| {
        let rest = Span::<InFlow>::new(made.end, clause.end).of(sentence.text);
        match lexicon.entry(*row) {
            Some(Entry::Change { form, .. }) => {
                rest.starts_with(['至', '到', '为', '為', '了'])
                    || *form == ChangeForm::Effect
                        && sentence.mention_at(made.end).is_some_and(|by| by.kind != Kind::Count)
            }
            Some(Entry::Cue(Role::Makes)) => true,
            _ => false,
        }
    })
}

/// 计划 is a verb unless the clause ends behind it, or 的 or a number follows: 完成年度计划115.7%.
pub(super) fn is_verb(sentence: Sentence<'_>, word: Span<InFlow>, after: &str) -> bool {
    // 计划六个月内减持: a length of time only says when.
    let counts = |mention: &Mention| mention.quantity.as_ref().is_some_and(|quantity| !quantity.time);
    let numbered = sentence.mentions.iter().any(|mention| mention.span.start == word.end && counts(mention));
    let closed = after.is_empty()
        || after.starts_with([
            '，', ',', '。', '、', '；', '：', '”', '》', '的', '数', '和', '与', '任', '目', '外', '（',
        ])
        // 占规划总投资的65%, but 计划总投资36亿元
        || after.starts_with('总') && !sentence.mention_at(word.end + TOTAL).is_some_and(counts)
        || after.starts_with("要求")
        || after.starts_with("规定");
    let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
    let named = before.ends_with([
        '的', '年', '度', '展', '动', '划', '产', '究', '施', '期', '项', '体', '设', '专', '贴', '貼', '助', '励',
        '勵', '训', '訓', '险', '險', '该', '該', '试', '試', '善', '务', '務', '按', '照', '据', '據', '依', '比',
    ]) && !before.ends_with("今年")
        && !before.ends_with("明年");
    // 农田建设计划投资3亿元: what is to be spent on it.
    let invests = after.trim_start_matches('总').strip_prefix('投').and_then(|rest| rest.strip_prefix(['资', '資']));
    let sum = |rest: &str| {
        sentence
            .mentions
            .iter()
            .any(|mention| mention.span.from() == sentence.span.to() - rest.len() && counts(mention))
    };
    let invests = invests.is_some_and(sum) && before.ends_with(['设', '設', '造', '治', '修', '程', '目', '化']);
    !(numbered || closed || named && !invests)
}

/// 造林计划3万亩: whether a noun stands right before a word of plan, behind a place, and makes a noun of it.
pub(super) fn names_plan(sentence: Sentence<'_>, floor: u32, plan: Span<InFlow>) -> bool {
    let before = Span::<InFlow>::new(floor, plan.start.max(floor)).of(sentence.text);
    let verbs = [
        '的', '年', '月', '后', '前', '现', '正', '已', '原', '过', '超', '比', '较', '成', '达', '到', '占', '按',
        '与',
    ];
    let noun = |c: char| is_han(c) && !verbs.contains(&c);
    let counted = sentence.mention_at(plan.end).is_some_and(|mention| mention.kind.is_quantity());
    counted && plan.len() == 6 && before.chars().nth(1).is_some() && before.ends_with(noun)
}

/// Bytes of 总投资.
const TOTAL: u32 = 9;
