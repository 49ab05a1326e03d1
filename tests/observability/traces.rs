//! One trace from the request to each statement, through every endpoint.

use std::collections::BTreeSet;

use harness::{App, Caller, Options};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use serde_json::json;

use crate::collector::Collector;
use crate::spans::Span;
use crate::watched::{Given, Watched};

/// The only span that fits.
#[track_caller]
fn one(spans: &[Span], fits: impl Fn(&Span) -> bool) -> &Span {
    let found: Vec<&Span> = spans.iter().filter(|span| fits(span)).collect();
    assert_eq!(found.len(), 1, "{spans:#?}");
    found[0]
}

/// Every span hangs below another one of the trace, or below the caller's; children do not begin before their parents.
#[track_caller]
fn assert_whole(spans: &[Span], given: &Given) {
    let ids: BTreeSet<&str> = spans.iter().map(|span| span.id.as_str()).collect();
    assert_eq!(ids.len(), spans.len(), "ids are unique");
    for span in spans {
        assert!(span.parent == given.span || ids.contains(span.parent.as_str()), "{span:#?}");
        assert!(span.time.0 <= span.time.1, "{span:#?}");
        if let Some(parent) = spans.iter().find(|parent| parent.id == span.parent) {
            assert!(parent.time.0 <= span.time.0, "{span:#?} begins before {parent:#?}");
        }
    }
}

/// Adds a task in a way of its own, and says what must not be seen in any span.
fn add_over_rest(caller: &Caller, given: &Given, title: &str) {
    caller
        .request("POST", "/api/v1/tasks?secret=in-the-query")
        .json(&json!({ "title": title }))
        .header("traceparent", &given.header)
        .send()
        .expect(201);
}

#[test]
fn a_rest_call_is_one_trace_from_the_request_through_component_and_tool_to_the_statement() {
    let Watched { app, collector } = Watched::shared();
    let (caller, given) = (app.user(), Given::new());
    add_over_rest(&caller, &given, "a title nobody else sees");
    let spans =
        collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));

    let server = one(&spans, |span| span.kind == SpanKind::Server);
    assert_eq!((server.name.as_str(), &server.parent), ("POST /api/v1/...", &given.span));
    assert_eq!(server.attribute("http.request.method"), "POST");
    assert_eq!(server.attribute("http.route"), "/api/v1/...");
    assert_eq!(server.attribute("url.path"), "/api/v1/tasks");
    assert_eq!(server.attribute("http.response.status_code"), "201");
    assert_eq!(server.attribute("server.address"), "127.0.0.1");
    assert_eq!(server.resource.get("service.name").map(String::as_str), Some("todo-under-test"));
    let component = one(&spans, |span| span.name == "rest-api");
    assert_eq!(component.parent, server.id);
    let tool = one(&spans, |span| span.name == "add-task");
    assert_eq!(tool.parent, component.id);
    let statement = one(&spans, |span| span.is_statement() && span.parent == tool.id);
    assert_eq!(statement.kind, SpanKind::Client);
    assert_eq!(statement.attribute("db.operation.name"), "INSERT");
    assert_eq!(statement.attribute("server.address"), "127.0.0.1");
    assert!(statement.attribute("db.query.text").contains("INSERT INTO"), "{statement:#?}");
    assert_whole(&spans, &given);
    assert!(spans.iter().all(|span| !span.failed), "{spans:#?}");
}

#[test]
fn nothing_of_what_people_write_and_no_secret_is_in_a_span() {
    let Watched { app, collector } = Watched::shared();
    let (caller, given) = (app.user(), Given::new());
    add_over_rest(&caller, &given, "buy a surprise for Ann");
    let spans =
        collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    let shown = format!("{spans:?}");
    let token = caller.token.clone().unwrap();
    for secret in ["surprise", "in-the-query", token.as_str(), &caller.id.to_string(), "postgres://"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

#[test]
fn an_mcp_call_shows_its_tool_and_what_mcp_itself_asks_the_database() {
    let Watched { app, collector } = Watched::shared();
    let (caller, given) = (app.user(), Given::new());
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": { "name": "list_tasks", "arguments": {}, "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "product-tests", "version": "1.0.0" },
            "io.modelcontextprotocol/clientCapabilities": {},
        } },
    });
    caller
        .request("POST", "/mcp")
        .json(&call)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", "list_tasks")
        .header("traceparent", &given.header)
        .send()
        .expect(200);
    let spans =
        collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    let component = one(&spans, |span| span.name == "mcp");
    let tool = one(&spans, |span| span.name == "list-tasks");
    assert_eq!(tool.parent, component.id);
    let of_tool = one(&spans, |span| span.is_statement() && span.parent == tool.id);
    assert_eq!(of_tool.attribute("db.operation.name"), "SELECT");
    assert!(spans.iter().any(|span| span.is_statement() && span.parent == component.id), "{spans:#?}");
    assert_whole(&spans, &given);
}

#[test]
fn a_turn_of_a_chat_is_one_trace_through_chat_and_mcp_down_to_the_tool() {
    let Watched { app, collector } = Watched::shared();
    let (caller, given) = (app.user(), Given::new());
    caller
        .request("POST", "/api/v1/chat")
        .json(&json!({ "message": "add buy milk tomorrow 6pm" }))
        .header("traceparent", &given.header)
        .send()
        .expect(200);
    let outermost = |span: &Span| span.parent == given.span;
    let spans = collector.wait_for(&given.trace, |spans| spans.iter().any(outermost));

    let endpoint = one(&spans, outermost);
    let chat = one(&spans, |span| span.name == "chat");
    assert_eq!(chat.parent, endpoint.id);
    assert!(spans.iter().any(|span| span.is_statement() && span.parent == chat.id), "{spans:#?}");
    let is_call = |span: &Span| {
        span.attribute("server.address") == "mcp.spin.internal" && span.kind == SpanKind::Client
    };
    let tool = one(&spans, |span| span.name == "add-task");
    let mcp = spans.iter().find(|span| span.id == tool.parent).unwrap();
    let inner = spans.iter().find(|span| span.id == mcp.parent).unwrap();
    let call = spans.iter().find(|span| span.id == inner.parent).unwrap();
    assert_eq!((mcp.name.as_str(), inner.name.as_str()), ("mcp", "POST private"));
    assert!(is_call(call), "{call:#?}");
    assert_eq!(call.parent, chat.id);
    assert_eq!(call.attribute("http.response.status_code"), "200");
    assert!(spans.iter().any(|span| span.is_statement() && span.parent == tool.id), "{spans:#?}");
    assert_whole(&spans, &given);
}

#[test]
fn a_message_asks_mcp_for_its_tools_only_where_the_instance_has_no_list_yet() {
    let Watched { app, collector } = Watched::shared();
    let caller = app.user();
    // Which instance takes a message is the host's choice, so a later one may be the first of its instance.
    let calls_of = |_: u32| {
        let given = Given::new();
        caller
            .request("POST", "/api/v1/chat")
            .json(&json!({ "message": "what is overdue?" }))
            .header("traceparent", &given.header)
            .send()
            .expect(200);
        let outermost = |span: &Span| span.parent == given.span;
        let spans = collector.wait_for(&given.trace, |spans| spans.iter().any(outermost));
        let to_mcp = |span: &&Span| {
            span.attribute("server.address") == "mcp.spin.internal" && span.kind == SpanKind::Client
        };
        spans.iter().filter(to_mcp).count()
    };
    let calls: Vec<usize> = (0..5).map(calls_of).collect();
    assert!(calls.contains(&1), "one call of the tool and no list: {calls:?}");
    assert!(calls.iter().all(|calls| (1..=2).contains(calls)), "{calls:?}");
}

#[test]
fn a_caller_whose_trace_is_not_kept_and_one_with_nonsense_get_what_they_asked_for() {
    let Watched { app, collector } = Watched::shared();
    let (caller, unkept, after) = (app.user(), Given::new(), Given::new());
    let header = unkept.header.replace("-01", "-00");
    caller.request("GET", "/api/v1/tasks").header("traceparent", &header).send().expect(200);
    for malformed in ["", "00-0-0-01", "00-00000000000000000000000000000000-0000000000000000-01", "ff-x"] {
        caller.request("GET", "/api/v1/tasks").header("traceparent", malformed).send().expect(200);
    }
    caller.request("GET", "/api/v1/tasks").header("traceparent", &after.header).send().expect(200);
    collector.wait_for(&after.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    assert!(collector.trace(&unkept.trace).is_empty());
    let roots = collector.all().iter().filter(|span| span.parent.is_empty()).count();
    assert!(roots >= 4, "nonsense starts traces of its own: {roots}");
}

#[test]
fn a_failed_statement_is_an_error_by_its_code() {
    let Watched { app, collector } = Watched::shared();
    let (caller, given) = (app.user(), Given::new());
    app.sql("ALTER TABLE todo.tasks ADD CONSTRAINT no_forbidden_title CHECK (title <> 'forbidden')").unwrap();
    let answer = caller
        .request("POST", "/api/v1/tasks")
        .json(&json!({ "title": "forbidden" }))
        .header("traceparent", &given.header)
        .send();
    app.sql("ALTER TABLE todo.tasks DROP CONSTRAINT no_forbidden_title").unwrap();
    assert!(answer.status >= 400, "{}", answer.body);
    let spans =
        collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    let statement = one(&spans, |span| span.is_statement() && span.failed);
    assert_eq!(statement.attribute("error.type"), "23514");
    assert_eq!(statement.attribute("db.response.status_code"), "23514");
    assert!(one(&spans, |span| span.name == "add-task").failed);
}

#[test]
fn a_collector_that_cannot_be_reached_neither_slows_nor_fails_a_request() {
    // A port that takes connections and never answers.
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let environment = vec![
        ("OTEL_EXPORTER_OTLP_ENDPOINT".to_owned(), endpoint),
        ("OTEL_EXPORTER_OTLP_TIMEOUT".to_owned(), "300".to_owned()),
        ("OTEL_BSP_SCHEDULE_DELAY".to_owned(), "10".to_owned()),
        ("OTEL_BSP_MAX_QUEUE_SIZE".to_owned(), "16".to_owned()),
    ];
    let app = App::start(Options { environment, ..Options::default() }).unwrap();
    let caller = app.user();
    caller.get("/api/v1/tasks").expect(200);
    let start = std::time::Instant::now();
    for _ in 0..100 {
        caller.get("/api/v1/tasks").expect(200);
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
    let failed = || app.log().contains("traces do not reach their collector");
    for _ in 0..100 {
        if failed() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(failed(), "{}", app.log());
    let warnings = app.log().matches("traces do not reach their collector").count();
    assert_eq!(warnings, 1, "said once, not for every batch");
}

#[test]
fn one_in_ten_is_kept_when_that_is_asked_for() {
    let collector = Collector::start();
    let mut environment = collector.environment();
    environment.push(("OTEL_TRACES_SAMPLER".to_owned(), "parentbased_traceidratio".to_owned()));
    environment.push(("OTEL_TRACES_SAMPLER_ARG".to_owned(), "0.1".to_owned()));
    let app = App::start(Options { environment, ..Options::default() }).unwrap();
    let caller = app.user();
    for _ in 0..400 {
        caller.get("/api/v1/tasks").expect(200);
    }
    let last = Given::new();
    caller.request("GET", "/api/v1/tasks").header("traceparent", &last.header).send().expect(200);
    collector.wait_for(&last.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    let is_list = |span: &Span| span.parent.is_empty() && span.attribute("url.path") == "/api/v1/tasks";
    let kept = collector.all().iter().filter(|span| is_list(span)).count();
    // 40 on average, with a standard deviation of 6: outside of this once in a hundred million runs.
    assert!((10..75).contains(&kept), "{kept}");
}
