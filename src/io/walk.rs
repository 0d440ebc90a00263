//! Which files to read: files as they were named, folders with all the texts below them.
//!
//! In a folder, texts are files that end in one of [`text_extensions`], packed or not; other files are passed over and
//! told. Hidden files and folders, and what was asked to be left out, are passed over without a word, symbolic links are
//! followed. Ignore files of version control have no say: reports are often kept where version control does not look.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use super::error::{FileError, FileErrorKind};
use super::names::{joined, shown, words};
use super::read::{Packing, TABLE_EXTENSIONS, text_extensions};

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
}

/// The path, or what it is instead.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(&shown(path)),
            Self::StandardInput => f.write_str("standard input"),
        }
    }
}

/// A text to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// The document's name in the table: the path below the input, with `/` between its parts.
    pub name: String,
    /// Where it is.
    pub origin: Origin,
    /// Its length as the folder tells it; 0 where it does not.
    pub bytes: u64,
}

impl TextFile {
    /// One file by its path; `-` is standard input.
    #[must_use]
    pub fn single(path: &Path) -> Self {
        if path == Path::new("-") {
            return Self { name: "-".to_owned(), origin: Origin::StandardInput, bytes: 0 };
        }
        let name = words(path.file_name().unwrap_or(path.as_os_str()));
        let bytes = fs::metadata(path).map_or(0, |about| about.len());
        Self { name, origin: Origin::File(path.to_owned()), bytes }
    }

    /// Its path; `-` for standard input.
    #[must_use]
    pub fn path(&self) -> &Path {
        match &self.origin {
            Origin::File(path) => path,
            Origin::StandardInput => Path::new("-"),
        }
    }
}

/// A file of a folder that is not read, which is no failure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// Where it is.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: &'static str,
}

/// What the inputs hold.
#[derive(Debug, Default)]
pub struct Found {
    /// The texts, in the order of the bytes of their names.
    pub files: Vec<TextFile>,
    /// Files in folders that are no texts by their names, and what is no file.
    pub passed_over: Vec<PassedOver>,
    /// Inputs, or parts of them, that could not be looked at.
    pub failed: Vec<FileError>,
}

/// Where to look, and for what.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Files, folders, and `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// Only such files of folders, as `.gitignore` writes patterns; all where there is none.
    pub globs: Vec<String>,
    /// No such files or folders below folders.
    pub excludes: Vec<String>,
    /// Whether tables count among the texts.
    pub tables: bool,
    /// Folders that are not looked into where they lie below an input: what is written there is no text to read.
    pub apart: Vec<PathBuf>,
}

impl Search {
    /// Finds the texts of all inputs. The order of the inputs makes no difference, and no file comes twice.
    ///
    /// ```
    /// use taizhang::io::Search;
    ///
    /// let found = Search { inputs: vec!["no such folder".into()], ..Search::default() }.found();
    /// assert!(found.files.is_empty());
    /// assert_eq!(found.failed.len(), 1);
    /// ```
    #[must_use]
    pub fn found(&self) -> Found {
        let mut found = Found::default();
        for input in &self.inputs {
            match fs::metadata(input) {
                _ if input == Path::new("-") => found.files.push(TextFile::single(input)),
                Ok(about) if about.is_dir() => self.folder(input, &mut found),
                Ok(about) if about.is_file() => found.files.push(TextFile::single(input)),
                Ok(_) => found.failed.push(FileError::new(FileErrorKind::Special, input)),
                Err(cause) => found.failed.push(FileError::reading(input, cause)),
            }
        }
        found.files.sort_by(|a, b| (&a.name, &a.origin).cmp(&(&b.name, &b.origin)));
        found.passed_over.sort();
        if self.inputs.len() > 1 {
            once(&mut found.files);
            name_apart(&mut found.files);
        }
        found
    }

    /// Whether the patterns can be read.
    ///
    /// # Errors
    ///
    /// The first pattern that cannot, and why.
    pub fn check(&self) -> Result<(), String> {
        self.patterns(Path::new(".")).map(drop).map_err(|error| error.to_string())
    }

    fn patterns(&self, root: &Path) -> Result<Override, ignore::Error> {
        let mut patterns = OverrideBuilder::new(root);
        for glob in &self.globs {
            patterns.add(glob)?;
        }
        for exclude in &self.excludes {
            patterns.add(&format!("!{exclude}"))?;
        }
        patterns.build()
    }

    fn folder(&self, root: &Path, found: &mut Found) {
        let before = (found.files.len(), found.failed.len());
        // The standard filters would obey ignore files; only hidden files are passed over.
        let mut walk = WalkBuilder::new(root);
        walk.standard_filters(false).hidden(true).follow_links(true);
        let apart: Vec<PathBuf> = self.apart.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        walk.filter_entry(move |entry| {
            let below = !apart.is_empty() && entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir());
            !(below && fs::canonicalize(entry.path()).is_ok_and(|folder| apart.contains(&folder)))
        });
        // Patterns that cannot be read were refused before.
        walk.overrides(self.patterns(root).unwrap_or_else(|_| Override::empty()));
        for entry in walk.build() {
            match entry {
                Ok(entry) => self.entry(root, entry, found),
                Err(error) => self.trouble(root, error, found),
            }
        }
        if before == (found.files.len(), found.failed.len()) {
            found.failed.push(FileError::new(FileErrorKind::NoTexts, root));
        }
    }

    /// What the walk could not look at.
    fn trouble(&self, root: &Path, error: ignore::Error, found: &mut Found) {
        if let Some(path) = looping(&error) {
            return found.pass_over(path.to_owned(), "leads back to a folder above it");
        }
        let path = place(&error).unwrap_or(root).to_owned();
        let cause =
            error.into_io_error().unwrap_or_else(|| std::io::Error::other("the folder cannot be looked through"));
        if cause.kind() != std::io::ErrorKind::NotFound || !path.is_symlink() {
            return found.failed.push(FileError::reading(&path, cause));
        }
        if self.is_text(Packing::inner(&joined(&path))) {
            found.failed.push(FileError::new(FileErrorKind::Dangling, path));
        } else {
            found.pass_over(path, "is a link that leads nowhere");
        }
    }

    /// Whether a file of that name in a folder is read.
    fn is_text(&self, inner: &str) -> bool {
        ends_in(inner, text_extensions()) || self.tables && ends_in(inner, TABLE_EXTENSIONS)
    }

    fn entry(&self, root: &Path, entry: ignore::DirEntry, found: &mut Found) {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return;
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return found.pass_over(entry.into_path(), "is a pipe or a device and was not opened");
        }
        let name = joined(entry.path().strip_prefix(root).unwrap_or(entry.path()));
        let inner = Packing::inner(&name);
        if self.is_text(inner) {
            let bytes = entry.metadata().map_or(0, |about| about.len());
            found.files.push(TextFile { name, origin: Origin::File(entry.into_path()), bytes });
        } else if ends_in(inner, TABLE_EXTENSIONS) {
            found.pass_over(entry.into_path(), "is a table; --text-column names the column that holds its texts");
        } else {
            found.pass_over(entry.into_path(), "is no text by its name; name it as an input to read it all the same");
        }
    }
}

/// The paths of a list: one a line, or parted by NUL bytes as `find -print0` writes them.
///
/// ```
/// let paths = taizhang::io::listed("a.txt\r\n\nb/年报.txt\n".as_bytes());
/// assert_eq!(paths, ["a.txt".as_ref(), std::path::Path::new("b/年报.txt")]);
/// ```
#[must_use]
pub fn listed(list: &[u8]) -> Vec<PathBuf> {
    let end = if list.contains(&0) { 0 } else { b'\n' };
    let list = list.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(list);
    let names = list.split(|byte| *byte == end).map(|name| if end == 0 { name } else { name.trim_ascii() });
    names.filter(|name| !name.is_empty()).map(path_of).collect()
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(std::os::unix::ffi::OsStrExt::from_bytes(name) as &OsStr)
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

impl Found {
    fn pass_over(&mut self, path: PathBuf, reason: &'static str) {
        self.passed_over.push(PassedOver { path, reason });
    }
}

/// The symbolic link that leads in a circle, if that is what the walk met.
fn looping(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => looping(err),
        _ => None,
    }
}

/// Where the walk met it.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

fn ends_in(name: &str, extensions: impl IntoIterator<Item = &'static str>) -> bool {
    let end = Path::new(name).extension();
    end.is_some_and(|end| extensions.into_iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// Keeps the first of the names under which one file was found.
fn once(files: &mut Vec<TextFile>) {
    let mut seen = HashSet::new();
    files.retain(|file| match &file.origin {
        Origin::File(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        Origin::StandardInput => seen.insert(PathBuf::from("-")),
    });
}

/// Files of different inputs that have the same name are named by their whole path instead.
fn name_apart(files: &mut [TextFile]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for file in &*files {
        *count.entry(file.name.clone()).or_default() += 1;
    }
    for file in &mut *files {
        if let (Some(2..), Origin::File(path)) = (count.get(&file.name), &file.origin) {
            file.name = joined(path);
        }
    }
    files.sort_by(|a, b| (&a.name, &a.origin).cmp(&(&b.name, &b.origin)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, *file).expect("a file");
        }
        root
    }

    fn find(inputs: &[PathBuf]) -> Found {
        Search { inputs: inputs.to_vec(), ..Search::default() }.found()
    }

    fn names(found: &Found) -> Vec<&str> {
        found.files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn folders_give_their_texts_in_order() {
        let root = made(&["b.txt", "a/z.md", "a/picture.png", ".hidden.txt", ".git/x.txt", "C.TXT", "README"]);
        let found = find(&[root.path().to_owned()]);
        assert_eq!(names(&found), ["C.TXT", "a/z.md", "b.txt"]);
        assert_eq!(found.passed_over.len(), 2);
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name() {
        let root = made(&["README"]);
        assert_eq!(names(&find(&[root.path().join("README")])), ["README"]);
    }

    #[test]
    fn same_names_of_two_inputs_are_told_apart_and_no_file_comes_twice() {
        let root = made(&["x/r.txt", "y/r.txt", "y/s.txt"]);
        let (x, y) = (root.path().join("x"), root.path().join("y"));
        let there = find(&[x.clone(), y.clone(), y.join("s.txt")]);
        let back = find(&[y.join("s.txt"), y.clone(), x.clone()]);
        assert_eq!(names(&there), names(&back));
        assert_eq!(names(&there).len(), 3);
        assert!(names(&there).contains(&"s.txt"));
        assert!(names(&there).iter().any(|name| name.ends_with("x/r.txt")));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        let root = made(&["in/a.txt", "elsewhere/b.txt"]);
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).expect("a link");
        link("../elsewhere", "in/more");
        link(".", "in/self");
        let found = find(&[root.path().join("in")]);
        assert_eq!(names(&found), ["a.txt", "more/b.txt"]);
        assert!(found.failed.is_empty());
        assert_eq!(found.passed_over.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_nowhere_are_told_by_their_own_names() {
        let root = made(&["in/a.txt"]);
        for name in ["in/gone.txt", "in/gone.png"] {
            std::os::unix::fs::symlink("nowhere", root.path().join(name)).expect("a link");
        }
        let found = find(&[root.path().join("in")]);
        assert_eq!(names(&found), ["a.txt"]);
        let failed: Vec<_> = found.failed.iter().map(|error| (error.path.file_name(), error.kind.clone())).collect();
        assert_eq!(failed, [(Some("gone.txt".as_ref()), FileErrorKind::Dangling)]);
        assert!(found.passed_over.iter().any(|over| over.path.ends_with("gone.png")));
    }

    #[test]
    fn an_empty_folder_is_told() {
        let root = made(&["picture.png"]);
        let found = find(&[root.path().to_owned()]);
        assert_eq!(found.failed.first().map(|error| error.kind.clone()), Some(FileErrorKind::NoTexts));
    }
}
