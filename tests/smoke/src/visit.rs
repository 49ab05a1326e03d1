//! Requests, and what came back.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Request, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::error::Error;

/// Headers of a request.
pub type Headers<'a> = [(&'a str, &'a str)];

/// An answer of success.
pub struct Answer {
    /// Its session cookie, if it sets one.
    pub cookie: Option<String>,
    /// Its body.
    pub text: String,
}

impl Answer {
    /// The JSON value at `pointer` (RFC 6901).
    pub fn value(&self, what: &'static str, pointer: &str) -> Result<Value, Error> {
        let body = serde_json::from_str::<Value>(&self.text).ok();
        let found = body.and_then(|body| body.pointer(pointer).cloned());
        found.ok_or_else(|| Error::Missing { what, answer: self.text.clone() })
    }

    /// The string at `pointer`.
    pub fn string(&self, what: &'static str, pointer: &str) -> Result<String, Error> {
        let value = self.value(what, pointer)?;
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| Error::Missing { what, answer: self.text.clone() })
    }

    /// Asserts that `text` is in the body.
    pub fn has(&self, what: &'static str, text: &str) -> Result<(), Error> {
        if self.text.contains(text) {
            return Ok(());
        }
        Err(Error::Missing { what, answer: self.text.clone() })
    }
}

/// Someone at the app's endpoints.
pub struct Visitor {
    agent: Agent,
    url: String,
}

impl Visitor {
    /// A visitor of the app at `url`.
    pub fn new(url: &str, timeout: Duration) -> Self {
        let config =
            Agent::config_builder().timeout_global(Some(timeout)).http_status_as_error(false).build();
        Self { agent: config.into(), url: url.to_owned() }
    }

    /// A visitor who believes certificates of these authorities alone.
    pub fn trusting(url: &str, timeout: Duration, authorities: &[Certificate<'static>]) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(authorities)).build();
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .tls_config(tls)
            .proxy(None)
            .build();
        Self { agent: config.into(), url: url.to_owned() }
    }

    /// GETs `path`.
    pub fn get(&self, path: &str, headers: &Headers<'_>) -> Result<Answer, Error> {
        self.send("GET", path, headers, None)
    }

    /// Sends a request, with a body of JSON if there is one.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &Headers<'_>,
        body: Option<&Value>,
    ) -> Result<Answer, Error> {
        let request = format!("{method} {path}");
        let no_answer =
            |source: ureq::Error| Error::NoAnswer { request: request.clone(), source: Box::new(source) };
        let mut builder = Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let response = match body {
            Some(body) => {
                let request = builder.header("content-type", "application/json").body(body.to_string());
                self.agent.run(request.map_err(|e| no_answer(e.into()))?)
            }
            None => self.agent.run(builder.body(()).map_err(|e| no_answer(e.into()))?),
        };
        let mut response: Response<ureq::Body> = response.map_err(no_answer)?;
        let status = response.status();
        let cookie = response.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|value| value.split(';').next()).map(str::to_owned);
        let text = response.body_mut().read_to_string().map_err(no_answer)?;
        if status.is_success() {
            return Ok(Answer { cookie, text });
        }
        Err(Error::Status { request, status: status.as_u16(), body: text })
    }
}
