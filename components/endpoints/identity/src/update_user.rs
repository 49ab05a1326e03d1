//! `POST /api/auth/update-user`

use endpoint::{Context, Request};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::profile::Reserved;
use crate::site::Site;
use crate::store::{self, Changes};
use crate::{input, profile, session};

/// What a user changes of themselves.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateUser {
    name: Option<String>,
    #[serde(default, deserialize_with = "input::nullable")]
    image: Option<Option<String>>,
    #[serde(default, deserialize_with = "input::nullable")]
    time_zone: Option<Option<String>>,
    email: Option<Value>,
}

/// Changes name, picture or time zone of whoever is signed in; what is not sent stays as it is.
///
/// # Errors
/// 400 for a member that is not valid, for an e-mail address (it has a way of its own), and when there is nothing to change; 401 when
/// nobody is signed in.
pub async fn update_user(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let changes = changes(&input::text(&parts.headers, content).await?)?;
    let (current, database) = session::required(context, site, &parts.headers).await?;
    if !store::update_user(&database, current.session.user.id, &changes, context.now_us).await? {
        return Err(AuthError::no_session());
    }
    Ok(current.set_cookie(site, Answer::new(StatusCode::OK, &json!({"status": true}))?))
}

fn changes(text: &[u8]) -> Result<Changes, AuthError> {
    let sent: UpdateUser = input::known(text)?;
    if sent.email.as_ref().is_some_and(input::is_set) {
        return Err(AuthError::invalid(
            "EMAIL_CAN_NOT_BE_UPDATED",
            "Email can not be updated",
            "/email",
            "An e-mail address is changed at /api/auth/change-email.",
        ));
    }
    input::known::<Reserved>(text)?.refuse()?;
    if sent.name.is_none() && sent.image.is_none() && sent.time_zone.is_none() {
        return Err(AuthError::nothing_to_update());
    }
    Ok(Changes {
        name: sent.name.as_deref().map(profile::name).transpose()?,
        image: sent.image.map(|image| image.as_deref().map(profile::image).transpose()).transpose()?,
        time_zone: sent
            .time_zone
            .map(|zone| zone.as_deref().map(profile::time_zone).transpose())
            .transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes_of(text: &str) -> Result<Changes, String> {
        changes(text.as_bytes()).map_err(|auth_error| auth_error.code().to_owned())
    }

    #[test]
    fn what_is_sent_is_changed_and_null_takes_it_away() {
        let all =
            changes_of(r#"{"name":" Ann B ","image":"https://x/y.png","timeZone":"europe/berlin"}"#).unwrap();
        assert_eq!(all.name.as_deref(), Some("Ann B"));
        assert_eq!(all.image, Some(Some("https://x/y.png".to_owned())));
        assert_eq!(all.time_zone, Some(Some("Europe/Berlin".to_owned())));
        let less = changes_of(r#"{"image":null}"#).unwrap();
        assert_eq!((less.name, less.image, less.time_zone), (None, Some(None), None));
    }

    #[test]
    fn what_can_not_be_changed_is_refused_and_what_is_unknown_passed_over() {
        for (text, code) in [
            (r#"{}"#, "NO_FIELDS_TO_UPDATE"),
            (r#"{"nickname":"A"}"#, "NO_FIELDS_TO_UPDATE"),
            (r#"{"name":"Ann","email":"a@b.co"}"#, "EMAIL_CAN_NOT_BE_UPDATED"),
            (r#"{"name":"Ann","emailVerified":true}"#, "FIELD_NOT_ALLOWED"),
            (r#"{"name":""}"#, "VALIDATION_ERROR"),
            (r#"{"name":5}"#, "VALIDATION_ERROR"),
            (r#"{"image":"javascript:alert(1)"}"#, "VALIDATION_ERROR"),
        ] {
            assert_eq!(changes_of(text).unwrap_err(), code, "{text}");
        }
        assert!(changes_of(r#"{"name":"Ann","nickname":"A","emailVerified":false}"#).is_ok());
    }
}
