//! Signing in with a second factor, by the paths of Better Auth's plugin `two-factor`: codes of an authenticator app (TOTP, RFC 6238), and
//! recovery codes for who has lost it.
//!
//! Who knows the password of an account that asks for a code gets a challenge: a cookie that is good for ten minutes and a few codes, and
//! opens nothing. A right code makes it a session. A browser can be trusted, and is then asked for no code for a month.

mod challenge;
mod checked;
mod qr_code;
mod recovery_codes;
mod seal;
mod settings;
mod totp;
mod verify;

pub use challenge::{begin, find_trust};
pub use settings::{disable, enable, generate_backup_codes, get_totp_uri};
pub use verify::{verify_backup_code, verify_totp};

/// For how long a challenge is good, in seconds.
const CHALLENGE_LIFETIME_SECONDS: i32 = 10 * 60;
/// For how long a browser is trusted since it was used last, in seconds: 30 days.
const TRUST_LIFETIME_SECONDS: i32 = 30 * 24 * 60 * 60;
/// How many codes one challenge may be answered with.
const MAX_CODES_PER_CHALLENGE: i32 = 5;
/// How many challenges of a person wait at a time.
const MAX_CHALLENGES: i32 = 10;
/// How many browsers of a person are trusted at a time.
const MAX_TRUSTED_DEVICES: i32 = 20;

/// How wrong codes of one account are slowed down, wherever they come from: whoever sends them knows the password.
#[derive(Debug, Clone, Copy)]
pub struct CodeLimits {
    /// How many wrong ones cost nothing.
    pub free: i32,
    /// The wait after those, in seconds; each further one doubles it.
    pub first_wait_seconds: i32,
    /// The longest wait, in seconds.
    pub max_wait_seconds: i32,
}

/// Two or three of a million codes are right at a time. With these, a year of guessing finds one in less than one of a hundred accounts, and an
/// owner whose password is known to others gets in by a recovery code all the while.
pub const CODE_LIMITS: CodeLimits =
    CodeLimits { free: 10, first_wait_seconds: 15 * 60, max_wait_seconds: 24 * 60 * 60 };

/// What a token in a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenPurpose {
    /// The password was right; a code has to follow.
    Challenge,
    /// The browser is asked for no code.
    Device,
}

impl TokenPurpose {
    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Challenge => "challenge",
            Self::Device => "device",
        }
    }

    /// For how long a token is good, in seconds.
    pub const fn lifetime_seconds(self) -> i32 {
        match self {
            Self::Challenge => CHALLENGE_LIFETIME_SECONDS,
            Self::Device => TRUST_LIFETIME_SECONDS,
        }
    }

    /// How many of them a person may have.
    pub const fn max_count(self) -> i32 {
        match self {
            Self::Challenge => MAX_CHALLENGES,
            Self::Device => MAX_TRUSTED_DEVICES,
        }
    }
}
