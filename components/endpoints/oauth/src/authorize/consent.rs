//! The person's answer.

use endpoint::{Context, Request, Response};
use http::{HeaderMap, header};
use user_database::Database;
use uuid::Uuid;

use super::redirect::redirect;
use super::{AuthorizationRequest, Shown};
use crate::error::{ErrorCode, OAuthError};
use crate::parameters::Parameters;
use crate::signature::Purpose;
use crate::site::Site;
use crate::store::{self, NewGrant};
use crate::{random, session};

/// Sends the person back to the program: with a code when they agreed, with `access_denied` when they did not.
///
/// # Errors
/// When the form was not sent by the page that was shown to this person.
pub async fn consent(context: &Context, site: &Site, request: Request) -> Result<Response, OAuthError> {
    let (parts, content) = request.into_parts();
    check_page(site, &parts.headers)?;
    let form = Parameters::from_form(&parts.headers, content).await?;
    let Some(session) = session::current(context, site, &parts.headers).await? else {
        let sentence = "You are not signed in any more. Start again in the program that sent you here.";
        return Err(OAuthError::new(ErrorCode::AccessDenied, sentence));
    };
    let text = form.require("request")?;
    let shown: Shown<AuthorizationRequest> =
        Shown::open(text, &site.settings.secrets, Purpose::Consent, &session.token_hash, context.now_us)?;
    let asked = shown.asked;
    site.trail.set_program(&asked.client_id);
    let state = asked.state.as_deref();
    match form.get("answer") {
        Some("allow") => {}
        Some("deny") => {
            site.trail.set_action("consent.denied", None);
            let denied = [("error", "access_denied"), ("error_description", "The person said no.")];
            return redirect(site, &asked.redirect_uri, state, &denied);
        }
        _ => return Err(OAuthError::new(ErrorCode::InvalidRequest, "answer has to be allow or deny.")),
    }
    let code = random::text()?;
    let grant = NewGrant {
        id: Uuid::now_v7(),
        user_id: session.user_id,
        code_hash: random::hash(&code),
        asked: &asked,
    };
    let database = Database::open(&context.request_id).await?;
    if !store::insert_grant(&database, &grant).await? {
        let sentence = "The program is not registered any more. Start it anew, so that it registers again.";
        return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
    }
    redirect(site, &asked.redirect_uri, state, &[("code", &code)])
}

/// Refuses a form that a page of another origin sends.
///
/// # Errors
/// `access_denied`.
pub fn check_page(site: &Site, headers: &HeaderMap) -> Result<(), OAuthError> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let is_own = match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.as_bytes() == site.origin.as_str().as_bytes(),
        _ => false,
    };
    let is_other_site = headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin");
    if is_own && !is_other_site {
        return Ok(());
    }
    let sentence = format!("Only the page of {} may send this form.", site.origin);
    Err(OAuthError::new(ErrorCode::AccessDenied, sentence))
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;
    use crate::site;

    #[test]
    fn only_the_page_itself_may_send_the_form() {
        let check = |headers: &[(&str, &str)]| {
            let map = headers
                .iter()
                .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
                .collect();
            check_page(&site::example("https://todo.example"), &map).is_ok()
        };
        assert!(check(&[("origin", "https://todo.example")]));
        assert!(check(&[("origin", "https://todo.example"), ("sec-fetch-site", "same-origin")]));
        for headers in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://todo.example")],
            &[("origin", "https://todo.example.evil.example")],
            &[("origin", "https://todo.example"), ("origin", "https://evil.example")],
            &[("origin", "https://todo.example"), ("sec-fetch-site", "cross-site")],
            &[("origin", "https://todo.example"), ("sec-fetch-site", "same-site")],
        ] {
            assert!(!check(headers), "{headers:?}");
        }
    }
}
