//! How long answers took.

use std::time::Duration;

/// The times of many answers, in microseconds.
#[derive(Debug, Clone, Default)]
pub struct Latencies(Vec<u32>);

impl Latencies {
    /// Takes note of one.
    pub fn record(&mut self, time: Duration) {
        self.0.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    }

    /// Takes over those of others.
    pub fn add(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The time that this share of them did not exceed, in microseconds; 0 when there are none.
    pub fn quantile(&self, share: f64) -> u64 {
        let mut times = self.0.clone();
        let rank = (times.len() as f64 * share).ceil() as usize;
        match times.len().checked_sub(1) {
            None => 0,
            Some(last) => u64::from(*times.select_nth_unstable(rank.saturating_sub(1).min(last)).1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_time_that_so_many_kept_to() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.quantile(0.5), 0);
        for milliseconds in (1..=100).rev() {
            latencies.record(Duration::from_millis(milliseconds));
        }
        assert_eq!(latencies.count(), 100);
        let quantiles = [0.0, 0.5, 0.99, 1.0].map(|share| latencies.quantile(share));
        assert_eq!(quantiles, [1_000, 50_000, 99_000, 100_000]);
        let mut more = Latencies::default();
        more.record(Duration::from_secs(1_000_000));
        latencies.add(&more);
        assert_eq!((latencies.count(), latencies.quantile(1.0)), (101, u64::from(u32::MAX)));
    }
}
