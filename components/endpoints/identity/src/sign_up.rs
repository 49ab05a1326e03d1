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
use crate::{attempts, cookies, email, password_hash, password_rules, profile, redirect, signature};

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
/// 400 for a member that is not valid; 422 `USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL`; 429 after many from one network.
pub async fn sign_up(context: &Context, site: &Site, request: Request) -> Result<Answer, Refusal> {
    let (parts, content) = request.into_parts();
    let text = body::read(&parts.headers, content, &["application/json"]).await?;
    let input: SignUp = json::read(&text)?;
    redirect::check(site, input.callback_url.as_deref())?;
    let email = email::normalise(&input.email)?;
    let name = profile::name(&input.name)?;
    password_rules::check_new(&input.password, &email, &name)?;
    let user = User {
        id: Uuid::now_v7(),
        email,
        email_verified: false,
        name,
        image: input.image.as_deref().map(profile::image).transpose()?,
        time_zone: input.time_zone.as_deref().map(profile::time_zone).transpose()?,
        created_at: context.now_us,
        updated_at: context.now_us,
    };
    let client = Client::of(site.settings, &parts.headers);
    let database = Database::open(&context.request_id).await?;
    count(context, site, &database, &user.email, &client).await?;
    let hash = password_hash::hash(&input.password)?;
    let remembered = input.remember_me != Some(false);
    let network = attempts::network_key(site.settings, &client);
    let (session, token) = NewSession::start(user.id, remembered, client, context.now_us)?;
    if !store::insert_user(&database, &user, &hash, &session, network).await? {
        return Err(Refusal::email_taken());
    }
    let answer = Answer::new(StatusCode::OK, &json!({"token": token, "user": user.to_json()}))?;
    Ok(answer
        .cookies(&[cookies::keep(site, &token, remembered)])
        .session_token(&signature::sign(site.settings, &token)))
}

/// Counts the sign-up, whether the address is taken or not, before the costly work of hashing.
async fn count(
    context: &Context,
    site: &Site,
    database: &Database,
    email: &str,
    client: &Client,
) -> Result<(), Refusal> {
    let limit = site.settings.sign_ups_per_hour;
    let key = is_counted(site, client).then(|| attempts::sign_up_key(site.settings, client));
    let attempt = store::begin_sign_up(database, email, key, limit, context.now_us).await?;
    if attempt.wait_seconds > 0 {
        return Err(Refusal::too_many_sign_ups(attempt.wait_seconds));
    }
    if attempt.is_taken { Err(Refusal::email_taken()) } else { Ok(()) }
}

/// Whether sign-ups of this client are limited. Not those of whoever runs the app on their own machine for themselves: it is
/// called by a name that this machine alone has, by a program on it, and behind no proxy.
fn is_counted(site: &Site, client: &Client) -> bool {
    let is_local = site.origin.is_loopback()
        && site.settings.client_address_header.is_none()
        && client.is_on_this_machine();
    site.settings.sign_ups_per_hour > 0 && !is_local
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings, site};

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

    #[test]
    fn only_who_runs_the_app_for_themselves_signs_up_without_limit() {
        let from = |address: &str| Client { address: address.parse().ok(), user_agent: None };
        for origin in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
                assert!(!is_counted(&site::example(origin), &from(address)), "{origin} {address}");
            }
            assert!(is_counted(&site::example(origin), &from("203.0.113.7")), "{origin}");
            assert!(is_counted(&site::example(origin), &Client::default()), "{origin}");
        }
        assert!(is_counted(&site::example("https://todo.example"), &from("127.0.0.1")));
        let mut settings = settings::example();
        settings.client_address_header = Some("x-forwarded-for".parse().unwrap());
        let behind_a_proxy =
            Site { settings: Box::leak(Box::new(settings)), ..site::example("http://localhost:3000") };
        assert!(is_counted(&behind_a_proxy, &from("127.0.0.1")));
    }
}
