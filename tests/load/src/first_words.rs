//! How soon the built-in model's first words come, while many people talk.

use std::fmt;
use std::time::{Duration, Instant};

use harness::{App, Caller, Options};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use memchr::memmem;
use serde_json::json;
use tokio::net::TcpStream;

use crate::Error;
use crate::latencies::Latencies;
use crate::report::milliseconds;

/// As many chats at once.
const CHATS: usize = 32;
/// From the end of an answer to the next message of the same person: a second on average, so that they don't keep step.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(700),
    Duration::from_millis(900),
    Duration::from_millis(1_100),
    Duration::from_millis(1_300),
];
/// What is said in turns: with a task added, with tasks read, with words alone.
const SAID: [&str; 3] = ["add buy milk tomorrow 6pm", "what's open?", "what can you do?"];
/// What the first event with words begins with.
const WORDS: &[u8] = b"event: delta";
/// What the last event of an answer begins with.
const END: &[u8] = b"event: done";
/// What it is to be at most.
const MAX_MEDIAN_MILLISECONDS: u64 = 30;
const MAX_P99_MILLISECONDS: u64 = 150;

/// How long it took.
pub struct FirstWords {
    times: Latencies,
}

impl fmt::Display for FirstWords {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            text,
            "First words of the built-in model, {CHATS} chats at once, a message a second in each, {} answers: p50 {}, p99 {} \
             (at most {} ms and {} ms are the aim)",
            self.times.count(),
            milliseconds(self.times.quantile(0.5)),
            milliseconds(self.times.quantile(0.99)),
            MAX_MEDIAN_MILLISECONDS,
            MAX_P99_MILLISECONDS,
        )
    }
}

/// Has people talk for a time.
///
/// # Errors
/// The app does not start, or an answer has no words.
pub async fn measure(time: Duration) -> Result<FirstWords, Error> {
    let app = App::start(Options::default().without_quotas())?;
    let end = Instant::now() + time;
    let mut chats = Vec::new();
    for number in 0..CHATS {
        let (address, caller) = (app.url.trim_start_matches("http://").to_owned(), app.user());
        chats.push(tokio::spawn(async move { chat(&address, &caller, number, end).await }));
    }
    let mut times = Latencies::default();
    for chat in chats {
        times.add(&chat.await.map_err(load)??);
    }
    Ok(FirstWords { times })
}

async fn chat(address: &str, caller: &Caller, number: usize, end: Instant) -> Result<Latencies, Error> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(load)?;
    tokio::spawn(connection);
    let token = caller.token.as_deref().unwrap_or_default();
    // They don't all begin at once, and the first answer of each is not counted: nobody has an instance yet.
    tokio::time::sleep(Duration::from_secs(1) * number as u32 / CHATS as u32).await;
    say(&mut sender, address, token, "hello").await?;
    let mut times = Latencies::default();
    for (pause, message) in PAUSES.iter().cycle().zip(SAID.iter().cycle().skip(number)) {
        tokio::time::sleep(*pause).await;
        if Instant::now() >= end {
            break;
        }
        times.record(say(&mut sender, address, token, message).await?);
    }
    Ok(times)
}

/// Says something in a conversation of its own, listens to the end, and answers how long the first words took.
async fn say(
    sender: &mut SendRequest<Full<Bytes>>,
    address: &str,
    token: &str,
    message: &str,
) -> Result<Duration, Error> {
    let request = Request::post("/api/v1/chat")
        .header("host", address)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("accept", "text/event-stream")
        .body(Full::new(Bytes::from(json!({"message": message}).to_string())))
        .map_err(load)?;
    sender.ready().await.map_err(load)?;
    let begun = Instant::now();
    let mut response = sender.send_request(request).await.map_err(load)?;
    let (mut read, mut first) = (Vec::new(), None);
    while let Some(frame) = response.frame().await {
        if let Ok(data) = frame.map_err(load)?.into_data() {
            read.extend_from_slice(&data);
        }
        if first.is_none() && memmem::find(&read, WORDS).is_some() {
            first = Some(begun.elapsed());
        }
    }
    match first {
        Some(time) if memmem::find(&read, END).is_some() => Ok(time),
        _ => Err(Error::Load(format!("{message}: {}", String::from_utf8_lossy(&read)))),
    }
}

fn load(error: impl ToString) -> Error {
    Error::Load(error.to_string())
}
