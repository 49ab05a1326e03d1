//! A client of a handshake revision, whose every request goes to the next process.

use std::io::{BufRead, BufReader};
use std::time::Duration;

use serde_json::{Value, json};

use crate::pair::Pair;

/// A client with a session.
pub struct Client {
    agent: ureq::Agent,
    token: String,
    session: String,
}

/// A stream of events that is being read.
pub struct Events {
    lines: std::io::Lines<BufReader<Box<dyn std::io::Read + Send>>>,
    /// The id of the last event.
    pub last_id: String,
}

impl Client {
    /// Begins a session, as a client that can ask its user.
    pub fn new(token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let mut client = Self { agent: config.into(), token: token.to_owned(), session: String::new() };
        let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {"elicitation": {}},
            "clientInfo": {"name": "replicas", "version": "1"},
        }});
        let response = client.post(&initialize);
        client.session = response.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        client
    }

    fn post(&self, message: &Value) -> ureq::http::Response<ureq::Body> {
        let mut request = self
            .agent
            .post(format!("{}/mcp", Pair::shared().next()))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream");
        if !self.session.is_empty() {
            request =
                request.header("mcp-session-id", &self.session).header("mcp-protocol-version", "2025-11-25");
        }
        request.send(message.to_string().as_bytes()).unwrap()
    }

    /// Sends a request that is answered at once.
    pub fn request(&self, method: &str, params: &Value) -> Value {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let mut response = self.post(&message);
        let text = response.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Calls a tool whose answer is a stream.
    pub fn call(&self, name: &str, arguments: &Value) -> Events {
        let params = json!({"name": name, "arguments": arguments});
        let message = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params});
        Events::new(self.post(&message))
    }

    /// Answers what the server asked; the status.
    pub fn answer(&self, question: &Value, result: &Value) -> u16 {
        self.post(&json!({"jsonrpc": "2.0", "id": question["id"], "result": result})).status().as_u16()
    }

    /// Opens a stream: for changes, or for the rest of one that broke off.
    pub fn listen(&self, last_event_id: Option<&str>) -> Events {
        let mut request = self
            .agent
            .get(format!("{}/mcp", Pair::shared().next()))
            .header("authorization", format!("Bearer {}", self.token))
            .header("accept", "text/event-stream")
            .header("mcp-session-id", &self.session)
            .header("mcp-protocol-version", "2025-11-25");
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        Events::new(request.call().unwrap())
    }
}

impl Events {
    fn new(response: ureq::http::Response<ureq::Body>) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let reader: Box<dyn std::io::Read + Send> = Box::new(response.into_body().into_reader());
        Self { lines: BufReader::new(reader).lines(), last_id: String::new() }
    }

    /// The next message; `None` at the end of the stream.
    pub fn next(&mut self) -> Option<Value> {
        let (mut data, mut id) = (String::new(), None);
        for line in self.lines.by_ref().map(Result::unwrap) {
            match line.split_once(':') {
                Some(("data", text)) => data.push_str(text.trim_start()),
                Some(("id", text)) => id = Some(text.trim().to_owned()),
                _ if line.is_empty() => {
                    self.last_id = id.take().unwrap_or_else(|| self.last_id.clone());
                    if !data.is_empty() {
                        return Some(serde_json::from_str(&data).unwrap());
                    }
                }
                _ => {}
            }
        }
        None
    }
}
