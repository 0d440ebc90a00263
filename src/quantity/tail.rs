//! What may still belong to a quantity behind its unit: a half, a smaller unit, a digit of a smaller unit not named.

use super::stated::scale_of_money;
use super::unit::{UnitMatch, Units, choose, goes_on};
use super::{Context, Quantity, apply_hedge};
use crate::exact::Exact;
use crate::lexicon::{Entry, NumeralChar, Role, RowId, fold, is_digit, is_han};
use crate::numeral::{Numeral, Sort, ends, may_end_money};
use crate::terms::{Bound, Kind};
use crate::text::{InFlow, Span};

/// Dimensions whose smaller units add up behind a larger one.
const ADDED: [&str; 6] = ["time", "angle", "currency", "length", "mass", "area"];

impl Context<'_> {
    /// 一倍多, 两年半, 亿元人民币.
    pub(super) fn behind_unit(&self, quantity: &mut Quantity, found: &UnitMatch) {
        if found.half || self.half_behind(quantity) {
            let tenth = found.parts.first().copied().flatten().is_some_and(|part| self.is_tenth(part.row));
            let half = if tenth { Exact::integer(5) } else { Exact::decimal("5", 1) };
            quantity.value = quantity.value.as_ref().map(|value| value.plus(&half));
            quantity.decimals = quantity.decimals.max(1);
            if !found.half {
                quantity.span.end += 3;
            }
            return;
        }
        if self.add_unnamed(quantity, quantity.unit, None) {
            return;
        }
        let rest = self.rest(quantity.span.end);
        if let Some((row, length)) = crate::numeral::inside(rest, self.lexicon)
            && let Some(Entry::Modifier { bound: bound @ Bound::MoreThan, .. }) = self.lexicon.entry(row)
            && !rest.starts_with(['几', '幾'])
            && !self.tells_more(rest.get(length..).unwrap_or_default())
            && (quantity.time || !matches!(quantity.kind, Some(Kind::Count)))
        {
            let words = Span::at(quantity.span.to(), quantity.span.to() + length);
            quantity.span.end = words.end;
            apply_hedge(quantity, *bound, row, Some(words), "a hedge behind the unit");
        }
        self.scale_behind_money(quantity);
        let rest = self.rest(quantity.span.end);
        if quantity.unit.is_some_and(|unit| unit.of(self.text).ends_with(['元', '圆'])) && rest.starts_with("人民币")
        {
            quantity.span.end += 9;
        }
    }

    /// 1,180新台幣百萬元: the scale stands behind the name of the currency.
    fn scale_behind_money(&self, quantity: &mut Quantity) {
        let name = quantity.unit.map_or("", |unit| unit.of(self.text));
        let bare = quantity.scale == 0 && !quantity.han && name.ends_with(may_end_money);
        if !bare || self.lexicon.money_named(name).is_none() {
            return;
        }
        if let Some((power, length)) = scale_of_money(self.rest(quantity.span.end), self.lexicon) {
            quantity.value = quantity.value.take().map(|value| value.scaled(power));
            quantity.decimals -= power;
            quantity.scale = power;
            quantity.span.end += u32::try_from(length).unwrap_or(0);
        }
    }

    /// 较预测数3亿元多出1亿元, 比去年3亿元多2亿元: whether words behind 多 tell by how much more something is.
    fn tells_more(&self, behind: &str) -> bool {
        let more = behind.trim_start_matches(['出', '了', ' ']);
        let little = more.strip_prefix('一').is_some_and(|rest| rest.starts_with(['点', '點', '些']));
        !little
            && more.starts_with(|c: char| {
                is_digit(c) || matches!(self.lexicon.numeral_char(c), Some(NumeralChar::Digit(_)))
            })
    }

    /// 两年半; behind a classifier only where the clause ends: 两个半, but not 三个半导体项目.
    fn half_behind(&self, quantity: &Quantity) -> bool {
        self.rest(quantity.span.end).strip_prefix('半').is_some_and(|behind| {
            !behind.starts_with('数')
                && (quantity.kind != Some(Kind::Count) || ends(behind) || behind.starts_with('的'))
        })
    }

    /// Whether a unit is counted in tenths: 成.
    fn is_tenth(&self, row: RowId) -> bool {
        matches!(self.lexicon.entry(row), Some(Entry::Unit(unit)) if unit.kind == Kind::Percent && unit.factor == Exact::decimal("1", 1))
    }

    /// What one of a quantity's unit is in its code, where that is not one: 三成 is 30 %, 5角 is 0.5 CNY.
    pub(super) fn ratio(&self, quantity: &Quantity) -> Option<Exact> {
        let words = quantity.unit?;
        let (length, rows) = self.lexicon.unit(words.of(self.text))?;
        let (surface, behind) = (words.of(self.text).get(..length)?, self.rest(words.start).get(length..)?);
        let row = choose(rows, surface, (self.before(quantity.span.start), behind), self.lexicon)?;
        match self.lexicon.entry(row) {
            Some(Entry::Unit(unit)) => unit.of_code.clone(),
            _ => None,
        }
    }

    /// 一块二, 1米75: adds the digits of a smaller unit that is not named. One of the unit before them is `ratio`, or what
    /// one of the quantity's own unit is.
    fn add_unnamed(&self, quantity: &mut Quantity, unit: Option<Span<InFlow>>, ratio: Option<&Exact>) -> bool {
        let Some(unit) = unit.map(|unit| unit.of(self.text)) else { return false };
        let rest = self.rest(quantity.span.end);
        let mut digits = String::new();
        let mut length = 0;
        for ch in rest.chars().take(3) {
            match self.lexicon.numeral_char(ch) {
                Some(NumeralChar::Digit(digit)) if quantity.han => digits.push(char::from(b'0' + digit)),
                None if is_digit(ch) && !quantity.han => digits.push(fold(ch)),
                _ => break,
            }
            length += ch.len_utf8();
        }
        if digits.is_empty() || !self.lexicon.is_word(unit, Role::Tenths) || is_told_whole(quantity) {
            return false;
        }
        let behind = rest.get(length..).unwrap_or_default();
        // 三米五高: the word behind says along which side it was measured.
        let side =
            matches!(unit, "米" | "尺" | "丈" | "寸") && behind.starts_with(['高', '长', '長', '宽', '寬', '深', '厚']);
        // 四十五元六买菜: what was paid for.
        let paid = matches!(unit, "元" | "块" | "塊" | "毛" | "角")
            && behind.starts_with(['买', '卖', '買', '賣', '钱', '一']);
        // 38秒72夺冠: a time of a race. What the digits would count by themselves is another number.
        let timed = unit == "秒"
            && behind.starts_with(|c: char| !c.is_ascii() && !is_digit(c))
            && self.lexicon.unit(behind).is_none();
        // 六成二表示满意, 七成三市民: of ten no other part is told with a digit; 一 may open 一直.
        let tenths = unit == "成"
            && (digits != "1" || rest.starts_with('1'))
            && !rest.starts_with(['两', '兩'])
            && behind.starts_with(|c: char| is_han(c) && !self.lexicon.is_numeral_char(c));
        // 从十七块五降到十六块
        let moves = behind.starts_with(['降', '涨', '升', '跌', '增', '提', '减', '漲', '減']);
        let closed = side
            || tenths
            || moves
            || paid
            || timed
            || ends(behind)
            || behind.starts_with(['的', '左', '以', '多', '、', '到', '至', '—', '-', '～', '~', '/', '每']);
        // Metres have digits for two smaller units, seconds for their hundredths: 一米七五, 9秒58.
        if !closed || !(digits.len() == 1 || digits.len() == 2 && matches!(unit, "米" | "秒")) {
            return false;
        }
        let ratio = ratio.cloned().or_else(|| self.ratio(quantity)).unwrap_or(Exact::integer(1));
        let part = Exact::decimal(&digits, digits.len()).times(&ratio);
        quantity.value = quantity.value.as_ref().map(|value| value.plus(&part));
        quantity.decimals = quantity.decimals.max(0) + i32::try_from(digits.len()).unwrap_or(0);
        quantity.span.end += u32::try_from(length).unwrap_or(0);
        true
    }

    /// 3小时20分, 5元3角, 三斤二两: adds a smaller unit of the same dimension that stands right behind.
    pub(super) fn adds_up(&self, quantity: &mut Quantity, next: &Numeral, units: &mut Units) -> bool {
        // 50块零5毛: the word keeps a place that is empty.
        let gap = Span::<InFlow>::new(quantity.span.end, next.span.start.max(quantity.span.end)).of(self.text);
        // 三天半时间: the half is taken.
        if !matches!(gap, "" | "零" | "又")
            || next.span.start < quantity.span.end
            || quantity.unit.is_none()
            || next.sort != Sort::Plain
            || next.sign.is_some()
        {
            return false;
        }
        let whole = quantity.composed.and_then(|unit| units.all.get(unit as usize)).cloned();
        let Some(whole) = whole.filter(|unit| ADDED.contains(&unit.dimension.as_str())) else { return false };
        let rest = self.rest(next.span.end);
        let named = self.lexicon.unit(rest).filter(|(length, _)| !goes_on(rest, *length));
        let Some((length, rows)) = named else { return false };
        let smaller = rows.iter().find_map(|row| match self.lexicon.entry(*row) {
            Some(Entry::Unit(unit)) if *unit.dimension == whole.dimension && unit.factor < whole.factor => {
                Some(unit.factor.clone())
            }
            _ => None,
        });
        let Some(factor) = smaller else { return false };
        let ratio = factor.divided(&whole.factor);
        let part = next.value.times(&ratio);
        // 一年三百六十五天: the one is the other.
        if next.decimals <= 0 && part.times(&Exact::integer(1000)) >= Exact::integer(999) {
            return false;
        }
        quantity.value = quantity.value.as_ref().map(|value| value.plus(&part));
        quantity.decimals = 0;
        let words = Span::at(next.span.to(), next.span.to() + length);
        quantity.span.end = words.end;
        self.add_unnamed(quantity, Some(words), Some(&ratio));
        true
    }
}

/// 80976元1, 3.5亿元2, 1234.5吨3: behind so long an amount a digit is the mark of a note.
fn is_told_whole(quantity: &Quantity) -> bool {
    let large = || quantity.value.as_ref().is_some_and(|value| *value >= Exact::integer(1000));
    !quantity.han && (quantity.decimals > 0 || quantity.scale > 0 || large())
}
