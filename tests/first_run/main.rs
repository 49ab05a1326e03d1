//! What someone new meets: the commands of README.md, the first and the last lines of `cargo up`, and `scripts/doctor`.

mod checkout;
mod doctor;
mod launcher;
mod readme;
mod search_path;
mod terminal;
