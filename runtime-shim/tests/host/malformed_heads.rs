//! A request's head that cannot be read is answered: a proxy in front would make a fault of the app out of silence (RFC 9112,
//! section 2.2 and RFC 6585, section 5).

use crate::running::unruly;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const GOOD: &str = "GET /hello HTTP/1.1\r\nhost: a\r\n\r\n";

fn malformed() -> Vec<(String, &'static [&'static str])> {
    let head = |line: &str| format!("GET /hello HTTP/1.1\r\nhost: a\r\n{line}\r\n\r\n");
    let many: Vec<String> = (0..150).map(|n| format!("x-{n}: 1")).collect();
    vec![
        ("GARBAGE\r\n\r\n".to_owned(), &["400"]),
        ("GET /liv ez HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), &["400"]),
        ("GET /hello HTTP/9.9\r\nhost: a\r\n\r\n".to_owned(), &["400"]),
        (head("x y: 1"), &["400"]),
        (head("x: a\u{1}b"), &["400"]),
        (head("x: a\u{7f}b"), &["400"]),
        (head("content-length: abc"), &["400"]),
        (head(&many.join("\r\n")), &["431"]),
        // The whole head is over the limit as well, whichever is seen first.
        (format!("GET /hello?text={} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(70_000)), &["414", "431"]),
    ]
}

/// What comes until the other end closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn assert_status(request: &str, answer: &str, expected: &[&str]) {
    let status = answer.rsplit("HTTP/1.1 ").next().and_then(|last| last.get(..3)).unwrap_or_default();
    let shown = request.get(..60).unwrap_or(request);
    assert!(expected.contains(&status), "{shown:?}: {:?}", answer.get(..80).unwrap_or(answer));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_cannot_be_read_is_answered() {
    let app = unruly("").run().await;
    for (request, expected) in malformed() {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        assert_status(&request, &rest(&mut stream).await, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn so_is_one_that_comes_second_on_a_connection() {
    let app = unruly("").run().await;
    for (request, expected) in malformed() {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        stream.write_all(GOOD.as_bytes()).await.unwrap();
        let mut first = Vec::new();
        while !first.windows(5).any(|part| part == b"hello") {
            assert_ne!(stream.read_buf(&mut first).await.unwrap(), 0, "{}", String::from_utf8_lossy(&first));
        }
        stream.write_all(request.as_bytes()).await.unwrap();
        assert_status(&request, &rest(&mut stream).await, expected);
    }
}
