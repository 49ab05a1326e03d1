//! The operator's documents as what they are typed from: their commands, where each is run, and what stands in for the places
//! they name.

mod command;
mod left_out;
mod places;
mod plan;

pub use command::{Command, commands, file_written_by, settings_in};
pub use left_out::{LEFT_OUT, LeftOut, left_out};
pub use places::{Places, Row};
pub use plan::{PLANS, Part, Plan, Run, runbooks};

/// The documents whose every command is accounted for, the runbooks beside them.
pub const DOCUMENTS: [&str; 5] = [
    "docs/deploy.md",
    "docs/local-kubernetes.md",
    "docs/backup-and-restore.md",
    "docs/rollback.md",
    "docs/disaster-recovery.md",
];
