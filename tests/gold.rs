//! Scores against annotated texts, where they are at hand: `../shared/gold` and Python beside the checkout.
//!
//! The script is the one that made the annotations. The floors only rise: after an improvement, raise them to just
//! below what the test reports with `--nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use taizhang::io::{Format, ReadOptions, Search, Source, TextFile};
use taizhang::table::{Document, Selection, to_dataframe};
use taizhang::terms::Kind;
use taizhang::{Extraction, Lexicon, Options, Pipeline};

/// What each set must reach: the measure as the script names it, and its floor.
const FLOORS: &[(&str, &[(&str, f64)])] = &[
    (
        "dev",
        &[
            ("F1", 0.99),
            ("precision", 0.99),
            ("recall", 0.99),
            ("bound accuracy", 0.99),
            ("bounds accuracy", 0.97),
            ("relation accuracy", 0.99),
            ("direction accuracy", 0.99),
            ("comparison accuracy", 0.99),
            ("status accuracy", 0.99),
            ("period accuracy", 0.99),
            ("indicator accuracy", 0.975),
            ("ordinals, dates, labels right", 0.99),
            ("whole facts", 0.977),
        ],
    ),
    (
        "seed",
        &[
            ("F1", 0.99),
            ("precision", 0.99),
            ("recall", 0.99),
            ("relation accuracy", 0.99),
            ("direction accuracy", 0.99),
            ("comparison accuracy", 0.99),
            ("status accuracy", 0.99),
            ("period accuracy", 0.98),
            ("indicator accuracy", 0.98),
            ("ordinals, dates, labels right", 0.99),
            ("whole facts", 0.972),
        ],
    ),
];

/// Counts that must be nothing in every set.
const NOTHING: [&str; 3] = ["digit runs missed", "overlapping spans", "text differs from span"];

#[test]
fn the_scores_stay_above_their_floors() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let script = gold.join("score.py");
    if !script.is_file() {
        eprintln!("skipped: no annotated texts at {}", gold.display());
        return;
    }
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: the script needs python3");
        return;
    }
    let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    let mut low = Vec::new();
    for (set, floors) in FLOORS {
        let scores = score(&script, &gold.join(set), &pipeline);
        eprintln!("{set}: {}", serde_json::to_string_pretty(&scores).expect("JSON"));
        let value =
            |name: &str| scores.get(name).and_then(Value::as_f64).unwrap_or_else(|| panic!("{set}: no `{name}`"));
        low.extend(
            floors
                .iter()
                .filter(|(name, floor)| value(name) < *floor)
                .map(|(name, floor)| format!("{set}: {name} is {:.4}, below {floor}", value(name))),
        );
        low.extend(
            NOTHING.iter().filter(|name| value(name) > 0.0).map(|name| format!("{set}: {name}: {}", value(name))),
        );
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// What the script says of the table over the texts of a folder.
fn score(script: &Path, folder: &Path, pipeline: &Pipeline) -> BTreeMap<String, Value> {
    let at = tempfile::tempdir().expect("a folder");
    let facts = at.path().join("facts.csv");
    write(folder, &facts, pipeline);
    let output = Command::new("python3")
        .args([script, Path::new("--gold"), folder, Path::new("--facts"), &facts, Path::new("--json")])
        .output()
        .expect("the script runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The table of every text of a folder, rows of all kinds.
fn write(folder: &Path, target: &PathBuf, pipeline: &Pipeline) {
    let texts: Vec<(String, Source)> = Search { inputs: vec![folder.to_owned()], ..Search::default() }
        .found()
        .files
        .iter()
        .filter(|file| Path::new(&file.name).extension().is_some_and(|ending| ending == "txt"))
        .map(|file: &TextFile| (file.name.clone(), Source::read(file, &ReadOptions::default()).expect("a text")))
        .collect();
    let read: Vec<Extraction> = texts.iter().map(|(_, source)| pipeline.extract(&source.text)).collect();
    let documents = texts.iter().zip(&read).map(|((path, source), extraction)| Document {
        path,
        id: &source.document_id,
        extraction,
        kept: &[],
    });
    let selection = Selection::default().with_kinds(Kind::ALL);
    let rows = to_dataframe(documents, &selection).expect("a table");
    let out = Box::new(std::fs::File::create(target).expect("a file"));
    let mut writer = Format::Csv.writer(out, &selection, "").expect("a writer");
    writer.write(&rows).expect("rows");
    writer.finish().expect("an end");
}
