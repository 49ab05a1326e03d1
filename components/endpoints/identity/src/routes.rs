//! Which path is answered where.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Request, Response};
use http::{Method, StatusCode};
use serde_json::json;

use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::site::Site;
use crate::{get_session, origin, sign_in, sign_out, sign_up, token};

#[derive(Debug, Clone, Copy)]
enum Operation {
    SignUp,
    SignIn,
    SignOut,
    GetSession,
    Token,
    Ok,
}

const TABLE: [Route<Operation>; 6] = [
    route(Method::POST, "/api/auth/sign-up/email", Operation::SignUp),
    route(Method::POST, "/api/auth/sign-in/email", Operation::SignIn),
    route(Method::POST, "/api/auth/sign-out", Operation::SignOut),
    route(Method::GET, "/api/auth/get-session", Operation::GetSession),
    route(Method::GET, "/api/auth/token", Operation::Token),
    route(Method::GET, "/api/auth/ok", Operation::Ok),
];

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

/// Method and path of each operation.
pub fn list_routes() -> Vec<(Method, &'static str)> {
    TABLE.iter().map(|route| (route.method.clone(), route.template)).collect()
}

/// Answers a request, whatever becomes of it.
pub async fn answer(context: &Context, request: Request) -> Response {
    match operate(context, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(context),
    }
}

async fn operate(context: &Context, request: Request) -> Result<Response, Refusal> {
    let operation = match routing::resolve(&TABLE, request.method(), request.uri().path())? {
        Resolution::Operation(operation, _) => operation,
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    let site = Site::from_request(context, request.headers()).await?;
    origin::check(&site, request.method(), request.headers())?;
    let answer = match operation {
        Operation::SignUp => sign_up::sign_up(context, &site, request).await,
        Operation::SignIn => sign_in::sign_in(context, &site, request).await,
        Operation::SignOut => sign_out::sign_out(context, &site, &request).await,
        Operation::GetSession => get_session::get_session(context, &site, &request).await,
        Operation::Token => token::token(context, &site, &request).await,
        Operation::Ok => Answer::new(StatusCode::OK, &json!({"ok": true})),
    };
    answer.map(Answer::into_response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_takes_the_method_of_better_auth() {
        for (method, path, status) in [
            (Method::GET, "/api/auth/sign-in/email", 405),
            (Method::DELETE, "/api/auth/get-session", 405),
            (Method::POST, "/api/auth/token", 405),
            (Method::GET, "/api/auth", 404),
            (Method::GET, "/api/auth/sign-in/social", 404),
        ] {
            let refusal = Refusal::from(routing::resolve(&TABLE, &method, path).unwrap_err());
            assert_eq!(refusal.status(), status, "{method} {path}");
        }
    }
}
