//! `taizhang extract --dataset`: reads what is new or changed, and puts it into the dataset at a stroke.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::dataset::{Dataset, DatasetError, Growing, Partition, Plan, Read, Wishes};
use crate::io::{Documents, FileErrorKind, RunReport, Source, TableOptions, TextFile, commit, document_id_of, shown};

use super::beside;
use super::extract::{Given, extract_all};
use super::handful::{Handful, handfuls, of_file};
use super::resolved::{Destination, Extract, Verbosity};

#[derive(Debug, Args)]
pub(super) struct DatasetArgs {
    /// Folder of a dataset that grows: facts/*.parquet, with what is new or changed read and the rest left as it is
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "format"])]
    pub(super) dataset: Option<PathBuf>,
    /// Take documents out of the dataset that are not among the inputs
    #[arg(long, requires = "dataset", conflicts_with = "output")]
    pub(super) prune: bool,
    /// Read every document again, also those that did not change
    #[arg(long, requires = "dataset", conflicts_with = "output")]
    pub(super) refresh: bool,
}

/// Opens the dataset, where it is one that is wanted. What the inputs hold is looked up after that, so that no run works
/// by a list that is older than what another did meanwhile.
pub(super) fn open(wanted: &Extract) -> Result<Option<Dataset>, DatasetError> {
    let Destination::Dataset(root, _) = &wanted.destination else {
        return Ok(None);
    };
    let waits = |owner: &str| {
        if wanted.verbosity > Verbosity::Quiet {
            let message = format!("waits for `{}`, which is in use by {owner}", shown(root));
            wanted.report.log_format.say("waiting", &message);
        }
    };
    Dataset::open(root, waits).map(Some)
}

/// Settles by which column the rows are parted, now that all columns are known.
pub(super) fn part(wanted: &mut Extract) -> Result<(), DatasetError> {
    if let (Destination::Dataset(_, wishes), Some(column)) = (&mut wanted.destination, &wanted.partition_by) {
        wishes.partition = Some(Partition::by(column, &wanted.selection)?);
    }
    Ok(())
}

/// That there is a folder for the rows of a document.
pub(super) fn placeable(wanted: &Extract, source: &Source) -> Result<(), FileErrorKind> {
    let Destination::Dataset(_, Wishes { partition: Some(partition), .. }) = &wanted.destination else {
        return Ok(());
    };
    let value = match partition.column() {
        "document" => Some(&source.name),
        "document_id" => Some(&source.document_id),
        kept => {
            let place = wanted.selection.kept().iter().position(|name| name == kept);
            place.and_then(|place| source.kept.get(place)?.as_ref())
        }
    };
    match partition.folder(value.map(String::as_str)) {
        Some(_) => Ok(()),
        None => Err(FileErrorKind::Partition(partition.column().to_owned())),
    }
}

/// Grows the dataset by all files; the first facts are returned for the summary.
pub(super) fn grow(
    wanted: &Extract,
    dataset: &Dataset,
    files: Vec<TextFile>,
    documents: &Documents,
    report: &mut RunReport,
    clock: Instant,
) -> anyhow::Result<Vec<Vec<String>>> {
    let Destination::Dataset(root, wishes) = &wanted.destination else {
        return Ok(Vec::new());
    };
    let mut wishes = wishes.clone();
    if wishes.prune && !report.rejected.is_empty() {
        wishes.prune = false;
        report.warnings.push("nothing was pruned, because not all inputs could be looked through".to_owned());
    }
    let mut plan = Plan::new(dataset, files, &wanted.selection, &wishes)?;
    report.rejected.append(&mut plan.refused);
    (report.unchanged, report.absent, report.pruned) = (plan.unchanged, plan.absent, plan.pruned);
    report.warnings.extend(warnings(&plan));
    let (steps, files): (Vec<usize>, Vec<TextFile>) = std::mem::take(&mut plan.reads).into_iter().unzip();
    let mut growing = Growing::begin(dataset, plan, &wanted.selection, &wishes)?;
    let bytes = files.iter().map(|file| file.bytes).sum();
    // The rows of a table of texts come and go with their file.
    let tables = TableOptions { keep: Some(documents.keep().to_vec()), ..wanted.inputs.tables.clone() };
    let documents_of = |(place, file)| handfuls_of(place, file, &tables, wanted);
    let mut broken = Vec::new();
    let mut table = Given::default();
    let first_facts = extract_all(wanted, files.iter().enumerate().flat_map(documents_of), bytes, report, |given| {
        table.read += given.read;
        table.rejected += given.rejected;
        table.broken |= given.broken;
        if !given.last {
            return Ok(growing.wait(given.rows)?);
        }
        let step = steps.get(given.file).copied().unwrap_or_default();
        let Given { read, rejected, broken: ends_early, .. } = std::mem::take(&mut table);
        match &given.id {
            Some(document_id) if !ends_early && (read > 0 || rejected == 0) => {
                Ok(growing.add(step, &Read { document_id, partly: rejected > 0 }, given.rows)?)
            }
            _ => {
                broken.extend((read > 0).then_some(given.file));
                Ok(growing.miss(step)?)
            }
        }
    })?;
    report.warnings.extend(broken.into_iter().filter_map(|place| Some(told_broken(files.get(place)?))));
    if !report.is_empty() {
        let grown = growing.finish()?;
        report.written = grown.read;
        report.dataset = Some(grown.holdings);
        report.outputs = vec![shown(&dataset.facts())];
        report.elapsed_seconds = clock.elapsed().as_secs_f64();
        // Written before the commit, so that a full disk is met while the dataset is the old one.
        let beside = beside::pending(root, report)?;
        grown.commit()?;
        commit(beside)?;
        beside::remove_stale(root, report)?;
    }
    Ok(first_facts)
}

/// The documents of one file.
fn handfuls_of(
    place: usize,
    file: &TextFile,
    tables: &TableOptions,
    wanted: &Extract,
) -> impl Iterator<Item = Handful> + use<> {
    let mut failed = Vec::new();
    let documents = Documents::new(vec![file.clone()], tables, &wanted.inputs.options, &mut failed);
    // A file that changes while it is read must have another identity by the next run.
    let id = (documents.tables() > 0).then(|| document_id_of(file.path()));
    let (id, error) = id.transpose().map_or_else(|error| (None, Some(error)), |id| (id, None));
    let failed: Vec<_> = failed.into_iter().chain(error).map(Err).collect();
    let failed = (!failed.is_empty()).then(|| Handful { documents: failed, ..Handful::default() });
    of_file(place, id, failed.into_iter().chain(handfuls(documents)))
}

fn told_broken(file: &TextFile) -> String {
    let shown = file.origin.to_string();
    format!("`{shown}` could not be read to its end; none of its rows were taken in, and those of an earlier run stay")
}

fn warnings(plan: &Plan) -> Vec<String> {
    let mut warnings = Vec::new();
    if plan.by_other_rules > 0 {
        let one = "documents of the dataset were read by another rule set or version; --refresh reads them again";
        warnings.push(format!("{} {one}", plan.by_other_rules));
    }
    warnings
}
