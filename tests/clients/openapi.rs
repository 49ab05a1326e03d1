//! Schemathesis reads the API document and tries what it allows and what it forbids.

use std::process::Command;

use harness::{App, Options, by_depth};

/// How many cases it makes up for an operation, in each of its phases.
fn examples() -> String {
    by_depth(20, 200).to_string()
}

#[test]
fn what_the_document_allows_is_taken_and_what_it_forbids_is_refused() {
    let app = App::start(Options::default().without_quotas()).unwrap();
    let token = app.user_with(harness::EVERY_SCOPE, 900).token.unwrap();
    let program = std::env::var_os("SCHEMATHESIS").unwrap_or_else(|| "schemathesis".into());
    // It keeps files where it runs.
    let folder = tempfile::tempdir().unwrap();
    let settings = harness::repository().join("tests/openapi");
    let output = Command::new(program)
        .arg("--config-file")
        .arg(settings.join("schemathesis.toml"))
        .args(["run", &format!("{}/api/openapi.json", app.url)])
        .args(["--header", &format!("Authorization: Bearer {token}"), "--max-examples", &examples()])
        .env("PYTHONPATH", settings)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("NO_COLOR", "1")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(tried(&said) > 1000, "it tried next to nothing:\n{said}");
}

/// How many cases it says it has generated: `4890 generated, 4890 passed, 38 skipped`.
fn tried(said: &str) -> u32 {
    let line = said.lines().find(|line| line.contains(" generated, ")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
