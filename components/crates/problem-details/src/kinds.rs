//! Every kind of problem, in one place. A name is part of the API: it may be added, never renamed.
//!
//! An entry is the variant of [`Kind`], its name, its status, its title, and what it means and what to do next. They stand
//! in the order of their statuses.

use crate::kind::kinds;

kinds! {
    /// The body is not JSON.
    MalformedJson = "malformed-json", 400, "The body is not JSON",
        "The body is not a JSON text (RFC 8259), or nests too deeply. `detail` says at which line and \
         column reading stopped.";

    /// A query parameter is unknown, repeated or out of its limits.
    InvalidParameters = "invalid-parameters", 400, "A query parameter is not valid",
        "A query parameter is unknown, occurs more than once, or has a value out of its limits. `errors` \
         names each one; its `pointer` is `/` and the parameter's name.";

    /// A request of ChatKit's protocol is not one of its requests.
    InvalidRequest = "invalid-request", 400, "This is not one of the protocol's requests",
        "`type` names no request of ChatKit's protocol, or a member of the request is missing, of the wrong type or out of its \
         limits. `errors` names each one by a JSON Pointer (RFC 6901) and says what would be right. Nothing was stored.";

    /// A request header can't be read.
    InvalidHeader = "invalid-header", 400, "A request header is not valid",
        "A request header has a value that can't be read. `detail` names the header and what it takes.";

    /// The body can't be received.
    UnreadableBody = "unreadable-body", 400, "The body did not arrive",
        "The connection ended or failed before the whole body was received. Send the request again.";

    /// What was sent about an account is not valid.
    InvalidAccountData = "invalid-account-data", 400, "What was sent about the account is not valid",
        "A member of the body is missing, of the wrong type or out of its limits, or what is asked for can't be done with this \
         account. `code` names the reason as Better Auth does, and `errors` the member. Nothing was changed.";

    /// There is no access token.
    Unauthenticated = "unauthenticated", 401, "Sign in first",
        "The request has no access token. Send `Authorization: Bearer <token>` with a token from \
         `/api/auth/token`.";

    /// The access token was not issued here, or can't be read.
    InvalidToken = "invalid-token", 401, "The access token is not valid",
        "The access token can't be read, was not issued by this service, or is meant for another one. Get \
         one from `/api/auth/token`.";

    /// The access token's time is over.
    TokenExpired = "token-expired", 401, "The access token has expired",
        "The access token's time is over. Get a new one from `/api/auth/token`.";

    /// No account has this e-mail address and password.
    InvalidCredentials = "invalid-credentials", 401, "No account has this e-mail address and password",
        "The e-mail address or the password is wrong; which of them is not said. After several wrong \
         attempts the next one has to wait.";

    /// The link of a mail does not work.
    InvalidLink = "invalid-link", 401, "The link does not work",
        "The link of a mail was used already, is over, or is for another account than the one that is signed in. \
         Each is good once. Ask for a new one.";

    /// The e-mail address has to be confirmed before signing in.
    EmailNotVerified = "email-not-verified", 403, "Confirm your e-mail address first",
        "E-mail address and password are right, but nobody has shown that they read mail at this address. \
         Follow the link that was sent to it, then sign in again.";

    /// The access token doesn't allow this.
    InsufficientScope = "insufficient-scope", 403, "The access token does not allow this",
        "The access token lacks a scope that this operation needs. `detail` and the `WWW-Authenticate` \
         header name the scope.";

    /// A page of another origin may not do this.
    OriginNotAllowed = "origin-not-allowed", 403, "This origin may not do this",
        "The request comes from a web page of an origin that is not allowed here. An operator allows \
         origins with the variable `cors_origins`.";

    /// The request calls the app by a name that is not its own.
    HostNotAllowed = "host-not-allowed", 403, "Called by a name that is not this app's",
        "The `Host` header names something else than this app: a page may have made its own name point here. An \
         operator gives the address that people use as the variable `public_url`, and lists further names for agents in \
         `mcp_allowed_hosts`. Without `public_url` the app answers as `localhost`, `127.0.0.1` and `[::1]` alone.";

    /// Nothing is served at this path.
    NotFound = "not-found", 404, "Nothing is here",
        "Nothing is served at this path. `/api/docs` lists what is.";

    /// People sign in at another server.
    SignInElsewhere = "sign-in-elsewhere", 404, "People sign in elsewhere",
        "This app has no accounts of its own: its operator named another server that people sign in at, in the variable \
         `auth_issuer`. `detail` says where. Tokens of that server are good for REST, MCP and chat.";

    /// The user has no such task.
    TaskNotFound = "task-not-found", 404, "Task not found",
        "You have no task with this id. It may have been deleted. List or search your tasks to find the one \
         you mean.";

    /// The user has no such list.
    ListNotFound = "list-not-found", 404, "List not found",
        "You have no list with this id. It may have been deleted. Look at your lists to find the one you mean. \
         Nothing was changed.";

    /// The user has no such reminder.
    ReminderNotFound = "reminder-not-found", 404, "Reminder not found",
        "You have no reminder with this id. It may have been cancelled. Look at your reminders to find the one you mean.";

    /// The user has done no such thing lately, or nothing at all.
    ActionNotFound = "action-not-found", 404, "Nothing to take back",
        "There is no such action in the last 24 hours, or none is left to take back or to do again. Look at what was done to find the \
         one you mean.";

    /// The user has no such conversation.
    ConversationNotFound = "conversation-not-found", 404, "Conversation not found",
        "You have no conversation with this id. It may have been deleted.";

    /// The conversation has no such turn.
    TurnNotFound = "turn-not-found", 404, "Answer not found",
        "The conversation has no answer with an event of this id. What an answer has said on its way is kept for an hour; read the \
         conversation for what was said in the end.";

    /// The conversation has no such item.
    ItemNotFound = "item-not-found", 404, "Item not found",
        "The conversation has no item with this id: no message, widget or question. It may have been replaced when a message was \
         answered once more. Read the conversation again.";

    /// There is no such model.
    ModelNotFound = "model-not-found", 404, "There is no such model",
        "The assistant goes by one name, which `GET /v1/models` lists. Which language model works behind it is for operators to \
         set. Nothing was stored.";

    /// The user has no such attachment.
    AttachmentNotFound = "attachment-not-found", 404, "Attachment not found",
        "You have no attachment with this id that can be sent: it was deleted, belongs to a message already, or its content was \
         not uploaded. Nothing was stored.";

    /// The path doesn't take this method.
    MethodNotAllowed = "method-not-allowed", 405, "The method is not allowed here",
        "This path does not take this method. The `Allow` header lists those it takes.";

    /// No representation that the client accepts.
    NotAcceptable = "not-acceptable", 406, "No acceptable representation",
        "The `Accept` header rules out everything that can be answered here. `detail` lists what can.";

    /// The version sent is not the current one.
    VersionConflict = "version-conflict", 409, "It has changed",
        "The task or list was changed since you read it, so nothing was done. Read it again, then decide.";

    /// An item of another kind than the request is about.
    WrongItemKind = "wrong-item-kind", 409, "The item is of another kind",
        "The request is about an item of one kind, such as a widget or a message of yours, and this one is of another. Nothing was \
         done.";

    /// An action of a widget that was done already.
    ActionDone = "action-done", 409, "This was done already",
        "What the widget offers was done or put aside already, in another window perhaps, so nothing was done again. Read the \
         conversation again.";

    /// Nothing more can be said in the conversation.
    ConversationLocked = "conversation-locked", 409, "The conversation is locked",
        "Nothing can be said or done in this conversation: it was locked or closed. Its `status` says why, if that is known. \
         Start a new one. Nothing was stored.";

    /// Another message of the conversation is being answered.
    ConversationBusy = "conversation-busy", 409, "The conversation is busy",
        "Another message of this conversation is being answered. Nothing was stored. Send this one again \
         after the seconds that `Retry-After` names.";

    /// The conversation holds as many messages as it can.
    ConversationFull = "conversation-full", 409, "The conversation is full",
        "The conversation holds as many messages as it can. Start a new one by leaving out \
         `conversation_id`.";

    /// The user has as many conversations as they may.
    TooManyConversations = "too-many-conversations", 409, "You have as many conversations as you may",
        "You have as many conversations as one person may have. Delete some, or go on with one by its \
         `conversation_id`. Nothing was stored.";

    /// The user has as many tasks as they may.
    TooManyTasks = "too-many-tasks", 409, "You have as many tasks as you may",
        "Your list holds as many tasks as one person may have. Delete some, done ones for example, then add \
         again. Nothing was stored.";

    /// The user has as many lists as they may.
    TooManyLists = "too-many-lists", 409, "You have as many lists as you may",
        "You have as many lists as one person may have, archived ones included. Delete some, then add again. Nothing was \
         stored.";

    /// The task has as many reminders as it may.
    TooManyReminders = "too-many-reminders", 409, "The task has as many reminders as it may",
        "The task has as many reminders as one task may have, those that were sent included. Cancel some, then add again. \
         Nothing was stored.";

    /// Tasks were changed since what is to be taken back.
    ActionOvertaken = "action-overtaken", 409, "It was changed since",
        "Some of the tasks are no longer as the action left them, or what they belong to is gone, so nothing was taken back. Look at the \
         tasks, and change what you want.";

    /// A yes or a no, and no question is open.
    NothingToConfirm = "nothing-to-confirm", 409, "Nothing waits for an answer",
        "`confirm` answers a question of the assistant, and none is open in this conversation: it was \
         answered, passed over, or is too old. Nothing was done. Say again what you want.";

    /// What `If-Match` asks for does not hold.
    PreconditionFailed = "precondition-failed", 412, "It has changed",
        "The task or list no longer has the version that `If-Match` names, so nothing was done. Read it again, then \
         decide.";

    /// The body is too large.
    ContentTooLarge = "content-too-large", 413, "The body is too large",
        "The body is larger than what is read here. `detail` says how large it may be.";

    /// The body is of a type that is not read here.
    UnsupportedMediaType = "unsupported-media-type", 415, "The body has an unsupported type",
        "The `Content-Type` or `Content-Encoding` of the body is not one that is read here. `detail` lists \
         those that are.";

    /// Members of the body are missing, unknown, of the wrong type or out of their limits.
    InvalidInput = "invalid-input", 422, "The input is not valid",
        "Members of the body are missing, unknown, of the wrong type or out of their limits. `errors` names \
         each one by a JSON Pointer (RFC 6901) and says what would be right. Nothing was changed.";

    /// Someone has an account with this e-mail address.
    EmailTaken = "email-taken", 422, "Someone has an account with this e-mail address",
        "There is an account with this e-mail address. Sign in to it, or use another address.";

    /// Too many requests.
    TooManyRequests = "too-many-requests", 429, "Too many requests",
        "You sent more requests than are allowed in a time. Wait for the seconds that `Retry-After` names.";

    /// The user's tokens of the language model are used up for today.
    DailyTokensUsed = "daily-tokens-used", 429, "The assistant has done enough for today",
        "You have used as much of the language model as one person may in a day. `Retry-After` names the \
         seconds until the next day begins, at midnight UTC. Your tasks can be reached without the assistant \
         meanwhile. Nothing was stored.";

    /// A fault of the service.
    InternalError = "internal-error", 500, "Something went wrong on our side",
        "A fault of the service. It was logged under the id in `detail`: please report that id. Whether it \
         helps to try again is not known.";

    /// Nothing here understands recordings.
    TranscriptionUnavailable = "transcription-unavailable", 501, "Recordings are not understood here",
        "The app is not set up to turn speech into words: that takes a provider of language models. Write your message instead.";

    /// The language model gave no usable answer.
    ModelFailed = "model-failed", 502, "The language model gave no answer",
        "The language model refused the request or answered something that makes no sense. Trying again may \
         help.";

    /// The service can't work now.
    Unavailable = "unavailable", 503, "Not available for the moment",
        "Something the service depends on, such as its database, can't be reached. Nothing was changed. Try \
         again after the seconds that `Retry-After` names.";

    /// The language model can't be reached.
    ModelUnavailable = "model-unavailable", 503, "The language model can't be reached",
        "The language model is busy or out of reach. Your message is kept and nothing was changed. Try \
         again after the seconds that `Retry-After` names.";

    /// There was no answer in time.
    AnswerTimedOut = "answer-timed-out", 504, "There was no answer in time",
        "The language model or the tools took longer than a message may take. Your message is kept and \
         nothing was changed. Try again, perhaps with less at a time.";
}
