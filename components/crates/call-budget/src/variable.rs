//! Limits that an operator sets.

use problem_details::{Kind, Problem};

/// Seconds after which an operator may have corrected a setting.
const RETRY_AFTER_SECONDS: u32 = 60;

/// The limit that a variable of the component sets: a whole number, 0 for none. Where the app does not declare it, `default`.
///
/// # Errors
/// 503 that names the variable whose value can't be used.
pub(crate) async fn limit(name: &str, default: u32) -> Result<u32, Problem> {
    read(name, &spin_sdk::variables::get(name).await.unwrap_or_default(), default)
}

fn read(name: &str, value: &str, default: u32) -> Result<u32, Problem> {
    match value.trim() {
        "" => Ok(default),
        value => value.parse().map_err(|_| {
            let detail = format!(
                "The app is not set up: the variable {name} has to be a whole number, 0 for no limit."
            );
            Problem::with_detail(Kind::Unavailable, detail).retry_after(RETRY_AFTER_SECONDS)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_whole_number_and_what_is_not_set_has_a_default() {
        for (value, limit) in [("", 7), (" 12 ", 12), ("0", 0)] {
            assert_eq!(read("calls", value, 7).unwrap(), limit);
        }
        for value in ["many", "-1", "1.5"] {
            let problem = read("calls", value, 7).unwrap_err();
            assert_eq!(problem.status(), 503);
            assert!(problem.sentence().contains("calls"), "{value}");
        }
    }
}
