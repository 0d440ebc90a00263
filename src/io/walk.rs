//! Which files to read: files as they were named, folders with all the texts below them.
//!
//! In a folder, texts are files that end in one of [`TEXT_EXTENSIONS`]; other files are passed over and told. Hidden files
//! and folders are passed over without a word, symbolic links are followed. Ignore files of version control have no
//! say: reports are often kept where version control does not look.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::error::{FileError, FileErrorKind};

/// How the names of texts end, in any case.
pub const TEXT_EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

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
            Self::File(path) => write!(f, "{}", path.display()),
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
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let bytes = fs::metadata(path).map_or(0, |about| about.len());
        Self { name, origin: Origin::File(path.to_owned()), bytes }
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

/// Finds the texts of all `inputs`. The order of the inputs makes no difference, and no file comes twice.
///
/// ```
/// let found = taizhang::io::find(&["no such folder".into()]);
/// assert!(found.files.is_empty());
/// assert_eq!(found.failed.len(), 1);
/// ```
#[must_use]
pub fn find(inputs: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for input in inputs {
        match fs::metadata(input) {
            _ if input == Path::new("-") => found.files.push(TextFile::single(input)),
            Ok(about) if about.is_dir() => folder(input, &mut found),
            Ok(_) => found.files.push(TextFile::single(input)),
            Err(cause) => found.failed.push(FileError::reading(input, cause)),
        }
    }
    found.files.sort_by(|a, b| (&a.name, &a.origin).cmp(&(&b.name, &b.origin)));
    found.passed_over.sort();
    if inputs.len() > 1 {
        once(&mut found.files);
        name_apart(&mut found.files);
    }
    found
}

impl Found {
    fn pass_over(&mut self, path: PathBuf, reason: &'static str) {
        self.passed_over.push(PassedOver { path, reason });
    }
}

fn folder(root: &Path, found: &mut Found) {
    let before = (found.files.len(), found.failed.len());
    // The standard filters would obey ignore files; only hidden files are passed over.
    let walk = WalkBuilder::new(root).standard_filters(false).hidden(true).follow_links(true).build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                match looping(&error) {
                    Some(path) => found.pass_over(path.to_owned(), "leads back to a folder above it"),
                    None => found.failed.push(FileError::reading(root, std::io::Error::other(error.to_string()))),
                }
                continue;
            }
        };
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            continue;
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            found.pass_over(entry.into_path(), "is no regular file; name it as an input to read it all the same");
        } else if is_text_by_name(entry.path()) {
            let name = joined(entry.path().strip_prefix(root).unwrap_or(entry.path()));
            let bytes = entry.metadata().map_or(0, |about| about.len());
            found.files.push(TextFile { name, origin: Origin::File(entry.into_path()), bytes });
        } else {
            found.pass_over(entry.into_path(), "is no text by its name; name it as an input to read it all the same");
        }
    }
    if before == (found.files.len(), found.failed.len()) {
        found.failed.push(FileError::new(FileErrorKind::NoTexts, root));
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

fn is_text_by_name(path: &Path) -> bool {
    path.extension().is_some_and(|extension| TEXT_EXTENSIONS.iter().any(|text| extension.eq_ignore_ascii_case(text)))
}

/// The parts of a path with `/` between them; what is not UTF-8 in a name is replaced.
fn joined(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components().filter(|part| *part != Component::CurDir) {
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        name.push_str(
            if part == Component::RootDir { "/".as_ref() } else { part.as_os_str() }.to_string_lossy().as_ref(),
        );
    }
    name
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

    #[test]
    fn an_empty_folder_is_told() {
        let root = made(&["picture.png"]);
        let found = find(&[root.path().to_owned()]);
        assert_eq!(found.failed.first().map(|error| error.kind.clone()), Some(FileErrorKind::NoTexts));
    }
}
