//! From bytes to text: UTF-8 first, then UTF-16, GB18030 and Big5 by what the bytes look like.
//!
//! It never guesses beyond these: what looks like another encoding is refused with its name, unless its name is told.
//! Line ends stay as they are.

use std::str::FromStr;

use chardetng::EncodingDetector;
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte-order mark.
    pub text: String,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030`, `Big5`, or another that was asked for or declared.
    pub encoding: &'static str,
    /// Characters that could not be read and stand as U+FFFD.
    pub replacements: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// A file of a known format that is not text.
    #[error("is a {0} file, not text; convert it to text first")]
    Format(&'static str),
    /// Bytes that no text has.
    #[error("is a binary file, not text (it holds NUL bytes)")]
    Binary,
    /// Text, perhaps, in an encoding that is not read.
    #[error(
        "is not in UTF-8, UTF-16, GB18030 or Big5 (its bytes look like {0}); name its encoding with --encoding, or convert it to UTF-8"
    )]
    Encoding(&'static str),
    /// Text, perhaps, but not in the encoding that was asked for.
    #[error("is not in {0}: too many of its characters cannot be read; leave --encoding away or name another")]
    Other(&'static str),
}

/// An encoding by one of the names that the WHATWG lists: `gbk`, `gb2312`, `big5`, `utf-16le`, `shift_jis` …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// What it is called in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        // One decoder reads what calls itself GB2312, GBK or GB18030.
        if self.0 == GBK || self.0 == GB18030 { "GB18030" } else { self.0.name() }
    }

    #[cfg(feature = "table")]
    pub(super) const fn of(encoding: &'static Encoding) -> Self {
        Self(encoding)
    }

    #[cfg(any(feature = "table", feature = "html"))]
    pub(super) const fn encoding(self) -> &'static Encoding {
        self.0
    }
}

impl FromStr for Charset {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Encoding::for_label_no_replacement(name.as_bytes());
        known.map(Self).ok_or("no such encoding; known are utf-8, utf-16le, utf-16be, gb18030, gbk, gb2312, big5 and the others of the WHATWG Encoding Standard")
    }
}

/// Starts of files that are often taken for texts.
const FORMATS: [(&[u8], &str); 7] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Office"),
    (b"\x1F\x8B", "gzip"),
    (b"\x28\xB5\x2F\xFD", "Zstandard"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
];

/// Decodes the bytes of a file.
///
/// ```
/// use taizhang::io::decode;
///
/// let decoded = decode("\u{feff}同比增长3%".as_bytes()).expect("text");
/// assert_eq!(decoded.text, "同比增长3%");
/// assert!(decode(b"\0\x01\x02\0").is_err());
/// ```
///
/// # Errors
///
/// Binary files, and texts in other encodings than the five.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let (encoding, mark) = detect(bytes, true)?;
    decoded(bytes.get(mark..).unwrap_or_default(), encoding)
}

/// Decodes bytes whose encoding is told; a byte-order mark says it better still.
///
/// ```
/// use taizhang::io::{Charset, decode_as};
///
/// let big5: Charset = "big5".parse()?;
/// assert_eq!(decode_as(b"\xa4\xa4\xa4\xe5", big5).map(|decoded| decoded.text), Ok("中文".to_owned()));
/// # Ok::<(), &str>(())
/// ```
///
/// # Errors
///
/// Binary files, and texts too much of which cannot be read so.
pub fn decode_as(bytes: &[u8], charset: Charset) -> Result<Decoded, Undecodable> {
    known_format(bytes)?;
    let (encoding, mark) = marked(bytes)?.unwrap_or((charset.0, 0));
    decoded(bytes.get(mark..).unwrap_or_default(), encoding).map_err(|why| match why {
        Undecodable::Encoding(_) => Undecodable::Other(charset.name()),
        why => why,
    })
}

/// The encoding of `bytes`, and the length of their byte-order mark. `whole` unless they are only the start of a file.
pub(super) fn detect(bytes: &[u8], whole: bool) -> Result<(&'static Encoding, usize), Undecodable> {
    known_format(bytes)?;
    if let Some(marked) = marked(bytes)? {
        return Ok(marked);
    }
    let nul = memchr::memchr(0, bytes).is_some();
    let utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // The start of a file may end within a character.
        Err(error) => !whole && error.error_len().is_none(),
    };
    if utf8 && !nul {
        return Ok((UTF_8, 0));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok((encoding, 0));
    }
    if nul {
        return Err(Undecodable::Binary);
    }
    if mostly_utf8(bytes) {
        return Ok((UTF_8, 0));
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, whole);
    match detector.guess(None, false) {
        guess if guess == GBK || guess == GB18030 => Ok((GB18030, 0)),
        guess if guess == BIG5 && !quotes_of_gb18030(bytes) => Ok((BIG5, 0)),
        guess if guess == BIG5 => Ok((GB18030, 0)),
        guess => Err(Undecodable::Encoding(guess.name())),
    }
}

fn known_format(bytes: &[u8]) -> Result<(), Undecodable> {
    match FORMATS.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, format)) => Err(Undecodable::Format(format)),
        None => Ok(()),
    }
}

/// What a byte-order mark says, and its length.
fn marked(bytes: &[u8]) -> Result<Option<(&'static Encoding, usize)>, Undecodable> {
    if bytes.starts_with(b"\xFF\xFE\0\0") {
        return Err(Undecodable::Encoding("UTF-32LE"));
    }
    Ok(match Encoding::for_bom(bytes) {
        None if bytes.starts_with(b"\x84\x31\x95\x33") => Some((GB18030, 4)),
        marked => marked,
    })
}

/// Decodes, and refuses where so much is lost that the encoding must be another one.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Undecodable> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replacements = replacements(&text);
    if damaged && replacements > 1 && replacements * 20 > text.chars().count() {
        return Err(Undecodable::Encoding("damaged or unknown text"));
    }
    // A mark before UTF-16 or UTF-8 is off already; NUL after all is no text.
    if text.contains('\0') {
        return Err(Undecodable::Binary);
    }
    Ok(Decoded { text: text.into_owned(), encoding: Charset(encoding).name(), replacements })
}

/// The characters that stand for what could not be read.
pub(super) fn replacements(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

/// An English text of a Chinese hand: its quotes and dashes are all that tells, and they are characters in Big5 too.
fn quotes_of_gb18030(bytes: &[u8]) -> bool {
    let (text, damaged) = GB18030.decode_without_bom_handling(bytes);
    let mark = |c: char| matches!(c, '·' | '\u{2010}'..='\u{203b}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}');
    !damaged && text.chars().filter(|c| !c.is_ascii()).all(mark)
}

/// UTF-8 with a few damaged places: far more whole characters of several bytes than bytes that fit none.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 20 * broken
}

/// The byte order in which nearly all pairs of bytes are characters that a Chinese report has.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    if pairs == 0 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let plausible = |order: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| order(*pair));
        units.filter(|unit| in_reports(*unit)).count()
    };
    let (little, big) = (plausible(u16::from_le_bytes), plausible(u16::from_be_bytes));
    let (encoding, most, least) = if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    (most * 10 >= pairs * 9 && most > least).then_some(encoding)
}

/// Code units of CJK text: ASCII without controls, Latin-1 signs, general and CJK punctuation, ideographs, full width.
const fn in_reports(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x203B | 0x2100..=0x22FF | 0x2460..=0x24FF
        | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "2022年，全街道完成财政总收入18.34亿元，同比增长13.1%。\n新增入驻企业282家。";
    const TRADITIONAL: &str = "本年度新增就業人數為1,174人，較上年增長百分之八；總開支預算為2,000億元。";

    fn read(bytes: &[u8]) -> (String, &'static str) {
        decode(bytes).map_or_else(|why| (why.to_string(), ""), |decoded| (decoded.text, decoded.encoding))
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn the_five_encodings_are_told_apart() {
        for text in [SIMPLIFIED, TRADITIONAL] {
            let owned = text.to_owned();
            assert_eq!(read(text.as_bytes()), (owned.clone(), "UTF-8"));
            assert_eq!(read(&utf16(text, u16::to_le_bytes)), (owned.clone(), "UTF-16LE"));
            assert_eq!(read(&utf16(text, u16::to_be_bytes)), (owned.clone(), "UTF-16BE"));
            assert_eq!(read(&GB18030.encode(text).0), (owned, "GB18030"));
        }
        assert_eq!(read(&BIG5.encode(TRADITIONAL).0), (TRADITIONAL.to_owned(), "Big5"));
    }

    #[test]
    fn quotes_alone_tell_gb18030_from_big5() {
        let english = "—The economy grew by 3.5% in 2021–2022.\n—Output reached 45 billion yuan, a good “harvest” for all.\n\
                       —Reform went on.\n—Our cities spent 12% more.\n";
        assert_eq!(read(&GB18030.encode(english).0), (english.to_owned(), "GB18030"));
        assert_eq!(read(&BIG5.encode("總額：「二千億元」").0).1, "Big5");
    }

    #[test]
    fn marks_are_taken_off() {
        let marked = format!("\u{feff}{SIMPLIFIED}");
        for bytes in [
            marked.clone().into_bytes(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            GB18030.encode(&marked).0.into_owned(),
        ] {
            assert_eq!(read(&bytes).0, SIMPLIFIED);
        }
    }

    #[test]
    fn a_damaged_place_is_counted_and_the_rest_kept() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes).expect("text");
        assert_eq!((decoded.encoding, decoded.replacements), ("UTF-8", 1));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x7fELF\0\0\0\x01\x02"), Err(Undecodable::Binary));
        assert_eq!(decode(b"%PDF-1.7 ..."), Err(Undecodable::Format("PDF")));
        assert!(matches!(decode(b"caf\xe9 cr\xe8me br\xfbl\xe9e, d\xe9j\xe0 vu"), Err(Undecodable::Encoding(_))));
        assert_eq!(decode(b"\xff\xfe\0\0\x2d\x4e\0\0"), Err(Undecodable::Encoding("UTF-32LE")));
    }

    #[test]
    fn nothing_is_an_empty_text() {
        assert_eq!(read(b""), (String::new(), "UTF-8"));
        assert_eq!(read(b"\xef\xbb\xbf"), (String::new(), "UTF-8"));
    }
}
