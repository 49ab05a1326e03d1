//! Which parts of which documents are run, one after the other.

use super::{Command, commands};

/// A document, or some of its sections.
#[derive(Debug, Clone)]
pub struct Part {
    /// Path of the document.
    pub document: String,
    /// Headings of the sections; none for all of it.
    pub sections: &'static [&'static str],
}

impl Part {
    /// Its commands.
    pub fn commands(&self) -> Vec<Command> {
        let mut commands = commands(&self.document);
        if !self.sections.is_empty() {
            for section in self.sections {
                assert!(
                    commands.iter().any(|command| command.section == *section),
                    "{}: no commands under {section:?}",
                    self.document
                );
            }
            commands.retain(|command| self.sections.contains(&command.section.as_str()));
        }
        commands
    }
}

/// What an operator does from the first to the last command.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// For names of tests.
    pub name: &'static str,
    /// What it proves, for the names of its steps.
    pub runs: &'static [Run],
    /// What the documents' `mode: spinkube` is replaced by.
    pub mode: &'static str,
}

/// A step.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Sections of a document; none for all of it.
    Document(&'static str, &'static [&'static str]),
    /// Every runbook.
    Runbooks,
}

impl Run {
    /// The documents of this step.
    pub fn parts(self) -> Vec<Part> {
        match self {
            Self::Document(document, sections) => vec![Part { document: document.to_owned(), sections }],
            Self::Runbooks => {
                runbooks().into_iter().map(|document| Part { document, sections: &[] }).collect()
            }
        }
    }
}

/// The whole way by Helm. Runbooks and docs/rollback.md go back to the release before, so they come while that is another version of the
/// app, and not an app that is stopped.
const BY_HELM: &[Run] = &[
    Run::Document(
        "docs/deploy.md",
        &[
            "1. The artifact",
            "2. The cluster",
            "3. The database",
            "4. Secrets",
            "5a. Helm",
            "6. Verify",
            "7. Upgrade, scale, stop, uninstall",
        ],
    ),
    Run::Runbooks,
    Run::Document("docs/backup-and-restore.md", &["Setting up"]),
    Run::Document("docs/rollback.md", &[]),
    Run::Document("docs/backup-and-restore.md", &["To a moment", "From a dump"]),
    Run::Document("docs/disaster-recovery.md", &[]),
    Run::Document("docs/deploy.md", &["Scale", "Stop", "Uninstall"]),
];

/// The way without the chart.
const BY_PLUGIN: &[Run] =
    &[Run::Document("docs/deploy.md", &["1. The artifact", "3. The database", "5b. `spin kube`"])];

/// What is run on the cluster of the tests; each plan has a database server of its own.
pub const PLANS: [Plan; 4] = [
    Plan { name: "runtime-image", runs: BY_HELM, mode: "mode: runtime-image" },
    Plan { name: "spinkube", runs: BY_HELM, mode: "mode: spinkube" },
    Plan { name: "spin kube", runs: BY_PLUGIN, mode: "mode: spinkube" },
    Plan { name: "local", runs: &[Run::Document("docs/local-kubernetes.md", &[])], mode: "mode: spinkube" },
];

/// Paths of the runbooks, their introduction first.
pub fn runbooks() -> Vec<String> {
    let folder = "docs/runbooks";
    let entries = std::fs::read_dir(crate::repository().join(folder)).unwrap();
    let mut pages: Vec<String> =
        entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy())).collect();
    // Capitals come before small letters: README.md is the first.
    pages.sort();
    pages
}
