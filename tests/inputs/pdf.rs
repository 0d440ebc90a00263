//! `pdftotext` is played by scripts: what counts is what becomes of what it does.

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
