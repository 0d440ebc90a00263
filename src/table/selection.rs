//! Which kinds of rows and which columns a table holds.

use std::sync::Arc;

use polars::prelude::{DataType, Field, Schema, SchemaRef};

use crate::terms::Kind;

use super::columns::COLUMNS;
use super::schema::ColumnSpec;

/// A column that the table does not have, or that was asked for twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {problem}")]
pub struct UnknownColumn {
    /// What was asked for.
    pub name: String,
    problem: &'static str,
}

/// Which rows and columns: by default the quantity kinds, with every column.
///
/// ```
/// use taizhang::table::Selection;
/// use taizhang::terms::Kind;
///
/// let narrow = Selection::default().with_kinds(&[Kind::Date]).with_columns(&["text", "period"])?;
/// assert!(narrow.holds(Kind::Date) && !narrow.holds(Kind::Measure));
/// assert!(Selection::default().with_columns(&["txet"]).is_err());
/// # Ok::<(), taizhang::table::UnknownColumn>(())
/// ```
#[derive(Debug, Clone)]
pub struct Selection {
    kinds: Vec<Kind>,
    columns: Vec<ColumnSpec>,
    kept: Vec<String>,
}

impl Default for Selection {
    fn default() -> Self {
        let kinds = Kind::ALL.iter().copied().filter(|kind| kind.is_quantity()).collect();
        Self { kinds, columns: COLUMNS.to_vec(), kept: Vec::new() }
    }
}

impl Selection {
    /// Rows of these kinds only.
    #[must_use]
    pub fn with_kinds(mut self, kinds: &[Kind]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }

    /// These columns only, in this order.
    ///
    /// # Errors
    ///
    /// A name that the table does not have, or that comes twice.
    pub fn with_columns<S: AsRef<str>>(mut self, names: &[S]) -> Result<Self, UnknownColumn> {
        self.columns.clear();
        for name in names.iter().map(AsRef::as_ref) {
            let refused = |problem| UnknownColumn { name: name.to_owned(), problem };
            let column = ColumnSpec::named(name).ok_or_else(|| refused("is not a column of the table"))?;
            if self.columns.iter().any(|chosen| chosen.name == name) {
                return Err(refused("is asked for twice"));
            }
            self.columns.push(*column);
        }
        Ok(self)
    }

    /// Behind these columns, what [`Document::kept`](super::Document::kept) holds, under such names.
    #[must_use]
    pub fn with_kept(mut self, names: &[String]) -> Self {
        self.kept = names.to_vec();
        self
    }

    /// All but the column of that name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.columns.retain(|column| column.name != name);
        self.kept.retain(|kept| kept != name);
        self
    }

    /// Whether rows of this kind are in.
    #[must_use]
    pub fn holds(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// The columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[ColumnSpec] {
        &self.columns
    }

    /// The names of the columns that come from the documents and stand behind the others.
    #[must_use]
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// The names of all columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name).chain(self.kept.iter().map(String::as_str))
    }

    /// The Polars schema of the table.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        let kept = self.kept.iter().map(|name| Field::new(name.into(), DataType::String));
        Arc::new(self.columns.iter().map(ColumnSpec::field).chain(kept).collect::<Schema>())
    }
}
