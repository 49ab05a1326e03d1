//! The users of another issuer.

use uuid::Uuid;

/// The id here of a subject of an issuer: a UUID version 5 (RFC 9562, section 5.5) of the subject, in a namespace that is one of the
/// issuer's name. Two issuers have no user in common, and none has a user of the app's own, whatever they call them.
#[must_use]
pub fn user_id(issuer: &str, subject: &str) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, issuer.as_bytes());
    Uuid::new_v5(&namespace, subject.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::user_id;

    #[test]
    fn an_id_is_what_other_programs_make_of_issuer_and_subject() {
        // python3 -c 'from uuid import *; print(uuid5(uuid5(NAMESPACE_URL, "https://id.example"), "ann"))'
        assert_eq!(user_id("https://id.example", "ann").to_string(), "cd553784-a998-537d-b105-55e3ff8e6359");
        assert_ne!(user_id("https://id.example", "ann"), user_id("https://id.example/", "ann"));
        let own = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";
        assert_ne!(user_id("https://id.example", own).to_string(), own, "nobody becomes a user of the app");
    }
}
