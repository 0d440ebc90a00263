//! PDF files through poppler's `pdftotext`, a program of its own with a limit on its time.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::ReadOptions;
use crate::io::error::PdfTrouble;

/// How often it is looked whether the program has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// The text of a PDF file, the lines of its tables kept as they stand on the page.
pub(super) fn text(bytes: &[u8], options: &ReadOptions) -> Result<String, PdfTrouble> {
    let failed = |cause: io::Error| PdfTrouble::Failed(cause.to_string());
    let mut input = tempfile::Builder::new().suffix(".pdf").tempfile().map_err(failed)?;
    input.write_all(bytes).and_then(|()| input.flush()).map_err(failed)?;
    // Files and no pipes: a full pipe would hold the program back, and nobody empties it while its time is watched.
    let output = tempfile::NamedTempFile::new().map_err(failed)?;
    let mut said = tempfile::tempfile().map_err(failed)?;
    let started = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-eol", "unix"])
        .args([input.path(), output.path()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said.try_clone().map_err(failed)?)
        .spawn();
    let child = started.map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => PdfTrouble::NoTool,
        _ => failed(cause),
    })?;
    let status = ended(child, options.timeout).map_err(failed)?;
    match status {
        None => Err(PdfTrouble::Slow(options.timeout.as_secs())),
        Some(status) if status.success() => read_back(output.path(), options.max_bytes),
        Some(status) => Err(PdfTrouble::Failed(last_words(&mut said).unwrap_or_else(|| status.to_string()))),
    }
}

/// How a program ended; none where it took too long and was stopped.
fn ended(mut child: Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let clock = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if clock.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        sleep(PAUSE);
    }
}

fn read_back(path: &std::path::Path, limit: u64) -> Result<String, PdfTrouble> {
    let failed = |cause: io::Error| PdfTrouble::Failed(cause.to_string());
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    // A page ends with a form feed, which ends a line too.
    let text = String::from_utf8_lossy(&bytes).replace('\u{c}', "\n");
    if text.trim().is_empty() {
        return Err(PdfTrouble::NoText);
    }
    if is_garbage(&text) { Err(PdfTrouble::Garbage) } else { Ok(text) }
}

/// What a program said on standard error, in one line.
fn last_words(said: &mut File) -> Option<String> {
    use io::Seek as _;
    let mut words = Vec::new();
    said.rewind().ok()?;
    said.take(4096).read_to_end(&mut words).ok()?;
    let words = String::from_utf8_lossy(&words);
    words.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned)
}

/// Fonts that do not say which letters their shapes are give controls, private characters or lost ones instead.
fn is_garbage(text: &str) -> bool {
    let (mut all, mut bad) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        bad += usize::from(c.is_control() || matches!(c, '\u{E000}'..='\u{F8FF}' | char::REPLACEMENT_CHARACTER));
    }
    bad * 10 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_is_told_from_text() {
        assert!(!is_garbage("全年完成财政总收入18.34亿元\u{f0b7}，同比增长13.1%。"));
        assert!(is_garbage("\u{e001}\u{e002}\u{e003}18.34\u{e004}\u{e005}"));
        assert!(is_garbage("\u{1}\u{2}\u{3}\u{4}18"));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_takes_too_long_is_stopped() {
        let sleeping = Command::new("sleep").arg("60").spawn().expect("a child");
        assert_eq!(ended(sleeping, Duration::from_millis(20)).expect("an end"), None);
        let quick = Command::new("true").spawn().expect("a child");
        assert!(ended(quick, Duration::from_mins(1)).expect("an end").is_some_and(|status| status.success()));
    }
}
