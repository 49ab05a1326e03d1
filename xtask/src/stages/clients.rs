//! The product as others' programs meet it: official clients, the conformance suite, a browser.

use std::path::PathBuf;

use super::{fixture, named};
use crate::count::Count;
use crate::prerequisites;
use crate::run::{self, Error};

/// The oldest Node.js that the official clients run on.
const NODE_OF_CLIENTS: u32 = 22;

/// The oldest Node.js that the conformance suite runs on.
const NODE_OF_CONFORMANCE: u32 = 22;

/// Official MCP and authentication clients.
pub fn clients() -> Result<Count, Error> {
    prerequisites::postgres()?;
    let python: PathBuf = prerequisites::python("tests/mcp/requirements.txt")?;
    let node = prerequisites::node_js(NODE_OF_CLIENTS)?;
    prerequisites::node_packages("tests/mcp")?;
    prerequisites::node_packages("tests/auth")?;
    let mut command = named("clients");
    command.env("PYTHON", python).env("NODE", node);
    run::counted(command)
}

/// The official MCP conformance suite.
pub fn conformance() -> Result<Count, Error> {
    prerequisites::postgres()?;
    let node = prerequisites::node_js(NODE_OF_CONFORMANCE)?;
    prerequisites::node_packages("tests/conformance")?;
    let mut count = fixture("mcp-conformance")?;
    let mut command = named("conformance");
    command.env("NODE", node);
    count += run::counted(command)?;
    Ok(count)
}

/// A person's way through the page.
pub fn browser() -> Result<Count, Error> {
    prerequisites::postgres()?;
    prerequisites::browser()?;
    run::counted(named("browser"))
}
