//! A trie over characters: the longest surface that starts at a place.
//!
//! Full-width forms are folded to their ASCII twins on both sides, so that `％` finds `%`. Most places of a text start
//! no surface; a filter over pairs of characters, small enough for the fastest cache, turns those away.

/// One node: its edges, by character, and the readings of the surface that ends here.
#[derive(Debug, Clone)]
struct Node<T> {
    edges: Vec<(char, u32)>,
    readings: Vec<T>,
}

/// Surfaces and their readings.
#[derive(Debug, Clone)]
pub(crate) struct Trie<T> {
    nodes: Vec<Node<T>>,
    /// The node behind each first character of the basic plane, 0 where there is none: the root has too many edges to
    /// search.
    first: Vec<u32>,
    /// Which pairs of characters a surface may start with.
    starts: Starts,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node { edges: Vec::new(), readings: Vec::new() }],
            first: vec![0; 0x1_0000],
            starts: Starts::default(),
        }
    }
}

impl<T> Trie<T> {
    /// Adds a reading of a surface: behind those it has, or in front of them.
    pub(crate) fn insert(&mut self, surface: &str, reading: T, in_front: bool) {
        let mut at = 0usize;
        for ch in surface.chars().map(fold) {
            let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            let Some(node) = self.nodes.get_mut(at) else { return };
            at = match node.edges.binary_search_by_key(&ch, |(c, _)| *c) {
                Ok(edge) => node.edges.get(edge).map_or(0, |(_, to)| *to as usize),
                Err(edge) => {
                    node.edges.insert(edge, (ch, next));
                    self.nodes.push(Node { edges: Vec::new(), readings: Vec::new() });
                    next as usize
                }
            };
        }
        self.admit(surface);
        if let Some(node) = self.nodes.get_mut(at) {
            if in_front { node.readings.insert(0, reading) } else { node.readings.push(reading) }
        }
    }

    /// Opens the filters for a surface, in every width that folds to it.
    fn admit(&mut self, surface: &str) {
        let mut chars = surface.chars().map(fold);
        let Some(first) = chars.next() else { return };
        if let (Some(slot), Some(root)) = (self.first.get_mut(first as usize), self.nodes.first()) {
            let edge = root.edges.binary_search_by_key(&first, |(c, _)| *c).ok();
            *slot = edge.and_then(|edge| root.edges.get(edge)).map_or(0, |(_, to)| *to);
        }
        let second = chars.next();
        for first in widths(first) {
            match second {
                None => self.starts.admit_all(first),
                Some(second) => widths(second).for_each(|second| self.starts.admit(first, second)),
            }
        }
    }

    /// The longest surface that `text` starts with: its length in bytes and its readings.
    #[inline]
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let first = spread(chars.next()?);
        if self.starts.may_hold(first, chars.next().map_or(0, spread)) { self.walk(text) } else { None }
    }

    /// The longest surfaces of a text, leftmost first: where each starts, its length and its readings. One that `take`
    /// refuses is passed over by a character.
    #[inline]
    pub(crate) fn scan<'a>(&'a self, text: &str, mut take: impl FnMut(usize, usize, &'a [T]) -> bool) {
        let mut chars = text.char_indices().map(|(at, ch)| (at, spread(ch)));
        let mut next = chars.next();
        let mut free = 0;
        while let Some((at, first)) = next {
            next = chars.next();
            if at < free || !self.starts.may_hold(first, next.map_or(0, |(_, second)| second)) {
                continue;
            }
            let found = text.get(at..).and_then(|rest| self.walk(rest));
            if let Some((length, readings)) = found
                && take(at, length, readings)
            {
                free = at + length;
            }
        }
    }

    fn walk(&self, text: &str) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let mut node = self.root_edge(fold(chars.next()?))?;
        let mut found = None;
        loop {
            let rest = chars.as_str();
            if !node.readings.is_empty() {
                found = Some((text.len() - rest.len(), node.readings.as_slice()));
            }
            let Some(ch) = chars.next().map(fold) else { return found };
            let Some(next) = self.edge(node, ch) else { return found };
            node = next;
        }
    }

    /// The node behind a first character.
    fn root_edge(&self, first: char) -> Option<&Node<T>> {
        let at = *self.first.get(first as usize)?;
        self.nodes.get(at as usize).filter(|_| at != 0)
    }

    /// The node behind a character: few edges are quicker looked through than halved.
    fn edge(&self, node: &Node<T>, ch: char) -> Option<&Node<T>> {
        let (_, to) = if node.edges.len() <= 8 {
            node.edges.iter().find(|(c, _)| *c == ch)?
        } else {
            node.edges.get(node.edges.binary_search_by_key(&ch, |(c, _)| *c).ok()?)?
        };
        self.nodes.get(*to as usize)
    }

    /// The readings of exactly this surface.
    pub(crate) fn get(&self, surface: &str) -> &[T] {
        let mut chars = surface.chars().map(fold);
        let mut node = chars.next().and_then(|first| self.root_edge(first));
        for ch in chars {
            node = node.and_then(|node| self.edge(node, ch));
        }
        node.map_or(&[], |node| node.readings.as_slice())
    }
}

/// The pairs of characters that surfaces start with, and a few more: a row of bits for each hash of the first.
#[derive(Debug, Clone)]
struct Starts(Vec<u64>);

impl Default for Starts {
    fn default() -> Self {
        Self(vec![0; 1 << Self::ROWS])
    }
}

impl Starts {
    /// Bits of the hash that choose a row.
    const ROWS: u32 = 12;

    fn admit(&mut self, first: char, second: char) {
        if let Some(row) = self.0.get_mut(Self::row(spread(first))) {
            *row |= 1 << Self::bit(spread(second));
        }
    }

    /// Whatever follows.
    fn admit_all(&mut self, first: char) {
        if let Some(row) = self.0.get_mut(Self::row(spread(first))) {
            *row = u64::MAX;
        }
    }

    /// Whether a surface may start with two characters, given spread.
    #[inline]
    fn may_hold(&self, first: u32, second: u32) -> bool {
        self.0.get(Self::row(first)).is_some_and(|row| row >> Self::bit(second) & 1 == 1)
    }

    const fn row(first: u32) -> usize {
        (first >> (32 - Self::ROWS)) as usize
    }

    const fn bit(second: u32) -> u32 {
        second >> 26
    }
}

/// A character spread over a word.
#[inline]
const fn spread(ch: char) -> u32 {
    (ch as u32).wrapping_mul(0x9E37_79B1)
}

/// A set of characters of the basic plane, one bit each.
#[derive(Debug, Clone)]
pub(crate) struct CharSet(Vec<u64>);

impl Default for CharSet {
    fn default() -> Self {
        Self(vec![0; 0x1_0000 / 64])
    }
}

impl CharSet {
    /// Adds a character; one beyond the basic plane is left out.
    pub(crate) fn insert(&mut self, ch: char) {
        if let Some(bits) = self.0.get_mut(ch as usize / 64) {
            *bits |= 1 << (ch as usize % 64);
        }
    }

    /// Whether a character is in the set.
    #[inline]
    pub(crate) fn contains(&self, ch: char) -> bool {
        self.0.get(ch as usize / 64).is_some_and(|bits| bits >> (ch as usize % 64) & 1 == 1)
    }
}

/// A full-width ASCII form as its half-width twin; the ideographic space as a space.
#[inline]
pub(crate) const fn fold(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(ch as u32 - 0xFEE0) {
            Some(folded) => folded,
            None => ch,
        },
        '\u{3000}' | '\u{A0}' => ' ',
        _ => ch,
    }
}

/// The characters that fold to a folded one.
fn widths(folded: char) -> impl Iterator<Item = char> {
    let wide = match folded {
        '!'..='~' => [char::from_u32(folded as u32 + 0xFEE0), None],
        ' ' => [Some('\u{3000}'), Some('\u{A0}')],
        _ => [None, None],
    };
    std::iter::once(folded).chain(wide.into_iter().flatten())
}

/// A digit of either width.
pub(crate) fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_surface_wins() {
        let mut trie = Trie::default();
        for surface in ["公里", "平方", "平方公里", "%", "比"] {
            trie.insert(surface, surface, false);
        }
        assert_eq!(trie.longest("平方公里内"), Some((12, &["平方公里"][..])));
        assert_eq!(trie.longest("平方米"), Some((6, &["平方"][..])));
        assert_eq!(trie.longest("％以上"), Some((3, &["%"][..])));
        assert_eq!(trie.longest("比上年"), Some((3, &["比"][..])));
        assert_eq!(trie.longest("里程"), None);
        assert_eq!(trie.longest(""), None);
        assert!(trie.get("平方公").is_empty());
        assert_eq!(trie.get("％"), ["%"]);
    }

    #[test]
    fn a_users_reading_stands_in_front() {
        let mut trie = Trie::default();
        trie.insert("分", "score", false);
        trie.insert("分", "minute", true);
        assert_eq!(trie.get("分"), ["minute", "score"]);
    }
}
