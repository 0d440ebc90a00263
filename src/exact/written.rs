//! How an exact value is written: as text, which reads back the same, and as the nearest `f64`.

use std::fmt;
use std::str::FromStr;

use super::Exact;
use super::digits::Digits;

/// Text that is not a plain decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a decimal number")]
pub struct NotANumber(String);

/// Powers of ten that `f64` holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

impl Exact {
    /// The nearest `f64`, ties to even; infinite beyond its range.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "only digits below 2^53 are cast")]
    pub fn to_f64(&self) -> f64 {
        let magnitude = match &self.digits {
            Digits::Word(word) if self.divisor == 1 && *word < (1 << 53) && self.exponent.unsigned_abs() <= 22 => {
                let power = EXACT_POWERS.get(self.exponent.unsigned_abs() as usize).copied().unwrap_or(1.0);
                if self.exponent < 0 { *word as f64 / power } else { *word as f64 * power }
            }
            digits if self.divisor == 1 => parse_float(&digits.text(), self.exponent),
            _ => {
                // Nineteen more digits than the divisor has, and one that tells whether anything was left over.
                let (word, dropped) = self.leading_word();
                let wide = u128::from(word) * 10_000_000_000_000_000_000;
                let (quotient, rest) = (wide / u128::from(self.divisor), wide % u128::from(self.divisor));
                let sticky = if rest == 0 { '0' } else { '1' };
                parse_float(&format!("{quotient}{sticky}"), self.exponent.saturating_add(dropped) - 20)
            }
        };
        if self.negative { -magnitude } else { magnitude }
    }
}

/// Plain decimals (`-18.34`) and fractions of whole numbers (`2/3`).
impl FromStr for Exact {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let wrong = || NotANumber(text.to_owned());
        if let Some((numerator, denominator)) = text.split_once('/') {
            let denominator: u64 = denominator.parse().map_err(|_| wrong())?;
            let mut value: Self = numerator.parse()?;
            if denominator == 0 {
                return Err(wrong());
            }
            value.divisor = denominator;
            return Ok(value.reduced());
        }
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let value = Self::decimal(&digits, fraction.len());
        Ok(if negative { value.negated() } else { value })
    }
}

/// A decimal without exponent, or `a/b` where no decimal is exact.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.digits.text();
        // Never write more zeros than a person could mean.
        if self.exponent.unsigned_abs() > 10_000 {
            return write!(f, "{sign}{digits}e{}", self.exponent);
        }
        let places = usize::try_from(-i64::from(self.exponent)).unwrap_or(0);
        if self.divisor != 1 {
            // A fraction of a decimal is written as a fraction of whole numbers where that fits.
            let power = u32::try_from(places).ok().and_then(|places| 10u128.checked_pow(places));
            let Some(divisor) = power.and_then(|power| power.checked_mul(self.divisor.into())) else {
                return write!(f, "{sign}{digits}e{}/{}", self.exponent, self.divisor);
            };
            let zeros = usize::try_from(self.exponent).unwrap_or(0);
            return write!(f, "{sign}{digits}{}/{divisor}", "0".repeat(zeros));
        }
        if self.exponent >= 0 {
            let zeros = if self.digits.is_zero() { 0 } else { usize::try_from(self.exponent).unwrap_or(0) };
            return write!(f, "{sign}{digits}{}", "0".repeat(zeros));
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

fn parse_float(digits: &str, exponent: i32) -> f64 {
    format!("{digits}e{exponent}").parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap_or(Exact::ZERO)
    }

    #[test]
    fn a_quotient_of_many_places_is_written_whole() {
        let third = Exact::fraction(1, 3);
        assert_eq!(Exact::decimal("25", 1).times(&third).to_string(), "25/30");
        assert_eq!(Exact::decimal("25", 50).times(&third).to_string(), "25e-50/3");
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the nearest float is meant, not one near it")]
    fn floats_are_the_nearest() {
        assert_eq!(exact("94.4").scaled(8).to_f64(), 9_440_000_000.0);
        assert_eq!(Exact::fraction(2, 3).to_f64(), 2.0 / 3.0);
        // 22 minutes of arc beyond 31 degrees.
        assert_eq!(Exact::integer(31).plus(&Exact::fraction(22, 60)).to_f64(), 31.366_666_666_666_667);
        assert_eq!(exact("-0.000001").to_f64(), -1e-6);
        // One mu is 2000/3 square metres.
        assert_eq!(exact("3").times(&exact("2000/3")).to_string(), "2000");
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", "-", ".", "1e5", "1,000", "1/0", "二"] {
            assert!(text.parse::<Exact>().is_err(), "{text}");
        }
    }
}
