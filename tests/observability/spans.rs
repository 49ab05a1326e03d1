//! Spans as a collector gets them.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

#[derive(Clone, Debug)]
pub struct Span {
    /// Its trace, in hexadecimal digits as in `traceparent`.
    pub trace_id: String,
    /// Its own id.
    pub id: String,
    /// The span above it; empty for the first of a trace.
    pub parent: String,
    pub name: String,
    /// On which side of what it is.
    pub kind: SpanKind,
    /// Start and end in nanoseconds since the epoch.
    pub time: (u64, u64),
    /// Whether it is marked as an error.
    pub failed: bool,
    /// Its attributes as text.
    pub attributes: BTreeMap<String, String>,
    /// Those of the process.
    pub resource: BTreeMap<String, String>,
}

impl Span {
    /// All spans of one export.
    pub fn all_of(export: ExportTraceServiceRequest) -> Vec<Self> {
        let mut spans = Vec::new();
        for process in export.resource_spans {
            let resource = attributes(process.resource.map(|r| r.attributes).unwrap_or_default());
            for span in process.scope_spans.into_iter().flat_map(|scope| scope.spans) {
                spans.push(Self {
                    kind: span.kind(),
                    trace_id: hex(&span.trace_id),
                    id: hex(&span.span_id),
                    parent: hex(&span.parent_span_id),
                    name: span.name,
                    time: (span.start_time_unix_nano, span.end_time_unix_nano),
                    failed: span.status.is_some_and(|status| status.code == 2),
                    attributes: attributes(span.attributes),
                    resource: resource.clone(),
                });
            }
        }
        spans
    }

    /// An attribute; empty when it has none of that name.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub fn is_statement(&self) -> bool {
        self.attribute("db.system.name") == "postgresql"
    }
}

fn attributes(list: Vec<KeyValue>) -> BTreeMap<String, String> {
    let text = |value: Option<Value>| match value {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    list.into_iter().map(|pair| (pair.key, text(pair.value.and_then(|v| v.value)))).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
