//! Natural numbers of any length: a machine word, or text.

use std::borrow::Cow;
use std::cmp::Ordering;

/// A natural number: in a word where it fits, else as ASCII digits without leading zeros.
#[derive(Debug, Clone)]
pub(super) enum Digits {
    Word(u64),
    Text(Box<str>),
}

impl Digits {
    pub(super) fn from_wide(value: u128) -> Self {
        u64::try_from(value).map_or_else(|_| Self::Text(value.to_string().into_boxed_str()), Self::Word)
    }

    /// From ASCII digits, leading zeros allowed.
    pub(super) fn from_text(text: &str) -> Self {
        let text = text.trim_start_matches('0');
        if text.is_empty() {
            return Self::Word(0);
        }
        text.parse().map_or_else(|_| Self::Text(text.into()), Self::Word)
    }

    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Word(word) => Cow::Owned(word.to_string()),
            Self::Text(text) => Cow::Borrowed(text),
        }
    }

    pub(super) const fn is_zero(&self) -> bool {
        matches!(self, Self::Word(0))
    }

    pub(super) fn times(&self, factor: u64) -> Self {
        match self {
            Self::Word(word) => Self::from_wide(u128::from(*word) * u128::from(factor)),
            Self::Text(text) => {
                let mut out = Vec::with_capacity(text.len() + 20);
                let mut carry = 0u128;
                for digit in text.bytes().rev() {
                    carry += u128::from(digit - b'0') * u128::from(factor);
                    out.push(last_digit(carry));
                    carry /= 10;
                }
                while carry > 0 {
                    out.push(last_digit(carry));
                    carry /= 10;
                }
                out.reverse();
                Self::from_text(&String::from_utf8(out).unwrap_or_default())
            }
        }
    }

    /// Followed by `zeros` zeros.
    pub(super) fn shifted(&self, zeros: usize) -> Self {
        if let Self::Word(word) = self
            && let Some(value) =
                u32::try_from(zeros).ok().and_then(|z| 10u64.checked_pow(z)).and_then(|p| word.checked_mul(p))
        {
            return Self::Word(value);
        }
        if self.is_zero() {
            return Self::Word(0);
        }
        let mut text = self.text().into_owned();
        text.extend(std::iter::repeat_n('0', zeros));
        Self::Text(text.into_boxed_str())
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        if let (Self::Word(a), Self::Word(b)) = (self, other) {
            return a.cmp(b);
        }
        let (a, b) = (self.text(), other.text());
        a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        if let (Self::Word(a), Self::Word(b)) = (self, other) {
            return Self::from_wide(u128::from(*a) + u128::from(*b));
        }
        let (a, b) = (self.text(), other.text());
        let (mut a, mut b) = (a.bytes().rev(), b.bytes().rev());
        let (mut out, mut carry) = (Vec::new(), 0u8);
        loop {
            let (x, y) = (a.next(), b.next());
            if x.is_none() && y.is_none() && carry == 0 {
                break;
            }
            let sum = x.map_or(0, |d| d - b'0') + y.map_or(0, |d| d - b'0') + carry;
            out.push(b'0' + sum % 10);
            carry = sum / 10;
        }
        out.reverse();
        Self::from_text(&String::from_utf8(out).unwrap_or_default())
    }

    /// `self - other`, where `self` is the larger.
    pub(super) fn minus(&self, other: &Self) -> Self {
        if let (Self::Word(a), Self::Word(b)) = (self, other) {
            return Self::Word(a.saturating_sub(*b));
        }
        let (a, b) = (self.text(), other.text());
        let mut b = b.bytes().rev();
        let (mut out, mut borrow) = (Vec::new(), 0u8);
        for x in a.bytes().rev() {
            let take = b.next().map_or(0, |d| d - b'0') + borrow;
            let digit = x - b'0';
            borrow = u8::from(digit < take);
            out.push(b'0' + digit + 10 * borrow - take);
        }
        out.reverse();
        Self::from_text(&String::from_utf8(out).unwrap_or_default())
    }
}

/// Digits as they are read, one by one: in a word as long as they fit.
#[derive(Debug, Clone, Default)]
pub(crate) struct DigitString {
    word: u64,
    long: String,
    count: usize,
}

impl DigitString {
    /// Adds a digit, 0 to 9.
    pub(crate) fn push(&mut self, digit: u32) {
        self.count += 1;
        let more = self.word.checked_mul(10).and_then(|word| word.checked_add(u64::from(digit)));
        if let Some(word) = more.filter(|_| self.long.is_empty()) {
            self.word = word;
            return;
        }
        if self.long.is_empty() {
            self.long = self.word.to_string();
        }
        self.long.extend(char::from_digit(digit, 10));
    }

    /// How many digits were read, leading zeros among them.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    pub(super) fn digits(self) -> Digits {
        if self.long.is_empty() { Digits::Word(self.word) } else { Digits::Text(self.long.into_boxed_str()) }
    }
}

const fn last_digit(value: u128) -> u8 {
    b'0' + (value % 10) as u8
}
