//! Links that are sent by mail: each is good once and for a time, and is stored as a hash.

use uuid::Uuid;

use crate::auth_error::AuthError;
use crate::session;
use crate::user::User;

/// How many links of a user for one purpose can be followed at a time: mail may arrive late.
pub const MAX_LINKS: i32 = 5;

const HOUR_SECONDS: i32 = 60 * 60;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To show that the user reads mail to their address.
    VerifyEmail,
    /// To agree, by mail to the address until now, that it changes.
    ConfirmChangeEmail,
    /// To show that the user reads mail to a new address, which it then becomes.
    ChangeEmail,
    /// To set a password without knowing the one before.
    ResetPassword,
    /// To delete the user.
    DeleteUser,
}

impl Purpose {
    const ALL: [Self; 5] = [
        Self::VerifyEmail,
        Self::ConfirmChangeEmail,
        Self::ChangeEmail,
        Self::ResetPassword,
        Self::DeleteUser,
    ];

    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify-email",
            Self::ConfirmChangeEmail => "confirm-change-email",
            Self::ChangeEmail => "change-email",
            Self::ResetPassword => "reset-password",
            Self::DeleteUser => "delete-user",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    /// For how long a link is good, in seconds: as in Better Auth.
    pub const fn lifetime_seconds(self) -> i32 {
        match self {
            Self::DeleteUser => 24 * HOUR_SECONDS,
            _ => HOUR_SECONDS,
        }
    }
}

/// A link about to be stored.
#[derive(Debug)]
pub struct NewLink {
    /// What for.
    pub purpose: Purpose,
    /// Whose it is; nil where there is no such user, so that the same work is done.
    pub user_id: Uuid,
    /// The address that it is about.
    pub email: String,
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
}

impl NewLink {
    /// A link about an address, and its token, which is told in the mail and nowhere else.
    ///
    /// # Errors
    /// 500 when there is no randomness.
    pub fn new(purpose: Purpose, user: Option<&User>, email: &str) -> Result<(Self, String), AuthError> {
        let token = session::new_token()?;
        let user_id = user.map_or_else(Uuid::nil, |user| user.id);
        let link = Self {
            purpose,
            user_id,
            email: email.to_owned(),
            token_hash: session_cookie::token_hash(&token),
        };
        Ok((link, token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_purpose_leads_back_to_it() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_name(purpose.name()), Some(purpose));
        }
        assert_eq!(Purpose::from_name("sign-in"), None);
    }

    #[test]
    fn what_is_stored_of_a_link_does_not_let_anybody_follow_it() {
        let (link, token) = NewLink::new(Purpose::ResetPassword, None, "ann@example.org").unwrap();
        assert_eq!(link.token_hash, session_cookie::token_hash(&token));
        assert_ne!(link.token_hash, token.as_bytes());
        assert_eq!(link.user_id, Uuid::nil());
    }
}
