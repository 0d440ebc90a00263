//! A dataset in folders that are named by what a column holds.

use super::*;

pub(super) const BY_TOWN: [&str; 9] =
    ["in", "--dataset", "data", "--text-column", "text", "--keep-columns", "town,day", "--partition-by", "town"];

/// A table of texts whose rows are of a few towns, in turn.
pub(super) fn news(rows: usize, seed: usize) -> String {
    let towns = ["甲镇", "乙镇", "", "a/b=c", "丙镇"];
    let row = |row: usize| {
        let town = towns.get((row + seed) % 5).expect("a town");
        format!("{town},2023-05-{:02},\"新建学校{}所，同比增长{}%。\"\n", row % 28 + 1, row + seed + 1, row % 9 + 1)
    };
    format!("town,day,text\n{}", (0..rows).map(row).collect::<String>())
}

/// The folders of the parts.
fn folders(at: &Path) -> BTreeSet<String> {
    facts(at).keys().filter_map(|name| Some(name.split_once('/')?.0.to_owned())).collect()
}

/// Document and value of each row, with the town as the name of the folder tells it.
fn told(at: &Path) -> Vec<(String, String, String)> {
    let mut told = Vec::new();
    for (name, bytes) in facts(at).into_iter().filter(|(name, _)| name.ends_with(".parquet")) {
        let town = name.split_once('/').map_or("", |(folder, _)| folder).trim_start_matches("town=").to_owned();
        let part = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a table");
        assert!(part.column("town").is_err(), "readers take the column from the folder");
        let texts = |name: &str| part.column(name).expect("a column").str().expect("texts").clone();
        let (documents, texts) = (texts("document"), texts("text"));
        for (document, text) in documents.iter().flatten().zip(texts.iter().flatten()) {
            told.push((town.clone(), document.to_owned(), text.to_owned()));
        }
    }
    told.sort();
    told
}

#[test]
fn rows_stand_in_the_folder_of_their_value() {
    let at = inputs(1);
    write(
        at.path(),
        "in/news.csv",
        "town,day,text\n甲镇,1,新建学校3所。\na/b=c,2,新建医院5所、公园2个。\n,3,绿道5公里。\n",
    );
    grown(at.path(), &BY_TOWN);
    let null = "town=__HIVE_DEFAULT_PARTITION__";
    assert_eq!(folders(at.path()), [null, "town=a%2Fb%3Dc", "town=甲镇"].map(str::to_owned).into());
    let row = |town: &str, document: &str, text: &str| (town.to_owned(), document.to_owned(), text.to_owned());
    let null = "__HIVE_DEFAULT_PARTITION__";
    let expected = [
        row(null, "000.txt", "1%"),
        row(null, "000.txt", "3.1亿元"),
        row(null, "news.csv#3", "5公里"),
        row("a%2Fb%3Dc", "news.csv#2", "2个"),
        row("a%2Fb%3Dc", "news.csv#2", "5所"),
        row("甲镇", "news.csv#1", "3所"),
    ];
    assert_eq!(told(at.path()), expected);
    let before = facts(at.path());
    grown(at.path(), &BY_TOWN);
    assert_eq!(counts(at.path()), [0, 2, 0, 0]);
    assert!(facts(at.path()) == before);
    // A folder goes with the last of its rows.
    write(at.path(), "in/news.csv", "town,day,text\n乙镇,1,新建学校3所。\n");
    grown(at.path(), &BY_TOWN);
    assert_eq!(folders(at.path()), ["town=__HIVE_DEFAULT_PARTITION__", "town=乙镇"].map(str::to_owned).into());
}

#[test]
fn the_way_to_a_partitioned_dataset_leaves_no_trace_in_it() {
    let at = inputs(40);
    for number in 0..40 {
        write(at.path(), &format!("in/{number:03}.csv"), news(number * 7 % 23, number));
    }
    let dataset = |name: &'static str, more: &[&str], input: &[&str]| {
        let args = [input, &["--dataset", name], BY_TOWN.get(3..).expect("options"), more].concat();
        grown(at.path(), &args);
        files(&at.path().join(name).join("facts"))
    };
    let whole = dataset("one", &["--jobs", "1"], &["in"]);
    let parts = |folder: &str| whole.keys().filter(|name| name.starts_with(folder)).count();
    assert!(parts("town=甲镇/") > 1 && parts("town=a%2Fb%3Dc/") > 1, "{:?}", whole.keys());
    assert!(dataset("two", &["--jobs", "2"], &["in"]) == whole);
    assert!(dataset("eight", &["--jobs", "8"], &["in"]) == whole);
    let reversed: Vec<String> =
        (0..40).rev().flat_map(|n| [format!("in/{n:03}.csv"), format!("in/{n:03}.txt")]).collect();
    let reversed: Vec<&str> = reversed.iter().map(String::as_str).collect();
    assert!(dataset("reversed", &[], &reversed) == whole);
    // By and by, with a table that is another for a while.
    write(at.path(), "in/017.csv", news(50, 3));
    dataset("slow", &[], reversed.get(..50).expect("files"));
    dataset("slow", &[], reversed.get(30..).expect("files"));
    write(at.path(), "in/017.csv", news(17 * 7 % 23, 17));
    let modified = fs::metadata(at.path().join("in/016.csv")).and_then(|about| about.modified()).expect("a time");
    for name in &reversed {
        let file = fs::File::options().write(true).open(at.path().join(name)).expect("a file");
        file.set_modified(modified).expect("a time");
    }
    assert!(dataset("slow", &["--prune"], &["in"]) == dataset("fresh", &[], &["in"]));
}

#[test]
fn the_rows_are_those_of_a_dataset_without_partitions() {
    let at = inputs(3);
    write(at.path(), "in/news.csv", news(300, 0));
    grown(at.path(), &BY_TOWN);
    let parted: Vec<(String, String)> =
        told(at.path()).into_iter().map(|(_, document, text)| (document, text)).collect();
    fs::remove_dir_all(at.path().join("data")).expect("a folder");
    grown(at.path(), BY_TOWN.get(..7).expect("options"));
    let flat = table(at.path());
    let texts = |name: &str| flat.column(name).expect("a column").str().expect("texts").clone();
    let (documents, numbers) = (texts("document"), texts("text"));
    let flat = documents.iter().flatten().zip(numbers.iter().flatten());
    let mut flat: Vec<(String, String)> = flat.map(|(one, other)| (one.to_owned(), other.to_owned())).collect();
    let mut parted = parted;
    parted.sort();
    flat.sort();
    assert_eq!(parted, flat);
}

#[test]
fn other_partitions_are_refused_until_a_refresh() {
    let at = inputs(2);
    write(at.path(), "in/news.csv", news(9, 0));
    let (flat, by_day) = (BY_TOWN.get(..7).expect("options"), [BY_TOWN.get(..8).expect("options"), &["day"]].concat());
    grown(at.path(), &BY_TOWN);
    let before = facts(at.path());
    for other in [flat, &by_day] {
        let (code, said) = extract(at.path(), other);
        assert_eq!(
            (code, said.contains("the dataset holds other partitions (by town) than asked for")),
            (2, true),
            "{said}"
        );
        assert!(facts(at.path()) == before);
    }
    grown(at.path(), &[&by_day[..], &["--refresh"]].concat());
    assert!(folders(at.path()).iter().all(|folder| folder.starts_with("day=")), "{:?}", folders(at.path()));
    grown(at.path(), &[flat, &["--refresh"]].concat());
    assert!(folders(at.path()).is_empty());
    let (_, said) = extract(at.path(), &BY_TOWN);
    assert!(said.contains("other partitions (none)"), "{said}");
}

#[test]
fn a_column_that_cannot_part_the_rows_is_told() {
    let at = inputs(1);
    write(at.path(), "in/news.csv", news(3, 0));
    for column in ["kind", "text", "province"] {
        let args = [BY_TOWN.get(..8).expect("options"), &[column]].concat();
        let (code, said) = extract(at.path(), &args);
        let known = format!(
            "cannot be partitioned by `{column}`; it can by a column that is the same for all rows of a document: document, document_id, town, day"
        );
        assert_eq!((code, said.contains(&known)), (2, true), "{said}");
        assert!(!at.path().join("data/facts").exists());
    }
    let (code, said) = extract(at.path(), &["in", "-o", "out", "--partition-by", "document"]);
    assert_eq!((code, said.contains("give a folder to --dataset")), (2, true), "{said}");
    // Told in a file it is for datasets alone.
    write(at.path(), "taizhang.toml", "partition_by = \"document\"\n");
    grown(at.path(), &["in", "-o", "out"]);
    grown(at.path(), &["in/000.txt", "--dataset", "data"]);
    assert_eq!(folders(at.path()), ["document=000.txt".to_owned()].into());
}

#[test]
fn a_value_that_is_too_long_for_a_name_is_rejected_alone() {
    let at = inputs(0);
    let long = "县".repeat(90);
    write(at.path(), "in/news.csv", format!("town,day,text\n{long},1,新建学校3所。\n乙镇,2,新建医院5所。\n"));
    let (code, said) = extract(at.path(), &BY_TOWN);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("`in/news.csv#1` has a `town` that is too long for the name of a folder")
            || said.contains("`news.csv#1` has a `town`"),
        "{said}"
    );
    assert_eq!(told(at.path()).len(), 1);
}

#[test]
fn a_dataset_without_rows_is_one_that_readers_find() {
    let at = inputs(0);
    write(at.path(), "in/news.csv", "town,day,text\n甲镇,1,没有数字。\n");
    grown(at.path(), &BY_TOWN);
    assert_eq!(folders(at.path()), ["town=__HIVE_DEFAULT_PARTITION__".to_owned()].into());
    assert!(told(at.path()).is_empty());
}

#[test]
fn what_others_put_into_a_partition_is_left_alone() {
    let at = inputs(1);
    write(at.path(), "in/news.csv", news(5, 0));
    grown(at.path(), &BY_TOWN);
    for stray in ["town=甲镇/mine.parquet", "town=丁镇/mine.parquet"] {
        write(at.path(), &format!("data/facts/{stray}"), "PAR1");
        let (code, said) = extract(at.path(), &BY_TOWN);
        assert_eq!((code, said.contains("was not written by taizhang")), (2, true), "{said}");
        fs::remove_file(at.path().join("data/facts").join(stray)).expect("a file");
    }
}
