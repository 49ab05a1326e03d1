//! The list and the add of tasks as one native program: axum and sqlx for REST, rmcp for MCP. It checks the same
//! tokens, runs the same SQL over a pool of the same size, and answers the same JSON. It is what the benchmark
//! compares the app of components with, and nothing else.

mod database;
mod mcp;
mod rest;
mod user;

use std::sync::Arc;

use access_token::{Secret, Verifier};
use axum::Router;
use axum::routing::get;
use sqlx::postgres::PgPoolOptions;
use web_origin::Origin;

/// What a request needs.
#[derive(Clone)]
pub struct State {
    pool: sqlx::PgPool,
    verifier: Arc<Verifier>,
    /// Where it is reached: its tokens are issued there, and for it.
    origin: Arc<Origin>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings: Vec<String> = std::env::args().skip(1).collect();
    if settings == ["--statements"] {
        print!("{}", database::statements());
        return Ok(());
    }
    let [listen, database_url, connections, secret, public_url, tools_file] = settings.as_slice() else {
        return Err(
            "usage: load-reference --statements | LISTEN DATABASE_URL CONNECTIONS SECRET PUBLIC_URL TOOLS_FILE".into()
        );
    };
    let pool = PgPoolOptions::new()
        .max_connections(connections.parse()?)
        // A connection is used as it comes from the pool, without a ping first.
        .test_before_acquire(false)
        .connect(database_url)
        .await?;
    let verifier = Arc::new(Verifier::new([&Secret::new(secret)?]));
    let listed = serde_json::from_slice(&std::fs::read(tools_file)?)?;
    let state = State { pool, verifier, origin: Arc::new(Origin::new(public_url)?) };
    let router = Router::new()
        .route("/livez", get(async || "ok"))
        .route("/api/v1/tasks", get(rest::list).post(rest::add))
        .nest_service("/mcp", mcp::service(state.clone(), listed))
        .with_state(state);
    let listener = tokio::net::TcpListener::bind(listen).await?;
    axum::serve(axum::serve::ListenerExt::tap_io(listener, |stream| drop(stream.set_nodelay(true))), router)
        .await?;
    Ok(())
}
