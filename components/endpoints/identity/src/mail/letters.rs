//! What letters say.
//!
//! They hold nothing that a stranger may have written, such as a name: whoever signs up with another's address would have it sent
//! to them.

use super::Letter;
use crate::site::Site;

fn letter(recipient: &str, subject: &str, paragraphs: &[&str]) -> Letter {
    Letter {
        recipient: recipient.to_owned(),
        subject: subject.to_owned(),
        text: format!("{}\n", paragraphs.join("\n\n")),
    }
}

/// With the link to confirm an address.
pub fn verification(site: &Site, recipient: &str, url: &str) -> Letter {
    letter(
        recipient,
        "Confirm your e-mail address",
        &[
            &format!(
                "This address was given for an account at {}. If that was you, confirm it here:",
                site.origin
            ),
            url,
            "The link is good once, for an hour. If it was not you, do nothing: nobody can sign in with your address.",
        ],
    )
}

/// With the link to set a password.
pub fn password_reset(site: &Site, recipient: &str, url: &str) -> Letter {
    letter(
        recipient,
        "Set a new password",
        &[
            &format!(
                "Somebody asked for a new password for your account at {}. If that was you, set it here:",
                site.origin
            ),
            url,
            "The link is good once, for an hour. It ends every session of the account. If it was not you, do nothing: your password \
             stays as it is.",
        ],
    )
}

/// To the owner of an address with which somebody tried to sign up.
pub fn taken_address(site: &Site, recipient: &str) -> Letter {
    letter(
        recipient,
        "You have an account already",
        &[
            &format!(
                "Somebody tried to make an account at {} with your address, for which there is one.",
                site.origin
            ),
            "If that was you, sign in; if the password is forgotten, choose \"Forgotten your password?\" there:",
            site.origin.as_str(),
            "If it was not you, do nothing.",
        ],
    )
}

/// To the address until now, with the link to agree to another one.
pub fn change_confirmation(site: &Site, recipient: &str, new_address: &str, url: &str) -> Letter {
    letter(
        recipient,
        "Your account gets another e-mail address",
        &[
            &format!(
                "Somebody who is signed in to your account at {} wants it to have the address {new_address}. If that was you, agree here; then \
                 a link is sent to the new address:",
                site.origin
            ),
            url,
            "The link is good once, for an hour. If it was not you, change your password: somebody knows it.",
        ],
    )
}

/// To a new address, with the link to confirm it.
pub fn new_address(site: &Site, recipient: &str, url: &str) -> Letter {
    letter(
        recipient,
        "Confirm your new e-mail address",
        &[
            &format!(
                "This address is to be the one of an account at {}. If that was you, confirm it here:",
                site.origin
            ),
            url,
            "The link is good once, for an hour. If it was not you, do nothing.",
        ],
    )
}

/// With the link to delete the account.
pub fn deletion(site: &Site, recipient: &str, url: &str) -> Letter {
    letter(
        recipient,
        "Delete your account",
        &[
            &format!(
                "Somebody who is signed in to your account at {} wants to delete it, with all tasks and conversations. This can't be undone. \
                 If that was you, open this in the browser in which you are signed in:",
                site.origin
            ),
            url,
            "The link is good once, for a day. If it was not you, change your password: somebody knows it.",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site;

    #[test]
    fn a_letter_names_the_app_and_has_its_link_on_a_line_of_its_own() {
        let site = site::example("https://todo.example");
        let url = "https://todo.example/api/auth/verify-email?token=t";
        for letter in [
            verification(&site, "ann@example.org", url),
            password_reset(&site, "ann@example.org", url),
            change_confirmation(&site, "ann@example.org", "new@example.org", url),
            new_address(&site, "ann@example.org", url),
            deletion(&site, "ann@example.org", url),
        ] {
            assert!(letter.text.lines().any(|line| line == url), "{}", letter.text);
            assert!(letter.text.contains("https://todo.example"), "{}", letter.text);
            assert!(!letter.subject.contains('\n') && letter.subject.len() < 100);
        }
        assert!(!taken_address(&site, "ann@example.org").text.contains("token"));
    }
}
