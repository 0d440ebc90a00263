//! `.gz` and `.zst` files read through, with a limit on what comes out and no packed file within a packed one.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Packing {
    Gzip,
    Zstandard,
}

/// Why a packed file has no inside.
#[derive(Debug)]
pub(in crate::io) enum Broken {
    /// More than the limit comes out.
    Long,
    /// What comes out is packed again.
    Nested,
    /// What the unpacker said.
    Damaged(Packing, io::Error),
}

impl Packing {
    /// How the names of packed files end.
    const EXTENSIONS: [&'static str; 2] = ["gz", "zst"];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstandard => "Zstandard",
        }
    }

    /// What the first bytes tell.
    pub(in crate::io) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x1F\x8B") {
            Some(Self::Gzip)
        } else {
            bytes.starts_with(b"\x28\xB5\x2F\xFD").then_some(Self::Zstandard)
        }
    }

    /// The name without the ending that tells it is packed.
    pub(in crate::io) fn inner(name: &str) -> &str {
        let path = Path::new(name);
        let packed =
            path.extension().is_some_and(|end| Self::EXTENSIONS.iter().any(|known| end.eq_ignore_ascii_case(known)));
        name.rsplit_once('.').map_or(name, |(inner, _)| if packed { inner } else { name })
    }

    /// What comes out of `packed`.
    pub(in crate::io) fn reader<'a>(self, packed: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Self::Zstandard => Box::new(zstd::Decoder::new(packed)?),
        })
    }
}

/// All that comes out of `raw`, which is `raw` itself where it is not packed.
pub(super) fn whole(raw: &[u8], limit: u64) -> Result<Cow<'_, [u8]>, Broken> {
    let Some(packing) = Packing::of(raw) else { return Ok(Cow::Borrowed(raw)) };
    let damaged = |cause| Broken::Damaged(packing, cause);
    let mut bytes = Vec::new();
    let reader = packing.reader(raw).map_err(damaged)?;
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 > limit {
        return Err(Broken::Long);
    }
    if Packing::of(&bytes).is_some() { Err(Broken::Nested) } else { Ok(Cow::Owned(bytes)) }
}

/// A stream unpacked where its first bytes say that it is packed.
#[cfg(feature = "table")]
pub(in crate::io) fn unpacked(mut stream: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let mut start = Vec::new();
    stream.by_ref().take(4).read_to_end(&mut start)?;
    let packing = Packing::of(&start);
    let again = io::Cursor::new(start).chain(stream);
    match packing {
        Some(packing) => packing.reader(again),
        None => Ok(Box::new(again)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("written");
        out.finish().expect("an end")
    }

    #[test]
    fn both_packings_are_read_through() {
        let text = "财政收入18.34亿元".as_bytes();
        assert_eq!(whole(&gzip(text), 100).ok().as_deref(), Some(text));
        let zstandard = zstd::encode_all(text, 3).expect("packed");
        assert_eq!(whole(&zstandard, 100).ok().as_deref(), Some(text));
        assert_eq!(whole(text, 100).ok().as_deref(), Some(text));
        let two = [gzip(text), gzip(text)].concat();
        assert_eq!(whole(&two, 100).ok().map(|bytes| bytes.len()), Some(2 * text.len()));
    }

    #[test]
    fn what_is_packed_twice_too_long_or_cut_is_refused() {
        let text = vec![b'1'; 1 << 20];
        assert!(matches!(whole(&gzip(&gzip(&text)), 1 << 21), Err(Broken::Nested)));
        assert!(matches!(whole(&gzip(&text), 1 << 19), Err(Broken::Long)));
        let mut cut = gzip(&text);
        cut.truncate(cut.len() / 2);
        assert!(matches!(whole(&cut, 1 << 21), Err(Broken::Damaged(Packing::Gzip, _))));
    }

    #[test]
    fn the_inner_name_is_the_name_without_the_packing() {
        for (name, inner) in
            [("报告.txt.gz", "报告.txt"), ("a/b.HTML.ZST", "a/b.HTML"), ("a.txt", "a.txt"), ("gz", "gz")]
        {
            assert_eq!(Packing::inner(name), inner);
        }
    }
}
