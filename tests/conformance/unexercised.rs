//! Checks that the suite does not make of this server, each with the reason.

/// Scenario, check, reason.
pub const UNEXERCISED: [(&str, &str, &str); 4] = [
    (
        "tasks-status-notifications",
        "tasks-status-notifications",
        "the suite skips it for every server: it does not listen yet where the notifications are sent",
    ),
    (
        "server-session-lifecycle",
        "server-session-delete-accepted",
        "a session id describes its client, and nothing is kept of it: DELETE is answered with 405, as the specification allows",
    ),
    (
        "server-session-lifecycle",
        "server-session-terminated-returns-404",
        "no session is ended before its time, see above",
    ),
    (
        "server-sse-multiple-streams",
        "server-sse-streams-functional",
        "it asks for lists, which are answered at once: there is no stream to read",
    ),
];
