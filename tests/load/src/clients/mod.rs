//! Clients of an app that runs already: each lists, adds and completes tasks over REST and lists them over MCP, on a
//! connection of its own that it keeps, so that a rollout meets clients that hold on to what they reached. Every answer
//! counts.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use harness::Caller;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use memchr::memmem;
use serde_json::{Value, json};

use crate::Error;
use crate::generator::LoadRequest;
use crate::latencies::Latencies;
use crate::requests;

/// How long a client waits for an answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// After a request that failed, so that an app which is away is not asked without pause.
const RETRY_INTERVAL: Duration = Duration::from_millis(10);
/// How many failures of a client are told one by one.
const MAX_REPORTED: u64 = 5;

/// The app, and how it is called.
#[derive(Debug, Clone)]
pub struct RunningApp {
    /// Its URL, without a path.
    pub url: String,
    /// The origin that its pages have, which a sign-up must come from.
    pub origin: String,
    /// How many call at once.
    pub clients: usize,
}

/// What came of it.
#[derive(Debug, Default)]
struct Outcome {
    latency: Latencies,
    failed: u64,
}

/// Calls for a time, as a new user; what came of it, as JSON: how many `requests` there were, how many `failed`, how many a second
/// (`rate`), and the quantiles `p50` and `p99` in milliseconds.
pub async fn call(running_app: &RunningApp, time: Duration) -> Result<Value, Error> {
    let token = sign_up(running_app)?;
    let start = Instant::now();
    let clients: Vec<_> = (0..running_app.clients)
        .map(|_| tokio::spawn(OneClient::new(&running_app.url, &token).call_until(start + time)))
        .collect();
    let mut all = Outcome::default();
    for client in clients {
        let one = client.await.map_err(|error| Error::Load(error.to_string()))?;
        all.latency.add(&one.latency);
        all.failed += one.failed;
    }
    let requests = all.latency.count();
    let milliseconds = |share| all.latency.quantile(share) as f64 / 1000.0;
    Ok(json!({
        "requests": requests,
        "failed": all.failed,
        "rate": requests as f64 / start.elapsed().as_secs_f64(),
        "p50": milliseconds(0.5),
        "p99": milliseconds(0.99),
    }))
}

/// The token of a new account.
fn sign_up(running_app: &RunningApp) -> Result<String, Error> {
    let nobody = Caller::new(&running_app.url, Default::default(), None);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let unique = format!("{}-{}", std::process::id(), now.as_nanos());
    let account = json!({
        "name": "Load",
        "email": format!("load-{unique}@example.com"),
        "password": format!("a password of {unique}"),
        "timeZone": "Europe/Berlin",
    });
    let failed =
        |error: &dyn std::fmt::Display| Error::Load(format!("signing up at {}: {error}", running_app.url));
    let signed_up = nobody
        .request("POST", "/api/auth/sign-up/email")
        .header("origin", &running_app.origin)
        .json(&account)
        .try_send()
        .map_err(|error| failed(&error))?;
    let cookie = signed_up.headers.iter().find(|(name, _)| name == "set-cookie");
    let cookie = cookie.and_then(|(_, value)| value.split(';').next()).unwrap_or_default();
    let token = nobody.request("GET", "/api/auth/token").header("cookie", cookie).try_send();
    let token = token.map_err(|error| failed(&error))?;
    let token: Value = serde_json::from_str(&token.body).unwrap_or_default();
    let token = token.get("token").and_then(Value::as_str).map(str::to_owned);
    token.ok_or_else(|| failed(&format!("{} {}", signed_up.status, signed_up.body)))
}

struct OneClient {
    // Sends once more what met a connection that the other side had closed, as such clients do.
    http: Client<HttpConnector, Full<Bytes>>,
    url: String,
    token: String,
    outcome: Outcome,
}

impl OneClient {
    fn new(url: &str, token: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let http = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(1).build(connector);
        Self { http, url: url.to_owned(), token: token.to_owned(), outcome: Outcome::default() }
    }

    async fn call_until(mut self, end: Instant) -> Outcome {
        let list = requests::list(&self.token, 5);
        let add = requests::add(&self.token);
        let list_over_mcp = requests::list_over_mcp(&self.token, 20);
        while Instant::now() < end {
            self.count(&list).await;
            let added: Option<Value> =
                self.count(&add).await.and_then(|body| serde_json::from_slice(&body).ok());
            if let Some(id) = added.as_ref().and_then(|task| task.get("id")?.as_str()) {
                self.count(&requests::complete(&self.token, id)).await;
            }
            self.count(&list_over_mcp).await;
        }
        self.outcome
    }

    /// Sends one request; the answer's body, if it is what was asked for.
    async fn count(&mut self, load_request: &LoadRequest) -> Option<Bytes> {
        let start = Instant::now();
        let answer = tokio::time::timeout(REQUEST_TIMEOUT, self.send(load_request)).await;
        self.outcome.latency.record(start.elapsed());
        let why = match answer {
            Ok(Ok((status, body)))
                if status == load_request.status
                    && memmem::find(&body, load_request.holds.as_bytes()).is_some() =>
            {
                return Some(body);
            }
            Ok(Ok((status, body))) => format!("{status} {}", String::from_utf8_lossy(&body)),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {REQUEST_TIMEOUT:?}"),
        };
        self.outcome.failed += 1;
        if self.outcome.failed <= MAX_REPORTED {
            eprintln!("{} {}: {why}", load_request.method, load_request.path);
        }
        tokio::time::sleep(RETRY_INTERVAL).await;
        None
    }

    async fn send(&self, load_request: &LoadRequest) -> Result<(u16, Bytes), Error> {
        let mut request =
            Request::builder().method(load_request.method).uri(format!("{}{}", self.url, load_request.path));
        for (name, value) in &load_request.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::from(load_request.body.clone()))).map_err(error_chain)?;
        let response = self.http.request(request).await.map_err(error_chain)?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().collect().await.map_err(error_chain)?.to_bytes()))
    }
}

/// hyper's errors say what failed, and their causes why.
fn error_chain(error: impl std::error::Error) -> Error {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    Error::Load(text)
}

#[cfg(test)]
mod tests;
