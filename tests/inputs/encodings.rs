use super::*;

const TRADITIONAL: &str = "本年度新增就業人數為1,174人，較上年增長百分之八；總開支預算為2,000億元。\n";

#[test]
fn an_encoding_can_be_told() {
    // Too short to be told apart by its bytes, and with a character of Hong Kong.
    let big5 = [b"\x9d\xf6\xab\xd7282", &encoded("家。", BIG5)[..]].concat();
    let at = folder(&[("a.txt", &big5), ("b.txt", &encoded(TEXT, GBK))]);
    let read = |file: &str, name: &str| rows(at.path(), "text,sentence", &[file, "--encoding", name]).swap_remove(1);
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
