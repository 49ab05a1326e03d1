//! MCP clients.

use harness::App;

use crate::script::{node, python, succeeds};

fn token(scope: &str) -> String {
    App::shared().user_with(scope, 900).token.unwrap()
}

fn url() -> String {
    format!("{}/mcp", App::shared().url)
}

#[test]
fn the_official_python_client_lists_and_calls_every_tool_in_both_eras() {
    let (all, reading) = (token(harness::EVERY_SCOPE), token("tasks:read"));
    let arguments = ["--url", &url(), "--token", &all, "--read-only-token", &reading];
    succeeds(python(), "mcp/official_python_client.py", &arguments);
}

#[test]
fn the_official_typescript_client_lists_and_calls_every_tool_in_both_eras() {
    let arguments = ["--url", &url(), "--token", &token(harness::EVERY_SCOPE)];
    succeeds(node(), "mcp/official_typescript_client.mjs", &arguments);
}
