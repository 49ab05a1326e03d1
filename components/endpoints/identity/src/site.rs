//! The app as the sender of a request reaches it.

use audit_events::AuditTrail;
use endpoint::{Context, Origin};
use http::HeaderMap;

use crate::auth_error::AuthError;
use crate::behind_proxy;
use crate::client::Client;
use crate::mail::Delivery;
use crate::settings::{self, MailSetting, Settings};

/// The app as the sender of a request reaches it.
pub struct Site {
    /// Issuer and audience of tokens, and the origin of the page.
    pub origin: Origin,
    /// What the operator decides.
    pub settings: &'static Settings,
    /// Whom the request is about, as far as it is known.
    pub trail: AuditTrail,
}

impl Site {
    /// The one that a request is for.
    ///
    /// # Errors
    /// 403 when the request calls the app by a name that it was not told of; 503 when a variable can't be used.
    pub async fn from_request(context: &Context, headers: &HeaderMap) -> Result<Self, AuthError> {
        let settings = settings::settings().await?;
        let site = Self {
            origin: endpoint::own_origin(context, headers).await?,
            settings,
            trail: AuditTrail::default(),
        };
        behind_proxy::warn_once(&site);
        Ok(site)
    }

    /// What becomes of mail here. Kept and shown it is only where nobody else is meant to reach the app.
    pub fn mail(&self) -> Delivery {
        match self.settings.mail {
            MailSetting::Http => Delivery::Sent,
            MailSetting::Local if self.is_local() => Delivery::Local,
            MailSetting::Local | MailSetting::Off => Delivery::Off,
        }
    }

    /// Whether a client is whoever runs the app on their own machine for themselves: it calls it by a name that this machine alone has, from a
    /// program on it, and through no proxy.
    pub fn is_run_for(&self, client: &Client) -> bool {
        self.is_local() && client.is_on_this_machine()
    }

    /// Whether the app was called by a name of the machine it runs on, and stands behind no proxy: nobody else is meant to reach it.
    fn is_local(&self) -> bool {
        self.origin.is_loopback() && self.settings.client_address_header.is_none()
    }

    /// Whether people have to show that they read mail to their address before they sign in. Then signing up does not tell whether
    /// an address is taken.
    pub fn confirms_addresses(&self) -> bool {
        self.mail() == Delivery::Sent
    }

    /// The URL of a path of the app.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether pages of this origin may sign people in, and people be sent there: the app's own, and those in `cors_origins`.
    /// Compared whole.
    pub fn trusts(&self, origin: &str) -> bool {
        self.trusted_origins().any(|trusted| trusted == origin)
    }

    /// The origins that it trusts.
    pub fn trusted_origins(&self) -> impl Iterator<Item = &str> {
        let others = self.settings.cors_origins.iter().map(String::as_str);
        std::iter::once(self.origin.as_str()).chain(others)
    }
}

/// A site for tests, whose operator trusts `https://app.example` as well.
#[cfg(test)]
pub fn example(origin: &str) -> Site {
    Site {
        origin: Origin::new(origin).unwrap(),
        settings: Box::leak(Box::new(settings::example())),
        trail: AuditTrail::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(origin: &str, mail: MailSetting, is_behind_a_proxy: bool) -> Site {
        let mut settings = settings::example();
        settings.mail = mail;
        settings.client_address_header = is_behind_a_proxy.then(|| "x-forwarded-for".parse().unwrap());
        Site { settings: Box::leak(Box::new(settings)), ..example(origin) }
    }

    #[test]
    fn mail_is_shown_only_where_nobody_else_reaches_the_app() {
        let (here, elsewhere) = ("http://localhost:3000", "https://todo.example");
        for (origin, mail, is_behind_a_proxy, delivery) in [
            (here, MailSetting::Local, false, Delivery::Local),
            (here, MailSetting::Local, true, Delivery::Off),
            (elsewhere, MailSetting::Local, false, Delivery::Off),
            (here, MailSetting::Off, false, Delivery::Off),
            (here, MailSetting::Http, false, Delivery::Sent),
            (elsewhere, MailSetting::Http, true, Delivery::Sent),
        ] {
            assert_eq!(site(origin, mail, is_behind_a_proxy).mail(), delivery, "{origin} {mail:?}");
        }
    }

    #[test]
    fn only_a_program_on_the_same_machine_is_who_runs_the_app() {
        let from = |address: &str| Client { address: address.parse().ok(), user_agent: None };
        for origin in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
                assert!(example(origin).is_run_for(&from(address)), "{origin} {address}");
            }
            assert!(!example(origin).is_run_for(&from("203.0.113.7")), "{origin}");
            assert!(!example(origin).is_run_for(&Client::default()), "{origin}");
        }
        assert!(!example("https://todo.example").is_run_for(&from("127.0.0.1")));
        assert!(!site("http://localhost:3000", MailSetting::Local, true).is_run_for(&from("127.0.0.1")));
    }
}
