//! Readers and other runs at the same time, and runs that end before their time.

use super::*;

/// The values that a reader finds who lists the parts, then opens them; none where one was gone by then.
fn values(facts: &Path) -> Option<Vec<f64>> {
    let names: Vec<_> = fs::read_dir(facts).ok()?.flatten().map(|entry| entry.path()).collect();
    let mut values = Vec::new();
    for path in names.iter().filter(|path| path.extension().is_some_and(|ending| ending == "parquet")) {
        let part = ParquetReader::new(fs::File::open(path).ok()?).finish().expect("a whole part");
        values.extend(part.column("value").expect("a column").f64().expect("numbers").iter().flatten());
    }
    Some(values)
}

#[test]
fn a_reader_never_sees_two_datasets_at_once() {
    let at = inputs(0);
    let all_are = |value: usize| {
        (0..80).for_each(|number| write(at.path(), &format!("in/{number}.txt"), format!("新增绿道{value}公里。")));
        grown(at.path(), &["in", "--dataset", "data", "-q"]);
    };
    all_are(1);
    let facts = at.path().join("data/facts");
    assert!(fs::read_dir(&facts).expect("a folder").count() > 2, "several parts and the manifest");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                if let Some(values) = values(&facts) {
                    assert_eq!(values.len(), 80, "a document has one row");
                    let first = values.first().copied().unwrap_or_default();
                    assert!(values.iter().all(|value| value.to_bits() == first.to_bits()), "{values:?}");
                    seen.insert(first.to_bits());
                }
            }
            seen.len()
        });
        (2..14).for_each(all_are);
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().expect("a mixture was seen") > 1, "the reader saw the dataset change");
    });
}

/// The dataset before and after a run with changes, and the folders in which both are.
fn before_and_after(documents: usize, args: &[&str]) -> (TempDir, Files, Files) {
    let at = inputs(documents);
    for number in (0..documents).step_by(9) {
        write(at.path(), &format!("in/{number:03}.csv"), partitioned::news(number, number));
    }
    grown(at.path(), args);
    copied(&at.path().join("data"), &at.path().join("old"));
    let before = facts(at.path());
    for number in (0..documents).step_by(7) {
        write(at.path(), &format!("in/{number:03}.txt"), text(number + 1));
        write(at.path(), &format!("in/{number:03}-more.txt"), text(number + 2));
    }
    fs::remove_file(at.path().join("in/002.txt")).expect("a file");
    grown(at.path(), args);
    let after = facts(at.path());
    copied(&at.path().join("data"), &at.path().join("new"));
    assert!(before != after);
    (at, before, after)
}

const PRUNE: [&str; 4] = ["in", "--dataset", "data", "--prune"];

#[test]
fn every_state_that_an_interruption_can_leave_is_mended() {
    let (at, before, after) = before_and_after(60, &PRUNE);
    let place = |name: &str| at.path().join(name);
    let reset = || {
        let _ = fs::remove_dir_all(place("data"));
        fs::create_dir(place("data")).expect("a folder");
    };
    let put = |from: &str, name: &str| copied(&place(from).join("facts"), &place("data").join(name));
    let states: [(&str, &[(&str, &str)]); 5] = [
        ("nothing was committed", &[("old", "facts"), ("new", ".staging")]),
        ("names were exchanged", &[("new", "facts"), ("old", ".staging")]),
        ("all but the removal of the old", &[("new", "facts"), ("old", ".previous")]),
        ("between two renames", &[("old", ".previous"), ("new", ".staging")]),
        ("the first commit of all", &[("new", ".staging")]),
    ];
    for (state, folders) in states {
        reset();
        for (from, name) in folders {
            put(from, name);
        }
        write(at.path(), "data/.run.json.x.part", "{");
        grown(at.path(), &PRUNE);
        assert!(facts(at.path()) == after, "{state}");
        assert!(!place("data/.staging").exists() && !place("data/.run.json.x.part").exists(), "{state}");
    }
    // A half-made folder is never put in place.
    reset();
    put("old", ".previous");
    write(at.path(), "data/.staging/half.parquet", "PAR1");
    let (code, said) = extract(at.path(), &["in/000.txt", "--dataset", "data", "--columns", "document"]);
    assert_eq!(code, 2, "{said}");
    assert!(facts(at.path()) == before);
}

/// Numbers without a pattern that are the same in every run.
fn shuffled(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
        .map(|number| number >> 33)
        .skip(1)
}

/// Kills a run with changes at moments over all its time; how often the old dataset was there then, and the new one.
fn kill(documents: usize, args: &[&str]) -> [usize; 2] {
    let kills = std::env::var("TAIZHANG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let (at, before, after) = before_and_after(documents, args);
    let again = || {
        let _ = fs::remove_dir_all(at.path().join("data"));
        copied(&at.path().join("old"), &at.path().join("data"));
    };
    again();
    let clock = Instant::now();
    grown(at.path(), args);
    let whole = u64::try_from(clock.elapsed().as_micros()).unwrap_or(u64::MAX);
    let mut seen = [0; 2];
    for number in shuffled(20_261_124).take(kills) {
        again();
        let mut child = command(at.path(), args).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_micros(number % whole));
        child.kill().expect("killed");
        child.wait().expect("an end");
        let left = facts(at.path());
        assert!(left == before || left == after, "neither the old dataset nor the new one after {number}");
        seen[usize::from(left == after)] += 1;
        grown(at.path(), args);
        assert!(facts(at.path()) == after, "the next run does not end the work after {number}");
    }
    seen
}

/// `TAIZHANG_KILLS` sets how often; the dataset is the old or the new one each time, and the next run ends the work.
#[test]
fn killed_at_any_moment_the_dataset_is_the_old_or_the_new_one() {
    let [old, new] = kill(300, &PRUNE);
    eprintln!("{old} times the old dataset was there, {new} times the new one");
}

#[test]
fn killed_at_any_moment_so_is_a_partitioned_one() {
    let [old, new] = kill(60, &[&partitioned::BY_TOWN[..], &["--prune"]].concat());
    eprintln!("{old} times the old dataset was there, {new} times the new one");
}

#[test]
fn a_second_run_says_who_has_the_dataset_and_waits() {
    let at = inputs(3);
    write(at.path(), "data/.lock", "process 7 on elsewhere since 2026-01-31T08:30:00Z\n");
    let lock = fs::File::options().write(true).open(at.path().join("data/.lock")).expect("a file");
    lock.lock().expect("the lock");
    let mut second = command(at.path(), &GROW).stderr(Stdio::piped()).spawn().expect("a second run");
    assert_eq!(
        first_line(&mut second),
        "taizhang: waits for `data`, which is in use by process 7 on elsewhere since 2026-01-31T08:30:00Z"
    );
    assert!(!at.path().join("data/facts").exists());
    lock.unlock().expect("unlocked");
    assert!(second.wait().expect("an end").success());
    assert_eq!(rows(at.path()).len(), 3);
}

#[test]
fn runs_at_once_lose_nothing_of_each_other() {
    let at = inputs(8);
    let run = |number: usize| command(at.path(), &[&format!("in/{number:03}.txt"), "-q", "--dataset", "data"]).spawn();
    let runs: Vec<Child> = (0..8).map(|number| run(number).expect("a run")).collect();
    for mut run in runs {
        assert!(run.wait().expect("an end").success());
    }
    assert_eq!(rows(at.path()).len(), 8);
}

fn first_line(child: &mut Child) -> String {
    let mut line = Vec::new();
    let out = child.stderr.as_mut().expect("a pipe");
    let mut byte = [0];
    while out.read(&mut byte).is_ok_and(|read| read == 1) && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    String::from_utf8(line).expect("UTF-8")
}
