//! A walk from a number leftwards over the function words before it.

use super::clause::{Field, Sentence, is_pause};
use super::verbs::names_plan;
use crate::lexicon::{ComparisonForm, Entry, Lexicon, Place, Reach, Role, RowId, is_digit};
use crate::quantity::is_of_trade;
use crate::terms::{Comparison, Kind};
use crate::text::{InFlow, Span};

/// What leftward reading passes over.
#[expect(clippy::struct_excessive_bools, reason = "what a clause may say besides, each on its own")]
pub(super) struct Walk<'a> {
    pub(super) sentence: Sentence<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) floor: u32,
    /// Where it started.
    pub(super) end: u32,
    /// Where it stands.
    pub(super) at: u32,
    pub(super) reached: bool,
    pub(super) opened: bool,
    pub(super) restates: bool,
    pub(super) respectively: bool,
    pub(super) adverb: Option<(Comparison, RowId, Span<InFlow>)>,
    pub(super) dated: Option<Span<InFlow>>,
    /// 上年, 预算: a word that could be compared with.
    pub(super) named: Option<(Comparison, RowId, Span<InFlow>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(sentence: Sentence<'a>, lexicon: &'a Lexicon, floor: u32, at: u32) -> Self {
        Self {
            sentence,
            lexicon,
            floor,
            end: at,
            at,
            reached: false,
            opened: false,
            restates: false,
            respectively: false,
            adverb: None,
            dated: None,
            named: None,
        }
    }

    /// Passes over function words; stops before the first word that is none.
    pub(super) fn pass(&mut self) {
        loop {
            self.at = self.sentence.trim_end(self.floor, self.at);
            if self.at <= self.floor || !(self.pass_sum() || self.pass_word() || self.pass_date()) {
                return;
            }
        }
    }

    /// 占年初预算3800万元的45%: the sum that the number is a part of.
    fn pass_sum(&mut self) -> bool {
        if self.at + 3 != self.end || Span::<InFlow>::new(self.at, self.end).of(self.sentence.text) != "的" {
            return false;
        }
        let before = self.sentence.mentions_in(Span::new(self.floor, self.at));
        let sum = before.last().filter(|sum| sum.kind.is_quantity() && sum.span.end == self.at);
        self.at = sum.map_or(self.at, |sum| sum.span.start);
        sum.is_some()
    }

    /// Whether a plan is what the number is a part of: 计划 in 计划的45%, 计划3亿元的45%, 占年计划45%.
    fn is_part_of(&self, plan: Span<InFlow>) -> bool {
        let passed = Span::<InFlow>::new(self.at, self.end).of(self.sentence.text);
        let taken = |(row, _): &(RowId, Span<InFlow>)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Share | Role::Progress)))
        };
        passed == "的"
            || passed.ends_with('的') && self.sentence.mention_at(self.at).is_some()
            || passed.is_empty() && self.sentence.words_ending(plan.start).iter().any(taken)
    }

    pub(super) fn pass_word(&mut self) -> bool {
        let mut passed = None;
        let plan = |entry: &Entry| {
            matches!(entry, Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
        };
        let ending = self.sentence.words_ending(self.at);
        if self.word_of(ending, plan).is_some_and(|(_, plan, _)| self.is_part_of(plan)) {
            return false;
        }
        for (row, span) in ending {
            // 两年平均每年: 年平均 is a word, the front of which belongs to 两年.
            let split = span.start < self.floor;
            let adverb = |entry: &Entry| matches!(entry, Entry::Comparison { form: ComparisonForm::Adverb, .. });
            if split && !self.lexicon.entry(*row).is_some_and(adverb) {
                continue;
            }
            match self.lexicon.entry(*row) {
                // 预增 foretells, but first of all it is a word of change.
                Some(Entry::Change { .. }) => return false,
                // 造林计划3万亩: what is planned, and no word of plan about something else.
                Some(Entry::Status { reach: Reach::Verb, .. })
                    if self.at == self.end && names_plan(self.sentence, self.floor, *span) =>
                {
                    return false;
                }
                Some(Entry::Modifier { .. }) if is_of_trade(self.sentence.text, *span) => return false,
                Some(
                    Entry::Modifier { place: Place::Before | Place::After | Place::Around, .. } | Entry::Status { .. },
                ) => {}
                Some(Entry::Cue(Role::To)) => self.reached = true,
                Some(Entry::Cue(Role::Copula | Role::Among)) => {}
                Some(Entry::Cue(Role::From)) => self.opened = true,
                Some(Entry::Cue(Role::Respectively)) => self.respectively = true,
                Some(Entry::Cue(Role::Restates)) => self.restates = true,
                Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) => {
                    self.adverb.get_or_insert((*comparison, *row, *span));
                }
                // 年增5%: right before the word of change, and not the end of a date or of another word.
                Some(Entry::Comparison { comparison, form: ComparisonForm::Prefix })
                    if self.at == self.end && self.stands_alone(*span) =>
                {
                    self.adverb.get_or_insert((*comparison, *row, *span));
                }
                _ => continue,
            }
            // 2022年平均每天: the word reaches into the date, where the walk ends.
            if let Some(end) = self.sentence.date_end(*span) {
                self.at = end.max(self.floor);
                return false;
            }
            passed = Some(span.start.max(self.floor));
        }
        self.at = passed.unwrap_or(self.at);
        passed.is_some()
    }

    /// Whether a short word of change follows a word, no mention holds it, and no numeral or word for a time leads to it:
    /// 年增, but not 年增长, 全年增, 三季增; and ，年增加.
    fn stands_alone(&self, word: Span<InFlow>) -> bool {
        let before = word.before(self.sentence.text).chars().next_back();
        let mut behind = word.after(self.sentence.text).chars();
        let changes = behind.next().is_some_and(|c| ['增', '减', '減', '升', '跌', '降', '成', '衰'].contains(&c));
        let long = behind
            .next()
            .is_some_and(|c| ['长', '長', '加', '产', '產', '收', '少', '低', '高', '幅', '速'].contains(&c));
        // ，季增加9%: a long word where nothing else leads to it.
        let amount = word.after(self.sentence.text).trim_start_matches(['增', '加', '減', '减', '少']);
        let long = long && !(before.is_none_or(is_pause) && amount.starts_with(is_digit));
        let led = |c: char| {
            self.lexicon.numeral_char(c).is_some()
                || ['全', '本', '当', '當', '历', '歷', '近', '首', '单', '單', '每', '各', '成'].contains(&c)
        };
        changes && !long && !self.sentence.in_number(word.from()) && !before.is_some_and(led)
    }

    pub(super) fn pass_date(&mut self) -> bool {
        let before = self.sentence.mentions_in(Span::new(self.floor, self.at));
        if let Some(date) = before.last().filter(|m| m.kind == Kind::Date && m.span.end == self.at) {
            self.dated.get_or_insert(date.span);
            self.at = date.span.start;
            return true;
        }
        let word =
            self.sentence.words_ending(self.at).iter().find(|(row, span)| {
                span.start >= self.floor && matches!(self.lexicon.entry(*row), Some(Entry::Period(_)))
            });
        if let Some((_, span)) = word {
            let base = self.word(|entry| matches!(entry, Entry::Comparison { form: ComparisonForm::Base, .. }));
            if let Some((row, words, Entry::Comparison { comparison, .. })) = base {
                self.named.get_or_insert((*comparison, row, words));
            }
            self.at = span.start;
            return true;
        }
        false
    }

    /// Whether a clause opens with a word of change, and a noun stands behind the number.
    pub(super) fn counts_noun(&self, field: &Field, verb: Span<InFlow>) -> bool {
        // 增产两万件棉纱: the verb tells what of.
        let words = verb.of(self.sentence.text);
        let word = words.chars().nth(1).is_some() && !words.ends_with(['产', '產', '收', '用', '约', '省'])
            || verb.after(self.sentence.text).starts_with('的');
        // 增长200万户至3500万户: the level that it led to.
        let noun = |c: char| c.is_alphabetic() && !matches!(c, '至' | '到');
        let noun = field.right.of(self.sentence.text).chars().next().is_some_and(noun);
        let hedge = |(row, word): &(RowId, Span<InFlow>)| {
            word.start == field.right.start && matches!(self.lexicon.entry(*row), Some(Entry::Modifier { .. }))
        };
        word && noun && !self.sentence.words_in(field.right).iter().any(hedge)
    }

    /// 由上月上涨转为下降2%: where the words start that tell which way it went before.
    pub(super) fn turned_from(&self) -> Option<u32> {
        let (_, before, _) = self.word(|entry| matches!(entry, Entry::Change { .. }))?;
        let words = self.sentence.words_in(Span::new(self.floor, before.start));
        let from = words.iter().rev().find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::From))));
        from.map(|(_, word)| word.start)
    }

    /// The word that stands where the walk stopped.
    pub(super) fn word(&self, wanted: impl Fn(&Entry) -> bool) -> Option<(RowId, Span<InFlow>, &'a Entry)> {
        self.word_of(self.sentence.words_ending(self.at), wanted)
    }

    fn word_of(
        &self,
        ending: &[(RowId, Span<InFlow>)],
        wanted: impl Fn(&Entry) -> bool,
    ) -> Option<(RowId, Span<InFlow>, &'a Entry)> {
        ending.iter().find_map(|(row, span)| {
            let entry = self.lexicon.entry(*row)?;
            (span.start >= self.floor && wanted(entry)).then_some((*row, *span, entry))
        })
    }
}
