//! The main text of a web page: which of its lines stand between the menus and the foot.
//!
//! `legible`, a port of Mozilla's Readability, tells it from a frame of the page. The frame is made anew from the page's
//! tags: blocks stand a hundred deep at most, and in a line there are only links. So its cost stays in proportion to the
//! page's length, whatever the page holds. What it tells are the first and the last line of the text. All lines between
//! them are kept: a table or a list that Readability would leave out has the figures.

use std::panic::{AssertUnwindSafe, catch_unwind};

use html5gum::StartTag;
use legible::{Document, Options};

use super::grid::{Line, Links};

/// Blocks in blocks beyond which the frame is flat.
const DEEPEST: usize = 100;

/// What `legible` weighs of an element beside its name.
const WEIGHED: [&str; 3] = ["class", "id", "role"];

/// Characters of such an attribute that are enough.
const ENOUGH: usize = 200;

/// Characters of a text below which `legible` looks again, less strictly: it counts on 500, and Chinese needs fewer.
const SHORT: usize = 140;

/// Bytes of a frame beyond which a page is a book and not a site's article, and its tree would take much memory.
const LONGEST: usize = 4 << 20;

/// What the frame writes before the number of a line.
const MARK: &str = "<span id=\"t";

/// Characters that a headline has at least.
const HEADLINE: usize = 4;

/// A page as `legible` gets to see it.
#[derive(Debug, Default)]
pub(super) struct Frame {
    html: String,
    open: Vec<String>,
    /// The line that is being written.
    line: String,
    in_link: bool,
    lines: u32,
    links: bool,
}

impl Frame {
    /// A block begins.
    pub(super) fn start(&mut self, name: &str, tag: &StartTag<()>) {
        // What HTML lets go without an end.
        let paragraph = self.open.last().is_some_and(|last| last == "p");
        let again = matches!(name, "li" | "tr" | "td" | "th" | "dt" | "dd")
            && self.open.last().is_some_and(|last| last == name);
        if paragraph || again {
            self.close_last();
        }
        if matches!(name, "html" | "head" | "body") || self.open.len() >= DEEPEST || self.html.len() > LONGEST {
            return;
        }
        self.html.extend(["<", name]);
        for key in WEIGHED {
            if let Some(value) = tag.attributes.get(key.as_bytes()) {
                let value = String::from_utf8_lossy(value);
                let value: String =
                    value.chars().take(ENOUGH).filter(|c| !matches!(c, '"' | '&' | '<' | '>')).collect();
                self.html.extend([" ", key, "=\"", &value, "\""]);
            }
        }
        self.html.push('>');
        self.open.push(name.to_owned());
    }

    /// A block ends, and those in it that are still open.
    pub(super) fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            while self.open.len() > at {
                self.close_last();
            }
        }
    }

    fn close_last(&mut self) {
        if let Some(name) = self.open.pop() {
            self.html.extend(["</", &name, ">"]);
        }
    }

    /// One more character of the line.
    pub(super) fn push(&mut self, c: char, link: bool) {
        self.link(link);
        match c {
            '<' => self.line.push_str("&lt;"),
            '&' => self.line.push_str("&amp;"),
            _ => self.line.push(c),
        }
    }

    fn link(&mut self, link: bool) {
        if link != self.in_link {
            self.line.push_str(if link { "<a href=\"x\">" } else { "</a>" });
            self.in_link = link;
            self.links = true;
        }
    }

    /// The line ends; its number. A break within a paragraph may have ended it.
    pub(super) fn end_line(&mut self, broken: bool) -> u32 {
        self.link(false);
        self.lines = self.lines.saturating_add(1);
        if self.html.len() <= LONGEST {
            self.html.extend([MARK, &self.lines.to_string(), "\">", &self.line, "</span>"]);
        }
        self.line.clear();
        self.end_empty(broken);
        self.lines
    }

    /// A line without words ends.
    pub(super) fn end_empty(&mut self, broken: bool) {
        self.html.push_str(if broken && self.html.len() <= LONGEST { "<br>" } else { "" });
    }

    /// The numbers of the first and the last line of the main text, where the page has one.
    fn told(mut self, title: &str) -> Option<(u32, u32)> {
        // A page without links is a text by itself.
        if !self.links || self.html.len() > LONGEST {
            return None;
        }
        while !self.open.is_empty() {
            self.close_last();
        }
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        let page = format!("<html><head><title>{title}</title></head><body>{}</body></html>", self.html);
        let options = Options::new().char_threshold(SHORT).disable_json_ld(true);
        // A fault of it leaves the whole text.
        let parse = AssertUnwindSafe(|| Document::new(&page).parse(None, Some(options)));
        let article = catch_unwind(parse).ok()?.ok()?;
        let numbers = article.content.match_indices(MARK).filter_map(|(at, _)| {
            let behind = article.content.get(at + MARK.len()..)?;
            behind.split('"').next()?.parse::<u32>().ok()
        });
        numbers.fold(None, |ends, number| match ends {
            None => Some((number, number)),
            Some((first, last)) => Some((number.min(first), number.max(last))),
        })
    }
}

/// The lines of the main text with its headline; none where they would not hold the better part of the page.
pub(super) fn main_text<'a>(frame: Frame, title: &str, lines: &'a [Line]) -> Option<&'a [Line]> {
    let (first, last) = frame.told(title)?;
    let from = lines.iter().position(|line| line.met.1 >= first)?;
    let to = lines.iter().rposition(|line| line.met.0 <= last)?;
    let weight =
        |lines: &[Line]| lines.iter().filter(|line| line.links != Links::All).map(|line| line.weight).sum::<usize>();
    if weight(lines.get(from..=to)?) * 2 <= weight(lines) {
        return None;
    }
    let from = headline(title, lines.get(..=to)?).map_or(from, |at| at.min(from));
    let main = lines.get(from..=to)?;
    // What is left of a list of links, behind the last line that is none.
    let end = main.iter().rposition(|line| line.links == Links::Few)?;
    main.get(..=end)
}

/// The place of the line that says most of the page's title.
fn headline(title: &str, lines: &[Line]) -> Option<usize> {
    let without_spaces = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let title = without_spaces(title);
    let said = |(at, line): (usize, &Line)| {
        let words = without_spaces(&line.words);
        let length = words.chars().count();
        (line.links != Links::All && length >= HEADLINE && title.contains(&words)).then_some((length, at))
    };
    lines.iter().enumerate().filter_map(said).max().map(|(_, at)| at)
}
