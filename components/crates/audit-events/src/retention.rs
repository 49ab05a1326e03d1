//! For how long events are kept.

use std::sync::OnceLock;

use spin_sdk::variables;

/// The variable that says it.
const VARIABLE: &str = "audit_retention_days";
/// Where it is not set: a year and a month, so that a yearly review finds the whole year.
const DEFAULT_DAYS: i32 = 400;
/// Fewer would let who takes the app over have its traces removed at once.
const MIN_DAYS: i32 = 30;

/// For how many days events are kept, 0 for ever. Where the variable can't be read nothing is deleted, and the log says so.
pub async fn days() -> i32 {
    static DAYS: OnceLock<i32> = OnceLock::new();
    if let Some(days) = DAYS.get() {
        return *days;
    }
    let text = variables::get(VARIABLE).await.unwrap_or_default();
    let days = read(&text).unwrap_or_else(|| {
        log::error!(
            "variable {VARIABLE}: not a number of days from {MIN_DAYS} on, or 0 for ever; nothing is deleted"
        );
        0
    });
    *DAYS.get_or_init(|| days)
}

fn read(text: &str) -> Option<i32> {
    match text.trim() {
        "" => Some(DEFAULT_DAYS),
        text => text.parse().ok().filter(|days| *days == 0 || *days >= MIN_DAYS),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_number_of_days_is_read() {
        for (text, days) in
            [("", Some(400)), ("30", Some(30)), ("0", Some(0)), ("29", None), ("-1", None), ("a year", None)]
        {
            assert_eq!(read(text), days, "{text}");
        }
    }
}
