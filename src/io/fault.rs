//! What the system said about a file, kept for those who only hear from a library that writing failed.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// The first error of a [`Watched`] writer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<io::Error>>>);

impl Fault {
    /// What the system said; where it said nothing, `heard`.
    pub(crate) fn or(&self, heard: io::Error) -> io::Error {
        self.0.lock().ok().and_then(|mut fault| fault.take()).unwrap_or(heard)
    }
}

/// A writer that keeps its first error.
#[derive(Debug)]
pub(crate) struct Watched<W> {
    out: W,
    fault: Fault,
}

impl<W: Write> Watched<W> {
    /// Errors of `out` go to `fault` too.
    pub(crate) fn new(out: W, fault: &Fault) -> Self {
        Self { out, fault: fault.clone() }
    }

    fn noted<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let (Err(error), Ok(mut first)) = (&done, self.fault.0.lock()) {
            let same = || error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            first.get_or_insert_with(same);
        }
        done
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.write(bytes);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.out.flush();
        self.noted(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_the_system_said_is_kept() {
        let fault = Fault::default();
        let mut out = Watched::new(Full, &fault);
        assert!(out.write(b"x").is_err());
        assert_eq!(fault.or(io::Error::other("something failed")).kind(), io::ErrorKind::StorageFull);
        assert!(out.flush().is_ok());
        assert_eq!(fault.or(io::Error::other("something failed")).to_string(), "something failed");
    }
}
