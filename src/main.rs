//! The `taizhang` program: hands over to the library's command line.

use std::process::ExitCode;
use std::sync::OnceLock;

/// The error with which standard output was found closed.
static CLOSED: OnceLock<i32> = OnceLock::new();

/// Runs before the runtime does, which opens a null device in the place of what is closed.
#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look() {
    if let Err(error) = rustix::io::fcntl_getfd(rustix::stdio::stdout()) {
        let _ = CLOSED.set(error.raw_os_error());
    }
}

fn main() -> ExitCode {
    taizhang::cli::run(CLOSED.get().copied())
}
