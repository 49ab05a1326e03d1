//! How many tests passed and failed, read from what test runners print.

use std::ops::AddAssign;

/// Tests that ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that did what they promise.
    pub passed: u64,
    /// Those that did not.
    pub failed: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Count {
    /// The count in one line of output, if it is a closing line: libtest's `test result: … N passed; N failed; …`,
    /// cucumber's `N scenarios (N passed, N failed)`, the `# pass N` and `# fail N` of Node.js's runner (in TAP, a line
    /// each), or the plain `N passed, N failed` of our own scripts.
    pub fn in_line(line: &str) -> Option<Self> {
        let line = line.trim();
        if let Some((_, outcomes)) = line.split_once(" scenarios (") {
            let of =
                |word| outcomes.trim_end_matches(')').split(", ").find_map(|part| number_before(part, word));
            return Some(Self { passed: of("passed").unwrap_or(0), failed: of("failed").unwrap_or(0) });
        }
        if let Some(passed) = line.strip_prefix("# pass ") {
            return Some(Self { passed: passed.parse().ok()?, failed: 0 });
        }
        if let Some(failed) = line.strip_prefix("# fail ") {
            return Some(Self { passed: 0, failed: failed.parse().ok()? });
        }
        let counts = match line.strip_prefix("test result: ") {
            Some(rest) => rest.split_once(". ")?.1,
            None => line,
        };
        let mut parts = counts.split([';', ',']);
        let passed = number_before(parts.next()?, "passed")?;
        let failed = number_before(parts.next()?, "failed")?;
        Some(Self { passed, failed })
    }
}

fn number_before(part: &str, word: &str) -> Option<u64> {
    part.trim().strip_suffix(word)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn closing_lines_of_test_runners_and_of_scripts_are_counted() {
        let libtest =
            "test result: ok. 12 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(Count::in_line(libtest), Some(Count { passed: 12, failed: 1 }));
        assert_eq!(Count::in_line("3 passed, 0 failed"), Some(Count { passed: 3, failed: 0 }));
        assert_eq!(Count::in_line("16 scenarios (16 passed)"), Some(Count { passed: 16, failed: 0 }));
        assert_eq!(Count::in_line("3 scenarios (1 passed, 2 failed)"), Some(Count { passed: 1, failed: 2 }));
        assert_eq!(Count::in_line("# pass 29"), Some(Count { passed: 29, failed: 0 }));
        assert_eq!(Count::in_line("# fail 1"), Some(Count { passed: 0, failed: 1 }));
    }

    #[test]
    fn other_lines_are_not() {
        for line in
            ["", "passed, failed", "test a ... ok", "3 passed", "all 3 passed, 0 failed", "# pass it on"]
        {
            assert_eq!(Count::in_line(line), None, "{line}");
        }
    }
}
