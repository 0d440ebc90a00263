//! The year that a text speaks from: told by the caller, by its title, by a date line, or by what it names most.

use crate::calendar::Period;
use crate::segment::SegmentKind;
use crate::terms::Kind;

use super::Document;
use crate::text::{InFlow, Span};

/// The years of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Years {
    /// The year of rows that name none.
    pub(crate) default: Option<i16>,
    /// The days that the title names.
    pub(crate) title: Option<Period>,
    /// The year that 今年 means.
    pub(crate) now: Option<i16>,
    /// `now`, where a title, a date line or the caller told it.
    pub(crate) certain: Option<i16>,
    /// Most years named are financial years.
    pub(crate) fiscal: bool,
}

/// Finds the years of a document.
pub(crate) fn find(document: &Document<'_>, told: Option<i16>) -> Years {
    if told.is_some() {
        return Years { default: told, title: None, now: told, certain: told, fiscal: false };
    }
    let mut counts: Vec<(i16, u32)> = Vec::new();
    let (mut title, mut days, mut dateline, mut fiscal) = (None, None, None, 0);
    for index in 0..document.segments.len() {
        let Some((segment, sentence, _)) = document.sentence(index) else { break };
        for mention in sentence.mentions.iter().filter(|mention| mention.kind == Kind::Date) {
            let Some(when) = mention.when else { continue };
            fiscal += u32::from(when.fiscal);
            let last = when.last.and_then(|last| last.year).filter(|_| !when.fiscal);
            let Some(year) = last.or(when.first.year).filter(|year| (1900..2150).contains(year)) else { continue };
            if segment.kind == SegmentKind::Title {
                title = title.or(Some(year));
                days = days.or(when.resolve(Some(year)).filter(|days| days.start != days.end));
            }
            if when.first.day.is_some() {
                dateline = dateline.max(Some(year));
            }
            // 到2035年, 比2015年, 从2010年: years that the text looks to or back to are not its own.
            let before = Span::<InFlow>::new(segment.span.start, mention.span.start).of(document.text);
            let weight =
                u32::from(!before.ends_with(['到', '至', '从', '從', '比', '较', '較', '与', '與', '自', '由']));
            match counts.iter_mut().find(|(known, _)| *known == year) {
                Some((_, count)) => *count += weight,
                None => counts.push((year, weight)),
            }
        }
    }
    // What lies beyond the date line has not happened yet.
    let past = |year: &i16| dateline.is_none_or(|line| *year <= line);
    let frequent =
        counts.iter().filter(|(year, _)| past(year)).max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| *year);
    let default = title.or(frequent);
    // A date line tells the moment of writing only near the years the text is about.
    let near = dateline.filter(|line| default.is_none_or(|year| (year..=year + 1).contains(line)));
    let named: u32 = counts.iter().map(|(_, count)| *count).sum();
    Years { default, title: days, now: near.or(default), certain: near.or(title), fiscal: fiscal * 2 > named }
}
