//! Arrow IPC file: as memory holds it, in the layout that every reader knows.

use std::io::{self, Write};

use polars::io::ipc::BatchedWriter;
use polars::prelude::{CompatLevel, DataFrame, IpcWriter, SerWriter as _};

use crate::table::Selection;

use super::{TableWriter, about, from_polars};

pub(super) struct ArrowTable {
    writer: BatchedWriter<Box<dyn Write + Send>>,
}

impl ArrowTable {
    pub(super) fn new(out: Box<dyn Write + Send>, selection: &Selection, lexicon: &str) -> io::Result<Self> {
        // No column is a dictionary, so no field has anything to say about one.
        let fields = std::iter::repeat_with(Default::default).take(selection.names().count()).collect();
        let mut writer = IpcWriter::new(out)
            .with_compat_level(CompatLevel::oldest())
            .batched(&selection.schema(), fields)
            .map_err(from_polars)?;
        writer.set_custom_metadata(about(selection, lexicon));
        Ok(Self { writer })
    }
}

impl TableWriter for ArrowTable {
    fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
        self.writer.write_batch(batch).map_err(from_polars)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.finish().map_err(from_polars)
    }
}
