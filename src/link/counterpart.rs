//! 城镇居民人均收入5万元，农村居民2万元: a name that stands beside another, and what was measured of that.

use super::Linker;
use super::clause::{Field, Sentence};
use super::names::LONGEST_MEASURE;
use super::parts::{alike, sole};
use super::sentence::State;
use crate::lexicon::{Entry, Role, RowId};
use crate::mention::Mention;
use crate::terms::Relation;
use crate::text::{InFlow, Phrase, Span};

impl Linker<'_> {
    /// The name with what an earlier number of its relation and unit says of the name beside it.
    pub(super) fn counterpart(
        &self,
        sentence: Sentence<'_>,
        own: &Phrase,
        (relation, mention): (Relation, Option<&Mention>),
        state: &State,
    ) -> Option<Phrase> {
        let name = sole(own)?;
        let words = name.of(sentence.text);
        let row = self.lexicon.rows_of(words, Role::Counterpart).next();
        let named = || words.chars().nth(2).is_some() && !self.is_measure(words);
        if row.is_none() && !(sentence.roles.hold(Role::Measured) && named()) {
            return None;
        }
        let others = state.before().filter(|past| past.relation == relation);
        others.filter(|past| self.counts_alike(sentence, past.mention, mention)).find_map(|past| {
            let piece = sole(&past.subject)?;
            let (head, rest) = match row {
                Some(row) => self.beside(sentence, piece, (words, row))?,
                None => self.behind_sibling(sentence, piece, words)?,
            };
            Some([head, name, rest].into_iter().collect())
        })
    }

    /// 二线城市新建住宅价格上涨2%，三线城市下降1%: what stands behind a name of its length that ends as this one does.
    fn behind_sibling(
        &self,
        sentence: Sentence<'_>,
        piece: Span<InFlow>,
        own: &str,
    ) -> Option<(Span<InFlow>, Span<InFlow>)> {
        let words = piece.of(sentence.text);
        let (end, _) = words.char_indices().nth(own.chars().count())?;
        let (other, rest) = words.split_at_checked(end)?;
        let ending = own.char_indices().rev().nth(1).and_then(|(at, _)| own.get(at..))?;
        let kin = other != own && other.ends_with(ending) && self.is_measure(rest);
        kin.then(|| (Span::at(piece.from(), piece.from()), Span::at(piece.from() + end, piece.to())))
    }

    /// Whether words end in a measure: 价格, 产值.
    fn is_measure(&self, words: &str) -> bool {
        self.lexicon.ending(words, LONGEST_MEASURE).any(|entry| matches!(entry, Entry::Cue(Role::Measured)))
    }

    pub(super) fn counts_alike(&self, sentence: Sentence<'_>, past: u32, mention: Option<&Mention>) -> bool {
        let counted = self.document.mentions.get(past as usize);
        counted.zip(mention).is_some_and(|(one, other)| alike(sentence.text, one, other))
    }

    /// 国内航线完成5亿人次, behind 完成客运量6亿人次: the noun that the first number of its unit named.
    pub(super) fn elided_noun(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        index: usize,
        state: &State,
    ) -> Option<Span<InFlow>> {
        let verb = |end: u32| {
            let mut words = sentence.words_ending(end).iter();
            words.find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Progress)))).map(|(_, w)| *w)
        };
        let own =
            verb(sentence.trim_end(field.left.start, field.left.end)).filter(|verb| verb.start > field.left.start)?;
        // 工业投资完成30亿元, behind 完成生产总值60亿元, is measured itself.
        if self.is_measure(Span::<InFlow>::new(field.left.start, own.start).of(sentence.text)) {
            return None;
        }
        let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(sentence.text));
        let wanted = sentence.mentions.get(index).and_then(unit)?;
        state.past.iter().filter(|past| past.relation == Relation::Level).find_map(|past| {
            let alike = self.document.mentions.get(past.mention as usize).and_then(unit) == Some(wanted);
            let piece = past.subject.pieces().last().filter(|_| alike)?;
            let first =
                sentence.words_in(piece).iter().find(|(_, word)| word.of(sentence.text) == own.of(sentence.text))?;
            let noun = Span::<InFlow>::new(first.1.end, piece.end);
            self.is_measure(noun.of(sentence.text)).then_some(noun)
        })
    }

    /// What stands before and behind a name of a row in the words of a level.
    fn beside(
        &self,
        sentence: Sentence<'_>,
        piece: Span<InFlow>,
        (own, row): (&str, RowId),
    ) -> Option<(Span<InFlow>, Span<InFlow>)> {
        let words = piece.of(sentence.text);
        let (at, name) = words.char_indices().find_map(|(at, _)| {
            let name = self.lexicon.opening(words.get(at..)?, Role::Counterpart)?;
            self.lexicon.rows_of(name, Role::Counterpart).any(|other| other == row).then_some((at, name))
        })?;
        // 进出口总额300亿元，其中出口100亿元
        if name == own {
            return None;
        }
        let from = piece.from() + at;
        let rest = Span::<InFlow>::at(from + name.len(), piece.to());
        let listed = rest.of(sentence.text).starts_with(['、', '和', '与', '與', '及']);
        (rest.of(sentence.text).chars().nth(1).is_some() && !listed).then(|| (Span::at(piece.from(), from), rest))
    }
}
