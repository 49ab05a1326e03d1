//! `POST /api/auth/sign-up/email`

use endpoint::{Context, Request};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use user_database::Database;
use uuid::Uuid;

use crate::answer::Answer;
use crate::answer_time::in_equal_time;
use crate::auth_error::AuthError;
use crate::client::Client;
use crate::profile::Reserved;
use crate::site::Site;
use crate::store::{self, NewSession};
use crate::user::User;
use crate::{
    attempts, email, email_verification, hash_slots, input, mail, mail_limit, password_rules, profile,
    redirect,
};

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

/// Makes an account and signs its user in. Where addresses have to be confirmed, nobody is signed in, a link is sent instead, and
/// answer and time are the same if somebody has the address: its owner gets a mail that says so.
///
/// # Errors
/// 400 for a member that is not valid; 422 `USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL`; 429 after many from one network.
pub async fn sign_up(context: &Context, site: &Site, request: Request) -> Result<Answer, AuthError> {
    let (parts, content) = request.into_parts();
    let text = input::text(&parts.headers, content).await?;
    let input: SignUp = input::known(&text)?;
    input::known::<Reserved>(&text)?.refuse()?;
    redirect::check(site, input.callback_url.as_deref())?;
    let email = email::normalise(&input.email)?;
    let name = profile::name(&input.name)?;
    password_rules::check_new(&input.password, &email, &name, "/password")?;
    let user = User {
        id: Uuid::now_v7(),
        email,
        email_verified: false,
        name,
        image: input.image.as_deref().map(profile::image).transpose()?,
        time_zone: input.time_zone.as_deref().map(profile::time_zone).transpose()?,
        two_factor_enabled: false,
        created_at: context.now_us,
        updated_at: context.now_us,
    };
    let client = Client::new(site.settings, &parts.headers);
    let database = Database::open(&context.request_id).await?;
    let is_taken = count(context, site, &database, &user.email, &client).await?;
    if site.confirms_addresses() {
        let steps = confirm_first(context, site, &parts.headers, &database, &user, &input);
        return in_equal_time(steps).await;
    }
    if is_taken {
        return Err(AuthError::email_taken());
    }
    let hash = hash_slots::hash(site, &database, &input.password).await?;
    let remembered = input.remember_me != Some(false);
    let network = attempts::network_key(site.settings, &client);
    let (session, token) = NewSession::start(user.id, remembered, client, context.now_us)?;
    if !store::insert_user(&database, &user, &hash, Some(&session), network, context.now_us).await? {
        return Err(AuthError::email_taken());
    }
    site.trail.set_user(user.id);
    let answer = Answer::new(StatusCode::OK, &json!({"token": token, "user": user.to_json()}))?;
    Ok(answer.keep_session(site, &token, remembered))
}

/// Makes an account whose address has to be confirmed. Every step is taken whether the address is free or not.
async fn confirm_first(
    context: &Context,
    site: &Site,
    headers: &HeaderMap,
    database: &Database,
    user: &User,
    input: &SignUp,
) -> Result<Answer, AuthError> {
    let hash = hash_slots::hash(site, database, &input.password).await?;
    let network = attempts::network_key(site.settings, &Client::new(site.settings, headers));
    let is_new = store::insert_user(database, user, &hash, None, network, context.now_us).await?;
    if is_new {
        site.trail.set_user(user.id);
    } else {
        site.trail.set_refusal("EMAIL_TAKEN");
    }
    // Too much mail is not told here: the answer would depend on it.
    let may_send = mail_limit::count(context, site, headers, database, &user.email).await?.is_ok();
    let receiver = (is_new && may_send).then_some(user);
    let page = input.callback_url.as_deref();
    email_verification::send_link(context, site, database, receiver, &user.email, page).await?;
    if !is_new && may_send {
        mail::send(context, site, mail::taken_address(site, &user.email));
    }
    Answer::new(StatusCode::OK, &json!({"token": null, "user": user.to_json()}))
}

/// Counts the sign-up, whether the address is taken or not, before the costly work of hashing; answers whether it is.
async fn count(
    context: &Context,
    site: &Site,
    database: &Database,
    email: &str,
    client: &Client,
) -> Result<bool, AuthError> {
    let limit = site.settings.sign_ups_per_hour;
    let key = is_counted(site, client).then(|| attempts::sign_up_key(site.settings, client));
    let attempt = store::begin_sign_up(database, email, key, limit, context.now_us).await?;
    if attempt.wait_seconds > 0 {
        return Err(AuthError::too_many_sign_ups(attempt.wait_seconds));
    }
    Ok(attempt.is_taken)
}

/// Whether sign-ups of this client are limited. Not those of whoever runs the app for themselves.
fn is_counted(site: &Site, client: &Client) -> bool {
    site.settings.sign_ups_per_hour > 0 && !site.is_run_for(client)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SignUp, String> {
        input::known::<SignUp>(text.as_bytes()).map_err(|auth_error| auth_error.code().to_owned())
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
    fn members_that_are_missing_or_of_the_wrong_type_are_refused_and_unknown_ones_passed_over() {
        for text in [
            r#"{"email":"a@b.co","password":"password1"}"#,
            r#"{"name":"Ann","email":["a@b.co"],"password":"password1"}"#,
            r#"[]"#,
        ] {
            assert_eq!(read(text).err().unwrap(), "VALIDATION_ERROR", "{text}");
        }
        assert_eq!(read("{").err().unwrap(), "BAD_REQUEST");
        assert!(read(r#"{"name":"Ann","email":"a@b.co","password":"password1","plan":"gold"}"#).is_ok());
    }
}
