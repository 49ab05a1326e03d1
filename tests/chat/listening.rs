//! A stream that is read event by event while it is made, over a connection of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use harness::{App, Caller};
use serde_json::Value;

/// An event with its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub id: String,
    pub name: String,
    pub data: Value,
}

/// A stream that is being read.
pub struct Listening(BufReader<TcpStream>);

impl Listening {
    /// Says something and listens to the answer.
    pub fn to(app: &App, caller: &Caller, body: &Value, headers: &[(&str, &str)]) -> Self {
        let body = body.to_string();
        let mut sent = vec![("content-type".to_owned(), "application/json".to_owned())];
        sent.push(("content-length".to_owned(), body.len().to_string()));
        sent.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Self::request(app, caller, "POST /api/v1/chat", &sent, &body)
    }

    /// Sends any request that is answered by a stream.
    pub fn request(app: &App, caller: &Caller, line: &str, headers: &[(String, String)], body: &str) -> Self {
        let host = app.url.trim_start_matches("http://");
        let mut connection = TcpStream::connect(host).unwrap();
        let token = caller.token.as_deref().unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        write!(
            connection,
            "{line} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\n{headers}\r\n{body}"
        )
        .unwrap();
        Self(BufReader::new(connection))
    }

    /// The next event; `None` where the stream is over.
    pub fn next(&mut self) -> Option<Told> {
        let (mut id, mut name) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 || line == "0\r\n" {
                return None;
            }
            if let Some(value) = line.strip_prefix("id:") {
                value.trim().clone_into(&mut id);
            } else if let Some(value) = line.strip_prefix("event:") {
                value.trim().clone_into(&mut name);
            } else if let Some(value) = line.strip_prefix("data:") {
                let data = serde_json::from_str(value.trim()).unwrap();
                // What else it consists of may come behind its data.
                while !matches!(line.as_str(), "\n" | "\r\n") {
                    line.clear();
                    self.0.read_line(&mut line).ok()?;
                    if let Some(value) = line.strip_prefix("id:") {
                        value.trim().clone_into(&mut id);
                    } else if let Some(value) = line.strip_prefix("event:") {
                        value.trim().clone_into(&mut name);
                    }
                }
                return Some(Told { id, name, data });
            }
        }
    }

    /// The next event of this name.
    #[track_caller]
    pub fn until(&mut self, name: &str) -> Told {
        std::iter::from_fn(|| self.next())
            .find(|told| told.name == name)
            .unwrap_or_else(|| panic!("the stream ended before {name}"))
    }

    /// Everything that is still to come.
    pub fn rest(&mut self) -> Vec<Told> {
        std::iter::from_fn(|| self.next()).collect()
    }
}

/// The conversation that the first event names.
#[track_caller]
pub fn conversation_of(told: &Told) -> String {
    assert_eq!(told.name, "conversation");
    told.data["conversation_id"].as_str().unwrap().to_owned()
}
