//! How attempts to sign in are slowed down.
//!
//! Failures are counted per account and per client address, whether there is such an account or not. Some are free;
//! after them each further one doubles the wait, up to a limit that is short enough that nobody can lock
//! somebody else out of their account for long.

use crate::client::Client;
use crate::settings::Settings;
use crate::signature;

/// Failures of one account that cost nothing.
pub const FREE_PER_ACCOUNT: i32 = 5;
/// Failures from one address that cost nothing: many people may share it.
pub const FREE_PER_ADDRESS: i32 = 50;
/// The longest wait, in seconds.
pub const LONGEST_WAIT_SECONDS: i32 = 300;
/// Failures are forgotten when there was no attempt for this long, in seconds.
pub const FORGOTTEN_AFTER_SECONDS: i32 = 3600;

/// What an attempt is counted under. Keyed hashes: the table tells neither addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// For the account.
    pub account: Vec<u8>,
    /// For the client's address, when it is known.
    pub address: Option<Vec<u8>>,
}

impl Keys {
    /// The keys for an attempt to sign in with this e-mail address.
    pub fn of(settings: &Settings, email: &str, client: &Client) -> Self {
        Self {
            account: signature::key_for(settings, "sign-in account", email),
            address: client
                .network()
                .map(|network| signature::key_for(settings, "sign-in address", &network)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    #[test]
    fn keys_tell_accounts_and_addresses_apart() {
        let settings = settings::example();
        let client = Client { address: Some("203.0.113.7".parse().unwrap()), user_agent: None };
        let ann = Keys::of(&settings, "ann@example.org", &client);
        let bob = Keys::of(&settings, "bob@example.org", &Client::default());
        assert_ne!(ann.account, bob.account);
        assert_eq!(ann.address.as_ref().map(Vec::len), Some(32));
        assert_eq!(bob.address, None);
        assert_ne!(Keys::of(&settings, "203.0.113.7", &client).account, ann.address.unwrap());
    }
}
