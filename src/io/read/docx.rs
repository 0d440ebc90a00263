//! Word documents: the paragraphs and tables of `word/document.xml`, as they stand.
//!
//! Numbers that Word makes itself (automatic lists, fields that were never filled) stand nowhere in the file and are not
//! read; nor are foot notes, comments, headers and what was deleted while changes were tracked.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rawzip::{CompressionMethod, ZipArchive};

use super::grid::{Cell, Line};
use super::layout::{self, Layout};
use crate::io::error::FileErrorKind;

/// The part that holds the text.
const BODY: &[u8] = b"word/document.xml";

/// Whether the bytes are those of a Word document.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    // The names of the parts stand as they are at the end of the file and in front of each part.
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, BODY).is_some()
}

/// The text of a Word document.
pub(super) fn text(bytes: &[u8], limit: u64) -> Result<String, FileErrorKind> {
    let malformed = |why: String| FileErrorKind::Malformed("Word", why);
    let xml = body(bytes, limit).map_err(malformed)?;
    if xml.len() as u64 > limit {
        return Err(FileErrorKind::OverLimit(limit));
    }
    let mut reader = Reader::from_reader(xml.as_slice());
    reader.config_mut().check_end_names = false;
    let mut page = Page { layout: Layout::new(xml.len()), ..Page::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => page.start(&tag),
            Ok(Event::Empty(tag)) => {
                page.start(&tag);
                page.end(tag.name().as_ref());
            }
            Ok(Event::End(tag)) => page.end(tag.name().as_ref()),
            Ok(Event::Text(words)) if page.in_text => {
                page.words(&words.xml10_content().map_err(|error| malformed(error.to_string()))?);
            }
            Ok(Event::GeneralRef(name)) if page.in_text => {
                let named = name.resolve_char_ref().ok().flatten();
                let known = name.decode().ok().and_then(|name| quick_xml::escape::resolve_predefined_entity(&name));
                page.words(&named.map(String::from).or(known.map(str::to_owned)).unwrap_or_default());
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(malformed(error.to_string())),
        }
    }
    Ok(layout::text(page.layout.end().iter()))
}

/// The part that holds the text, unpacked up to a little more than the limit.
fn body(bytes: &[u8], limit: u64) -> Result<Vec<u8>, String> {
    let said = |error: rawzip::Error| error.to_string();
    let archive = ZipArchive::from_slice(bytes).map_err(said)?;
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(said)? {
        if entry.file_path().as_ref() != BODY {
            continue;
        }
        let method = entry.compression_method();
        let packed = archive.get_entry(entry.wayfinder()).map_err(said)?;
        let mut out = Vec::new();
        let most = limit.saturating_add(1);
        match method {
            CompressionMethod::STORE => packed.data().take(most).read_to_end(&mut out),
            CompressionMethod::DEFLATE => DeflateDecoder::new(packed.data()).take(most).read_to_end(&mut out),
            other => return Err(format!("it is packed in a way that is not read, {other:?}")),
        }
        .map_err(|error| error.to_string())?;
        return Ok(out);
    }
    Err("it has no word/document.xml".to_owned())
}

/// A document while its tags come.
#[derive(Default)]
struct Page {
    layout: Layout,
    /// The paragraphs that are open: a text box stands within one of the paragraphs around it.
    open: Vec<String>,
    in_text: bool,
    raised: bool,
    /// The element whose inside is left out, and how many of its name are open.
    left_out: Option<(Vec<u8>, usize)>,
}

impl Page {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        let name = name.as_ref();
        if let Some((outer, open)) = &mut self.left_out {
            *open += usize::from(outer == name);
            return;
        }
        let told = |key: &str| {
            let value = tag.try_get_attribute(key).ok().flatten()?;
            Some(String::from_utf8_lossy(&value.value).into_owned())
        };
        match name {
            // What is shown where a shape cannot be: the same words once more. What was moved stands where it went.
            b"mc:Fallback" | b"w:moveFrom" | b"w:del" => self.left_out = Some((name.to_vec(), 1)),
            b"w:p" => self.open.push(String::new()),
            b"w:r" => self.raised = false,
            b"w:vertAlign" => self.raised = told("w:val").is_some_and(|value| value == "superscript"),
            b"w:t" | b"m:t" => self.in_text = true,
            b"w:tab" if self.in_run(tag) => self.words("\t"),
            b"w:br" | b"w:cr" => self.words("\n"),
            b"w:noBreakHyphen" => self.words("-"),
            b"w:tbl" => self.layout.start_table(),
            b"w:tc" => self.layout.start_cell(Cell { columns: 1, rows: 1, ..Cell::default() }),
            b"w:gridSpan" => {
                if let (Some(cell), Some(columns)) = (self.layout.cell(), told("w:val")) {
                    cell.columns = columns.parse().unwrap_or(1);
                }
            }
            b"w:vMerge" => {
                if let Some(cell) = self.layout.cell() {
                    cell.continued = told("w:val").is_none_or(|value| value != "restart");
                }
            }
            _ => {}
        }
    }

    /// A tab that is typed, and not one of those that a paragraph sets as its stops.
    fn in_run(&self, tag: &BytesStart<'_>) -> bool {
        !self.open.is_empty() && tag.attributes().next().is_none()
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((outer, open)) = &mut self.left_out {
            *open -= usize::from(outer == name);
            if *open == 0 {
                self.left_out = None;
            }
            return;
        }
        match name {
            b"w:t" | b"m:t" => self.in_text = false,
            b"w:p" => {
                let words = self.open.pop().unwrap_or_default();
                let lines = words.split('\n').filter(|line| !line.trim().is_empty()).enumerate();
                for (place, line) in lines {
                    self.layout.push(Line { words: line.trim().to_owned(), broken: place > 0, ..Line::default() });
                }
            }
            b"w:tc" => self.layout.end_cell(),
            b"w:tr" => self.layout.end_row(),
            b"w:tbl" => self.layout.end_table(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let (Some(open), None) = (self.open.last_mut(), &self.left_out) {
            if self.raised {
                open.extend(words.chars().map(layout::raised));
            } else {
                open.push_str(words);
            }
        }
    }
}
