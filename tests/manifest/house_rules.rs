//! Small files with honest names.

use harness::tracked_files;

const MAX_LINES: usize = 400;
/// Tables and data, which grow by rows.
const TABLES: [&str; 0] = [];

fn sources() -> Vec<(String, String)> {
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(harness::repository().join(&path)).ok()?;
        Some((path.to_string_lossy().into_owned(), text))
    };
    tracked_files().into_iter().filter_map(read).collect()
}

fn is_code(path: &str) -> bool {
    [".rs", ".js", ".mjs", ".ts", ".py", ".sh", ".sql", ".css"].iter().any(|ending| path.ends_with(ending))
}

#[test]
fn no_source_file_is_longer_than_a_person_reads_at_once() {
    let too_long: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| is_code(path) && !TABLES.contains(&path.as_str()))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(too_long.is_empty(), "over {MAX_LINES} lines:\n{}", too_long.join("\n"));
}

#[test]
fn no_file_or_folder_is_named_for_nothing() {
    for path in tracked_files() {
        for part in path.iter().filter_map(|part| part.to_str()) {
            let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
            assert!(
                !["util", "utils", "common", "helper", "helpers", "misc"].contains(&stem.as_str()),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn nothing_is_left_undone_in_the_code() {
    for (path, text) in
        sources().into_iter().filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("house_rules.rs"))
    {
        for mark in ["todo!(", "unimplemented!(", "FIXME", "#[ignore]"] {
            assert!(!text.contains(mark), "{path} contains {mark}");
        }
    }
}

#[test]
fn components_write_log_lines_in_one_form() {
    // Build scripts tell cargo by what they print.
    let is_component =
        |path: &str| path.starts_with("components/") && path.ends_with(".rs") && !path.ends_with("/build.rs");
    for (path, text) in sources().into_iter().filter(|(path, _)| is_component(path)) {
        for mark in ["eprint!(", "eprintln!(", " print!(", " println!("] {
            let is_the_log = path.starts_with("components/crates/guest-log/");
            assert!(is_the_log || !text.contains(mark), "{path} prints by {mark}…): use the macros of `log`");
        }
        // Without it there are no lines.
        let is_export = text.contains("#[spin_sdk::http_service]");
        assert!(!is_export || text.contains("guest_log::start("), "{path} does not start the log");
    }
}

/// A target folder may serve several checkouts, and a program that was built in another one names its folder.
#[test]
fn programs_ask_where_the_checkout_is_when_they_run() {
    let name = concat!("env!(\"CARGO_", "MANIFEST_DIR\")");
    for (path, text) in sources().into_iter().filter(|(path, _)| path.ends_with(".rs")) {
        for line in text.lines().filter(|line| line.contains(name)) {
            let is_read_now = line.contains("include_str!(");
            let is_fallback = line.contains("unwrap_or_else(");
            assert!(is_read_now || is_fallback, "{path}: read the variable when the program runs: {line}");
        }
    }
}

#[test]
fn every_migration_can_be_undone() {
    let files = tracked_files();
    for up in files.iter().filter(|path| path.to_string_lossy().ends_with(".up.sql")) {
        let down = up.to_string_lossy().replace(".up.sql", ".down.sql");
        assert!(files.iter().any(|path| path.to_string_lossy() == down), "{down} is missing");
    }
}

#[test]
fn the_python_sdk_is_measured_in_the_version_whose_client_is_tested() {
    let pinned = |folder: &str| {
        let path = harness::repository().join(folder).join("requirements.txt");
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().find(|line| line.starts_with("mcp==")).map(str::to_owned)
    };
    assert!(pinned("tests/mcp").is_some());
    assert_eq!(pinned("tests/mcp"), pinned("tests/load/reference-python"));
}

#[test]
fn the_methods_of_mcp_know_nothing_of_http() {
    let inner =
        ["message", "methods", "server"].map(|part| format!("components/crates/mcp-protocol/src/{part}/"));
    let mut files = 0;
    for (path, text) in
        sources().into_iter().filter(|(path, _)| inner.iter().any(|part| path.starts_with(part)))
    {
        files += 1;
        for name in ["use http", "http::", "StatusCode", "HeaderMap"] {
            assert!(!text.contains(name), "{path} has {name}");
        }
    }
    assert!(files > 20, "{files}");
}
