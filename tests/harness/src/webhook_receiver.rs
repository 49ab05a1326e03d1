//! A server that webhooks are sent to: it keeps what it gets, in the order in which it came.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// What was sent in one request.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The request's line.
    pub line: String,
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
    /// The body, as it came.
    pub text: String,
}

impl Webhook {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Whether one of its signatures is by this secret, independently of the code under test.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let Some(Ok(key)) = secret.strip_prefix("whsec_").map(|key| STANDARD.decode(key)) else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
        mac.update(format!("{}.{}.{}", self.id, self.timestamp, self.text).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.signature.split(' ').any(|signature| signature == expected)
    }
}

/// The server. It stops with the test program.
pub struct WebhookReceiver {
    /// Scheme, host and port.
    pub origin: String,
    received: Arc<Mutex<Vec<Webhook>>>,
}

impl WebhookReceiver {
    /// Starts it; it answers with these statuses in turn, and with 204 after them, each time after `delay`.
    pub fn start(statuses: &[u16], delay: Duration) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let received = Arc::new(Mutex::new(Vec::new()));
        let (kept, statuses) = (Arc::clone(&received), Arc::new(statuses.to_vec()));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, statuses) = (Arc::clone(&kept), Arc::clone(&statuses));
                thread::spawn(move || drop(answer(stream, &kept, &statuses, delay)));
            }
        });
        Ok(Self { origin, received })
    }

    /// What it has got so far.
    pub fn received(&self) -> Vec<Webhook> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it has got, once it is so many, or half a minute has gone by.
    pub fn wait_for(&self, count: usize) -> Vec<Webhook> {
        let start = Instant::now();
        while self.received().len() < count && start.elapsed() < Duration::from_secs(30) {
            thread::sleep(Duration::from_millis(20));
        }
        self.received()
    }
}

fn read_exactly(reader: &mut impl Read, length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A body in chunks (RFC 9112, section 7.1), without trailers.
fn read_chunks(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).unwrap_or_default();
        body.extend(read_exactly(reader, length)?);
        // The end of the chunk's line.
        read_exactly(reader, 2)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn answer(
    stream: TcpStream,
    kept: &Mutex<Vec<Webhook>>,
    statuses: &[u16],
    delay: Duration,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    // Who sent was killed before it had said anything.
    if lines.is_empty() {
        return Ok(());
    }
    let field = |name: &str| {
        let named = |line: &String| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        };
        lines.iter().find_map(named).unwrap_or_default()
    };
    let body = match field("transfer-encoding").eq_ignore_ascii_case("chunked") {
        true => read_chunks(&mut reader)?,
        false => read_exactly(&mut reader, field("content-length").parse().unwrap_or_default())?,
    };
    let webhook = Webhook {
        line: lines.first().cloned().unwrap_or_default(),
        id: field("webhook-id"),
        timestamp: field("webhook-timestamp"),
        signature: field("webhook-signature"),
        text: String::from_utf8_lossy(&body).into_owned(),
    };
    let before = {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(webhook);
        kept.len() - 1
    };
    thread::sleep(delay);
    let status = statuses.get(before).copied().unwrap_or(204);
    write!(reader.get_mut(), "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}
