//! What the app holds after many requests.

use std::time::Duration;

use harness::App;

use crate::Error;
use crate::process;

const REQUESTS: u32 = 10_000;

/// Memory of the app's process in MiB.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// How many requests it answered first.
    pub requests: u32,
    /// Its resident set after them, in MiB.
    pub resident: f64,
}

/// Sends requests to every endpoint until there were enough, lets the instances go idle, and looks.
pub async fn after_many_requests(app: &App) -> Result<Memory, Error> {
    let alice = app.user();
    let mut sent = 0;
    while sent < REQUESTS {
        for path in ["/api/v1/tasks", "/api/v1/overview", "/", "/api/openapi.json"] {
            alice.get(path);
        }
        alice.call_tool("list_tasks", &serde_json::json!({}));
        sent += 5;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(Memory { requests: sent, resident: process::memory(app.pid()) })
}
