//! Every shell script passes shellcheck.

use harness::repository;

use crate::programs::{command, printed, run, text};

#[test]
fn every_script_passes_shellcheck() {
    let tracked =
        printed(std::process::Command::new("git").current_dir(repository()).args(["ls-files", "-z"]));
    let scripts: Vec<&str> = tracked
        .split_terminator('\0')
        .filter(|path| path.ends_with(".sh") || *path == ".ci/run")
        .filter(|path| repository().join(path).is_file())
        .collect();
    assert!(scripts.len() > 1);
    let output = run(command("shellcheck").args(["--external-sources", "--severity=style"]).args(&scripts));
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn every_script_stops_at_the_first_mistake_and_may_be_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let tracked =
        printed(std::process::Command::new("git").current_dir(repository()).args(["ls-files", "-z"]));
    for path in
        tracked.split_terminator('\0').filter(|path| path.starts_with("deploy/") && path.ends_with(".sh"))
    {
        let file = repository().join(path);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.lines().any(|line| line == "set -euo pipefail"), "{path} goes on after a mistake");
        assert!(file.metadata().unwrap().permissions().mode() & 0o111 != 0, "{path} is not executable");
    }
}
