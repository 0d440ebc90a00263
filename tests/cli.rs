//! The program as people run it: what it reads, what it writes, what it says, how it ends.

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::{BIG5, GB18030};

mod program;

use program::{fed, folder, taizhang};

const SIMPLIFIED: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n新增入驻企业282家。\n";
const TRADITIONAL: &str = "本年度新增就業人數為1,174人，較上年增長百分之八；總開支預算為2,000億元。\n";

fn report(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("out/run.json")).expect("a report");
    serde_json::from_str(&text).expect("JSON")
}

fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    names
}

#[test]
fn a_missing_path_is_named() {
    let at = folder(&[]);
    let ended = taizhang(at.path(), &["extract", "nowhere", "--output", "out"]);
    assert_eq!(ended.code, 2);
    assert_eq!(ended.stderr, "taizhang: error: `nowhere` does not exist; check the path\n");
    let to_stdout = taizhang(at.path(), &["extract", "nowhere", "--output", "-"]);
    assert_eq!((to_stdout.code, to_stdout.stdout.as_str()), (2, ""));
}

#[test]
fn a_missing_path_beside_a_good_one_fails_in_part() {
    let at = folder(&[("in/a.txt", SIMPLIFIED.as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "in", "nowhere", "--output", "out"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert_eq!(report(at.path())["rejected"][0]["file"], "nowhere");
    assert!(at.path().join("out/facts.csv").is_file());
}

#[test]
fn a_folder_without_texts_says_what_a_text_is() {
    let at = folder(&[("in/picture.png", b"\x89PNG"), ("in/.hidden.txt", b"1")]);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("`in` holds no files to read (.txt"), "{}", ended.stderr);
}

#[test]
fn the_summary_tells_what_was_left_out_and_no_more() {
    let at = folder(&[("in/a.txt", SIMPLIFIED.as_bytes()), ("in/b.csv", b"id,body\n")]);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert!(ended.stderr.contains("\n1 file in folders passed over (-v names them)\n"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("not read"), "{}", ended.stderr);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out", "-v"]);
    assert!(ended.stderr.contains("b.csv` is a table; --text-column names"), "{}", ended.stderr);
    assert!(ended.stderr.contains("\n1 file in folders passed over\n"), "{}", ended.stderr);
    let ended = taizhang(at.path(), &["extract", "in/a.txt", "--output", "out"]);
    assert!(!ended.stderr.contains("passed over"), "{}", ended.stderr);
}

#[test]
fn what_cannot_be_decoded_is_skipped_with_its_reason() {
    let at = folder(&[
        ("in/a.txt", SIMPLIFIED.as_bytes()),
        ("in/b.txt", b"\x7fELF\0\0\0\x01\x02"),
        ("in/c.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
        ("in/d.png", b"\x89PNG"),
    ]);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert_eq!(ended.code, 1);
    assert!(ended.stderr.contains("b.txt` is a binary file"), "{}", ended.stderr);
    assert!(ended.stderr.contains("c.txt` is a PDF file"), "{}", ended.stderr);
    let report = report(at.path());
    let documents =
        serde_json::json!({ "read": 1, "unchanged": 0, "absent": 0, "pruned": 0, "skipped": 1, "rejected": 2 });
    assert_eq!(report["documents"], documents);
    let rejected = fs::read_to_string(at.path().join("out/rejected.csv")).expect("a list");
    let files: Vec<_> = rejected.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(files, ["file", "in/b.txt", "in/c.txt"]);
    for file in ["in/b.txt", "in/c.txt"] {
        fs::remove_file(at.path().join(file)).expect("a file");
    }
    assert_eq!(taizhang(at.path(), &["extract", "in", "--output", "out"]).code, 0);
    assert!(!at.path().join("out/rejected.csv").exists(), "nothing is rejected any more");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_skipped_with_its_reason() {
    use std::os::unix::fs::PermissionsExt as _;
    let at = folder(&[("in/a.txt", SIMPLIFIED.as_bytes()), ("in/b.txt", SIMPLIFIED.as_bytes())]);
    let locked = at.path().join("in/b.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("locked");
    if fs::read(&locked).is_ok() {
        // Whoever may read everything cannot see this failure.
        return;
    }
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert_eq!(ended.code, 1);
    assert!(ended.stderr.contains("b.txt` cannot be read"), "{}", ended.stderr);
}

#[test]
fn other_encodings_are_told_apart_and_reported() {
    let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{SIMPLIFIED}");
    let at = folder(&[
        ("in/big5.txt", &BIG5.encode(TRADITIONAL).0),
        ("in/bom.txt", marked.as_bytes()),
        ("in/gb.txt", &GB18030.encode(SIMPLIFIED).0),
        ("in/utf16be.txt", &utf16(SIMPLIFIED, u16::to_be_bytes)),
        ("in/utf16le.txt", &utf16(&marked, u16::to_le_bytes)),
    ]);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let report = report(at.path());
    assert_eq!(
        report["encodings"],
        serde_json::json!({ "Big5": 1, "UTF-8": 1, "GB18030": 1, "UTF-16BE": 1, "UTF-16LE": 1 })
    );
    let characters = TRADITIONAL.chars().count() + 4 * SIMPLIFIED.chars().count();
    assert_eq!(report["characters"], characters);
}

#[test]
fn an_empty_file_gives_no_rows_and_a_diagnostic() {
    let at = folder(&[("in/empty.txt", b"")]);
    let ended = taizhang(at.path(), &["extract", "in", "--output", "out"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let report = report(at.path());
    assert_eq!(report["rows"]["written"], 0);
    assert_eq!(report["diagnostics"][0]["code"], "empty-document");
    assert_eq!(report["diagnostics"][0]["file"], "empty.txt");
    assert!(ended.stderr.contains("warning: empty.txt:1: "), "{}", ended.stderr);
    let csv = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
    assert_eq!(csv.lines().count(), 1);
}

#[test]
fn lost_characters_are_counted() {
    let at = folder(&[("a.txt", "财政总收入\n同比\u{fffd}增长3%\u{fffd}。".as_bytes())]);
    taizhang(at.path(), &["extract", "a.txt", "--output", "out"]);
    let told = &report(at.path())["diagnostics"][0];
    assert_eq!((&told["code"], &told["line"]), (&"replacement-characters".into(), &2.into()));
}

#[test]
fn standard_input_goes_to_standard_output_and_words_elsewhere() {
    let at = folder(&[]);
    let ended = fed(at.path(), &["extract", "-", "--output", "-"], SIMPLIFIED.as_bytes());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.starts_with("document,document_id,fact,section,line,"), "{}", ended.stdout);
    assert!(ended.stdout.lines().skip(1).all(|line| line.starts_with("-,")));
    assert!(ended.stderr.contains("standard output"), "{}", ended.stderr);
    assert!(listing(at.path()).is_empty());
    let quiet = fed(at.path(), &["extract", "-", "-q", "--output", "-"], SIMPLIFIED.as_bytes());
    assert_eq!((quiet.stdout, quiet.stderr), (ended.stdout, String::new()));
}

#[test]
fn binary_formats_can_be_piped() {
    let at = folder(&[]);
    for (format, magic) in [("parquet", "PAR1"), ("arrow", "ARROW1")] {
        let ended = fed(at.path(), &["extract", "-", "--output", "-", "--format", format], SIMPLIFIED.as_bytes());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(ended.stdout.starts_with(magic));
    }
}

#[test]
fn several_formats_are_written_side_by_side() {
    let at = folder(&[("in/a.txt", SIMPLIFIED.as_bytes())]);
    let args = ["extract", "in", "-o", "out", "--format", "jsonl,arrow", "--format", "csv", "--format", "parquet"];
    let ended = taizhang(at.path(), &args);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let names = listing(&at.path().join("out"));
    let names: Vec<_> = names.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    assert_eq!(names, ["facts.arrow", "facts.csv", "facts.jsonl", "facts.parquet", "run.json"]);
    let several = taizhang(at.path(), &["extract", "in", "-o", "-", "--format", "csv,jsonl"]);
    assert_eq!(several.code, 2);
    assert!(several.stderr.contains("one format"), "{}", several.stderr);
}

#[test]
fn the_columns_asked_for_are_the_columns_given() {
    let at = folder(&[]);
    let ended = fed(at.path(), &["extract", "-", "-o", "-", "--columns", "value,text"], SIMPLIFIED.as_bytes());
    assert_eq!(ended.stdout.lines().next(), Some("value,text"));
    let twice = taizhang(at.path(), &["extract", "-", "-o", "-", "--columns", "text,text"]);
    assert_eq!((twice.code, twice.stderr.as_str()), (2, "taizhang: error: `text` is asked for twice\n"));
}

#[test]
fn unknown_values_are_refused_with_what_is_known() {
    let at = folder(&[("a.txt", SIMPLIFIED.as_bytes())]);
    for (option, value, known) in [
        ("--format", "excel", "parquet"),
        ("--kinds", "mesure", "measure"),
        ("--columns", "txet", "text"),
        ("--year", "22", "1000"),
        ("--jobs", "0", "1..=1024"),
    ] {
        let ended = taizhang(at.path(), &["extract", "a.txt", "-o", "out", option, value]);
        assert_eq!(ended.code, 2, "{option}");
        assert!(ended.stderr.contains(option) && ended.stderr.contains(known), "{}", ended.stderr);
    }
    assert!(!at.path().join("out").exists());
}

#[test]
fn words_that_are_asked_for_at_one_place_can_be_added() {
    let cues = "role\tsurfaces\texample\nburden\t重负\t重负3亿元\n";
    let numerals = "class\tvalue\tsurfaces\texample\nword\t9\tbln\t5bln美元\n";
    let hedges = "bound\tplace\tsurfaces\texample\nmore_than\tthan\t深\t比5深\n";
    let at = folder(&[
        ("a.txt", "重负3亿元，资金5bln美元。\n水位比5深。\n".as_bytes()),
        ("words/cues.tsv", cues.as_bytes()),
        ("words/numerals.tsv", numerals.as_bytes()),
        ("words/modifiers.tsv", hedges.as_bytes()),
    ]);
    let read = |own: &[&str]| {
        let columns = ["extract", "a.txt", "-o", "-", "-q", "--columns", "value,bound"];
        taizhang(at.path(), &[&columns, own].concat()).stdout
    };
    assert_eq!(read(&[]), "value,bound\n-300000000,exact\n5,exact\n");
    assert_eq!(read(&["--lexicon", "words"]), "value,bound\n300000000,exact\n5000000000,exact\n5,more_than\n");
}

#[test]
fn a_lexicon_that_is_no_folder_is_refused() {
    let at = folder(&[("a.txt", SIMPLIFIED.as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "a.txt", "-o", "out", "--lexicon", "words"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("`words` is not a folder"), "{}", ended.stderr);
}

#[test]
fn a_bad_lexicon_row_is_named_by_file_and_line() {
    let at = folder(&[("a.txt", SIMPLIFIED.as_bytes()), ("words/units.tsv", b"not\ta row\n")]);
    let ended = taizhang(at.path(), &["extract", "a.txt", "-o", "out", "--lexicon", "words"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("units.tsv:1"), "{}", ended.stderr);
}

#[test]
fn the_schema_comes_in_three_forms() {
    let at = folder(&[]);
    let text = taizhang(at.path(), &["schema"]);
    assert_eq!((text.code, text.stdout.lines().count()), (0, 29));
    for (format, list) in [("json", "columns"), ("frictionless", "fields")] {
        let ended = taizhang(at.path(), &["schema", "--format", format]);
        let schema: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
        assert_eq!(schema[list][28]["name"], "status");
    }
}

#[test]
fn help_teaches_by_example() {
    let at = folder(&[]);
    let help = taizhang(at.path(), &["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.stdout.contains("taizhang extract input --output output") && help.stdout.contains("Exit codes"));
}

#[test]
fn old_files_are_whole_after_a_failure() {
    let at = folder(&[("good/a.txt", SIMPLIFIED.as_bytes()), ("out/facts.csv", b"old"), ("out/run.json", b"old")]);
    // A folder stands where one of the files should go: the other must not be replaced either.
    fs::create_dir(at.path().join("out/facts.parquet")).expect("a folder");
    let ended = taizhang(at.path(), &["extract", "good", "-o", "out"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("facts.parquet` cannot be written"), "{}", ended.stderr);
    for file in ["out/facts.csv", "out/run.json"] {
        assert_eq!(fs::read(at.path().join(file)).expect("read"), b"old");
    }
    assert_eq!(listing(&at.path().join("out")).len(), 3, "nothing is left beside them");
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let files: Vec<(String, String)> = (0..40).map(|n| (format!("in/{n}.txt"), SIMPLIFIED.repeat(n % 7 + 1))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let at = folder(&files);
    for jobs in ["1", "8"] {
        let args = ["extract", "in", "-o", jobs, "--jobs", jobs, "--all-kinds", "--format", "csv,parquet,jsonl,arrow"];
        assert_eq!(taizhang(at.path(), &args).code, 0);
    }
    for file in ["facts.csv", "facts.parquet", "facts.jsonl", "facts.arrow"] {
        let read = |jobs: &str| fs::read(at.path().join(jobs).join(file)).expect("a table");
        assert!(read("1") == read("8"), "{file}");
    }
}

#[test]
fn names_cannot_speak_to_the_terminal() {
    let at = folder(&[]);
    let ended = taizhang(at.path(), &["extract", "\u{1b}[31mred", "-o", "out"]);
    assert_eq!(ended.stderr, "taizhang: error: `\\u{1b}[31mred` does not exist; check the path\n");
}

#[test]
fn places_that_are_not_there_are_told() {
    let at = folder(&[("a.txt", SIMPLIFIED.as_bytes())]);
    let beyond = taizhang(at.path(), &["explain", "a.txt:99"]);
    assert_eq!(beyond.code, 2);
    assert!(beyond.stderr.contains("`a.txt` has no line 99; its last is "), "{}", beyond.stderr);
    let aside = taizhang(at.path(), &["explain", "a.txt:1:9999"]);
    assert!(aside.stderr.contains("line 1 of `a.txt` has no character 9999"), "{}", aside.stderr);
    let no_line = taizhang(at.path(), &["explain", "a.txt"]);
    assert_eq!(no_line.code, 2);
    assert!(no_line.stderr.contains("FILE:LINE"), "{}", no_line.stderr);
}

#[test]
fn every_stage_can_be_shown() {
    let at = folder(&[("a.txt", SIMPLIFIED.as_bytes())]);
    for stage in ["reflow", "segment", "lex", "numeral", "quantity", "mention", "link", "facts"] {
        let ended = taizhang(at.path(), &["show", "--stage", stage, "a.txt", "--format", "jsonl"]);
        assert_eq!(ended.code, 0, "{stage}: {}", ended.stderr);
        for line in ended.stdout.lines() {
            let item: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert!(item["char_start"].is_u64() && item["char_end"].is_u64() && item["text"].is_string(), "{line}");
        }
    }
}

/// What the program makes of the samples is committed. After a change that is meant, refresh it with
/// `cargo run --release -- extract input --output output` and read the difference before it is committed.
#[test]
fn the_committed_output_is_what_the_samples_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let committed = root.join("output/facts.csv");
    if !committed.is_file() {
        eprintln!("skipped: {} is not there", committed.display());
        return;
    }
    let at = folder(&[]);
    let output = at.path().join("out");
    let ended = taizhang(root, &["extract", "input", "--output", output.to_str().expect("a path"), "-q"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    let read = |path: &Path| fs::read_to_string(path).expect("a table");
    let (said, now) = (read(&committed), read(&output.join("facts.csv")));
    let first = said.lines().zip(now.lines()).find(|(said, now)| said != now);
    assert!(said == now, "output/facts.csv is not what `extract input` gives; first difference:\n{first:#?}");
    // Rows that are alike may still be of other words: Parquet names the rows of the lexicon by their hash.
    let same = fs::read(root.join("output/facts.parquet")).ok() == fs::read(output.join("facts.parquet")).ok();
    assert!(same, "output/facts.parquet is not what `extract input` gives");
}

#[test]
fn every_sample_gives_rows_of_many_kinds() {
    let at = folder(&[]);
    let output = at.path().join("out");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ended = taizhang(root, &["extract", "input", "--output", output.to_str().expect("a path"), "--all-kinds"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let report = report(at.path());
    assert!(report["documents"]["read"].as_u64().is_some_and(|read| read >= 4), "{report}");
    let csv = fs::read_to_string(output.join("facts.csv")).expect("a table");
    for kind in ["measure", "count", "percent", "percentage_point", "ordinal", "date", "label"] {
        assert!(csv.contains(&format!(",{kind},")), "no row of kind {kind}");
    }
}

#[test]
fn a_user_s_words_are_read_before_the_built_in_ones() {
    let classifiers = "use\tucum\tsurfaces\texample\nclassifier\t1\t幢子\t改造房屋12幢子\n";
    let at = folder(&[("a.txt", "改造房屋12幢子。".as_bytes()), ("words/classifiers.tsv", classifiers.as_bytes())]);
    let args = ["extract", "a.txt", "-o", "-", "--format", "csv", "--columns", "text,unit", "-q"];
    let ended = taizhang(at.path(), &[&args[..], &["--lexicon", "words"]].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "text,unit\n12幢子,幢子\n"), "{}", ended.stderr);
}
