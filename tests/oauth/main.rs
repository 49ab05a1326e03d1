//! Programs that people let act for them: a program that knows nothing but the app's address gets tokens once a person said yes, and
//! whoever tries to get them in another way does not. Official clients do the same in `tests/clients`.

mod bad_tokens;
mod client_documents;
mod codes;
mod consent;
mod devices;
mod flow;
mod hostile_requests;
mod key_rotation;
mod metadata;
mod openid;
mod person;
mod program;
mod programs;
mod refresh_tokens;
mod registration;
mod services;
mod signing_keys;
mod token_requests;
mod tokens;
