//! The field of a number: the words of its clause before it and behind it.

use crate::lexicon::{Entry, Lexicon, Role, Roles, RowId, is_conjunction, is_digit, is_han};
use crate::mention::Mention;
use crate::terms::Kind;
use crate::text::{InFlow, Span};

use super::remark::{is_close, remark};

/// A sentence with what the earlier stages found in it.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span<InFlow>,
    pub(crate) words: &'a [(RowId, Span<InFlow>)],
    pub(crate) mentions: &'a [Mention],
    /// The parts that its words play.
    pub(crate) roles: Roles,
    /// A heading, whose clauses may be parted by spaces.
    pub(crate) headline: bool,
}

/// The words around one quantity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// The clause: between two of ，；：。 or brackets.
    pub(crate) clause: Span<InFlow>,
    /// From the clause's start, or the quantity before, to the quantity.
    pub(crate) left: Span<InFlow>,
    /// From the quantity to the clause's end, or to where the next quantity's words begin.
    pub(crate) right: Span<InFlow>,
    /// The next quantity stands in the same words, without 、 between.
    pub(crate) shared: bool,
    /// A quantity stands before it in the clause.
    pub(crate) follows: bool,
}

impl<'a> Sentence<'a> {
    /// The words that lie inside a span.
    pub(crate) fn words_in(&self, span: Span<InFlow>) -> &'a [(RowId, Span<InFlow>)] {
        let from = self.words.partition_point(|(_, word)| word.start < span.start);
        let rest = self.words.get(from..).unwrap_or_default();
        let inside = rest.iter().take_while(|(_, word)| word.end <= span.end).count();
        rest.get(..inside).unwrap_or_default()
    }

    /// The words that end at `end`, spaces aside; two where a word has two readings.
    pub(crate) fn words_ending(&self, end: u32) -> &'a [(RowId, Span<InFlow>)] {
        let from = self.words.partition_point(|(_, word)| word.end < end);
        let rest = self.words.get(from..).unwrap_or_default();
        let readings = rest.iter().take_while(|(_, word)| word.end <= end).count();
        rest.get(..readings).unwrap_or_default()
    }

    /// Whether a span is one word, of an entry that fits.
    pub(crate) fn is_word(&self, span: Span<InFlow>, lexicon: &Lexicon, fits: impl Fn(&Entry) -> bool) -> bool {
        self.words_in(span).iter().any(|(row, word)| *word == span && lexicon.entry(*row).is_some_and(&fits))
    }

    /// `end` without the spaces and the remark before it, not below `floor`.
    pub(crate) fn trim_end(&self, floor: u32, end: u32) -> u32 {
        let words = Span::<InFlow>::new(floor, end).of(self.text);
        let words = words.trim_end_matches([' ', '\u{3000}', '\u{A0}']);
        let words = remark(words).and_then(|open| words.get(..open)).unwrap_or(words);
        floor + u32::try_from(words.len()).unwrap_or(0)
    }

    /// The mentions that lie inside a span.
    pub(crate) fn mentions_in(&self, span: Span<InFlow>) -> &'a [Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let rest = self.mentions.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|mention| mention.span.end <= span.end)).unwrap_or_default()
    }

    /// The mention that starts at a place.
    pub(crate) fn mention_at(&self, start: u32) -> Option<&'a Mention> {
        let at = self.mentions.partition_point(|mention| mention.span.start < start);
        self.mentions.get(at).filter(|mention| mention.span.start == start)
    }

    /// Whether a byte of the text lies in a mention: the comma of 1,200.
    pub(super) fn in_number(&self, at: usize) -> bool {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let past = self.mentions.partition_point(|m| m.span.end <= at);
        self.mentions.get(past).is_some_and(|m| m.span.start <= at)
    }

    /// Where the date ends into which a word reaches: 2022年 before 年平均.
    pub(super) fn date_end(&self, word: Span<InFlow>) -> Option<u32> {
        let at = Some(word.start).filter(|_| word.of(self.text).starts_with(['年', '月', '日', '季']))?;
        let past = self.mentions.partition_point(|mention| mention.span.end <= at);
        self.mentions.get(past).filter(|mention| mention.span.start < at).map(|mention| mention.span.end)
    }

    /// The field of the quantity at `index`. `clause` is one found before, which mostly holds the next quantity too.
    pub(crate) fn field(&self, index: usize, clause: Option<Span<InFlow>>) -> Field {
        let Some(mention) = self.mentions.get(index) else {
            return Field { clause: self.span, left: self.span, right: self.span, shared: false, follows: false };
        };
        let clause = clause.filter(|clause| clause.contains(mention.span)).unwrap_or_else(|| self.clause(mention.span));
        let before = self.mentions.get(..index).unwrap_or_default().iter().rev();
        let aside = |m: &Mention| {
            let between = Span::new(m.span.end, mention.span.start);
            self.close_in(between).is_some()
                || self.is_whole(m, mention)
                || self.is_of_age(m, between)
                || self.bounds_group(m, between)
                || self.is_of_mean(m, between)
        };
        let previous = before.take_while(|m| m.span.start >= clause.start).find(|m| m.kind.is_quantity() && !aside(m));
        let behind = self.mentions.get(index + 1..).unwrap_or_default().iter();
        let next = behind.take_while(|m| m.span.end <= clause.end).find(|m| m.kind.is_quantity());
        let left = Span::new(previous.map_or(clause.start, |m| m.span.end), mention.span.start);
        let opens = previous.is_some_and(|previous| self.opens_names(previous, clause));
        let left = self.behind_joint(left, previous.is_some() && !opens);
        let right = Span::new(mention.span.end, next.map_or(clause.end, |m| m.span.start));
        let ended = self.until_pause(right, next.is_some());
        Field { clause, left, right: ended, shared: next.is_some() && ended == right, follows: previous.is_some() }
    }

    /// 占五年投资总额的32%, 占全省78个县的四分之一, 占年初预算3800万元的45%: a length of time, or a count or sum before a part of it,
    /// in the words of a whole.
    fn is_whole(&self, mention: &Mention, part: &Mention) -> bool {
        let time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        if time {
            return mention.span.before(self.text).ends_with(['占', '佔']);
        }
        let between = Span::<InFlow>::new(mention.span.end, part.span.start.max(mention.span.end)).of(self.text);
        let parted =
            matches!(mention.kind, Kind::Count | Kind::Measure) && matches!(part.kind, Kind::Percent | Kind::Ratio);
        let taken = || {
            let before = Span::<InFlow>::new(self.span.start, mention.span.start).of(self.text);
            let words = before.rfind(['占', '佔']).and_then(|at| before.get(at..));
            words.is_some_and(|words| !words.contains(|c| is_pause(c) || is_digit(c)))
        };
        // 年初预算3800万元的45%
        parted
            && (between == "的" || is_plan(between) || between.contains('的') && !between.contains(is_pause) && taken())
    }

    /// Whether the next number is a part of the sum or count at `index`, which measures nothing by itself.
    pub(super) fn is_of_part(&self, index: usize) -> bool {
        let pair = self.mentions.get(index).zip(self.mentions.get(index + 1));
        pair.is_some_and(|(mention, part)| self.is_whole(mention, part))
    }

    /// 全年20万公里任务的7%: a plan is named behind the number at `index` that the next is a part of.
    pub(super) fn is_plan_of_part(&self, index: usize) -> bool {
        let pair = self.mentions.get(index).zip(self.mentions.get(index + 1));
        let behind = |(mention, part): (&Mention, &Mention)| {
            is_plan(Span::<InFlow>::new(mention.span.end, part.span.start.max(mention.span.end)).of(self.text))
        };
        self.is_of_part(index) && pair.is_some_and(behind)
    }

    /// 较近五年均值减少, 与前十年同期相比: years whose mean others are compared with.
    fn is_of_mean(&self, mention: &Mention, between: Span<InFlow>) -> bool {
        let words = mention.span.before(self.text).strip_suffix(['近', '前']).unwrap_or_default();
        mention.quantity.as_ref().is_some_and(|quantity| quantity.time)
            && words.ends_with(['比', '较', '較', '与', '與', '和', '同'])
            && between.of(self.text).trim_start_matches('的').starts_with(['同', '均', '平'])
    }

    /// The clause around a mention. A comma inside a number parts nothing.
    fn clause(&self, mention: Span<InFlow>) -> Span<InFlow> {
        let head = Span::<InFlow>::new(self.span.start, mention.start).of(self.text);
        let tail = Span::<InFlow>::new(mention.end, self.span.end).of(self.text);
        let mut reached = head.len();
        let percent = self
            .mention_at(mention.start)
            .is_some_and(|mention| matches!(mention.kind, Kind::Percent | Kind::PercentagePoint));
        let start = head.char_indices().rev().find(|(at, c)| {
            if *at >= reached || !is_pause(*c) || self.in_number(self.span.from() + at) {
                return false;
            }
            reached =
                if is_close(*c) { self.open_of(head, at + c.len_utf8(), percent).unwrap_or(reached) } else { reached };
            *at < reached
        });
        let start = start.map_or_else(|| self.opening(), |(at, c)| at + c.len_utf8());
        let end = tail.char_indices().find(|(at, c)| is_pause(*c) && !self.in_number(mention.to() + at));
        let end = end.map_or(tail.len(), |(at, _)| at);
        let clause = Span::at(self.span.from() + start, mention.to() + end);
        let headline = self.headline || head.get(..start).is_some_and(|before| before.ends_with('【'));
        if headline {
            return self.between_spaces(clause, mention);
        }
        let led = Span::<InFlow>::new(clause.start, mention.start).of(self.text);
        // 工业 2023年工业总产值为3亿元: a heading before a date, whose words the text behind says again.
        let opens = led.split_once(' ').filter(|(heading, rest)| {
            clause.start == self.span.start
                && heading.chars().nth(1).is_some()
                && heading.chars().all(is_han)
                && rest.starts_with(is_digit)
                && rest.contains(heading)
        });
        // 加强民事审判　审结民事案件5100件: a heading that runs into its text.
        let run_in = led.split_once('\u{3000}').filter(|(heading, rest)| {
            heading.chars().nth(CLAUSE).is_some() && heading.chars().all(is_han) && rest.starts_with(is_han)
        });
        let from = opens.or(run_in).map_or(clause.from(), |(_, rest)| mention.from() - rest.len());
        Span::at(from, clause.to())
    }

    /// In a headline a space between words parts clauses: 净利增5% 拟每股派3元. Few words behind it go on: 指数 收涨2%.
    fn between_spaces(&self, clause: Span<InFlow>, mention: Span<InFlow>) -> Span<InFlow> {
        let before = Span::<InFlow>::new(clause.start, mention.start).of(self.text);
        let after = Span::<InFlow>::new(mention.end, clause.end).of(self.text);
        let dated = |place: u32| self.mention_at(place).is_some_and(|mention| mention.kind == Kind::Date);
        let parts = |words: &str, at: usize, from: usize| {
            let before = words.get(..at).filter(|words| !words.is_empty()).unwrap_or(mention.of(self.text));
            let apart = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
            let behind = words.get(at..).unwrap_or_default();
            let spaces = behind.len() - behind.trim_start().len();
            apart && (opens_words(behind) || dated(Span::<InFlow>::at(from, from + at + spaces).end))
        };
        let space = |(_, c): &(usize, char)| matches!(c, ' ' | '\u{3000}');
        // 再添重磅里程碑 三条产线投产: a number that counts what is told behind it.
        let counted = self.mention_at(mention.start).is_some_and(|mention| mention.kind == Kind::Count)
            && after.starts_with(is_han)
            && !mention.of(self.text).contains(' ');
        let opens = before.char_indices().rev().filter(space).find(|(at, _)| {
            let rest = before.get(*at..).unwrap_or_default().trim_start();
            let long = rest.chars().nth(CLAUSE).is_some();
            long && parts(before, *at, clause.from()) || counted && rest.is_empty()
        });
        let closes = after.char_indices().filter(space).find(|(at, _)| parts(after, *at, mention.to()));
        let start = clause.from() + opens.map_or(0, |(at, c)| at + c.len_utf8());
        Span::at(start, closes.map_or(clause.to(), |(at, _)| mention.to() + at))
    }

    /// The day of a date line at the head, 某社5月2日电 or 某网5月2日消息.
    pub(super) fn dateline(&self) -> Option<&'a Mention> {
        let head = self.mentions.iter().take_while(|mention| mention.span.start < self.span.start + DATELINE);
        let day = |mention: &&Mention| mention.when.is_some_and(|when| when.first.day.is_some());
        head.filter(day).find(|day| wired(day.span.after(self.text)).is_some())
    }

    /// The length of the date line at the head.
    pub(super) fn dateline_length(&self) -> Option<usize> {
        let day = self.dateline()?;
        Some(day.span.to() - self.span.from() + wired(day.span.after(self.text))?)
    }

    /// The length of what opens the sentence and is none of its words: 第四十三条 and the space behind it, 某社5月2日电.
    fn opening(&self) -> usize {
        if let Some(length) = self.dateline_length() {
            return length;
        }
        let words = self.span.of(self.text);
        // 本报讯（记者李某）
        let reported = || words.strip_prefix('本')?.strip_prefix(['报', '報'])?.strip_prefix(['讯', '訊']);
        if let Some(rest) = reported() {
            let close = rest.find(is_close).filter(|close| rest.starts_with(['（', '(']) && *close < DATELINE as usize);
            let behind =
                rest.get(close.unwrap_or(0)..).unwrap_or_default().trim_start_matches(['）', ')', ' ', '\u{3000}']);
            return words.len() - behind.len();
        }
        // 〔記者王某／台北報導〕
        if let Some(close) = words.find('〕').filter(|close| words.starts_with('〔') && *close < DATELINE as usize) {
            return close + '〕'.len_utf8();
        }
        let number = self.mentions.first().filter(|m| m.span.start == self.span.start);
        // 2.1 新增学位
        let words = |number: &Mention| number.span.of(self.text);
        let section = |label: &&Mention| {
            label.kind == Kind::Label && words(label).contains('.') && words(label).starts_with(is_digit)
        };
        if let Some(section) = number.filter(section) {
            return section.span.len() as usize;
        }
        let number = number.filter(|m| m.kind == Kind::Ordinal);
        let apart = |end| Span::<InFlow>::new(end, self.span.end).of(self.text).starts_with([' ', '\u{3000}']);
        number.filter(|number| apart(number.span.end)).map_or(0, |number| number.span.len() as usize)
    }

    /// 近三年出口、进口年均分别增长3%和5%, 两家企业收入、利润分别为: whether a number opens the clause of names that 分别 gives theirs: a length of
    /// time, or a count of those who have them.
    fn opens_names(&self, number: &Mention, clause: Span<InFlow>) -> bool {
        let words = Span::<InFlow>::new(clause.start, number.span.start);
        let time = number.quantity.as_ref().is_some_and(|quantity| quantity.time);
        self.roles.hold(Role::Respectively)
            && (time || words.is_empty() && number.kind == Kind::Count)
            && self.mentions_in(words).iter().all(|mention| mention.kind == Kind::Date)
    }

    /// The words of a number behind those of the one before: behind the first 、 that follows another noun of a list, none
    /// of those inside a remark, 省（区、市）; none of 教练员和 between 5名教练员和3名学员. A joint alone is no word of a number.
    fn behind_joint(&self, left: Span<InFlow>, follows: bool) -> Span<InFlow> {
        let words = left.of(self.text);
        if !follows {
            return if is_conjunction(words.trim()) { Span::new(left.end, left.end) } else { left };
        }
        let outside = |at: usize| {
            let at = u32::try_from(left.from() + at).unwrap_or(u32::MAX);
            self.remark_in(left).is_none_or(|remark| at < remark.start || remark.end <= at)
        };
        let pause = words.match_indices('、').map(|(at, _)| at).find(|at| outside(*at)).filter(|at| *at > 0);
        let joint = words.trim_end().ends_with(['和', '与', '與', '及']);
        let at = pause.map_or(if joint { words.len() } else { 0 }, |at| at + '、'.len_utf8());
        Span::at(left.from() + at, left.to())
    }

    /// Where a list goes on, what stands behind the last 、 belongs to the next number.
    fn until_pause(&self, right: Span<InFlow>, listed: bool) -> Span<InFlow> {
        if !listed {
            return right;
        }
        let words = right.of(self.text);
        // 50个国家和地区的100家企业: the joint is that of a noun.
        let joint =
            |at: &usize| !words.ends_with('的') || words.get(*at..).is_some_and(|rest| rest.starts_with("和的"));
        let end = words
            .rfind('、')
            .or_else(|| words.rfind('和').filter(joint))
            .or_else(|| words.rfind("或者"))
            // 20所中学及30所小学
            .or_else(|| {
                words
                    .strip_suffix(['及', '与', '與'])
                    .filter(|noun| !noun.is_empty() && !noun.ends_with(IN_JOINT))
                    .map(str::len)
            })
            .unwrap_or(words.len());
        Span::at(right.from(), right.from() + end)
    }
}

/// Characters that make one word with 及 or 与 behind them: 涉及, 参与.
const IN_JOINT: [char; 16] =
    ['普', '涉', '波', '触', '觸', '惠', '遍', '顾', '顧', '危', '企', '参', '參', '给', '給', '以'];

/// The length of 电, 讯 or 消息 at the front of the words behind a day.
fn wired(behind: &str) -> Option<usize> {
    match behind.strip_prefix('消') {
        Some(rest) => rest.starts_with('息').then_some(2 * '消'.len_utf8()),
        None => behind.starts_with(['电', '電', '讯', '訊']).then_some('电'.len_utf8()),
    }
}

/// Characters that end a word of plan: 目标, 任务, 计划, 预算.
const PLANS: [char; 6] = ['标', '務', '务', '划', '劃', '算'];
/// The longest word of plan behind a sum, in characters.
const PLAN: usize = 6;

/// 任务的 in 全年20万公里任务的7%.
fn is_plan(between: &str) -> bool {
    between
        .strip_suffix('的')
        .is_some_and(|plan| plan.ends_with(PLANS) && plan.chars().nth(PLAN).is_none() && plan.chars().all(is_han))
}

/// Bytes at the head of a sentence among which the day of its date line stands.
const DATELINE: u32 = 60;

/// Characters of the shortest clause of a headline, before its number.
const CLAUSE: usize = 3;

/// Whether a word stands behind a space: one that is not Latin, or a code such as M2 before one.
fn opens_words(rest: &str) -> bool {
    let words = rest.trim_start();
    let code = words.trim_start_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let named = words.starts_with(|c: char| c.is_ascii_uppercase()) && code.starts_with(is_han);
    named || words.chars().next().is_some_and(|c| !c.is_ascii() && c.is_alphabetic())
}

/// What parts two clauses.
pub(super) const fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '。' | '！' | '？' | '（' | '(' | '）' | ')' | '【' | '】')
}
