//! Work on many documents at once, with the results in the documents' order and only a few of them waiting.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc;

use rayon::ThreadPoolBuilder;

/// Bytes of documents that may be worked on or wait at a time; one document is let through whatever its length.
const IN_FLIGHT: u64 = 64 << 20;

/// Calls `work` on each item on `jobs` threads, and `take` on each result in the order of the items, on this thread.
///
/// Items are asked for as they are needed. What waits is bounded by the number of threads and by the weight of the items
/// (`weigh`, in bytes), so memory follows the longest items and not their number. The first error of `take` ends the
/// work.
pub(super) fn in_order<T: Send, R: Send>(
    jobs: usize,
    items: impl Iterator<Item = T>,
    weigh: impl Fn(&T) -> u64,
    work: impl Fn(usize, T) -> R + Sync,
    mut take: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs).build()?;
    let (sender, receiver) = mpsc::channel();
    let work = &work;
    let mut items = items.fuse().peekable();
    pool.in_place_scope(|scope| {
        // The weights of the items that are begun and not taken.
        let mut weights = VecDeque::new();
        let (mut begun, mut taken, mut weight) = (0usize, 0usize, 0u64);
        let mut waiting = BTreeMap::new();
        loop {
            while weights.len() < jobs * 4 {
                let Some(more) = items.peek().map(&weigh) else { break };
                if !weights.is_empty() && weight + more > IN_FLIGHT {
                    break;
                }
                let Some(item) = items.next() else { break };
                weight += more;
                weights.push_back(more);
                let (sender, place) = (sender.clone(), begun);
                // A receiver that is gone has met an error; nobody waits for this result.
                scope.spawn(move |_| drop(sender.send((place, work(place, item)))));
                begun += 1;
            }
            if weights.is_empty() {
                return Ok(());
            }
            let (place, result) = receiver.recv()?;
            waiting.insert(place, result);
            while let Some(result) = waiting.remove(&taken) {
                take(result)?;
                weight -= weights.pop_front().unwrap_or(0);
                taken += 1;
            }
        }
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
            let slow_first = |_: usize, item: u64| {
                if item.is_multiple_of(50) {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                item * 2
            };
            let done = in_order(
                jobs,
                items.iter().copied(),
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
            items.iter().copied(),
            |_| 0,
            |_, item| item,
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
