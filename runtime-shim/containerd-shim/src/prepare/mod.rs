//! Making an app ready to start on this node, in a process of its own: compiling takes memory that no pod should keep,
//! and what goes wrong in it ends nothing else.

mod order;
mod work;

pub use order::{COMMAND, Order};

use crate::fd_passing::Prepared;
use std::process::{ExitCode, Stdio};
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;

/// Runs this program again with `order` and waits for its answer.
pub async fn in_process_of_its_own(order: &Order) -> Prepared {
    ask(order).await.unwrap_or_else(|e| Err(e.to_string()))
}

async fn ask(order: &Order) -> std::io::Result<Prepared> {
    let mut child = Command::new("/proc/self/exe")
        .args(order.arguments())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut answer = Vec::new();
    if let Some(mut output) = child.stdout.take() {
        output.read_to_end(&mut answer).await?;
    }
    // Not its exit status: the shim collects all children on its own, and may have collected this one.
    drop(child);
    Ok(serde_json::from_slice(&answer)?)
}

/// The other process: carries the order out and answers on standard output.
pub fn answer(arguments: impl Iterator<Item = String>) -> ExitCode {
    let prepared: Prepared = Order::parse(arguments)
        .map_err(|e| e.to_string())
        .and_then(|order| work::carry_out(&order).map_err(|e| e.to_string()));
    match serde_json::to_writer(std::io::stdout(), &prepared) {
        Ok(()) if prepared.is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
