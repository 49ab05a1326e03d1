//! A server that others trust as an issuer: it publishes what a test gives it, counts who asks, and can be away.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// What it answers at a path.
#[derive(Debug, Clone)]
pub struct Published {
    /// The status.
    pub status: u16,
    /// Lines of its head beside those that every answer has.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
}

impl Published {
    /// A JSON document.
    pub fn json(document: &Value) -> Self {
        Self {
            status: 200,
            headers: vec!["content-type: application/json".to_owned()],
            body: document.to_string(),
        }
    }
}

#[derive(Default)]
struct State {
    published: BTreeMap<String, Published>,
    asked: Vec<String>,
    is_away: bool,
    delay: Duration,
}

/// The server. It stops with the test program.
pub struct IssuerServer {
    /// Scheme, host and port.
    pub origin: String,
    state: Arc<Mutex<State>>,
}

impl IssuerServer {
    /// Starts it; it has nothing yet.
    pub fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::default()));
        let served = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = Arc::clone(&served);
                thread::spawn(move || drop(answer(stream, &served)));
            }
        });
        Ok(Self { origin, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers this at a path from now on.
    pub fn publish(&self, path: &str, published: Published) {
        self.state().published.insert(path.to_owned(), published);
    }

    /// Whether it hangs up on whoever asks.
    pub fn set_away(&self, is_away: bool) {
        self.state().is_away = is_away;
    }

    /// How long each answer takes.
    pub fn set_delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// The paths that were asked for, in the order in which they were.
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }
}

fn answer(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let (published, is_away, delay) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.asked.push(path.clone());
        (state.published.get(&path).cloned(), state.is_away, state.delay)
    };
    thread::sleep(delay);
    if is_away {
        return Ok(());
    }
    let nothing = Published { status: 404, headers: Vec::new(), body: String::new() };
    let Published { status, headers, body } = published.unwrap_or(nothing);
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    write!(
        reader.get_mut(),
        "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
