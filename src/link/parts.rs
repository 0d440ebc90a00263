//! Parts of what was counted before: 新增病例5例，其中浙江2例.
//!
//! A place counts nothing by itself, so that its whole is the nearest level of its unit that is large enough. Other short
//! names are parts where brackets right behind a level hold them.

use super::Linker;
use super::clause::{Field, Sentence};
use super::sentence::{Past, State};
use crate::exact::Exact;
use crate::lexicon::{Entry, Role};
use crate::mention::Mention;
use crate::terms::{Kind, Relation};
use crate::text::{InFlow, Phrase, Span};

/// What a part is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    words: Phrase,
    /// The number that counts it, where one does.
    mention: Option<u32>,
    /// Brackets hold the list of its parts.
    bracket: bool,
}

/// The longest name of a place, in characters.
const PLACE: usize = 8;
/// The longest other name of a part, in characters.
const SHORT: usize = 4;
/// The longest word that ends like a place and is none, in characters.
const ZONE: usize = 5;
/// How many numbers on a list of parts goes.
const PARTS: usize = 64;

impl Linker<'_> {
    /// Puts what it is a part of before the words of a part; tells whether it is one.
    pub(super) fn part(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        past: &mut Past,
        state: &State,
    ) -> bool {
        let Some(mention) = sentence.mentions.get(index) else { return false };
        if !past.tail.is_empty() {
            return self.part_behind(sentence, field, mention, past, state);
        }
        let Some(name) = sole(&past.subject) else { return false };
        if name.len() as usize > PLACE * '市'.len_utf8() {
            return self.part_among(sentence, name, past);
        }
        let place = self.are_places(sentence, name);
        let bracket = self.opens_brackets(sentence, field);
        if place
            && !bracket
            && let Some(noun) = self.parallel(sentence, field, mention, past, state)
        {
            past.subject = joined(&past.subject, &noun);
            return true;
        }
        let which = place || sentence.mention_at(name.start).is_some_and(|which| which.kind == Kind::Ordinal);
        let rate = || self.rate_of_whole(sentence, mention, past, state).filter(|_| place);
        if let Some(rate) = rate().or_else(|| self.heading_of_list(sentence, past).filter(|_| which)) {
            past.subject = joined(&rate, &past.subject);
            return true;
        }
        if past.relation != Relation::Level || !matches!(mention.kind, Kind::Count | Kind::Measure) {
            return false;
        }
        let whole = if bracket {
            state.past.last().filter(|last| last.relation == Relation::Level).map(|last| of_level(last, true))
        } else {
            self.nearest(sentence, index, place, state)
        };
        let listed = field.follows && field.left.of(sentence.text).starts_with('、');
        // 职工800人（女职工300人）: a name with the noun of the whole needs it no second time.
        let words = name.of(sentence.text);
        let noun = words.char_indices().rev().nth(1).and_then(|(at, _)| words.get(at..));
        let short = |whole: &Whole| {
            let counted = whole.words.of(sentence.text);
            (whole.bracket || listed)
                && words.chars().count() <= SHORT
                && noun.is_none_or(|noun| !counted.contains(noun))
        };
        let Some(whole) = whole.filter(|whole| self.is_unit_of(whole, mention) && (place || short(whole))) else {
            return self.part_among(sentence, name, past);
        };
        past.whole = Some(whole);
        past.subject = joined(&whole.words, &past.subject);
        true
    }

    /// 全市粗离婚率为2.31‰，其中东区为2.92‰、西区为2.55‰: the rate of the whole, where a place in it has one of its own.
    fn rate_of_whole(&self, sentence: Sentence<'_>, mention: &Mention, past: &Past, state: &State) -> Option<Phrase> {
        if mention.kind != Kind::Percent || past.relation != Relation::Level || !self.opens_parts(sentence) {
            return None;
        }
        let alike = |past: &&Past| {
            let rate = self.document.mentions.get(past.mention as usize);
            past.relation == Relation::Level
                && !past.aside
                && rate.is_some_and(|rate| alike(sentence.text, rate, mention))
        };
        let whole = state.before().filter(alike).last()?;
        let place = sole(&whole.subject).is_some_and(|name| self.are_places(sentence, name));
        (!place && !whole.subject.is_empty()).then_some(whole.subject)
    }

    /// 幼儿园20所（8所民办）: a part whose short name stands behind its number, in brackets right behind the whole.
    fn part_behind(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        past: &mut Past,
        state: &State,
    ) -> bool {
        let named = past.subject.is_empty() && sole(&past.tail).is_some_and(|name| name.len() as usize <= SHORT * 3);
        if !named || past.relation != Relation::Level {
            return false;
        }
        // 日本（5金）、韩国（4金）
        if !self.opens_brackets(sentence, field) {
            let place = self.outside_brackets(sentence, field).filter(|_| field.left.is_empty());
            let place = place.filter(|place| sole(place).is_some_and(|name| self.is_place(sentence, name)));
            past.subject = place.unwrap_or_default();
            return place.is_some();
        }
        let whole = state.past.last().filter(|last| last.relation == Relation::Level).map(|last| of_level(last, true));
        let Some(whole) = whole.filter(|whole| self.is_unit_of(whole, mention)) else { return false };
        past.whole = Some(whole);
        past.subject = whole.words;
        true
    }

    /// 新增病例中临江市5例: the whole and its part in one breath.
    fn part_among(&self, sentence: Sentence<'_>, name: Span<InFlow>, past: &mut Past) -> bool {
        let Some(at) = name.of(sentence.text).rfind('中').filter(|at| *at > '中'.len_utf8()) else { return false };
        let inner = Span::<InFlow>::at(name.from() + at + '中'.len_utf8(), name.to());
        if past.relation != Relation::Level || !self.is_place(sentence, inner) {
            return false;
        }
        let mut words = Phrase::default();
        words.push(Span::at(name.from(), name.from() + at));
        past.whole = Some(Whole { words, mention: None, bracket: false });
        past.subject = words;
        past.subject.push(inner);
        true
    }

    /// The whole of the list that goes on, or the level that a new list is of: one that its parts add up to, else the
    /// nearest that is larger than their sum.
    fn nearest(&self, sentence: Sentence<'_>, index: usize, place: bool, state: &State) -> Option<Whole> {
        let mention = sentence.mentions.get(index)?;
        let own = value(mention)?;
        let mut sum = None;
        let mut holding = None;
        let here = state.before().filter(|past| !past.aside);
        let earlier = self.earlier.iter().rev().take(PARTS).filter(|past| !past.aside);
        let among = self.opens_parts(sentence);
        let reaches = place && (state.past.is_empty() || among);
        // A sum of a place is no part of any other sum, unless the text says so.
        if mention.kind == Kind::Measure && !among {
            return None;
        }
        for past in here.chain(earlier.filter(|_| reaches)) {
            let counted = self
                .document
                .mentions
                .get(past.mention as usize)
                .filter(|counted| alike(sentence.text, counted, mention));
            let Some(counted) = counted.filter(|_| past.relation == Relation::Level) else { continue };
            if let Some(whole) = past.whole {
                let of = whole.mention.and_then(|at| self.document.mentions.get(at as usize)).and_then(value);
                if of.is_none_or(|of| own <= of) {
                    return Some(whole);
                }
                continue;
            }
            // A name in brackets goes on with a list, but opens none.
            let unnamed =
                past.subject.is_empty() || sole(&past.subject).is_some_and(|name| self.is_place(sentence, name));
            if !place || unnamed {
                return None;
            }
            let Some(all) = value(counted) else { continue };
            let sum = sum.get_or_insert_with(|| total(sentence, index, own));
            let whole =
                || Whole { words: self.without_place(sentence, past), mention: Some(past.mention), bracket: false };
            if *all == *sum {
                return Some(whole());
            }
            holding = holding.or_else(|| (all > sum).then(whole));
        }
        holding
    }

    /// 新增病例分布在甲市30例，乙市12例: what is counted, without the place of the first of a list.
    fn without_place(&self, sentence: Sentence<'_>, level: &Past) -> Phrase {
        let words = joined(&level.subject, &level.tail);
        let Some(name) = sole(&words).filter(|name| sentence.span.contains(*name)) else { return words };
        let text = name.of(sentence.text);
        let Some(at) = text.rfind('在').filter(|at| *at > 0) else { return words };
        let place = Span::at(name.from() + at + '在'.len_utf8(), name.to());
        let counted =
            text.get(..at).unwrap_or_default().trim_end_matches(['主', '要', '分', '布', '发', '生', '均', '都']);
        if counted.is_empty() || !self.is_place(sentence, place) {
            return words;
        }
        Phrase::from_iter([Span::at(name.from(), name.from() + counted.len())])
    }

    /// Whether 其中 stands in a sentence.
    fn opens_parts(&self, sentence: Sentence<'_>) -> bool {
        sentence.words.iter().any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among))))
    }

    /// Whether a part is counted as its whole is.
    fn is_unit_of(&self, whole: &Whole, part: &Mention) -> bool {
        let counted = whole.mention.and_then(|at| self.document.mentions.get(at as usize));
        counted.is_none_or(|counted| alike(self.document.text, counted, part))
    }

    /// 法国通胀率为6%，意大利为8%: what the last number of its sort measured of another place, where 其中 does not make this
    /// place a part of it.
    fn parallel(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        past: &Past,
        state: &State,
    ) -> Option<Phrase> {
        let sort = |before: &&Past| {
            let counted = self.document.mentions.get(before.mention as usize);
            !before.aside
                && before.relation == past.relation
                && counted.is_some_and(|counted| alike(sentence.text, counted, mention))
        };
        let before = state.before().find(sort).filter(|before| before.whole.is_none())?;
        let since = Span::<InFlow>::new(before.end, field.left.end.max(before.end));
        let among = sentence
            .words_in(since)
            .iter()
            .any(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among))));
        let mut pieces = before.subject.pieces();
        let (first, own) = (pieces.next()?, sole(&past.subject)?);
        let place = self.leading_place(sentence, first).filter(|_| !among)?;
        // 湖北省…，武汉市…: a place of another rank lies inside.
        let rank = |place: Span<InFlow>| place.of(sentence.text).chars().next_back().filter(|c| self.names_place(*c));
        let mut noun = Phrase::default();
        noun.push(Span::new(place, first.end));
        pieces.for_each(|piece| noun.push(piece));
        let inner = noun.of(sentence.text).ends_with(|c| self.names_place(c));
        let ranked = rank(Span::new(first.start, place)) == rank(own);
        (ranked && !noun.is_empty() && !inner).then_some(noun)
    }

    /// Whether the clause of a number opens brackets right behind another number: 20例（临江市5例, 20例（其中：临江市5例.
    fn opens_brackets(&self, sentence: Sentence<'_>, field: &Field) -> bool {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let before = before.trim_end_matches(['，', ',', '：', ':', ' ']);
        let end = sentence.span.start + u32::try_from(before.len()).unwrap_or(0);
        let among = sentence
            .words_ending(end)
            .iter()
            .find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among))));
        let end = among.map_or(end, |(_, word)| word.start);
        let before = Span::<InFlow>::new(sentence.span.start, end).of(sentence.text);
        let Some(outside) = before.strip_suffix(['（', '(']).filter(|_| !field.follows) else { return false };
        let end = sentence.span.start + u32::try_from(outside.len()).unwrap_or(0);
        let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
        sentence.mentions.get(at).is_some_and(|mention| mention.span.end == end && mention.kind.is_quantity())
    }

    /// Where a place that opens words ends.
    fn leading_place(&self, sentence: Sentence<'_>, words: Span<InFlow>) -> Option<u32> {
        let text = words.of(sentence.text);
        let mut known = sentence.words_in(words).iter().take_while(|(_, word)| word.start == words.start);
        let known = known.find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Area))));
        if let Some((_, word)) = known {
            let behind = Span::<InFlow>::new(word.end, words.end).of(sentence.text);
            // 山东省, 东部地区
            let region = behind.strip_prefix('地').unwrap_or(behind);
            let suffix = region.chars().next().filter(|c| self.names_place(*c));
            let suffix = suffix.map_or(0, |c| behind.len() - region.len() + c.len_utf8());
            return Some(Span::<InFlow>::at(words.from(), word.to() + suffix).end);
        }
        let mut ends = text.char_indices().take(PLACE).filter(|(at, c)| *at > 0 && self.names_place(*c));
        let (mut at, mut last) = ends.next()?;
        for (next, c) in ends {
            if next == at + last.len_utf8() {
                (at, last) = (next, c);
            }
        }
        let place = Span::<InFlow>::at(words.from(), words.from() + at + last.len_utf8());
        self.is_place(sentence, place).then_some(place.end)
    }

    /// Whether words name a place and nothing else: 浙江, 临江市, 华北地区.
    pub(super) fn is_place(&self, sentence: Sentence<'_>, name: Span<InFlow>) -> bool {
        let words = name.of(sentence.text);
        let is = |entry: &Entry, role: Role| matches!(entry, Entry::Cue(found) if *found == role);
        let leading = sentence.words_in(name).iter().take_while(|(_, word)| word.start == name.start);
        let mut areas = leading.filter(|(row, _)| self.lexicon.entry(*row).is_some_and(|entry| is(entry, Role::Area)));
        let area = areas.next();
        if area.is_some_and(|(_, word)| *word == name) {
            return true;
        }
        if !words.ends_with(|c| self.names_place(c)) || !(2..=PLACE).contains(&words.chars().count()) {
            return false;
        }
        // 度假区, 城市: not so the name of a place that the name of another opens.
        let zone = self.lexicon.ending(words, ZONE).any(|entry| is(entry, Role::Zone));
        let named = |word: Span<InFlow>| !word.of(sentence.text).starts_with(['全', '境', '本']);
        area.is_some_and(|(_, word)| named(*word)) || !zone
    }

    /// 呼和浩特市, 北区和中区: whether words name a place or a list of them.
    fn are_places(&self, sentence: Sentence<'_>, name: Span<InFlow>) -> bool {
        let text = name.of(sentence.text);
        let joints = text.match_indices(['、', '和', '及']).map(|(at, joint)| (at, at + joint.len()));
        let mut start = 0;
        let is_next = |(end, next): (usize, usize)| {
            let place = Span::at(name.from() + start, name.from() + end);
            start = next;
            self.is_place(sentence, place)
        };
        self.is_place(sentence, name) || joints.chain([(text.len(), 0)]).all(is_next)
    }

    /// What the names of places end in.
    fn names_place(&self, last: char) -> bool {
        self.lexicon.is_word(last.encode_utf8(&mut [0; 4]), Role::District)
    }
}

/// The only piece of a phrase.
pub(super) fn sole(phrase: &Phrase) -> Option<Span<InFlow>> {
    let mut pieces = phrase.pieces();
    pieces.next().filter(|_| pieces.next().is_none())
}

pub(super) fn joined(first: &Phrase, second: &Phrase) -> Phrase {
    first.pieces().chain(second.pieces()).collect()
}

/// A level as the whole of what follows.
fn of_level(level: &Past, bracket: bool) -> Whole {
    Whole { words: joined(&level.subject, &level.tail), mention: Some(level.mention), bracket }
}

fn value(mention: &Mention) -> Option<&Exact> {
    mention.quantity.as_ref()?.value.as_ref()
}

/// Whether two numbers are of one kind and one unit.
pub(super) fn alike(text: &str, one: &Mention, other: &Mention) -> bool {
    let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(text));
    one.kind == other.kind && unit(one) == unit(other)
}

/// The sum of a list of parts from one on, brackets inside aside, up to ； or 。.
fn total(sentence: Sentence<'_>, index: usize, own: &Exact) -> Exact {
    let mut sum = own.clone();
    let Some(first) = sentence.mentions.get(index) else { return sum };
    let (mut end, mut depth) = (first.span.end, 0i32);
    for part in sentence.mentions.iter().skip(index + 1).take(PARTS) {
        for c in Span::<InFlow>::new(end, part.span.start.max(end)).of(sentence.text).chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                '；' | ';' | '。' if depth == 0 => return sum,
                _ => {}
            }
        }
        end = part.span.end;
        if depth < 0 {
            return sum;
        }
        if let Some(value) = value(part).filter(|_| depth == 0 && alike(sentence.text, first, part)) {
            sum = sum.plus(value);
        }
    }
    sum
}
