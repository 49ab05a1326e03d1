//! MCP clients.

use std::ffi::OsString;

use harness::App;

use crate::script::{node, python, succeeds};

fn token(scope: &str) -> String {
    App::shared().user_with(scope, 900).token.unwrap()
}

fn url() -> String {
    format!("{}/mcp", App::shared().url)
}

/// Runs a script that takes an address and a token which allows everything.
#[track_caller]
fn works_with(interpreter: OsString, script: &str) {
    succeeds(interpreter, script, &["--url", &url(), "--token", &token(harness::EVERY_SCOPE)]);
}

#[test]
fn the_official_python_client_does_all_there_is_to_do_in_both_eras() {
    let (all, reading) = (token(harness::EVERY_SCOPE), token("tasks:read"));
    let arguments = ["--url", &url(), "--token", &all, "--read-only-token", &reading];
    succeeds(python(), "mcp/official_python_client.py", &arguments);
}

#[test]
fn the_official_python_client_signs_a_person_in_with_nothing_but_the_address() {
    for name in App::shared().names() {
        succeeds(python(), "mcp/official_python_sign_in.py", &["--url", &format!("{name}/mcp")]);
    }
}

#[test]
fn the_official_typescript_sdks_sign_a_person_in_with_nothing_but_the_address() {
    for name in App::shared().names() {
        succeeds(node(), "mcp/official_typescript_sign_in.mjs", &["--url", &format!("{name}/mcp")]);
    }
}

#[test]
fn the_official_typescript_client_does_all_there_is_to_do_in_both_eras() {
    works_with(node(), "mcp/official_typescript_client.mjs");
}

#[test]
fn the_official_typescript_sdk_of_the_line_before_does_all_there_is_to_do() {
    works_with(node(), "mcp/official_typescript_sdk_v1.mjs");
}

#[test]
fn an_agent_of_the_openai_sdk_adds_lists_and_deletes_once_it_confirms() {
    works_with(python(), "mcp/openai_agents.py");
}

#[test]
fn the_command_line_of_the_inspector_lists_calls_reads_and_verifies_skills_in_both_eras() {
    works_with(node(), "mcp/inspector_cli.mjs");
}
