//! The characters that the surfaces of the lexicon are written with, numbered.
//!
//! A text is spelled in them once; after that no word is looked for in its bytes. Full-width forms are folded to their
//! ASCII twins, so that `％` finds `%`, and traditional forms to the simplified ones, so that `發展` finds `发展`.

use super::variants::{forms, spelled};

/// What a character is to the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Code(u16);

impl Code {
    /// How many characters can be told apart.
    pub(super) const MOST: usize = 1 << Self::BITS;
    const BITS: u32 = 13;

    /// The number of the character, 0 for one that no surface is written with.
    #[inline]
    pub(super) const fn number(self) -> usize {
        self.0 as usize & (Self::MOST - 1)
    }

    /// Where it matters whether a word ends inside a run of them: letters and digits of ASCII, full-width digits.
    #[inline]
    const fn run(self) -> u16 {
        self.0 >> Self::BITS & 3
    }

    /// Whether a number, a date or a code may start with the character.
    #[inline]
    pub(crate) const fn opens(self) -> bool {
        self.0 & OPENS != 0
    }

    /// A letter of ASCII.
    #[inline]
    pub(crate) const fn is_latin(self) -> bool {
        self.run() == LETTER
    }

    /// The last character of a word, or its first, and the one beside it: whether the word ends inside a run of digits
    /// or letters. 5年来 is no word of 15年来, 5G none of 5GWh.
    #[inline]
    pub(crate) const fn runs_on(self, beside: Self) -> bool {
        matches!((self.run(), beside.run()), (LETTER, LETTER | DIGIT) | (DIGIT | WIDE_DIGIT, DIGIT | WIDE_DIGIT))
    }
}

const LETTER: u16 = 1;
const DIGIT: u16 = 2;
const WIDE_DIGIT: u16 = 3;
const OPENS: u16 = 1 << 15;

/// What numbers, dates and codes start with, besides Latin letters and the characters of Han numerals.
const OPENERS: &str = "0123456789０１２３４５６７８９.．([（［〔【﹝上下中凌晚早元翻倍民第对對½⅓⅔¼¾⅕⅛";

/// A character of a text that is being read: what it is, and the byte where it starts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Letter {
    pub(crate) code: Code,
    pub(crate) at: u32,
}

/// The code of every character.
#[derive(Debug, Clone)]
pub(super) struct Alphabet {
    /// By character, in the basic plane: as many as there are, so that no look-up can miss.
    codes: Box<[u16; 1 << 16]>,
    /// By character beyond it, sorted.
    beyond: Vec<(char, u16)>,
}

impl Default for Alphabet {
    fn default() -> Self {
        let codes = vec![0; 1 << 16].try_into();
        let Ok(codes) = codes else { unreachable!("the basic plane has so many characters") };
        Self { codes, beyond: Vec::new() }
    }
}

impl Alphabet {
    /// Numbers the characters of some surfaces, and marks those of Han numerals among what a number may start with.
    /// Gives how many there are where they are too many to be told apart.
    pub(super) fn new<'a>(
        surfaces: impl Iterator<Item = &'a str>,
        numerals: impl Iterator<Item = char>,
    ) -> Result<Self, usize> {
        let mut chars: Vec<char> = surfaces.flat_map(str::chars).map(spelled).collect();
        chars.sort_unstable();
        chars.dedup();
        if chars.len() >= Code::MOST {
            return Err(chars.len());
        }
        let mut alphabet = Self::default();
        for (number, folded) in (1u16..).zip(chars) {
            for ch in widths(folded).chain(forms(folded)) {
                match alphabet.codes.get_mut(ch as usize) {
                    Some(code) => *code = number,
                    None => alphabet.beyond.push((ch, number)),
                }
            }
        }
        let runs = [('a'..='z', LETTER), ('A'..='Z', LETTER), ('0'..='9', DIGIT), ('０'..='９', WIDE_DIGIT)];
        for (ch, run) in runs.into_iter().flat_map(|(chars, run)| chars.map(move |ch| (ch, run))) {
            alphabet.codes.get_mut(ch as usize).into_iter().for_each(|code| *code |= run << Code::BITS);
        }
        for ch in OPENERS.chars().chain(numerals).chain('A'..='Z').chain('a'..='z') {
            alphabet.codes.get_mut(ch as usize).into_iter().for_each(|code| *code |= OPENS);
        }
        Ok(alphabet)
    }

    /// Spells a text out in a buffer, with a letter behind its last one that is none.
    pub(super) fn spell<'a>(&self, text: &str, buffer: &'a mut Vec<Letter>) -> &'a [Letter] {
        if buffer.len() <= text.len() {
            buffer.resize(text.len() + 1, Letter::default());
        }
        let mut letters = 0;
        let (mut rest, mut at) = (text.as_bytes(), 0);
        for slot in buffer.iter_mut() {
            // Nearly every character of a Chinese text has three bytes.
            if let [a @ 0xE0..=0xEF, b, c, behind @ ..] = rest {
                let ch = u16::from(*a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
                *slot = Letter { code: self.plane(ch), at };
                (at, rest) = (at + 3, behind);
            } else if let [byte @ ..0x80, behind @ ..] = rest {
                *slot = Letter { code: self.plane(u16::from(*byte)), at };
                (at, rest) = (at + 1, behind);
            } else if let Some(ch) = text.get(at as usize..).and_then(|rest| rest.chars().next()) {
                *slot = Letter { code: self.code(ch), at };
                let length = if ch < '\u{800}' { 2 } else { 4 };
                (at, rest) = (at + length, rest.get(length as usize..).unwrap_or_default());
            } else {
                break;
            }
            letters += 1;
        }
        if let Some(end) = buffer.get_mut(letters) {
            *end = Letter { code: Code::default(), at };
        }
        buffer.get(..=letters).unwrap_or_default()
    }

    #[inline]
    pub(super) fn code(&self, ch: char) -> Code {
        u16::try_from(u32::from(ch)).map_or_else(|_| self.beyond(ch), |ch| self.plane(ch))
    }

    /// The code of a character of the basic plane.
    #[inline]
    fn plane(&self, ch: u16) -> Code {
        Code(self.codes.get(usize::from(ch)).copied().unwrap_or_default())
    }

    #[cold]
    fn beyond(&self, ch: char) -> Code {
        let found = self.beyond.binary_search_by_key(&ch, |(known, _)| *known).ok();
        found.and_then(|at| self.beyond.get(at)).map_or(Code(0), |(_, code)| Code(*code))
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
#[inline]
pub(crate) fn is_digit(ch: char) -> bool {
    ch.is_ascii_digit() || ('０'..='９').contains(&ch)
}

/// Four digits, of either width, that are a year of reports: 1998, ２０２４.
pub(crate) fn is_year(text: &str) -> bool {
    let digits = text.chars().map(|c| fold(c).to_digit(10));
    let year = digits.take(5).try_fold((0, 0), |(count, year), digit| Some((count + 1, year * 10 + digit?)));
    year.is_some_and(|(count, year)| count == 4 && (1900..=2100).contains(&year))
}

/// A character that Chinese words are written with: most there are, told without a table.
#[inline]
pub(crate) const fn is_han(ch: char) -> bool {
    matches!(ch, '\u{4E00}'..='\u{9FFF}')
}

/// A Greek letter.
#[inline]
pub(crate) const fn is_greek(ch: char) -> bool {
    matches!(ch, 'Α'..='Ω' | 'α'..='ω')
}

/// What joins the last two members of a list.
pub(crate) fn is_conjunction(words: &str) -> bool {
    matches!(words, "和" | "与" | "與" | "及" | "以及")
}

/// What joins two members of a list.
pub(crate) fn joins(words: &str) -> bool {
    words == "、" || is_conjunction(words)
}

/// A letter, a digit or a character that Chinese words are written with.
#[inline]
pub(crate) fn is_alphanumeric(ch: char) -> bool {
    is_han(ch) || ch.is_alphanumeric()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_widths_are_one_character() {
        let alphabet = Alphabet::new(["%", "𠮷年"].into_iter(), std::iter::empty()).unwrap();
        assert_eq!(alphabet.code('％').number(), alphabet.code('%').number());
        assert_ne!(alphabet.code('𠮷').number(), 0);
        assert_eq!(alphabet.code('月').number(), 0);
    }

    #[test]
    fn a_run_goes_on_in_letters_and_digits() {
        let alphabet = Alphabet::new(["G5"].into_iter(), std::iter::empty()).unwrap();
        let runs_on = |edge, beside| alphabet.code(edge).runs_on(alphabet.code(beside));
        assert!(runs_on('G', 'W') && runs_on('G', '5') && runs_on('5', '1') && runs_on('５', '1'));
        assert!(!runs_on('5', 'G') && !runs_on('年', '5') && !runs_on('G', '年'));
    }
}
