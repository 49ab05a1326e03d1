//! Tokens that were forged, or are for somebody else, are recorded in the audit log (ADR 42).

use std::cell::Cell;

use user_database::{Database, Parameter, Statement};

const RECORD: Statement =
    Statement::new("record_refused_token", "todo.audit_events", include_str!("record_refused_token.sql"));

/// How long an instance does not record after it did, in seconds: whoever sends such tokens in numbers shall not have the database asked
/// for each.
const MIN_INTERVAL_SECONDS: i64 = 1;

thread_local! {
    static RECORDED_AT: Cell<i64> = const { Cell::new(i64::MIN) };
}

/// Records one, at `now` in seconds since 1970-01-01T00:00:00Z. Where it can't be recorded, the log says so.
pub async fn record(reason: &'static str, now: i64) {
    if now.saturating_sub(RECORDED_AT.replace(now)) < MIN_INTERVAL_SECONDS {
        return;
    }
    let recorded = async {
        Database::open("verify-token").await?.one(&RECORD, vec![Parameter::Str(reason.to_owned())]).await
    };
    // What went wrong is in the log already.
    let _: Result<user_database::Row, _> = recorded.await;
}
