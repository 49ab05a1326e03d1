//! Mail to people: what it says, and what becomes of it.
//!
//! It goes out after the answer, so that the time an answer takes does not tell whether there was anybody to write to.

mod deliver;
mod letters;
mod local_page;

pub use letters::{change_confirmation, deletion, new_address, password_reset, taken_address, verification};
pub use local_page::local_page;

use endpoint::Context;

use crate::signature;
use crate::site::Site;

/// What becomes of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// There is none.
    Off,
    /// It is shown to whoever runs the app for themselves: in the log, and on a page.
    Local,
    /// A service sends it.
    Sent,
}

/// A mail of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is for.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Sends a letter once the request is answered. What becomes of it, the log tells.
pub fn send(context: &Context, site: &Site, letter: Letter) {
    let request_id = context.request_id.clone();
    match site.mail() {
        Delivery::Off => {}
        Delivery::Local => {
            let page = local_page_url(site);
            spin_sdk::wasip3::spawn(async move { deliver::keep(&request_id, &page, &letter).await });
        }
        Delivery::Sent => {
            spin_sdk::wasip3::spawn(async move { deliver::send(&request_id, letter).await });
        }
    }
}

/// Where the mail of a local run is shown. The key in it keeps other users of the same machine out: only the log tells it.
fn local_page_url(site: &Site) -> String {
    site.url(&format!("/api/auth/local-mail?key={}", local_page_key(site)))
}

fn local_page_key(site: &Site) -> String {
    use base64::Engine as _;
    let key = signature::key_for(site.settings, "page of local mail", "");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(key)
}
