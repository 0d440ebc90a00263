//! Any bytes, decoded and read: the rows keep what holds for every text.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use taizhang::{Lexicon, Options, Pipeline};

#[expect(dead_code, reason = "the other target and the tests use the rest")]
#[path = "../../tests/invariants/mod.rs"]
mod invariants;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(Lexicon::builtin(), Options::default()));

fuzz_target!(|bytes: &[u8]| assert_eq!(invariants::broken_by_bytes(&PIPELINE, bytes), None));
