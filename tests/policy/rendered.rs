//! Every environment, in every mode, as the chart renders it.

use std::path::{Path, PathBuf};

use harness::programs::{command, printed};
use harness::repository;

use crate::rego::{Rules, refusals};

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];
/// Every way of running the app.
pub const MODES: [&str; 3] = ["runtime-image", "runtime-class", "spinkube"];
const CHART: &str = "charts/todo-chatbot";

/// Renders a release of an environment into a file of the folder: with the digests of what was pushed, and the key it was signed
/// with.
pub fn render(folder: &Path, environment: &str, mode: &str) -> PathBuf {
    let digest = |name: &str, digit: &str| format!("{name}.digest=sha256:{}", digit.repeat(64));
    let release = [digest("image", "1"), digest("artifact", "2")];
    render_with(folder, environment, mode, &["--set", &release[0], "--set", &release[1]])
}

/// Renders an environment with more of Helm's arguments.
pub fn render_with(folder: &Path, environment: &str, mode: &str, more: &[&str]) -> PathBuf {
    let rendered = printed(
        command("helm")
            .args(["template", "todo", CHART, "--namespace", &format!("todo-{environment}")])
            .args(["--values", &format!("{CHART}/values-{environment}.yaml")])
            .args(["--set", &format!("mode={mode}")])
            .args(["--set", "artifact.verifyKey=-----BEGIN PUBLIC KEY-----"])
            .args(more),
    );
    let file = folder.join(format!("{environment}-{mode}-rendered.yaml"));
    std::fs::write(&file, rendered).unwrap();
    file
}

/// The namespace an environment is applied to.
pub fn namespace(environment: &str) -> PathBuf {
    repository().join(format!("deploy/namespaces/{environment}/namespace.yaml"))
}

#[test]
fn every_environment_keeps_to_the_rules_in_every_mode() {
    let folder = tempfile::tempdir().unwrap();
    for environment in ENVIRONMENTS {
        for mode in MODES {
            let file = render(folder.path(), environment, mode);
            let found = refusals(Rules::Environment, &[&file, &namespace(environment)]);
            assert!(found.is_empty(), "{environment}, {mode}:\n{found:#?}");
        }
    }
}

#[test]
fn no_values_file_holds_a_secret() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(repository().join(CHART))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    assert!(files.len() > ENVIRONMENTS.len());
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    assert_eq!(refusals(Rules::Values, &files), []);
}
