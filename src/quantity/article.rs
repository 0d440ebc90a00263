//! Numerals that count nothing where they stand: 一 as an article (一批项目), Han numerals with nothing to count.

use super::{Context, Quantity, word_before};
use crate::exact::Exact;
use crate::lexicon::{Entry, Lexicon, NumeralChar, Role, RowId, is_alphanumeric, is_han};
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};

/// The most characters of a hedge that stands alone with its number: 大于或等于七.
const HEDGE: usize = 5;

/// What parts the members of a list of counts.
const PAUSES: [char; 7] = ['，', '、', '；', ',', ';', '。', '：'];

impl Context<'_> {
    /// Takes out what counts nothing.
    pub(super) fn leave_articles(&self, quantities: &mut Vec<Quantity>) {
        let closes = |quantity: &Quantity| {
            let rest = self.rest(quantity.span.end);
            quantity.kind == Some(Kind::Count) && (crate::numeral::ends(rest) || rest.starts_with('、'))
        };
        let many = |quantity: &&Quantity| {
            closes(quantity) && quantity.value.as_ref().is_some_and(|value| *value != Exact::integer(1))
        };
        let mut counts: Vec<_> = quantities.iter().filter(many).map(|quantity| quantity.span).collect();
        quantities.retain(|quantity| {
            let told = !self.counts_nothing(quantity, &counts);
            if told && closes(quantity) {
                counts.push(quantity.span);
            }
            told
        });
    }

    /// 死亡一人，受伤两人: whether a count closes its clause behind a noun, and one of more than one the clause beside it.
    fn is_listed(&self, quantity: &Quantity, counts: &[Span<InFlow>]) -> bool {
        let (before, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        let clause = before.rsplit(PAUSES).next().unwrap_or(before);
        let closes = crate::numeral::ends(rest) || rest.starts_with('、');
        if !closes || clause.chars().nth(1).is_none() || clause.ends_with(['的', '这', '這', '那', '某']) {
            return false;
        }
        let head = before.len() - clause.len();
        let head = before.get(..head).unwrap_or_default().trim_end_matches(PAUSES);
        counts.iter().any(|count| {
            let between = Span::<InFlow>::new(quantity.span.end, count.start.max(quantity.span.end)).of(self.text);
            let next = || between.strip_prefix(PAUSES).is_some_and(|words| !words.contains(PAUSES));
            count.to() == self.segment.from() + head.len() || count.start > quantity.span.end && next()
        })
    }

    /// 一 before a classifier is an article unless it is counted: 一批项目, but 共一批, 一所小学、两所幼儿园.
    fn counts_nothing(&self, quantity: &Quantity, counts: &[Span<InFlow>]) -> bool {
        if !quantity.han {
            return false;
        }
        if self.is_per_so_many(quantity) {
            return true;
        }
        if quantity.kind.is_none() {
            let before = self.before(quantity.span.start).trim_end();
            let ranked = before.ends_with('第') || before.ends_with('前') && self.leads(quantity);
            return !ranked
                && !self.is_hedged(quantity)
                && !self.is_written_out(quantity)
                && !self.is_told(quantity)
                && !crate::numeral::names_size(before, self.rest(quantity.span.end), self.lexicon)
                && !self.fills_segment(quantity);
        }
        let article = (quantity.bound == Bound::Exact
            || quantity.bound == Bound::MoreThan && quantity.kind == Some(Kind::Count))
            && quantity.span.of(self.text).starts_with('一')
            && quantity.value.as_ref().is_some_and(|value| *value == Exact::integer(1))
            && !quantity.span.of(self.text).contains('分');
        if !article || self.fills_segment(quantity) {
            return false;
        }
        let before = self.before(quantity.span.start);
        // 讲一讲, 看一看
        let verb = before.chars().next_back().filter(|c| c.is_alphabetic());
        if verb.is_some() && verb == quantity.span.of(self.text).chars().nth(1) {
            return true;
        }
        let clause = before.rsplit(['，', '。', '；', ',', ';', '：']).next().unwrap_or(before);
        if clause.trim_end().ends_with('第') {
            return false;
        }
        let unit = quantity.unit.map_or("", |unit| unit.of(self.text));
        // 上一交易日: no length in seconds, and no count either.
        if quantity.time || self.lexicon.closing(unit, Role::Workday).is_some() {
            return clause.ends_with([
                '这', '那', '每', '的', '同', '某', '另', '又', '近', '過', '过', '上', '前', '下', '后', '头',
            ]) || clause.is_empty();
        }
        let spoken = || self.lexicon.is_word(unit, Role::Spoken);
        (quantity.kind == Some(Kind::Count) || spoken())
            && !is_counted(clause, self.lexicon)
            && !self.is_listed(quantity, counts)
            && !self.counted_beside(quantity)
    }

    /// 每十万人口发病率, 与一年前比较: in the name of a rate, and a time.
    fn is_per_so_many(&self, quantity: &Quantity) -> bool {
        let (before, rest) = (self.before(quantity.span.start), self.rest(quantity.span.end));
        let power = |value: &Exact| [100_000, 1_000_000].map(Exact::integer).contains(value);
        let ago =
            quantity.time && rest.starts_with('前') && before.ends_with(['与', '與', '较', '較', '比', '和', '同']);
        ago && quantity.span.of(self.text).starts_with('一')
            || before.ends_with('每') && quantity.value.as_ref().is_some_and(power)
    }

    /// 三十左右, 超过五十: a hedge tells that something is counted; two digits side by side alone do not.
    fn is_hedged(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        match quantity.bound {
            Bound::Exact => false,
            Bound::Between => words.contains(['不', '低', '少', '小', '和', '与']) || self.is_alone(quantity.span),
            _ if quantity.bare => quantity.value.as_ref().is_some_and(|value| *value >= Exact::integer(1_000_000)),
            _ => words.chars().nth(1).is_some(),
        }
    }

    /// 共计三十七, 等于五十: what is said to be so many closes its clause.
    fn is_told(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let long = words.chars().nth(1).is_some() && !quantity.bare && quantity.bound == Bound::Exact;
        let copula = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Copula)));
        long && crate::numeral::ends(self.rest(quantity.span.end))
            && word_before(self.text, quantity.span.start, self.lexemes)
                .any(|(row, word)| copula(row) && word.of(self.text).chars().nth(1).is_some())
    }

    /// 三亿五, 八亿农民, 三百二十五, 负三点五: too long a numeral for a part of a word or a list number.
    fn is_written_out(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let long = words.chars().count() >= 3;
        // 两点一线 is a way, and no decimal.
        let closed = || crate::numeral::ends(self.rest(quantity.span.end));
        let decimal = words.contains(['点', '點']) && closed();
        // 廿五 by itself is part of no word. 腊月廿三 is a day.
        let tens = words.chars().next().and_then(|c| self.lexicon.numeral_char(c));
        let dated = self.before(quantity.span.start).ends_with('月');
        let old = matches!(tens, Some(NumeralChar::Tens(_))) && !dated && closed();
        !quantity.bare
            && !words.ends_with(['零', '〇'])
            && (quantity.scale >= 4
                || words.contains(['万', '亿', '萬', '億'])
                || long && words.contains(['百', '千'])
                || decimal
                || old)
    }

    /// 负七, 廿七, 至少七: nothing stands in the segment but the number and its hedge. A lone digit may be a list number.
    fn fills_segment(&self, quantity: &Quantity) -> bool {
        let words = quantity.span.of(self.text);
        let told = words.chars().nth(1).is_some() || quantity.bound != Bound::Exact;
        let hedge = if quantity.bound == Bound::Exact { 0 } else { HEDGE };
        let word = |text: &str| text.chars().filter(|c| is_alphanumeric(*c)).take(HEDGE + 1).count();
        told && word(self.before(quantity.span.start)) + word(self.rest(quantity.span.end)) <= hedge
    }

    /// Whether nothing but a range stands in the segment: 从三到五.
    fn is_alone(&self, span: Span<InFlow>) -> bool {
        matches!(self.before(span.start), "从" | "由" | "")
            && span.of(self.text).contains(['到', '至'])
            && !self.rest(span.end).contains(char::is_alphanumeric)
    }

    /// Whether a Han numeral behind 前 stands alone and so ranks: 前三，前十强，前五大.
    fn leads(&self, quantity: &Quantity) -> bool {
        let rest = self.rest(quantity.span.end);
        quantity.span.of(self.text) != "一"
            && (!rest.starts_with(is_han) || self.lexicon.opening(rest, Role::Leading).is_some())
    }

    /// Whether another count stands in the same list: 一所小学、两所幼儿园, 三台电脑、一台打印机, but not 一次告知、一次办结.
    fn counted_beside(&self, quantity: &Quantity) -> bool {
        // 三台电脑、一台打印机
        let before = self.before(quantity.span.start);
        let clause = before.rsplit(['，', '。', '；', ',', ';', '：']).next().unwrap_or(before);
        let rest = self.rest(quantity.span.end);
        let noun = rest.starts_with(is_han) && !rest.starts_with(|c| self.lexicon.is_numeral_char(c));
        // “一主两副、一圈两带” is a slogan.
        if noun && clause.ends_with('、') && !clause.contains('“') {
            let counted = |item: &str| {
                item.char_indices().any(|(at, _)| item.get(at..).is_some_and(|item| self.opens_count(item)))
            };
            if clause.split('、').any(counted) {
                return true;
            }
        }
        let list = rest.split(['，', '。', '；', ',', ';']).next().unwrap_or(rest);
        // 一楼和二楼
        if let (Some(unit), Some(second)) = (quantity.unit, list.strip_prefix(['和', '及', '与', '與', '至', '到']))
        {
            return second.strip_prefix('二').is_some_and(|behind| behind.starts_with(unit.of(self.text)));
        }
        list.split('、').skip(1).any(|next| self.opens_count(next))
    }

    /// Whether words open with a count of more than one.
    fn opens_count(&self, words: &str) -> bool {
        crate::numeral::read(words, self.lexicon)
            .filter(|numeral| numeral.value != Exact::integer(1))
            .and_then(|numeral| self.lexicon.unit(words.get(numeral.length()..)?))
            .is_some_and(|(_, rows)| {
                rows.iter().any(|row| matches!(self.lexicon.entry(*row), Some(Entry::Classifier(c)) if !c.noun))
            })
    }
}

/// Whether 共, 仅, 只, 各 or 每 before 一 makes it a count: 共建一所, 各打造一项, 每年一次; but not 各国人民一起, 只能一面.
fn is_counted(clause: &str, lexicon: &Lexicon) -> bool {
    let near = clause.char_indices().rev().nth(5).map_or(clause, |(at, _)| clause.get(at..).unwrap_or(clause));
    // 各级, 只能, 共同 are other words.
    let is_word = |words: &[char]| {
        let last = near.rfind(words).and_then(|at| near.get(at..));
        last.is_some_and(|rest| lexicon.opening(rest, Role::Uncounted).is_none())
    };
    near.contains('每') || is_word(&['各']) || is_word(&['共', '仅', '僅', '只'])
}
