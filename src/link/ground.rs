//! What a result is seen against: 在面积减少的情况下, 在去年80亿元的基础上; how it is reckoned: 按常住人口计算.

use super::Linker;
use super::clause::{Field, Sentence};
use super::edges::back;
use super::sentence::Past;
use super::whole::last_clause;
use crate::lexicon::{ComparisonForm, Entry, Lexicon, Role, RowId, is_han};
use crate::terms::Kind;
use crate::text::{InFlow, Phrase, Span};

impl Linker<'_> {
    /// 粮食在面积减少的情况下，总产量达3亿吨: the words before 在, in a clause that ends in what a result is seen against.
    pub(super) fn grounded(&self, sentence: Sentence<'_>, clause: Span<InFlow>) -> Option<Phrase> {
        let words = clause.of(sentence.text);
        self.lexicon.closing(Some(words).filter(|words| words.ends_with(['上', '下']))?, Role::Ground)?;
        let noun = words.find('在').filter(|at| words.get(..*at).is_some_and(|noun| noun.chars().nth(1).is_some()))?;
        self.cleaned(sentence, Span::at(clause.from(), clause.from() + noun))
    }

    /// Puts such words in front of what a number measures.
    pub(super) fn is_seen_against(&self, sentence: Sentence<'_>, field: &Field, past: &mut Past) -> bool {
        let noun = last_clause(sentence, field).and_then(|clause| self.grounded(sentence, clause));
        let Some(mut subject) = noun else { return false };
        past.subject.pieces().for_each(|piece| subject.push(piece));
        past.subject = subject;
        true
    }
}

/// 80亿元的基础上增加到95亿元: the words of a number behind what a result is seen against.
pub(super) fn behind_ground(text: &str, words: Span<InFlow>, lexicon: &Lexicon) -> Span<InFlow> {
    let ground = words.of(text).strip_prefix('的').and_then(|noun| lexicon.opening(noun, Role::Ground));
    Span::at(words.from() + ground.map_or(0, |ground| '的'.len_utf8() + ground.len()), words.to())
}

/// 在来水增加带动下同比增长4.7%: whether words only say what a result is seen against.
pub(super) fn is_ground(sentence: Sentence<'_>, subject: &Phrase, lexicon: &Lexicon) -> bool {
    let Some((first, last)) = subject.pieces().next().zip(subject.pieces().last()) else { return false };
    let closed = Some(last.of(sentence.text)).filter(|words| words.ends_with(['上', '下']));
    closed.is_some_and(|words| lexicon.closing(words, Role::Ground).is_some())
        && first.before(sentence.text).ends_with('在')
}

/// 扣除房地产投资后, 按常住人口计算: whether words only say how something is reckoned.
pub(super) fn reckons(sentence: Sentence<'_>, subject: &Phrase, lexicon: &Lexicon) -> bool {
    if !sentence.roles.hold(Role::Reckoning) {
        return false;
    }
    let Some((first, last)) = subject.pieces().next().zip(subject.pieces().last()) else { return false };
    let closed = last.of(sentence.text).ends_with(['后', '後', '外', '算', '径', '徑', '素', '响', '響']);
    // 按 at the front is taken off already, and so is the year behind it (按2019年平均汇率计算).
    let date = sentence.mentions.iter().find(|date| date.kind == Kind::Date && date.span.end == first.start);
    let start = date.map_or(first.start, |date| date.span.start);
    let opening = sentence.words_in(first).iter().take_while(|(_, word)| word.start == first.start);
    let mut words = opening.chain(sentence.words_ending(start));
    closed && words.any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Reckoning))))
}

/// 产值按2019年价格计算: where the words end that are reckoned so.
pub(super) fn before_reckoning(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let reckons = |(row, word): &&(RowId, Span<InFlow>)| {
        word.start > span.start && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Reckoning)))
    };
    let told = sentence.roles.hold(Role::Reckoning) && span.of(sentence.text).ends_with(['算', '径', '徑']);
    let word = told.then(|| sentence.words_in(span).iter().find(reckons)).flatten();
    word.map_or(span.end, |(_, word)| back(sentence, Span::new(span.start, word.start), lexicon))
}

/// Bytes of 与.
const WITH: u32 = 3;

/// 粮食产量与上年持平，为30万吨, 收入与2019年同期持平，为3万元, 三十户的收入和去年一样: where the words end that have not changed since
/// a time.
pub(super) fn before_same(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> u32 {
    let with = ['与', '與', '和', '同', '跟'];
    let level = |time: &Span<InFlow>| {
        let before = time.before(sentence.text);
        if time.start <= span.start + WITH || !before.ends_with(with) {
            return false;
        }
        let after = time.after(sentence.text).trim_start_matches(['底', '末', '同', '期', '月']);
        let same = lexicon.opening(after, Role::Same).and_then(|same| after.get(same.len()..));
        same.is_some_and(|behind| !behind.starts_with(is_han))
    };
    let times = sentence.words_in(span).iter().filter(|(row, _)| match lexicon.entry(*row) {
        Some(Entry::Comparison { form, .. }) => *form == ComparisonForm::Base,
        entry => matches!(entry, Some(Entry::Period(_))),
    });
    let dates = sentence.mentions_in(span).iter().filter(|mention| mention.kind == Kind::Date);
    let mut times = times.map(|(_, word)| *word).chain(dates.map(|date| date.span));
    times.find(level).map_or(span.end, |time| time.start - WITH)
}
