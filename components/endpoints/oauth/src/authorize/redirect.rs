//! Sending a person back to the program.

use endpoint::{Response, body};
use http::{HeaderValue, StatusCode, header};

use crate::client::redirect_uri;
use crate::error::OAuthError;
use crate::pages;
use crate::site::Site;

/// Sends the person back with these parameters, the program's `state` and who answers (RFC 9207).
///
/// # Errors
/// When the address can't be written.
pub fn redirect(
    site: &Site,
    redirect_uri: &str,
    state: Option<&str>,
    parameters: &[(&str, &str)],
) -> Result<Response, OAuthError> {
    let address = address(site, redirect_uri, state, parameters)?;
    let location =
        HeaderValue::from_str(&address).map_err(|_| OAuthError::internal("a redirect URI is no header"))?;
    // 303: the browser asks with GET, whatever it sent here.
    let mut response = body::empty(StatusCode::SEE_OTHER);
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// Tells the program why nothing came of its request. A browser goes by itself to the person's own machine alone: for another
/// place anybody could have registered, so the person decides whether to go (RFC 9700, section 4.11.2).
///
/// # Errors
/// As [`redirect`].
pub fn refuse(
    site: &Site,
    uri: &str,
    state: Option<&str>,
    error: &OAuthError,
) -> Result<Response, OAuthError> {
    site.trail.set_refusal(error.code.name());
    let parameters = [("error", error.code.name()), ("error_description", error.description.as_ref())];
    let is_loopback = url::Url::parse(uri).is_ok_and(|url| redirect_uri::is_loopback(&url));
    if is_loopback {
        return redirect(site, uri, state, &parameters);
    }
    let (destination, _) = redirect_uri::destination(uri);
    Ok(pages::refused(error, &destination, &address(site, uri, state, &parameters)?))
}

fn address(
    site: &Site,
    redirect_uri: &str,
    state: Option<&str>,
    parameters: &[(&str, &str)],
) -> Result<String, OAuthError> {
    let mut all = parameters.to_vec();
    all.extend(state.map(|state| ("state", state)));
    all.push(("iss", site.origin.as_str()));
    redirect_uri::with_parameters(redirect_uri, &all)
        .ok_or_else(|| OAuthError::internal("a registered redirect URI can't be read"))
}
