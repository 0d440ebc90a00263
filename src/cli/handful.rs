//! Documents that are read together.

use crate::io::{Documents, FileError, Waiting};

/// A file alone, or rows of a table.
#[derive(Default)]
pub(super) struct Handful {
    pub(super) documents: Vec<Result<Waiting, FileError>>,
    /// The identity of the file that they are of, where it was told before they were read.
    pub(super) id: Option<String>,
    /// The place of that file among the files, and whether nothing more of it comes, where anybody asks.
    pub(super) file: usize,
    pub(super) last: bool,
}

/// A file alone, and rows of a table some at a time: most are short, and handing each over would cost more than reading it.
pub(super) fn handfuls(documents: Documents) -> impl Iterator<Item = Handful> {
    const MOST: usize = 256;
    const MOST_BYTES: u64 = 1 << 18;
    let mut documents = documents.peekable();
    std::iter::from_fn(move || {
        let mut some = vec![documents.next()?];
        let row = |waiting: &Result<Waiting, FileError>| matches!(waiting, Ok(Waiting::Row(_)));
        let mut bytes = some.iter().flatten().map(Waiting::bytes).sum::<u64>();
        while some.last().is_some_and(row) && some.len() < MOST && bytes < MOST_BYTES {
            let Some(next) = documents.next_if(row) else { break };
            bytes += next.as_ref().map_or(0, Waiting::bytes);
            some.push(next);
        }
        Some(Handful { documents: some, ..Handful::default() })
    })
}

/// The handfuls of one file, the last of them marked; one without documents where there are none.
pub(super) fn of_file(
    file: usize,
    id: Option<String>,
    handfuls: impl Iterator<Item = Handful>,
) -> impl Iterator<Item = Handful> {
    let mut handfuls = handfuls.fuse();
    let mut next = Some(handfuls.next().unwrap_or_default());
    std::iter::from_fn(move || {
        let now = next.take()?;
        next = handfuls.next();
        Some(Handful { id: id.clone(), file, last: next.is_none(), ..now })
    })
}
