//! The pages of `tests/spec`: a rule, a text, and what a stage finds in it.
//!
//! A page starts with a `# ` heading that names the phenomenon. Each `## ` heading states a rule as a sentence; under it
//! stand pairs of fenced blocks: `text` with the input, then a block whose info string names a stage, with what
//! `taizhang show --stage STAGE` prints of that text. An empty block says that nothing must be found. A text block may
//! give options, as in `text year=2022`.
//!
//! `UPDATE_SPEC=1 cargo test --release --test spec` writes what was found into the pages. Read the difference before it
//! is committed: a page says what is right, not what happens.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use taizhang::{Lexicon, Options, Pipeline, Stage};

/// Pages, cases, and the share of cases that show what must not be found.
const LEAST: (usize, usize, usize) = (18, 220, 3);

/// One text and what a stage is said to find in it.
struct Case {
    /// The rule it stands under.
    rule: String,
    /// 0-based line of the first line of the expectation.
    line: usize,
    text: String,
    year: Option<i16>,
    stage: Stage,
    found: Vec<String>,
}

/// A page: its lines and its cases, in order.
struct Page {
    path: PathBuf,
    lines: Vec<String>,
    cases: Vec<Case>,
}

#[test]
fn the_pages_hold() {
    let pipelines = Pipelines::default();
    let update = std::env::var_os("UPDATE_SPEC").is_some();
    let pages = pages();
    let mut wrong = String::new();
    let (mut cases, mut empty) = (0, 0);
    for page in &pages {
        cases += page.cases.len();
        empty += page.cases.iter().filter(|case| case.found.is_empty()).count();
        let now: Vec<Vec<String>> = page.cases.iter().map(|case| found(case, &pipelines)).collect();
        if update {
            fs::write(&page.path, rewritten(page, &now)).expect("the page can be written");
            continue;
        }
        for (case, now) in page.cases.iter().zip(&now).filter(|(case, now)| case.found != **now) {
            let name = page.path.file_name().unwrap_or_default().to_string_lossy();
            let _ = writeln!(wrong, "\ntests/spec/{name}:{}: {}\n  {}", case.line + 1, case.rule, case.text);
            difference(&case.found, now, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "pages say one thing (-), the program another (+); `UPDATE_SPEC=1` rewrites the pages:\n{wrong}"
    );
    assert!(pages.len() >= LEAST.0, "{} pages", pages.len());
    assert!(cases >= LEAST.1, "{cases} cases");
    assert!(empty * LEAST.2 >= cases, "{empty} of {cases} cases show what must not be found");
}

/// One pipeline for each year that pages give.
type Pipelines = RefCell<BTreeMap<Option<i16>, Pipeline>>;

/// What the stage finds now.
fn found(case: &Case, pipelines: &Pipelines) -> Vec<String> {
    let mut known = pipelines.borrow_mut();
    let new = || Pipeline::new(Lexicon::builtin(), Options { year: case.year, ..Options::default() });
    known
        .entry(case.year)
        .or_insert_with(new)
        .show(&case.text, case.stage)
        .iter()
        .map(taizhang::cli::show_line)
        .collect()
}

/// Lines that only one side has, between those that both have.
fn difference(said: &[String], now: &[String], out: &mut String) {
    let mut behind = now.iter().peekable();
    for line in said {
        if now.contains(line) {
            while let Some(new) = behind.next_if(|new| *new != line) {
                let _ = writeln!(out, "  + {new}");
            }
            behind.next();
            let _ = writeln!(out, "    {line}");
        } else {
            let _ = writeln!(out, "  - {line}");
        }
    }
    for new in behind {
        let _ = writeln!(out, "  + {new}");
    }
}

/// The page with its expectations replaced.
fn rewritten(page: &Page, now: &[Vec<String>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (case, now) in page.cases.iter().zip(now) {
        for line in page.lines.iter().take(case.line).skip(at).chain(now) {
            out.push_str(line);
            out.push('\n');
        }
        at = case.line + case.found.len();
    }
    for line in page.lines.iter().skip(at) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let entries = fs::read_dir(folder).expect("the folder of pages");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.into_iter().map(page).collect()
}

fn page(path: PathBuf) -> Page {
    let text = fs::read_to_string(&path).expect("a page is UTF-8");
    let lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let name = path.display().to_string();
    assert!(lines.first().is_some_and(|line| line.starts_with("# ")), "{name}: a page starts with its phenomenon");
    let (mut cases, mut rule, mut input) = (Vec::new(), String::new(), None::<(String, Option<i16>)>);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(heading) = line.strip_prefix("## ") {
            assert!(input.is_none(), "{name}:{at}: the text before has no block of what is found");
            heading.clone_into(&mut rule);
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<String> = lines.iter().skip(at).take_while(|line| *line != "```").cloned().collect();
        assert!(lines.get(at + block.len()).is_some(), "{name}:{at}: the block does not end");
        assert!(!rule.is_empty(), "{name}:{at}: a block stands under a rule");
        let mut words = info.split_whitespace();
        let first = words.next().unwrap_or_default();
        match (first, input.take()) {
            ("text", None) => input = Some((block.join("\n"), year(words, &name, at))),
            ("text", Some(_)) => panic!("{name}:{at}: two texts follow each other"),
            (stage, Some((text, year))) => {
                let stage = stage_named(stage).unwrap_or_else(|| panic!("{name}:{at}: `{stage}` is no stage"));
                cases.push(Case { rule: rule.clone(), line: at, text, year, stage, found: block.clone() });
            }
            (_, None) => panic!("{name}:{at}: a text stands before what is found"),
        }
        at += block.len() + 1;
    }
    assert!(input.is_none(), "{name}: the last text has no block of what is found");
    Page { path, lines, cases }
}

fn year<'a>(options: impl Iterator<Item = &'a str>, page: &str, line: usize) -> Option<i16> {
    let mut year = None;
    for option in options {
        year = option.strip_prefix("year=").and_then(|year| year.parse().ok());
        assert!(year.is_some(), "{page}:{line}: `{option}` is no option of a text; there is year=2022");
    }
    year
}

fn stage_named(name: &str) -> Option<Stage> {
    Some(match name {
        "reflow" => Stage::Reflow,
        "segment" => Stage::Segment,
        "lex" => Stage::Lex,
        "numeral" => Stage::Numeral,
        "quantity" => Stage::Quantity,
        "mention" => Stage::Mention,
        "link" => Stage::Link,
        "facts" => Stage::Facts,
        _ => return None,
    })
}
