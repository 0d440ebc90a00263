//! A trie over characters: the longest surface that starts at a place.
//!
//! Full-width forms are folded to their ASCII twins on both sides, so that `％` finds `%`.

/// The edges of one node while the trie grows, and where its readings stand.
#[derive(Debug, Clone, Default)]
struct Node<T> {
    edges: Vec<(char, u32)>,
    readings: Vec<T>,
}

/// Surfaces and their readings.
#[derive(Debug, Clone)]
pub(crate) struct Trie<T> {
    nodes: Vec<Node<T>>,
    /// The node behind each first character of the basic plane; 0 where no surface starts so.
    first: Vec<u32>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { edges: Vec::new(), readings: Vec::new() }], first: vec![0; 0x1_0000] }
    }
}

impl<T> Trie<T> {
    /// Adds a reading of a surface, behind those it has.
    pub(crate) fn insert(&mut self, surface: &str, reading: T) {
        let mut at = 0usize;
        for (depth, ch) in surface.chars().map(fold).enumerate() {
            let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            let known = match self.nodes.get(at) {
                Some(node) => node.edges.iter().find(|(c, _)| *c == ch).map(|(_, to)| *to),
                None => None,
            };
            let to = known.unwrap_or_else(|| {
                if let Some(node) = self.nodes.get_mut(at) {
                    node.edges.push((ch, next));
                    node.edges.sort_unstable_by_key(|(c, _)| *c);
                }
                self.nodes.push(Node { edges: Vec::new(), readings: Vec::new() });
                next
            });
            if depth == 0
                && let Some(slot) = self.first.get_mut(ch as usize)
            {
                *slot = to;
            }
            at = to as usize;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.readings.push(reading);
        }
    }

    /// The longest surface that `text` starts with: its length in bytes and its readings.
    #[inline]
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, &[T])> {
        let mut chars = text.chars();
        let first = fold(chars.next()?);
        let mut at = *self.first.get(first as usize)?;
        if at == 0 {
            return None;
        }
        let mut found = None;
        loop {
            let node = self.nodes.get(at as usize)?;
            let here = text.len() - chars.as_str().len();
            if !node.readings.is_empty() {
                found = Some((here, node.readings.as_slice()));
            }
            let Some(ch) = chars.next().map(fold) else { return found };
            match node.edges.binary_search_by_key(&ch, |(c, _)| *c) {
                Ok(edge) => at = node.edges.get(edge).map_or(0, |(_, to)| *to),
                Err(_) => return found,
            }
        }
    }

    /// The readings of exactly this surface.
    pub(crate) fn get(&self, surface: &str) -> &[T] {
        match self.longest(surface) {
            Some((len, readings)) if len == surface.len() => readings,
            _ => &[],
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_surface_wins() {
        let mut trie = Trie::default();
        for surface in ["公里", "平方", "平方公里", "%"] {
            trie.insert(surface, surface);
        }
        assert_eq!(trie.longest("平方公里内"), Some((12, &["平方公里"][..])));
        assert_eq!(trie.longest("平方米"), Some((6, &["平方"][..])));
        assert_eq!(trie.longest("％以上"), Some((3, &["%"][..])));
        assert_eq!(trie.longest("里程"), None);
        assert_eq!(trie.longest(""), None);
        assert!(trie.get("平方公").is_empty());
    }
}
