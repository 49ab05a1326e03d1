//! The comparison as a picture.

use std::fmt::Write as _;

use crate::compare::Row;

const LEFT: usize = 290;
const WIDTH: usize = 420;
const BAR: usize = 26;

/// A bar per row: the app's rate as a share of the native reference's, which is the line at 1.
pub fn svg(rows: &[Row]) -> String {
    let height = rows.len() * (BAR + 12) + 60;
    let full = WIDTH as f64 / 1.25;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {total} {height}\" font-family=\"sans-serif\" font-size=\"13\" \
         role=\"img\" aria-label=\"Requests a second as a share of the native reference\">\n\
         <rect width=\"{total}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        total = LEFT + WIDTH + 70
    );
    for (index, row) in rows.iter().enumerate() {
        let y = 20 + index * (BAR + 12);
        let length = row.ratio() * full;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#222\">{}, {} conn.</text>\
             <rect x=\"{LEFT}\" y=\"{y}\" width=\"{length:.0}\" height=\"{BAR}\" rx=\"3\" fill=\"#3b6fd4\"/>\
             <text x=\"{:.0}\" y=\"{}\" fill=\"#222\">{:.2}</text>",
            LEFT - 10,
            y + 18,
            row.name,
            row.connections,
            LEFT as f64 + length + 6.0,
            y + 18,
            row.ratio(),
        );
    }
    let line = LEFT as f64 + full;
    let _ = write!(
        svg,
        "<line x1=\"{line:.0}\" y1=\"10\" x2=\"{line:.0}\" y2=\"{}\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>\
         <text x=\"{line:.0}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555\">native = 1</text>\n</svg>\n",
        height - 30,
        height - 12,
    );
    svg
}
