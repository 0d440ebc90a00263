//! What holds for every text: no panic, spans in order and on characters, no digit left behind, exact values.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use taizhang::exact::Exact;
use taizhang::io::decode;
use taizhang::{Extraction, Lexicon, Options, Pipeline};

mod invariants;

use invariants::broken;
use invariants::written::{grouped, wide};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(Lexicon::builtin(), Options::default()));

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
    fn a_numeral_is_worth_its_number(number in any_size()) {
        for (written, value) in invariants::written::ways(number) {
            prop_assert_eq!(invariants::only_numeral(&PIPELINE, &format!("共计{written}个项目。")), value, "{}", written);
        }
    }

    #[test]
    fn thousands_separators_change_nothing(value in any_size(), separator in select(&[",", "，"][..])) {
        let grouped = grouped(value, if value >= 1_000_000 { separator } else { "," });
        let text = format!("共计{grouped}个项目。");
        prop_assert_eq!(invariants::only_numeral(&PIPELINE, &text), value.to_string(), "{}", text);
        let wide: String = text.chars().map(wide).collect();
        prop_assert_eq!(invariants::only_numeral(&PIPELINE, &wide), value.to_string(), "{}", wide);
    }
}

/// Numbers of all lengths alike.
fn any_size() -> impl Strategy<Value = u64> {
    (0u32..64, any::<u64>()).prop_map(|(shift, bits)| bits >> shift)
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

/// Bytes that a search over all paths of the code (`fuzz/`) began with, and the smallest of those that once broke something.
#[test]
fn what_the_search_has_kept_keeps_the_invariants() {
    let kept = |folder: &str| {
        let mut files = Vec::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed").join(folder), &mut files);
        files.sort();
        assert!(!files.is_empty(), "{folder}");
        files.into_iter().map(|file| (std::fs::read(&file).expect("a file"), file))
    };
    let mut wrong = Vec::new();
    for (bytes, file) in kept("extract") {
        wrong.extend(invariants::broken_by_bytes(&PIPELINE, &bytes).map(|told| format!("{}: {told}", file.display())));
    }
    for (bytes, file) in kept("numeral") {
        wrong.extend(
            invariants::broken_by_numerals(&PIPELINE, &bytes).map(|told| format!("{}: {told}", file.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, out) } else { out.push(path) }
    }
}
