//! Running the program over files made for a test.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program; `path` stands in for PATH.
pub(crate) fn run(folder: &Path, args: &[&str], stdin: &[u8], path: Option<&Path>) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let mut child = command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends without reading closes the pipe, which is no failure of the test.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("tables are UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("written");
    out.finish().expect("an end")
}

/// A Word document with one part, packed as Word packs it.
#[cfg(all(feature = "html", feature = "docx"))]
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}\
         <w:sectPr/></w:body></w:document>"
    );
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (name, part) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", &xml)] {
        let (mut entry, config) =
            archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE).start().expect("a part");
        let packer = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(packer);
        writer.write_all(part.as_bytes()).expect("written");
        let (packer, descriptor) = writer.finish().expect("an end");
        packer.finish().expect("an end");
        entry.finish(descriptor).expect("an end");
    }
    archive.finish().expect("an end");
    out
}
