//! Whatever the bytes of a file are, a run ends with its rows or with the reason why it has none, and never in a panic.
//!
//! Reports in every format are damaged as files are damaged: bytes flipped, lost, doubled, put in from elsewhere, decoded
//! and encoded wrongly. `TAIZHANG_MUTATIONS=10000 cargo test --release --test bytes` tries more of them.
#![cfg(all(feature = "html", feature = "docx"))]

mod packed;
mod program;

use std::fs;
use std::path::Path;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

use packed::{docx, gzip};
use program::{folder, taizhang};

/// Numbers that look like chance and are the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("a small number")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The samples, each not too long.
fn texts() -> Vec<String> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let mut paths: Vec<_> = fs::read_dir(input).expect("samples").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let text = |path| fs::read_to_string(path).expect("a sample").chars().skip(200).take(1_200).collect();
    paths.iter().map(text).collect()
}

/// A report in every format that is read, with the end of its name.
fn reports(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let paragraphs: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect::<Vec<_>>().concat();
    let table =
        "<table><tr><td rowspan=2>项目<td colspan=2>2023年<tr><td>总量<td>增速<tr><td>收入<td>12.5<td>3%</table>";
    let page = format!("<!doctype html><meta charset=gbk><nav>首页</nav><div class=a>{paragraphs}{table}</div>");
    let runs: Vec<String> = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let encoded = |text: &str, encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    vec![
        ("txt", text.as_bytes().to_vec()),
        ("md", encoded(text, GB18030)),
        ("text", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("html", encoded(&page, GBK)),
        ("htm", page.into_bytes()),
        ("docx", docx(&runs.concat())),
        ("txt.gz", gzip(text.as_bytes())),
        ("txt.zst", zstd::encode_all(text.as_bytes(), 1).expect("packed")),
    ]
}

/// The same in tables.
fn tables(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let rows: Vec<String> = lines.iter().map(|line| format!("1,\"{}\"\n", line.replace('"', "\"\""))).collect();
    let csv = format!("id,body\n{}", rows.concat());
    let objects: Vec<String> =
        lines.iter().map(|line| format!("{}\n", serde_json::json!({ "id": 1, "body": line }))).collect();
    let jsonl = objects.concat();
    // A table of the program's own has a column of texts too.
    let at = folder(&[("a.txt", text.as_bytes())]);
    taizhang(at.path(), &["extract", "a.txt", "-o", "out", "-q", "--format", "parquet"]);
    let parquet = fs::read(at.path().join("out/facts.parquet")).expect("a table");
    vec![
        ("csv", csv.into_bytes()),
        ("jsonl", jsonl.clone().into_bytes()),
        ("jsonl.gz", gzip(jsonl.as_bytes())),
        ("parquet", parquet),
    ]
}

fn damaged(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        let (at, length) = (chance.below(bytes.len()), chance.below(200));
        let end = (at + length).min(bytes.len());
        match chance.below(7) {
            0 => (0..=chance.below(20)).for_each(|_| {
                let (place, bit) = (chance.below(bytes.len()), chance.below(8));
                bytes.get_mut(place).into_iter().for_each(|byte| *byte ^= 1 << bit);
            }),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.extend_from_within(at..end),
            4 => drop(bytes.splice(at..end, other.iter().copied().skip(at).take(length).collect::<Vec<_>>())),
            5 => {
                let encodings = [UTF_8, GB18030, GBK, BIG5, WINDOWS_1252];
                let text = chance.of(&encodings).decode_without_bom_handling(&bytes).0;
                bytes = chance.of(&encodings).encode(&text).0.into_owned();
            }
            _ => bytes.splice(at..at, (0..length % 16).map(|_| chance.next().to_le_bytes()[0])).for_each(drop),
        }
    }
    bytes
}

/// Runs the program over damaged files and gives what it said, its report, and how many files there were.
fn survived(reports: &[(&'static str, Vec<u8>)], seed: u64, args: &[&str]) -> (serde_json::Value, usize) {
    let mutations = std::env::var("TAIZHANG_MUTATIONS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(600);
    let mut chance = Chance(seed);
    let at = folder(&[("in/whole.txt", "新增企业282家。".as_bytes())]);
    for number in 0..mutations {
        let (ending, bytes) = chance.of(reports);
        let (_, other) = chance.of(reports);
        let bytes = damaged(bytes, other, &mut chance);
        fs::write(at.path().join(format!("in/{number}.{ending}")), bytes).expect("a file");
    }
    let ended = taizhang(at.path(), &[&["extract", "in", "-o", "out", "-q", "--all-kinds"], args].concat());
    assert!(matches!(ended.code, 0 | 1), "{}: {}", ended.code, ended.stderr);
    assert!(!ended.stderr.contains("panicked") && ended.stdout.is_empty(), "{}", ended.stderr);
    assert!(ended.stderr.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", ended.stderr);
    let report = fs::read_to_string(at.path().join("out/run.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    for one in report["rejected"].as_array().expect("a list") {
        assert!(one["reason"].as_str().is_some_and(|reason| reason.len() > 10), "{one}");
        assert!(!one["reason"].as_str().is_some_and(|reason| reason.contains("fault in this program")), "{one}");
    }
    (report, mutations + 1)
}

#[test]
fn damaged_files_give_rows_or_a_reason() {
    let reports: Vec<_> = texts().iter().flat_map(|text| reports(text)).collect();
    let (report, files) = survived(&reports, 1, &[]);
    let told = |what: &str| report["documents"][what].as_u64().expect("a number");
    assert_eq!(told("read") + told("rejected"), files as u64);
    assert!(told("read") > 100 && told("rejected") > 20, "{}", report["documents"]);
}

/// Three bits of this file make its reader ask for two exabytes.
#[test]
fn a_file_that_ends_its_reader_is_rejected_alone() {
    let deadly = include_bytes!("damaged/deadly.parquet");
    let at = folder(&[("in/deadly.parquet", deadly), ("in/news.csv", "text\n新增企业282家。\n".as_bytes())]);
    let ended =
        taizhang(at.path(), &["extract", "in", "-o", "out", "-q", "--text-column", "text", "--columns", "text"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert!(ended.stderr.contains("deadly.parquet` is no whole Parquet file"), "{}", ended.stderr);
    let rows = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
    assert_eq!(rows, "text\n282家\n");
}

#[test]
fn damaged_tables_give_rows_or_a_reason() {
    let texts = texts();
    let mut reports: Vec<_> = texts.iter().flat_map(|text| tables(text)).collect();
    let (report, _) = survived(&reports, 2, &["--text-column", "body"]);
    assert!(report["rows"]["written"].as_u64().is_some_and(|rows| rows > 1_000), "{}", report["rows"]);
    reports.retain(|(ending, _)| *ending == "parquet");
    let (report, _) = survived(&reports, 3, &["--text-column", "sentence"]);
    assert!(report["documents"]["rejected"].as_u64().is_some_and(|files| files > 100), "{}", report["documents"]);
}
