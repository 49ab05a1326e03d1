//! What the answers say.

use serde::Serialize;

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// It works.
    Ok,
}

/// That the process answers.
#[derive(Debug, Serialize)]
pub(crate) struct Live {
    status: Status,
}

/// That requests can be served, and what was asked to know it.
#[derive(Debug, Serialize)]
pub(crate) struct Ready {
    status: Status,
    checks: Checks,
}

#[derive(Debug, Serialize)]
struct Checks {
    /// The database answers.
    database: Status,
    /// The app's tables are there.
    schema: Status,
}

pub(crate) const fn live() -> Live {
    Live { status: Status::Ok }
}

pub(crate) const fn ready() -> Ready {
    Ready { status: Status::Ok, checks: Checks { database: Status::Ok, schema: Status::Ok } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_is_named() {
        assert_eq!(
            serde_json::to_value(ready()).unwrap(),
            serde_json::json!({"status": "ok", "checks": {"database": "ok", "schema": "ok"}})
        );
        assert_eq!(serde_json::to_value(live()).unwrap(), serde_json::json!({"status": "ok"}));
    }
}
