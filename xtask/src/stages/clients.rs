//! The product as others' programs meet it: official clients, the conformance suite, others' components, a browser.

use super::{Depth, test_program};
use crate::count::Count;
use crate::prerequisites;
use crate::run::{self, Error};

/// The oldest Node.js that the official clients and the conformance suite run on.
const MIN_NODE_VERSION: u32 = 22;

/// The Python packages of the official MCP clients, and OpenAI's client.
const PYTHON_CLIENTS: &str = "tests/mcp/requirements.txt";

/// The Python package with the types of ChatKit's protocol.
const CHATKIT: &str = "tests/chatkit/requirements.txt";

/// The Python packages of what tries the API document.
const SCHEMATHESIS: &str = "tests/openapi/requirements.txt";

/// Installs the official MCP and authentication clients, ChatKit's types, and Schemathesis.
pub fn prepare_clients(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::python(PYTHON_CLIENTS)?;
    prerequisites::python(CHATKIT)?;
    prerequisites::python(SCHEMATHESIS)?;
    prerequisites::node_js(MIN_NODE_VERSION)?;
    prerequisites::node_packages("tests/mcp")?;
    prerequisites::node_packages("tests/auth")
}

/// Official MCP and authentication clients, ChatKit's types, and Schemathesis with the API document.
pub fn clients(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("clients", depth)?;
    command
        .env("PYTHON", prerequisites::python(PYTHON_CLIENTS)?)
        .env("CHATKIT_PYTHON", prerequisites::python(CHATKIT)?)
        .env("SCHEMATHESIS", prerequisites::python(SCHEMATHESIS)?.with_file_name("schemathesis"))
        .env("NODE", prerequisites::node_js(MIN_NODE_VERSION)?);
    run::counted(command)
}

/// Installs the official MCP conformance suite.
pub fn prepare_conformance(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::node_js(MIN_NODE_VERSION)?;
    prerequisites::node_packages("tests/conformance")
}

/// The official MCP conformance suite.
pub fn conformance(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("conformance", depth)?;
    command.env("NODE", prerequisites::node_js(MIN_NODE_VERSION)?);
    run::counted(command)
}

/// What makes a component of Python in docs/extending.md.
const PYTHON_COMPONENTS: &str = "tests/foreign/requirements.txt";

/// Installs what makes components of JavaScript and Python.
pub fn prepare_foreign(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::debian_program("curl", "curl", "curl")?;
    prerequisites::python(PYTHON_COMPONENTS)?;
    prerequisites::node_js(MIN_NODE_VERSION)?;
    prerequisites::node_packages("tests/foreign")
}

/// Components of other people's making, by docs/extending.md. What they are built from names the files that are kept for the next
/// run; the whole depth builds them each time.
pub fn foreign(depth: Depth) -> Result<Count, Error> {
    let mut command = test_program("foreign", depth)?;
    command
        .env("PYTHON", prerequisites::python(PYTHON_COMPONENTS)?)
        .env("NODE", prerequisites::node_js(MIN_NODE_VERSION)?);
    run::counted(command)
}

/// Where the page's scripts are checked and tested by themselves.
const PAGE: &str = "tests/page";

/// Installs a browser, and what checks the types of the page's scripts.
pub fn prepare_browser(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::browser()?;
    prerequisites::node_js(MIN_NODE_VERSION)?;
    prerequisites::node_packages(PAGE)
}

/// The page's scripts by themselves, then a person's way through the page.
pub fn browser(depth: Depth) -> Result<Count, Error> {
    let mut count = page_scripts()?;
    count += run::counted(test_program("browser", depth)?)?;
    Ok(count)
}

/// The types of the page's scripts, and the tests of those that need no browser.
fn page_scripts() -> Result<Count, Error> {
    let node = prerequisites::node_js(MIN_NODE_VERSION)?.to_string_lossy().into_owned();
    let compiler = format!("{PAGE}/node_modules/typescript/bin/tsc");
    let project = format!("{PAGE}/jsconfig.json");
    let mut count = run::counted(run::command(&node, &[&compiler, "--project", &project]))?;
    let tests = format!("{PAGE}/*.test.mjs");
    count += run::counted(run::command(&node, &["--test", "--test-reporter=tap", &tests]))?;
    Ok(count)
}
