//! kube-score finds nothing critical.

use std::io::Write;
use std::process::Stdio;

use harness::programs::{command, everything};

use crate::render::{each, render};

#[test]
fn no_environment_has_anything_critical() {
    let variants = [
        ("dev-cloudnativepg", render("dev", &["database.mode=cloudnativepg"])),
        ("prod-argo-rollouts", render("prod", &["canary.mode=argo-rollouts"])),
        ("prod-pinned", render("prod", &[&format!("image.digest=sha256:{}", "4".repeat(64))])),
    ];
    let variants = variants.into_iter().map(|(name, rendered)| (name.to_owned(), rendered));
    for (name, rendered) in each().chain(variants) {
        let mut scoring = command("kube-score");
        scoring.args(["score", "--output-format", "ci", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = scoring.spawn().unwrap_or_else(|error| panic!("{scoring:?}: {error}"));
        child.stdin.take().unwrap().write_all(rendered.text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = everything(&output);
        assert!(said.contains("[OK]"), "{name}: {said}");
        let critical: Vec<&str> = said.lines().filter(|line| line.starts_with("[CRITICAL]")).collect();
        assert!(output.status.success() && critical.is_empty(), "{name}:\n{}", critical.join("\n"));
    }
}
