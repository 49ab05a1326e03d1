//! Whether an app behind a proxy was told where the proxy names its clients.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::site::Site;

/// Says once in the life of an instance that the setting is missing where it is likely to be needed: TLS is mostly
/// a proxy's work.
pub fn warn_once(site: &Site) {
    static IS_SAID: AtomicBool = AtomicBool::new(false);
    if is_missing(site) && !IS_SAID.swap(true, Ordering::Relaxed) {
        log::warn!(
            "The variable client_address_header is empty. If a proxy stands in front of the app, set it to the header in \
             which the proxy puts the client's address and which it overwrites; until then all people share one limit of \
             attempts to sign in and to sign up."
        );
    }
}

fn is_missing(site: &Site) -> bool {
    site.origin.is_https() && site.settings.client_address_header.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings, site};

    #[test]
    fn the_header_is_missed_where_the_app_is_reached_over_tls() {
        assert!(is_missing(&site::example("https://todo.example")));
        assert!(!is_missing(&site::example("http://localhost:3000")));
        let mut settings = settings::example();
        settings.client_address_header = Some("x-forwarded-for".parse().unwrap());
        let told = Site { settings: Box::leak(Box::new(settings)), ..site::example("https://todo.example") };
        assert!(!is_missing(&told));
    }
}
