//! A user and their JSON form.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id, the subject of their access tokens.
    pub id: Uuid,
    /// In lower case.
    pub email: String,
    /// Whether they showed that they read mail to that address.
    pub email_verified: bool,
    /// What they want to be called.
    pub name: String,
    /// Where a picture of them is.
    pub image: Option<String>,
    /// The IANA time zone in which they mean their days.
    pub time_zone: Option<String>,
    /// Whether they sign in with a second factor.
    pub two_factor_enabled: bool,
    /// When they signed up, in microseconds since 1970-01-01T00:00:00Z.
    pub created_at: i64,
    /// When something of this changed last, in the same unit.
    pub updated_at: i64,
}

impl User {
    /// Better Auth's form, with the field of its plugin for a second factor, and the time zone as an additional one.
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "email": self.email,
            "emailVerified": self.email_verified,
            "image": self.image,
            "createdAt": instant(self.created_at),
            "updatedAt": instant(self.updated_at),
            "timeZone": self.time_zone,
            "twoFactorEnabled": self.two_factor_enabled,
        })
    }
}

/// Microseconds since 1970-01-01T00:00:00Z as JavaScript writes an instant: `2026-11-22T18:00:00.000Z`.
pub fn instant(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds)
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%S.%3fZ")
        .to_string()
}

/// A user for tests.
#[cfg(test)]
pub fn example() -> User {
    User {
        id: "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11".parse().unwrap(),
        email: "ann@example.org".to_owned(),
        email_verified: false,
        name: "Ann".to_owned(),
        image: None,
        time_zone: Some("Europe/Berlin".to_owned()),
        two_factor_enabled: false,
        created_at: 1_795_000_000_123_456,
        updated_at: 1_795_000_000_123_456,
    }
}

#[cfg(test)]
mod tests {
    use super::{example, instant};

    #[test]
    fn the_json_form_is_better_auths() {
        assert_eq!(
            example().to_json(),
            serde_json::json!({
                "id": "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11",
                "name": "Ann",
                "email": "ann@example.org",
                "emailVerified": false,
                "image": null,
                "createdAt": "2026-11-18T11:06:40.123Z",
                "updatedAt": "2026-11-18T11:06:40.123Z",
                "timeZone": "Europe/Berlin",
                "twoFactorEnabled": false,
            })
        );
        assert_eq!(instant(0), "1970-01-01T00:00:00.000Z");
    }
}
