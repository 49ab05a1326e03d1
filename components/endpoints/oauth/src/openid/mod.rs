//! Programs that want to know who somebody is (OpenID Connect Core): the token that says so, where to ask for more, and how to end
//! the session.

mod claims;
mod end_session;
mod id_token;
mod userinfo;

pub use claims::{CLAIMS, User};
pub use end_session::{confirm as confirm_end_of_session, page as end_session};
pub use id_token::id_token;
pub use userinfo::userinfo;

#[cfg(test)]
pub use claims::example;

use crate::scope;

/// Whether these scopes let a program know who somebody is.
pub fn is_asked(scope: &str) -> bool {
    scope.split(' ').any(|name| name == scope::OPENID)
}
