//! Accounts: what bad input gets, under which names the app may be called, what is stored of people, and who may read it; how guessing
//! and signing up are slowed down, and which passwords are refused; what becomes of mail and its links, and what is left of who deletes
//! their account; tokens that people make, and those of another issuer; signing in with a second factor. Good use is proven with the official client (`official_client.mjs`, `account_client.mjs`,
//! `link_client.mjs`).

mod account_links;
mod audit;
mod audit_tampering;
mod bad_input;
mod behind_proxy;
mod erasure;
mod hash_slots;
mod local_mail;
mod lockout;
mod mail;
mod mail_service;
mod names;
mod other_issuer;
mod personal_tokens;
mod rotation;
mod sign_up_limits;
mod stored;
mod two_factor;
mod visitor;
mod weak_passwords;
