//! Which lines of the product its tests run: what llvm-cov exports, summed up by crate.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The least that has to be covered of all lines, in percent.
const MIN_TOTAL_PERCENT: u64 = 80;

/// The least that has to be covered of each crate's lines, in percent.
const MIN_CRATE_PERCENT: u64 = 70;

/// What `llvm-cov export -format=text -summary-only` writes.
///
/// Source: <https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export>; the form is described in LLVM's
/// `CoverageExporterJson.cpp`.
#[derive(Debug, Deserialize)]
pub struct Export {
    data: Vec<Measured>,
}

#[derive(Debug, Deserialize)]
struct Measured {
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct File {
    filename: PathBuf,
    summary: Summary,
}

#[derive(Debug, Deserialize)]
struct Summary {
    lines: Lines,
}

/// Lines that hold code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
struct Lines {
    count: u64,
    /// How many of them ran.
    covered: u64,
}

impl Lines {
    /// Whether at least so many percent of them ran.
    fn reach(self, percent: u64) -> bool {
        self.covered * 100 >= self.count * percent
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.covered += other.covered;
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In tenths of a percent, rounded down: 79.96 % is not 80 %.
        let tenths = (self.covered * 1000).checked_div(self.count).unwrap_or_default();
        write!(f, "{:>6} | {:>7} | {:>5}.{}", self.count, self.covered, tenths / 10, tenths % 10)
    }
}

/// A crate of the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crate {
    pub name: String,
    /// Its folder, as the export begins the paths of its files.
    pub folder: PathBuf,
}

/// The lines of each crate, the least covered first.
#[derive(Debug, PartialEq, Eq)]
pub struct Table(Vec<(String, Lines)>);

impl Table {
    /// Sums up the files of each crate. A crate inside the folder of another has its files to itself; files of no crate
    /// are left out; a crate without a file in the export has no line that ran.
    pub fn sum_up(export: &Export, crates: &[Crate]) -> Self {
        let mut rows: Vec<(String, Lines)> =
            crates.iter().map(|named| (named.name.clone(), Lines::default())).collect();
        for file in export.data.iter().flat_map(|measured| &measured.files) {
            let owner = owner(&file.filename, crates);
            if let Some((_, lines)) = rows.iter_mut().find(|(name, _)| Some(name.as_str()) == owner) {
                lines.add(file.summary.lines);
            }
        }
        rows.sort_by_key(|(name, lines)| {
            ((lines.covered * 10_000).checked_div(lines.count).unwrap_or_default(), name.clone())
        });
        Self(rows)
    }

    /// What is covered less than it has to be, in sentences.
    pub fn shortfalls(&self) -> Vec<String> {
        let mut found: Vec<String> = self
            .0
            .iter()
            .filter(|(_, lines)| lines.count == 0 || !lines.reach(MIN_CRATE_PERCENT))
            .map(|(name, lines)| match lines.count {
                0 => format!("no line of {name} was measured: give it a test that runs natively"),
                _ => format!("under {MIN_CRATE_PERCENT} % of {name} are covered"),
            })
            .collect();
        if !self.in_all().reach(MIN_TOTAL_PERCENT) {
            found.push(format!("under {MIN_TOTAL_PERCENT} % of all lines are covered"));
        }
        found
    }

    fn in_all(&self) -> Lines {
        let mut all = Lines::default();
        self.0.iter().for_each(|(_, lines)| all.add(*lines));
        all
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = ("in all".to_owned(), self.in_all());
        let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or_default().max(all.0.len());
        writeln!(f, "{:>width$} |  lines | covered | percent", "crate")?;
        for (name, lines) in self.0.iter().chain([&all]) {
            writeln!(f, "{name:>width$} | {lines}")?;
        }
        Ok(())
    }
}

/// The crate that a file belongs to: of those whose folder it is in, the innermost.
fn owner<'a>(file: &Path, crates: &'a [Crate]) -> Option<&'a str> {
    let around = crates.iter().filter(|candidate| file.starts_with(&candidate.folder));
    Some(&around.max_by_key(|candidate| candidate.folder.components().count())?.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r#"{"data":[{"files":[
        {"filename":"/r/host/src/lib.rs","segments":[],
         "summary":{"branches":{"count":0,"covered":0},"lines":{"count":100,"covered":90,"percent":90.0}}},
        {"filename":"/r/host/src/main.rs","summary":{"lines":{"count":100,"covered":69}}},
        {"filename":"/r/host/inner/src/lib.rs","summary":{"lines":{"count":10,"covered":6}}},
        {"filename":"/r/target/made.rs","summary":{"lines":{"count":1000,"covered":0}}}],
        "totals":{}}],"type":"llvm.coverage.json.export","version":"3.0.1"}"#;

    fn table(crates: &[(&str, &str)]) -> Table {
        let named = |(name, folder): &(&str, &str)| Crate { name: (*name).into(), folder: (*folder).into() };
        let crates: Vec<Crate> = crates.iter().map(named).collect();
        Table::sum_up(&serde_json::from_str(EXPORT).unwrap(), &crates)
    }

    #[test]
    fn files_are_summed_up_for_the_innermost_crate_around_them() {
        let rows = table(&[("host", "/r/host"), ("inner", "/r/host/inner")]).0;
        assert_eq!(rows[0], ("inner".to_owned(), Lines { count: 10, covered: 6 }));
        assert_eq!(rows[1], ("host".to_owned(), Lines { count: 200, covered: 159 }));
    }

    #[test]
    fn crates_below_their_bound_and_a_low_whole_are_named() {
        let found = table(&[("host", "/r/host"), ("inner", "/r/host/inner")]).shortfalls();
        assert_eq!(found, ["under 70 % of inner are covered", "under 80 % of all lines are covered"]);
    }

    #[test]
    fn a_crate_that_no_test_was_built_of_is_named() {
        let found = table(&[("host", "/r/host"), ("silent", "/r/silent")]).shortfalls();
        assert!(found[0].contains("no line of silent was measured"), "{found:?}");
    }

    #[test]
    fn bounds_are_kept_to_the_line() {
        assert!(Lines { count: 1000, covered: 700 }.reach(70));
        assert!(!Lines { count: 1000, covered: 699 }.reach(70));
    }

    #[test]
    fn the_table_lists_every_crate_and_the_whole() {
        let text = table(&[("host", "/r/host"), ("inner", "/r/host/inner")]).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], " crate |  lines | covered | percent");
        assert_eq!(lines[1], " inner |     10 |       6 |    60.0");
        assert_eq!(lines[2], "  host |    200 |     159 |    79.5");
        assert_eq!(lines[3], "in all |    210 |     165 |    78.5");
    }
}
