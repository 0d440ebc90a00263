//! Work on many documents at once, with the results in the documents' order and only a few of them waiting.

use std::collections::BTreeMap;
use std::sync::mpsc;

use rayon::ThreadPoolBuilder;

/// Bytes of documents that may be worked on or wait at a time; one document is let through whatever its length.
const IN_FLIGHT: u64 = 64 << 20;

/// Calls `work` on each item on `jobs` threads, and `take` on each result in the order of the items, on this thread.
///
/// What waits is bounded by the number of threads and by the weight of the items (`weigh`, in bytes), so memory follows
/// the longest items and not their number. The first error of `take` ends the work.
pub(super) fn in_order<T: Sync, R: Send>(
    jobs: usize,
    items: &[T],
    weigh: impl Fn(&T) -> u64,
    work: impl Fn(usize, &T) -> R + Sync,
    mut take: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs).build()?;
    let (sender, receiver) = mpsc::channel();
    let work = &work;
    pool.in_place_scope(|scope| {
        let (mut begun, mut taken, mut weight) = (0usize, 0usize, 0u64);
        let mut waiting = BTreeMap::new();
        while taken < items.len() {
            while let Some(item) = items.get(begun).filter(|_| begun - taken < jobs * 4) {
                if begun > taken && weight + weigh(item) > IN_FLIGHT {
                    break;
                }
                weight += weigh(item);
                let (sender, place) = (sender.clone(), begun);
                // A receiver that is gone has met an error; nobody waits for this result.
                scope.spawn(move |_| drop(sender.send((place, work(place, item)))));
                begun += 1;
            }
            let (place, result) = receiver.recv()?;
            waiting.insert(place, result);
            while let Some(result) = waiting.remove(&taken) {
                take(result)?;
                weight -= items.get(taken).map_or(0, &weigh);
                taken += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        let items: Vec<u64> = (0..500).collect();
        for jobs in [1, 2, 7] {
            let mut got = Vec::new();
            let slow_first = |_: usize, item: &u64| {
                if item.is_multiple_of(50) {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                item * 2
            };
            let done = in_order(
                jobs,
                &items,
                |_| IN_FLIGHT / 3,
                slow_first,
                |result| {
                    got.push(result);
                    Ok(())
                },
            );
            assert!(done.is_ok());
            assert!(got.iter().copied().eq((0..500).map(|item| item * 2)), "{jobs} jobs");
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<u64> = (0..100).collect();
        let mut taken = 0;
        let done = in_order(
            2,
            &items,
            |_| 0,
            |_, item| *item,
            |item| {
                taken += 1;
                anyhow::ensure!(item < 3, "enough");
                Ok(())
            },
        );
        assert!(done.is_err());
        assert_eq!(taken, 4);
    }
}
