//! The product as others' programs meet it: official clients, the conformance suite, a browser.

use super::{Depth, test_program};
use crate::count::Count;
use crate::prerequisites;
use crate::run::{self, Error};

/// The oldest Node.js that the official clients and the conformance suite run on.
const OLDEST_NODE: u32 = 22;

/// The Python packages of the official MCP clients.
const PYTHON_CLIENTS: &str = "tests/mcp/requirements.txt";

/// Installs the official MCP and authentication clients.
pub fn prepare_clients(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::python(PYTHON_CLIENTS)?;
    prerequisites::node_js(OLDEST_NODE)?;
    prerequisites::node_packages("tests/mcp")?;
    prerequisites::node_packages("tests/auth")
}

/// Official MCP and authentication clients.
pub fn clients(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("clients", depth)?;
    command
        .env("PYTHON", prerequisites::python(PYTHON_CLIENTS)?)
        .env("NODE", prerequisites::node_js(OLDEST_NODE)?);
    run::counted(command)
}

/// Installs the official MCP conformance suite.
pub fn prepare_conformance(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::node_js(OLDEST_NODE)?;
    prerequisites::node_packages("tests/conformance")
}

/// The official MCP conformance suite.
pub fn conformance(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("conformance", depth)?;
    command.env("NODE", prerequisites::node_js(OLDEST_NODE)?);
    run::counted(command)
}

/// Installs a browser.
pub fn prepare_browser(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::browser()
}

/// A person's way through the page.
pub fn browser(depth: Depth) -> Result<Count, Error> {
    run::counted(test_program("browser", depth)?)
}
