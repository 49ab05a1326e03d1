//! Every environment, in every mode, as the chart renders it.

use std::path::{Path, PathBuf};

use harness::repository;

use crate::programs::{command, printed};
use crate::rego::{Rules, refusals};

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];
const MODES: [&str; 3] = ["runtime-image", "runtime-class", "spinkube"];
const CHART: &str = "charts/todo-chatbot";

/// Renders an environment into a file of the folder.
pub fn render(folder: &Path, environment: &str, mode: &str) -> PathBuf {
    let rendered = printed(
        command("helm")
            .args(["template", "todo", CHART, "--namespace", &format!("todo-{environment}")])
            .args([
                "--values",
                &format!("{CHART}/values-{environment}.yaml"),
                "--set",
                &format!("mode={mode}"),
            ])
            // What a release fills in: the digests of what it pushed, and the key it signed with.
            .args(["--set", &format!("image.digest=sha256:{}", "1".repeat(64))])
            .args(["--set", &format!("artifact.digest=sha256:{}", "2".repeat(64))])
            .args(["--set", "artifact.verifyKey=generated"]),
    );
    let file = folder.join(format!("{environment}-{mode}.yaml"));
    std::fs::write(&file, rendered).unwrap();
    file
}

/// The namespace an environment is applied to.
pub fn namespace(environment: &str) -> PathBuf {
    repository().join(format!("deploy/namespaces/{environment}.yaml"))
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
