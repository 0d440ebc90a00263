//! The same report as a text, a web page and a Word document.

use super::*;
use crate::packed::docx;

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
