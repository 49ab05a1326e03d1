//! Statements, by the conventions for databases.

use super::{Caller, Work};
use crate::observe::Metrics;
use crate::observe::trace::{SqlText, span};
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use opentelemetry_semantic_conventions::attribute::{
    DB_NAMESPACE, DB_OPERATION_NAME, DB_QUERY_TEXT, DB_SYSTEM_NAME, SERVER_ADDRESS,
};

/// `caller` sends `sql` to `database` on the server `host`.
pub fn begin_statement(caller: Caller, sql: &str, host: &str, database: &str) -> Work {
    Work::begin(caller, Metrics::statement, |tracer, parent| {
        let SqlText { operation, text } = SqlText::of(sql);
        let attributes = vec![
            KeyValue::new(DB_SYSTEM_NAME, "postgresql"),
            KeyValue::new(DB_NAMESPACE, database.to_owned()),
            KeyValue::new(DB_OPERATION_NAME, operation.clone()),
            KeyValue::new(DB_QUERY_TEXT, text),
            KeyValue::new(SERVER_ADDRESS, host.to_owned()),
        ];
        span(tracer, parent, format!("{operation} {database}"), SpanKind::Client, attributes)
    })
}
