//! What the program reads: folders, lists, tables, packed files, web pages, Word and PDF files, in any encoding.

mod files;
mod encodings;
mod tables;
#[cfg(all(feature = "html", feature = "docx"))]
mod main_text;
#[cfg(all(feature = "html", feature = "docx"))]
mod pages;
#[cfg(unix)]
mod pdf;
#[path = "../packed/mod.rs"]
mod packed;
#[path = "../program/mod.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use encoding_rs::{BIG5, Encoding, GB18030, GBK};
use serde_json::{Value, json};
use tempfile::TempDir;

use packed::gzip;
use program::{ended, fed, folder, program, taizhang};

const TEXT: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n新增入驻企业282家。\n";

/// The rows that `args` write to standard output, with `columns`.
fn rows(folder: &Path, columns: &str, args: &[&str]) -> Vec<String> {
    let all = [&["extract", "-o", "-", "-q", "--columns", columns], args].concat();
    let ended = taizhang(folder, &all);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    ended.stdout.lines().map(str::to_owned).collect()
}

fn report(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("out/run.json")).expect("a report");
    serde_json::from_str(&text).expect("JSON")
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}
