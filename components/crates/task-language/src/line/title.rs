//! The title of a line: what is left when the parts that were read are cut out of it.

use super::LineSpan;

/// What closes a part that was read, and goes with it.
const CLOSING: [char; 7] = [',', ';', ':', '.', '!', '?', '…'];

/// The characters outside of the spans, which are in order: as they were typed, with single spaces where something was cut out.
pub(super) fn cut(typed: &[char], spans: &[LineSpan]) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut at = 0;
    for span in spans {
        pieces.push(typed.get(at..span.start).unwrap_or_default().iter().collect());
        let closing = typed.iter().skip(span.end).take_while(|c| CLOSING.contains(c)).count();
        at = span.end + closing;
    }
    pieces.push(typed.get(at..).unwrap_or_default().iter().collect());
    let last = pieces.len() - 1;
    let pieces: Vec<&str> = pieces
        .iter()
        .enumerate()
        .map(|(place, piece)| {
            let piece = piece.trim();
            // A dash between the title and what was read hangs in the air.
            let piece = if place > 0 { without_dash_before(piece) } else { piece };
            if place < last { without_dash_after(piece) } else { piece }
        })
        .filter(|piece| !piece.is_empty())
        .collect();
    let title = pieces.join(" ");
    if spans.is_empty() { title } else { without_separator(&title).to_owned() }
}

const DASHES: [char; 3] = ['-', '–', '—'];

fn without_dash_before(piece: &str) -> &str {
    match piece.strip_prefix(DASHES) {
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => piece,
    }
}

fn without_dash_after(piece: &str) -> &str {
    match piece.strip_suffix(DASHES) {
        Some(rest) if rest.is_empty() || rest.ends_with(char::is_whitespace) => rest.trim_end(),
        _ => piece,
    }
}

/// Without the comma that stood before what was cut off at the end.
fn without_separator(title: &str) -> &str {
    title.trim_end_matches([',', ';', ':', ' '])
}
