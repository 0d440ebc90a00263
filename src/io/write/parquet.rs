//! Parquet: real types, strings in dictionaries, Zstandard, and what the columns mean in the file's metadata.

use std::io::{self, Write};

use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{DataFrame, KeyValueMetadata, ParquetCompression, ParquetWriter};

use crate::table::Selection;

use super::{TableWriter, about, from_polars};

pub(super) struct ParquetTable {
    writer: BatchedWriter<Box<dyn Write + Send>>,
}

impl ParquetTable {
    pub(super) fn new(out: Box<dyn Write + Send>, selection: &Selection, lexicon: &str) -> io::Result<Self> {
        let writer = ParquetWriter::new(out)
            .with_compression(ParquetCompression::Zstd(None))
            .with_key_value_metadata(Some(KeyValueMetadata::from_static(about(selection, lexicon))))
            .batched(&selection.schema())
            .map_err(from_polars)?;
        Ok(Self { writer })
    }
}

impl TableWriter for ParquetTable {
    fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
        self.writer.write_batch(batch).map_err(from_polars)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.finish().map(|_| ()).map_err(from_polars)
    }
}
