//! What the program says about itself and its work: versions, completions, manual pages, plans, closed pipes.

use std::fs;
use std::process::{Command, Stdio};

mod program;

use program::{ended, fed, folder, program, taizhang};

const TEXT: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n温度-3℃。\n";

/// Every command that prints to standard output.
const PRINTING: &[&[&str]] = &[
    &["--help"],
    &["--version"],
    &["help", "extract"],
    &["schema"],
    &["schema", "--format", "json"],
    &["schema", "--format", "frictionless"],
    &["config"],
    &["config", "--json"],
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["completions", "powershell"],
    &["completions", "elvish"],
    &["man"],
    &["man", "extract"],
    &["show", "--stage", "facts", "a.txt"],
    &["show", "--stage", "lex", "--format", "jsonl", "a.txt"],
    &["explain", "a.txt:1"],
    &["extract", "a.txt", "-o", "-", "-q"],
    &["extract", "a.txt", "-o", "-", "-q", "--format", "jsonl"],
    &["extract", "a.txt", "-o", "-", "-q", "--format", "parquet"],
    &["extract", "a.txt", "-o", "-", "-q", "--format", "arrow"],
    &["extract", "a.txt", "-o", "out", "--dry-run"],
];

#[test]
fn a_closed_pipe_is_no_error() {
    let at = folder(&[("a.txt", TEXT.as_bytes())]);
    for args in PRINTING {
        let whole = taizhang(at.path(), args);
        assert_eq!((whole.code, whole.stderr.as_str()), (0, ""), "{args:?}");
        assert!(!whole.stdout.is_empty(), "{args:?}");
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let child = program(at.path(), args).stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.expect("the program starts").wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let at = folder(&[("a.txt", TEXT.as_bytes())]);
    for args in PRINTING {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device");
        let child = program(at.path(), args).stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).spawn();
        let output = child.expect("the program starts").wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
        assert!(said.contains("standard output") && said.contains("cannot be written"), "{args:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_told() {
    let at = folder(&[("a.txt", TEXT.as_bytes())]);
    for args in PRINTING {
        let inner = program(at.path(), args);
        let mut shell = Command::new("sh");
        shell.args(["-c", r#"exec "$0" "$@" >&-"#]).arg(inner.get_program()).args(inner.get_args());
        let output = shell.current_dir(at.path()).stdin(Stdio::null()).output().expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
        assert!(said.contains("standard output") && said.contains("Bad file descriptor"), "{args:?}: {said}");
    }
}

#[test]
fn the_long_version_tells_the_rules() {
    let at = folder(&[("a.txt", TEXT.as_bytes())]);
    let short = taizhang(at.path(), &["-V"]).stdout;
    assert_eq!(short, format!("taizhang {}\n", env!("CARGO_PKG_VERSION")));
    let long = taizhang(at.path(), &["--version"]).stdout;
    let (first, rest) = long.split_once('\n').expect("lines");
    assert_eq!(format!("{first}\n"), short);
    // The hash is the one that a run notes.
    taizhang(at.path(), &["extract", "a.txt", "-o", "out", "-q"]);
    let report = fs::read_to_string(at.path().join("out/run.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let hash = report["lexicon"].as_str().expect("a hash");
    assert!(rest.starts_with(&format!("lexicon {hash} (")), "{rest}");
}

#[test]
fn completions_know_the_commands_and_their_values() {
    let at = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = taizhang(at.path(), &["completions", shell]).stdout;
        for word in ["extract", "explain", "config", "currency", "dry-run"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        // The other two complete no values.
        assert_eq!(script.contains("percentage_point"), ["bash", "zsh", "fish"].contains(&shell), "{shell}");
    }
    let unknown = taizhang(at.path(), &["completions", "bsh"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("'bash'"), "{}", unknown.stderr);
}

#[test]
fn there_is_a_manual_page_for_the_program_and_each_command() {
    let at = folder(&[]);
    let main = taizhang(at.path(), &["man"]).stdout;
    assert!(main.contains(".TH taizhang 1") && main.contains("taizhang\\-extract(1)"), "{main}");
    for command in ["extract", "show", "explain", "schema", "config", "completions", "man"] {
        let page = taizhang(at.path(), &["man", command]).stdout;
        assert!(page.contains(&format!(".TH taizhang-{command} 1")), "{page}");
        assert!(page.contains("Exit codes"), "{page}");
    }
    let unknown = taizhang(at.path(), &["man", "extrct"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("`extrct` is no command; did you mean `extract`?"), "{}", unknown.stderr);
}

#[test]
fn help_of_every_command_has_examples_and_exit_codes() {
    let at = folder(&[]);
    for command in ["extract", "show", "explain", "schema", "config", "completions", "man"] {
        let help = taizhang(at.path(), &[command, "--help"]).stdout;
        assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{command}: {help}");
        assert!(help.contains(&format!("  taizhang {command}")) || help.contains(&format!("taizhang {command} ")));
    }
}

#[test]
fn a_dry_run_lists_and_does_nothing() {
    let at = folder(&[("in/a.txt", TEXT.as_bytes()), ("in/b/c.md", b""), ("in/d.png", b"\x89PNG")]);
    let ended = taizhang(at.path(), &["extract", "in", "-o", "out", "--dry-run", "--format", "jsonl,csv"]);
    assert_eq!(
        ended.stdout,
        "read   in/a.txt\nread   in/b/c.md\n\
         pass   in/d.png: is no text by its name; name it as an input to read it all the same\n\
         write  out/facts.csv\nwrite  out/facts.jsonl\nwrite  out/run.json\n"
    );
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    assert!(!at.path().join("out").exists());
    let stream = fed(at.path(), &["extract", "-", "-o", "-", "--dry-run"], TEXT.as_bytes());
    assert_eq!(stream.stdout, "read   standard input\nwrite  standard output\n");
}

#[test]
fn a_dry_run_of_a_dataset_says_what_is_read_only_if_it_changed() {
    let at = folder(&[("in/a.txt", TEXT.as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "in", "--dataset", "data", "--dry-run"]);
    assert_eq!(ended.stdout, "check  in/a.txt\nwrite  data/facts\nwrite  data/run.json\n");
    let anew = taizhang(at.path(), &["extract", "in", "--dataset", "data", "--dry-run", "--refresh"]);
    assert_eq!(anew.stdout, "read   in/a.txt\nwrite  data/facts\nwrite  data/run.json\n");
    assert!(!at.path().join("data").exists());
}

#[test]
fn a_dry_run_ends_as_the_run_would() {
    let at = folder(&[("a.txt", TEXT.as_bytes())]);
    let partly = taizhang(at.path(), &["extract", "a.txt", "nowhere", "-o", "out", "--dry-run"]);
    assert_eq!(partly.code, 1);
    assert_eq!(partly.stderr, "taizhang: error: `nowhere` does not exist; check the path\n");
    assert_eq!(taizhang(at.path(), &["extract", "nowhere", "-o", "out", "--dry-run"]).code, 2);
    assert_eq!(taizhang(at.path(), &["extract", "a.txt", "-o", "out", "--dry-run", "--columns", "txet"]).code, 2);
}

#[test]
fn a_table_for_excel_has_a_mark_and_its_own_line_ends() {
    let at = folder(&[]);
    let args = ["extract", "-", "-o", "-", "-q", "--columns", "text,value,indicator", "--excel", "--headers", "zh"];
    let ended = fed(at.path(), &args, TEXT.as_bytes());
    assert_eq!(
        ended.stdout,
        "\u{feff}原文,数值,指标\r\n18.34亿元,1834000000,全街道完成财政总收入\r\n13.1%,13.1,全街道完成财政总收入\r\n'-3℃,-3,温度\r\n",
    );
    let plain = fed(at.path(), &args[..7], TEXT.as_bytes());
    assert!(plain.stdout.starts_with("text,value,indicator\n") && plain.stdout.contains("\n-3℃,-3,温度\n"));
    let off = fed(at.path(), &[&args[..7], &["--excel=false"]].concat(), TEXT.as_bytes());
    assert_eq!(off.stdout, plain.stdout);
}

#[test]
fn other_formats_keep_the_names_of_the_schema() {
    let at = folder(&[("a.txt", TEXT.as_bytes()), ("taizhang.toml", b"headers = \"zh\"\nexcel = true\n")]);
    let jsonl = taizhang(at.path(), &["extract", "a.txt", "-o", "-", "-q", "--format", "jsonl", "--columns", "text"]);
    assert!(jsonl.stdout.starts_with("{\"text\":\"18.34亿元\"}\n"), "{}", jsonl.stdout);
    for option in ["--excel", "--headers=zh"] {
        let useless = taizhang(at.path(), &["extract", "a.txt", "-o", "-", "--format", "jsonl", option]);
        assert_eq!(useless.code, 2);
        let name = option.split('=').next().unwrap_or_default();
        assert!(useless.stderr.contains(&format!("{name} is for CSV")), "{}", useless.stderr);
    }
}

#[test]
fn the_schema_tells_the_chinese_names() {
    let at = folder(&[]);
    assert!(taizhang(at.path(), &["schema"]).stdout.contains("\nindicator     指标"));
    for (format, list, key) in [("json", "columns", "title_zh"), ("frictionless", "fields", "title")] {
        let schema = taizhang(at.path(), &["schema", "--format", format]).stdout;
        let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
        assert_eq!(schema[list][10][key], "数值");
    }
}

#[test]
fn a_slip_in_a_name_is_told_with_what_was_meant() {
    let at = folder(&[]);
    for (args, meant) in [
        (&["extrct"][..], "'extract'"),
        (&["extract", "-", "-o", "-", "--kind", "date"], "'--kinds'"),
        (&["extract", "-", "-o", "-", "--kinds", "percnt"], "'percent'"),
        (&["extract", "-", "-o", "-", "--columns", "indicater"], "'indicator'"),
        (&["extract", "-", "-o", "-", "--format", "parket"], "'parquet'"),
        (&["extract", "-", "-o", "-", "--currency", "HKDD"], "'HKD'"),
        (&["show", "--stage", "numerals", "-"], "'numeral'"),
        (&["schema", "--format", "jsn"], "'json'"),
    ] {
        let ended = ended(program(at.path(), args), b"");
        assert_eq!(ended.code, 2, "{args:?}");
        assert!(ended.stderr.contains("similar") && ended.stderr.contains(meant), "{}", ended.stderr);
    }
}
