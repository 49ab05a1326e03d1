//! The MCP endpoint: what bad input gets, and what a client learns before it has a token. Good use is proven with official
//! clients (`official_python_client.py`, `official_typescript_client.mjs`).

mod authorization;
mod bad_input;
mod confirmation;
mod documents;
mod listening_streams;
mod portability;
mod quick_add;
mod recurrence;
mod size;
