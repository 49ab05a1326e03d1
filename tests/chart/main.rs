//! The chart, as Helm renders it: for every environment, in every mode. `cargo xtask test chart` installs the programs.

mod canary;
mod checksum;
mod documented;
mod domains;
mod environments;
mod golden;
mod images;
mod migration;
mod network;
mod operator;
mod pods;
mod render;
mod schema;
mod score;
mod secrets;
mod spinkube;
