//! How long a document may be kept (RFC 9111, section 5.2.2).

use http::{HeaderMap, header};

/// For how long an answer is kept, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// At least, whatever it says of itself, so that it is not asked for again and again.
    pub min_seconds: u32,
    /// Where it says nothing.
    pub default_seconds: u32,
    /// At most.
    pub max_seconds: u32,
}

impl Lifetime {
    /// For how many seconds an answer with these headers is kept.
    pub(crate) fn read(self, headers: &HeaderMap) -> u32 {
        let directives = || {
            let lines = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
            lines.flat_map(|line| line.split(',')).map(|directive| directive.trim().to_ascii_lowercase())
        };
        if directives().any(|directive| directive == "no-store" || directive == "no-cache") {
            return self.min_seconds;
        }
        let said = directives().find_map(|directive| {
            let seconds = directive.strip_prefix("max-age=")?;
            seconds.trim_matches('"').parse::<u32>().ok()
        });
        said.unwrap_or(self.default_seconds).clamp(self.min_seconds, self.max_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Lifetime =
        Lifetime { min_seconds: 300, default_seconds: 3600, max_seconds: 24 * 60 * 60 };

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
            assert_eq!(LIFETIME.read(&headers), seconds, "{said}");
        }
        assert_eq!(LIFETIME.read(&HeaderMap::new()), 3600);
    }
}
