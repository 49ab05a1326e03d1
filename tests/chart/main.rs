//! The chart, as Helm renders it: for every environment, in every mode. `cargo xtask test chart` installs the programs.

mod canary;
mod checksum;
mod cloudnativepg;
mod documented;
mod domains;
mod environments;
mod golden_renders;
mod hardening;
mod images;
mod migration;
mod network;
#[path = "../operator/rules/mod.rs"]
mod operator;
mod pods;
mod refused_values;
mod render;
mod rollout;
mod schema;
mod score;
mod secrets;
mod spinkube;
mod stopped;
mod webhooks;
