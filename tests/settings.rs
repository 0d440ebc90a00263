//! Settings: options over variables over a file over what holds by default, all of it checked.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

mod program;

use program::{Ended, ended, fed, folder, program, taizhang};

const CLASSIFIERS: &str = "use\tucum\tsurfaces\texample\nclassifier\t1\t幢子\t改造房屋12幢子\n";

/// The program with variables.
fn with(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> Ended {
    let mut command = program(folder, args);
    command.envs(variables.iter().copied());
    ended(command, b"")
}

/// What is said of one setting.
fn told(ended: &Ended, key: &str) -> Value {
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let config: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    config["settings"][key].clone()
}

#[test]
fn a_higher_place_replaces_what_a_lower_one_says() {
    let at = folder(&[("taizhang.toml", b"# the office's\nyear = 2021\nkinds = [\"measure\", \"percent\"]\n")]);
    let (none, variable) = ([].as_slice(), [("TAIZHANG_YEAR", "2022")].as_slice());
    let year = |variables: &[(&str, &str)], args: &[&str]| {
        told(&with(at.path(), variables, &[&["config", "--json"], args].concat()), "year")
    };
    let file = json!({ "value": 2021, "origin": "file", "file": "taizhang.toml", "line": 2 });
    assert_eq!(year(none, &[]), file);
    assert_eq!(year(&[("TAIZHANG_YEAR", "")], &[]), file, "an empty variable says nothing");
    let by_variable = json!({ "value": 2022, "origin": "environment", "variable": "TAIZHANG_YEAR" });
    assert_eq!(year(variable, &[]), by_variable);
    let flag = json!({ "value": 2023, "origin": "flag", "option": "--year" });
    assert_eq!(year(variable, &["--year", "2023"]), flag);
    assert_eq!(year(variable, &["--isolated"]), json!({ "value": null, "origin": "default" }));
}

#[test]
fn every_setting_is_told_with_its_value() {
    let file = "lexicon = \"words\"\nyear = 2_021\ncurrency = \"HKD\"\nencoding = \"gbk\"\nformat = \"jsonl\"\nkinds = \"all\"\n\
                columns = [\"text\", \"value\"]\nheaders = \"zh\"\nexcel = true\npartition_by = \"town\"\njobs = 3\n";
    let at = folder(&[("taizhang.toml", file.as_bytes()), ("words/classifiers.tsv", CLASSIFIERS.as_bytes())]);
    let ended = taizhang(at.path(), &["config", "--json"]);
    let values = json!({
        "lexicon": ["words"], "year": 2021, "currency": "HKD", "encoding": "gbk", "format": ["jsonl"], "kinds": ["all"],
        "columns": ["text", "value"], "headers": "zh", "excel": true, "partition_by": "town", "jobs": 3,
    });
    for (line, (key, value)) in (1..).zip(values.as_object().expect("settings")) {
        let expected = json!({ "value": value, "origin": "file", "file": "taizhang.toml", "line": line });
        assert_eq!(told(&ended, key), expected, "{key}");
    }
    let text = taizhang(at.path(), &["config"]).stdout;
    assert_eq!(text.lines().count(), 12, "{text}");
    assert!(text.contains("kinds         taizhang.toml:6   all\n"), "{text}");
}

#[test]
fn variables_hold_lists_and_folders() {
    let words = CLASSIFIERS.as_bytes();
    let at = folder(&[("words/classifiers.tsv", words), ("more/classifiers.tsv", words)]);
    let folders = std::env::join_paths(["words", "more"]).expect("a list").into_string().expect("UTF-8");
    let variables = [
        ("TAIZHANG_LEXICON", folders.as_str()),
        ("TAIZHANG_CURRENCY", "TWD"),
        ("TAIZHANG_FORMAT", "csv,jsonl"),
        ("TAIZHANG_KINDS", "date,label"),
        ("TAIZHANG_COLUMNS", "text,value"),
        ("TAIZHANG_HEADERS", "zh"),
        ("TAIZHANG_EXCEL", "true"),
        ("TAIZHANG_JOBS", "5"),
    ];
    let ended = with(at.path(), &variables, &["config", "--json"]);
    for (key, value) in [
        ("lexicon", json!(["words", "more"])),
        ("currency", json!("TWD")),
        ("format", json!(["csv", "jsonl"])),
        ("kinds", json!(["date", "label"])),
        ("columns", json!(["text", "value"])),
        ("headers", json!("zh")),
        ("excel", json!(true)),
        ("jobs", json!(5)),
    ] {
        assert_eq!(told(&ended, key)["value"], value);
    }
}

#[test]
fn the_nearest_file_upward_is_read() {
    let at = folder(&[("taizhang.toml", b"year = 2001"), ("a/taizhang.toml", b"jobs = 2"), ("a/b/c/x", b"")]);
    let deep = taizhang(&at.path().join("a/b/c"), &["config", "--json"]);
    assert_eq!(told(&deep, "jobs")["value"], 2);
    assert_eq!(told(&deep, "year")["value"], Value::Null, "one file is read, not two");
    let named = taizhang(&at.path().join("a"), &["config", "--json", "--config", "../taizhang.toml"]);
    assert_eq!(told(&named, "year")["file"], "../taizhang.toml");
    let by_variable = with(&at.path().join("a"), &[("TAIZHANG_CONFIG", "../taizhang.toml")], &["config", "--json"]);
    assert_eq!(told(&by_variable, "year")["value"], 2001);
    let both = taizhang(at.path(), &["config", "--isolated", "--config", "taizhang.toml"]);
    assert_eq!(both.code, 2, "{}", both.stderr);
}

#[test]
fn folders_are_meant_from_the_file_that_names_them() {
    let at = folder(&[
        ("office/taizhang.toml", b"lexicon = [\"words\"]\ncolumns = [\"text\", \"unit\"]\n"),
        ("office/words/classifiers.tsv", CLASSIFIERS.as_bytes()),
        ("office/2023/a.txt", "改造房屋12幢子。".as_bytes()),
    ]);
    let ended = taizhang(&at.path().join("office/2023"), &["extract", "a.txt", "-o", "-", "-q"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "text,unit\n12幢子,幢子\n"), "{}", ended.stderr);
}

#[test]
fn all_that_is_wrong_in_a_file_is_told_even_where_it_is_overridden() {
    let file = "yaer = 2023\ncurrency = \"HKDD\"\nyear = 22\nkinds = [\"mesure\", \"count\",\n  \"count\"]\n\
                jobs = \"4\"\nlexicon = \"nowhere\"\nexcel = 1\ncolumns = []\n[extract]\nyear = 2020\n";
    let at = folder(&[("taizhang.toml", file.as_bytes()), ("a.txt", b"3%")]);
    let typed = ["--year", "2020", "--currency", "CNY", "--kinds", "date", "--jobs", "1"];
    let args = [&["extract", "a.txt", "-o", "out"], &typed[..]].concat();
    let ended = taizhang(at.path(), &args);
    assert_eq!(ended.code, 2);
    let expected = [
        "1: `yaer` is no setting; did you mean `year`?",
        "2: `currency` cannot be `HKDD`; did you mean `HKD`?",
        "3: `year` cannot be `22`: 22 is not in 1000..=9999",
        "4: `kinds` cannot be `mesure`; did you mean `measure`?",
        "5: `kinds` names `count` twice",
        "6: `jobs` is a whole number without quotes, and not a string",
        "7: `lexicon` cannot be `nowhere`: `nowhere` is not a folder",
        "8: `excel` is true or false, and not an integer",
        "9: `columns` names nothing",
        "10: `extract` is no setting",
    ];
    assert_eq!(ended.stderr.lines().count(), expected.len(), "{}", ended.stderr);
    for (told, said) in ended.stderr.lines().zip(expected) {
        assert!(told.starts_with(&format!("taizhang: error: taizhang.toml:{said}")), "{told}\nis not\n{said}");
    }
    assert!(!at.path().join("out").exists());
    assert_eq!(taizhang(at.path(), &[&args[..], &["--isolated"]].concat()).code, 0);
}

#[test]
fn a_file_that_is_no_toml_or_not_there_is_named() {
    let at = folder(&[("taizhang.toml", b"year = 2020\njobs = = 3\n"), ("latin.toml", b"# caf\xe9\n")]);
    let broken = taizhang(at.path(), &["config"]);
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.starts_with("taizhang: error: taizhang.toml:2: "), "{}", broken.stderr);
    for file in ["nowhere.toml", "latin.toml"] {
        let ended = taizhang(at.path(), &["config", "--config", file]);
        assert_eq!(ended.code, 2);
        assert!(ended.stderr.contains(&format!("`{file}` cannot be read")), "{}", ended.stderr);
    }
}

#[test]
fn variables_are_checked_and_slips_are_told() {
    let at = folder(&[]);
    let wrong = with(at.path(), &[("TAIZHANG_KINDS", "mesure"), ("TAIZHANG_YAER", "2020")], &["config"]);
    assert_eq!(wrong.code, 2);
    let lines: Vec<&str> = wrong.stderr.lines().map(|line| line.split(" (").next().unwrap_or_default()).collect();
    assert_eq!(
        lines,
        [
            "taizhang: error: TAIZHANG_KINDS: `kinds` cannot be `mesure`; did you mean `measure`?",
            "taizhang: error: the variable TAIZHANG_YAER sets nothing; did you mean TAIZHANG_YEAR?",
        ]
    );
    assert_eq!(with(at.path(), &[("TAIZHANG_BENCH_DIR", "x")], &["config"]).code, 0, "it is somebody else's");
}

#[test]
fn a_bare_yuan_is_the_money_that_is_set_where_the_text_does_not_tell() {
    let at = folder(&[]);
    let codes = |args: &[&str], text: &str| {
        let args = [&["extract", "-", "-o", "-", "-q", "--columns", "unit_code"], args].concat();
        let ended = fed(at.path(), &args, text.as_bytes());
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        ended.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let text = "全年收入3億元，每戶8000元/月；另有5萬美元，人民幣7萬元。";
    assert_eq!(codes(&[], text), "CNY CNY/mo USD CNY");
    assert_eq!(codes(&["--currency", "HKD"], text), "HKD HKD/mo USD CNY");
    let small = "票价5块，停车费3角一次，每度电补贴5分钱，咖啡每杯8块钱，糖果2毛，车费12块5。";
    assert_eq!(codes(&["--currency", "HKD"], small), "HKD HKD HKD HKD HKD HKD", "its parts and other names too");
    let named = "售价RMB300元，¥35，5元人民币，人民币8角，400 yuan。";
    assert_eq!(codes(&["--currency", "HKD"], named), "CNY CNY CNY CNY CNY", "what is named stays");
    assert_eq!(codes(&["--currency", "HKD"], "臺北市編列預算300億元。"), "TWD", "the text tells");
    let (written_there, written_of) = ("恒生指數成分股成交800億元。", "恒生指数成分股成交800亿元。");
    assert_eq!((codes(&[], written_there), codes(&[], written_of)), ("HKD".into(), "CNY".into()), "in its own script");
    assert_eq!(codes(&["--currency", "CNY"], "臺北市編列預算300億元。"), "TWD", "the text tells");
    fs::write(at.path().join("taizhang.toml"), "currency = \"SGD\"").expect("a file");
    assert_eq!(codes(&[], text), "SGD SGD/mo USD CNY");
}

#[test]
fn the_money_of_a_bare_yuan_is_explained() {
    let at = folder(&[("set.txt", "收入3萬元。".as_bytes()), ("told.txt", "臺北市收入3萬元。".as_bytes())]);
    let explained = |file: &str| taizhang(at.path(), &["explain", file, "--currency", "HKD"]).stdout;
    let set = explained("set.txt:1");
    assert!(set.contains("unit_code=HKD") && set.contains("because the money that is set for a bare 元\n"), "{set}");
    let told = explained("told.txt:1");
    assert!(told.contains("unit_code=TWD") && told.contains("row regions.tsv:"), "{told}");
    assert!(told.contains("words 臺北市\n"), "{told}");
}

#[test]
fn a_pipe_takes_one_format_whoever_asks_for_more() {
    let at = folder(&[("taizhang.toml", b"format = [\"csv\", \"parquet\"]\n"), ("a.txt", "增长3%。".as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "a.txt", "-o", "-"]);
    assert_eq!(ended.code, 2);
    let told = "standard output takes one format, and taizhang.toml:1 asks for 2";
    assert!(ended.stderr.contains(told), "{}", ended.stderr);
    assert_eq!(taizhang(at.path(), &["extract", "a.txt", "-o", "-", "-q", "--format", "csv"]).code, 0);
}
