//! The same load on both sides, in turns.

use std::time::Duration;

use serde_json::{Value, json};

use crate::generator::{Outcome, Shot, fire};
use crate::process::processor_time;
use crate::sides::Sides;
use crate::{Effort, Error};

/// How many connections send at once.
const CONNECTIONS: [usize; 2] = [8, 64];

/// What one side did in all rounds of one shot.
#[derive(Debug, Clone)]
pub struct Side {
    /// Answers a second.
    pub rate: f64,
    /// Median latency in microseconds.
    pub p50: u64,
    /// The latency that one in a hundred exceeds, in microseconds.
    pub p99: u64,
    /// Processor time of the side's process per answer, in microseconds.
    pub processor: f64,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Row {
    /// What was sent.
    pub name: &'static str,
    /// Over how many connections.
    pub connections: usize,
    /// The app of components.
    pub app: Side,
    /// The native reference.
    pub reference: Side,
}

impl Row {
    /// How much of the reference's rate the app reaches.
    pub fn ratio(&self) -> f64 {
        self.app.rate / self.reference.rate
    }
}

struct Sum {
    outcome: Option<Outcome>,
    processor: Duration,
}

/// Fires every shot at both sides in turns.
pub async fn run(sides: &Sides, effort: Effort) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for (name, shot) in shots(sides.alice.token.as_deref().unwrap_or_default()) {
        for connections in CONNECTIONS {
            let (mut app, mut reference) = (Sum::new(), Sum::new());
            warm(sides, &shot, connections).await?;
            for round in 0..effort.rounds {
                eprintln!("{name}, {connections} connections, round {}/{}", round + 1, effort.rounds);
                let time = Duration::from_secs(effort.seconds);
                app.add(&sides.app_address, sides.app.pid(), &shot, connections, time).await?;
                reference
                    .add(&sides.reference_address, sides.reference_pid, &shot, connections, time)
                    .await?;
            }
            rows.push(Row { name, connections, app: app.side()?, reference: reference.side()? });
        }
    }
    Ok(rows)
}

async fn warm(sides: &Sides, shot: &Shot, connections: usize) -> Result<(), Error> {
    for address in [&sides.app_address, &sides.reference_address] {
        fire(address, shot, connections, Duration::from_millis(500)).await?;
    }
    Ok(())
}

impl Sum {
    fn new() -> Self {
        Self { outcome: None, processor: Duration::ZERO }
    }

    async fn add(
        &mut self,
        address: &str,
        pid: u32,
        shot: &Shot,
        connections: usize,
        time: Duration,
    ) -> Result<(), Error> {
        let before = processor_time(pid);
        let outcome = fire(address, shot, connections, time).await?;
        self.processor += processor_time(pid).saturating_sub(before);
        self.outcome = Some(match self.outcome.take() {
            None => outcome,
            Some(mut sum) => {
                sum.requests += outcome.requests;
                sum.elapsed += outcome.elapsed;
                sum.latency.add(outcome.latency).map_err(|error| Error::Load(error.to_string()))?;
                sum
            }
        });
        Ok(())
    }

    fn side(&self) -> Result<Side, Error> {
        let outcome = self.outcome.as_ref().ok_or(Error::Usage)?;
        Ok(Side {
            rate: outcome.rate(),
            p50: outcome.quantile(0.5),
            p99: outcome.quantile(0.99),
            processor: self.processor.as_secs_f64() * 1e6 / outcome.requests as f64,
        })
    }
}

fn shots(token: &str) -> [(&'static str, Shot); 3] {
    let headers = |more: &[(&'static str, &str)]| {
        let mut headers = vec![("authorization", format!("Bearer {token}"))];
        headers.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        headers
    };
    let json = ("content-type", "application/json");
    let list = Shot {
        method: "GET",
        path: "/api/v1/tasks?limit=20".to_owned(),
        headers: headers(&[]),
        body: String::new(),
        status: 200,
    };
    let add = Shot {
        method: "POST",
        path: "/api/v1/tasks".to_owned(),
        headers: headers(&[json]),
        body: json!({ "title": "Buy milk", "notes": "the one in the blue carton", "labels": ["shopping"] })
            .to_string(),
        status: 201,
    };
    let call = Shot {
        method: "POST",
        path: "/mcp".to_owned(),
        headers: headers(&[
            json,
            ("accept", "application/json, text/event-stream"),
            ("mcp-protocol-version", "2026-07-28"),
            ("mcp-method", "tools/call"),
            ("mcp-name", "list_tasks"),
        ]),
        body: mcp_call().to_string(),
        status: 200,
    };
    [("GET a page of 20 tasks", list), ("POST a task", add), ("MCP tools/call list_tasks", call)]
}

fn mcp_call() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
        "name": "list_tasks",
        "arguments": { "limit": 20 },
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "load", "version": "1.0.0" },
            "io.modelcontextprotocol/clientCapabilities": {},
        },
    } })
}
