//! The closed vocabularies of the table: the words that its columns may hold.
//!
//! ```
//! use taizhang::terms::Kind;
//!
//! assert_eq!(Kind::PercentagePoint.as_str(), "percentage_point");
//! assert_eq!("percentage_point".parse(), Ok(Kind::PercentagePoint));
//! assert!(!Kind::Date.is_quantity());
//! ```

use std::fmt;
use std::str::FromStr;

/// A word that the vocabulary does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not one of: {expected}")]
pub struct UnknownTerm {
    /// What was written.
    pub found: String,
    /// The words there are, comma-separated.
    pub expected: String,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$item_doc])* $item,)+ }

        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$item,)+];

            /// The word as the table writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownTerm;

            fn from_str(text: &str) -> Result<Self, UnknownTerm> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| UnknownTerm {
                    found: text.to_owned(),
                    expected: Self::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

vocabulary! {
    /// What sort of number a row is.
    Kind {
        /// Number with a unit of measure or money.
        Measure = "measure",
        /// Number with a classifier, or a counted noun.
        Count = "count",
        /// %, ‰, 百分之X, X成.
        Percent = "percent",
        /// 百分点.
        PercentagePoint = "percentage_point",
        /// 倍, 番.
        Multiple = "multiple",
        /// a:b, X分之Y, 一半.
        Ratio = "ratio",
        /// A number without a unit.
        Number = "number",
        /// Ranks and ordinals.
        Ordinal = "ordinal",
        /// Calendar dates, clock times, and ranges of them.
        Date = "date",
        /// A number in a name, a code or an idiom.
        Label = "label",
    }
}

impl Kind {
    /// Whether rows of this kind are quantities: what the default export holds.
    #[must_use]
    pub const fn is_quantity(self) -> bool {
        !matches!(self, Self::Ordinal | Self::Date | Self::Label)
    }
}

vocabulary! {
    /// How the text hedges a value.
    Bound {
        /// No hedge.
        Exact = "exact",
        /// 约, 左右.
        About = "about",
        /// 近, 将近.
        Nearly = "nearly",
        /// 超, 逾, 突破, 多, 余.
        MoreThan = "more_than",
        /// 以上, 不少于.
        AtLeast = "at_least",
        /// 不足, 不到.
        LessThan = "less_than",
        /// 以下, 以内, 不超过.
        AtMost = "at_most",
        /// A range.
        Between = "between",
    }
}

vocabulary! {
    /// What a value says about its indicator.
    Relation {
        /// How much there is.
        Level = "level",
        /// Growth or decline.
        Change = "change",
        /// Part of a whole.
        Share = "share",
        /// Completion of a plan.
        Progress = "progress",
        /// A place in an order.
        Rank = "rank",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro has no place for the mark of a default")]
impl Default for Relation {
    fn default() -> Self {
        Self::Level
    }
}

vocabulary! {
    /// Which way a change went.
    Direction {
        /// Up.
        Increase = "increase",
        /// Down.
        Decrease = "decrease",
        /// Neither.
        Unchanged = "unchanged",
    }
}

vocabulary! {
    /// What a change is measured against.
    Comparison {
        /// 同比, 比上年.
        Yoy = "yoy",
        /// 环比, 比上月.
        Pop = "pop",
        /// 比2019年, 比五年前.
        Period = "period",
        /// 年均.
        AnnualAverage = "annual_average",
        /// A plan or a budget.
        Plan = "plan",
    }
}

vocabulary! {
    /// Whether a value happened or is aimed at.
    Status {
        /// A result.
        Actual = "actual",
        /// A plan, goal, forecast or requirement.
        Target = "target",
    }
}

vocabulary! {
    /// The money that a bare 元 can mean, by its code in ISO 4217.
    Currency {
        /// Renminbi.
        Cny = "CNY",
        /// Hong Kong dollar.
        Hkd = "HKD",
        /// Macanese pataca.
        Mop = "MOP",
        /// New Taiwan dollar.
        Twd = "TWD",
        /// Singapore dollar.
        Sgd = "SGD",
        /// United States dollar.
        Usd = "USD",
        /// Canadian dollar.
        Cad = "CAD",
        /// Australian dollar.
        Aud = "AUD",
        /// New Zealand dollar.
        Nzd = "NZD",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro has no place for the mark of a default")]
impl Default for Currency {
    fn default() -> Self {
        Self::Cny
    }
}
