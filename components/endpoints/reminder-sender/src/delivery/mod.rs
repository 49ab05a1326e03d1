//! Sending what is due.
//!
//! A sender takes reminders for as long as its lease lasts, sends them, and says what became of each. One that is killed in between
//! loses its lease, and another one sends what it had taken once more, under the same id, by which a receiver knows it.

mod finish;
mod message;
mod run;
mod send;
mod take;

use endpoint::{Context, Kind, Problem, Request, Response, body};
use http::{HeaderMap, StatusCode, header};

use crate::settings::Settings;
use crate::signing;

/// `POST /scheduled/reminders`: sends what is due, for a scheduler that knows the secret.
///
/// # Errors
/// 404 where no secret is set, 401 for another one; what the database says.
pub async fn send_due(context: &Context, request: Request) -> Result<Response, Problem> {
    let settings = Settings::load().await?;
    if settings.scheduler_secret.is_empty() {
        return Err(Problem::new(Kind::NotFound));
    }
    if !is_scheduler(request.headers(), &settings.scheduler_secret) {
        return Err(Problem::new(Kind::Unauthenticated).header(header::WWW_AUTHENTICATE, "Bearer"));
    }
    let outcome = run::run(context, settings).await?;
    body::json(StatusCode::OK, &outcome)
}

fn is_scheduler(headers: &HeaderMap, secret: &str) -> bool {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    match (given.next().and_then(|value| value.to_str().ok()), given.next()) {
        (Some(value), None) => {
            value.strip_prefix("Bearer ").is_some_and(|given| signing::is_same(given, secret))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheduler_is_who_knows_the_secret() {
        let headers = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, value.parse().unwrap());
            }
            headers
        };
        assert!(is_scheduler(&headers(&["Bearer s3cret"]), "s3cret"));
        for wrong in
            [&[][..], &["Bearer other"], &["s3cret"], &["Bearer "], &["Bearer s3cret", "Bearer s3cret"]]
        {
            assert!(!is_scheduler(&headers(wrong), "s3cret"), "{wrong:?}");
        }
    }
}
