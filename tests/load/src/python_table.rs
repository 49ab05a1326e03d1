//! The comparison with the Python SDK as a table.

use std::fmt::Write as _;

use crate::compare::{Row, Side};
use crate::floor::AIM;
use crate::references::PYTHON_WORKERS;
use crate::report::milliseconds;

/// The rows that the Python SDK has a part in, as Markdown.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = format!(
        "\nMCP against the official SDKs, the Python one with {PYTHON_WORKERS} workers. The aim is {AIM} times its \
         requests a second, at a lower p99, level with the native one.\n\n\
         | | connections | app /s | Python /s | **app ÷ Python** | app ÷ native | app p50 | p99 | Python p50 | p99 | native p50 | p99 | app CPU | Python CPU | native CPU |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for (row, python) in rows.iter().filter_map(|row| Some((row, row.python.as_ref()?))) {
        let latencies = |side: &Side| format!("{} | {}", milliseconds(side.p50), milliseconds(side.p99));
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {:.0} | **{:.1}** | {:.2} | {} | {} | {} | {:.0} µs | {:.0} µs | {:.0} µs |",
            row.name,
            row.connections,
            row.app.rate,
            python.rate,
            row.app.rate / python.rate,
            row.ratio(),
            latencies(&row.app),
            latencies(python),
            latencies(&row.reference),
            row.app.processor,
            python.processor,
            row.reference.processor,
        );
    }
    text
}
