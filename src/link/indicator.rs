//! What is measured or counted, in the text's own words.
//!
//! The words before the number, cleaned of dates, hedges and adverbs; the words behind it where the text counts what
//! follows; and where neither is there, what was measured before.

use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Lexicon, PeriodWord, Place, Role, RowId, is_conjunction};
use crate::mention::{FIRST, Mention};
use crate::terms::{Comparison, Kind, Relation};
use crate::text::Phrase;
use crate::text::{InFlow, Span};

use super::against;
use super::base;
use super::clause::{Field, Sentence};
use super::edges::{back, date_tail, done, front, trim};
use super::ground::{before_reckoning, before_same, behind_ground, is_ground, reckons};
use super::lead::{act_in, before_record, copula_end, driven};
use super::list::shared_noun;
use super::listed::{is_bound_of_one, listed_before};
use super::manner::manner_in;
use super::names::LONGEST_MEASURE;
use super::noun::{self, behind_those};
use super::relation::{NOUN_OF_CHANGE, Reading, led_by_comparison};
use super::stretch;

/// The words of an indicator before what is inherited is added.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Own {
    /// What has the value, without a share's whole.
    pub(crate) subject: Phrase,
    /// What is added behind the subject: 占…比重, the noun behind the number.
    pub(crate) tail: Phrase,
    /// The change is itself what is measured: 拟减持5%.
    pub(crate) deal: bool,
    /// The subject is only a word such as 总数, and belongs to what was measured before.
    pub(crate) relative: bool,
}

/// Reads the words that belong to a number itself.
pub(crate) fn own(
    sentence: Sentence<'_>,
    index: usize,
    field: &Field,
    reading: &Reading,
    mention: &Mention,
    lexicon: &Lexicon,
) -> Own {
    let mut own = Own::default();
    let term = stretch::term_before(sentence, field, mention);
    if let Some(before) = term.or_else(|| base::before_base(sentence, field, reading, lexicon)) {
        clean(sentence, before, lexicon, &mut own.subject);
        return own;
    }
    let base = base::base_in(sentence, field, lexicon);
    let group = sentence.group_before(index).filter(|group| group.start >= field.left.start);
    let end = base.map_or(reading.subject_end, |base| base.start.min(reading.subject_end));
    let end = group.map_or(end, |group| group.start);
    // 以每股12元的价格发行3万股: the price is that of the number before.
    let start = field.left.start + noun::terms(field.left.of(sentence.text), lexicon);
    let subject = Span::new(start, end.max(start));
    // 12个城市派出300人: what was counted before the verb belongs to the number before.
    let counted = sentence.mentions.get(..index).and_then(<[Mention]>::last);
    let counted = counted.is_some_and(|before| before.kind == Kind::Count && before.span.end == field.left.start)
        && !field.left.of(sentence.text).starts_with(['、', '；', ';', '，']);
    let subject = behind_ground(sentence.text, subject, lexicon);
    let subject = in_list(sentence, index, field, reading, lexicon, subject);
    let rate = with_rate(sentence, index, subject);
    let act = (counted && rate.is_none()).then(|| act_in(sentence, subject, lexicon)).flatten();
    let subject = rate.or(act.map(|verb| Span::new(verb, subject.end))).unwrap_or(subject);
    let subject = if counted && rate.is_none() { behind_those(sentence.text, subject) } else { subject };
    let subject = behind_part_verb(sentence, index, subject, lexicon);
    let subject = driven(sentence, subject, reading, lexicon);
    let subject = before_record(sentence, subject, reading, lexicon);
    clean(sentence, subject, lexicon, &mut own.subject);
    if let Some(group) = group {
        own.subject.push(group);
        return own;
    }
    // 年产量在三类地区分别达到4吨、5吨: where, and not what.
    let place = || Span::<InFlow>::new(field.clause.start, field.left.start).of(sentence.text).starts_with('在');
    let within = counted && reading.respectively && mention.kind != Kind::Count && place();
    if within
        || is_bound_of_one(sentence, index, lexicon).is_some()
        || is_ground(sentence, &own.subject, lexicon)
        || reckons(sentence, &own.subject, lexicon)
        || base::foretells(sentence, field, &own.subject, lexicon)
    {
        own.subject = Phrase::default();
    }
    // 改厕任务38283座，完成38649座: of what stands before.
    let done = own
        .subject
        .pieces()
        .next()
        .filter(|_| sentence.roles.hold(Role::Done) && index > 0 && reading.tail.is_none())
        .is_some_and(|piece| sentence.is_word(piece, lexicon, |entry| matches!(entry, Entry::Cue(Role::Done))));
    if done {
        own.subject = Phrase::default();
    }
    if own.subject.is_empty() {
        measured_behind(sentence, index, reading, lexicon, &mut own.subject);
    }
    // 累计 is passed over as a copula, and is all that stands there.
    if own.subject.is_empty() && reading.relation == Relation::Level && is_relative(sentence, field.left, lexicon) {
        own.relative = true;
        own.subject.push(trim(sentence.text, field.left));
    }
    // 跌幅0.33%: of what the number before measured.
    let cue = reading.cue.map(|(_, words)| words.of(sentence.text));
    let only_change =
        |cue: &str| own.subject.of(sentence.text) == cue || is_compared_noun(sentence, &own.subject, cue, lexicon);
    if reading.rule == NOUN_OF_CHANGE && cue.is_some_and(only_change) {
        own.tail = std::mem::take(&mut own.subject);
    }
    // 增速加快2个百分点: the growth of what was measured before.
    let is_only = |fits: fn(&Entry) -> bool| {
        own.subject.pieces().next().is_some_and(|piece| sentence.is_word(piece, lexicon, fits))
    };
    let relative = sentence.roles.hold(Role::Relative) && is_only(|entry| matches!(entry, Entry::Cue(Role::Relative)))
        || reading.rule != NOUN_OF_CHANGE
        && is_only(|entry| matches!(entry, Entry::Change { form: ChangeForm::Noun, .. }))
        // 占全市的71%，比重提高3个百分点
        || reading.relation == Relation::Change
            && sentence.roles.hold(Role::Share)
            && is_only(|entry| matches!(entry, Entry::Cue(Role::Share)));
    own.relative |= relative || index > 0 && is_cut(sentence, field, &own.subject, lexicon);
    if let Some(tail) = reading.tail {
        push_tail(sentence, reading, mention, tail, lexicon, &mut own);
    }
    if let Some(noun) = noun::among(sentence, field, mention, lexicon) {
        own.subject = Phrase::default();
        clean(sentence, noun, lexicon, &mut own.tail);
    } else if base.is_none() {
        noun::behind(sentence, field, mention, lexicon, &mut own);
    }
    shared_noun(sentence, index, field, reading, lexicon, &mut own);
    // 夺得2金3银: nor does a noun that the number before counts, where this one has its own.
    let plain = counted && act.is_none() && mention.kind == Kind::Count && reading.cue.is_none();
    // 12起火灾中有8起发生在夜间: what the number before counts is what this one is of.
    let among = field.left.of(sentence.text).trim_end_matches(['有', '，']).strip_suffix('中');
    if let Some(noun) = among.filter(|noun| plain && !noun.is_empty()) {
        own.tail = Phrase::default();
        own.subject = Phrase::default();
        own.subject.push(Span::at(field.left.from(), field.left.from() + noun.len()));
    } else if plain && !own.tail.is_empty() {
        own.subject = Phrase::default();
    }
    // 该区人口约28万人口: told twice.
    if own.subject.of(sentence.text).ends_with(&*own.tail.of(sentence.text)) {
        own.tail = Phrase::default();
    }
    // 两轮共12个小区: what is counted stands behind the next number.
    if field.shared && mention.kind == Kind::Count && own.tail.is_empty() && is_empty(sentence, field.right, lexicon) {
        let next = sentence.mentions.iter().enumerate().skip(index + 1).find(|(_, next)| next.kind.is_quantity());
        if let Some((next, mention)) = next {
            noun::behind(sentence, &sentence.field(next, Some(field.clause)), mention, lexicon, &mut own);
        }
    }
    own
}

/// The words of a sum behind the verb of the part that the next number is of it.
fn behind_part_verb(sentence: Sentence<'_>, index: usize, subject: Span<InFlow>, lexicon: &Lexicon) -> Span<InFlow> {
    // 占年初预算3800万元的45%: the verb is that of the part.
    let taken = |(_, word): &&(RowId, Span<InFlow>)| {
        lexicon.is_word(word.of(sentence.text), Role::Takes) || lexicon.is_word(word.of(sentence.text), Role::Progress)
    };
    let part = sentence.is_of_part(index).then(|| sentence.words_in(subject));
    let verb = part.and_then(|words| words.iter().rev().find(taken));
    // 为市代编预算25亿元的105%
    let plan = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(
            lexicon.entry(*row),
            Some(Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
        )
    };
    let of_plan = part.filter(|_| sentence.words_ending(subject.end).iter().any(plan));
    let is = of_plan.and_then(|_| copula_end(sentence.text, subject));
    verb.map(|(_, verb)| verb.end).or(is).map_or(subject, |end| Span::new(end, subject.end))
}

/// The words of a number that stands in a list of measures or of names, behind 同比.
fn in_list(
    sentence: Sentence<'_>,
    index: usize,
    field: &Field,
    reading: &Reading,
    lexicon: &Lexicon,
    subject: Span<InFlow>,
) -> Span<InFlow> {
    // 总投资7000万元的甲项目和总投资3000万元的乙项目
    let next = (index > 0 && field.left.of(sentence.text).starts_with('的'))
        .then(|| noun::joined_measure(sentence, field.left, lexicon))
        .flatten();
    let subject = next.or_else(|| listed_before(sentence, index, reading, lexicon, subject)).unwrap_or(subject);
    led_by_comparison(sentence, field, reading, lexicon)
        .map_or(subject, |(.., word)| Span::new(word.end.min(subject.end), subject.end))
}

/// 1954年比1952年病床增长34%: what is measured stands behind the time that it is compared with. Behind other numbers a measure does
/// (较上年出口额增长5%), or what the sentence named before (进口3亿元，出口5亿元，较上年进口增长5%).
fn measured_behind(sentence: Sentence<'_>, index: usize, reading: &Reading, lexicon: &Lexicon, out: &mut Phrase) {
    let time = reading.base.or(reading.against.map(|(_, words)| words));
    let Some((time, compared)) = time.zip(reading.compared).filter(|(time, compared)| compared.contains(*time)) else {
        return;
    };
    let noun = Span::new(time.end, compared.end);
    let words = noun.of(sentence.text);
    let named = || {
        let before = Span::<InFlow>::new(sentence.span.start, compared.start.max(sentence.span.start));
        let measured = |entry: &Entry| matches!(entry, Entry::Cue(Role::Measured));
        before.of(sentence.text).contains(words) || lexicon.ending(words, LONGEST_MEASURE).any(measured)
    };
    let counts = sentence.mentions_in(noun).iter().any(|mention| mention.kind != Kind::Date);
    let first = sentence.mentions.get(..index).is_some_and(|all| all.iter().all(|m| m.kind == Kind::Date));
    let noun_of = !counts && words.chars().nth(1).is_some() && !words.starts_with(['的', '末', '底', '和']);
    if noun_of && (first || named()) {
        clean(sentence, noun, lexicon, out);
    }
}

/// 同比增速: a noun of change with what it compares with, and nothing that changes.
fn is_compared_noun(sentence: Sentence<'_>, subject: &Phrase, cue: &str, lexicon: &Lexicon) -> bool {
    let mut pieces = subject.pieces();
    let Some(piece) = pieces.next().filter(|_| pieces.next().is_none()) else { return false };
    let Some(compared) = piece.of(sentence.text).strip_suffix(cue) else { return false };
    let compared = Span::at(piece.from(), piece.from() + compared.len());
    sentence.is_word(compared, lexicon, |entry| matches!(entry, Entry::Comparison { form: ComparisonForm::Adverb, .. }))
}

/// Whether a span holds only function words.
fn is_empty(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let mut phrase = Phrase::default();
    clean(sentence, span, lexicon, &mut phrase);
    phrase.is_empty()
}

/// Adds the words at the end of the left field that belong to the name all the same.
fn push_tail(
    sentence: Sentence<'_>,
    reading: &Reading,
    mention: &Mention,
    tail: Span<InFlow>,
    lexicon: &Lexicon,
    own: &mut Own,
) {
    if reading.relation == Relation::Change {
        own.deal = reading.deal && own.subject.is_empty();
    }
    // 相当于生产总值的36% compares with a whole, where 相当于80台 only says again what stands before.
    let compares = reading.cue.map(|(_, words)| words).filter(|words| {
        reading.relation == Relation::Share
            && mention.kind != Kind::Measure
            && words.start == tail.start
            && sentence.is_word(*words, lexicon, |entry| matches!(entry, Entry::Cue(Role::Restates)))
    });
    let from = compares.map_or(tail.start, |words| words.end);
    own.tail.push(Span::new(tail.start, from));
    // 占总股本2亿股的比例: how much the whole is says the number before.
    let rest = Span::new(from, tail.end);
    let whole = |m: &&Mention| m.kind.is_quantity() && m.span.after(sentence.text).starts_with('的');
    let Some(whole) = sentence.mentions_in(rest).iter().find(whole).filter(|_| reading.relation == Relation::Share)
    else {
        return clean(sentence, rest, lexicon, &mut own.tail);
    };
    clean(sentence, Span::new(from, whole.span.start), lexicon, &mut own.tail);
    clean(sentence, Span::new(whole.span.end, tail.end), lexicon, &mut own.tail);
}

/// 支出五年累计210亿元: whether a name is one such word, which the word for the time before it reaches into.
fn is_cut(sentence: Sentence<'_>, field: &Field, name: &Phrase, lexicon: &Lexicon) -> bool {
    let opens = name.pieces().next().is_some_and(|piece| piece.start == field.left.start);
    opens && lexicon.is_word(&name.of(sentence.text), Role::Relative)
}

/// Whether nothing but 总数 or 累计 stands before the number.
fn is_relative(sentence: Sentence<'_>, subject: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let pause = |c: char| matches!(c, '、' | '，' | ',' | ' ');
    let words = subject.of(sentence.text).trim_start_matches(pause);
    lexicon.word(words).is_some_and(|(length, rows)| {
        words.get(length..).is_some_and(|rest| rest.chars().all(pause))
            && rows.iter().any(|row| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Relative))))
    })
}

/// Copies the words of a span without dates, comparisons, remarks in brackets, fillers at the front and function words
/// at the end.
pub(crate) fn clean(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon, out: &mut Phrase) {
    if let Some(remark) = sentence.remark_in(span) {
        clean(sentence, Span::new(span.start, remark.start), lexicon, out);
        return clean(sentence, Span::new(remark.end, span.end), lexicon, out);
    }
    // 全国人口与2010年相比增加7206万人
    if let Some(versus) = against::versus_in(sentence, span, lexicon) {
        clean(sentence, Span::new(span.start, versus.start), lexicon, out);
        return clean(sentence, Span::new(versus.end, span.end), lexicon, out);
    }
    if let Some(manner) = manner_in(sentence, span, lexicon) {
        let before = Span::new(span.start, manner.start);
        // 拟以拍卖方式转让
        if !sentence.is_word(before, lexicon, |entry| matches!(entry, Entry::Status { .. })) {
            clean(sentence, before, lexicon, out);
        }
        return clean(sentence, Span::new(manner.end, span.end), lexicon, out);
    }
    let mut start = front(sentence, span, lexicon);
    let end = done(sentence, Span::new(start, span.end), lexicon);
    // 总产值将比1958年的2050亿元增长40%
    let than = |(row, _): &&(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
    let dated =
        sentence.roles.hold(Role::Than) && sentence.mention_at(end).is_some_and(|mention| mention.kind == Kind::Date);
    let than = dated.then(|| sentence.words_ending(end).iter().find(than)).flatten().map(|(_, than)| than.start);
    let end = than.filter(|than| *than > start).map_or(end, |than| back(sentence, Span::new(start, than), lexicon));
    let end = before_reckoning(sentence, Span::new(start, end), lexicon);
    let end = before_same(sentence, Span::new(start, end), lexicon);
    for mention in sentence.mentions_in(Span::new(start, end)) {
        // A footnote mark is no part of a name: 生产总值[2].
        if mention.kind != Kind::Date && !mention.note {
            continue;
        }
        // 前7月
        let first = mention.kind == Kind::Date && mention.span.before(sentence.text).ends_with(FIRST);
        let first = if first { '前'.len_utf8() } else { 0 };
        // 公司今年上半年净利润
        let year =
            |(row, _): &&(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(_))));
        let year = sentence.words_ending(mention.span.start).iter().find(year).map(|(_, word)| word.from());
        let bracketed = mention.note && mention.span.before(sentence.text).ends_with('[');
        let until = year.unwrap_or(mention.span.from() - usize::from(bracketed)).saturating_sub(first);
        let piece = Span::<InFlow>::at(span.from().max(start as usize), until.max(start as usize));
        // 2000年和2013年之间: a joint of two dates.
        if !is_conjunction(piece.of(sentence.text).trim()) {
            // 安为在今年上半年: 为 ends a name there.
            let end = if year.is_some() {
                piece.from() + piece.of(sentence.text).trim_end_matches(['在', '于', '於']).len()
            } else {
                back(sentence, piece, lexicon).max(piece.start) as usize
            };
            out.push(trim(sentence.text, Span::at(piece.from(), end)));
        }
        start = mention.span.end + u32::from(bracketed);
        start += date_tail(Span::<InFlow>::new(start, end.max(start)).of(sentence.text), lexicon);
    }
    for (row, word) in sentence.words_in(Span::new(start, end)) {
        if let Some(next) = aside(sentence, *row, *word, end, lexicon).filter(|_| word.start > start) {
            out.push(trim(sentence.text, Span::new(start, word.start)));
            start = next;
        }
    }
    out.push(trim(sentence.text, Span::new(start, end)));
}

/// Where a name goes on behind a word in the middle of it that is none of its own.
fn aside(sentence: Sentence<'_>, row: RowId, word: Span<InFlow>, end: u32, lexicon: &Lexicon) -> Option<u32> {
    match lexicon.entry(row)? {
        // 死亡率为每十万人880人
        Entry::Cue(Role::To | Role::Copula) if word.of(sentence.text).ends_with(['为', '為', '达', '達']) => {
            let each = word.after(sentence.text).strip_prefix('每').filter(|_| word.end < end)?;
            (!each.starts_with(['年', '月', '天', '日', '个', '個', '次'])).then_some(word.end)
        }
        // 患者较昨日新增: what is compared with.
        Entry::Cue(Role::Than) => base_behind(sentence, word, lexicon).map(|base| base.min(end)),
        _ if word.end == end => None,
        // 减持不超过总股本的3%, but 供水不足的村
        Entry::Modifier { place: Place::Before, .. } => {
            let limits = word.of(sentence.text).starts_with('不') && !word.after(sentence.text).starts_with('的');
            limits.then_some(word.end)
        }
        // 这个县去年人均收入: a time, but not 一年内到期, 从今年起, 占去年支出.
        Entry::Period(PeriodWord::Year(_) | PeriodWord::Term(1) | PeriodWord::Months(..)) => {
            let leads = |(row, _): &(RowId, Span<InFlow>)| {
                use Role::{From, Lead, Share, Than, To};
                matches!(lexicon.entry(*row), Some(Entry::Cue(From | Lead | Share | Than | To)))
            };
            let led = sentence.words_ending(word.start).iter().any(leads);
            (!led && !word.of(sentence.text).starts_with('年')).then_some(word.end)
        }
        _ => None,
    }
}

/// Where the word ends that names right behind 较 what is compared with.
fn base_behind(sentence: Sentence<'_>, than: Span<InFlow>, lexicon: &Lexicon) -> Option<u32> {
    let at = sentence.words.partition_point(|(_, word)| word.start < than.end);
    let mut words = sentence.words.iter().skip(at).take_while(|(_, word)| word.start == than.end);
    let base = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Comparison { form: ComparisonForm::Base, .. }));
    words.find(|(row, _)| base(row)).map(|(_, word)| word.end)
}

/// 每10万人中拥有大学文化程度的: the words behind a number of people with what they are counted for.
fn with_rate(sentence: Sentence<'_>, index: usize, subject: Span<InFlow>) -> Option<Span<InFlow>> {
    let last = sentence.mentions.get(..index).and_then(<[Mention]>::last)?;
    let per = last.span.end == subject.start && last.span.before(sentence.text).ends_with('每');
    let among = per && subject.of(sentence.text).starts_with('中');
    among.then(|| Span::at(last.span.from() - '每'.len_utf8(), subject.to()))
}
