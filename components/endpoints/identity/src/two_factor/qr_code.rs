//! An address as a QR code that a page draws: a path of SVG, so that no picture has to be loaded and no markup be read.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

/// The white border that readers need, in modules (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// The code: the side of its square in modules, and a path that fills the dark ones. `null` where the text is too long for one.
pub fn draw(text: &str) -> Value {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Value::Null };
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a String does not fail.
                let _ =
                    write!(path, "M{} {}h{}v1h-{}z", x + QUIET_ZONE, y + QUIET_ZONE, run.len(), run.len());
            }
            x += run.len();
        }
    }
    json!({ "size": width + 2 * QUIET_ZONE, "path": path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a path fills, as rows of `#` and `.`.
    fn fill(code: &Value) -> Vec<String> {
        let size = usize::try_from(code["size"].as_u64().unwrap()).unwrap();
        let mut rows = vec![vec!['.'; size]; size];
        for part in code["path"].as_str().unwrap().split('z').filter(|part| !part.is_empty()) {
            let (place, run) = part.trim_start_matches('M').split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let length: usize = run.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            rows[y][x..x + length].fill('#');
        }
        rows.into_iter().map(|row| row.into_iter().collect()).collect()
    }

    #[test]
    fn a_code_is_a_square_with_its_three_corners_and_a_white_border() {
        let rows = fill(&draw("otpauth://totp/Todo%20assistant:ann%40example.org?secret=GEZDGNBVGY3TQOJQ"));
        let size = rows.len();
        assert!(rows[..4].iter().chain(&rows[size - 4..]).all(|row| !row.contains('#')));
        for (x, y) in [(4, 4), (size - 11, 4), (4, size - 11)] {
            let corner: Vec<&str> = rows[y..y + 7].iter().map(|row| &row[x..x + 7]).collect();
            assert_eq!(
                corner,
                ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"],
                "{x} {y}"
            );
        }
    }

    #[test]
    fn a_text_that_no_code_holds_has_none() {
        assert_eq!(draw(&"a".repeat(5000)), Value::Null);
    }
}
