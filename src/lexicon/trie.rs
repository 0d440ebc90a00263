//! A trie over characters: the longest surface that starts at a place.
//!
//! Full-width forms are folded to their ASCII twins on both sides, so that `％` finds `%`. Most places of a text start
//! no surface; a filter over pairs of characters, small enough for the fastest cache, turns those away.

/// Bits of the pair filter.
const FILTER: usize = 1 << 17;

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
    /// Hashes of the first two characters of every surface, and of the first alone where it is a surface.
    filter: Vec<u64>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node { edges: Vec::new(), readings: Vec::new() }],
            first: vec![0; 0x1_0000],
            filter: vec![0; FILTER / 64],
        }
    }
}

/// The place of a pair in the filter; a lone first character pairs with NUL.
#[inline]
const fn slot(first: char, second: char) -> (usize, u64) {
    let hash = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA77);
    let bit = (hash ^ (hash >> 15)) as usize & (FILTER - 1);
    (bit / 64, 1 << (bit % 64))
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
        let mut chars = surface.chars().map(fold);
        let (word, bit) = slot(chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'));
        if let Some(bits) = self.filter.get_mut(word) {
            *bits |= bit;
        }
        let first = surface.chars().map(fold).next().unwrap_or('\0');
        if let (Some(slot), Some(node)) = (self.first.get_mut(first as usize), self.nodes.first()) {
            let edge = node.edges.binary_search_by_key(&first, |(c, _)| *c).ok();
            *slot = edge.and_then(|edge| node.edges.get(edge)).map_or(0, |(_, to)| *to);
        }
        if let Some(node) = self.nodes.get_mut(at) {
            if in_front { node.readings.insert(0, reading) } else { node.readings.push(reading) }
        }
    }

    /// The longest surface that `text` starts with: its length in bytes and its readings.
    #[inline]
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let first = fold(chars.next()?);
        let second = chars.next().map_or('\0', fold);
        if self.may_start(first, second) || self.may_start(first, '\0') { self.walk(text) } else { None }
    }

    #[inline]
    fn may_start(&self, first: char, second: char) -> bool {
        let (word, bit) = slot(first, second);
        self.filter.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn walk(&self, text: &str) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let at = *self.first.get(fold(chars.next()?) as usize)?;
        let mut node = self.nodes.get(at as usize).filter(|_| at != 0)?;
        let mut found = None;
        loop {
            let rest = chars.as_str();
            if !node.readings.is_empty() {
                found = Some((text.len() - rest.len(), node.readings.as_slice()));
            }
            let Some(ch) = chars.next().map(fold) else { return found };
            let Some((_, to)) = node.edges.iter().find(|(c, _)| *c == ch) else { return found };
            node = self.nodes.get(*to as usize)?;
        }
    }

    /// The readings of exactly this surface.
    pub(crate) fn get(&self, surface: &str) -> &[T] {
        let mut at = 0u32;
        for ch in surface.chars().map(fold) {
            let Some(node) = self.nodes.get(at as usize) else { return &[] };
            match node.edges.binary_search_by_key(&ch, |(c, _)| *c) {
                Ok(edge) => at = node.edges.get(edge).map_or(0, |(_, to)| *to),
                Err(_) => return &[],
            }
        }
        self.nodes.get(at as usize).map_or(&[], |node| node.readings.as_slice())
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
