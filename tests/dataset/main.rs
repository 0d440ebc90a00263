//! A dataset that grows: what is read again, what is replaced, and what an interruption leaves.

mod interrupted;
mod partitioned;
#[path = "../program/mod.rs"]
mod program;
mod rejected;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use polars::io::SerReader as _;
use polars::prelude::{DataFrame, ParquetReader};
use tempfile::TempDir;

use program::{folder, program, taizhang};

/// The bytes of the files of a folder, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn command(at: &Path, args: &[&str]) -> Command {
    let mut command = program(at, &[&["extract"], args].concat());
    command.stdin(Stdio::null());
    command
}

/// Runs to the end; the exit code and what was said.
fn extract(at: &Path, args: &[&str]) -> (i32, String) {
    let ended = taizhang(at, &[&["extract"], args].concat());
    assert_eq!(ended.stdout, "", "data goes to files");
    (ended.code, ended.stderr)
}

fn grown(at: &Path, args: &[&str]) {
    let (code, said) = extract(at, args);
    assert_eq!(code, 0, "{said}");
}

fn text(number: usize) -> String {
    format!(
        "2023年，第{number}街道完成财政总收入{}.{}亿元，同比增长{}%。\n",
        number + 3,
        number % 9 + 1,
        number % 17 + 1
    )
    .repeat(number % 5 + 1)
}

fn write(at: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = at.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A folder with `in/` of so many documents.
fn inputs(documents: usize) -> TempDir {
    let at = folder(&[]);
    (0..documents).for_each(|number| write(at.path(), &format!("in/{number:03}.txt"), text(number)));
    at
}

/// The files of a folder and of those below it.
fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
    files
}

fn facts(at: &Path) -> Files {
    files(&at.join("data/facts"))
}

fn report(at: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(at.join("data/run.json")).expect("a report")).expect("JSON")
}

/// Read, unchanged, pruned, rejected.
fn counts(at: &Path) -> [u64; 4] {
    let documents = &report(at)["documents"];
    ["read", "unchanged", "pruned", "rejected"].map(|name| documents[name].as_u64().expect("a count"))
}

/// All parts as a reader with a glob sees them.
fn table(at: &Path) -> DataFrame {
    let mut table: Option<DataFrame> = None;
    for name in facts(at).keys().filter(|name| name.ends_with(".parquet")) {
        let part = fs::File::open(at.join("data/facts").join(name)).expect("a part");
        let part = ParquetReader::new(part).finish().expect("a table");
        table = Some(match table {
            Some(table) => table.vstack(&part).expect("parts have one schema"),
            None => part,
        });
    }
    table.expect("a part at least")
}

/// Rows by document.
fn rows(at: &Path) -> BTreeMap<String, usize> {
    let mut rows = BTreeMap::new();
    for name in table(at).column("document").expect("a column").str().expect("texts").iter().flatten() {
        *rows.entry(name.to_owned()).or_default() += 1;
    }
    rows
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copied(&path, &place);
        } else {
            fs::copy(&path, &place).expect("a copy");
        }
    }
}

const GROW: [&str; 3] = ["in", "--dataset", "data"];

#[test]
fn a_rerun_reads_nothing_and_changes_nothing() {
    let at = inputs(5);
    grown(at.path(), &GROW);
    assert_eq!(counts(at.path()), [5, 0, 0, 0]);
    let before = facts(at.path());
    grown(at.path(), &GROW);
    assert_eq!(counts(at.path()), [0, 5, 0, 0]);
    assert!(facts(at.path()) == before);
    // Another time alone is no change: the bytes are looked at.
    write(at.path(), "in/001.txt", text(1));
    grown(at.path(), &GROW);
    assert_eq!(counts(at.path()), [0, 5, 0, 0]);
}

#[test]
fn the_rows_are_those_of_a_single_table() {
    let at = inputs(40);
    grown(at.path(), &GROW);
    grown(at.path(), &["in", "-o", "out"]);
    let whole = ParquetReader::new(fs::File::open(at.path().join("out/facts.parquet")).expect("a table"));
    let whole = whole.finish().expect("a table");
    let parts = table(at.path());
    assert_eq!(parts.schema(), whole.schema());
    // Parts are neighbours by name, so sorted by their first document they are the table.
    let mut parts: Vec<DataFrame> = facts(at.path())
        .into_iter()
        .filter(|(name, _)| name.ends_with(".parquet"))
        .map(|(_, bytes)| ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a table"))
        .collect();
    let first = |part: &DataFrame| part.column("document").ok()?.str().ok()?.get(0).map(str::to_owned);
    parts.sort_by_key(first);
    assert!(parts.len() > 1, "more documents than a part takes");
    let sorted = parts.into_iter().reduce(|all, part| all.vstack(&part).expect("rows")).expect("parts");
    assert!(sorted.equals_missing(&whole));
}

#[test]
fn a_changed_document_is_replaced_and_a_new_one_added() {
    let at = inputs(5);
    grown(at.path(), &GROW);
    let before = rows(at.path());
    write(at.path(), "in/003.txt", "新增入驻企业282家。");
    write(at.path(), "in/more/x.txt", "新增绿道5公里。");
    grown(at.path(), &GROW);
    assert_eq!(counts(at.path()), [2, 4, 0, 0]);
    let mut expected = before;
    expected.insert("003.txt".to_owned(), 1);
    expected.insert("more/x.txt".to_owned(), 1);
    assert_eq!(rows(at.path()), expected);
}

#[test]
fn the_way_to_a_dataset_leaves_no_trace_in_it() {
    let at = inputs(90);
    let all: Vec<String> = (0..90).map(|number| format!("in/{number:03}.txt")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let dataset = |name: &'static str, inputs: &[&str], more: &[&str]| {
        grown(at.path(), &[inputs, &["--dataset", name], more].concat());
        files(&at.path().join(name).join("facts"))
    };
    let whole = dataset("one", &all, &["--jobs", "1"]);
    assert!(whole.len() > 2, "{:?}", whole.keys());
    assert!(dataset("two", &all, &["--jobs", "2"]) == whole);
    assert!(dataset("eight", &["in"], &["--jobs", "8"]) == whole);
    let reversed: Vec<&str> = all.iter().rev().copied().collect();
    assert!(dataset("reversed", &reversed, &[]) == whole);
    // By and by, with a document that comes and goes and one that is another for a while.
    write(at.path(), "in/000.txt", "新增绿道5公里。");
    write(at.path(), "in/050a.txt", "新增绿道6公里。");
    dataset("slow", all.get(..60).expect("files"), &[]);
    dataset("slow", &["in/050a.txt"], &[]);
    dataset("slow", all.get(30..).expect("files"), &[]);
    fs::remove_file(at.path().join("in/050a.txt")).expect("a file");
    write(at.path(), "in/000.txt", text(0));
    let modified = fs::metadata(at.path().join("in/001.txt")).and_then(|about| about.modified()).expect("a time");
    for file in &all {
        // A manifest tells the times of the files, which are the same here for both.
        let file = fs::File::options().write(true).open(at.path().join(file)).expect("a file");
        file.set_modified(modified).expect("a time");
    }
    assert!(dataset("slow", &all, &["--prune"]) == dataset("fresh", &all, &[]));
    assert_eq!(whole.keys().next(), dataset("fresh", &all, &[]).keys().next());
}

#[test]
fn what_is_gone_stays_until_it_is_pruned() {
    let at = inputs(4);
    grown(at.path(), &GROW);
    fs::remove_file(at.path().join("in/002.txt")).expect("a file");
    grown(at.path(), &GROW);
    assert!(rows(at.path()).contains_key("002.txt"));
    grown(at.path(), &["in", "--dataset", "data", "--prune"]);
    assert_eq!(counts(at.path()), [0, 3, 1, 0]);
    assert!(!rows(at.path()).contains_key("002.txt"));
}

#[test]
fn other_rules_are_told_and_a_refresh_reads_all_again() {
    let at = inputs(3);
    write(at.path(), "words/classifiers.tsv", "use\tucum\tsurfaces\texample\nclassifier\t1\t畦|垄\t种菜12畦\n");
    grown(at.path(), &GROW);
    let with_words = ["in", "--dataset", "data", "--lexicon", "words"];
    let (code, said) = extract(at.path(), &with_words);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 documents of the dataset were read by another rule set"), "{said}");
    grown(at.path(), &[&with_words[..], &["--refresh"]].concat());
    assert_eq!(counts(at.path()), [3, 0, 0, 0]);
    let (_, said) = extract(at.path(), &with_words);
    assert!(!said.contains("rule set"), "{said}");
}

#[test]
fn other_columns_are_refused_until_a_refresh() {
    let at = inputs(3);
    grown(at.path(), &GROW);
    let before = facts(at.path());
    let narrow = ["in", "--dataset", "data", "--columns", "document,text,value"];
    let (code, said) = extract(at.path(), &narrow);
    assert_eq!(code, 2);
    assert!(said.contains("other columns (document,document_id,"), "{said}");
    let (code, said) = extract(at.path(), &["in/000.txt", "--dataset", "data", "--all-kinds", "--refresh"]);
    assert_eq!(code, 2);
    assert!(said.contains("2 documents, `001.txt` the first, must be read again"), "{said}");
    assert!(facts(at.path()) == before);
    grown(at.path(), &[&narrow[..], &["--refresh"]].concat());
    assert_eq!(table(at.path()).width(), 3);
    let (code, said) = extract(at.path(), &["in", "--dataset", "other", "--columns", "text"]);
    assert_eq!((code, said.contains("add it to --columns")), (2, true), "{said}");
}

#[test]
fn no_documents_with_rows_are_still_a_table() {
    let at = inputs(0);
    write(at.path(), "in/a.txt", "没有数字。");
    grown(at.path(), &GROW);
    assert_eq!((table(at.path()).height(), table(at.path()).width()), (0, 29));
    grown(at.path(), &GROW);
    assert_eq!(counts(at.path()), [0, 1, 0, 0]);
}

#[test]
fn what_is_no_dataset_is_left_alone() {
    let at = inputs(2);
    write(at.path(), "data/facts/mine.parquet", "PAR1");
    let (code, said) = extract(at.path(), &GROW);
    assert_eq!(code, 2);
    assert!(said.contains("mine.parquet` was not written by taizhang"), "{said}");
    for folder in [".previous", ".staging"] {
        write(at.path(), &format!("home/{folder}/letter.txt"), "mine");
        let (code, said) = extract(at.path(), &["in", "--dataset", "home"]);
        assert_eq!(code, 2);
        assert!(said.contains("letter.txt` was not written by taizhang"), "{said}");
        assert!(at.path().join(format!("home/{folder}/letter.txt")).exists());
        fs::remove_dir_all(at.path().join("home").join(folder)).expect("a folder");
    }
    fs::remove_file(at.path().join("data/facts/mine.parquet")).expect("a file");
    write(at.path(), "data/facts/_manifest.json", "{}");
    let (code, said) = extract(at.path(), &GROW);
    assert_eq!(code, 2);
    assert!(said.contains("_manifest.json` is no manifest"), "{said}");
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let at = inputs(1);
    write(at.path(), "data", "no folder");
    let (code, said) = extract(at.path(), &GROW);
    assert_eq!((code, said.contains("error: `data` cannot be written")), (2, true), "{said}");
    write(at.path(), "other/facts", "no folder");
    let (code, said) = extract(at.path(), &["in", "--dataset", "other"]);
    assert_eq!((code, said.contains("`other/facts")), (2, true), "{said}");
    let (code, said) = extract(at.path(), &["-", "--dataset", "data2"]);
    assert_eq!((code, said.contains("cannot be read into a dataset, which needs names")), (2, true), "{said}");
    let (code, said) = extract(at.path(), &["in"]);
    assert_eq!((code, said.contains("--output <DIR|->")), (2, true), "{said}");
    let (code, said) = extract(at.path(), &["in", "-o", "out", "--dataset", "data"]);
    assert_eq!((code, said.contains("cannot be used with")), (2, true), "{said}");
}

#[test]
fn a_lost_part_is_read_again() {
    let at = inputs(80);
    grown(at.path(), &GROW);
    let before = facts(at.path());
    let part = before.keys().find(|name| name.ends_with(".parquet")).expect("a part");
    fs::remove_file(at.path().join("data/facts").join(part)).expect("a part");
    let (code, said) = extract(at.path(), &["in/000.txt", "--dataset", "data"]);
    assert_eq!(code, 2);
    assert!(said.contains("must be read again"), "{said}");
    grown(at.path(), &GROW);
    let [read, unchanged, ..] = counts(at.path());
    assert!(read > 0 && unchanged > 0 && read + unchanged == 80, "{read} read, {unchanged} unchanged");
    assert!(facts(at.path()) == before);
}
