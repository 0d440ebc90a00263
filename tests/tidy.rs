//! House rules that no compiler checks: the order of the modules, the size of the files, what stands where.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of use: none uses one behind it.
const ORDER: &[&str] = &[
    "calendar",
    "exact",
    "terms",
    "text",
    "lexicon",
    "trace",
    "reflow",
    "segment",
    "options",
    "lex",
    "numeral",
    "quantity",
    "mention",
    "link",
    "normalise",
    "pipeline",
    "table",
    "io",
    "dataset",
    "cli",
    "main",
];

/// Names at the root of the crate and the module that they come from.
const ROOT: &[(&str, &str)] = &[
    ("Lexicon", "lexicon"),
    ("LexiconError", "lexicon"),
    ("Extraction", "normalise"),
    ("Fact", "normalise"),
    ("Record", "normalise"),
    ("Options", "options"),
    ("Pipeline", "pipeline"),
    ("Shown", "pipeline"),
    ("Stage", "pipeline"),
    ("ComposedUnit", "quantity"),
];

/// Modules that use a later one all the same, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Lines that a file may have.
const MOST_LINES: usize = 400;

/// Files that are still longer, and the lines they may have at most: the numbers only go down.
const LONGER: &[(&str, usize)] = &[];

/// The rooms that know of language.
const STAGES: [&str; 7] = ["reflow", "segment", "lex", "numeral", "quantity", "mention", "link"];

/// Words of Chinese in their code, which are function words and the words of shapes: the number only goes down.
const MOST_WORDS: usize = 70;

struct File {
    /// Below `src`, with `/`.
    name: String,
    module: String,
    text: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let file = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let module = name.split(['/', '.']).next().unwrap_or_default().to_owned();
        File { text: fs::read_to_string(&path).expect("a source"), name, module }
    };
    paths.into_iter().map(file).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

impl File {
    /// The lines in front of the file's own tests that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = self.text.find("#[cfg(test)]\nmod tests").unwrap_or(self.text.len());
        let code = self.text.get(..end).unwrap_or(&self.text);
        (1..).zip(code.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Where code that is no comment holds one of the words.
    fn holding(&self, words: &[&str]) -> Vec<String> {
        let holds = |(at, line): (usize, &str)| {
            words.iter().find(|word| line.contains(**word)).map(|word| format!("src/{}:{at}: {word}", self.name))
        };
        self.code().filter_map(holds).collect()
    }
}

fn place(module: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == module)
        .unwrap_or_else(|| panic!("`{module}` has no place in the order of use"))
}

/// The modules that a line names behind `crate::`, or `taizhang::` in the program.
fn used(line: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for start in ["crate::", "taizhang::"] {
        for (at, _) in line.match_indices(start) {
            let rest = line.get(at + start.len()..).unwrap_or_default();
            let inner = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
            let names = inner.map_or(vec![rest], |inner| inner.split(',').collect());
            used.extend(names.into_iter().filter_map(|name| {
                name.trim().split(|c: char| !(c.is_alphanumeric() || c == '_')).next().filter(|name| !name.is_empty())
            }));
        }
    }
    used
}

#[test]
fn no_module_uses_a_later_one() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| file.module != "lib") {
        for (at, line) in file.code() {
            for name in used(line) {
                let from_root = ROOT.iter().find(|(root, _)| *root == name).map_or(name, |(_, module)| *module);
                let excepted = EXCEPTIONS.iter().any(|(user, later, _)| *user == file.module && *later == from_root);
                if place(from_root) > place(&file.module) && !excepted {
                    wrong.push(format!("src/{}:{at}: {} uses {from_root}", file.name, file.module));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_modules_of_the_library_stand_in_the_order_of_use() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the library");
    let modules: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))?.strip_suffix(';'))
        .collect();
    let order: Vec<&str> = ORDER.iter().copied().filter(|module| *module != "main").collect();
    assert_eq!(modules, order);
}

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for file in files() {
        let lines = file.text.lines().count();
        let most = LONGER.iter().find(|(name, _)| *name == file.name).map_or(MOST_LINES, |(_, most)| *most);
        if lines > most {
            long.push(format!("src/{} has {lines} lines; {most} are the most", file.name));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn words_are_rows() {
    let mut found = Vec::new();
    for file in files().iter().filter(|file| STAGES.contains(&file.module.as_str())) {
        for (at, line) in file.code() {
            let code = line.split(" //").next().unwrap_or_default();
            // Every second piece stands in quotes. One character may be a mark; words with spaces tell a rule.
            let words = code.split('"').skip(1).step_by(2).filter(|word| {
                word.chars().count() > 1 && word.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
            });
            found.extend(words.map(|word| format!("src/{}:{at}: {word}", file.name)));
        }
    }
    assert!(
        found.len() <= MOST_WORDS,
        "{} words stand in code, {MOST_WORDS} are the most; a new word is a row of a table:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn lints_are_expected_and_never_allowed() {
    let found: Vec<String> = files().iter().flat_map(|file| file.holding(&["#[allow(", "#![allow("])).collect();
    assert!(found.is_empty(), "use #[expect(…, reason = \"…\")]:\n{}", found.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TODO", "FIXME", "XXX:", "todo!(", "unimplemented!("];
    let mut found = Vec::new();
    for file in files() {
        let lines = (1..).zip(file.text.lines());
        found.extend(
            lines
                .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
                .map(|(at, line)| format!("src/{}:{at}: {line}", file.name)),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn each_tool_stays_in_its_room() {
    let rooms: [(&[&str], &[&str]); 3] = [
        (&["polars"], &["table", "io", "dataset"]),
        (
            &["println!(", "print!(", "eprintln!(", "eprint!(", "stdout()", "stderr()", "process::exit"],
            &["cli", "main"],
        ),
        (&["std::fs", "File::open", "std::env"], &["lexicon", "io", "dataset", "cli"]),
    ];
    let mut found = Vec::new();
    for (words, modules) in rooms {
        found.extend(
            files().iter().filter(|file| !modules.contains(&file.module.as_str())).flat_map(|file| file.holding(words)),
        );
    }
    assert!(
        found.is_empty(),
        "polars: table, io and dataset; printing: cli; files: lexicon, io, dataset and cli\n{}",
        found.join("\n")
    );
}
