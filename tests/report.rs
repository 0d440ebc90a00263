//! What a run tells of itself: `run.json`, the summary, JSON lines, and the exit code that follows from them.

mod program;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;

use program::{folder, program, taizhang};

const GOOD: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n";

/// The exit code and what was said of `in`, read into `out`.
fn extract(at: &Path, more: &[&str]) -> (i32, String) {
    let ended = taizhang(at, &[&["extract", "in", "-o", "out"], more].concat());
    assert_eq!(ended.stdout, "", "data goes to files");
    (ended.code, ended.stderr)
}

fn report(at: &Path) -> Value {
    serde_json::from_slice(&fs::read(at.join("out/run.json")).expect("a report")).expect("JSON")
}

#[test]
fn what_a_batch_is_made_of_is_counted() {
    let text = "全年种菜12畦，种豆3畦。约为5亿元。\u{fffd}\n".repeat(2);
    let at = folder(&[("in/a.txt", GOOD.as_bytes()), ("in/b.txt", text.as_bytes())]);
    let (code, said) = extract(at.path(), &[]);
    assert_eq!(code, 0, "{said}");
    let report = report(at.path());
    assert_eq!(report["replacement_characters"], 2);
    let runs = &report["digit_runs"];
    assert_eq!(
        (&runs["measure"], &runs["percent"], &runs["number"], &runs["date"]),
        (&4.into(), &2.into(), &4.into(), &1.into())
    );
    assert_eq!(report["without_indicator"], 2);
    assert_eq!(report["unknown_units"][0]["unit"], "畦");
    assert_eq!((&report["unknown_units"][0]["rows"], &report["unknown_units"][0]["documents"]), (&4.into(), &1.into()));
    assert_eq!(report["unknown_units"][0]["place"], "b.txt:1");
    let slowest: Vec<&str> =
        report["slowest"].as_array().expect("a list").iter().filter_map(|timed| timed["file"].as_str()).collect();
    assert!(slowest.len() == 2 && slowest.contains(&"a.txt"), "{slowest:?}");
    assert!(said.contains("unknown units: 畦 (4); as in b.txt:1: 全年种菜12畦，种豆3畦"), "{said}");
    assert!(said.contains("2 without an indicator") && said.contains(" 36.3 %"), "{said}");
    let (_, said) = extract(at.path(), &["-v"]);
    assert!(said.contains("slowest documents"), "{said}");
}

#[test]
fn the_exit_code_follows_what_is_asked_for() {
    let odd = folder(&[("in/a.txt", GOOD.as_bytes()), ("in/empty.txt", b"")]);
    let bad = folder(&[("in/a.txt", GOOD.as_bytes()), ("in/b.txt", b"\0\x01")]);
    let worst = folder(&[("in/b.txt", b"\0\x01")]);
    let fine = folder(&[("in/a.txt", GOOD.as_bytes())]);
    let codes = |at: &TempDir| ["error", "warning", "never"].map(|what| extract(at.path(), &["--fail-on", what]).0);
    assert_eq!(codes(&fine), [0, 0, 0]);
    assert_eq!(codes(&odd), [0, 1, 0]);
    assert_eq!(codes(&bad), [1, 1, 0]);
    assert_eq!(codes(&worst), [2, 2, 2]);
}

/// Whoever comes in the morning finds why there is no new table, and the old one beside it.
#[test]
fn where_nothing_could_be_read_the_reasons_are_on_record_and_the_old_table_is_whole() {
    let at = folder(&[("in/a.txt", GOOD.as_bytes())]);
    let tables = |folder: &str| {
        let table = |name: &str| fs::read(at.path().join(folder).join(name)).ok();
        [table("facts.csv"), table("facts.parquet")]
    };
    assert_eq!(extract(at.path(), &[]).0, 0);
    let before = tables("out");
    assert!(before.iter().all(Option::is_some));
    fs::write(at.path().join("in/a.txt"), b"\0\x01").expect("a file");
    assert_eq!(extract(at.path(), &["--fail-on", "never"]).0, 2);
    assert!(tables("out") == before);
    let told = report(at.path());
    assert_eq!((&told["documents"]["read"], &told["outputs"]), (&json!(0), &json!([])), "{told}");
    let list = || fs::read_to_string(at.path().join("out/rejected.csv")).expect("a list");
    assert!(list().starts_with("file,reason\nin/a.txt,"), "{}", list());
    // An input that is away is on record too, also where there is no folder yet; and a good run clears the list.
    let away = taizhang(at.path(), &["extract", "nowhere", "-o", "new/out"]);
    assert_eq!(away.code, 2, "{}", away.stderr);
    let names = fs::read_dir(at.path().join("new/out")).expect("a folder").flatten().map(|entry| entry.file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["rejected.csv", "run.json"]);
    fs::write(at.path().join("in/a.txt"), GOOD).expect("a file");
    assert_eq!(extract(at.path(), &[]).0, 0);
    assert!(!at.path().join("out/rejected.csv").exists());
}

#[test]
fn programs_are_told_in_json_lines() {
    let at = folder(&[
        ("in/a.txt", GOOD.as_bytes()),
        ("in/empty.txt", b""),
        ("in/\u{1b}[31m\u{9b}.txt", b"\0\x01"),
        ("in/c.png", b""),
    ]);
    let events = |more: &[&str]| -> Vec<Value> {
        let (_, said) = extract(at.path(), &[&["--log-format", "json"], more].concat());
        assert!(!said.contains(['\u{1b}', '\u{9b}']), "{said:?}");
        said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let names = |events: &[Value]| {
        events.iter().map(|told| told["event"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let normal = events(&[]);
    assert_eq!(names(&normal), ["rejected", "diagnostic", "done"]);
    assert_eq!(normal[0]["file"], "in/\u{1b}[31m\u{9b}.txt");
    assert_eq!((&normal[1]["file"], &normal[1]["code"]), (&json!("empty.txt"), &json!("empty-document")));
    assert_eq!(normal[2]["documents"], report(at.path())["documents"]);
    assert_eq!(names(&events(&["-v"])), ["rejected", "skipped", "diagnostic", "done"]);
    assert_eq!(names(&events(&["-q"])), ["rejected"]);
    fs::create_dir(at.path().join("out/facts.arrow")).expect("a folder");
    let failed = events(&["--format", "arrow"]);
    assert_eq!(names(&failed), ["error"]);
    assert!(failed[0]["message"].as_str().is_some_and(|message| message.contains("facts.arrow` cannot be written")));
}

#[test]
fn whoever_reads_no_further_is_no_failure() {
    let at = folder(&[("in/a.txt", GOOD.repeat(3000).as_bytes())]);
    for format in ["csv", "jsonl", "parquet", "arrow"] {
        let mut command = program(at.path(), &["extract", "in", "-o", "-", "--format", format]);
        command.stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), said.as_ref()), (Some(0), ""), "{format}");
    }
}
