//! A service that takes mail over HTTP, as the ones that deliver it do: it keeps what it is sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What it was sent.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// The request's line and header fields, in lower case.
    pub head: String,
    /// The message.
    pub message: Value,
}

/// The service.
pub struct MailService {
    /// Scheme, host and port.
    pub origin: String,
    delivered: Arc<Mutex<Vec<Delivered>>>,
}

impl MailService {
    /// Starts it; it answers with these statuses in turn, and with 200 after them.
    pub fn start(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let delivered = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&delivered);
        let statuses = statuses.to_vec();
        let mut statuses = statuses.into_iter();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if let Some(request) = read(&connection) {
                    let status = statuses.next().unwrap_or(200);
                    kept.lock().unwrap().push(request);
                    let _ = write!(
                        &connection,
                        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
                    );
                }
            }
        });
        Self { origin, delivered }
    }

    /// What it was sent, once there are so many.
    #[track_caller]
    pub fn delivered(&self, count: usize) -> Vec<Delivered> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            let found = self.delivered.lock().unwrap().clone();
            if found.len() >= count {
                return found;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("not {count} mails but {:?}", self.delivered.lock().unwrap());
    }
}

fn read(connection: &TcpStream) -> Option<Delivered> {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let head = head.to_ascii_lowercase();
    let mut body = Vec::new();
    match head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()) {
        Some(length) => {
            body.resize(length.trim().parse().ok()?, 0);
            reader.read_exact(&mut body).ok()?;
        }
        // Chunked (RFC 9112, section 7.1).
        None => loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).ok()? + 2];
            reader.read_exact(&mut chunk).ok()?;
            if chunk.len() == 2 {
                break;
            }
            body.extend_from_slice(&chunk[..chunk.len() - 2]);
        },
    }
    Some(Delivered { head, message: serde_json::from_slice(&body).ok()? })
}

/// The link in a message's text.
pub fn link(text: &str) -> String {
    text.split_whitespace()
        .find(|word| word.starts_with("http") && word.contains("token="))
        .expect("a link")
        .to_owned()
}
