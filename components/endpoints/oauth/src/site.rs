//! The app as the sender of a request reaches it.

use audit_events::AuditTrail;
use endpoint::{Context, Origin, Problem};
use http::HeaderMap;

use crate::settings::{self, Settings};

/// The app as the sender of a request reaches it.
pub struct Site {
    /// The issuer (RFC 8414, section 2), and the origin of every address that is given out.
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
    pub async fn from_request(context: &Context, headers: &HeaderMap) -> Result<Self, Problem> {
        let settings = settings::settings().await?;
        Ok(Self {
            origin: endpoint::own_origin(context, headers).await?,
            settings,
            trail: AuditTrail::default(),
        })
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// A site for tests.
#[cfg(test)]
pub fn example(origin: &str) -> Site {
    Site {
        origin: Origin::new(origin).unwrap(),
        settings: Box::leak(Box::new(settings::example())),
        trail: AuditTrail::default(),
    }
}
