//! Who a token is shown to.

use web_origin::Origin;

use crate::{Audience, Claims};

/// Who a token is shown to: the app that issued it, or a part of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient<'a> {
    issuer: &'a str,
    resource: Option<&'a str>,
}

impl<'a> Recipient<'a> {
    /// The app at this origin, which issues its own tokens.
    #[must_use]
    pub fn app(origin: &'a Origin) -> Self {
        Self { issuer: origin.as_str(), resource: None }
    }

    /// A part of the app that has tokens of its own (RFC 8707, section 2), such as `https://todo.example/mcp`. A token for the
    /// app as a whole is good for each of its parts; one for another part is not.
    #[must_use]
    pub fn part(origin: &'a Origin, resource: &'a str) -> Self {
        Self { issuer: origin.as_str(), resource: Some(resource) }
    }

    /// Whether the app issued the token.
    pub(crate) fn issued(&self, claims: &Claims) -> bool {
        claims.iss == self.issuer
    }

    /// Whether the token is for it.
    pub(crate) fn is_meant(&self, claims: &Claims) -> bool {
        self.is_in(&claims.aud)
    }

    /// Whether it is one of those that are meant.
    pub(crate) fn is_in(&self, audience: &Audience) -> bool {
        audience.includes(self.issuer) || self.resource.is_some_and(|resource| audience.includes(resource))
    }
}
