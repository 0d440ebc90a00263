//! Texts that were decoded wrongly once and saved so: 锛 and 銆 where ， and 。 were.
//!
//! They decode without a fault, and their figures may still be right; but their words are lost, so it is told.

use memchr::memmem;

/// What was probably done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mojibake {
    /// Where the first sign of it stands, in bytes.
    pub(super) at: usize,
    /// What it was taken for.
    pub(super) was: &'static str,
}

/// What the commonest characters of Chinese texts, ， 。 、 的 亿元, become, and how that comes about.
///
/// None of the results is found in texts that were read rightly, so that few are enough.
const SIGNS: [(&str, &[&str]); 5] = [
    ("UTF-8 that was read as GBK", &["锛", "銆", "鐨", "殑"]),
    ("characters that were lost before and read as GBK", &["锟斤拷"]),
    ("UTF-8 that was read as Latin-1", &["ï¼", "ã€", "ã\u{80}", "çš", "ç\u{9a}"]),
    ("GBK that was read as Latin-1", &["£¬", "¡£", "µÄ"]),
    ("GBK that was read as Big5", &["砬啋", "崝酗", "ㄛ肮", "ㄛ掀", "ㄛ崝", "ㄛ爛", "﹝陔", "﹝［"]),
];

/// So many signs are no chance.
const ENOUGH: usize = 3;

/// Notices a text that was decoded wrongly before it was saved, or just now.
pub(super) fn mojibake(text: &str) -> Option<Mojibake> {
    SIGNS
        .iter()
        .find_map(|(was, signs)| {
            let places = signs.iter().flat_map(|sign| memmem::find_iter(text.as_bytes(), sign).take(ENOUGH));
            let (count, first) = places.fold((0, usize::MAX), |(count, first), at| (count + 1, first.min(at)));
            (count >= ENOUGH).then_some(Mojibake { at: first, was })
        })
        .or_else(|| private(text))
}

/// Characters without a meaning of their own, where Big5 was read as GBK or a PDF gives no letters for its shapes.
fn private(text: &str) -> Option<Mojibake> {
    let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
    // All stand in UTF-8 behind EE or EF, which punctuation does too; most texts are done with one look for the first.
    let first = text.find(is_private)?;
    let (count, wide) = text
        .chars()
        .filter(|c| !c.is_ascii())
        .fold((0usize, 0usize), |(count, wide), c| (count + usize::from(is_private(c)), wide + 1));
    (count >= ENOUGH && count * 50 > wide)
        .then_some(Mojibake { at: first, was: "text whose encoding is not what it was taken for" })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GBK, WINDOWS_1252};

    use super::*;

    const TEXT: &str = "初步核算，全年完成财政总收入18.34亿元，同比增长13.1%。新增入驻企业282家，全部是本地的企业。";

    #[test]
    fn texts_read_wrongly_are_noticed() {
        let utf8_as_gbk = GBK.decode_without_bom_handling(TEXT.as_bytes()).0;
        let utf8_as_latin = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0;
        let gbk = GBK.encode(TEXT).0;
        let gbk_as_latin = WINDOWS_1252.decode_without_bom_handling(&gbk).0;
        let big5 = BIG5.encode("本年度新增就業人數為1,174人，較上年增長百分之八；的的的的總開支預算。").0;
        let big5_as_gbk = GBK.decode_without_bom_handling(&big5).0;
        let lost = GBK
            .decode_without_bom_handling("财政\u{fffd}\u{fffd}收入\u{fffd}\u{fffd}增长\u{fffd}\u{fffd}".as_bytes())
            .0;
        let gbk_as_big5 = BIG5.decode_without_bom_handling(&gbk).0;
        for wrong in [utf8_as_gbk, utf8_as_latin, gbk_as_latin, gbk_as_big5, big5_as_gbk, lost] {
            assert!(mojibake(&wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn the_first_sign_is_where_it_goes_wrong() {
        let half = format!("{TEXT}{}", GBK.decode_without_bom_handling(TEXT.as_bytes()).0);
        assert_eq!(mojibake(&half).map(|found| found.at >= TEXT.len()), Some(true));
    }

    #[test]
    fn texts_read_rightly_are_left_alone() {
        for right in [TEXT, "用锛子锛了一块木板。", "Le café coûte £12, ça va; São Paulo, 5 µm.", ""] {
            assert_eq!(mojibake(right), None, "{right}");
        }
    }
}
