//! Tables of texts in a dataset: a table is one file, however many rows it has.

use super::*;

const TEXTS: [&str; 7] = ["in", "--dataset", "data", "--text-column", "text", "--keep-columns", "town"];

/// The rows of a table of texts come and go with its file.
#[test]
fn a_table_of_texts_is_one_file_of_the_dataset() {
    let at = inputs(1);
    let args = ["in", "--dataset", "data", "--text-column", "text", "--keep-columns", "town", "--prune"];
    let news = "town,text\n甲镇,新建学校3所。\n乙镇,新建医院5所、公园2个。\n";
    write(at.path(), "in/news.csv", news);
    grown(at.path(), &args);
    assert_eq!(
        rows(at.path()).into_iter().filter(|(name, _)| name.contains("news")).collect::<Vec<_>>(),
        [("news.csv#1".to_owned(), 1), ("news.csv#2".to_owned(), 2)]
    );
    let towns = table(at.path()).column("town").expect("a kept column").str().expect("texts").iter().flatten().count();
    assert_eq!(towns, 3);
    grown(at.path(), &args);
    assert_eq!(counts(at.path()), [0, 2, 0, 0]);
    write(at.path(), "in/news.csv", news.replace("、公园2个", ""));
    grown(at.path(), &args);
    assert_eq!(counts(at.path()), [2, 1, 0, 0], "both rows are read again");
    assert_eq!(rows(at.path()).get("news.csv#2"), Some(&1));
    fs::remove_file(at.path().join("in/news.csv")).expect("the file is gone");
    grown(at.path(), &args);
    assert_eq!(counts(at.path()), [0, 1, 1, 0]);
    assert!(!rows(at.path()).keys().any(|name| name.contains("news")));
}

/// More rows than are ever read together, and more bytes than are looked at to tell the encoding.
fn long(seed: usize) -> String {
    let rest = "各项工作扎实推进。".repeat(60);
    let rows = (0..1_500).map(|row| format!("甲镇,\"新建学校{}所，绿道{row}公里。{rest}\"\n", row + seed + 1));
    format!("town,text\n{}", rows.collect::<String>())
}

fn gzip(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut out, text.as_bytes()).expect("written");
    out.finish().expect("an end")
}

#[test]
fn a_long_table_gives_the_rows_and_the_bytes_of_a_table_of_its_own() {
    let at = inputs(1);
    write(at.path(), "in/news.csv", long(0));
    let dataset = |jobs: &str| {
        let _ = fs::remove_dir_all(at.path().join("data"));
        grown(at.path(), &[&TEXTS[..], &["--jobs", jobs]].concat());
        facts(at.path())
    };
    let whole = dataset("1");
    assert!(dataset("2") == whole && dataset("8") == whole);
    assert_eq!(whole.keys().filter(|name| name.ends_with(".parquet")).count(), 1, "nothing that only waited is left");
    assert_eq!(report(at.path())["rows"]["written"], table(at.path()).height());
    grown(at.path(), &["in", "-o", "out", "--text-column", "text", "--keep-columns", "town"]);
    let alone = ParquetReader::new(fs::File::open(at.path().join("out/facts.parquet")).expect("a table"));
    assert!(table(at.path()).equals_missing(&alone.finish().expect("a table")));
    // By way of another table of the same name.
    write(at.path(), "in/news.csv", long(7));
    grown(at.path(), &TEXTS);
    write(at.path(), "in/news.csv", long(0));
    grown(at.path(), &TEXTS);
    let parts = |files: &Files| files.keys().filter(|name| name.ends_with(".parquet")).cloned().collect::<Vec<_>>();
    assert_eq!(parts(&facts(at.path())), parts(&whole));
}

#[test]
fn a_table_that_breaks_off_leaves_the_rows_of_before() {
    let at = inputs(1);
    let whole = gzip(&long(0));
    write(at.path(), "in/news.csv.gz", &whole);
    grown(at.path(), &TEXTS);
    let before = rows(at.path());
    let cut = |text: &str| gzip(text).get(..whole.len() * 2 / 3).expect("most of it").to_vec();
    write(at.path(), "in/news.csv.gz", cut(&long(5)));
    let (code, said) = extract(at.path(), &TEXTS);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("`in/news.csv.gz` could not be read to its end; none of its rows were taken in"), "{said}");
    assert_eq!(rows(at.path()), before);
    let list = fs::read_to_string(at.path().join("data/rejected.csv")).expect("a list");
    assert!(list.contains("news.csv.gz#") && list.contains("is no whole"), "{list}");
    // A dataset that never saw it whole holds none of it either.
    let (code, said) = extract(at.path(), &[&["in", "--dataset", "data2"], &TEXTS[3..]].concat());
    assert_eq!(code, 1, "{said}");
    assert_eq!(files(&at.path().join("data2/facts")).len(), 2, "the part of the text, and the manifest");
    let told: serde_json::Value =
        serde_json::from_slice(&fs::read(at.path().join("data2/run.json")).expect("a report")).expect("JSON");
    assert_eq!(told["rows"]["written"], told["dataset"]["rows"]);
}

#[test]
fn rows_that_are_rejected_are_told_by_every_run() {
    let at = inputs(1);
    write(at.path(), "in/news.csv", "town,text\n甲镇,新建学校3所。\n乙镇,新建,医院5所。\n");
    for _ in 0..2 {
        let (code, said) = extract(at.path(), &TEXTS);
        assert_eq!((code, said.contains("news.csv#2")), (1, true), "{said}");
        assert_eq!(rows(at.path()).get("news.csv#1"), Some(&1));
    }
    assert_eq!(counts(at.path()), [1, 1, 0, 1], "the table is read again, the text is not");
    // Where every row is one too many, the table is another thing than before, and its rows stay.
    write(at.path(), "in/news.csv", "town,text\n甲,镇,新建学校4所。\n");
    let before = facts(at.path());
    let (code, said) = extract(at.path(), &TEXTS);
    assert_eq!(code, 1, "{said}");
    assert!(facts(at.path()) == before);
}

#[test]
fn a_table_without_rows_is_no_failure() {
    let at = inputs(0);
    write(at.path(), "in/news.csv", "town,text\n");
    grown(at.path(), &TEXTS);
    assert_eq!(table(at.path()).height(), 0);
    grown(at.path(), &TEXTS);
    assert_eq!(counts(at.path()), [0, 1, 0, 0]);
    grown(at.path(), &["in", "-o", "out", "--text-column", "text", "--columns", "text", "--format", "csv"]);
    assert_eq!(fs::read_to_string(at.path().join("out/facts.csv")).expect("a table"), "text,town\n");
}
