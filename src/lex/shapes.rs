//! The shapes of numbers, dates and codes: one regular expression each, all in one automaton that is tried only where
//! a shape may start.
//!
//! In the patterns Greek letters stand for what many of them share: `δ` a digit of either width, `η` a character of a
//! Han numeral, `κ` a Han digit, `υ` a year (二00八年 and 二OO八年 too), `ρ` one that may be of the Republic, `μ` a month, `τ` a day, `σ` the sign
//! of a range. Where two shapes start at one place the earlier one in the list wins.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

pub(crate) use regex_automata::hybrid::dfa::Cache;
use regex_automata::hybrid::dfa::DFA;
use regex_automata::util::pool::{Pool, PoolGuard};
use regex_automata::{Anchored, Input};

use crate::lexicon::{Lexicon, NumeralChar, is_digit};

/// What the shape of a lexeme tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An address on the web or of a mailbox.
    Address,
    /// 〔2022〕15号
    DocumentNumber,
    /// 1+3+N, 4横12纵
    Sum,
    /// GB/T 15835-2011, PM2.5, T2
    Code,
    /// mg/m3 behind a number, m2 behind a slash: digits that belong to a unit, where a number has it
    Unit,
    /// 0399-1234567
    Phone,
    /// 2022/11/30, 2022-11-30
    NumericDate,
    /// 1.2.3
    Version,
    /// 15:61.9:23.1, 9:30
    Ratio,
    /// 1/3, 2 1/2
    Fraction,
    /// 10^8, 1.5×10⁸, 10的8次方
    Power,
    /// 一半, 半数, 百分百, 对折, 半折, 十之八九
    Half,
    /// 翻番, 倍增
    Doubling,
    /// 2012-13年度, 2016至2020年
    YearRange,
    /// 1—11月, 3月5日至8日
    MonthRange,
    /// 2022年11月30日, 10月, 5日
    Calendar,
    /// 95年, 109至111年: years of the Republic that only the text around them tells
    Republic,
    /// 2022年一季度
    Quarter,
    /// 上午9时30分
    Clock,
    /// 百分之八
    PerHundred,
    /// 1O0, l5, O.5: letters that were read for digits
    Damaged,
    /// 1 2 3 . 4: digits that the layout set apart one by one
    Spaced,
    /// 18.34
    Arabic,
    /// 一千二百万
    Han,
}

impl Shape {
    /// The name that `show` prints.
    #[must_use]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::DocumentNumber => "document_number",
            Self::Sum => "sum",
            Self::Code => "code",
            Self::Unit => "unit",
            Self::Phone => "phone",
            Self::NumericDate => "numeric_date",
            Self::Version => "version",
            Self::Ratio => "ratio",
            Self::Fraction => "fraction",
            Self::Power => "power",
            Self::Half => "half",
            Self::Doubling => "doubling",
            Self::YearRange => "year_range",
            Self::MonthRange => "month_range",
            Self::Calendar => "calendar",
            Self::Republic => "republic",
            Self::Quarter => "quarter",
            Self::Clock => "clock",
            Self::PerHundred => "per_hundred",
            Self::Damaged => "damaged",
            Self::Spaced => "spaced",
            Self::Arabic => "arabic",
            Self::Han => "han",
        }
    }
}

/// The shapes and how each is written.
const SHAPES: &[(Shape, &str)] = &[
    (
        Shape::Address,
        r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9][A-Za-z0-9._%-]{0,40}@[A-Za-z0-9][A-Za-z0-9.-]{0,80}|[A-Za-z][A-Za-z0-9-]{0,40}(?:\.[A-Za-z][A-Za-z0-9-]{0,20}){1,4}/[!-~]+",
    ),
    (Shape::DocumentNumber, r"[〔\[（(【［﹝]\s?δδδδ\s?[〕\]）)】］﹞]\s?第?\s?δ{1,5}\s?[号號]"),
    (Shape::DocumentNumber, r"[〔\[【［﹝]\s?δδδδ\s?[〕\]】］﹞]\s?[A-Z][-－A-Z0-9０-９]{0,16}\s?[号號]"),
    (Shape::DocumentNumber, r"第\s?[12１２]δδδ[-－—–]δ{1,4}\s?[号號]"),
    (Shape::Sum, r"δ{1,2}[+＋]δ{1,2}[>＞＝=]δ{1,2}"),
    (Shape::Sum, r"[A-Za-z0-9０-９]+(?:[+＋][A-Za-z0-9０-９]+)+"),
    (Shape::Sum, r"δ{1,2}[横橫纵縱环環射]δ{1,2}[横橫纵縱环環射](?:δ{1,2}[横橫纵縱环環射])?"),
    (Shape::Code, r"[A-Z]{1,4}[(（]δ{1,2}[)）]δ{1,5}/δδ(?:-δδ|δδ(?:[(（]δδ[)）])?)"),
    (Shape::Code, r"[A-Z]{2,6}[(（](?:δδ)?δδ-δδ[)）]δ{1,3}"),
    (Shape::Code, r"(?:ISO|IEC|OHSAS)[A-Z/]{0,8}\s?δ{4,5}(?:-δ{1,2})?\s?[:：]\s?δδδδ"),
    (Shape::Code, r"T/[A-Z]{2,8}\s?δ+(?:[-—.]\s?δ+)*"),
    (Shape::Code, r"DBδ{2,6}/T\s?δ+(?:[-—.]\s?δ+)*"),
    (Shape::Code, r"(?:GB|DB|ISO|IEC|YY|HJ|NY|QB|SL|JT|CJJ|JGJ)[A-Z/]{0,8}\s?δ+(?:[-—.]\s?δ+)*"),
    (Shape::Code, r"[A-Za-z]+(?:[-/_.][A-Za-z]+){0,8}[-/_.－]?δ[A-Za-z0-9０-９]*(?:[-/_.][A-Za-z0-9０-９]+)*"),
    (Shape::Code, r"δ{4,6}\.[A-Z]{2}"),
    (Shape::Code, r"97[89][-–]δ[-–]δ{2,7}[-–]δ{1,6}[-–][0-9X]"),
    (Shape::Code, r"[1-9](?:-[1-9]){2,3}"),
    (Shape::Phone, r"[（(]?0δδδ?[）)]?[-－—–]\s?δδδδδδδδ?(?:[-－—转]δ{1,6})?"),
    (Shape::Phone, r"[（(]0δδδ?[）)]\s?δδδδ?[-－—– ]?δδδδ"),
    (Shape::Phone, r"[48]00[-－—]?δ{3,4}[-－—]δ{3,4}"),
    (Shape::MonthRange, r"[12１２][089０８９]δδ[.．]δ{1,2}\s?[-—–~～－至]\s?δ{1,2}\s?月"),
    (Shape::NumericDate, r"[12１２][089０８９]δδ[-/.．]δ{1,2}[-/.．]δ{1,2}"),
    (Shape::NumericDate, r"[12１２] [089０８９] δ δ [01０１] δ [0-3０-３] δ"),
    (Shape::Code, r"δ{2,7}-δδ-δ"),
    (Shape::Calendar, r"[12１２] [089０８９] δ δ 年(?: δ(?: δ)? 月(?: δ(?: δ)? 日)?)?"),
    (Shape::Version, r"δ+(?:\.δ+){2,}"),
    (Shape::Clock, r"(?:上午|下午|中午|凌晨|晚上|早上|晚|早)\s?[012]?δ[:：][0-5]δ(?:\s?σ\s?[012]?δ[:：][0-5]δ)?"),
    (Shape::Clock, r"(?:0?[5-9]|[01]δ|2[0-4])[:：][0-5]δ\s?σ\s?[012]?δ[:：][0-5]δ"),
    (Shape::Ratio, r"1\s?[:：∶]\s?δ{1,3}(?:,δδδ)+"),
    (Shape::Ratio, r"δ+(?:[.．]δ+)?(?:\s?[:：∶︰]\s?δ+(?:[.．]δ+)?)+"),
    (
        Shape::YearRange,
        r"υ\s?[-—–/／]\s?(?:δδ|κκ)\s?(?:年度)?\s?[至到]\s?υ\s?[-—–/／]\s?(?:δδ|κκ)\s?(?:(?:[财財]政)?年度)?",
    ),
    (Shape::YearRange, r"υ\s?年?度?\s?σ\s?υ\s?年(?:度|[底末初])?"),
    (Shape::YearRange, r"υ\s?至\s?(?:δδ|κκ)\s?(?:(?:[财財]政)?年度|[学學]年度?)"),
    (Shape::YearRange, r"υ\s?[-—–/／－]\s?(?:δδδδ|δδ|κκ)\s?(?:[学學]|[财財]政?)?年度?"),
    (Shape::YearRange, r"υ\s?[-—–/／－]\s?(?:δδδδ|δδ)\s?[榨赛賽馬马球雪]季"),
    (Shape::YearRange, r"[（(](?:1[789]|20)[0-9][0-9]\s?[-—–~～－]\s?(?:(?:1[789]|20)[0-9][0-9]|[0-9]{1,2})[)）]"),
    (Shape::MonthRange, r"υ\s?年\s?μ\s?月(?:\s?τ\s?日)?\s?σ\s?υ\s?年\s?μ\s?月(?:\s?τ\s?日)?"),
    (
        Shape::MonthRange,
        r"(?:υ\s?年\s?)?μ\s?月\s?τ\s?日\s?(?:δ{1,2}|零)\s?[时時]\s?σ\s?(?:(?:υ\s?年\s?)?μ\s?月\s?)?τ\s?日\s?(?:δ{1,2}|零)\s?[时時]",
    ),
    (Shape::MonthRange, r"τ\s?日?\s?σ\s?τ\s?日"),
    (
        Shape::MonthRange,
        r"(?:ρ\s?年\s?)?μ\s?(?:月(?:份|[上中下]旬)?)?\s?σ\s?μ\s?月(?:份|[上中下]旬)?(?:\s?τ\s?[日号])?",
    ),
    (Shape::MonthRange, r"(?:υ\s?年\s?)?μ\s?月\s?τ\s?[日号]?\s?σ\s?(?:(?:υ\s?年\s?)?μ\s?月\s?)?τ\s?[日号]"),
    (Shape::Quarter, r"(?:δδ)?δδ年?Q[1-4]\s?σ\s?Q[1-4]"),
    (Shape::Quarter, r"(?:δδ)?δδ年?[QH][1-4]"),
    (Shape::Quarter, r"[1-4]Q(?:δδ)?|[12]Hδδ"),
    (Shape::Quarter, r"υ\s?年?\s?(?:(?:[一三]季|半年|中)[报報]|半年度)"),
    (Shape::Quarter, r"ρ\s?年\s?第?\s?[一二三四1234１２３４]\s?季度?"),
    (Shape::Quarter, r"(?:υ\s?年\s?)?第?[一二三四1234１２３４](?:\s?σ\s?[一二三四1234１２３４])?\s?季度"),
    (Shape::Quarter, r"第[一二三四1-4１-４]季"),
    (Shape::Calendar, r"(?:δ{1,2}|η{1,2})\s?世[纪紀](?:\s?(?:δδ|η{1,3})\s?年代)?[初中末]?"),
    (Shape::Calendar, r"(?:δδ|κ?κ十|η{1,2})\s?年代[初中末]?"),
    (Shape::Calendar, r"(?:υ\s?年\s?)?μ\s?月\s?τ(?:[上中下]午|凌晨)"),
    (Shape::Clock, r"[01]δ-[0-3]δ [0-2]δ:[0-5]δ(?::[0-5]δ)?"),
    (
        Shape::Clock,
        r"(?:上午|下午|中午|凌晨|晚上|早上|晚|早)?\s?δ{1,2}\s?[时時点點]?(?:\s?δ{1,2}\s?分)?\s?σ\s?δ{1,2}\s?[时時](?:\s?δ{1,2}\s?分)?",
    ),
    (Shape::Calendar, r"υ\s?年\s?μ\s?月(?:份)?(?:\s?τ\s?[日号])?(?:[底末初]|[上中下]旬)?"),
    (Shape::Calendar, r"δδ\s?年\s?μ\s?月(?:份)?(?:\s?τ\s?[日号])?[底末初]?|δδ\s?年[底末初]"),
    (Shape::MonthRange, r"[(（](?:1[0-2]δ|[5-9]δ|(?:19|20)δδ)[)）]\s?年\s?μ\s?月?\s?σ\s?μ\s?月"),
    (
        Shape::Calendar,
        r"[(（](?:1[0-2]δ|[5-9]δ|(?:19|20)δδ)[)）]\s?年(?:\s?μ\s?月(?:\s?τ\s?日)?[底末初]?|[底末]|度|[上下]半年|\s?第?\s?[一二三四1-4]\s?季度?)?",
    ),
    (Shape::Calendar, r"1[0-2]δ\s?年\s?(?:μ\s?月(?:份)?(?:\s?τ\s?[日号])?[底末初]?|[底末初]|[上下]半年|度)?"),
    (Shape::Calendar, r"1[0-2]δ\s?(?:[會会][計计]|[學学])年度"),
    (Shape::Calendar, r"υ\s?年代[初中末]?|υ\s?[学學财財]年度?|υ\s?[上下]半年"),
    (Shape::Calendar, r"υ\s?年\s?第\s?τ\s?[周週]"),
    (Shape::Calendar, r"υ\s?年度?(?:[底末初]|(?:上|下)半年)?"),
    (Shape::Republic, r"(?:民國|民国)\s?[δη]{1,5}\s?年\s?σ\s?(?:民國|民国)?\s?[δη]{1,5}\s?年度?"),
    (Shape::Republic, r"(?:民國|民国)\s?[δη]{1,4}\s?σ\s?[δη]{1,4}\s?年度?"),
    (Shape::Republic, r"(?:1[0-2]δ|[3-9]δ)\s?年?度?\s?σ\s?(?:1[0-2]δ|[3-9]δ)\s?(?:[學会會]?計?年度|年[底末]?)"),
    (Shape::Republic, r"[3-9]δ\s?(?:[學會]?計?年度|年[底末初]?)"),
    (Shape::Republic, r"[三四五六七八九]十[一二三四五六七八九]?\s?(?:學?年度|年(?:[底末初]|\s?μ\s?月(?:\s?τ\s?日)?)?)"),
    (Shape::Calendar, r"[一二五六七八九〇零]κ年(?:度|[底末初]|μ月(?:τ日)?)?"),
    (Shape::Calendar, r"[(（]δ{1,2}[)）]\s?[日月]"),
    (Shape::Calendar, r"(?:民國|民国)\s?[δη]{1,5}\s?年(?:度|[底末初]|(?:\s?μ\s?月)?(?:\s?τ\s?日)?)"),
    (Shape::Calendar, r"一[零〇○一二三四]κ(?:[會会][計计]|[學学])?年(?:度|[底末初]|μ月(?:τ日)?)"),
    (Shape::Republic, r"一[零〇○一二三四]κ年"),
    (Shape::Calendar, r"一百η{0,3}\s?年\s?μ\s?月(?:\s?τ\s?日)?"),
    (Shape::Calendar, r"δδδ\s?(?:學年度?|年度)"),
    (Shape::Calendar, r"μ\s?月\s?τ\s?日\s?τ\s?[点點]"),
    (Shape::Calendar, r"μ\s?月(?:份)?(?:\s?τ\s?[日号])?(?:[底末初]|[上中下]旬)?"),
    (Shape::Calendar, r"τ\s?日"),
    (Shape::Clock, r"(?:上午|下午|中午|凌晨|晚上|早上|晚|早)?\s?(?:τ|零)\s?[时時](?:\s?零?\s?[δκ]{1,3}\s?分)?"),
    (
        Shape::Clock,
        r"(?:上午|下午|中午|凌晨|晚上|早上|晚|早)\s?(?:τ|零)\s?[点點](?:\s?(?:[δκ十]{1,3}\s?分?|半|整|鐘|钟))?",
    ),
    (Shape::Clock, r"(?:上午|下午|中午|凌晨|晚上|早上|晚|早)\s?κκ[点點][钟鐘]?"),
    (Shape::Clock, r"τ\s?[点點]\s?(?:[δκ十]{1,3}\s?分|半|整)"),
    (Shape::PerHundred, r"(?:(?:δ*η+|δ+)\s?又\s?)?(?:η+|δ+)\s?分\s?之\s?[-－负負]?(?:δ+(?:[.．]δ+)?|η+\.κ+|η+)"),
    (Shape::PerHundred, r"三分[一二]|四分[一三]"),
    (Shape::Fraction, r"(?:(?:δ+|η+)\s?又\s?)?δ+[/／]δ+"),
    (Shape::Fraction, r"δ{1,2} δ{1,2}[/／]δ{1,2}"),
    (
        Shape::Power,
        r"(?:(?:δ+(?:[.．]δ+)?|η+)\s?(?:[×*xX]|乘以?)\s?)?(?:δ+(?:[.．]δ+)?|η+)的[负負]?(?:δ{1,3}|η{1,4})次[方幂]",
    ),
    (Shape::Power, r"(?:δ+(?:[.．]δ+)?\s?[×*xX]\s?)?δ+(?:[.．]δ+)?\s?[\^＾]\s?[-−+]?δ{1,3}"),
    (Shape::Power, r"(?:δ+(?:[.．]δ+)?\s?[×*xX]\s?)?10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"),
    (
        Shape::Power,
        r"(?:δ[.．]δ+\s?[×*xX]\s?10δ{1,2}|δ[.．]δ+\s?[×*xX]\s?10[-−–－]δ{1,2}|1\s?[×*xX]\s?10[-−–－]δ{1,2})",
    ),
    (Shape::Power, r"δ+(?:[.．]δ+)?(?:[eE]|\s?[ｅＥ])[-−－+＋]?δ{1,3}"),
    (Shape::Ratio, r"δ{1,3}(?:[.．]δ+)?\s?比\s?δ{1,3}(?:[.．]δ+)?"),
    (Shape::Ratio, r"[κ十]{1,3}(?:点κ+)?比[κ十]{1,3}(?:点κ+)?"),
    (Shape::Doubling, r"翻了?番|倍增"),
    (
        Shape::Arabic,
        r"δ{1,3}(?:\s?,δδδ)+\.[0-9] [0-9]|δ{1,3}(?:(?:\s?,|[，'’])δδδ)+(?:\s?[.．]\s?δ+)?|δ{1,2}(?: δδδ)+|δδδ δδδ|δ*[½⅓⅔¼¾⅕⅛]|δ+(?:\s?[.．]\s?δ+|[。·﹒]δ+)?|[.．]δ+",
    ),
    (Shape::Half, r"一半|半[数數百]|百分百|[对對半]折|十之κκ"),
    (Shape::Han, r"η{1,12}\.κ{1,6}"),
    (Shape::Han, r"η{0,8}κ、κ[十百千万萬亿億]η*"),
    (Shape::Han, r"η+"),
];

/// Bytes that the states of the automaton may take for each thread: all that texts call for fit, so that none is built
/// twice.
const CACHE: usize = 1 << 24;

/// The most bytes of a shape that starts behind a letter.
const INSIDE: usize = 64;

/// The compiled shapes of one lexicon.
#[derive(Debug)]
pub(crate) struct Shapes {
    dfa: Arc<DFA>,
    /// The automaton is built as texts call for it; what one text built serves the next.
    caches: Pool<Cache, MakeCache>,
}

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What a search works in, taken for one text at a time.
pub(crate) type ShapeCache<'a> = PoolGuard<'a, Cache, MakeCache>;

impl Shapes {
    /// Compiles the shapes with the lexicon's numeral characters.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let chars = |wanted: fn(NumeralChar) -> bool| -> String {
            lexicon.numeral_chars().filter(|(_, class)| wanted(*class)).map(|(ch, _)| ch).collect()
        };
        let digits = chars(|class| matches!(class, NumeralChar::Digit(_) | NumeralChar::Zero));
        let all = chars(|_| true);
        let patterns: Vec<String> = SHAPES.iter().map(|(_, pattern)| expand(pattern, &digits, &all)).collect();
        let config = DFA::config().starts_for_each_pattern(false).skip_cache_capacity_check(true).cache_capacity(CACHE);
        match DFA::builder().configure(config).build_many(&patterns) {
            Ok(dfa) => {
                let dfa = Arc::new(dfa);
                let maker = Arc::clone(&dfa);
                Self { dfa, caches: Pool::new(Box::new(move || maker.create_cache())) }
            }
            Err(error) => unreachable!("the shapes are constants and the characters are escaped: {error}"),
        }
    }

    /// What searches work in.
    pub(crate) fn cache(&self) -> ShapeCache<'_> {
        self.caches.get()
    }

    /// The shape that starts at byte `at` of `text`, and its end.
    pub(crate) fn starts_at(&self, text: &str, at: usize, cache: &mut Cache) -> Option<(Shape, usize)> {
        // In 1a1a1a+ a sum that the front of the run does not open starts nowhere inside: only short shapes do, and
        // looking for it at every digit would take the square of the run.
        let inside = text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()));
        let end = if inside { past_digits(text, at + INSIDE) } else { text.len() };
        let input = Input::new(text).range(at..end).anchored(Anchored::Yes);
        // The search fails only where a cache is given up on, which the configuration rules out.
        let found = self.dfa.try_search_fwd(cache, &input).ok().flatten()?;
        let shape = SHAPES.get(found.pattern().as_usize()).map(|(shape, _)| *shape)?;
        Some((shape, found.offset()))
    }
}

/// The end of the run of digits around a place of `text`, or the first character from there on: no number is cut.
fn past_digits(text: &str, at: usize) -> usize {
    let behind = (at..text.len()).find_map(|at| text.get(at..)).unwrap_or_default();
    text.len() - behind.trim_start_matches(is_digit).len()
}

/// Writes the Greek letters of a pattern out.
fn expand(pattern: &str, digits: &str, all: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 4);
    let mut in_class = false;
    let put = |out: &mut String, class: &str, in_class: bool| {
        if in_class { out.push_str(class) } else { out.extend(["[", class, "]"]) }
    };
    for ch in pattern.chars() {
        match ch {
            'δ' => put(&mut out, "0-9０-９", in_class),
            'η' => put(&mut out, all, in_class),
            'κ' => put(&mut out, digits, in_class),
            'υ' => out.push_str(&expand("(?:δδδδ|[一二]κκκ|二[0０OＯ]{2}κ)", digits, all)),
            'ρ' => out.push_str(&expand("(?:υ|1[0-2]δ)", digits, all)),
            'μ' => out.push_str(&expand("(?:δ{1,2}|十[一二]?|[一二三四五六七八九正元])", digits, all)),
            'τ' => out.push_str(&expand(
                "(?:δ{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|[廿卅][一二三四五六七八九]?)",
                digits,
                all,
            )),
            'σ' => out.push_str("(?:[-—–―－~～至到]|——|--)"),
            _ => {
                in_class = ch == '[' || in_class && ch != ']';
                out.push(ch);
            }
        }
    }
    out
}
