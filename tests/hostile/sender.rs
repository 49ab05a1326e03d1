//! Somebody who sends what nobody should, and looks at what comes back.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

use harness::{App, Caller};
use serde_json::{Value, json};
use ureq::http;

use crate::answers;
use crate::known_values::{Kind, KnownValues};
use crate::request::Request;

/// A body larger than this may be refused before all of it was read, which a client may see as a broken connection.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How much of a stream is looked at.
const START: usize = 16 * 1024;

/// A sender with connections of its own.
pub struct Sender {
    agent: ureq::Agent,
    base: String,
    token: String,
    /// What it has learned.
    pub known: KnownValues,
    /// How often each came of a message.
    pub outcomes: BTreeMap<String, u32>,
}

impl Sender {
    /// A sender that calls as this person and begins with what others know.
    pub fn new(app: &App, caller: &Caller, foreign: &KnownValues) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .allow_non_standard_methods(true)
            .build();
        let token = format!("Bearer {}", caller.token.as_deref().unwrap_or_default());
        Self {
            agent: config.into(),
            base: app.url.clone(),
            token,
            known: foreign.clone(),
            outcomes: BTreeMap::new(),
        }
    }

    /// Begins a session for a client that can be asked, or can't.
    pub fn begin_session(&mut self, kind: Kind) {
        let capabilities = if kind == Kind::AskingSession { json!({"elicitation": {}}) } else { json!({}) };
        let initialize = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25",
            "capabilities": capabilities,
            "clientInfo": {"name": "hostile", "version": "0"},
        }});
        let answer = self.run(&plain(&initialize, None)).unwrap();
        self.known.learn(kind, answer.headers()["mcp-session-id"].to_str().unwrap());
    }

    /// Sends it and checks what comes back.
    pub fn send(&mut self, request: &Request) -> Result<(), String> {
        // A refusal that came before its body was read closes the connection, which the next message may be on already.
        let mut answer = match self.run(request).or_else(|error| match error {
            ureq::Error::Io(_) => self.run(request),
            other => Err(other),
        }) {
            Ok(answer) => answer,
            Err(ureq::Error::Io(_)) if request.body.len() > MAX_BODY_BYTES => return Ok(()),
            Err(error) => return Err(format!("no answer: {error}")),
        };
        let status = answer.status().as_u16();
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(session) = header("mcp-session-id") {
            self.known.learn(Kind::Session, session);
        }
        let content_type = header("content-type").unwrap_or_default().to_owned();
        if content_type == "text/event-stream" {
            return self.look_into_stream(request, status, answer);
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(32 << 20)
            .read_to_vec()
            .map_err(|error| format!("no whole answer: {error}"))?;
        if request.verb == "HEAD" || request.path.starts_with("/.well-known/") {
            return if status < 500 { Ok(()) } else { Err(format!("status {status}")) };
        }
        let json = answers::check(status, &content_type, &body)?;
        self.known.learn_from(&json);
        self.count(answers::outcome(status, &json));
        Ok(())
    }

    /// Looks at the start of a stream and leaves.
    fn look_into_stream(
        &mut self,
        request: &Request,
        status: u16,
        mut answer: http::Response<ureq::Body>,
    ) -> Result<(), String> {
        let mut start = vec![0; START];
        let mut length = 0;
        // Nothing may ever come on a stream that was opened with GET.
        if request.verb == "POST" {
            length = answer.body_mut().as_reader().read(&mut start).map_err(|error| error.to_string())?;
        }
        let text = String::from_utf8_lossy(&start[..length]).into_owned();
        for id in text.lines().filter_map(|line| line.strip_prefix("id:")) {
            self.known.learn(Kind::Event, id.trim());
        }
        drop(answer);
        if let Some(id) = &request.waits {
            let cancel =
                json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id}});
            let session = request.headers.iter().find(|(name, _)| *name == "mcp-session-id");
            let _ = self.run(&plain(&cancel, session.map(|(_, value)| value.clone())));
        }
        self.count("stream".to_owned());
        answers::check_stream(status, &start[..length])
    }

    fn count(&mut self, outcome: String) {
        *self.outcomes.entry(outcome).or_default() += 1;
    }

    fn run(&self, request: &Request) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let mut builder =
            http::Request::builder().method(request.verb).uri(format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(*name, http::HeaderValue::from_bytes(value).map_err(http::Error::from)?);
        }
        if !request.headers.iter().any(|(name, _)| *name == "authorization") {
            builder = builder.header("authorization", &self.token);
        }
        if matches!(request.verb, "POST" | "PUT" | "PATCH" | "BREW") {
            self.agent.run(builder.body(&request.body[..])?)
        } else {
            self.agent.run(builder.body(())?)
        }
    }
}

/// A good message in the last revision with a handshake.
fn plain(message: &Value, session: Option<Vec<u8>>) -> Request {
    let mut headers = vec![
        ("content-type", b"application/json".to_vec()),
        ("accept", b"application/json, text/event-stream".to_vec()),
        ("mcp-protocol-version", b"2025-11-25".to_vec()),
    ];
    headers.extend(session.map(|session| ("mcp-session-id", session)));
    Request { verb: "POST", path: "/mcp", headers, body: message.to_string().into(), waits: None }
}
