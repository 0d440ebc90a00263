//! Numbers as careful writers write them, and texts of nothing but what numerals are written with.

use taizhang::exact::Exact;

/// Signs and words of numerals and of what stands right beside them.
#[rustfmt::skip]
const SIGNS: [&str; 118] = [
    "〇", "零", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "兆", "廿", "卅",
    "半", "点", "壹", "贰", "拾", "佰", "仟", "萬", "億", "兩", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    "０", "１", "９", ".", ",", "，", "．", "%", "％", "‰", "-", "－", "—", "~", "至", "+", "±", "负", "/", ":",
    "^", "²", "⁴", "₂", "×", "½", "⅔", "①", "⑩", "Ⅳ", "10^", "e", "分之", "百分之", "千分之", "三分之二", "又", "成",
    "倍", "番", "折", "个百分点", "第", "几", "多", "余", "来", "数", "约", "近", "以上", "左右", "个", "元", "万元", "亿元",
    "年", "月", "日", "时", "分", "人", "家", "吨", "平方米", "、", "。", "（", "）", "(", ")", "“", "”", "〔", "〕",
    " ", "　", "\n",
];

/// A text of the signs that the bytes name.
pub(crate) fn numeral_text(bytes: &[u8]) -> String {
    bytes.iter().filter_map(|byte| SIGNS.get(usize::from(*byte) % SIGNS.len())).copied().collect()
}

/// The ways to write a number, each with its value as decimals are written.
pub(crate) fn ways(number: u64) -> Vec<(String, String)> {
    // Han numerals are named up to 亿亿.
    let small = number % 10_000_000_000_000_000;
    let digits = grouped(number, ",");
    // A lone 壹 is a word.
    let formal = han(small + 100).chars().map(formal).collect();
    let (whole, places) = (small % 1_0000_0000, number % 1000);
    let spoken: String = format!("{places:03}").chars().map(spoken).collect();
    let point = Exact::decimal(&format!("{whole}{places:03}"), 3).to_string();
    // 一百分之一 is one per cent.
    let parts = (whole | 1) + 2;
    vec![
        (digits.chars().map(wide).collect(), number.to_string()),
        (digits, number.to_string()),
        (han(small), small.to_string()),
        (formal, (small + 100).to_string()),
        (format!("{}点{spoken}", han(whole)), point.clone()),
        (format!("{whole}.{places:03}"), point),
        (format!("百分之{}", han(small)), small.to_string()),
        (format!("{}分之{}", han(parts), han(places + 1)), Exact::fraction(places + 1, parts).to_string()),
        (format!("{whole}万"), (whole * 10_000).to_string()),
    ]
}

/// 叁 for 三, as on cheques.
fn formal(ch: char) -> char {
    "一二三四五六七八九十百千"
        .chars()
        .zip("壹贰叁肆伍陆柒捌玖拾佰仟".chars())
        .find(|(plain, _)| *plain == ch)
        .map_or(ch, |(_, formal)| formal)
}

/// 三 for 3.
fn spoken(ch: char) -> char {
    ('0'..='9').zip("零一二三四五六七八九".chars()).find(|(digit, _)| *digit == ch).map_or(ch, |(_, spoken)| spoken)
}

/// A digit or separator in full width.
pub(crate) fn wide(ch: char) -> char {
    match ch {
        '0'..='9' | ',' => char::from_u32(ch as u32 + 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(value: u64, separator: &str) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in Han numerals, as a careful writer writes it: 一万零五百, 十二, 三亿零四万.
pub(crate) fn han(value: u64) -> String {
    if value == 0 {
        return "零".to_owned();
    }
    let out = sections(value);
    out.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(out)
}

fn sections(value: u64) -> String {
    for (scale, name) in [(1_0000_0000, "亿"), (1_0000, "万")] {
        let rest = value % scale;
        if value >= scale {
            let gap = if rest > 0 && rest < scale / 10 { "零" } else { "" };
            let tail = if rest > 0 { sections(rest) } else { String::new() };
            return format!("{}{name}{gap}{tail}", sections(value / scale));
        }
    }
    below_ten_thousand(value)
}

fn below_ten_thousand(value: u64) -> String {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let (mut out, mut gap) = (String::new(), false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        out.push(digits[usize::try_from(digit).expect("a digit")]);
        out.push_str(name);
    }
    out
}
