//! What the program reads: folders, lists, tables, packed files, web pages, Word and PDF files, in any encoding.

mod packed;
mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use encoding_rs::{BIG5, Encoding, GB18030, GBK};
use serde_json::{Value, json};
use tempfile::TempDir;

use packed::gzip;
use program::{ended, fed, folder, program, taizhang};

const TEXT: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n新增入驻企业282家。\n";

/// The rows that `args` write to standard output, with `columns`.
fn rows(folder: &Path, columns: &str, args: &[&str]) -> Vec<String> {
    let all = [&["extract", "-o", "-", "-q", "--columns", columns], args].concat();
    let ended = taizhang(folder, &all);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    ended.stdout.lines().map(str::to_owned).collect()
}

fn report(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("out/run.json")).expect("a report");
    serde_json::from_str(&text).expect("JSON")
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

mod files {
    use super::*;

    #[test]
    fn patterns_choose_among_the_files_of_a_folder() {
        let text = TEXT.as_bytes();
        let at = folder(&[
            ("in/2022/a.txt", text),
            ("in/2023/a.txt", text),
            ("in/2023/drafts/b.txt", text),
            ("in/2023/c.md", text),
            ("in/2023/picture.png", b"\x89PNG"),
        ]);
        let names = |args: &[&str]| {
            let mut names = rows(at.path(), "document", &[&["in"], args].concat());
            names.remove(0);
            names.dedup();
            names
        };
        assert_eq!(names(&[]), ["2022/a.txt", "2023/a.txt", "2023/c.md", "2023/drafts/b.txt"]);
        assert_eq!(names(&["--glob", "2023/**"]), ["2023/a.txt", "2023/c.md", "2023/drafts/b.txt"]);
        assert_eq!(names(&["--glob", "*.txt", "--exclude", "drafts/"]), ["2022/a.txt", "2023/a.txt"]);
        assert_eq!(names(&["--exclude", "/2022", "--exclude", "*.md"]), ["2023/a.txt", "2023/drafts/b.txt"]);
        let wrong = taizhang(at.path(), &["extract", "in", "-o", "out", "--glob", "a{b"]);
        assert_eq!(wrong.code, 2);
        assert!(wrong.stderr.contains("a pattern of --glob or --exclude cannot be read"), "{}", wrong.stderr);
        let none = taizhang(at.path(), &["extract", "in", "-o", "out", "--glob", "*.pdf"]);
        assert_eq!(none.code, 2);
        assert!(none.stderr.contains("`in` holds no files to read"), "{}", none.stderr);
    }

    #[test]
    fn a_list_names_the_files() {
        let at = folder(&[
            ("年报 1.txt", TEXT.as_bytes()),
            ("b.txt", TEXT.as_bytes()),
            ("list", "年报 1.txt\r\n\nb.txt".as_bytes()),
        ]);
        let both = rows(at.path(), "document,text", &["--files-from", "list"]);
        assert_eq!(both.len(), 1 + 2 * 3);
        let args = ["extract", "--files-from", "-", "-o", "-", "-q", "--columns", "document,text"];
        let piped = fed(at.path(), &args, "年报 1.txt\0b.txt\0".as_bytes());
        assert_eq!(piped.stdout.lines().collect::<Vec<_>>(), both);
        let missing = fed(at.path(), &args, b"nowhere.txt\nb.txt\n");
        assert_eq!((missing.code, missing.stdout.lines().count()), (1, 4));
        assert!(missing.stderr.contains("`nowhere.txt` does not exist"), "{}", missing.stderr);
        let empty = fed(at.path(), &args, b"\n");
        assert_eq!((empty.code, empty.stderr.as_str()), (2, "taizhang: error: `-` names no file\n"));
    }

    #[test]
    fn packed_files_are_read_through() {
        let packed = zstd::encode_all(TEXT.as_bytes(), 3).expect("packed");
        let at =
            folder(&[("in/a.txt.gz", &gzip(TEXT.as_bytes())), ("in/b.md.zst", &packed), ("in/c.png.gz", &gzip(b"1"))]);
        let found = rows(at.path(), "document,text", &["in"]);
        assert_eq!(found[1..4], ["a.txt.gz,18.34亿元", "a.txt.gz,13.1%", "a.txt.gz,282家"]);
        assert_eq!(found[4..], ["b.md.zst,18.34亿元", "b.md.zst,13.1%", "b.md.zst,282家"]);
    }

    #[test]
    fn what_is_too_long_or_packed_twice_is_refused_and_the_rest_read() {
        let at = folder(&[
            ("in/a.txt", TEXT.as_bytes()),
            ("in/bomb.txt.gz", &gzip(&vec![b'1'; 1 << 20])),
            ("in/cut.txt.gz", &gzip(TEXT.as_bytes())[..30]),
            ("in/long.txt", &[b'1'; 2_000]),
            ("in/twice.txt.gz", &gzip(&gzip(TEXT.as_bytes()))),
        ]);
        let ended = taizhang(at.path(), &["extract", "in", "-o", "out", "--max-bytes", "1000"]);
        assert_eq!(ended.code, 1);
        let rejected = report(at.path())["rejected"].clone();
        let reason = |file: &str| {
            let list = rejected.as_array().expect("a list");
            let one = list.iter().find(|one| one["file"] == file).unwrap_or_else(|| panic!("{file} in {list:?}"));
            one["reason"].as_str().expect("a reason").to_owned()
        };
        let limit = "is longer than 1000 bytes; split it or raise --max-bytes";
        assert_eq!(reason("in/bomb.txt.gz"), limit);
        assert_eq!(reason("in/long.txt"), limit);
        assert!(reason("in/cut.txt.gz").starts_with("is no whole gzip file"));
        assert_eq!(reason("in/twice.txt.gz"), "holds a packed file within a packed file; unpack it first");
        assert_eq!(report(at.path())["documents"]["read"], 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_never_opened() {
        let at = folder(&[("in/a.txt", TEXT.as_bytes())]);
        let made = Command::new("mkfifo").arg(at.path().join("in/pipe.txt")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every Unix");
        let ended = taizhang(at.path(), &["extract", "in", "-o", "out", "-v"]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(ended.stderr.contains("pipe.txt` is a pipe or a device and was not opened"), "{}", ended.stderr);
        let named = taizhang(at.path(), &["extract", "in/pipe.txt", "/dev/zero", "-o", "out"]);
        assert_eq!((named.code, named.stderr.matches("is a pipe or a device").count()), (2, 2), "{}", named.stderr);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf_8_stay_apart() {
        use std::os::unix::ffi::OsStrExt as _;
        let at = folder(&[]);
        for name in [&b"r\xe9.txt"[..], &b"r\xe8.txt"[..]] {
            fs::write(at.path().join(std::ffi::OsStr::from_bytes(name)), TEXT).expect("a file");
        }
        let mut names = rows(at.path(), "document", &["."]);
        names.dedup();
        assert_eq!(names, ["document", "r\\xE8.txt", "r\\xE9.txt"]);
    }
}

mod encodings {
    use super::*;

    const TRADITIONAL: &str = "本年度新增就業人數為1,174人，較上年增長百分之八；總開支預算為2,000億元。\n";

    #[test]
    fn an_encoding_can_be_told() {
        // Too short to be told apart by its bytes, and with a character of Hong Kong.
        let big5 = [b"\x9d\xf6\xab\xd7282", &encoded("家。", BIG5)[..]].concat();
        let at = folder(&[("a.txt", &big5), ("b.txt", &encoded(TEXT, GBK))]);
        let read =
            |file: &str, name: &str| rows(at.path(), "text,sentence", &[file, "--encoding", name]).swap_remove(1);
        assert_eq!(read("a.txt", "big5-hkscs"), "282家,喺度282家。");
        assert!(read("b.txt", "gb2312").starts_with("18.34亿元,2022年"));
        let wrong = taizhang(at.path(), &["extract", "b.txt", "-o", "out", "--encoding", "utf-8"]);
        assert_eq!(wrong.code, 2);
        assert!(wrong.stderr.contains("`b.txt` is not in UTF-8: too many of its characters"), "{}", wrong.stderr);
        let unknown = taizhang(at.path(), &["extract", "b.txt", "-o", "out", "--encoding", "gbk2"]);
        assert_eq!(unknown.code, 2);
        assert!(unknown.stderr.contains("gb18030"), "{}", unknown.stderr);
    }

    #[test]
    fn every_encoding_gives_the_same_rows() {
        let utf16 = |order: fn(u16) -> [u8; 2]| TRADITIONAL.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let at = folder(&[
            ("utf8.txt", TRADITIONAL.as_bytes()),
            ("bom.txt", format!("\u{feff}{TRADITIONAL}").as_bytes()),
            ("gb18030.txt", &encoded(TRADITIONAL, GB18030)),
            ("big5.txt", &encoded(TRADITIONAL, BIG5)),
            ("le.txt", &utf16(u16::to_le_bytes)),
            ("be.txt", &utf16(u16::to_be_bytes)),
        ]);
        let read = |file: &str| rows(at.path(), "char_start,char_end,text,value,sentence", &[file]);
        let utf8 = read("utf8.txt");
        assert_eq!(utf8.len(), 4);
        for file in ["bom.txt", "gb18030.txt", "big5.txt", "le.txt", "be.txt"] {
            assert_eq!(read(file), utf8, "{file}");
        }
    }

    #[test]
    fn texts_that_were_read_wrongly_before_are_told() {
        let mojibake = GBK.decode_without_bom_handling(TEXT.repeat(3).as_bytes()).0.into_owned();
        let at = folder(&[("a.txt", mojibake.as_bytes()), ("b.txt", TEXT.as_bytes())]);
        let ended = taizhang(at.path(), &["extract", "a.txt", "b.txt", "-o", "out"]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(ended.stderr.contains("a.txt:1: looks like UTF-8 that was read as GBK"), "{}", ended.stderr);
        let told = report(at.path())["diagnostics"].clone();
        let files = told.as_array().expect("a list").iter().filter(|one| one["code"] == "mojibake");
        assert_eq!(files.map(|one| one["file"].clone()).collect::<Vec<_>>(), ["a.txt"]);
    }
}

mod tables {
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
        let args =
            ["extract", "t.jsonl", "-o", "out", "--text-column", "content", "--format", "csv,parquet,jsonl,arrow"];
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
        let jsonl =
            "{\"id\":1,\"content\":\"完成投资3亿元。\"}\n{\"id\":2,\n{\"id\":3,\"content\":\"完成投资6亿元。\"}\n";
        let at = folder(&[
            ("in/t.csv", csv.as_bytes()),
            ("in/u.jsonl", jsonl.as_bytes()),
            ("in/v.parquet", b"PAR1 is not all"),
        ]);
        let ended = taizhang(
            at.path(),
            &[
                "extract",
                "in",
                "-o",
                "out",
                "--text-column",
                "content",
                "--columns",
                "document,value",
                "--format",
                "csv",
            ],
        );
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        let table = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
        assert_eq!(
            table,
            "document,value,id\nt.csv#1,300000000,1\nt.csv#3,600000000,3\nu.jsonl#1,300000000,1\nu.jsonl#3,600000000,3\n"
        );
        let rejected = report(at.path())["rejected"].clone();
        let files: Vec<&str> =
            rejected.as_array().expect("a list").iter().filter_map(|one| one["file"].as_str()).collect();
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
}

/// The same report as a text, a web page and a Word document.
#[cfg(all(feature = "html", feature = "docx"))]
mod pages {
    use super::*;
    use packed::docx;

    const REPORT: &[&str] = &[
        "临江市2023年国民经济和社会发展统计公报",
        "一、综合",
        "初步核算，全年全市地区生产总值1987.5亿元，比上年增长6.2%。其中，第一产业增加值138.2亿元，增长4.1%。",
        "年末全市常住人口286万人，比上年末减少0.7万人。",
        "二、财政",
        "全年一般公共预算收入138.2亿元，增长5.3%，占地区生产总值的7.0%。",
        "表1 2023年一般公共预算收入",
        "单位：亿元",
    ];

    const TABLE: [[&str; 3]; 4] = [
        ["项目", "2022年", "2023年"],
        ["税收收入", "100.5", "120.8"],
        ["增值税", "—", "45.6"],
        ["非税收入", "30.2", "17.4"],
    ];

    fn text() -> String {
        let rows = TABLE.map(|row| row.join("\t"));
        format!("{}\n\n{}\n", REPORT.join("\n\n"), rows.join("\n"))
    }

    fn page() -> String {
        let lines: String = REPORT.iter().fold(String::new(), |all, line| all + "<p>" + line + "</p>\n");
        let row = |row: &[&str; 3]| {
            let cells = row.map(|cell| format!("<td><p>{}</p></td>", cell.replace('—', "&nbsp;")));
            format!("<tr>\n{}</tr>\n", cells.join("\n"))
        };
        let rows = TABLE.iter().map(row).collect::<Vec<_>>().concat();
        format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>公报 第12期</title>\n<style>p {{ margin: 3px }}</style></head>\n\
             <body><nav><a href=\"/\">首页</a> 今日访问 5821 人次</nav>\n<div class=\"breadcrumb\">首页 &gt; 2023年</div>\n\
             <div id=\"content\">\n{lines}<table border=1>\n{rows}</table>\n</div>\n\
             <ul><li><a href=\"a.html\">2022年公报：增长8.1%</a></li><li><a href=\"b.html\">2021年公报</a></li></ul>\n\
             <script>var n = 12345;</script>\n<footer>备案号 12345678 号</footer></body></html>\n"
        )
    }

    fn paragraph(words: &str) -> String {
        // Word cuts its runs where it likes.
        let middle = words.char_indices().nth(words.chars().count() / 2).map_or(0, |(at, _)| at);
        let (head, tail) = words.split_at(middle);
        format!(
            "<w:p><w:r><w:t>{head}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{tail}</w:t></w:r></w:p>"
        )
    }

    fn word() -> Vec<u8> {
        let lines: String = REPORT.iter().fold(String::new(), |all, line| all + &paragraph(line));
        let cell = |words: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(&words.replace('—', "")));
        let row = |row: &[&str; 3]| format!("<w:tr>{}</w:tr>", row.map(cell).concat());
        docx(&format!("{lines}<w:tbl>{}</w:tbl>", TABLE.iter().map(row).collect::<Vec<_>>().concat()))
    }

    const SAID: &str =
        "section,text,sentence,kind,value,unit,unit_code,indicator,relation,direction,comparison,of_fact,period,status";

    #[test]
    fn a_web_page_and_a_word_document_say_what_the_text_says() {
        let gbk = encoded(&page().replace("utf-8", "gb2312"), GBK);
        let at = folder(&[
            ("a.txt", text().as_bytes()),
            ("a.html", page().as_bytes()),
            ("gbk.htm", &gbk),
            ("a.docx", &word()),
            ("a.docx.gz", &gzip(&word())),
        ]);
        let read = |file: &str| rows(at.path(), SAID, &[file, "--all-kinds"]);
        let said = read("a.txt");
        assert!(
            said.len() > 20 && said.iter().any(|row| row.contains("17.4,number,") || row.contains("1740000000")),
            "{said:#?}"
        );
        for file in ["a.html", "gbk.htm", "a.docx", "a.docx.gz"] {
            assert_eq!(read(file), said, "{file}");
        }
    }

    #[test]
    fn texts_that_were_taken_out_can_be_kept_and_places_looked_up() {
        let at = folder(&[("in/a.txt", text().as_bytes()), ("in/b/a.html", page().as_bytes()), ("in/c.docx", &word())]);
        let args = [
            "extract",
            "in",
            "-o",
            "out",
            "--keep-text",
            "--format",
            "csv",
            "--columns",
            "document,char_start,char_end,text",
        ];
        let ended = taizhang(at.path(), &args);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let table = fs::read_to_string(at.path().join("out/facts.csv")).expect("a table");
        let mut looked_up = 0;
        for row in table.lines().skip(1).filter(|row| !row.starts_with("a.txt")) {
            let cells: Vec<&str> = row.split(',').collect();
            let [document, start, end, words] = cells[..] else { panic!("{row}") };
            let text = fs::read_to_string(at.path().join(format!("out/text/{document}.txt"))).expect("a text");
            let (start, end): (usize, usize) = (start.parse().expect("a place"), end.parse().expect("a place"));
            assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), words);
            looked_up += 1;
        }
        assert!(looked_up > 20, "{table}");
        assert!(!at.path().join("out/text/a.txt.txt").exists(), "a text is where it was");
        let nowhere = taizhang(at.path(), &["extract", "in", "-o", "-", "--keep-text"]);
        assert_eq!(
            (nowhere.code, nowhere.stderr.as_str()),
            (2, "taizhang: error: --keep-text writes files; give a folder to --output\n")
        );
    }

    #[test]
    fn a_declaration_counts_unless_the_bytes_say_otherwise() {
        let page = |charset: &str| {
            format!(
                "<html><head><meta http-equiv=Content-Type content=\"text/html; charset={charset}\"></head><p>新增企业282家。</p>"
            )
        };
        let at = folder(&[
            ("big5.html", &encoded(&page("big5").replace("新增企业", "新增企業"), BIG5)),
            ("liar.html", page("gb2312").as_bytes()),
            ("sjis.html", &encoded(&page("shift_jis").replace("企业282家", "会社282件"), encoding_rs::SHIFT_JIS)),
        ]);
        for file in ["big5.html", "liar.html", "sjis.html"] {
            let sentence = rows(at.path(), "sentence", &[file, "--all-kinds"]).pop().unwrap_or_default();
            assert!(sentence.starts_with("新增") && sentence.contains("282"), "{file}: {sentence}");
        }
        let ended = taizhang(at.path(), &["extract", "liar.html", "-o", "out", "-v"]);
        assert!(ended.stderr.contains("declares GB18030 and was read as UTF-8"), "{}", ended.stderr);
    }

    /// The text of a page as `--keep-text` writes it.
    fn kept(name: &str, bytes: &[u8]) -> String {
        let at = folder(&[(name, bytes)]);
        let ended = taizhang(at.path(), &["extract", name, "-o", "out", "-q", "--keep-text"]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        fs::read_to_string(at.path().join(format!("out/text/{name}.txt"))).expect("a text")
    }

    #[test]
    fn marks_that_would_take_the_text_away_are_not_believed() {
        let body = "<p>全年完成财政总收入18.34亿元，同比增长13.1%。</p><p>新增入驻企业282家。</p>";
        for page in [
            format!("<nav><a href=/>首页</a>{body}"),
            format!("<div class=sidebar>{body}</div>"),
            format!("<form action=x><div class=\"nav\">首页</div>{body}</form>"),
            format!("<p><a href=x>全文</a></p><article>{body}</article>"),
        ] {
            let text = kept("a.html", page.as_bytes());
            assert!(text.contains("18.34亿元") && text.contains("282家"), "{page}\n{text}");
        }
        assert_eq!(kept("a.html", b"<ul><li><a href=x>2022\xe5\xb9\xb4</a></ul>"), "2022年\n");
    }

    #[test]
    fn lines_and_cells_of_pages_are_those_that_a_reader_sees() {
        for (page, text) in [
            ("<p>全年\n完成投资\n 3亿元<br>增长5%<p>新增&nbsp;8家", "全年完成投资 3亿元\n增长5%\n\n新增 8家\n"),
            ("<p>完成<b>3</b><st1:place>亿</st1:place><o:p></o:p>元", "完成3亿元\n"),
            ("<table><tr><td>甲<td>1<tr><td colspan=2>注<tr><td><td>2</table>", "甲\t1\n注\n—\t2\n"),
            ("<table><tr><td><table><tr><td>a<td>1</table><td>边</table>尾", "a\t1\n\n边\n\n尾\n"),
            ("<p>120km<sup>2</sup>，10<sup>3</sup>吨，8家<sup>1", "120km²，10³吨，8家¹\n"),
            ("<p>1&lt;2&amp;3<!-- 4 --><script>5</script><p hidden>6</p><div style='display: none'>7</div>", "1<2&3\n"),
            ("<pre>甲  3\n乙  4</pre>", "甲 3\n乙 4\n"),
        ] {
            assert_eq!(kept("a.html", page.as_bytes()), text, "{page}");
        }
    }

    #[test]
    fn a_page_without_tags_is_a_text() {
        let at = folder(&[("a.html", "全年完成投资3亿元。\n\n新增企业282家。\n".as_bytes())]);
        let read = rows(at.path(), "line,sentence", &["a.html"]);
        assert_eq!(read, ["line,sentence", "1,全年完成投资3亿元。", "3,新增企业282家。"]);
    }

    #[test]
    fn words_that_word_hides_are_not_read_and_those_it_shows_are() {
        for (body, text) in [
            (
                "<w:p><w:r><w:t>投资</w:t><w:tab/><w:t>3&#20159;元 &amp; 5</w:t><w:br/><w:t>增长</w:t></w:r></w:p>",
                "投资\t3亿元 & 5\n增长\n",
            ),
            (
                "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>3</w:t></w:r><w:r><w:t>吨5</w:t></w:r></w:p>",
                "10³吨5\n",
            ),
            (
                "<w:p><w:del><w:r><w:delText>4</w:delText></w:r></w:del><w:ins><w:r><w:t>5家</w:t></w:r></w:ins></w:p>",
                "5家\n",
            ),
            (
                "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框6</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框6</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>外</w:t></w:r></w:p>",
                "框6\n\n外\n",
            ),
            (
                "<w:p><w:r><w:instrText>PAGE 7</w:instrText></w:r></w:p><w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"8\"/></w:tabs></w:pPr><w:r><w:t>尾</w:t></w:r></w:p>",
                "尾\n",
            ),
            (
                "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>工业</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "工业\t1\n工业\t2\n",
            ),
        ] {
            assert_eq!(kept("a.docx", &docx(body)), text, "{body}");
        }
    }

    #[test]
    fn a_broken_word_document_is_told() {
        let mut cut = word();
        cut.truncate(cut.len() - 40);
        let at = folder(&[("in/a.docx", &cut), ("in/b.docx", b"PK\x03\x04 a sheet"), ("in/c.txt", TEXT.as_bytes())]);
        let ended = taizhang(at.path(), &["extract", "in", "-o", "out"]);
        assert_eq!(ended.code, 1);
        assert!(ended.stderr.contains("a.docx` is no whole Word file"), "{}", ended.stderr);
        assert!(ended.stderr.contains("b.docx` is a ZIP or Office file"), "{}", ended.stderr);
    }
}

/// `pdftotext` is played by scripts: what counts is what becomes of what it does.
#[cfg(unix)]
mod pdf {
    use super::*;

    /// A run over a PDF file with a `pdftotext` that does what the script says; `$6` is where its text goes.
    fn with_tool(script: Option<&str>, args: &[&str]) -> (TempDir, crate::program::Ended) {
        use std::os::unix::fs::PermissionsExt as _;
        let at = folder(&[("a.pdf", b"%PDF-1.7\n"), ("tools/none", b"")]);
        if let Some(script) = script {
            let tool = at.path().join("tools/pdftotext");
            fs::write(&tool, format!("#!/bin/sh\nfor out; do :; done\n{script}\n")).expect("a script");
            fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("a program");
        }
        let args = [&["extract", "a.pdf", "-o", "out", "--format", "csv", "--columns", "text"], args].concat();
        let mut command = program(at.path(), &args);
        command.env("PATH", at.path().join("tools"));
        let ended = ended(command, b"");
        (at, ended)
    }

    #[test]
    fn a_pdf_file_is_read_where_the_tool_is_there() {
        let (at, ended) = with_tool(Some("printf '完成投资3亿元。\\f同比增长5%%。\\n' > \"$out\""), &["--keep-text"]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert_eq!(fs::read_to_string(at.path().join("out/facts.csv")).expect("a table"), "text\n3亿元\n5%\n");
        assert_eq!(
            fs::read_to_string(at.path().join("out/text/a.pdf.txt")).expect("a text"),
            "完成投资3亿元。\n同比增长5%。\n"
        );
    }

    #[test]
    fn what_keeps_a_pdf_file_from_being_read_is_told() {
        for (script, args, told) in [
            (None, &[][..], "and `pdftotext`, which reads them, is not installed"),
            (
                Some("echo 'Syntax Error: no trailer' >&2; exit 1"),
                &[],
                "that `pdftotext` cannot read (Syntax Error: no trailer)",
            ),
            (Some("printf '\\f \\f' > \"$out\""), &[], "that holds no text, only pictures of it"),
            (Some("printf '\\001\\002\\003 12' > \"$out\""), &[], "whose fonts do not tell which letters they show"),
            (Some("while :; do :; done"), &["--timeout", "1"], "that `pdftotext` did not read within 1 seconds"),
        ] {
            let (_, ended) = with_tool(script, args);
            assert_eq!(ended.code, 2);
            assert!(ended.stderr.contains(&format!("`a.pdf` is a PDF file {told}")), "{}", ended.stderr);
        }
    }
}
