//! The institutions that a text names, and what they tell of it: whose money 元 is, how it counts its years.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;

use super::{Entry, Lexicon, RowId};
use crate::text::{InFlow, Span};

/// The names of institutions, all looked for in one pass over a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Institutions {
    /// Each name as its row writes it, and the row.
    names: Vec<(Box<str>, RowId)>,
    finder: Option<AhoCorasick>,
}

impl Institutions {
    /// Adds a name of a row.
    pub(super) fn add(&mut self, name: &str, row: RowId) {
        self.names.push((name.into(), row));
    }

    /// Makes the names findable.
    pub(super) fn seal(&mut self) {
        let names = self.names.iter().map(|(name, _)| &**name);
        match AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(names)
        {
            Ok(finder) => self.finder = Some(finder),
            Err(error) => unreachable!("some gigabytes of names at the least: {error}"),
        }
    }
}

/// The currency of the institutions that a text names most, the row of the first of them, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Institution<'a> {
    pub(crate) currency: &'a str,
    pub(crate) row: RowId,
    pub(crate) words: Span<InFlow>,
}

impl Institution<'_> {
    /// Whether the text counts its years by the Republic.
    pub(crate) fn counts_by_republic(self) -> bool {
        self.currency == "TWD"
    }
}

/// Of these characters of traditional script a text of an institution has one near its front, or it names one there.
const MARKS: [char; 12] = ['國', '會', '業', '臺', '灣', '數', '額', '門', '總', '幣', '億', '萬'];
/// What 元 is where no text tells otherwise.
const PLAIN: &str = "CNY";
/// Bytes of a text at whose front one stands.
const FRONT: usize = 4096;
/// What stands behind the number of a year.
const PART: &str = "年(?:度|底|第|[上下]半年| ?[0-9]{1,2} ?月)";
/// 一一五年度
const HAN_YEAR: &str = "(?:^|[^一二三四五六七八九〇零○千百])一[零〇○一二三四][〇零○一二三四五六七八九]";
/// 113年9月, 112年度: a year of the Republic from its 100th on; 97年底 may be one of another count.
static REPUBLIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?:^|[^0-9])1[0-4][0-9] ?{PART}|{HAN_YEAR}{PART}")).ok());

impl Lexicon {
    /// The institutions that a text names most, of two places named as often those named first, but the mainland before others.
    /// The script tells as much as the word: 恒生指數 is written in Hong Kong, 恒生指数 is written of it. In simplified script some
    /// words tell by themselves (财政司司长), others where a text names such words more than once (香港特区政府).
    pub(crate) fn institution(&self, text: &str) -> Option<Institution<'_>> {
        let front = (0..=text.len().min(FRONT)).rev().find_map(|end| text.get(..end)).unwrap_or_default();
        let traditional = front.contains(MARKS);
        let finder = self.institutions.finder.as_ref()?;
        let region = |pattern: usize| {
            let (_, row) = self.institutions.names.get(pattern)?;
            match self.entry(*row) {
                Some(Entry::Region { currency, times }) => Some((*row, &**currency, *times)),
                _ => None,
            }
        };
        let elsewhere = |pattern: usize| region(pattern).is_some_and(|(_, currency, _)| currency != PLAIN);
        if !traditional && !finder.find_iter(front).any(|found| elsewhere(found.pattern().as_usize())) {
            return None;
        }
        let mut named: Vec<(Institution<'_>, usize)> = Vec::new();
        let mut told = false;
        for found in finder.find_iter(text) {
            let Some((row, currency, times)) = region(found.pattern().as_usize()) else { continue };
            let words = Span::at(found.start(), found.end());
            let institution = Institution { currency, row, words };
            // 行政院 in simplified script is written of Taiwan.
            if institution.counts_by_republic() && !traditional {
                continue;
            }
            told |= times == 1 && currency != PLAIN;
            if let Some((_, times)) = named.iter_mut().find(|(known, _)| known.currency == currency) {
                *times += 1;
            } else {
                named.push((institution, 1));
            }
        }
        let enough = |times: usize| traditional || told || times > 1;
        let most = named.into_iter().rev().max_by_key(|(known, times)| (*times, known.currency == PLAIN));
        let most = most.filter(|(_, times)| enough(*times)).map(|(institution, _)| institution);
        most.or_else(|| self.republic(front).filter(|_| traditional))
    }

    /// The institution of a text that names none and counts its years by the Republic.
    fn republic(&self, front: &str) -> Option<Institution<'_>> {
        let year = REPUBLIC.as_ref()?.find(front)?;
        let rows = self.institutions.names.iter().map(|(_, row)| *row);
        rows.filter_map(|row| match self.entry(row) {
            Some(Entry::Region { currency, .. }) => {
                Some(Institution { currency, row, words: Span::at(year.start(), year.end()) })
            }
            _ => None,
        })
        .find(|institution| institution.counts_by_republic())
    }
}
