//! Work that instances do at once is told apart.

use std::thread;

use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use serde_json::json;

use crate::spans::Span;
use crate::watched::{Given, Watched};

/// Requests at once, and how often.
const CALLERS: usize = 12;
const ROUNDS: usize = 8;

#[test]
fn statements_of_requests_that_share_an_instance_are_in_their_own_traces() {
    let Watched { app, collector } = Watched::shared();
    let work = |number: usize| {
        let caller = app.user();
        let mut given = Vec::new();
        for _ in 0..ROUNDS {
            let trace = Given::new();
            let request = if number.is_multiple_of(2) {
                caller.request("POST", "/api/v1/tasks").json(&json!({ "title": "one of many" }))
            } else {
                caller.request("GET", "/api/v1/tasks")
            };
            let status = request.header("traceparent", &trace.header).send().status;
            assert!(status == 200 || status == 201, "{status}");
            given.push((number.is_multiple_of(2), trace));
        }
        given
    };
    let all: Vec<(bool, Given)> = thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS).map(|number| scope.spawn(move || work(number))).collect();
        callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
    });
    for (writes, given) in all {
        let spans =
            collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
        let tool = if writes { "add-task" } else { "list-tasks" };
        let tools: Vec<&Span> =
            spans.iter().filter(|span| span.attributes.contains_key("spin.component.part")).collect();
        assert_eq!(tools.iter().map(|span| span.name.as_str()).collect::<Vec<_>>(), [tool], "{spans:#?}");
        let statements: Vec<&Span> = spans.iter().filter(|span| span.is_statement()).collect();
        assert_eq!(statements.len(), 1, "{spans:#?}");
        assert_eq!(statements[0].parent, tools[0].id);
        let operation = if writes { "INSERT" } else { "SELECT" };
        assert_eq!(statements[0].attribute("db.operation.name"), operation);
    }
}
