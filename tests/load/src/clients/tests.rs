use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::*;

/// An app of a kind: it answers what clients ask, MCP with this status, and ends a connection after every third answer.
fn app(mcp: u16) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || answer(&stream, mcp));
        }
    });
    url
}

fn answer(mut stream: &TcpStream, mcp: u16) {
    let mut reader = BufReader::new(stream);
    for number in 1..=3 {
        let Some(line) = request(&mut reader) else { return };
        let (status, body) = match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["GET", ..] => (200, r#"{"items":[]}"#),
            [_, "/mcp", ..] => (mcp, r#"{"structuredContent":{}}"#),
            [_, "/api/v1/tasks", ..] => (201, r#"{"id":"one","created_at":""}"#),
            [_, "/api/v1/tasks/one/complete", ..] => (200, r#"{"completed_at":""}"#),
            _ => (404, ""),
        };
        let connection = if number == 3 { "close" } else { "keep-alive" };
        let head = format!(
            "HTTP/1.1 {status} -\r\ncontent-length: {}\r\nconnection: {connection}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + body).as_bytes()).unwrap();
    }
}

/// The first line of the next request, once all of it is read.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let lines: Vec<String> =
        reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let length =
        lines.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    reader.read_exact(&mut vec![0; length]).ok()?;
    lines.first().cloned()
}

async fn outcome(mcp: u16) -> Outcome {
    OneClient::new(&app(mcp), "token").call_until(Instant::now() + Duration::from_millis(300)).await
}

#[tokio::test]
async fn connections_that_the_app_ends_between_answers_fail_nothing() {
    let outcome = outcome(200).await;
    assert!(outcome.latency.count() > 20, "{outcome:?}");
    assert_eq!(outcome.failed, 0);
}

#[tokio::test]
async fn every_answer_that_is_not_what_was_asked_for_counts_as_failed() {
    let outcome = outcome(503).await;
    assert!(outcome.failed > 5, "{outcome:?}");
    assert_eq!(outcome.latency.count(), outcome.failed * 4);
}

#[tokio::test]
async fn an_app_that_is_gone_fails_every_request() {
    let gone = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let client = OneClient::new(&format!("http://{gone}"), "token");
    let outcome = client.call_until(Instant::now() + Duration::from_millis(100)).await;
    assert!(outcome.failed > 0);
    assert_eq!(outcome.latency.count(), outcome.failed);
}
