//! Accounts: what bad input gets, under which names the app may be called, what is stored of people, and who may read it. Good
//! use is proven with the official client (`official_client.mjs`).

mod bad_input;
mod names;
mod rotation;
mod stored;
