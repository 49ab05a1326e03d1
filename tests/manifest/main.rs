//! The workspace, spin.toml, wit/ and the tests agree with each other, and the house rules hold.

mod capabilities;
mod components;
mod consent;
mod documented;
mod host_crates;
mod house_rules;
mod on_spin;
mod schema;
mod spin_toml;
mod tools;
mod words;
