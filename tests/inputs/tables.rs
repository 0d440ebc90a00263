use super::*;

const CSV: &str = "id,content,date,text\n7,\"2022年完成投资18.34亿元，\n同比增长13.1%。\",2023-01-05,甲\n8,新增企业282家。,,乙\n9,,2023-01-07,丙\n";

const READ: [&str; 4] = [
    "document,text,id,date,source_text",
    "t.csv#1,18.34亿元,7,2023-01-05,甲",
    "t.csv#1,13.1%,7,2023-01-05,甲",
    "t.csv#2,282家,8,,乙",
];

fn expected(name: &str) -> Vec<String> {
    READ.iter().map(|row| row.replace("t.csv", name)).collect()
}

#[test]
fn every_row_is_a_document_and_brings_its_other_cells() {
    let at = folder(&[("t.csv", CSV.as_bytes()), ("t.csv.gz", &gzip(CSV.as_bytes()))]);
    assert_eq!(rows(at.path(), "document,text", &["t.csv", "--text-column", "content"]), expected("t.csv"));
    assert_eq!(rows(at.path(), "document,text", &["t.csv.gz", "--text-column", "content"]), expected("t.csv.gz"));
    let some = rows(at.path(), "text", &["t.csv", "--text-column", "content", "--keep-columns", "date,id"]);
    assert_eq!(some[..2], ["text,date,id", "18.34亿元,2023-01-05,7"]);
    let none = rows(at.path(), "text", &["t.csv", "--text-column", "content", "--keep-columns", ""]);
    assert_eq!(none[..2], ["text", "18.34亿元"]);
}

#[test]
fn no_two_columns_have_one_name_in_chinese_either() {
    let table = "单位,body,=1+1,source_单位\n市统计局,新增企业282家。,甲,乙\n";
    let at = folder(&[("t.csv", table.as_bytes())]);
    let args = ["t.csv", "--text-column", "body"];
    let read = |more: &[&str]| rows(at.path(), "text,unit", &[&args, more].concat()).remove(0);
    assert_eq!(read(&[]), "text,unit,单位,=1+1,source_单位");
    assert_eq!(read(&["--headers", "zh"]), "原文,单位,source_单位_2,=1+1,source_单位");
    assert_eq!(read(&["--headers", "zh", "--excel"]), "\u{feff}原文,单位,source_单位_2,'=1+1,source_单位");
}

#[test]
fn tables_in_any_encoding_and_from_standard_input() {
    let marked = format!("\u{feff}{CSV}");
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let at = folder(&[("gb.csv", &encoded(CSV, GBK)), ("bom.csv", marked.as_bytes()), ("le.csv", &utf16)]);
    for file in ["gb.csv", "bom.csv", "le.csv"] {
        assert_eq!(rows(at.path(), "document,text", &[file, "--text-column", "content"]), expected(file), "{file}");
    }
    let args = ["extract", "-", "-o", "-", "-q", "--columns", "document,text", "--text-column", "content"];
    let jsonl = "{\"id\":7,\"content\":\"完成投资18.34亿元。\",\"tags\":[\"a\",1],\"ok\":true,\"none\":null}\n";
    for (stdin, kept) in [(CSV, ",7,2023-01-05,甲"), (jsonl, ",7,\"[\"\"a\"\",1]\",true,")] {
        let ended = fed(at.path(), &args, stdin.as_bytes());
        assert_eq!(ended.stdout.lines().nth(1), Some(format!("-#1,18.34亿元{kept}").as_str()), "{}", ended.stderr);
    }
}

#[test]
fn json_lines_and_parquet_come_through_every_format() {
    let jsonl = "{\"id\":7,\"content\":\"2022年完成投资18.34亿元，同比增长13.1%。\",\"date\":\"2023-01-05\",\"text\":\"甲\"}\n\n\
                 {\"content\":\"新增企业282家。\",\"id\":8,\"text\":\"乙\",\"late\":1}\n";
    let at = folder(&[("t.jsonl", jsonl.as_bytes())]);
    let args = ["extract", "t.jsonl", "-o", "out", "--text-column", "content", "--format", "csv,parquet,jsonl,arrow"];
    let ended = taizhang(at.path(), &args);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let lines = fs::read_to_string(at.path().join("out/facts.jsonl")).expect("rows");
    let last: Value = serde_json::from_str(lines.lines().last().expect("a row")).expect("JSON");
    assert_eq!(
        (&last["text"], &last["id"], &last["date"], &last["source_text"]),
        (&json!("282家"), &json!("8"), &Value::Null, &json!("乙"))
    );
    // The table just written is one of texts too: its sentences.
    let again = rows(
        at.path(),
        "document,text",
        &["out/facts.parquet", "--text-column", "sentence", "--keep-columns", "id,value,period_end"],
    );
    assert_eq!(again[0], "document,text,id,source_value,source_period_end");
    assert_eq!(again[1], "facts.parquet#1,18.34亿元,7,1834000000.0,2022-12-31");
    assert_eq!(again.last().map(String::as_str), Some("facts.parquet#3,282家,8,282.0,"));
}

#[test]
fn a_quote_that_is_never_closed_loses_no_rows_in_silence() {
    let open = "id,body\n1,新增企业3家。\n2,\"新增企业4家。\n3,新增企业5家。\n";
    let closed = "id,body\r\n1,\"新增企业3家。\"\r\n2,5\" 新增企业4家。";
    let at = folder(&[("open.csv", open.as_bytes()), ("closed.csv", closed.as_bytes()), ("empty.csv", b"")]);
    let args = |file| ["extract", file, "-o", "out", "--text-column", "body", "--format", "csv", "--columns", "text"];
    let ended = taizhang(at.path(), &args("open.csv"));
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    let told = "`open.csv#2` is no row of its table (a quote opens in it that is never closed); mend it in the file";
    assert!(ended.stderr.contains(told), "{}", ended.stderr);
    assert_eq!(taizhang(at.path(), &args("closed.csv")).code, 0);
    let table = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
    assert!(table.contains("\n3家,") && table.contains("\n4家,"), "{table}");
    let empty = taizhang(at.path(), &args("empty.csv"));
    assert!(empty.stderr.contains("`empty.csv` has no column `body`, for it is empty"), "{}", empty.stderr);
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let at = folder(&[("in/t.csv", CSV.as_bytes()), ("in/a.txt", TEXT.as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "in", "-o", "out", "--text-column", "contents"]);
    assert_eq!(ended.code, 1);
    let columns = "has no column `contents`; its columns are `id`, `content`, `date`, `text`";
    assert!(ended.stderr.contains(columns), "{}", ended.stderr);
    let keep = ["extract", "in", "-o", "out", "--text-column", "content", "--keep-columns", "id,dat"];
    let ended = taizhang(at.path(), &keep);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (2, "taizhang: error: no table has a column `dat` to keep; their columns are id, date, text\n")
    );
    let text = taizhang(at.path(), &["extract", "in/t.csv", "-o", "out"]);
    assert_eq!(text.code, 2);
    assert!(text.stderr.contains("`in/t.csv` is a table; name the column"), "{}", text.stderr);
}

#[test]
fn rows_that_are_none_are_told_and_the_others_read() {
    let csv = "id,content\n1,完成投资3亿元。\n2,完成投资4亿元,增长5%。\n3,完成投资6亿元。\n";
    let jsonl = "{\"id\":1,\"content\":\"完成投资3亿元。\"}\n{\"id\":2,\n{\"id\":3,\"content\":\"完成投资6亿元。\"}\n";
    let at =
        folder(&[("in/t.csv", csv.as_bytes()), ("in/u.jsonl", jsonl.as_bytes()), ("in/v.parquet", b"PAR1 is not all")]);
    let ended = taizhang(
        at.path(),
        &["extract", "in", "-o", "out", "--text-column", "content", "--columns", "document,value", "--format", "csv"],
    );
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    let table = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
    assert_eq!(
        table,
        "document,value,id\nt.csv#1,300000000,1\nt.csv#3,600000000,3\nu.jsonl#1,300000000,1\nu.jsonl#3,600000000,3\n"
    );
    let rejected = report(at.path())["rejected"].clone();
    let files: Vec<&str> = rejected.as_array().expect("a list").iter().filter_map(|one| one["file"].as_str()).collect();
    assert_eq!(files, ["in/v.parquet", "in/t.csv#2", "in/u.jsonl#2"]);
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let lines: Vec<String> = (0..500).map(|n| format!("{n},第{n}号街道完成投资{n}.5亿元。")).collect();
    let csv = format!("id,content\n{}\n", lines.join("\n"));
    let at = folder(&[("in/t.csv", csv.as_bytes()), ("in/a.txt", TEXT.as_bytes())]);
    let read = |jobs| rows(at.path(), "document,text", &["in", "--text-column", "content", "--jobs", jobs]);
    let one = read("1");
    assert_eq!(one.len(), 1 + 3 + 500);
    assert_eq!(read("8"), one);
}

#[test]
fn a_quote_that_nobody_closes_does_not_take_in_the_file() {
    let csv = format!("id,content\n1,完成投资3亿元。\n2,\"{}\n", "完成投资4亿元。\n".repeat(200_000));
    let at = folder(&[("t.csv", csv.as_bytes())]);
    let ended =
        taizhang(at.path(), &["extract", "t.csv", "-o", "out", "--text-column", "content", "--max-bytes", "1000"]);
    assert_eq!(ended.code, 1);
    assert!(ended.stderr.contains("`t.csv#2` is longer than 1000 bytes"), "{}", ended.stderr);
}
