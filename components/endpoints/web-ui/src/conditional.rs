//! Whether a browser has the current content already (RFC 9110, section 13.1.2).

use http::{HeaderMap, header};

/// Whether `If-None-Match` names this entity tag, compared weakly.
pub fn is_current(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|entry| entry.trim())
        .any(|entry| entry == "*" || entry.strip_prefix("W/").unwrap_or(entry) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_among_others_counts() {
        let is_current = |value: &str| {
            is_current(&[(header::IF_NONE_MATCH, value.parse().unwrap())].into_iter().collect(), "\"abc\"")
        };
        for value in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert!(is_current(value), "{value}");
        }
        for value in ["abc", "\"ab\"", "", "\"ABC\""] {
            assert!(!is_current(value), "{value}");
        }
    }
}
