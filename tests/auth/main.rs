//! Accounts: what bad input gets, under which names the app may be called, what is stored of people, and who may read it; how guessing
//! and signing up are slowed down, and which passwords are refused. Good use is proven with the official client
//! (`official_client.mjs`).

mod bad_input;
mod behind_proxy;
mod lockout;
mod names;
mod rotation;
mod sign_up_limits;
mod stored;
mod visitor;
mod weak_passwords;
