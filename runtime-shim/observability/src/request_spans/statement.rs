//! Statements, by the conventions for databases.

use super::{Caller, HostCallSpan};
use crate::Metrics;
use crate::trace::span;
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use opentelemetry_semantic_conventions::attribute::{
    DB_NAMESPACE, DB_OPERATION_NAME, DB_QUERY_TEXT, DB_SYSTEM_NAME, SERVER_ADDRESS,
};

/// A statement as its span shows it; what is said of it is only looked at where the request is traced.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// What it does, such as `INSERT`.
    pub operation: &'a str,
    /// Its text, without a value in it.
    pub text: &'a str,
    /// The server.
    pub host: &'a str,
    /// The database.
    pub database: &'a str,
}

/// `caller` sends a statement.
pub fn begin_statement(caller: Caller, statement: &Statement<'_>) -> HostCallSpan {
    let Statement { operation, text, host, database } = *statement;
    HostCallSpan::begin(caller, Metrics::statement, |tracer, parent| {
        let attributes = vec![
            KeyValue::new(DB_SYSTEM_NAME, "postgresql"),
            KeyValue::new(DB_NAMESPACE, database.to_owned()),
            KeyValue::new(DB_OPERATION_NAME, operation.to_owned()),
            KeyValue::new(DB_QUERY_TEXT, text.to_owned()),
            KeyValue::new(SERVER_ADDRESS, host.to_owned()),
        ];
        span(tracer, parent, format!("{operation} {database}"), SpanKind::Client, attributes)
    })
}
