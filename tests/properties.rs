//! What holds for every text: no panic, spans in order and on characters, no digit left behind, exact values.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use taizhang::exact::Exact;
use taizhang::io::decode;
use taizhang::{Extraction, Lexicon, Options, Pipeline};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(Lexicon::builtin(), Options::default()));

/// Checks the invariants of the rows of one text; the sentence that is broken, if one is.
fn broken(text: &str, extraction: &Extraction) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut covered = vec![false; chars.len()];
    let mut end = 0;
    for (index, fact) in extraction.facts().enumerate() {
        let (from, to) = (fact.char_start as usize, fact.char_end as usize);
        let told = || format!("row {index} `{}` at {from}..{to}", fact.text());
        if fact.fact as usize != index {
            return Some(format!("{} is numbered {}", told(), fact.fact));
        }
        if from >= to || to > chars.len() {
            return Some(format!("{} is empty or out of bounds", told()));
        }
        if from < end {
            return Some(format!("{} starts before the row before it ends", told()));
        }
        end = to;
        let Some(bytes) = text.get(fact.source.from()..fact.source.to()) else {
            return Some(format!("{} does not start and end on characters", told()));
        };
        let span: String = chars.iter().skip(from).take(to - from).collect();
        if span != bytes {
            return Some(format!("{}: bytes say `{bytes}`, characters say `{span}`", told()));
        }
        // Wide runs of spaces are layout as line breaks are.
        let spaces = span.contains(['\n', '\r', '\t'])
            || span.contains("  ")
            || span.contains("　　")
            || span.contains("　 ")
            || span.contains(" 　");
        if squeezed(&span) != squeezed(fact.text()) || !spaces && span != fact.text() {
            return Some(format!("{} is not its span `{span}`", told()));
        }
        let line = chars.iter().take(from).filter(|ch| **ch == '\n').count() + 1;
        if fact.line as usize != line {
            return Some(format!("{} is said to stand on line {}, and stands on {line}", told(), fact.line));
        }
        if !fact.sentence().contains(fact.text()) {
            return Some(format!("{} is not in its sentence `{}`", told(), fact.sentence()));
        }
        if fact.of_fact.is_some_and(|other| other as usize >= extraction.records().len() || other as usize == index) {
            return Some(format!("{} qualifies a row that is not there", told()));
        }
        covered.iter_mut().take(to).skip(from).for_each(|place| *place = true);
    }
    let left = chars.iter().zip(&covered).position(|(ch, covered)| is_digit(*ch) && !covered);
    if let Some(at) = left {
        return Some(format!("the digit at {at} is in no row: `{}`", around(&chars, at)));
    }
    // One run of digits lies inside one row: no row starts or ends between two digits.
    for fact in extraction.facts() {
        for at in [fact.char_start as usize, fact.char_end as usize] {
            let cut = at > 0 && is_digit(chars[at - 1]) && chars.get(at).copied().is_some_and(is_digit);
            if cut {
                return Some(format!("a run of digits is cut at {at}: `{}`", around(&chars, at)));
            }
        }
    }
    None
}

fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

fn around(chars: &[char], at: usize) -> String {
    chars.iter().skip(at.saturating_sub(12)).take(24).collect()
}

/// What two readings of a text must share.
fn rows(extraction: &Extraction) -> Vec<String> {
    extraction.facts().map(|fact| format!("{:?} {:?}", *fact, fact.indicator())).collect()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let extraction = PIPELINE.extract(text);
    if let Some(sentence) = broken(text, &extraction) {
        return Err(TestCaseError::fail(sentence));
    }
    prop_assert_eq!(rows(&extraction), rows(&PIPELINE.extract(text)));
    Ok(())
}

/// Pieces of which reports are made, whole and broken.
const PIECES: &[&str] = &[
    "全年完成",
    "财政收入",
    "同比增长",
    "下降",
    "占比",
    "其中",
    "分别",
    "新建",
    "企业",
    "比上年",
    "较2019年",
    "截至",
    "到",
    "计划",
    "约",
    "近",
    "超过",
    "不少于",
    "不足",
    "以上",
    "以下",
    "左右",
    "余",
    "多",
    "几",
    "第",
    "每",
    "共",
    "仅",
    "年均",
    "0",
    "1",
    "3",
    "12",
    "2022",
    "2023",
    "18.34",
    "0.5",
    "1,174",
    "1，174，300",
    "12,34",
    "007",
    "３５",
    "１２．５",
    "15. 82",
    "1 751",
    "600201",
    "20221130",
    "3.1.2",
    "1/3",
    "100:76.9",
    "9:30",
    "1+3+N",
    "10^8",
    "5G",
    "PM2.5",
    "A320",
    "GB/T 15835",
    "一",
    "两",
    "三",
    "七八",
    "十",
    "廿",
    "二十",
    "一百零五",
    "二〇二二",
    "三点一四",
    "半",
    "万",
    "亿",
    "千",
    "百",
    "壹佰",
    "零",
    "元",
    "万元",
    "亿元",
    "%",
    "％",
    "‰",
    "个百分点",
    "倍",
    "番",
    "成",
    "折",
    "个",
    "家",
    "人次",
    "户",
    "名",
    "家(次)",
    "平方米",
    "㎡",
    "公里",
    "吨",
    "亩",
    "千瓦时",
    "度",
    "分",
    "美元",
    "HK$",
    "¥",
    "RMB",
    "元/平方米",
    "/",
    "每平方公里",
    "年",
    "月",
    "日",
    "时",
    "季度",
    "百分之",
    "分之",
    "三分之二",
    "一半",
    "“十四五”",
    "上半年",
    "11月底",
    "1—11月",
    "—",
    "-",
    "~",
    "至",
    "－",
    "+",
    "±",
    "负",
    "零下",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "《",
    "》",
    "〔2022〕15号",
    "[2]",
    "①",
    ",",
    ".",
    " ",
    "　",
    "\t",
    "    ",
    "\n",
    "\n\n",
    "\r\n",
    "\n　　",
    "一、",
    "（二）",
    "1. ",
    "第一章",
    "单位：亿元\n",
    "统一",
    "进一步",
    "四川",
    "十分",
    "\u{feff}",
    "\u{fffd}",
    "\u{200b}",
    "́",
    "😀",
    "ａ",
    "x",
    "—— 12 ——",
];

fn report() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_invariants(text in "\\PC{0,80}|(?s:.{0,80})|[0-9０-９.,:/+\\-%()（）年月日 \\n\\t一二三十百千万亿点半第]{0,60}") {
        check(&text)?;
    }

    #[test]
    fn reports_keep_the_invariants(text in report()) {
        check(&text)?;
    }

    #[test]
    fn an_exact_value_is_written_as_it_is_read(digits in "[1-9][0-9]{0,40}", places in 0usize..45, negative: bool) {
        let value = Exact::decimal(&digits, places);
        let value = if negative { value.negated() } else { value };
        let read: Exact = value.to_string().parse().expect("what it writes it reads");
        prop_assert_eq!(read.to_string(), value.to_string());
        prop_assert_eq!(read, value);
    }

    #[test]
    fn a_han_numeral_is_worth_its_number(value in any_size().prop_map(|value| value % 1_0000_0000_0000)) {
        prop_assert_eq!(only_numeral(&format!("共计{}个项目。", han(value))), value.to_string(), "{}", han(value));
    }

    #[test]
    fn a_long_han_numeral_is_worth_its_number(value in 0..10_000_000_000_000_000u64) {
        prop_assert_eq!(only_numeral(&format!("共计{}个项目。", han(value))), value.to_string(), "{}", han(value));
    }

    #[test]
    fn thousands_separators_change_nothing(value in any_size(), separator in select(&[",", "，"][..])) {
        let grouped = grouped(value, if value >= 1_000_000 { separator } else { "," });
        let text = format!("共计{grouped}个项目。");
        prop_assert_eq!(only_numeral(&text), value.to_string(), "{}", text);
        let wide: String = text.chars().map(wide).collect();
        prop_assert_eq!(only_numeral(&wide), value.to_string(), "{}", wide);
    }
}

/// Numbers of all lengths alike.
fn any_size() -> impl Strategy<Value = u64> {
    (0u32..64, any::<u64>()).prop_map(|(shift, bits)| bits >> shift)
}

/// The value of the one numeral that the stage finds.
fn only_numeral(text: &str) -> String {
    let found = PIPELINE.show(text, taizhang::Stage::Numeral);
    let values: Vec<&str> = found.iter().filter_map(|item| item.fields.get("value")?.as_str()).collect();
    values.join(" ")
}

fn wide(ch: char) -> char {
    match ch {
        '0'..='9' | ',' => char::from_u32(ch as u32 + 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

fn grouped(value: u64, separator: &str) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in Han numerals, as a careful writer writes it: 一万零五百, 十二, 三亿零四万.
fn han(value: u64) -> String {
    if value == 0 {
        return "零".to_owned();
    }
    let out = sections(value);
    out.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(out)
}

fn sections(value: u64) -> String {
    for (scale, name) in [(1_0000_0000, "亿"), (1_0000, "万")] {
        let rest = value % scale;
        if value >= scale {
            let gap = if rest > 0 && rest < scale / 10 { "零" } else { "" };
            let tail = if rest > 0 { sections(rest) } else { String::new() };
            return format!("{}{name}{gap}{tail}", sections(value / scale));
        }
    }
    below_ten_thousand(value)
}

fn below_ten_thousand(value: u64) -> String {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let (mut out, mut gap) = (String::new(), false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        out.push(digits[usize::try_from(digit).expect("a digit")]);
        out.push_str(name);
    }
    out
}

#[test]
fn long_numbers_and_long_lines_are_read_whole() {
    let digits = "7".repeat(5_000);
    let text = format!("基数为{digits}个，另有{}个。", "三".repeat(5_000));
    let extraction = PIPELINE.extract(&text);
    assert_eq!(broken(&text, &extraction), None);
    let first = extraction.facts().next().and_then(|fact| fact.value.as_ref().map(ToString::to_string));
    assert_eq!(first.as_deref(), Some(digits.as_str()));
    for piece in ["?🕴?", "！😀！", "（", "1", "一", "、3", "2022年", "1—", "增长3%，", "\n1\n", "1\t"] {
        let text = piece.repeat(3_000);
        assert_eq!(broken(&text, &PIPELINE.extract(&text)), None, "{piece}");
    }
}

#[test]
fn every_text_at_hand_keeps_the_invariants() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["input", "../shared/corpus", "../shared/gold"] {
        walk(&root.join(folder), &mut files);
    }
    files.sort();
    assert!(!files.is_empty(), "the samples are there");
    let (mut read, mut wrong) = (0, Vec::new());
    for file in files {
        let Some(decoded) = std::fs::read(&file).ok().and_then(|bytes| decode(&bytes).ok()) else { continue };
        read += 1;
        let broken = broken(&decoded.text, &PIPELINE.extract(&decoded.text));
        wrong.extend(broken.map(|sentence| format!("{}: {sentence}", file.display())));
    }
    assert!(wrong.is_empty(), "{} of {read} texts:\n{}", wrong.len(), wrong.join("\n"));
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, out) } else { out.push(path) }
    }
}
