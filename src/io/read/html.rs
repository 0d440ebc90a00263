//! Web pages: their text without what stands around it, a paragraph a line, tables as lines of cells.
//!
//! The tags are read by `html5gum`, and everything here follows from their order, so that a page costs what its length
//! is and no nesting is too deep. What a page says beside its text - menus, paths, notes at its foot, lists of links -
//! is left out where it is marked as such, unless the better part of the page would go with it.

use std::sync::LazyLock;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use regex::bytes::Regex;

use super::grid::{Cell, Line};
use super::layout::{self, Layout};
use crate::io::decode::{Charset, Decoded, Undecodable, decode, decode_as};
use crate::io::source::Source;
use crate::text::Severity;

/// How the names of web pages end.
pub(super) const EXTENSIONS: [&str; 4] = ["html", "htm", "xhtml", "shtml"];

/// How far into a page its declarations are looked for.
const HEAD: usize = 4_096;

/// What is no text of a page.
const UNSEEN: [&str; 15] = [
    "title", "script", "style", "template", "noscript", "textarea", "select", "button", "iframe", "object", "svg",
    "math", "audio", "video", "canvas",
];

/// What stands around the text of a page, by the name of the element and by `role`.
const AROUND: [&str; 3] = ["nav", "aside", "footer"];
const ROLES: [&str; 5] = ["navigation", "banner", "contentinfo", "complementary", "search"];

/// Words of `class` and `id` that pages without such elements mark the same with.
const MARKS: [&str; 15] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "footer",
    "foot",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "share",
    "copyright",
    "pagination",
    "pager",
];

/// Elements that stand in a line.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements that have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Whether the bytes start as those of a web page.
pub(super) fn opens(bytes: &[u8]) -> bool {
    static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i-u)\A(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*|<!--.{0,200}?-->\s*)*<(?:!doctype\s+html|html)\b")
            .ok()
    });
    START.as_ref().is_some_and(|start| start.is_match(bytes.get(..HEAD).unwrap_or(bytes)))
}

/// Decodes a page and takes out its text.
pub(super) fn source(name: &str, bytes: &[u8], raw: &[u8], told: Option<Charset>) -> Result<Source, Undecodable> {
    let (decoded, unlike) = decoded(bytes, told)?;
    let text = text(&decoded.text);
    let mut source = Source { extracted: true, ..Source::new(name, Decoded { text, ..decoded }, raw) };
    if let Some(declared) = unlike {
        let message = format!("declares {} and was read as {}", declared.name(), source.encoding);
        source.note(Severity::Info, "declared-encoding", 0, message);
    }
    Ok(source)
}

/// The page decoded as was told, as it declares, or as its bytes look; and what it declares where that is not so.
fn decoded(bytes: &[u8], told: Option<Charset>) -> Result<(Decoded, Option<Charset>), Undecodable> {
    if let Some(charset) = told {
        return Ok((decode_as(bytes, charset)?, None));
    }
    let Some(declared) = declared(bytes) else { return Ok((decode(bytes)?, None)) };
    // Bytes that are UTF-8 are it by no chance, whatever is declared; else the declaration counts where it fits.
    let as_declared = decode_as(bytes, declared);
    let utf8 = declared.encoding() != UTF_8 && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    match (as_declared, decode(bytes)) {
        (Ok(page), _) if page.replacements == 0 && !utf8 => Ok((page, None)),
        (Ok(page), Ok(guess)) if page.encoding == guess.encoding => Ok((page, None)),
        (Ok(page), Ok(guess)) if page.replacements < guess.replacements => Ok((page, None)),
        (_, Ok(guess)) => Ok((guess, Some(declared))),
        (page, Err(_)) => Ok((page?, None)),
    }
}

/// The encoding that a page declares: `<meta charset=…>`, `<meta … content="…; charset=…">`, `<?xml encoding=…?>`.
fn declared(bytes: &[u8]) -> Option<Charset> {
    static CHARSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#).ok()
    });
    let name = CHARSET.as_ref()?.captures(bytes.get(..HEAD).unwrap_or(bytes))?.get(1)?.as_bytes();
    let charset: Charset = std::str::from_utf8(name).ok()?.parse().ok()?;
    // A declaration that can be read is not in UTF-16, so the standard takes it for UTF-8.
    if [UTF_16LE, UTF_16BE].contains(&charset.encoding()) { "utf-8".parse().ok() } else { Some(charset) }
}

/// The text of a page.
pub(super) fn text(page: &str) -> String {
    let (main, all) = (Page::read(page, true), Page::read(page, false));
    // Marks that swallow the text are wrong: a menu that nobody closed, a page in one frame called sidebar.
    let text = if main.prose * 2 >= all.prose { main.text() } else { String::new() };
    if text.is_empty() { all.text() } else { text }
}

/// A page while its tags come.
#[derive(Default)]
struct Page {
    strict: bool,
    layout: Layout,
    /// The line that is being written, its characters in links and outside them, and whether space waits behind it.
    words: String,
    linked: usize,
    unlinked: usize,
    space: Option<Space>,
    run: Run,
    broken: bool,
    block: Block,
    /// The element whose inside is left out, and how many of its name are open.
    left_out: Option<(String, usize)>,
    /// Characters of text outside links.
    prose: usize,
}

/// What the words that come are marked as.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    link: bool,
    raised: bool,
}

/// What sort of block a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Block {
    #[default]
    Plain,
    Heading,
    /// Its line ends stand.
    Preformatted,
}

/// White space between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Blank,
    LineEnd,
}

impl Page {
    fn read(source: &str, strict: bool) -> Self {
        let mut page = Self { strict, layout: Layout::new(source.len()), ..Self::default() };
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(source, emitter) {
            match token {
                Ok(Token::StartTag(tag)) => page.start(&tag),
                Ok(Token::EndTag(tag)) => page.end(&String::from_utf8_lossy(&tag.name)),
                Ok(Token::String(words)) => page.string(&String::from_utf8_lossy(&words)),
                Ok(_) => {}
            }
        }
        page.close(false);
        page
    }

    fn text(self) -> String {
        let lines = self.layout.end();
        layout::text(lines.iter().filter(|line| !(self.strict && line.links)))
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        if let Some((outer, open)) = &mut self.left_out {
            *open += usize::from(outer == name && !VOID.contains(&name));
            return;
        }
        match name {
            "br" => self.close(true),
            "sup" => self.run.raised = true,
            _ if INLINE.contains(&name) && name != "a" || name.contains(':') => {}
            "hr" => self.close(false),
            _ if VOID.contains(&name) => {}
            _ if UNSEEN.contains(&name) || self.strict && is_around(name, tag) => {
                if name != "a" {
                    self.close(false);
                }
                self.left_out = Some((name.to_owned(), 1));
            }
            "a" => self.run.link = tag.attributes.contains_key(&b"href"[..]),
            _ => {
                self.close(false);
                match name {
                    "table" => self.layout.start_table(),
                    "tr" | "thead" | "tbody" | "tfoot" => self.layout.end_row(),
                    "td" | "th" => {
                        self.layout.end_cell();
                        self.layout.start_cell(cell(name, tag));
                    }
                    _ => {}
                }
                self.block = block(name);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((outer, open)) = &mut self.left_out {
            *open -= usize::from(outer == name);
            if *open == 0 {
                self.left_out = None;
            }
            return;
        }
        match name {
            "a" => self.run.link = false,
            "sup" => self.run.raised = false,
            "br" => self.close(true),
            _ if INLINE.contains(&name) || name.contains(':') => {}
            _ => {
                self.close(false);
                match name {
                    "table" => self.layout.end_table(),
                    "tr" | "thead" | "tbody" | "tfoot" => self.layout.end_row(),
                    "td" | "th" => self.layout.end_cell(),
                    _ => {}
                }
                (self.block, self.run.raised) = (Block::Plain, false);
            }
        }
    }

    fn string(&mut self, words: &str) {
        if self.left_out.is_some() {
            return;
        }
        for c in words.chars() {
            match c {
                '\n' if self.block == Block::Preformatted => self.close(true),
                '\n' | '\r' => self.space = Some(Space::LineEnd),
                ' ' | '\t' | '\u{c}' | '\u{a0}' => self.space = self.space.or(Some(Space::Blank)),
                // Signs for the layout alone would stand between digits.
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                _ if c.is_control() => {}
                _ => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if let (Some(space), Some(last)) = (self.space.take(), self.words.chars().next_back()) {
            // A line end between two Chinese characters is no space, as CSS has it.
            if space == Space::Blank || !(is_wide(last) && is_wide(c)) {
                self.words.push(' ');
            }
        }
        self.words.push(if self.run.raised { layout::raised(c) } else { c });
        if self.run.link {
            self.linked += 1;
        } else {
            self.unlinked += 1;
        }
    }

    /// Ends the line; `broken` where the next one belongs to the same paragraph.
    fn close(&mut self, broken: bool) {
        self.space = None;
        let words = std::mem::take(&mut self.words);
        let (linked, unlinked) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.unlinked));
        self.prose += unlinked;
        if words.trim().is_empty() {
            // Two breaks are the end of a paragraph.
            self.broken = false;
            return;
        }
        let links = linked > 0 && unlinked == 0 && self.block != Block::Heading;
        self.layout.push(Line { words: words.trim().to_owned(), links, broken: self.broken });
        self.broken = broken;
    }
}

/// A cell of a table, as its tag tells of it.
fn cell(name: &str, tag: &StartTag<()>) -> Cell {
    let number = |key: &[u8]| {
        let typed = tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).trim().parse().ok());
        typed.flatten().unwrap_or(1)
    };
    Cell { columns: number(b"colspan"), rows: number(b"rowspan"), head: name == "th", ..Cell::default() }
}

fn block(name: &str) -> Block {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Block::Heading,
        "pre" => Block::Preformatted,
        _ => Block::Plain,
    }
}

/// Chinese characters, full-width signs, and the quotes and dashes between them.
const fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether an element is marked as something beside the text, or as hidden.
fn is_around(name: &str, tag: &StartTag<()>) -> bool {
    let value = |key: &[u8]| {
        let value = tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
        value.unwrap_or_default()
    };
    let marked = |key: &[u8]| value(key).split_ascii_whitespace().any(|word| MARKS.contains(&word));
    AROUND.contains(&name)
        || !tag.attributes.is_empty()
            && (tag.attributes.contains_key(&b"hidden"[..])
                || value(b"aria-hidden") == "true"
                || value(b"style").replace(' ', "").contains("display:none")
                || ROLES.contains(&value(b"role").as_str())
                || matches!(name, "div" | "ul" | "ol" | "dl" | "section" | "header" | "p")
                    && (marked(b"class") || marked(b"id")))
}
