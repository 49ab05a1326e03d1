//! Accounts: what bad input gets, what is stored of people, and who may read it. Good use is proven with the official
//! client (`official_client.mjs`).

mod bad_input;
mod rotation;
mod stored;
