//! Titles and counts in sentences.

/// A title in quotation marks. Characters that Markdown would take for its own are escaped.
pub fn quoted(title: &str) -> String {
    format!("“{}”", escaped(title))
}

/// Text in which Markdown finds nothing to format.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '[' | ']' | '<' | '>' | '`') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// "1 task", "2 tasks".
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// "a", "a and b", "a, b and c".
pub fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
