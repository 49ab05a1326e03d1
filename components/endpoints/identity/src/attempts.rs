//! How attempts to sign in and to sign up are slowed down.
//!
//! Wrong passwords are counted under three keys, whether there is such an account or not:
//!
//! - the account as tried from one network, so that guessing is slow and slows down nobody elsewhere;
//! - the network, so that trying many accounts is slow;
//! - the account over all networks, against guesses from many of them. This one is lenient, and does not count where the account
//!   has been signed in to before: its owner gets in there whatever strangers do.
//!
//! Some are free; after them each further one doubles the wait, up to a limit. Where one of the keys has to wait, the
//! attempt is refused and counted nowhere.
//!
//! Mail that is asked for without a password, to set one for example, is counted in the same way under keys of its own: every request
//! counts, since none can be wrong. Sign-ups are counted per network.

use crate::client::Client;
use crate::settings::Settings;
use crate::signature;

/// What is free, and how long the waits get after that.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Attempts for one account from one network that cost nothing.
    pub free_per_account_and_network: i32,
    /// Attempts from one network that cost nothing: many people may share it.
    pub free_per_network: i32,
    /// Attempts for one account from networks unknown to it that cost nothing: far more than its owner makes.
    pub free_per_account: i32,
    /// The longest wait, in seconds.
    pub max_wait_seconds: i32,
    /// The longest wait for the attempts of an account from all networks, in seconds: strangers can bring it about.
    pub max_wait_per_account_seconds: i32,
}

/// Of passwords.
pub const SIGN_IN: Limits = Limits {
    free_per_account_and_network: 5,
    free_per_network: 50,
    free_per_account: 100,
    max_wait_seconds: 300,
    max_wait_per_account_seconds: 60,
};
/// Of mail that is asked for: whoever asks for it on another's behalf fills a mailbox.
pub const MAIL: Limits = Limits {
    free_per_account_and_network: 3,
    free_per_network: 20,
    free_per_account: 10,
    max_wait_seconds: 3600,
    max_wait_per_account_seconds: 300,
};
/// Of mail that whoever runs the app for themselves asks for.
pub const OWN_MAIL: Limits = Limits {
    free_per_account_and_network: i32::MAX,
    free_per_network: i32::MAX,
    free_per_account: i32::MAX,
    ..MAIL
};
/// Failures are forgotten when there was no attempt for this long, in seconds; then their row is deleted.
pub const FORGOTTEN_AFTER_SECONDS: i32 = 3600;
/// How many forgotten rows an attempt deletes at most. Each attempt adds three at most, so the table keeps to what is remembered.
pub const MAX_DELETED_ROWS: i32 = 20;
/// How many networks are remembered from which a user has signed in: the last ones.
pub const MAX_KNOWN_NETWORKS: i32 = 20;

/// What an attempt is counted under. Keyed hashes: the tables tell neither addresses nor networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// For the account as tried from the client's network.
    pub account_and_network: Vec<u8>,
    /// For the client's network.
    pub network: Vec<u8>,
    /// For the account over all networks.
    pub account: Vec<u8>,
}

impl Keys {
    /// The keys for an attempt to sign in with this e-mail address.
    pub fn new(settings: &Settings, email: &str, client: &Client) -> Self {
        Self::with_purpose(settings, "sign-in", email, client)
    }

    /// The keys for mail to this address that this client asks for.
    pub fn for_mail(settings: &Settings, email: &str, client: &Client) -> Self {
        Self::with_purpose(settings, "mail", email, client)
    }

    fn with_purpose(settings: &Settings, purpose: &str, email: &str, client: &Client) -> Self {
        let network = client.network();
        let key = |part: &str, text: &str| signature::key_for(settings, &format!("{purpose} {part}"), text);
        Self {
            // No e-mail address has a line break.
            account_and_network: key("account and network", &format!("{email}\n{network}")),
            network: key("address", &network),
            account: key("account everywhere", email),
        }
    }
}

/// What a network is known under to those who sign in from it.
pub fn network_key(settings: &Settings, client: &Client) -> Vec<u8> {
    signature::key_for(settings, "sign-in address", &client.network())
}

/// What sign-ups from the client's network are counted under.
pub fn sign_up_key(settings: &Settings, client: &Client) -> Vec<u8> {
    signature::key_for(settings, "sign-up network", &client.network())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    fn client(address: &str) -> Client {
        Client { address: Some(address.parse().unwrap()), user_agent: None }
    }

    #[test]
    fn keys_tell_accounts_and_networks_apart() {
        let settings = settings::example();
        let of = |email, address| Keys::new(&settings, email, &client(address));
        let (ann, bob) = (of("ann@example.org", "203.0.113.7"), of("bob@example.org", "203.0.113.7"));
        let elsewhere = of("ann@example.org", "198.51.100.7");
        assert_eq!(ann.network, bob.network);
        assert_ne!(ann.account, bob.account);
        assert_eq!(ann.account, elsewhere.account);
        assert_ne!(ann.network, elsewhere.network);
        assert_ne!(ann.account_and_network, bob.account_and_network);
        assert_ne!(ann.account_and_network, elsewhere.account_and_network);
        assert!([&ann.account, &ann.network, &ann.account_and_network].iter().all(|key| key.len() == 32));
    }

    #[test]
    fn what_is_attempted_is_counted_apart() {
        let settings = settings::example();
        let client = client("203.0.113.7");
        assert_ne!(sign_up_key(&settings, &client), network_key(&settings, &client));
        let sign_in = Keys::new(&settings, "ann@example.org", &client);
        let mail = Keys::for_mail(&settings, "ann@example.org", &client);
        assert_eq!(sign_in.network, network_key(&settings, &client));
        assert_ne!(mail.network, sign_in.network);
        assert_ne!(mail.account, sign_in.account);
        assert_ne!(mail.account_and_network, sign_in.account_and_network);
    }
}
