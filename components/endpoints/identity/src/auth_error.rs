//! Why a request was not done: a problem (RFC 9457) that also has the members `code` and `message` of Better Auth's
//! errors, so that its clients understand it.

use std::borrow::Cow;

use endpoint::{Context, Response, body};
use http::{HeaderName, HeaderValue, StatusCode, header};
use problem_details::{Kind, MEDIA_TYPE, Problem, Violation};
use serde_json::Value;
use user_database::{DbError, LoggedDbError};

/// Better Auth's own name for what `Retry-After` says.
const X_RETRY_AFTER: HeaderName = HeaderName::from_static("x-retry-after");

/// Why a request was not done.
#[derive(Debug)]
pub struct AuthError {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    problem: Box<Problem>,
    cookies: Vec<String>,
    /// What happened, for the log.
    cause: Option<Box<str>>,
}

impl AuthError {
    /// Better Auth's code and message, and the same for people.
    fn new(code: &'static str, message: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            problem: Box::new(problem),
            cookies: Vec::new(),
            cause: None,
        }
    }

    /// A member of the body is not valid.
    pub fn invalid(code: &'static str, message: &'static str, pointer: &str, sentence: &str) -> Self {
        let problem = Problem::with_errors(Kind::InvalidAccountData, vec![Violation::new(pointer, sentence)]);
        Self::new(code, message, problem)
    }

    /// What was sent can't be done.
    pub fn bad_request(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        detail: &'static str,
    ) -> Self {
        Self::new(code, message, Problem::with_detail(Kind::InvalidAccountData, detail))
    }

    /// There is nothing to be changed in what was sent.
    pub fn nothing_to_update() -> Self {
        let detail = "Nothing that was sent is a member that can be changed here.";
        Self::bad_request("NO_FIELDS_TO_UPDATE", "No fields to update", detail)
    }

    /// The password of whoever is signed in is another one.
    pub fn wrong_password() -> Self {
        Self::bad_request("INVALID_PASSWORD", "Invalid password", "This is not your password.")
    }

    /// Whoever is signed in has no password.
    pub fn no_password() -> Self {
        let detail = "Your account has no password.";
        Self::bad_request("CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found", detail)
    }

    /// It can't be done without mail, and there is none here.
    pub fn no_mail(code: &'static str, message: &'static str) -> Self {
        let detail = "This app sends no mail. Its operator sets that up with the variable mail.";
        Self::bad_request(code, message, detail)
    }

    /// There is nothing of this name.
    pub fn not_found(code: &'static str, message: &'static str, detail: &'static str) -> Self {
        Self::new(code, message, Problem::with_detail(Kind::NotFound, detail))
    }

    /// A link of a mail that does not work, with Better Auth's code for why.
    pub fn invalid_link(code: &'static str) -> Self {
        let (message, detail) = match code {
            "INVALID_USER" => {
                ("Invalid user", "This link is for another account than the one that is signed in.")
            }
            _ => ("Invalid token", "This link was used already or is over. Ask for a new one."),
        };
        Self::new(code, message, Problem::with_detail(Kind::InvalidLink, detail))
    }

    /// Who signs in has to confirm their address first.
    pub fn email_not_verified() -> Self {
        let detail = "Confirm your e-mail address first: follow the link that was sent to it.";
        Self::new(
            "EMAIL_NOT_VERIFIED",
            "Email not verified",
            Problem::with_detail(Kind::EmailNotVerified, detail),
        )
    }

    /// No account has this e-mail address and password. Which of the two is wrong is not said.
    pub fn invalid_credentials() -> Self {
        Self::new(
            "INVALID_EMAIL_OR_PASSWORD",
            "Invalid email or password",
            Problem::with_detail(Kind::InvalidCredentials, "The e-mail address or the password is wrong."),
        )
    }

    /// There is no sign-in that waits for a code.
    pub fn no_challenge() -> Self {
        let detail = "Give your password first: no sign-in of this browser waits for a code any more.";
        Self::new(
            "INVALID_TWO_FACTOR_COOKIE",
            "Invalid two factor cookie",
            Problem::with_detail(Kind::InvalidCredentials, detail),
        )
    }

    /// A sign-in was answered with too many codes.
    pub fn too_many_codes_of_a_challenge() -> Self {
        let detail = "These were too many wrong codes. Give your password again.";
        Self::bad_request(
            "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE",
            "Too many attempts. Please request a new code.",
            detail,
        )
    }

    /// This is not the code of an authenticator, or it was used before.
    pub fn wrong_code() -> Self {
        let detail =
            "This code is wrong, or was used before. Type the one that your authenticator shows now.";
        Self::new("INVALID_CODE", "Invalid code", Problem::with_detail(Kind::InvalidCredentials, detail))
    }

    /// This is none of the recovery codes that are left.
    pub fn wrong_recovery_code() -> Self {
        let detail = "This is none of your recovery codes, or it was used before.";
        Self::new(
            "INVALID_BACKUP_CODE",
            "Invalid backup code",
            Problem::with_detail(Kind::InvalidCredentials, detail),
        )
    }

    /// Too many wrong codes; try again after this many seconds.
    pub fn too_many_codes(seconds: u32) -> Self {
        let detail = format!("Too many codes were wrong. Try again in {seconds} s, or use a recovery code.");
        Self {
            code: "ACCOUNT_TEMPORARILY_LOCKED".into(),
            message: "Too many failed verification attempts. Your account is temporarily locked. Please try again later."
                .into(),
            ..Self::too_many(detail, seconds)
        }
    }

    /// There is no authenticator.
    pub fn totp_not_enabled() -> Self {
        let detail = "Your account has no authenticator app. Begin with /api/auth/two-factor/enable.";
        Self::bad_request("TOTP_NOT_ENABLED", "TOTP not enabled", detail)
    }

    /// The secret of the authenticator can't be opened any more.
    pub fn totp_not_readable() -> Self {
        let detail = "Codes of your authenticator app can't be checked any more, since the app's secret was changed. Use a \
                      recovery code, turn two-factor authentication off, and on again.";
        Self::bad_request("TOTP_NOT_CONFIGURED", "TOTP is not available", detail)
    }

    /// Two-factor authentication is off.
    pub fn two_factor_not_enabled() -> Self {
        let detail = "Two-factor authentication is off.";
        Self::bad_request("TWO_FACTOR_NOT_ENABLED", "Two factor isn't enabled", detail)
    }

    /// Someone has an account with this e-mail address.
    pub fn email_taken() -> Self {
        let violation =
            Violation::new("/email", "There is an account with this e-mail address. Sign in to it.");
        Self::new(
            "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
            "User already exists. Use another email.",
            Problem::with_errors(Kind::EmailTaken, vec![violation]),
        )
    }

    /// Nobody is signed in.
    pub fn no_session() -> Self {
        let detail = "Nobody is signed in here. Sign in at /api/auth/sign-in/email.";
        Self::new("UNAUTHORIZED", "Unauthorized", Problem::with_detail(Kind::Unauthenticated, detail))
    }

    /// The request may come from a page that the person did not mean.
    pub fn origin(code: &'static str, message: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code, message, Problem::with_detail(Kind::OriginNotAllowed, detail))
    }

    /// Too many wrong attempts to sign in; try again after this many seconds.
    pub fn too_many_sign_ins(seconds: u32) -> Self {
        let detail = format!("Too many attempts to sign in failed. Try again in {seconds} s.");
        Self::too_many(detail, seconds)
    }

    /// Too many accounts from one network; try again after this many seconds.
    pub fn too_many_sign_ups(seconds: u32) -> Self {
        let detail = format!("Too many people signed up from your network. Try again in {seconds} s.");
        Self::too_many(detail, seconds)
    }

    /// Too much mail was asked for; try again after this many seconds.
    pub fn too_many_mails(seconds: u32) -> Self {
        let detail =
            format!("Too many mails were asked for. Look into your mailbox, or try again in {seconds} s.");
        Self::too_many(detail, seconds)
    }

    fn too_many(detail: String, seconds: u32) -> Self {
        let problem = Problem::with_detail(Kind::TooManyRequests, detail)
            .retry_after(seconds)
            .header(X_RETRY_AFTER, seconds.to_string());
        Self::new("TOO_MANY_REQUESTS", "Too many requests. Please try again later.", problem)
    }

    /// Too many passwords are being hashed; try again after this many seconds.
    pub fn busy(seconds: u32) -> Self {
        Problem::with_detail(
            Kind::Unavailable,
            "Too many people sign in or up at this moment. Try again soon.",
        )
        .retry_after(seconds)
        .into()
    }

    /// A fault of ours. What happened goes into the log.
    pub fn internal(cause: &str) -> Self {
        Self { cause: Some(cause.into()), ..Problem::new(Kind::InternalError).into() }
    }

    /// Sets cookies with the answer.
    #[must_use]
    pub fn cookies(mut self, cookies: Vec<String>) -> Self {
        self.cookies = cookies;
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> u16 {
        self.problem.status().as_u16()
    }

    /// Better Auth's code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The answer: a problem with two members more.
    pub fn into_response(mut self, context: &Context) -> Response {
        if let Some(cause) = &self.cause {
            log::error!(request_id = context.request_id.as_str(); "{cause}");
        }
        self.problem.instance = Some(context.uri.path().into());
        self.problem.request_id = Some(context.request_id.as_str().into());
        if self.problem.kind == Kind::InternalError {
            let detail =
                format!("Something went wrong on our side. Please report this id: {}.", context.request_id);
            self.problem.detail = Some(detail.into());
        }
        let mut members = serde_json::to_value(self.problem.body()).unwrap_or_default();
        if let Value::Object(members) = &mut members {
            members.insert("code".to_owned(), self.code.into());
            members.insert("message".to_owned(), self.message.into());
        }
        let status = self.problem.status();
        let mut response = match body::json(status, &members) {
            Ok(response) => response,
            Err(_) => body::empty(StatusCode::INTERNAL_SERVER_ERROR),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        for (name, value) in self.problem.headers {
            headers.append(name, value);
        }
        for cookie in self.cookies.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok()) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }
}

impl From<Problem> for AuthError {
    /// Problems of the shared parts get the codes and statuses that Better Auth has for them.
    fn from(problem: Problem) -> Self {
        let kind = match problem.kind {
            Kind::InvalidInput => Kind::InvalidAccountData,
            kind => kind,
        };
        let code = match kind {
            Kind::MalformedJson => "BAD_REQUEST".into(),
            Kind::InvalidAccountData => "VALIDATION_ERROR".into(),
            Kind::InternalError => "INTERNAL_SERVER_ERROR".into(),
            Kind::Unavailable => "SERVICE_UNAVAILABLE".into(),
            other => other.name().to_ascii_uppercase().replace('-', "_").into(),
        };
        let problem = Problem { kind, ..problem };
        let message = problem.sentence().into_owned().into();
        Self { code, message, problem: Box::new(problem), cookies: Vec::new(), cause: None }
    }
}

impl From<LoggedDbError> for AuthError {
    /// The database's failures are in the log already.
    fn from(failure: LoggedDbError) -> Self {
        match failure.error {
            DbError::Unavailable { retry_after, .. } => {
                Problem::new(Kind::Unavailable).retry_after(retry_after)
            }
            _ => Problem::new(Kind::InternalError),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_problems_get_better_auths_codes_and_statuses() {
        for (kind, code, status) in [
            (Kind::MalformedJson, "BAD_REQUEST", 400),
            (Kind::InvalidInput, "VALIDATION_ERROR", 400),
            (Kind::UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", 415),
            (Kind::NotFound, "NOT_FOUND", 404),
            (Kind::Unavailable, "SERVICE_UNAVAILABLE", 503),
        ] {
            let auth_error = AuthError::from(Problem::new(kind));
            assert_eq!((auth_error.code(), auth_error.status()), (code, status));
        }
    }

    #[test]
    fn a_wait_is_said_in_both_headers() {
        let headers = AuthError::too_many_sign_ins(7).problem.headers;
        let names: Vec<_> =
            headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(names, [("retry-after", "7"), ("x-retry-after", "7")]);
    }
}
