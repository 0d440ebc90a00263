//! The next place of a mark in a text: each is looked for once, however many stretches of the text ask for it.

use memchr::memmem::Finder;

/// A mark and where it stands next.
#[derive(Debug)]
pub(crate) struct Ahead<'a> {
    text: &'a str,
    mark: Finder<'static>,
    next: Option<usize>,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(text: &'a str, mark: &str) -> Self {
        let mark = Finder::new(mark).into_owned();
        Self { text, next: mark.find(text.as_bytes()), mark }
    }

    /// The first place of the mark from byte `at` on. Nobody asks for places before those asked for already.
    #[inline]
    pub(crate) fn from(&mut self, at: usize) -> Option<usize> {
        if self.next.is_some_and(|next| next < at) {
            let rest = self.text.as_bytes().get(at..);
            self.next = rest.and_then(|rest| self.mark.find(rest)).map(|found| at + found);
        }
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_order() {
        let mut stops = Ahead::new("一。二。。三", "。");
        assert_eq!(
            [0, 3, 4, 9, 10, 12].map(|at| stops.from(at)),
            [Some(3), Some(3), Some(9), Some(9), Some(12), Some(12)]
        );
        assert_eq!([13, 99].map(|at| stops.from(at)), [None, None]);
    }
}
