//! What a result is seen against: 在面积减少的情况下, 在去年80亿元的基础上.

use super::Linker;
use super::clause::{Field, Sentence};
use super::sentence::Past;
use super::whole::last_clause;
use crate::lexicon::{Lexicon, Role};
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
