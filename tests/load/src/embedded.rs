//! The app on the server that it starts itself, beside the app on a PostgreSQL server of this machine: the same programs,
//! both flushing to disk, so that they should be level.

use std::time::Duration;

use harness::{App, Database, Options};
use scratch_postgres::ScratchPostgres;
use serde_json::json;

use crate::generator::{Outcome, send_load};
use crate::requests::{self, NamedRequest};
use crate::{BenchOptions, Error};

/// How many connections send at once.
const CONNECTIONS: [usize; 2] = [8, 64];
/// Open tasks of the user whose page is listed.
const TASKS: u32 = 100;

/// An app under load.
struct Side {
    app: App,
    load_requests: Vec<NamedRequest>,
}

/// Fires at both in turns and prints how many requests a second each answers.
pub async fn compare(bench_options: &BenchOptions) -> Result<(), Error> {
    let server = ScratchPostgres::start_with(&["fsync=on"])?;
    server.create_database("todo")?;
    let own = Side::start(Database::Embedded)?;
    let other = Side::start(Database::At(server.url("todo")))?;
    println!("| | connections | embedded /s | p99 | server /s | p99 | **ratio** |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (one, two) in own.load_requests.iter().zip(&other.load_requests) {
        for connections in CONNECTIONS {
            let mut outcomes = [Outcome::default(), Outcome::default()];
            for _ in 0..bench_options.rounds {
                for (outcome, (side, named)) in outcomes.iter_mut().zip([(&own, one), (&other, two)]) {
                    let address = [side.app.url.trim_start_matches("http://").to_owned()];
                    let time = Duration::from_secs(bench_options.seconds);
                    outcome.add(&send_load(&address, &named.load_request, connections, time).await?);
                }
            }
            let [embedded, server] = outcomes;
            println!(
                "| {} | {connections} | {:.0} | {:.1} ms | {:.0} | {:.1} ms | **{:.2}** |",
                one.name,
                embedded.rate(),
                milliseconds(&embedded),
                server.rate(),
                milliseconds(&server),
                embedded.rate() / server.rate(),
            );
        }
    }
    Ok(())
}

fn milliseconds(outcome: &Outcome) -> f64 {
    outcome.quantile(0.99) as f64 / 1000.0
}

impl Side {
    fn start(database: Database) -> Result<Self, Error> {
        let variables = [
            ("mcp_calls_per_minute", "1000000"),
            ("rest_calls_per_minute", "1000000"),
            ("max_tasks_per_user", "0"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let app = App::start(Options { database, variables, ..Options::default() })?;
        let alice = app.user();
        for number in 0..TASKS {
            alice.post("/api/v1/tasks", &json!({ "title": format!("Task {number}") })).expect(201);
        }
        let load_requests = requests::everyday(alice.token.as_deref().unwrap_or_default());
        Ok(Self { app, load_requests })
    }
}
