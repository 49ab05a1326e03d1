//! The Kubernetes API by way of `kubectl proxy`, which has a token that may speak for others, and speaks TLS.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use scratch_postgres::{Child, command_that_dies_with_us, spawn};
use serde_json::Value;
use ureq::http::{Method, Request};
use ureq::{Agent, Body};

/// Who applies what the operator makes.
const FIELD_MANAGER: &str = "spin-operator";

/// Why the API did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No answer.
    #[error(transparent)]
    Silent(#[from] ureq::Error),
    /// An answer that is not JSON.
    #[error("not JSON: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A refusal, with the API server's words.
    #[error("{0}: {1}")]
    Refused(u16, String),
    /// The operator has found a reason itself.
    #[error("{0}")]
    Own(String),
}

/// A way to the API. Dropping it closes the way.
pub struct Api {
    agent: Agent,
    url: String,
    _proxy: Child,
}

impl Api {
    /// Opens the way for that account.
    pub fn open_as(account: &str) -> Self {
        let mut proxy = command_that_dies_with_us(Path::new("kubernetes"));
        proxy.args(["kubectl", "proxy", "--port=0", "--as", account]).stdout(Stdio::piped());
        let mut proxy = spawn(proxy).unwrap();
        let mut told = BufReader::new(proxy.process().stdout.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        // Starting to serve on 127.0.0.1:39175
        let address =
            line.split_whitespace().last().unwrap_or_else(|| panic!("kubectl proxy told no address"));
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, url: format!("http://{address}"), _proxy: proxy }
    }

    /// An object, or a list; nothing when it is not there.
    pub fn get(&self, path: &str) -> Result<Option<Value>, ApiError> {
        match self.send(Method::GET, path, "application/json", None) {
            Err(ApiError::Refused(404, _)) => Ok(None),
            other => other.map(Some),
        }
    }

    /// Makes an object.
    pub fn create(&self, path: &str, object: &Value) -> Result<Value, ApiError> {
        self.send(Method::POST, path, "application/json", Some(object))
    }

    /// Replaces an object, unless somebody has changed it since it was read.
    pub fn replace(&self, path: &str, object: &Value) -> Result<Value, ApiError> {
        self.send(Method::PUT, path, "application/json", Some(object))
    }

    /// Applies an object at the server, against all other managers of its fields.
    pub fn apply(&self, path: &str, object: &Value) -> Result<Value, ApiError> {
        let path = format!("{path}?fieldManager={FIELD_MANAGER}&force=true");
        self.send(Method::PATCH, &path, "application/apply-patch+yaml", Some(object))
    }

    /// Deletes an object that is there.
    pub fn delete(&self, path: &str) -> Result<(), ApiError> {
        match self.send(Method::DELETE, path, "application/json", None) {
            Err(ApiError::Refused(404, _)) => Ok(()),
            other => other.map(drop),
        }
    }

    /// What happens in a collection after that version of it, an event a line.
    pub fn watch(&self, path: &str, version: &str) -> Result<impl BufRead + use<>, ApiError> {
        let url = format!("{}{path}?watch=true&resourceVersion={version}", self.url);
        let answer = self.agent.get(url).call()?;
        Ok(BufReader::new(answer.into_body().into_reader()))
    }

    fn send(&self, method: Method, path: &str, kind: &str, body: Option<&Value>) -> Result<Value, ApiError> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = request.header("content-type", kind);
        let answer = match body {
            Some(body) => self.agent.run(request.body(body.to_string()).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        read(answer?)
    }
}

fn read(answer: ureq::http::Response<Body>) -> Result<Value, ApiError> {
    let status = answer.status();
    let text = answer.into_body().read_to_string()?;
    if !status.is_success() {
        let told: Option<Value> = serde_json::from_str(&text).ok();
        let message = told.and_then(|told| told["message"].as_str().map(str::to_owned));
        return Err(ApiError::Refused(status.as_u16(), message.unwrap_or(text)));
    }
    Ok(serde_json::from_str(&text)?)
}
