//! An authenticator app on somebody's telephone: what it does, another library does here than in the product.

use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// An authenticator that has read an `otpauth` address.
#[derive(Debug, Clone)]
pub struct Authenticator {
    secret: Vec<u8>,
}

impl Authenticator {
    /// Reads the address, or panics: a test fails.
    #[must_use]
    pub fn read(uri: &str) -> Self {
        let secret = uri.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).unwrap_or_default();
        let secret = secret.chars().fold((Vec::new(), 0_u32, 0_u32), |(mut bytes, held, count), letter| {
            let Some(value) = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter) else {
                panic!("no base32 (RFC 4648): {uri}")
            };
            let (held, count) = (held << 5 | u32::try_from(value).unwrap_or_default(), count + 5);
            if count >= 8 {
                bytes.push(u8::try_from(held >> (count - 8) & 0xFF).unwrap_or_default());
                (bytes, held & ((1 << (count - 8)) - 1), count - 8)
            } else {
                (bytes, held, count)
            }
        });
        assert_eq!(secret.0.len(), 20, "{uri}");
        Self { secret: secret.0 }
    }

    /// The code that it shows so many half minutes from now (RFC 6238).
    #[must_use]
    pub fn code(&self, steps: i64) -> String {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let step = (seconds / 30).saturating_add_signed(steps);
        let Ok(mac) = Hmac::<Sha1>::new_from_slice(&self.secret) else { return String::new() };
        let hash = mac.chain_update(step.to_be_bytes()).finalize().into_bytes();
        let offset = usize::from(hash[19] & 0xF);
        let number =
            u32::from_be_bytes([hash[offset] & 0x7F, hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
        format!("{:06}", number % 1_000_000)
    }

    /// Six digits that are no code of now, whatever time passes meanwhile.
    #[must_use]
    pub fn wrong_code(&self) -> String {
        let near: Vec<String> = (-3..=3).map(|steps| self.code(steps)).collect();
        (0..10).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap_or_default()
    }
}
