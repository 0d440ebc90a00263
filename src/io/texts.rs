//! The texts that were taken out of web pages, Word documents and PDF files, kept so that every place can be looked up.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::FileError;
use super::source::document_id;

/// Texts that wait beside their folder. Dropped before [`KeptTexts::commit`], they leave no trace.
#[derive(Debug)]
pub struct KeptTexts {
    folder: PathBuf,
    waiting: TempDir,
    names: Vec<PathBuf>,
}

impl KeptTexts {
    /// Texts that will be in `text` below `output`.
    ///
    /// # Errors
    ///
    /// Where the folder may not be written.
    pub fn below(output: &Path) -> Result<Self, FileError> {
        let folder = output.join("text");
        let waiting = tempfile::Builder::new().prefix(".text.").tempdir_in(output);
        let waiting = waiting.map_err(|cause| FileError::writing(&folder, cause))?;
        Ok(Self { folder, waiting, names: Vec::new() })
    }

    /// The text of a document, which will be found by its name with `.txt` behind it; where no file can have that name,
    /// because it is too long or a folder has it, by the BLAKE3 of the name behind a `~`.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn add(&mut self, document: &str, text: &str) -> Result<(), FileError> {
        // No name leads out of the folder.
        let parts = document.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let mut name: PathBuf = parts.collect();
        name.as_mut_os_string().push(".txt");
        let mut written = self.write(&name, text);
        if written.as_ref().is_err_and(|cause| is_of_the_name(cause.kind())) {
            name = PathBuf::from(format!("~{}.txt", document_id(document.as_bytes())));
            written = self.write(&name, text);
        }
        written.map_err(|cause| FileError::writing(&self.folder.join(&name), cause))?;
        self.names.push(name);
        Ok(())
    }

    fn write(&self, name: &Path, text: &str) -> io::Result<()> {
        let path = self.waiting.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        let mut file = File::create(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Puts all texts in their places, where they replace those of an earlier run.
    ///
    /// # Errors
    ///
    /// The first text that could not be put in its place.
    pub fn commit(self) -> Result<(), FileError> {
        for name in &self.names {
            let target = self.folder.join(name);
            let placed = fs::create_dir_all(target.parent().unwrap_or(&self.folder))
                .and_then(|()| fs::rename(self.waiting.path().join(name), &target));
            placed.map_err(|cause| FileError::writing(&target, cause))?;
        }
        Ok(())
    }
}

/// Whether a file could not be made because of how it is called.
const fn is_of_the_name(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidFilename | ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::IsADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_there_after_the_commit_and_nowhere_else() {
        let output = tempfile::tempdir().expect("a folder");
        let mut texts = KeptTexts::below(output.path()).expect("texts");
        for name in ["a/b.html", "../../c.pdf", "/d.docx"] {
            texts.add(name, "同比增长3%").expect("written");
        }
        assert!(!output.path().join("text").exists());
        texts.commit().expect("in their places");
        for name in ["a/b.html.txt", "c.pdf.txt", "d.docx.txt"] {
            assert_eq!(fs::read_to_string(output.path().join("text").join(name)).expect("a text"), "同比增长3%");
        }
        assert_eq!(fs::read_dir(output.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_name_that_no_file_can_have_keeps_no_text_away() {
        let output = tempfile::tempdir().expect("a folder");
        let mut texts = KeptTexts::below(output.path()).expect("texts");
        let long = "长".repeat(84);
        for name in ["a.html", "a.html.txt/b.html", &long] {
            texts.add(name, name).expect("written");
        }
        texts.commit().expect("in their places");
        let kept = |name: &str| fs::read_to_string(output.path().join("text").join(name)).expect("a text");
        assert_eq!(kept("a.html.txt"), "a.html");
        for name in ["a.html.txt/b.html", &long] {
            assert_eq!(kept(&format!("~{}.txt", document_id(name.as_bytes()))), name);
        }
    }
}
