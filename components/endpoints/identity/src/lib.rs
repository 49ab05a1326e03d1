//! Sign-up, sign-in, sessions and tokens: the part of Better Auth's HTTP API that its clients need for accounts with
//! an e-mail address and a password.
//!
//! A session lives in PostgreSQL and is named by a signed cookie, which only this component reads. Every other endpoint
//! takes a short-lived access token, which a session is exchanged for at `/api/auth/token`.

mod accounts;
mod answer;
mod answer_time;
mod attempts;
mod audit;
mod auth_error;
mod behind_proxy;
mod breached_password;
mod change_email;
mod change_password;
mod client;
mod confirm_password;
mod cookies;
mod delete_user;
mod email;
mod email_verification;
mod error_page;
mod events;
mod get_session;
mod hash_slots;
mod input;
mod links;
mod mail;
mod mail_limit;
mod origin;
mod password_hash;
mod password_memory;
mod password_patterns;
mod password_reset;
mod password_rules;
mod personal_tokens;
mod profile;
mod redirect;
pub mod routes;
mod session;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod sign_up;
mod signature;
mod site;
mod store;
mod token;
mod two_factor;
mod update_user;
mod user;
mod verify_password;
mod weak_password;

/// Answers one request for `/api/auth/*`.
pub async fn handle(request: endpoint::Request) -> endpoint::Response {
    endpoint::serve(request, async |context, request| Ok(routes::answer(context, request).await)).await
}

/// The export, which only a component can have: natively this crate is a library with tests.
#[cfg(target_family = "wasm")]
mod component {
    #[spin_sdk::http_service]
    async fn handle(request: endpoint::Request) -> endpoint::Response {
        guest_log::start(env!("CARGO_PKG_NAME"));
        super::handle(request).await
    }
}
