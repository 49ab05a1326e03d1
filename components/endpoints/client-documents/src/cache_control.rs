//! How long a document may be kept (RFC 9111, section 5.2.2).

use http::{HeaderMap, header};

/// A document is kept for this long at least, in seconds, so that a program's page is not asked at each sign-in.
const MIN_SECONDS: u32 = 5 * 60;
/// And for this long at most: a day.
const MAX_SECONDS: u32 = 24 * 60 * 60;
/// Where the answer says nothing.
const DEFAULT_SECONDS: u32 = 60 * 60;

/// For how many seconds the answer may be kept.
pub fn max_age(headers: &HeaderMap) -> u32 {
    let directives = || {
        let lines = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(|directive| directive.trim().to_ascii_lowercase())
    };
    if directives().any(|directive| directive == "no-store" || directive == "no-cache") {
        return MIN_SECONDS;
    }
    let said = directives().find_map(|directive| {
        directive.strip_prefix("max-age=").and_then(|seconds| seconds.trim_matches('"').parse::<u32>().ok())
    });
    said.unwrap_or(DEFAULT_SECONDS).clamp(MIN_SECONDS, MAX_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_kept_as_long_as_it_says_within_bounds() {
        for (said, seconds) in [
            ("max-age=600", 600),
            ("public, Max-Age=7200", 7200),
            ("max-age=1", 300),
            ("max-age=999999999", 86_400),
            ("no-store", 300),
            ("max-age=7200, no-cache", 300),
            ("max-age=soon", 3600),
            ("", 3600),
        ] {
            let headers = [(header::CACHE_CONTROL, said.parse().unwrap())].into_iter().collect();
            assert_eq!(max_age(&headers), seconds, "{said}");
        }
        assert_eq!(max_age(&HeaderMap::new()), 3600);
    }
}
