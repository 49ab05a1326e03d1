//! The figures as text.

use std::fmt::Write as _;
use std::fs;

use harness::repository;

use crate::chart;
use crate::cold_start::ColdStart;
use crate::compare::Row;
use crate::first_words::FirstWords;
use crate::memory::Memory;
use crate::{Error, python_table, targets};

/// Where the generated part of docs/performance.md begins and ends.
const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Everything that was measured.
pub struct Report {
    /// The comparison.
    pub rows: Vec<Row>,
    /// What the app holds.
    pub memory: Memory,
    /// How soon the assistant speaks.
    pub first_words: FirstWords,
    /// How fast it starts.
    pub cold_start: ColdStart,
    /// Each component's size in KiB, by name.
    pub sizes: Vec<(String, u64)>,
}

/// The sizes of the built components.
pub fn component_sizes() -> Result<Vec<(String, u64)>, Error> {
    let mut sizes = Vec::new();
    for entry in fs::read_dir(repository().join("target/wasm32-wasip2/release"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".wasm").filter(|name| !name.starts_with("fixture")) {
            sizes.push((name.replace('_', "-"), entry.metadata()?.len() / 1024));
        }
    }
    sizes.sort();
    Ok(sizes)
}

impl Report {
    /// The figures as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        let _ = writeln!(
            text,
            "{cores} cores, with PostgreSQL, all sides and the load on them; {} database connections a side. The ratio is \
             what counts: the rates are this machine's.\n",
            targets::POOL
        );
        text.push_str("| | connections | app /s | native /s | **ratio** | app p50 | p99 | p99/p50 | native p50 | p99 | app CPU | its database | native CPU | its database |\n");
        text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for row in &self.rows {
            let (app, reference) = (&row.app, &row.reference);
            let _ = writeln!(
                text,
                "| {} | {} | {:.0} | {:.0} | **{:.2}** | {} | {} | {:.1} | {} | {} | {:.0} µs | {:.0} µs | {:.0} µs | {:.0} µs |",
                row.name,
                row.connections,
                app.rate,
                reference.rate,
                row.ratio(),
                milliseconds(app.p50),
                milliseconds(app.p99),
                app.p99 as f64 / app.p50.max(1) as f64,
                milliseconds(reference.p50),
                milliseconds(reference.p99),
                app.processor,
                app.database,
                reference.processor,
                reference.database,
            );
        }
        text.push_str(&python_table::markdown(&self.rows));
        let _ = writeln!(
            text,
            "\n| | app | native |\n|---|--:|--:|\n| start of the process to its first answer, compiled code cached | {} ms | {} ms |\n\
             | memory after the first answer | {:.0} MiB | |\n| memory after {} requests | {:.0} MiB | |",
            self.cold_start.app.as_millis(),
            self.cold_start.reference.as_millis(),
            self.cold_start.memory,
            self.memory.requests,
            self.memory.resident,
        );
        let _ = writeln!(text, "\n{}.", self.first_words);
        text.push_str("\n| component | KiB |\n|---|--:|\n");
        for (name, size) in &self.sizes {
            let _ = writeln!(text, "| {name} | {size} |");
        }
        text
    }

    /// Writes the figures into docs/performance.md, between its marks, and the chart beside it.
    pub fn write(&self) -> Result<(), Error> {
        let path = repository().join("docs/performance.md");
        let page = fs::read_to_string(&path)?;
        let (before, rest) =
            page.split_once(BEGIN).ok_or_else(|| Error::Load(format!("{BEGIN} is missing")))?;
        let (_, after) = rest.split_once(END).ok_or_else(|| Error::Load(format!("{END} is missing")))?;
        fs::write(&path, format!("{before}{BEGIN}\n\n{}\n{END}{after}", self.markdown()))?;
        fs::write(repository().join("docs/performance.svg"), chart::svg(&self.rows))?;
        Ok(())
    }
}

/// A latency as the tables write it.
pub fn milliseconds(microseconds: u64) -> String {
    format!("{:.1} ms", microseconds as f64 / 1000.0)
}
