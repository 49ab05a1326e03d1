//! The chat endpoint, through the real host and a real database: with a language model that plays scripts, so that every
//! way in which a provider answers or fails is seen, and with the built-in one.

mod bad_input;
mod builtin;
mod cancel;
mod chat_fixture;
mod completions;
mod confirmation;
mod consent;
mod conversations;
mod cuts;
mod died;
mod fallback;
mod injection;
mod listening;
mod memory;
mod once;
mod plans;
mod provider;
mod quotas;
mod responses;
mod resume;
mod scripted_app;
mod scripted_model;
mod streaming;
mod undo;
