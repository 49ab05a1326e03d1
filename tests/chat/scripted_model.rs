//! A server that speaks Chat Completions as a script tells it, so that every way in which a provider answers or fails can
//! be played.
//!
//! One server plays many scripts at once: a script is found by a word that stands in the person's message, and each request
//! of a script gets the next of its replies.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A stream of these pieces.
    Stream(Vec<Piece>),
    /// An answer of this status, with these headers and this body.
    Status(u16, Vec<(&'static str, String)>, String),
    /// Accepts the request and says nothing for so long.
    Silence(Duration),
}

/// A piece of a stream.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Bytes, sent at once.
    Bytes(String),
    /// Nothing, for so long.
    Pause(Duration),
    /// The connection breaks.
    Cut,
}

/// The server. It stops with the test program.
pub struct ScriptedModel {
    /// Scheme, host and port.
    pub origin: String,
    scripts: Scripts,
}

type Scripts = Arc<Mutex<HashMap<String, Script>>>;

#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    requests: Vec<Value>,
}

impl ScriptedModel {
    /// Starts a server on a free port.
    pub fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let scripts = Scripts::default();
        let shared = Arc::clone(&scripts);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let scripts = Arc::clone(&shared);
                // A client that goes away ends its own thread alone.
                thread::spawn(move || drop(serve(stream, &scripts)));
            }
        });
        Ok(Self { origin, scripts })
    }

    /// Sets a script and answers the word that its messages have to contain.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) -> String {
        let word = format!("script-{}", Uuid::new_v4().simple());
        let script = Script { replies: replies.into_iter().collect(), requests: Vec::new() };
        self.scripts.lock().expect("scripts").insert(word.clone(), script);
        word
    }

    /// The bodies that were sent in a script; one that is no JSON is in the member `body`.
    pub fn requests(&self, word: &str) -> Vec<Value> {
        self.scripts
            .lock()
            .expect("scripts")
            .get(word)
            .map(|script| script.requests.clone())
            .unwrap_or_default()
    }
}

fn serve(mut stream: TcpStream, scripts: &Scripts) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
        head.push_str(&line);
    }
    let body = if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        read_chunks(&mut reader)?
    } else {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        body
    };
    let reply = next_reply(scripts, &head, &body);
    play(&mut stream, reply)
}

fn read_chunks(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).unwrap_or_default();
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

fn next_reply(scripts: &Scripts, head: &str, body: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(body);
    let mut scripts = scripts.lock().expect("scripts");
    let nothing = || Reply::Status(404, vec![], json!({"error": {"message": "no such script"}}).to_string());
    // The latest word counts: a conversation may go through several scripts.
    let found = scripts.iter_mut().filter_map(|(word, script)| Some((text.rfind(word.as_str())?, script)));
    let Some((_, script)) = found.max_by_key(|(place, _)| *place) else { return nothing() };
    let mut request: Value = serde_json::from_slice(body).unwrap_or_else(|_| json!({"body": text}));
    request["head"] = json!(head);
    script.requests.push(request);
    script.replies.pop_front().unwrap_or_else(nothing)
}

fn play(stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Silence(duration) => thread::sleep(duration),
        Reply::Status(status, headers, body) => {
            write!(
                stream,
                "HTTP/1.1 {status} Scripted\r\nconnection: close\r\ncontent-type: application/json\r\n"
            )?;
            for (name, value) in headers {
                write!(stream, "{name}: {value}\r\n")?;
            }
            write!(stream, "content-length: {}\r\n\r\n{body}", body.len())?;
        }
        Reply::Stream(pieces) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            )?;
            for piece in pieces {
                match piece {
                    Piece::Bytes(bytes) => write!(stream, "{:x}\r\n{bytes}\r\n", bytes.len())?,
                    Piece::Pause(duration) => thread::sleep(duration),
                    Piece::Cut => return Ok(()),
                }
                stream.flush()?;
            }
            write!(stream, "0\r\n\r\n")?;
        }
    }
    stream.flush()
}

/// One event of a stream.
pub fn event(data: &Value) -> Piece {
    Piece::Bytes(format!("data: {data}\n\n"))
}

pub fn words(text: &str) -> Piece {
    event(&json!({"choices": [{"index": 0, "delta": {"content": text}}]}))
}

pub fn call_piece(index: u32, id: Option<&str>, name: Option<&str>, arguments: &str) -> Piece {
    event(&json!({"choices": [{"index": 0, "delta": {"tool_calls": [
        {"index": index, "id": id, "type": "function", "function": {"name": name, "arguments": arguments}}
    ]}}]}))
}

/// The end of a stream: why it stopped, what it cost, the marker.
pub fn end(reason: &str) -> Vec<Piece> {
    vec![
        event(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})),
        event(
            &json!({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}}),
        ),
        Piece::Bytes("data: [DONE]\n\n".into()),
    ]
}

/// An answer of words, one piece each.
pub fn says(pieces: &[&str]) -> Reply {
    Reply::Stream(pieces.iter().map(|text| words(text)).chain(end("stop")).collect())
}

/// An answer that calls tools: name and arguments of each.
pub fn calls(calls: &[(&str, Value)]) -> Reply {
    let pieces = (0..).zip(calls).map(|(index, (name, arguments))| {
        call_piece(
            index,
            Some(&format!("call_{}", Uuid::new_v4().simple())),
            Some(name),
            &arguments.to_string(),
        )
    });
    Reply::Stream(pieces.chain(end("tool_calls")).collect())
}
