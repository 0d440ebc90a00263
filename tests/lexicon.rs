//! The tables of words: every row is found in its own example, no surface is read by accident twice.
//!
//! A row whose work leaves a trace (units, classifiers, hedges, fixed words, changes, comparisons, periods, statuses)
//! must be named by a step behind some value of its example. The rows of the other tables are checked by what they do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use taizhang::exact::Exact;
use taizhang::lexicon::{Row, RowId};
use taizhang::trace::Column;
use taizhang::{Lexicon, Options, Pipeline, Shown, Stage};

/// Tables that may share words, because each is asked by another stage or for another column, and why.
const SHARED: &[(&str, &[&str], &str)] = &[
    (
        "cues",
        &[
            "changes",
            "comparisons",
            "labels",
            "modifiers",
            "nonunits",
            "numerals",
            "periods",
            "statuses",
            "classifiers",
            "units",
        ],
        "a cue tells the part a word plays in its clause, beside what the word says: 完成, 占, 计划, 约, 处",
    ),
    (
        "comparisons",
        &["periods", "statuses", "units"],
        "上年 is a time and 计划 an aim; behind 比 both are what is compared with; 年 is a unit behind a number, before 增 it compares",
    ),
    ("changes", &["statuses"], "预增 is a forecast and a growth"),
    ("changes", &["modifiers", "units"], "多 is more, inside a number a hedge; 升 is a litre behind a number"),
    ("periods", &["statuses"], "截至 is a time and tells a result"),
    ("statuses", &["labels"], "下一步 is a fixed word and heads what is planned"),
    (
        "nonunits",
        &["labels", "modifiers", "changes", "periods", "comparisons"],
        "behind a number the word keeps a shorter unit away, elsewhere it says something: 双创, 起步, 升高, 本年, 期初",
    ),
    (
        "modifiers",
        &["classifiers", "units"],
        "起 is a hedge behind a unit and counts cases; 成 is a hedge before 千 and tenths behind a number",
    ),
    ("numerals", &["classifiers", "units"], "两 and 点 are characters of numerals, and words behind them"),
    ("labels", &["units"], "百分比 has no number in it, and is the unit that a row label states in brackets"),
    ("regions", &["units", "cues"], "新臺幣 is money, 我省 leads a clause, and both tell whose 元 a text means"),
];

/// Units equal to the base unit of their dimension under a name of their own: the volt-ampere, the kilolitre, the
/// standard cubic metre.
const EQUALS: &[&str] = &["V.A", "kL", "m3{n}"];

/// Tables in which a surface may stand in several rows, and why.
const REPEATED: &[(&str, &str)] = &[
    ("cues", "a word may play several parts"),
    ("statuses", "a word may reach over its clause, and over a section from a heading"),
    ("ambiguous", "a surface has a row for each reading"),
    ("modifiers", "多 may stand inside a number, and behind one that 比 stands before"),
];

/// Minutes and seconds, of an angle too: they add up behind degrees, and need no reading of their own there.
const ADDED_UP: &[&str] = &["分", "秒", "′", "″"];

struct Bench {
    lexicon: Lexicon,
    pipeline: Pipeline,
}

impl Bench {
    fn new() -> Self {
        let lexicon = Lexicon::builtin();
        let pipeline = Pipeline::new(lexicon.clone(), Options { trace: true, ..Options::default() });
        Self { lexicon, pipeline }
    }

    fn table(&self, name: &'static str) -> impl Iterator<Item = &Row> {
        self.lexicon.rows().filter(move |row| row.table == name)
    }

    /// Whether a step behind some value of the example names the row.
    fn traced(&self, row: &Row) -> bool {
        self.traced_in(row, &row.example)
    }

    fn traced_in(&self, row: &Row, text: &str) -> bool {
        let extraction = self.pipeline.extract(text);
        extraction.facts().any(|fact| {
            let named = |id: RowId| {
                self.lexicon.row(id).is_some_and(|found| found.table == row.table && found.line == row.line)
            };
            Column::ALL.into_iter().filter_map(|column| fact.trace.step(column).row).any(named)
        })
    }

    /// Whether the example's lexemes name the row.
    fn lexed(&self, row: &Row) -> bool {
        let name = format!("{}:{} ", row.file.display(), row.line);
        let names = |item: &Shown| {
            item.fields.get("word").and_then(|word| word.as_str()).is_some_and(|word| word.starts_with(&name))
        };
        self.pipeline.show(&row.example, Stage::Lex).iter().any(names)
    }

    /// The numbers of the example that measure or count.
    fn quantities_kept(&self, row: &Row) -> usize {
        self.pipeline.extract(&row.example).facts().filter(|fact| fact.kind.is_quantity()).count()
    }

    /// Whether the example says something else where another word stands for that of the row, or one that starts or ends
    /// otherwise.
    fn reads_otherwise(&self, row: &Row) -> bool {
        let Some(word) = row.surfaces.iter().find(|surface| row.example.contains(&***surface)) else { return false };
        let last = word.chars().count() - 1;
        let other = |changes: &dyn Fn(usize) -> bool| {
            let other: String = word.chars().enumerate().map(|(at, c)| if changes(at) { '某' } else { c }).collect();
            lines(&row.example).replace(&**word, &other)
        };
        let others = [other(&|_| true), other(&|at| at == 0), other(&|at| at == last)];
        let said = |text: &str| {
            let facts = self.pipeline.extract(text);
            let said = facts.facts().map(|fact| {
                let number = (fact.char_start, fact.char_end, fact.kind, format!("{:?}", fact.value), fact.bound);
                let length = fact.indicator().map(|words| words.chars().count());
                (number, length, fact.relation, fact.period.map(|period| (period.start, period.end)), fact.status)
            });
            format!("{:?}", said.collect::<Vec<_>>())
        };
        others.iter().any(|other| said(&lines(&row.example)) != said(other))
    }

    fn quantities(&self, row: &Row) -> Vec<Shown> {
        self.pipeline.show(&row.example, Stage::Quantity)
    }
}

/// An example of several lines, which a row writes with ⏎.
fn lines(example: &str) -> String {
    example.replace('⏎', "\n")
}

/// The rows that fail, as a list for people: `table:line surfaces — example — what came out`.
fn told<'a>(bench: &Bench, failed: impl IntoIterator<Item = &'a Row>) -> String {
    let mut out = String::new();
    for row in failed {
        let first = row.surfaces.first().map_or("", |surface| surface);
        let _ = writeln!(out, "{}:{} {first} — {}", row.file.display(), row.line, row.example);
        for item in bench.pipeline.show(&row.example, Stage::Facts) {
            let _ = writeln!(out, "    {}", taizhang::cli::show_line(&item));
        }
    }
    out
}

/// At most so many rows of a table may fail; the numbers only go down.
fn check(table: &'static str, known: usize, holds: impl Fn(&Bench, &Row) -> bool) {
    let bench = Bench::new();
    let failed: Vec<&Row> = bench.table(table).filter(|row| !holds(&bench, row)).collect();
    if let Some(path) = std::env::var_os("LEXICON_FAULTS") {
        fs::write(Path::new(&path).join(format!("{table}.txt")), told(&bench, failed.iter().copied())).expect("a list");
    }
    assert!(failed.len() <= known, "{} rows are not found in their examples:\n{}", failed.len(), told(&bench, failed));
}

#[test]
fn units_are_found_in_their_examples() {
    // Smaller units that add up to one value leave the trace of the largest.
    check("units", 1, |bench, row| {
        let added = |item: &Shown| {
            let unit = item.fields.get("unit").and_then(|unit| unit.as_str()).unwrap_or_default();
            row.surfaces.iter().any(|surface| {
                ADDED_UP.contains(&&**surface) && item.text.ends_with(&**surface) && !unit.ends_with(&**surface)
            })
        };
        bench.traced(row) || bench.quantities(row).iter().any(added)
    });
}

#[test]
fn classifiers_are_found_in_their_examples() {
    // Still missed: nouns counted without a classifier behind a scale (1.2万游客).
    check("classifiers", 7, Bench::traced);
}

#[test]
fn hedges_are_found_in_their_examples() {
    check("modifiers", 0, Bench::traced);
}

#[test]
fn changes_are_found_in_their_examples() {
    let directions = column("changes", "direction");
    check("changes", 0, |bench, row| {
        bench.traced(row)
            || directions.get(&row.line).is_some_and(|direction| direction == "unchanged") && bench.lexed(row)
    });
}

#[test]
fn comparisons_are_found_in_their_examples() {
    // Still missed: 比预算多.
    check("comparisons", 1, Bench::traced);
}

#[test]
fn statuses_are_found_in_their_examples() {
    // What opens a section stands on a line of its own, which a table cannot write.
    let reaches = column("statuses", "reach");
    check("statuses", 0, |bench, row| {
        let section = reaches.get(&row.line).is_some_and(|reach| reach == "section");
        let text = if section { row.example.replace(' ', "\n") } else { row.example.to_string() };
        bench.traced_in(row, &text)
    });
}

#[test]
fn periods_are_found_in_their_examples() {
    check("periods", 0, |bench, row| bench.traced(row) || bench.lexed(row));
}

#[test]
fn cues_are_found_in_their_examples() {
    // What is only asked for at one place is no lexeme: it lets no quantity stand there, or with another word there the
    // example is read otherwise.
    const HIDE: [&str; 10] =
        ["body", "meeting", "plan_name", "address_part", "named", "second", "names", "member", "spoken", "workday"];
    let roles = column("cues", "role");
    check("cues", 0, |bench, row| {
        let hides = roles.get(&row.line).is_some_and(|role| HIDE.contains(&&**role));
        if hides { bench.quantities_kept(row) == 0 } else { bench.lexed(row) || bench.reads_otherwise(row) }
    });
}

#[test]
fn regions_are_found_in_their_examples() {
    // The words tell whose 元 is meant: each of them gives a sum the money of its row, beside a word in traditional script.
    check("regions", 0, |bench, row| {
        bench.traced(row) && row.surfaces.iter().all(|name| bench.traced_in(row, &format!("{name}全年總開支為300億元")))
    });
}

#[test]
fn labels_are_found_in_their_examples() {
    // A fixed word that makes a row is named by it; one that makes none must let no quantity stand on its numerals.
    check("labels", 0, |bench, row| {
        let places = bench.pipeline.show(&row.example, Stage::Quantity);
        let free = row.surfaces.iter().all(|surface| {
            let Some(from) = row.example.find(&**surface) else { return true };
            let from = row.example.get(..from).map_or(0, |head| head.chars().count());
            let to = from + surface.chars().count();
            places.iter().all(|item| item.char_end as usize <= from || to <= item.char_start as usize)
        });
        free && row.surfaces.iter().any(|surface| row.example.contains(&**surface))
    });
}

#[test]
fn words_that_are_no_units_count_nothing() {
    // Right behind a number they keep the shorter unit away: no quantity ends inside the word.
    check("nonunits", 0, |bench, row| {
        let Some(from) = row.surfaces.iter().find_map(|surface| row.example.find(&**surface)) else { return false };
        let from = row.example.get(..from).map_or(0, |head| head.chars().count());
        bench.quantities(row).iter().all(|item| item.char_end as usize <= from || from < item.char_start as usize)
    });
}

#[test]
fn numerals_are_read_in_their_examples() {
    check("numerals", 0, |bench, row| {
        let found = bench.pipeline.show(&row.example, Stage::Numeral);
        found.iter().any(|item| row.surfaces.iter().any(|surface| item.text.contains(&**surface)))
            || bench
                .pipeline
                .extract(&row.example)
                .facts()
                .any(|fact| row.surfaces.iter().any(|surface| fact.text().contains(&**surface)))
    });
}

#[test]
fn ambiguous_words_are_read_as_their_examples_call_for() {
    let readings = column("ambiguous", "reading");
    check("ambiguous", 0, |bench, row| {
        let reading = readings.get(&row.line).map_or("", String::as_str);
        let surface = row.surfaces.first().map_or("", |surface| surface);
        bench.quantities(row).iter().filter(|item| item.text.ends_with(surface)).any(|item| {
            let field = |name: &str| item.fields.get(name).and_then(|value| value.as_str()).unwrap_or_default();
            if reading == "classifier" { field("kind") == "count" } else { field("unit_code") == reading }
        })
    });
}

/// The cells of a column of a built-in table, by line.
fn column(table: &str, name: &str) -> BTreeMap<u64, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/lexicon/zh/{table}.tsv"));
    let text = fs::read_to_string(path).expect("the table");
    let mut lines = (1u64..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let (_, head) = lines.next().expect("a head");
    let at = head.split('\t').position(|cell| cell == name).unwrap_or_else(|| panic!("{table} has a column {name}"));
    lines.map(|(line, cells)| (line, cells.split('\t').nth(at).unwrap_or_default().trim().to_owned())).collect()
}

#[test]
fn no_surface_stands_twice_in_a_table() {
    let bench = Bench::new();
    let mut seen: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut twice = String::new();
    let ambiguous: BTreeSet<&str> =
        bench.table("ambiguous").flat_map(|row| row.surfaces.iter().map(|surface| &**surface)).collect();
    for row in bench.lexicon.rows() {
        let own: BTreeSet<&str> = row.surfaces.iter().map(|surface| &**surface).collect();
        if own.len() < row.surfaces.len() {
            let _ = writeln!(twice, "{}:{} lists a surface twice", row.file.display(), row.line);
        }
        for surface in own {
            let repeated = REPEATED.iter().any(|(table, _)| *table == row.table)
                || row.table == "units" && (ADDED_UP.contains(&surface) || ambiguous.contains(surface));
            if let Some(line) = seen.insert((row.table, surface), row.line)
                && !repeated
            {
                let _ = writeln!(twice, "{}:{} {surface} stands in line {line} too", row.file.display(), row.line);
            }
        }
    }
    assert!(twice.is_empty(), "\n{twice}");
}

#[test]
fn a_surface_in_two_tables_has_two_readings_on_purpose() {
    let bench = Bench::new();
    let mut tables: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in bench.lexicon.rows() {
        for surface in &row.surfaces {
            tables.entry(surface).or_default().insert(row.table);
        }
    }
    let mut by_accident = String::new();
    for (surface, mut tables) in tables {
        if tables.remove("ambiguous") && tables.contains("units") {
            tables.remove("classifiers");
        }
        let tables: Vec<&str> = tables.into_iter().collect();
        for (at, first) in tables.iter().enumerate() {
            for second in tables.iter().skip(at + 1).filter(|second| !shared(first, second)) {
                let _ = writeln!(by_accident, "{surface} stands in {first} and {second}");
            }
        }
    }
    assert!(by_accident.is_empty(), "no reading is chosen between them; see SHARED and ambiguous.tsv:\n{by_accident}");
}

fn shared(a: &str, b: &str) -> bool {
    SHARED.iter().any(|(table, others, _)| *table == a && others.contains(&b) || *table == b && others.contains(&a))
}

#[test]
fn every_dimension_has_one_base_unit() {
    let (codes, kinds) = (column("units", "code"), column("units", "kind"));
    let (dimensions, factors) = (column("units", "dimension"), column("units", "factor"));
    let mut bases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (line, factor) in &factors {
        let (scale, offset) =
            factor.split_once('+').map_or((factor.as_str(), None), |(scale, offset)| (scale, Some(offset)));
        let scale: Exact = scale.parse().unwrap_or_else(|error| panic!("units.tsv:{line}: {error}"));
        assert!(scale > Exact::ZERO, "units.tsv:{line}: the factor is positive");
        // `¤` is read as the money of a region.
        let code = if codes[line] == "¤" { "CNY" } else { &codes[line] };
        assert!(!code.is_empty() && code.is_ascii() && !code.contains(' '), "units.tsv:{line}: `{code}` is no code");
        if dimensions[line] == "currency" {
            let iso = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(iso, "units.tsv:{line}: `{code}` is no code of ISO 4217");
        } else {
            let bases = bases.entry(&dimensions[line]).or_default();
            if scale == Exact::integer(1) && offset.is_none() && !EQUALS.contains(&code) {
                // Percents and multiples have the number one for their base.
                bases.insert(if kinds[line] == "measure" { code } else { "1" });
            }
        }
    }
    for (dimension, bases) in bases {
        assert_eq!(bases.len(), 1, "base units of {dimension}: {bases:?}");
    }
}
