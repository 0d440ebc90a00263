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
    let at = folder(&[("in/a.txt.gz", &gzip(TEXT.as_bytes())), ("in/b.md.zst", &packed), ("in/c.png.gz", &gzip(b"1"))]);
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

#[test]
fn what_a_run_writes_is_not_read_by_the_next() {
    let page = "<p>全年完成投资3亿元。</p>";
    let at = folder(&[("in/a.txt", TEXT.as_bytes()), ("in/b.html", page.as_bytes())]);
    for output in ["in/out", "in/out", "./in/../in/out", "in", "in"] {
        if output == "in" {
            fs::remove_dir_all(at.path().join("in/out")).unwrap_or_default();
        }
        let args = ["extract", "in", "-o", output, "-q", "--keep-text", "--columns", "document"];
        let ended = taizhang(at.path(), &args);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        let table = fs::read_to_string(at.path().join(output).join("facts.csv")).expect("a table");
        assert_eq!(table, "document\na.txt\na.txt\na.txt\nb.html\n", "{output}");
    }
    let prune = taizhang(at.path(), &["extract", "in", "-o", "out", "--prune"]);
    assert_eq!(prune.code, 2, "{}", prune.stderr);
    assert!(prune.stderr.contains("cannot be used with"), "{}", prune.stderr);
}
