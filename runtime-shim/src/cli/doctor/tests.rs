use super::*;
use clap::Parser;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    doctor: Doctor,
}

const MANIFEST: &str = r#"
spin_manifest_version = 2
[application]
name = "app"
[variables]
host = { default = "" }
[component.a]
source = "a.wasm"
[component.a.build]
command = "cargo build --target no-such-target -p a"
[[trigger.http]]
route = "/..."
component = "a"
"#;

const SETTINGS: &str = r#"
[database]
name = "app"
migrations = "migrations"
variables = { host = "host" }
"#;

async fn look(arguments: &[&str], settings: &str) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("spin.toml"), MANIFEST).unwrap();
    std::fs::write(folder.path().join("runtime-shim.toml"), settings).unwrap();
    let from = folder.path().to_str().unwrap();
    let line = ["doctor", "-f", from].into_iter().chain(arguments.iter().copied());
    Line::try_parse_from(line).unwrap_or_else(|error| panic!("{error}")).doctor.findings().await
}

fn answer<'a>(findings: &'a [Finding], what: &str) -> &'a Answer {
    &findings.iter().find(|found| found.what == what).unwrap_or_else(|| panic!("{what}: {findings:?}")).answer
}

fn is_missing(answer: &Answer, remedy: &str) -> bool {
    matches!(answer, Answer::Missing(text) if text.contains(remedy))
}

#[tokio::test]
async fn each_thing_gets_its_line() {
    let findings = look(&["--listen", "127.0.0.1:0"], SETTINGS).await;
    for what in ["manifest", "rust", "c compiler", "port", "data folder", "cache folder", "postgresql"] {
        assert!(matches!(answer(&findings, what), Answer::Ok(_)), "{what}: {findings:?}");
    }
    // What `up` gets by itself is no failure.
    assert!(matches!(answer(&findings, "sources"), Answer::Later(text) if text.contains("1 to build: a")));
    let target = answer(&findings, "no-such-target");
    assert!(matches!(target, Answer::Later(text) if text.contains("rustup target add no-such-target")));
    assert!(findings.iter().all(|found| found.to_string().lines().count() == 1), "{findings:?}");
}

#[tokio::test]
async fn what_is_missing_comes_with_its_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let url = "postgres://owner:s3cret@127.0.0.1:1/app";
    let findings =
        look(&["--listen", &listen, "--data-dir", "/proc/none", "--database-url", url], SETTINGS).await;
    assert!(is_missing(answer(&findings, "port"), "--listen"));
    assert!(is_missing(answer(&findings, "data folder"), "--data-dir"));
    assert!(is_missing(answer(&findings, "postgresql"), "127.0.0.1:1"));
    assert!(!format!("{findings:?}").contains("s3cret"));
}

#[tokio::test]
async fn settings_for_variables_the_app_lacks_are_told() {
    let findings = look(&[], &SETTINGS.replace("host = \"host\"", "host = \"hots\"")).await;
    assert!(is_missing(answer(&findings, "manifest"), "hots"));
    assert_eq!(findings.iter().filter(|found| found.what == "postgresql").count(), 0);
}
