//! What came of the parts of a run, as a table.

use std::fmt;
use std::time::Duration;

use crate::count::Count;

/// What came of one part.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcome {
    /// Its tests.
    pub count: Count,
    /// From start to end.
    pub wall: Duration,
    /// Of all processors, its children's included.
    pub processor: Duration,
}

/// One stage: installing, then running.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The stage.
    pub name: &'static str,
    /// Of what it needed, where there was anything to install.
    pub prepared: Outcome,
    /// Of itself.
    pub ran: Outcome,
    /// The stage without which it could not run.
    pub lacked: Option<&'static str>,
}

impl Row {
    /// Its tests; what could not run or be prepared counts as one that failed.
    pub fn count(&self) -> Count {
        let mut count = self.ran.count;
        count.failed += self.prepared.count.failed + u64::from(self.lacked.is_some());
        count
    }
}

/// All stages.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// In their order.
    pub rows: Vec<Row>,
    /// Of the whole run.
    pub wall: Duration,
}

impl Report {
    /// Whether nothing failed.
    pub fn passed(&self) -> bool {
        self.total().failed == 0
    }

    fn total(&self) -> Count {
        self.rows.iter().fold(Count::default(), |mut total, row| {
            total += row.count();
            total
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>13} | passed | failed | seconds | processor s | installing s | processor s",
            "stage"
        )?;
        let mut processor = Duration::ZERO;
        for row in &self.rows {
            let Count { passed, failed } = row.count();
            let [ran, used, prepared, spent] =
                [row.ran.wall, row.ran.processor, row.prepared.wall, row.prepared.processor]
                    .map(|time| time.as_secs());
            processor += row.ran.processor + row.prepared.processor;
            write!(
                f,
                "{:>13} | {passed:>6} | {failed:>6} | {ran:>7} | {used:>11} | {prepared:>12} | {spent:>11}",
                row.name
            )?;
            match row.lacked {
                Some(lacked) => writeln!(f, " | not run: {lacked} failed")?,
                None => writeln!(f)?,
            }
        }
        let Count { passed, failed } = self.total();
        writeln!(f, "in all {} s, {} s of processors", self.wall.as_secs(), processor.as_secs())?;
        write!(f, "{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_run_counts_as_failed_and_the_last_line_is_the_sum() {
        let count = |passed, failed| Outcome { count: Count { passed, failed }, ..Outcome::default() };
        let rows = vec![
            Row { name: "build", ran: count(2, 1), ..Row::default() },
            Row { name: "product", lacked: Some("build"), ..Row::default() },
            Row { name: "chart", prepared: count(0, 1), ran: count(3, 0), ..Row::default() },
        ];
        let report = Report { rows, wall: Duration::from_secs(1) };
        assert!(!report.passed());
        let text = report.to_string();
        assert_eq!(text.lines().last(), Some("5 passed, 3 failed"));
        assert!(text.contains("not run: build failed"), "{text}");
    }
}
