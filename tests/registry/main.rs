//! The app as an artifact, in a real registry (docker-registry): pushed, checked, and run from there.

mod access;
mod cold_start;
mod content;
mod cosign;
mod foreign;
mod packages;
mod program;
mod reproducible;
mod run_from_there;
mod server;
mod spins_rules;
mod token_server;
mod trust;
mod wkg;
