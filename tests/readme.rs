//! What the READMEs and the page of settings show is what the program does.
//!
//! * A fenced block of `console` holds commands behind `$ ` and, below each, all that it prints.
//! * A comment `<!-- table: COMMAND -->` stands before a table that shows the CSV which the command writes.
//! * A fenced block of `rust` stands word for word in this file, in a test that runs it.
//!
//! Commands run in a folder that holds a copy of `input/`, one after the other, so that a later one may use what an
//! earlier one wrote. `UPDATE_README=1 cargo test --release --test readme` rewrites what the pages show.
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder like a checkout, with the program at hand.
struct Checkout(TempDir);

impl Checkout {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&Path::new(ROOT).join("input"), &folder.path().join("input"));
        Self(folder)
    }

    /// What a command prints on both streams, without the time it took.
    fn run(&self, command: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_taizhang"));
        let folder = program.parent().expect("a folder").display();
        let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
        let command = command.replace("cargo run --release --", "taizhang");
        let mut shell = Command::new("sh");
        // No settings of whoever runs the tests.
        let own = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TAIZHANG_"));
        own.for_each(|(name, _)| {
            shell.env_remove(name);
        });
        let ended = shell
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(self.0.path())
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        timeless(&String::from_utf8_lossy(&ended.stdout))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a file");
        }
    }
}

/// ` in 0.03 s` is no promise.
fn timeless(output: &str) -> String {
    let time = regex::Regex::new(r" in \d+\.\d\d s\b").expect("a pattern");
    time.replace_all(output, " in 0.02 s").into_owned()
}

/// The CSV as a table, a column of numbers set to the right.
fn table(csv_text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv_text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("CSV").iter().map(|cell| cell.replace('|', "\\|")).collect()).collect();
    let (head, body) = rows.split_first().expect("a head");
    let numeric =
        |column: usize| body.iter().all(|row| row.get(column).is_some_and(|cell| cell.parse::<f64>().is_ok()));
    let signs: Vec<&str> = (0..head.len()).map(|column| if numeric(column) { "--:" } else { "---" }).collect();
    let mut out = format!("| {} |\n| {} |\n", head.join(" | "), signs.join(" | "));
    for row in body {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

/// The page with everything that it shows made anew.
fn rewritten(page: &str, checkout: &Checkout) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        if line == "```console" {
            let shown: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            for command in shown.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let _ = write!(out, "$ {command}\n{}", checkout.run(command));
            }
            out.push_str("```\n");
        } else if let Some(command) = line.strip_prefix("<!-- table: ").and_then(|rest| rest.strip_suffix(" -->")) {
            while lines.next_if(|line| line.is_empty() || line.starts_with('|')).is_some() {}
            let _ = write!(out, "\n{}\n", table(&checkout.run(command)));
        }
    }
    out
}

fn page_is_true(name: &str) {
    let path = Path::new(ROOT).join(name);
    let page = fs::read_to_string(&path).expect("a page");
    let now = rewritten(&page, &Checkout::new());
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, now).expect("the page is written");
        return;
    }
    let differs = page.lines().zip(now.lines()).enumerate().find(|(_, (shown, made))| shown != made);
    if let Some((at, (shown, made))) = differs {
        panic!(
            "{name}:{}: the page shows\n  {shown}\nbut the program makes\n  {made}\nUPDATE_README=1 rewrites it",
            at + 1
        );
    }
    assert_eq!(page.lines().count(), now.lines().count(), "{name}: UPDATE_README=1 rewrites it");
}

#[test]
fn the_english_page_is_true() {
    page_is_true("README.md");
}

#[test]
fn the_chinese_page_is_true() {
    page_is_true("README.zh.md");
}

#[test]
fn the_page_of_settings_is_true() {
    page_is_true("docs/settings.md");
}

/// The block of code on both pages is the body of [`the_library_example_runs`].
#[test]
fn the_library_example_is_on_the_pages() {
    let here = fs::read_to_string(Path::new(ROOT).join("tests/readme.rs")).expect("this file");
    let here: Vec<&str> = here.lines().map(str::trim).collect();
    for name in ["README.md", "README.zh.md"] {
        let page = fs::read_to_string(Path::new(ROOT).join(name)).expect("a page");
        let code: Vec<&str> = page
            .lines()
            .skip_while(|line| *line != "```rust")
            .skip(1)
            .take_while(|line| *line != "```")
            .map(str::trim)
            .collect();
        assert!(code.len() > 5, "{name} shows no code");
        let found = here.windows(code.len()).any(|lines| lines == code);
        assert!(found, "{name}: its Rust code is not that of tests/readme.rs");
    }
}

#[test]
#[rustfmt::skip]
fn the_library_example_runs() -> Result<(), Box<dyn std::error::Error>> {
    use taizhang::table::{self, Document, Selection};
    use taizhang::{Lexicon, Options, Pipeline};

    let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    let extraction = pipeline.extract("全年财政总收入15.62亿元，同比增长8.4%。");
    let growth = extraction.facts().last().ok_or("no fact")?;
    assert_eq!((growth.text(), growth.indicator().as_deref()), ("8.4%", Some("财政总收入")));

    let document = Document { path: "report.txt", id: "", extraction: &extraction, kept: &[] };
    let frame = table::to_dataframe([document], &Selection::default())?;
    assert_eq!(frame.height(), 2);
    Ok(())
}
