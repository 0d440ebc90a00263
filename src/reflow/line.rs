//! The lines of a text and whether one goes on in the next.

use memchr::memchr_iter;

use super::bars::{Bars, Closed, Part, set_headers};
use super::cells::{Gaps, push_line};
use super::figures::SCALES;
use super::marker::{BULLETS, Marker, marker};
use super::{Place, halves, page, piled, rows, torn};
use crate::Lexicon;
use crate::lexicon::{ChangeForm, Entry, PeriodWord, Role, RowId, fold, is_digit, is_han};
use crate::text::{InSource, Span};

/// A line that has more than this many characters was not cut by a layout.
const WIDEST_WRAP: u32 = 70;

/// One line, or one cell of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without the space around it.
    pub(super) span: Span<InSource>,
    /// Whether a blank line, or the paragraph space 　　, stood before it.
    pub(super) apart: bool,
    /// Its number.
    pub(super) row: u32,
    /// Its place on the line, if it is one of several cells.
    pub(super) place: Option<Place>,
    /// Characters, Latin ones counted half.
    pub(super) width: u32,
    /// Whether it starts with a list or heading marker.
    marked: bool,
    /// Whether it holds nothing but a page number.
    pub(super) page: bool,
    /// What it is of a cell that a bar closes.
    pub(super) part: Part,
}

pub(super) struct Lines {
    pub(super) all: Vec<Line>,
}

impl Lines {
    pub(super) fn new(source: &str, lexicon: &Lexicon) -> Self {
        let mut all = Vec::with_capacity(source.len().min(1 << 22) / 64);
        let mut gaps = Gaps::new(source);
        let mut bars = Bars::default();
        let (mut start, mut apart) = (0usize, true);
        let ends = memchr_iter(b'\n', source.as_bytes()).chain([source.len()]);
        for (row, end) in ends.enumerate() {
            let line = trim(start, source.get(start..end).unwrap_or_default());
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            if let Some(Closed { line, row, part }) = bars.next(line, row, source) {
                let from = all.len();
                push_line(&mut all, source, line, row, apart, &mut gaps, lexicon);
                if let [.., last] = all.get_mut(from..).unwrap_or_default() {
                    last.part = part;
                }
                apart = false;
            } else if line.is_empty() {
                apart = true;
            } else if let Some(last) = all.last_mut() {
                last.part = last.part.closed();
            }
            start = end + 1;
        }
        set_headers(&mut all);
        torn::part(&mut all, source, lexicon);
        piled::part(&mut all, source, lexicon);
        rows::part(&mut all, source, lexicon);
        halves::join(&mut all, source, lexicon);
        page::note(&mut all, source, lexicon);
        Self { all }
    }

    /// The width at which the layout broke lines, if it did: many lines of about the same, small width.
    pub(super) fn wrap_width(&self) -> Option<u32> {
        let mut widths: Vec<u32> = self.all.iter().filter(|line| line.place.is_none()).map(|line| line.width).collect();
        widths.sort_unstable();
        let widest = *widths.get((widths.len() * 19 / 20).min(widths.len().checked_sub(1)?))?;
        let long = widths.len() - widths.partition_point(|width| *width * 2 < widest);
        let full = widths.len() - widths.partition_point(|width| *width * 100 < widest * 85);
        ((12..=WIDEST_WRAP).contains(&widest) && full >= 3 && full * 10 >= long * 5).then_some(widest)
    }
}

/// A line without the space around it.
fn trim(start: usize, raw: &str) -> Span<InSource> {
    let words = raw.trim_start();
    let from = start + raw.len() - words.len();
    Span::at(from, from + words.trim_end().len())
}

/// • and - in front of an item.
fn is_bullet(text: &str) -> bool {
    let item = text.strip_prefix(['-', '*', '·']).filter(|item| item.starts_with(' ')).map(str::trim_start);
    text.starts_with(BULLETS) || item.is_some_and(|item| !item.is_empty() && !item.starts_with(is_digit))
}

/// A number, with sign, separators or percent; the mark of a note may stand behind it (120.5①, 120.5[1]).
pub(crate) fn is_figure(text: &str) -> bool {
    let text = text.trim_end_matches(|c| matches!(c, '①'..='⑳' | '*'));
    let noted = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let text = noted.filter(|(_, note)| note.chars().all(is_digit)).map_or(text, |(figure, _)| figure);
    text.chars().map(fold).any(|c| c.is_ascii_digit())
        && text
            .chars()
            .map(fold)
            .all(|c| matches!(c, '0'..='9' | '+' | '-' | '.' | ',' | '%' | '(' | ')' | '—' | '－' | '–' | '‰' | ' '))
}

impl Line {
    pub(super) fn new(
        span: Span<InSource>,
        row: u32,
        apart: bool,
        place: Option<Place>,
        source: &str,
        lexicon: &Lexicon,
    ) -> Self {
        let text = span.of(source);
        // Three bytes a Han character; Latin ones count half.
        let (han, latin) = widths(text);
        let width = han + latin / 2;
        Self { span, apart, row, place, width, marked: marker(text, lexicon).is_some(), page: false, part: Part::Any }
    }

    /// The same as a cell of a line; what stands in the column of the cell before it goes on in that.
    pub(super) const fn in_column(self, row: u32, column: u32) -> Self {
        Self { row, place: Some(Place { column, ruled: false }), ..self }
    }

    /// Whether a sentence that this line leaves open goes on in `next`.
    pub(super) fn continues_in(&self, next: &Self, wrap: Option<u32>, lexicon: &Lexicon, source: &str) -> bool {
        let (text, after) = (self.span.of(source), next.span.of(source));
        if next.place.is_some() || ends_sentence(text) || is_bullet(after) || page::is_posted(text) {
            return false;
        }
        let pause = matches!(text.chars().next_back(), Some('，' | ',' | '、' | '（' | '(' | '“' | '《'));
        if pause {
            return !matches!(marker(after, lexicon), Some((Marker::Han | Marker::HanBracket | Marker::Word, _)));
        }
        if next.marked && !next_is_figure(after) {
            return false;
        }
        if !next.apart && matches!(after, "%" | "％") && heads_column(text, lexicon) {
            return false;
        }
        // 处5000元以⏎上20000元以下: a bound of two characters was cut.
        let bound = text.ends_with('以') && after.starts_with(['上', '下', '内', '外', '內']);
        if starts_with_closing(after) || bound {
            return true;
        }
        // 312,450 in a line of its own is a cell: its separator is no comma, and cells do not go on in cells.
        let punctuated = !is_figure(text) && text.contains(['，', '。', '；', ',', ';']);
        if !punctuated && is_figure(after) || is_row(text) && is_row(after) {
            return false;
        }
        // 整治企业⏎3家, 完成投资15.8⏎亿元
        if !self.marked && (punctuated || self.width >= 12) && breaks_quantity(text, after, lexicon) {
            return true;
        }
        if punctuated && !starts_fresh(after, lexicon) && !self.is_heading(wrap, source) && ends_open(text, lexicon) {
            return true;
        }
        // 云州市1996年国民经济和社会发展统计公报⏎市统计局: a title as wide as the lines under it.
        let titles = || lexicon.closing(text, Role::Yearly).is_some() && !after.contains(['，', '。', '；', ',', ';']);
        if !punctuated && next.width * 2 < self.width && titles() {
            return false;
        }
        let gap = next.apart;
        if let (Some(wrap), false) = (wrap, gap) {
            // A paragraph of a wrapped text ends with a full stop; a line without one and without a comma is a heading
            // where it stops well before the edge.
            let full = self.width * 100 >= wrap * 85;
            return !starts_fresh(after, lexicon) && (punctuated && (!self.marked || full) || full && !self.marked)
                || full && after.contains(['，', '。', ',']);
        }
        // （一）积极应对复杂形势，稳增长促发展取得新成效⏎预计全年实现产值…: no edge broke a marked line that the next is longer than,
        // or that says at its end how something goes.
        let ended = || lexicon.closing(text, Role::State).is_some();
        if self.is_heading(wrap, source) && (next.width > self.width + 2 || ended()) {
            return false;
        }
        if !punctuated || self.marked && self.width < 25 && !text.contains('。') || starts_fresh(after, lexicon) {
            return false;
        }
        // Without a blank line between, a text that is not wrapped breaks only where it means to.
        let tail = text.rsplit(['，', ',', '、', '；', '。']).next().unwrap_or_default().chars().count();
        let prose_follows = after.contains(['，', '。', '；', ',', '、']);
        let full = self.width >= 25 || wrap.is_some_and(|wrap| self.width * 100 >= wrap * 85);
        prose_follows && (full || tail <= 4) || tail <= 4 && self.width >= 25
    }

    /// （一）工业生产加快，效益提高: a marked line without a figure that stops before the edge goes on in no other.
    fn is_heading(&self, wrap: Option<u32>, source: &str) -> bool {
        let short = self.width < 30 && wrap.is_none_or(|wrap| self.width * 100 < wrap * 85);
        let figures = || self.span.of(source).chars().skip_while(|c| is_digit(*c)).any(is_digit);
        self.marked && short && !figures()
    }

    /// A line with nothing but a page number.
    pub(super) const fn is_page_number(&self) -> bool {
        self.page
    }

    /// One line without the end of a sentence.
    pub(super) fn is_short(&self, source: &str) -> bool {
        let text = self.span.of(source);
        self.width <= 45 && !ends_sentence(text) && !text.contains('。')
    }

    /// 收入21,⏎345元: whether the break parts a group of thousands from the digits before it.
    pub(super) fn breaks_group(&self, next: &Self, source: &str) -> bool {
        let (text, after) = (self.span.of(source), next.span.of(source));
        let group = after.len() - after.trim_start_matches(is_digit).len();
        let head = text.strip_suffix(',').filter(|_| group == 3);
        head.is_some_and(|head| {
            let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            (1..=3).contains(&digits) && !head.get(..head.len() - digits).unwrap_or_default().ends_with(['.', ','])
        })
    }

    /// Whether digits end it, separators behind them aside.
    pub(super) fn ends_in_digits(&self, source: &str) -> bool {
        self.span.of(source).trim_end_matches(is_separator).ends_with(is_digit)
    }

    /// Whether digits start it, separators before them aside.
    pub(super) fn starts_with_digits(&self, source: &str) -> bool {
        self.span.of(source).trim_start_matches(is_separator).starts_with(is_digit)
    }

    pub(super) fn ends_in_latin(&self, source: &str) -> bool {
        self.span
            .of(source)
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, ',' | '.' | ';'))
    }

    pub(super) fn starts_with_latin(&self, source: &str) -> bool {
        self.span.of(source).chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
    }
}

/// How many characters of three or four bytes a text has and how many of one, counted in a byte a chunk.
pub(super) fn widths(text: &str) -> (u32, u32) {
    text.as_bytes().chunks(255).fold((0, 0), |(wide, narrow), chunk| {
        let counts = chunk.iter().fold((0u8, 0u8), |(wide, narrow), byte| {
            (wide.wrapping_add(u8::from(*byte >= 0xE0)), narrow.wrapping_add(u8::from(*byte < 0x80)))
        });
        (wide + u32::from(counts.0), narrow + u32::from(counts.1))
    })
}

/// 财政拨款 1,234.50: a label, a space and a figure, as a row of a table has them.
fn is_row(text: &str) -> bool {
    let row = text.rsplit_once([' ', '\u{3000}']).filter(|(_, figure)| is_figure(figure));
    row.is_some_and(|(label, _)| label.contains(is_han) && !label.contains(['，', '。', '；', '：']))
}

/// What may stand between the digits of one number.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，' | '.' | '．' | '。' | '·' | ' ')
}

/// Whether the line closes a sentence, closing quotes and brackets aside, and its source: 作出了回应。 （某日报）; or an item of a
/// list before the last one: 减收租金3亿元；以及.
fn ends_sentence(text: &str) -> bool {
    let source = || text.strip_suffix(['）', ')'])?.rsplit_once(['（', '(']);
    if let Some((told, source)) = source()
        && told.trim_end().ends_with('。')
        && source.len() <= SOURCE
    {
        return true;
    }
    let joined = text.strip_suffix(['及', '和', '或']).map(|item| item.strip_suffix('以').unwrap_or(item));
    let text = joined.filter(|item| item.ends_with(['；', ';'])).unwrap_or(text);
    let text = text.trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '】']);
    match text.chars().next_back() {
        Some('。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' | '…') => true,
        Some('.') => text.chars().rev().nth(1).is_some_and(|c| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// Bytes of the longest source behind a sentence.
const SOURCE: usize = 45;

/// Punctuation that cannot open a line.
fn starts_with_closing(text: &str) -> bool {
    text.starts_with(['，', '。', '；', '、', '：', '！', '？', '”', '）', '》', '」', '』', '％', '%', '℃'])
}

/// A line that looks marked only because a figure opens it: `3.5亿元`.
fn next_is_figure(text: &str) -> bool {
    let mut chars = text.chars().map(fold).skip_while(char::is_ascii_digit);
    chars.next() == Some('.') && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether the break parts a number from what it counts, or from its unit.
pub(super) fn breaks_quantity(text: &str, after: &str, lexicon: &Lexicon) -> bool {
    let scale = after.starts_with(['万', '亿', '萬', '億']);
    if text.ends_with(is_digit) {
        return scale || lexicon.counts(after);
    }
    let rest = after.trim_start_matches(|c| is_digit(c) || matches!(c, '.' | ','));
    rest.len() < after.len() && lexicon.counts(rest) && !rest.starts_with(['年', '月', '日', '号', '时'])
}

/// 金额⏎%⏎金额⏎%: what a header beside that of a percent is; 比上年增长⏎% is one header, 15.8⏎% a percent, and 万吨⏎% are
/// the units of two axes.
fn heads_column(text: &str, lexicon: &Lexicon) -> bool {
    let short = text.chars().nth(6).is_none() && !text.contains(is_digit);
    short && !ends_open(text, lexicon) && !lexicon.counts(text.trim_start_matches(SCALES))
}

/// Whether the last clause ends before its number: 比上年, 增加, 占.
fn ends_open(text: &str, lexicon: &Lexicon) -> bool {
    let opens = |row: &RowId| {
        matches!(
            lexicon.entry(*row),
            Some(
                Entry::Change {
                    form: ChangeForm::Verb | ChangeForm::Over | ChangeForm::Object | ChangeForm::Effect,
                    ..
                } | Entry::Comparison { .. }
                    | Entry::Period(PeriodWord::Year(-1))
                    | Entry::Cue(Role::Share | Role::To)
            )
        )
    };
    let clause = text.rsplit(['，', ',', '、', '；']).next().unwrap_or_default();
    let suffixes = clause.char_indices().rev().skip(1).take(3).filter_map(|(at, _)| clause.get(at..));
    clause.chars().count() <= 8 && suffixes.into_iter().any(|word| lexicon.word_named(word).iter().any(opens))
}

/// Openings of a new text: a date line, an agency, the number of a figure (图8).
fn starts_fresh(text: &str, lexicon: &Lexicon) -> bool {
    let opening = |length: usize, row: &RowId| match lexicon.entry(*row) {
        Some(Entry::Cue(Role::Opening)) => true,
        Some(Entry::Cue(Role::Numbered)) => {
            text.get(length..).is_some_and(|rest| rest.trim_start().starts_with(is_digit))
        }
        _ => false,
    };
    let mut chars = text.chars().map(fold);
    let year = chars.by_ref().take(4).all(|c| c.is_ascii_digit()) && chars.next() == Some('年');
    year || lexicon.word(text).is_some_and(|(length, rows)| rows.iter().any(|row| opening(length, row)))
}
