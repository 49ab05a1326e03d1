//! Who calls.

use serde_json::Value;
use uuid::Uuid;

use crate::answer::Answer;

/// Someone who calls the app: with a token, or as nobody.
#[derive(Debug, Clone)]
pub struct Caller {
    agent: ureq::Agent,
    base: String,
    /// The user's id; nil for nobody.
    pub id: Uuid,
    /// The access token that is sent, if any.
    pub token: Option<String>,
}

/// A request being put together.
#[derive(Debug, Clone)]
pub struct Request {
    agent: ureq::Agent,
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Caller {
    /// A caller of the app at `base`, whoever started it.
    pub fn new(base: &str, id: Uuid, token: Option<String>) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(std::time::Duration::from_secs(60)))
            .allow_non_standard_methods(true)
            .build();
        Self { agent: config.into(), base: base.to_owned(), id, token }
    }

    /// The same caller with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Starts a request.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let headers =
            self.token.iter().map(|token| ("authorization".to_owned(), format!("Bearer {token}"))).collect();
        Request {
            agent: self.agent.clone(),
            method: method.to_owned(),
            url: format!("{}{path}", self.base),
            headers,
            body: None,
        }
    }

    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    /// POST with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path).json(body).send()
    }

    /// PATCH with a merge patch (RFC 7396).
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.request("PATCH", path).json(body).header("content-type", "application/merge-patch+json").send()
    }

    /// DELETE.
    pub fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }
}

impl Request {
    /// Sets a header field, instead of one that is there.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// Leaves a header field out.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// Sets the body as it is.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets a JSON body and its content type.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    /// Sends it and reads the answer to its end.
    #[track_caller]
    pub fn send(self) -> Answer {
        let url = self.url.clone();
        match self.try_send() {
            Ok(answer) => answer,
            Err(error) => panic!("no answer from {url}: {error}"),
        }
    }

    /// Sends it where no answer is among what the test expects.
    pub fn try_send(self) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(self.method.as_str()).uri(&self.url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match self.body {
            Some(body) => self.agent.run(request.body(body)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }
}
