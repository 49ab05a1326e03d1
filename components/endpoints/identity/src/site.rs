//! The app as the sender of a request reaches it.

use endpoint::{Context, Origin};
use http::HeaderMap;

use crate::behind_proxy;
use crate::refusal::Refusal;
use crate::settings::{self, Settings};

/// The app as the sender of a request reaches it.
pub struct Site {
    /// Issuer and audience of tokens, and the origin of the page.
    pub origin: Origin,
    /// What the operator decides.
    pub settings: &'static Settings,
}

impl Site {
    /// The one that a request is for.
    ///
    /// # Errors
    /// 403 when the request calls the app by a name that it was not told of; 503 when a variable can't be used.
    pub async fn from_request(context: &Context, headers: &HeaderMap) -> Result<Self, Refusal> {
        let settings = settings::settings().await?;
        let site = Self { origin: endpoint::own_origin(context, headers).await?, settings };
        behind_proxy::warn_once(&site);
        Ok(site)
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
    Site { origin: Origin::new(origin).unwrap(), settings: Box::leak(Box::new(settings::example())) }
}
