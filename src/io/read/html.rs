//! Web pages: their main text, a paragraph a line, tables as lines of cells.
//!
//! The tags are read by `html5gum`, and the lines follow from their order, so that a page costs what its length is and no
//! nesting is too deep. Which lines are the main text, and which stand around it, is told in `main_text`.

use std::sync::LazyLock;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use regex::bytes::Regex;

use super::grid::{Cell, Line, Links};
use super::layout::{self, Layout};
use super::main_text::{Frame, main_text};
use crate::io::decode::{Charset, Decoded, Undecodable, decode, decode_as};
use crate::io::source::Source;
use crate::text::Severity;

/// How the names of web pages end.
pub(super) const EXTENSIONS: [&str; 4] = ["html", "htm", "xhtml", "shtml"];

/// How far into a page its declarations are looked for.
const HEAD: usize = 4_096;

/// What is no text of a page.
const UNSEEN: [&str; 14] = [
    "script", "style", "template", "noscript", "textarea", "select", "button", "iframe", "object", "svg", "math",
    "audio", "video", "canvas",
];

/// What stands around the text of a page, where nothing better tells it.
const AROUND: [&str; 3] = ["nav", "aside", "footer"];

/// What ends sentences.
const ENDS: [char; 4] = ['。', '；', '！', '？'];

/// Characters of a title that are enough.
const TITLE: usize = 400;

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
    let shown = Page::read(page, false);
    // A page that hides most of its text shows it when it is looked at.
    let all = (shown.hidden > shown.prose).then(|| Page::read(page, true));
    all.filter(|all| shown.prose * 2 < all.prose).unwrap_or(shown).text()
}

/// A page while its tags come.
#[derive(Default)]
struct Page {
    /// Whether what is marked as hidden is read too.
    all: bool,
    title: String,
    in_title: bool,
    layout: Layout,
    frame: Frame,
    /// The line that is being written, its characters outside links, and what waits behind it.
    words: String,
    unlinked: usize,
    /// Letters in links less those outside them.
    letters: isize,
    space: Option<Space>,
    run: Run,
    broken: bool,
    block: Block,
    left_out: Option<LeftOut>,
    /// How many elements are open that stand around the text.
    around: usize,
    /// Characters of text outside links, and those that were left out as hidden.
    prose: usize,
    hidden: usize,
}

/// The element whose inside is left out, how many of its name are open, and whether it is text that is hidden.
struct LeftOut {
    name: String,
    open: usize,
    hidden: bool,
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
    fn read(source: &str, all: bool) -> Self {
        let mut page = Self { all, layout: Layout::new(source.len()), ..Self::default() };
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
        if let Some(main) = main_text(self.frame, &self.title, &lines) {
            return layout::text(main);
        }
        // Else what is not marked as standing around it, if that is the better part.
        let weigh = |line: &&Line| line.words.len();
        let within = || lines.iter().filter(|line| line.links != Links::All && !line.around);
        let inner: usize = within().map(|line| weigh(&line)).sum();
        let unlinked: usize = lines.iter().filter(|line| line.links != Links::All).map(|line| weigh(&line)).sum();
        if inner > 0 && inner * 2 >= unlinked { layout::text(within()) } else { layout::text(&lines) }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        if let Some(outer) = &mut self.left_out {
            outer.open += usize::from(outer.name == name && !VOID.contains(&name));
            return;
        }
        match name {
            "br" => self.close(true),
            "sup" => self.run.raised = true,
            _ if INLINE.contains(&name) && name != "a" || name.contains(':') => {}
            "hr" => self.close(false),
            _ if VOID.contains(&name) => {}
            "title" => self.in_title = true,
            _ if UNSEEN.contains(&name) || !self.all && is_hidden(tag) => {
                if name != "a" {
                    self.close(false);
                }
                self.left_out = Some(LeftOut { name: name.to_owned(), open: 1, hidden: !UNSEEN.contains(&name) });
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
                self.around += usize::from(AROUND.contains(&name));
                self.frame.start(name, tag);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(outer) = &mut self.left_out {
            outer.open -= usize::from(outer.name == name);
            if outer.open == 0 {
                self.left_out = None;
            }
            return;
        }
        match name {
            "title" => self.in_title = false,
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
                self.around -= usize::from(self.around > 0 && AROUND.contains(&name));
                self.frame.end(name);
            }
        }
    }

    fn string(&mut self, words: &str) {
        if let Some(outer) = &self.left_out {
            self.hidden += if outer.hidden { words.chars().filter(|c| !c.is_whitespace()).count() } else { 0 };
            return;
        }
        if self.in_title {
            self.title.extend(words.chars().take(TITLE.saturating_sub(self.title.len())));
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
        let c = if self.run.raised { layout::raised(c) } else { c };
        self.words.push(c);
        self.frame.push(c, self.run.link);
        let letter = isize::from(c.is_alphabetic());
        if self.run.link {
            self.letters += letter;
        } else {
            self.unlinked += 1;
            self.letters -= letter;
        }
    }

    /// Ends the line; `broken` where the next one belongs to the same paragraph.
    fn close(&mut self, broken: bool) {
        self.space = None;
        let words = std::mem::take(&mut self.words);
        let (unlinked, letters) = (std::mem::take(&mut self.unlinked), std::mem::take(&mut self.letters));
        self.prose += unlinked;
        if words.trim().is_empty() {
            // Two breaks are the end of a paragraph.
            self.broken = false;
            return self.frame.end_empty(broken);
        }
        let links = match self.block {
            Block::Heading => Links::Few,
            _ if unlinked == 0 => Links::All,
            _ if letters > 0 => Links::Most,
            _ => Links::Few,
        };
        let place = self.frame.end_line(broken);
        let weight = if words.contains(ENDS) { unlinked } else { 0 };
        let around = self.around > 0;
        let words = words.trim().to_owned();
        self.layout.push(Line { words, links, broken: self.broken, around, met: (place, place), weight });
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

/// Whether an element is hidden from who looks at the page.
fn is_hidden(tag: &StartTag<()>) -> bool {
    let value = |key: &[u8]| {
        let value = tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
        value.unwrap_or_default()
    };
    !tag.attributes.is_empty()
        && (tag.attributes.contains_key(&b"hidden"[..])
            || value(b"aria-hidden") == "true"
            || value(b"style").replace(' ', "").contains("display:none"))
}
