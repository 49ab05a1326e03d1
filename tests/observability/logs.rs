//! JSON log lines on standard output, and the last spans when the process ends.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use scratch_postgres::{command_that_dies_with_us, spawn};
use serde_json::Value;

use crate::collector::Collector;
use crate::watched::{Given, Watched};

#[test]
fn standard_output_is_json_alone_with_the_ids_of_request_and_trace_and_the_last_spans_are_handed_over() {
    let Watched { app, .. } = Watched::shared();
    let collector = Collector::start();
    let data = tempfile::tempdir().unwrap();
    let mut command = command_that_dies_with_us(&harness::runtime_shim());
    command
        .current_dir(harness::repository())
        .args([
            "up",
            "--no-build",
            "--log-format",
            "json",
            "--listen",
            "127.0.0.1:0",
            "--database-url",
            &app.database_url,
        ])
        .arg("--cache-dir")
        .arg(harness::repository().join("target/compiled"))
        .arg("--data-dir")
        .arg(data.path())
        .envs(collector.environment())
        // Later than the test takes: what arrives was handed over at the end.
        .env("OTEL_BSP_SCHEDULE_DELAY", "600000")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = spawn(command).unwrap();
    let (output, errors) =
        (process.process().stdout.take().unwrap(), process.process().stderr.take().unwrap());
    let mut lines = BufReader::new(output).lines().map(|line| {
        let line = line.unwrap();
        serde_json::from_str::<Value>(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    });
    let ready = lines.find(|line| line["message"] == "ready").unwrap();
    let url = ready["url"].as_str().unwrap();

    let given = Given::new();
    let request = ureq::get(format!("{url}/readyz")).header("traceparent", &given.header);
    request.header("x-request-id", "one-of-its-own").call().unwrap();
    let access = lines.find(|line| line["target"] == "access").unwrap();
    assert_eq!(access["request_id"], "one-of-its-own", "{access}");
    assert_eq!(access["trace_id"], given.trace.as_str(), "{access}");
    assert_eq!(access["route"], "/readyz", "{access}");

    let id = process.process().id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let spans =
        collector.wait_for(&given.trace, |spans| spans.iter().any(|span| span.kind == SpanKind::Server));
    let server = spans.iter().find(|span| span.kind == SpanKind::Server).unwrap();
    assert_eq!(access["span_id"], server.id.as_str(), "{access}");
    assert!(spans.iter().any(|span| span.is_statement()), "{spans:#?}");
    lines.for_each(drop);
    assert!(process.process().wait().unwrap().success());
    let errors: Vec<String> = BufReader::new(errors).lines().map_while(Result::ok).collect();
    assert!(errors.is_empty(), "{errors:?}");
}
