//! Texts packed as programs pack them.

use std::io::Write as _;

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
