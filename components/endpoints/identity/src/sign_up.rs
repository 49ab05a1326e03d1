//! `POST /api/auth/sign-up/email`

use endpoint::{Context, Request, body, json};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use user_database::Database;
use uuid::Uuid;

use crate::answer::Answer;
use crate::client::Client;
use crate::refusal::Refusal;
use crate::site::Site;
use crate::store::{self, NewSession};
use crate::user::User;
use crate::{cookies, email, password_hash, password_rules, profile, redirect, signature};

/// What a new user sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignUp {
    name: String,
    email: String,
    password: String,
    image: Option<String>,
    #[serde(rename = "callbackURL")]
    callback_url: Option<String>,
    remember_me: Option<bool>,
    /// The IANA time zone in which they mean their days; an additional field in Better Auth's terms.
    time_zone: Option<String>,
}

/// Makes an account and signs its user in.
///
/// # Errors
/// 400 for a member that is not valid; 422 `USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL`.
pub async fn sign_up(context: &Context, site: &Site, request: Request) -> Result<Answer, Refusal> {
    let (parts, content) = request.into_parts();
    let text = body::read(&parts.headers, content, &["application/json"]).await?;
    let input: SignUp = json::read(&text)?;
    redirect::check(site, input.callback_url.as_deref())?;
    let email = email::normalise(&input.email)?;
    password_rules::check_new(&input.password)?;
    let user = User {
        id: Uuid::now_v7(),
        email,
        email_verified: false,
        name: profile::name(&input.name)?,
        image: input.image.as_deref().map(profile::image).transpose()?,
        time_zone: input.time_zone.as_deref().map(profile::time_zone).transpose()?,
        created_at: context.now_us,
        updated_at: context.now_us,
    };
    let hash = password_hash::hash(&input.password)?;
    let remembered = input.remember_me != Some(false);
    let client = Client::of(site.settings, &parts.headers);
    let (session, token) = NewSession::start(user.id, remembered, client, context.now_us)?;
    let database = Database::open(&context.request_id).await?;
    if !store::insert_user(&database, &user, &hash, &session).await? {
        return Err(Refusal::email_taken());
    }
    let answer = Answer::new(StatusCode::OK, &json!({"token": token, "user": user.to_json()}))?;
    Ok(answer
        .cookies(&[cookies::keep(site, &token, remembered)])
        .session_token(&signature::sign(site.settings, &token)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SignUp, String> {
        json::read::<SignUp>(text.as_bytes()).map_err(|problem| Refusal::from(problem).code().to_owned())
    }

    #[test]
    fn the_body_is_better_auths() {
        let input = read(
            r#"{"name":"Ann","email":"a@b.co","password":"password1","rememberMe":false,"callbackURL":"/","timeZone":"UTC"}"#,
        )
        .ok()
        .unwrap();
        assert_eq!((input.remember_me, input.callback_url.as_deref()), (Some(false), Some("/")));
        assert_eq!(input.time_zone.as_deref(), Some("UTC"));
    }

    #[test]
    fn members_that_are_missing_unknown_or_of_the_wrong_type_are_refused() {
        for text in [
            r#"{"email":"a@b.co","password":"password1"}"#,
            r#"{"name":"Ann","email":["a@b.co"],"password":"password1"}"#,
            r#"{"name":"Ann","email":"a@b.co","password":"password1","emailVerified":true}"#,
            r#"[]"#,
        ] {
            assert_eq!(read(text).err().unwrap(), "VALIDATION_ERROR", "{text}");
        }
        assert_eq!(read("{").err().unwrap(), "BAD_REQUEST");
    }
}
