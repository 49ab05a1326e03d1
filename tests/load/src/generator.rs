//! The load: so many connections, each sending its next request when the last is answered.

use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::TokioIo;
use memchr::memmem;
use tokio::net::TcpStream;

use crate::Error;
use crate::latencies::Latencies;

/// What is sent again and again.
#[derive(Debug, Clone)]
pub struct LoadRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty for GET.
    pub body: String,
    /// The status that an answer must have.
    pub status: u16,
    /// What an answer's body must hold.
    pub holds: &'static str,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Answers.
    pub requests: u64,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// From sending to the whole answer.
    pub latency: Latencies,
}

impl Outcome {
    /// Adds what came of another time of the same.
    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.elapsed += other.elapsed;
        self.latency.add(&other.latency);
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency below which this share of answers stayed, in microseconds.
    pub fn quantile(&self, share: f64) -> u64 {
        self.latency.quantile(share)
    }
}

/// Fires for a time over so many connections, spread evenly over the addresses of one side.
pub async fn send_load(
    addresses: &[String],
    load_request: &LoadRequest,
    connections: usize,
    time: Duration,
) -> Result<Outcome, Error> {
    let start = Instant::now();
    let end = start + time;
    let mut tasks = Vec::new();
    for address in addresses.iter().cycle().take(connections) {
        let (address, load_request) = (address.clone(), load_request.clone());
        tasks.push(tokio::spawn(async move { one_connection(&address, &load_request, end).await }));
    }
    let mut latency = Latencies::default();
    for task in tasks {
        latency.add(&task.await.map_err(load)??);
    }
    Ok(Outcome { requests: latency.count(), elapsed: start.elapsed(), latency })
}

async fn one_connection(address: &str, load_request: &LoadRequest, end: Instant) -> Result<Latencies, Error> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(load)?;
    tokio::spawn(connection);
    let mut latency = Latencies::default();
    while Instant::now() < end {
        let start = Instant::now();
        send(&mut sender, address, load_request).await?;
        latency.record(start.elapsed());
    }
    Ok(latency)
}

async fn send(
    sender: &mut SendRequest<Full<Bytes>>,
    address: &str,
    load_request: &LoadRequest,
) -> Result<(), Error> {
    let mut request =
        Request::builder().method(load_request.method).uri(&load_request.path).header("host", address);
    for (name, value) in &load_request.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(Bytes::from(load_request.body.clone()))).map_err(load)?;
    sender.ready().await.map_err(load)?;
    let response: Response<Incoming> = sender.send_request(request).await.map_err(load)?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.map_err(load)?.to_bytes();
    if status == load_request.status && memmem::find(&body, load_request.holds.as_bytes()).is_some() {
        return Ok(());
    }
    Err(Error::Load(format!(
        "{} {}: {status} {}",
        load_request.method,
        load_request.path,
        String::from_utf8_lossy(&body)
    )))
}

fn load(error: impl ToString) -> Error {
    Error::Load(error.to_string())
}
