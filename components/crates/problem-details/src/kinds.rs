//! Every kind of problem, in one place. A name is part of the API: it may be added, never renamed.

/// A kind of problem: what `type` names. Each is explained to people at its URI, `/problems/<name>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The body is not JSON.
    MalformedJson,
    /// A query parameter is unknown, repeated or out of its limits.
    InvalidParameters,
    /// A request header can't be read.
    InvalidHeader,
    /// The body can't be received.
    UnreadableBody,
    /// What was sent to sign up or sign in is not valid.
    InvalidAccountData,
    /// There is no access token.
    Unauthenticated,
    /// The access token was not issued here, or can't be read.
    InvalidToken,
    /// The access token's time is over.
    TokenExpired,
    /// No account has this e-mail address and password.
    InvalidCredentials,
    /// The access token doesn't allow this.
    InsufficientScope,
    /// A page of another origin may not do this.
    OriginNotAllowed,
    /// Nothing is served at this path.
    NotFound,
    /// The user has no such task.
    TaskNotFound,
    /// The user has no such conversation.
    ConversationNotFound,
    /// The path doesn't take this method.
    MethodNotAllowed,
    /// No representation that the client accepts.
    NotAcceptable,
    /// The version sent is not the current one.
    VersionConflict,
    /// Another message of the conversation is being answered.
    ConversationBusy,
    /// The conversation holds as many messages as it can.
    ConversationFull,
    /// A yes or a no, and no question is open.
    NothingToConfirm,
    /// What `If-Match` asks for does not hold.
    PreconditionFailed,
    /// The body is too large.
    ContentTooLarge,
    /// The body is of a type that is not read here.
    UnsupportedMediaType,
    /// Members of the body are missing, unknown, of the wrong type or out of their limits.
    InvalidInput,
    /// Someone has an account with this e-mail address.
    EmailTaken,
    /// Too many requests.
    TooManyRequests,
    /// A fault of the service.
    InternalError,
    /// The language model gave no usable answer.
    ModelFailed,
    /// The service can't work now.
    Unavailable,
    /// The language model can't be reached.
    ModelUnavailable,
    /// There was no answer in time.
    AnswerTimedOut,
}

/// What is fixed about a kind.
struct Definition {
    kind: Kind,
    name: &'static str,
    status: u16,
    title: &'static str,
    description: &'static str,
}

const fn define(
    kind: Kind,
    name: &'static str,
    status: u16,
    title: &'static str,
    description: &'static str,
) -> Definition {
    Definition { kind, name, status, title, description }
}

/// In the order of [`Kind`]'s declaration: a kind's number is its place here.
const DEFINITIONS: [Definition; 31] = [
    define(
        Kind::MalformedJson,
        "malformed-json",
        400,
        "The body is not JSON",
        "The body is not a JSON text (RFC 8259), or nests too deeply. `detail` says at which line and column reading stopped.",
    ),
    define(
        Kind::InvalidParameters,
        "invalid-parameters",
        400,
        "A query parameter is not valid",
        "A query parameter is unknown, occurs more than once, or has a value out of its limits. `errors` names each one; its `pointer` is `/` and the parameter's name.",
    ),
    define(
        Kind::InvalidHeader,
        "invalid-header",
        400,
        "A request header is not valid",
        "A request header has a value that can't be read. `detail` names the header and what it takes.",
    ),
    define(
        Kind::UnreadableBody,
        "unreadable-body",
        400,
        "The body did not arrive",
        "The connection ended or failed before the whole body was received. Send the request again.",
    ),
    define(
        Kind::InvalidAccountData,
        "invalid-account-data",
        400,
        "What was sent to sign up or sign in is not valid",
        "A member of the body is missing, unknown, of the wrong type or out of its limits. `code` names the reason as Better Auth does, and `errors` the member. No account or session was made.",
    ),
    define(
        Kind::Unauthenticated,
        "unauthenticated",
        401,
        "Sign in first",
        "The request has no access token. Send `Authorization: Bearer <token>` with a token from `/api/auth/token`.",
    ),
    define(
        Kind::InvalidToken,
        "invalid-token",
        401,
        "The access token is not valid",
        "The access token can't be read, was not issued by this service, or is meant for another one. Get one from `/api/auth/token`.",
    ),
    define(
        Kind::TokenExpired,
        "token-expired",
        401,
        "The access token has expired",
        "The access token's time is over. Get a new one from `/api/auth/token`.",
    ),
    define(
        Kind::InvalidCredentials,
        "invalid-credentials",
        401,
        "No account has this e-mail address and password",
        "The e-mail address or the password is wrong; which of them is not said. After several wrong attempts the next one has to wait.",
    ),
    define(
        Kind::InsufficientScope,
        "insufficient-scope",
        403,
        "The access token does not allow this",
        "The access token lacks a scope that this operation needs. `detail` and the `WWW-Authenticate` header name the scope.",
    ),
    define(
        Kind::OriginNotAllowed,
        "origin-not-allowed",
        403,
        "This origin may not do this",
        "The request comes from a web page of an origin that is not allowed here. An operator allows origins with the variable `cors_origins`.",
    ),
    define(
        Kind::NotFound,
        "not-found",
        404,
        "Nothing is here",
        "Nothing is served at this path. `/api/docs` lists what is.",
    ),
    define(
        Kind::TaskNotFound,
        "task-not-found",
        404,
        "Task not found",
        "You have no task with this id. It may have been deleted. List or search your tasks to find the one you mean.",
    ),
    define(
        Kind::ConversationNotFound,
        "conversation-not-found",
        404,
        "Conversation not found",
        "You have no conversation with this id. It may have been deleted.",
    ),
    define(
        Kind::MethodNotAllowed,
        "method-not-allowed",
        405,
        "The method is not allowed here",
        "This path does not take this method. The `Allow` header lists those it takes.",
    ),
    define(
        Kind::NotAcceptable,
        "not-acceptable",
        406,
        "No acceptable representation",
        "The `Accept` header rules out everything that can be answered here. `detail` lists what can.",
    ),
    define(
        Kind::VersionConflict,
        "version-conflict",
        409,
        "The task has changed",
        "The task was changed since you read it, so nothing was done. Read it again, then decide.",
    ),
    define(
        Kind::ConversationBusy,
        "conversation-busy",
        409,
        "The conversation is busy",
        "Another message of this conversation is being answered. Nothing was stored. Send this one again after the seconds that `Retry-After` names.",
    ),
    define(
        Kind::ConversationFull,
        "conversation-full",
        409,
        "The conversation is full",
        "The conversation holds as many messages as it can. Start a new one by leaving out `conversation_id`.",
    ),
    define(
        Kind::NothingToConfirm,
        "nothing-to-confirm",
        409,
        "Nothing waits for an answer",
        "`confirm` answers a question of the assistant, and none is open in this conversation: it was answered, passed over, or is too old. Nothing was done. Say again what you want.",
    ),
    define(
        Kind::PreconditionFailed,
        "precondition-failed",
        412,
        "The task has changed",
        "The task no longer has the version that `If-Match` names, so nothing was done. Read it again, then decide.",
    ),
    define(
        Kind::ContentTooLarge,
        "content-too-large",
        413,
        "The body is too large",
        "The body is larger than what is read here. `detail` says how large it may be.",
    ),
    define(
        Kind::UnsupportedMediaType,
        "unsupported-media-type",
        415,
        "The body has an unsupported type",
        "The `Content-Type` or `Content-Encoding` of the body is not one that is read here. `detail` lists those that are.",
    ),
    define(
        Kind::InvalidInput,
        "invalid-input",
        422,
        "The input is not valid",
        "Members of the body are missing, unknown, of the wrong type or out of their limits. `errors` names each one by a JSON Pointer (RFC 6901) and says what would be right. Nothing was changed.",
    ),
    define(
        Kind::EmailTaken,
        "email-taken",
        422,
        "Someone has an account with this e-mail address",
        "There is an account with this e-mail address. Sign in to it, or use another address.",
    ),
    define(
        Kind::TooManyRequests,
        "too-many-requests",
        429,
        "Too many requests",
        "You sent more requests than are allowed in a time. Wait for the seconds that `Retry-After` names.",
    ),
    define(
        Kind::InternalError,
        "internal-error",
        500,
        "Something went wrong on our side",
        "A fault of the service. It was logged under the id in `detail`: please report that id. Whether it helps to try again is not known.",
    ),
    define(
        Kind::ModelFailed,
        "model-failed",
        502,
        "The language model gave no answer",
        "The language model refused the request or answered something that makes no sense. Trying again may help.",
    ),
    define(
        Kind::Unavailable,
        "unavailable",
        503,
        "Not available for the moment",
        "Something the service depends on, such as its database, can't be reached. Nothing was changed. Try again after the seconds that `Retry-After` names.",
    ),
    define(
        Kind::ModelUnavailable,
        "model-unavailable",
        503,
        "The language model can't be reached",
        "The language model is busy or out of reach. Your message is kept and nothing was changed. Try again after the seconds that `Retry-After` names.",
    ),
    define(
        Kind::AnswerTimedOut,
        "answer-timed-out",
        504,
        "There was no answer in time",
        "The language model or the tools took longer than a message may take. Your message is kept and nothing was changed. Try again, perhaps with less at a time.",
    ),
];

impl Kind {
    /// Every kind, by status.
    pub fn all() -> impl Iterator<Item = Self> {
        DEFINITIONS.iter().map(|definition| definition.kind)
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        DEFINITIONS.iter().find(|definition| definition.name == name).map(|definition| definition.kind)
    }

    #[allow(clippy::indexing_slicing, reason = "a test holds the table to one entry per kind, in order")]
    fn definition(self) -> &'static Definition {
        const { assert!(DEFINITIONS.len() == Kind::AnswerTimedOut as usize + 1) };
        &DEFINITIONS[self as usize]
    }

    /// Its name, the last segment of [`Kind::uri`].
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The member `type` (RFC 9457, section 3.1.1): a URI reference relative to the service's origin.
    #[must_use]
    pub fn uri(self) -> String {
        format!("/problems/{}", self.name())
    }

    /// The HTTP status it is answered with.
    #[must_use]
    pub fn status(self) -> http::StatusCode {
        http::StatusCode::from_u16(self.definition().status)
            .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The member `title`: the same for every problem of the kind.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// What it means and what to do next, for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        self.definition().description
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{DEFINITIONS, Kind};

    #[test]
    fn each_kind_has_its_own_entry_at_its_own_place() {
        for (place, definition) in DEFINITIONS.iter().enumerate() {
            assert_eq!(definition.kind as usize, place, "{}", definition.name);
            assert_eq!(Kind::from_name(definition.name), Some(definition.kind));
        }
    }

    #[test]
    fn names_are_unique_kebab_case_and_statuses_are_errors() {
        let names: HashSet<_> = DEFINITIONS.iter().map(|definition| definition.name).collect();
        assert_eq!(names.len(), DEFINITIONS.len());
        for kind in Kind::all() {
            assert!(kind.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            assert_eq!(kind.status().as_u16(), kind.definition().status);
            assert!(kind.status().is_client_error() || kind.status().is_server_error());
            assert!(kind.description().ends_with('.'), "{}", kind.name());
        }
    }

    #[test]
    fn kinds_are_listed_by_status() {
        assert!(DEFINITIONS.is_sorted_by_key(|definition| definition.status));
    }
}
