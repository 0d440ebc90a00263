//! Inputs that cannot be read or taken in: what the dataset held of them stays, and the reasons are on record.

use super::*;

#[test]
fn nothing_is_pruned_where_an_input_is_away() {
    let at = inputs(2);
    write(at.path(), "mount/x.txt", "新增绿道5公里。");
    grown(at.path(), &["in", "mount", "--dataset", "data"]);
    fs::remove_dir_all(at.path().join("mount")).expect("a folder");
    for empty in [false, true] {
        if empty {
            fs::create_dir(at.path().join("mount")).expect("a folder");
        }
        let (code, said) = extract(at.path(), &["in", "mount", "--dataset", "data", "--prune"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("nothing was pruned"), "{said}");
        assert!(rows(at.path()).contains_key("x.txt"));
    }
}

#[test]
fn a_document_that_can_no_longer_be_read_keeps_its_rows() {
    let at = inputs(3);
    grown(at.path(), &GROW);
    let before = rows(at.path());
    write(at.path(), "in/001.txt", b"\0\x01\x02");
    let (code, said) = extract(at.path(), &GROW);
    assert_eq!(code, 1, "{said}");
    assert_eq!(rows(at.path()), before);
    let rejected = fs::read_to_string(at.path().join("data/rejected.csv")).expect("a list");
    assert!(rejected.starts_with("file,reason\n") && rejected.contains("in/001.txt"), "{rejected}");
    write(at.path(), "in/001.txt", text(1));
    grown(at.path(), &GROW);
    assert!(!at.path().join("data/rejected.csv").exists());
}

#[test]
fn where_nothing_can_be_read_the_dataset_stays_and_the_reasons_are_on_record() {
    let at = inputs(2);
    grown(at.path(), &GROW);
    let before = facts(at.path());
    for number in 0..2 {
        write(at.path(), &format!("in/{number:03}.txt"), b"\0\x01\x02");
    }
    let (code, said) = extract(at.path(), &[&GROW[..], &["--prune"]].concat());
    assert_eq!(code, 2, "{said}");
    assert!(facts(at.path()) == before);
    assert_eq!(counts(at.path()), [0, 0, 0, 2]);
    let rejected = fs::read_to_string(at.path().join("data/rejected.csv")).expect("a list");
    assert_eq!(rejected.lines().count(), 3, "{rejected}");
    let (code, said) = extract(at.path(), &["away", "--dataset", "data"]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(report(at.path())["rejected"][0]["file"], "away");
    assert!(facts(at.path()) == before);
}

#[test]
fn a_name_that_two_folders_share_overwrites_nothing() {
    let at = inputs(0);
    write(at.path(), "monday/report.txt", text(1));
    write(at.path(), "tuesday/report.txt", text(2));
    grown(at.path(), &["monday", "--dataset", "data"]);
    let before = rows(at.path());
    let (code, said) = extract(at.path(), &["tuesday", "--dataset", "data"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("has the name of a document that was read from `"), "{said}");
    assert_eq!(rows(at.path()), before);
    grown(at.path(), &["monday", "tuesday", "--dataset", "both"]);
    grown(at.path(), &["tuesday", "--dataset", "data", "--refresh"]);
    assert_eq!(rows(at.path()).values().sum::<usize>(), 6);
}
