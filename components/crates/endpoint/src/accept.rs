//! Which representation to answer (RFC 9110, section 12.5.1).

use http::{HeaderMap, header};
use problem_details::{Kind, Problem};

/// Chooses the media type that the client likes best among those offered; the first one when it has no preference.
///
/// # Errors
/// 406 when `Accept` rules all of them out.
pub fn negotiate(headers: &HeaderMap, offers: &[&'static str]) -> Result<&'static str, Problem> {
    let mut accept = headers.get_all(header::ACCEPT).iter().peekable();
    if accept.peek().is_none() {
        return offers.first().copied().ok_or_else(|| not_acceptable(offers));
    }
    let ranges: Vec<Range<'_>> = accept
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(Range::parse)
        .collect();
    let mut best: Option<(&'static str, u16)> = None;
    for &offer in offers {
        let quality = quality(&ranges, offer);
        if quality > best.map_or(0, |(_, quality)| quality) {
            best = Some((offer, quality));
        }
    }
    best.map(|(offer, _)| offer).ok_or_else(|| not_acceptable(offers))
}

fn not_acceptable(offers: &[&str]) -> Problem {
    Problem::with_detail(Kind::NotAcceptable, format!("What can be answered here: {}.", offers.join(", ")))
}

/// One media range, with its weight in thousandths.
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';');
        let (main, sub) = parts.next()?.trim().split_once('/')?;
        let quality = parts
            .filter_map(|parameter| parameter.trim().split_once('='))
            .find(|(name, _)| name.eq_ignore_ascii_case("q"))
            .map_or(Some(1000), |(_, value)| thousandths(value))?;
        Some(Self { main, sub, quality })
    }

    /// How closely the range names this type: 0 not at all, 3 exactly.
    fn specificity(&self, main: &str, sub: &str) -> u8 {
        match (self.main, self.sub) {
            ("*", "*") => 1,
            (range, "*") if range.eq_ignore_ascii_case(main) => 2,
            (range, subrange) if range.eq_ignore_ascii_case(main) && subrange.eq_ignore_ascii_case(sub) => 3,
            _ => 0,
        }
    }
}

/// A weight (RFC 9110, section 12.4.2) in thousandths.
fn thousandths(value: &str) -> Option<u16> {
    let weight: f32 = value.trim().parse().ok()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked, so the product is a whole number of 0 to 1000"
    )]
    (0.0..=1.0).contains(&weight).then(|| (weight * 1000.0).round() as u16)
}

/// The weight of the most specific range that covers the type.
fn quality(ranges: &[Range<'_>], offer: &str) -> u16 {
    let (main, sub) = offer.split_once('/').unwrap_or((offer, ""));
    ranges
        .iter()
        .map(|range| (range.specificity(main, sub), range.quality))
        .filter(|(specificity, _)| *specificity > 0)
        .max_by_key(|(specificity, _)| *specificity)
        .map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [&str; 2] = ["application/json", "text/html"];

    fn chosen(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        negotiate(&headers, &OFFERS).ok()
    }

    #[test]
    fn the_client_chooses_by_weight_and_the_most_specific_range_counts() {
        for (accept, expected) in [
            ("*/*", Some("application/json")),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some("text/html")),
            ("application/json;q=0.5, text/*;q=0.9", Some("text/html")),
            ("*/*, application/json;q=0", Some("text/html")),
            ("TEXT/HTML", Some("text/html")),
            ("image/png", None),
            ("application/json;q=0", None),
            ("application/json;q=much", None),
            ("", None),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
        assert_eq!(negotiate(&HeaderMap::new(), &OFFERS).unwrap(), "application/json");
    }
}
