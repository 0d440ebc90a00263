//! Records of any number of documents as one Polars table.

use std::borrow::Cow;

use polars::prelude::{
    ChunkTake, Column, DataFrame, Float64Chunked, IdxCa, IdxSize, Int8Chunked, Int32Chunked, IntoColumn,
    NewChunkedArray, PolarsResult, StringChunkedBuilder, UInt32Chunked,
};

use crate::normalise::{Extraction, Fact};

use super::schema::{ColumnSpec, Read};
use super::selection::Selection;

/// What was found in one document, with the names the table gives it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Path relative to the input root.
    pub path: &'a str,
    /// First 32 hexadecimal digits of the BLAKE3 of its bytes.
    pub id: &'a str,
    /// What was found.
    pub extraction: &'a Extraction,
    /// What stands in the columns that come from the document itself, in the order of [`Selection::kept`].
    pub kept: &'a [Option<String>],
}

/// One row before it is spread over columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) document: Document<'a>,
    pub(super) fact: Fact<'a>,
}

/// The table of `documents`, in their order and each in order of appearance.
///
/// # Errors
///
/// Only what Polars itself refuses, such as more rows than it can count.
pub fn to_dataframe<'a>(
    documents: impl IntoIterator<Item = Document<'a>>,
    selection: &Selection,
) -> PolarsResult<DataFrame> {
    let mut rows = Vec::new();
    for document in documents {
        let facts = document.extraction.facts().filter(|fact| selection.holds(fact.kind));
        rows.extend(facts.map(|fact| Row { document, fact }));
    }
    let columns = selection.columns().iter().map(|column| spread(column, &rows));
    let kept = selection.kept().iter().enumerate().map(|(place, name)| {
        texts(name, &rows, |row| row.document.kept.get(place).and_then(Option::as_deref).map(Cow::Borrowed))
    });
    let columns: PolarsResult<_> = columns.chain(kept).collect();
    DataFrame::new(rows.len(), columns?)
}

/// A column of texts. Rows one behind the other that have the same one share it: a sentence is said once for all of its
/// numbers.
fn texts<'a>(
    name: &str,
    rows: &'a [Row<'a>],
    read: impl Fn(&'a Row<'a>) -> Option<Cow<'a, str>>,
) -> PolarsResult<Column> {
    let mut builder = StringChunkedBuilder::new(name.into(), 0);
    let mut places: Vec<IdxSize> = Vec::with_capacity(rows.len());
    let (mut last, mut next) = (None, 0);
    for row in rows {
        let text = Some(read(row));
        if text != last {
            builder.append_option(text.as_ref().and_then(Option::as_deref));
            (last, next) = (text, next + 1);
        }
        places.push(next - 1);
    }
    Ok(builder.finish().take(&IdxCa::from_vec(name.into(), places))?.into_column())
}

fn spread(column: &ColumnSpec, rows: &[Row<'_>]) -> PolarsResult<Column> {
    let name = column.name.into();
    Ok(match column.read {
        Read::Text(read) => return texts(column.name, rows, read),
        Read::Whole(read) => UInt32Chunked::from_iter_options(name, rows.iter().map(read)).into_column(),
        Read::Small(read) => Int8Chunked::from_iter_options(name, rows.iter().map(read)).into_column(),
        Read::Float(read) => Float64Chunked::from_iter_options(name, rows.iter().map(read)).into_column(),
        Read::Day(read) => {
            let days = rows.iter().map(|row| read(row).map(crate::calendar::Date::days_since_epoch));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::{COLUMNS, Cells, sample};
    use super::*;
    use crate::terms::Kind;

    fn cells(selection: &Selection) -> Vec<Vec<String>> {
        let extraction = sample::extraction();
        let document = Document { path: "a/b.txt", id: "0f", extraction: &extraction, kept: &[] };
        let frame = to_dataframe([document], selection).expect("a frame");
        assert_eq!(frame.schema(), &selection.schema());
        let cells = Cells::of(&frame).expect("cells");
        (0..frame.height()).map(|row| cells.row(row).map(|cell| cell.to_string()).collect()).collect()
    }

    #[test]
    fn every_column_is_read() {
        let rows = cells(&Selection::default());
        let first = rows.first().map(|row| row.join("|")).unwrap_or_default();
        assert_eq!(
            first,
            "a/b.txt|0f|1||1|12|19|18.34亿元|2022年完成财政总收入18.34亿元，同比增长13.1%。|measure|1834000000|||exact|-6|元|\
             CNY|currency|1834000000|CNY|财政总收入|level||||2022|2022-01-01|2022-12-31|actual"
        );
        assert_eq!(rows.len(), 2, "dates are not in the default selection");
    }

    #[test]
    fn kinds_and_columns_are_chosen() {
        let selection =
            Selection::default().with_kinds(&[Kind::Date]).with_columns(&["kind", "text"]).expect("columns");
        assert_eq!(cells(&selection), [["date", "2022年"]]);
    }

    #[test]
    fn what_documents_bring_along_stands_behind() {
        let selection = Selection::default().with_columns(&["text"]).expect("columns");
        let selection = selection.with_kept(&["url".to_owned(), "title".to_owned()]);
        let extraction = sample::extraction();
        let kept = [Some("a/1".to_owned()), None];
        let documents = [&kept[..], &[]].map(|kept| Document { path: "a", id: "0f", extraction: &extraction, kept });
        let frame = to_dataframe(documents, &selection).expect("a frame");
        assert_eq!(frame.schema(), &selection.schema());
        let cells = Cells::of(&frame).expect("cells");
        let rows: Vec<Vec<String>> = (0..4).map(|row| cells.row(row).map(|cell| cell.to_string()).collect()).collect();
        assert_eq!(rows, [["18.34亿元", "a/1", ""], ["13.1%", "a/1", ""], ["18.34亿元", "", ""], ["13.1%", "", ""]]);
    }

    #[test]
    fn the_numbers_of_a_sentence_share_its_text() {
        let text = "拨付12万元、13万元，".repeat(500);
        let extraction = crate::Pipeline::new(crate::Lexicon::builtin(), crate::Options::default()).extract(&text);
        let document = Document { path: "a.txt", id: "0f", extraction: &extraction, kept: &[] };
        let frame = to_dataframe([document], &Selection::default()).expect("a frame");
        let sentences = frame.column("sentence").expect("there").str().expect("text");
        let places: std::collections::BTreeSet<_> = sentences.iter().flatten().map(str::as_ptr).collect();
        assert_eq!(frame.height(), 1000);
        assert!(places.len() < 10, "{} copies", places.len());
    }

    #[test]
    fn no_documents_give_an_empty_table_with_every_column() {
        let frame = to_dataframe([], &Selection::default()).expect("a frame");
        assert_eq!((frame.height(), frame.width()), (0, COLUMNS.len()));
    }
}
