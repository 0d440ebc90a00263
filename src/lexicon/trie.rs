//! A trie over the codes of characters: the longest surface that starts at a place.
//!
//! It is laid out as a double array: the child of a node is looked up in one step, at the node's base plus the code.
//! Most places of a text start no surface; a filter over pairs of codes, small enough for the fastest cache, turns
//! those away.

use std::collections::BTreeMap;
use std::ops::Range;

use super::alphabet::{Alphabet, Code, Letter, plain};

/// Surfaces and their readings. What was inserted is found once it is sealed.
#[derive(Debug, Clone)]
pub(crate) struct Trie<T> {
    /// Each surface, folded, and its readings.
    surfaces: BTreeMap<String, Vec<T>>,
    nodes: Vec<Node>,
    readings: Vec<T>,
    starts: Starts,
}

/// A node, or a free place in the array.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The node it is a child of.
    parent: u32,
    /// What is added to the code of a child.
    base: u32,
    /// The readings of the surface that ends here.
    readings: (u32, u32),
}

impl Node {
    const FREE: Self = Self { parent: u32::MAX, base: 0, readings: (0, 0) };
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { surfaces: BTreeMap::new(), nodes: vec![Node::FREE], readings: Vec::new(), starts: Starts::default() }
    }
}

impl<T: Copy + PartialEq> Trie<T> {
    /// Adds a reading of a surface: behind those it has, or in front of them.
    pub(super) fn insert(&mut self, surface: &str, reading: T, in_front: bool) {
        let readings = self.surfaces.entry(surface.chars().map(plain).collect()).or_default();
        // 达到|達到: one word to the lexicon.
        if readings.contains(&reading) {
            return;
        }
        if in_front { readings.insert(0, reading) } else { readings.push(reading) }
    }

    /// All surfaces, folded.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = &str> {
        self.surfaces.keys().map(String::as_str)
    }

    /// Lays out what was inserted. Every character of the surfaces has its number in the alphabet.
    pub(super) fn seal(&mut self, alphabet: &Alphabet) {
        self.nodes = vec![Node { parent: 0, ..Node::FREE }];
        self.readings.clear();
        self.starts = Starts::default();
        let mut spelled: Vec<(Vec<usize>, (u32, u32))> = Vec::with_capacity(self.surfaces.len());
        for (surface, readings) in &self.surfaces {
            let from = number(self.readings.len());
            self.readings.extend(readings);
            let codes: Vec<usize> = surface.chars().map(|ch| alphabet.code(ch).number()).collect();
            self.starts.admit(&codes);
            spelled.push((codes, (from, number(self.readings.len()))));
        }
        spelled.sort_unstable();
        // Nodes that still want children, with the surfaces below them and the codes that they share.
        let mut open = vec![(0usize, 0..spelled.len(), 0usize)];
        let mut free = Free::default();
        while let Some((node, below, depth)) = open.pop() {
            let mut children: Vec<(usize, Range<usize>)> = Vec::new();
            for at in below {
                let Some((codes, readings)) = spelled.get(at) else { continue };
                match (codes.get(depth), children.last_mut()) {
                    (None, _) => self.write(node, |node| node.readings = *readings),
                    (Some(code), Some((last, range))) if last == code => range.end = at + 1,
                    (Some(code), _) => children.push((*code, at..at + 1)),
                }
            }
            let base = free.base_for(children.iter().map(|(code, _)| *code));
            self.write(node, |node| node.base = number(base));
            for (code, range) in children {
                self.write(base + code, |child| child.parent = number(node));
                open.push((base + code, range, depth + 1));
            }
        }
    }

    /// Writes to a place of the array, which grows to hold it.
    fn write(&mut self, at: usize, change: impl FnOnce(&mut Node)) {
        if at >= self.nodes.len() {
            self.nodes.resize(at + 1, Node::FREE);
        }
        if let Some(node) = self.nodes.get_mut(at) {
            change(node);
        }
    }
}

/// The free places of the array: for each place the next one that may be free.
#[derive(Default)]
struct Free(Vec<usize>);

impl Free {
    /// The first free place from one on.
    fn from(&mut self, mut at: usize) -> usize {
        while let Some(next) = self.0.get(at).copied().filter(|next| *next != at) {
            // What the next one points to serves this one as well: no way is gone twice.
            let behind = self.0.get(next).copied().unwrap_or(next);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = behind;
            }
            at = next;
        }
        at
    }

    fn take(&mut self, at: usize) {
        self.0.extend(self.0.len()..=at);
        if let Some(slot) = self.0.get_mut(at) {
            *slot = at + 1;
        }
    }

    /// Takes places for children, by their codes, at the first base that suits them all.
    fn base_for(&mut self, codes: impl Iterator<Item = usize> + Clone) -> usize {
        let Some(first) = codes.clone().next() else { return 0 };
        let mut at = self.from(first + 1);
        while codes.clone().any(|code| self.from(at - first + code) != at - first + code) {
            at = self.from(at + 1);
        }
        codes.for_each(|code| self.take(at - first + code));
        at - first
    }
}

impl<T> Trie<T> {
    /// The longest surface that `text` starts with: its length in bytes and its readings.
    #[inline]
    pub(super) fn longest(&self, text: &str, alphabet: &Alphabet) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let first = alphabet.code(chars.next()?);
        let behind = chars.as_str();
        if !self.starts.may_hold(first, chars.next().map_or(Code::default(), |ch| alphabet.code(ch))) {
            return None;
        }
        let mut node = self.child(0, first);
        let mut chars = behind.chars();
        let mut found = None;
        while let Some((at, here)) = node {
            if here.readings.0 < here.readings.1 {
                found = Some((text.len() - chars.as_str().len(), here.readings));
            }
            let Some(ch) = chars.next() else { break };
            node = self.child_of(at, here, alphabet.code(ch));
        }
        let (length, readings) = found?;
        Some((length, self.read(readings)))
    }

    /// The longest surfaces of a text, leftmost first: the place of its first letter, the place behind its last, and its
    /// readings. One that `take` refuses is passed over by a character. The text ends with a letter that is none.
    #[inline]
    pub(super) fn scan<'a>(&'a self, text: &[Letter], mut take: impl FnMut(usize, usize, &'a [T]) -> bool) {
        let mut at = 0;
        while let Some([first, second, ..]) = text.get(at..) {
            if self.starts.may_hold(first.code, second.code)
                && let Some((length, readings)) = self.walk(text.get(at..).unwrap_or_default())
                && take(at, at + length, readings)
            {
                at += length;
            } else {
                at += 1;
            }
        }
    }

    /// The longest surface at the front, in letters, and its readings.
    #[inline]
    fn walk(&self, text: &[Letter]) -> Option<(usize, &[T])> {
        let (first, behind) = text.split_first()?;
        let mut node = self.child(0, first.code);
        let mut found = None;
        let mut length = 1;
        let mut letters = behind.iter();
        while let Some((at, here)) = node {
            if here.readings.0 < here.readings.1 {
                found = Some((length, here.readings));
            }
            let Some(letter) = letters.next() else { break };
            node = self.child_of(at, here, letter.code);
            length += 1;
        }
        let (length, readings) = found?;
        Some((length, self.read(readings)))
    }

    /// The readings of exactly this surface.
    pub(super) fn get(&self, surface: &str, alphabet: &Alphabet) -> &[T] {
        let mut node = self.nodes.first().map(|root| (0, root));
        for ch in surface.chars() {
            node = node.and_then(|(at, here)| self.child_of(at, here, alphabet.code(ch)));
        }
        node.map_or(&[], |(_, node)| self.read(node.readings))
    }

    #[inline]
    fn child(&self, at: usize, code: Code) -> Option<(usize, &Node)> {
        self.child_of(at, self.nodes.get(at)?, code)
    }

    /// The child of a node behind a character. No node has one behind the character 0.
    #[inline]
    fn child_of(&self, at: usize, node: &Node, code: Code) -> Option<(usize, &Node)> {
        let place = node.base as usize + code.number();
        let child = self.nodes.get(place)?;
        (child.parent as usize == at && code.number() != 0).then_some((place, child))
    }

    fn read(&self, (from, to): (u32, u32)) -> &[T] {
        self.readings.get(from as usize..to as usize).unwrap_or_default()
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The pairs of codes that surfaces start with, and a few more: a row of bits for each first one.
#[derive(Debug, Clone)]
struct Starts(Vec<u64>);

impl Default for Starts {
    fn default() -> Self {
        Self(vec![0; Code::MOST])
    }
}

impl Starts {
    /// Opens the filter for a surface: whatever follows, if it is one character.
    fn admit(&mut self, codes: &[usize]) {
        let Some((first, behind)) = codes.split_first() else { return };
        if let Some(row) = self.0.get_mut(*first) {
            *row |= behind.first().map_or(u64::MAX, |second| 1 << (second % 64));
        }
    }

    /// Whether a surface may start with two characters.
    #[inline]
    fn may_hold(&self, first: Code, second: Code) -> bool {
        self.0.get(first.number()).is_some_and(|row| row >> (second.number() % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(surfaces: &[&'static str]) -> (Trie<&'static str>, Alphabet) {
        let mut trie = Trie::default();
        for surface in surfaces {
            trie.insert(surface, *surface, false);
        }
        let alphabet = Alphabet::new(trie.surfaces(), std::iter::empty()).unwrap();
        trie.seal(&alphabet);
        (trie, alphabet)
    }

    #[test]
    fn the_longest_surface_wins() {
        let (trie, alphabet) = sealed(&["公里", "平方", "平方公里", "%", "比"]);
        let longest = |text| trie.longest(text, &alphabet);
        assert_eq!(longest("平方公里内"), Some((12, &["平方公里"][..])));
        assert_eq!(longest("平方米"), Some((6, &["平方"][..])));
        assert_eq!(longest("平"), None);
        assert_eq!(longest("％以上"), Some((3, &["%"][..])));
        assert_eq!(longest("比上年"), Some((3, &["比"][..])));
        assert_eq!(longest("里程"), None);
        assert_eq!(longest(""), None);
        assert!(trie.get("平方公", &alphabet).is_empty());
        assert_eq!(trie.get("％", &alphabet), ["%"]);
    }

    #[test]
    fn a_scan_finds_them_leftmost_first() {
        let (trie, alphabet) = sealed(&["公里", "平方", "平方公里", "里程"]);
        let text = "公里程平方公里平方";
        let mut buffer = Vec::new();
        let mut found = Vec::new();
        trie.scan(alphabet.spell(text, &mut buffer), |from, to, readings| {
            found.push((from, to, readings[0]));
            readings[0] != "平方公里"
        });
        assert_eq!(found, [(0, 2, "公里"), (3, 7, "平方公里"), (5, 7, "公里"), (7, 9, "平方")]);
    }

    #[test]
    fn a_users_reading_stands_in_front() {
        let mut trie = Trie::default();
        trie.insert("分", "score", false);
        trie.insert("分", "minute", true);
        let alphabet = Alphabet::new(trie.surfaces(), std::iter::empty()).unwrap();
        trie.seal(&alphabet);
        assert_eq!(trie.get("分", &alphabet), ["minute", "score"]);
    }
}
