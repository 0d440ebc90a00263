//! Partitions: folders named by what a column holds, as Hive names them (`province=浙江/`).
//!
//! The column itself is left out of the parts, because readers take it from the name of the folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use polars::prelude::{DataFrame, PolarsResult};

use crate::table::Selection;

use super::error::DatasetError;

/// The columns of the facts that are the same for all rows of a document.
const OF_A_DOCUMENT: [&str; 2] = ["document", "document_id"];

/// What Hive, and every reader since, writes in the place of null. Nothing at all cannot be told from it in a name.
const NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// The longest name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// A column by which the rows of a dataset are parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    column: String,
}

impl Partition {
    /// By that column of a table.
    ///
    /// # Errors
    ///
    /// A column that the table does not have, or whose values differ within a document.
    pub fn by(column: &str, selection: &Selection) -> Result<Self, DatasetError> {
        let of_a_document =
            |name: &&str| OF_A_DOCUMENT.contains(name) || selection.kept().iter().any(|kept| kept == name);
        if selection.names().filter(of_a_document).any(|name| name == column) {
            return Ok(Self { column: column.to_owned() });
        }
        let known = selection.names().filter(of_a_document).map(str::to_owned).collect();
        Err(DatasetError::Partition { column: column.to_owned(), known })
    }

    /// The column.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The folder of rows whose column holds `value`; none where its name would be too long.
    ///
    /// ```
    /// use taizhang::dataset::Partition;
    /// use taizhang::table::Selection;
    ///
    /// let province = Partition::by("province", &Selection::default().with_kept(&["province".to_owned()]))?;
    /// assert_eq!(province.folder(Some("浙江")).as_deref(), Some("province=浙江"));
    /// assert_eq!(province.folder(Some("a/b=50%")).as_deref(), Some("province=a%2Fb%3D50%25"));
    /// assert_eq!(province.folder(None).as_deref(), Some("province=__HIVE_DEFAULT_PARTITION__"));
    /// # Ok::<(), taizhang::dataset::DatasetError>(())
    /// ```
    #[must_use]
    pub fn folder(&self, value: Option<&str>) -> Option<String> {
        let mut name = escaped(&self.column);
        name.push('=');
        name.push_str(&value.filter(|value| !value.is_empty()).map_or_else(|| NULL.to_owned(), escaped));
        (name.len() <= LONGEST_NAME).then_some(name)
    }

    /// Rows by their folders, without the column, in the order in which they came.
    pub(super) fn parted(&self, rows: &DataFrame) -> PolarsResult<BTreeMap<String, DataFrame>> {
        let values = rows.column(&self.column)?.str()?;
        let rest = rows.drop(&self.column)?;
        let mut parted: BTreeMap<String, DataFrame> = BTreeMap::new();
        let mut from = 0;
        for end in 1..=rows.height() {
            let value = values.get(from);
            if end < rows.height() && values.get(end) == value {
                continue;
            }
            let piece = rest.slice(i64::try_from(from).unwrap_or(i64::MAX), end - from);
            // Documents whose value is too long were refused before they came here.
            let folder = self.folder(value).unwrap_or_default();
            match parted.get_mut(&folder) {
                Some(before) => drop(before.vstack_mut_owned(piece)?),
                None => drop(parted.insert(folder, piece)),
            }
            from = end;
        }
        Ok(parted)
    }
}

/// A name or value with `%` and two digits in the place of what Hive's paths do not take.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_control() || "\"#%'*/:=?\\{}[]^".contains(c) {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, NamedFrom as _, Series};

    use super::*;

    #[test]
    fn rows_are_parted_by_the_column_and_keep_their_order() {
        let selection = Selection::default().with_kept(&["town".to_owned()]);
        let town = Partition::by("town", &selection).expect("a partition");
        let column = |name: &str, cells: &[Option<&str>]| Column::from(Series::new(name.into(), cells));
        let towns = [Some("甲"), Some("甲"), None, Some("乙"), Some("甲"), Some("")];
        let texts = ["1", "2", "3", "4", "5", "6"].map(Some);
        let rows = DataFrame::new(6, vec![column("text", &texts), column("town", &towns)]).expect("rows");
        let parted = town.parted(&rows).expect("parted");
        let found: Vec<(&str, String)> = parted
            .iter()
            .map(|(folder, rows)| {
                let texts = rows.column("text").expect("a column").str().expect("texts");
                assert_eq!(rows.width(), 1);
                (folder.as_str(), texts.iter().flatten().collect())
            })
            .collect();
        let null = "town=__HIVE_DEFAULT_PARTITION__";
        assert_eq!(found, [(null, "36".to_owned()), ("town=乙", "4".to_owned()), ("town=甲", "125".to_owned())]);
    }

    #[test]
    fn only_what_is_the_same_for_a_document_parts_it() {
        let selection = Selection::default();
        assert!(Partition::by("document_id", &selection).is_ok());
        for column in ["kind", "town", ""] {
            assert!(Partition::by(column, &selection).is_err(), "{column}");
        }
    }

    #[test]
    fn names_have_an_end() {
        let document = Partition::by("document", &Selection::default()).expect("a partition");
        assert!(document.folder(Some(&"县".repeat(82))).is_some());
        assert_eq!(document.folder(Some(&"县".repeat(83))), None);
        assert_eq!(document.folder(Some(&"/".repeat(83))), None);
    }
}
