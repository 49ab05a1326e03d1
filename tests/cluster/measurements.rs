//! What was measured, kept as JSON and, when asked for, in docs/performance.md.

use std::fmt::Write;

use harness::repository;

/// A table of figures for people.
pub struct Table {
    name: &'static str,
    text: String,
}

impl Table {
    /// A table with these columns.
    pub fn new(name: &'static str, columns: &[&str]) -> Self {
        let rule: String =
            columns.iter().enumerate().map(|(at, _)| if at == 0 { "|---" } else { "|--:" }).collect();
        Self { name, text: format!("| {} |\n{rule}|\n", columns.join(" | ")) }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[String]) {
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    /// Prints the table; with CLUSTER_FIGURES=write it also takes its place between the marks in docs/performance.md.
    pub fn publish(&self) {
        println!("{}", self.text);
        if std::env::var("CLUSTER_FIGURES").as_deref() != Ok("write") {
            return;
        }
        let file = repository().join("docs/performance.md");
        let document = std::fs::read_to_string(&file).unwrap();
        let (begin, end) = (format!("<!-- {}: begin -->", self.name), format!("<!-- {}: end -->", self.name));
        let (before, rest) =
            document.split_once(&begin).unwrap_or_else(|| panic!("no {begin} in the document"));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end} in the document"));
        std::fs::write(file, format!("{before}{begin}\n\n{}\n{end}{after}", self.text)).unwrap();
    }
}
