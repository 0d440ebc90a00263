//! Exact values of any length: a decimal, or a fraction of one.
//!
//! No `f64` stands before the table. A value is `± digits × 10^exponent ÷ divisor`; short digit strings are kept in a
//! machine word, long ones as text, so that every operation takes time linear in the digits.
//!
//! ```
//! use taizhang::exact::Exact;
//!
//! let revenue: Exact = "18.34".parse()?;
//! assert_eq!(revenue.scaled(8).to_string(), "1834000000");
//! assert_eq!(Exact::fraction(2, 3).to_string(), "2/3");
//! assert_eq!(Exact::fraction(1, 8).to_string(), "0.125");
//! assert_eq!("0.1".parse::<Exact>()?.to_f64(), 0.1);
//! # Ok::<(), taizhang::exact::NotANumber>(())
//! ```
//!
//! It is not a general number type: it has just the operations that reading numbers needs.

mod digits;
mod written;

use std::cmp::Ordering;

pub(crate) use digits::DigitString;
use digits::Digits;
pub use written::NotANumber;

/// `± digits × 10^exponent ÷ divisor`.
#[derive(Debug, Clone)]
pub struct Exact {
    negative: bool,
    digits: Digits,
    exponent: i32,
    divisor: u64,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self::integer(0);

    /// A whole number.
    #[must_use]
    pub const fn integer(value: u64) -> Self {
        Self { negative: false, digits: Digits::Word(value), exponent: 0, divisor: 1 }
    }

    /// `numerator / denominator`; a zero denominator is taken for one.
    #[must_use]
    pub fn fraction(numerator: u64, denominator: u64) -> Self {
        Self { negative: false, digits: Digits::Word(numerator), exponent: 0, divisor: denominator.max(1) }.reduced()
    }

    /// ASCII digits with the last `decimals` of them behind the point.
    #[must_use]
    pub fn decimal(digits: &str, decimals: usize) -> Self {
        let exponent = -i32::try_from(decimals).unwrap_or(i32::MAX);
        Self { negative: false, digits: Digits::from_text(digits), exponent, divisor: 1 }
    }

    /// The number that was read digit by digit, the last `decimals` digits behind the point.
    #[must_use]
    pub(crate) fn read(digits: DigitString, decimals: usize) -> Self {
        let exponent = -i32::try_from(decimals).unwrap_or(i32::MAX);
        Self { negative: false, digits: digits.digits(), exponent, divisor: 1 }
    }

    /// Times ten to the power of `power`.
    #[must_use]
    pub fn scaled(mut self, power: i32) -> Self {
        self.exponent = self.exponent.saturating_add(power);
        self
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.negative = !self.negative && !self.digits.is_zero();
        self
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// Times a factor that fits a word (a unit's); a longer one keeps its leading 19 digits.
    #[must_use]
    pub fn times(&self, factor: &Self) -> Self {
        let (word, dropped) = factor.leading_word();
        Self {
            negative: self.negative != factor.negative && !self.digits.is_zero() && word != 0,
            digits: self.digits.times(word),
            exponent: self.exponent.saturating_add(factor.exponent).saturating_add(dropped),
            divisor: self.divisor.saturating_mul(factor.divisor),
        }
        .reduced()
    }

    /// Divided by a value that fits a word; by nothing gives itself.
    #[must_use]
    pub fn divided(&self, by: &Self) -> Self {
        let (word, dropped) = by.leading_word();
        if word == 0 {
            return self.clone();
        }
        Self {
            negative: self.negative != by.negative,
            digits: self.digits.times(by.divisor),
            exponent: self.exponent.saturating_sub(by.exponent).saturating_sub(dropped),
            divisor: self.divisor.saturating_mul(word),
        }
        .reduced()
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone(), other.clone());
        if a.divisor != b.divisor {
            let (da, db) = (a.divisor, b.divisor);
            a.digits = a.digits.times(db);
            b.digits = b.digits.times(da);
            a.divisor = da.saturating_mul(db);
            b.divisor = a.divisor;
        }
        a.align(&mut b);
        let (negative, digits) = if a.negative == b.negative {
            (a.negative, a.digits.plus(&b.digits))
        } else if a.digits.compare(&b.digits) == Ordering::Less {
            (b.negative, b.digits.minus(&a.digits))
        } else {
            (a.negative, a.digits.minus(&b.digits))
        };
        let negative = negative && !digits.is_zero();
        Self { negative, digits, exponent: a.exponent, divisor: a.divisor }.reduced()
    }

    /// Half way between the two.
    #[must_use]
    pub fn midpoint(&self, other: &Self) -> Self {
        self.plus(other).times(&Self { negative: false, digits: Digits::Word(5), exponent: -1, divisor: 1 })
    }

    /// The value as a whole number of at most `u32`, if it is one.
    #[must_use]
    pub fn to_u32(&self) -> Option<u32> {
        if self.negative || self.divisor != 1 || self.exponent < 0 || self.exponent > 9 {
            return None;
        }
        match self.digits.shifted(usize::try_from(self.exponent).ok()?) {
            Digits::Word(word) => u32::try_from(word).ok(),
            Digits::Text(_) => None,
        }
    }

    /// The leading digits as a word, and how many digits were left off.
    fn leading_word(&self) -> (u64, i32) {
        match &self.digits {
            Digits::Word(word) => (*word, 0),
            Digits::Text(text) => {
                let head = text.get(..19).unwrap_or(text);
                (head.parse().unwrap_or(u64::MAX), i32::try_from(text.len() - head.len()).unwrap_or(i32::MAX))
            }
        }
    }

    /// Brings both to the smaller exponent; a gap of more than 10,000 places, which no text has, is left.
    fn align(&mut self, other: &mut Self) {
        let target = self.exponent.min(other.exponent);
        for value in [self, other] {
            let gap = usize::try_from(value.exponent.saturating_sub(target)).unwrap_or(0);
            if gap > 0 && gap <= 10_000 {
                value.digits = value.digits.shifted(gap);
                value.exponent = target;
            }
        }
    }

    /// Without factors common to the digits and the divisor.
    fn reduced(mut self) -> Self {
        if self.divisor == 1 {
            return self;
        }
        if let Digits::Word(word) = self.digits {
            let common = gcd(word, self.divisor);
            if common > 1 {
                self.digits = Digits::Word(word / common);
                self.divisor /= common;
            }
        }
        // A divisor of twos and fives is a shift of the point.
        let (mut rest, mut twos, mut fives) = (self.divisor, 0u32, 0u32);
        while rest.is_multiple_of(2) {
            rest /= 2;
            twos += 1;
        }
        while rest.is_multiple_of(5) {
            rest /= 5;
            fives += 1;
        }
        if rest == 1 {
            let places = twos.max(fives);
            let (base, power) = if twos > fives { (5u64, twos - fives) } else { (2, fives - twos) };
            if let Some(factor) = base.checked_pow(power) {
                self.digits = self.digits.times(factor);
                self.exponent = self.exponent.saturating_sub(i32::try_from(places).unwrap_or(0));
                self.divisor = 1;
            }
        }
        self
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let written_alike = self.exponent == other.exponent && self.divisor == other.divisor;
        if written_alike && !self.negative && !other.negative {
            return Some(self.digits.compare(&other.digits));
        }
        let difference = self.plus(&other.clone().negated());
        Some(match (difference.digits.is_zero(), difference.negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        })
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap_or(Exact::ZERO)
    }

    #[test]
    fn sums_and_midpoints_are_exact() {
        assert_eq!(exact("4.5").midpoint(&exact("5")).to_string(), "4.75");
        assert_eq!(exact("0.1").plus(&exact("0.2")).to_string(), "0.3");
        assert_eq!(exact("3").plus(&exact("-4.5")).to_string(), "-1.5");
        assert_eq!(Exact::fraction(1, 3).plus(&Exact::fraction(1, 6)).to_string(), "0.5");
    }

    #[test]
    fn digits_read_one_by_one_are_those_of_the_text() {
        for text in ["0", "007", "18446744073709551615", "18446744073709551616", "00018446744073709551620"] {
            let mut read = DigitString::default();
            text.chars().filter_map(|digit| digit.to_digit(10)).for_each(|digit| read.push(digit));
            assert_eq!(read.count(), text.len());
            assert_eq!(Exact::read(read, 2).to_string(), exact(text).scaled(-2).to_string());
        }
    }

    #[test]
    fn long_numbers_keep_every_digit() {
        let long = "9".repeat(5_000);
        let value = exact(&long);
        assert_eq!(value.to_string(), long);
        assert_eq!(value.plus(&Exact::integer(1)).to_string(), format!("1{}", "0".repeat(5_000)));
        assert_eq!(value.times(&Exact::integer(2)).to_string(), format!("1{}8", "9".repeat(4_999)));
        assert_eq!(value.plus(&exact("1").negated()).to_string(), format!("{}8", "9".repeat(4_999)));
        assert!(value.to_f64().is_infinite());
    }
}
