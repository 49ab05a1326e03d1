//! What the backend answers: read for its state, and relieved of answers to messages that were ours.

/// State of the session after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// No transaction is open: the next batch may be another client's.
    Idle,
    /// A transaction is open, or failed and waits for its end.
    InTransaction,
}

/// An answer as the client gets it.
#[derive(Debug)]
pub(super) struct Reply {
    /// Wire bytes.
    pub bytes: Vec<u8>,
    /// From the last ReadyForQuery, if there was one.
    pub status: Option<Status>,
    /// From the last ParameterStatus of `session_authorization`: whom the session acts for now.
    pub role: Option<String>,
}

/// Reads an answer; `closes` tells which CloseComplete messages the client did not ask for.
pub(super) fn read(answer: Vec<u8>, closes: &[bool]) -> Reply {
    let mut status = None;
    let mut role = None;
    let mut closes = closes.iter();
    let mut dropped: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some((tag, body, next)) = message(&answer, at) {
        match tag {
            b'Z' => {
                status = Some(match body.first() {
                    Some(b'I') => Status::Idle,
                    _ => Status::InTransaction,
                });
            }
            b'S' => {
                if let Some(value) = body.strip_prefix(b"session_authorization\0") {
                    let value = value.strip_suffix(b"\0").unwrap_or(value);
                    role = Some(String::from_utf8_lossy(value).into_owned());
                }
            }
            b'3' if closes.next() == Some(&true) => dropped.push(at..next),
            _ => {}
        }
        at = next;
    }
    let mut bytes = answer;
    for range in dropped.into_iter().rev() {
        bytes.drain(range);
    }
    Reply { bytes, status, role }
}

/// Type, body and end of the message at `at`.
fn message(answer: &[u8], at: usize) -> Option<(u8, &[u8], usize)> {
    let tag = *answer.get(at)?;
    let length: [u8; 4] = answer.get(at + 1..at + 5)?.try_into().ok()?;
    let end = at + 1 + u32::from_be_bytes(length) as usize;
    Some((tag, answer.get(at + 5..end)?, end))
}

/// An ErrorResponse: severity, SQLSTATE (PostgreSQL appendix A) and text.
pub(super) fn error(severity: &str, sqlstate: &str, text: &str) -> Vec<u8> {
    let fields = format!("S{severity}\0V{severity}\0C{sqlstate}\0M{text}\0\0");
    framed(b'E', fields.as_bytes())
}

/// ReadyForQuery.
pub(super) fn ready(status: Status) -> Vec<u8> {
    framed(
        b'Z',
        match status {
            Status::Idle => b"I",
            Status::InTransaction => b"T",
        },
    )
}

/// A message with its type and length.
pub(super) fn framed(tag: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 5);
    bytes.push(tag);
    bytes.extend(u32::try_from(body.len() + 4).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend_from_slice(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_our_own_closes_are_left_out() {
        let answer = [
            framed(b'3', b""),
            framed(b'1', b""),
            framed(b'3', b""),
            framed(b'S', b"session_authorization\0todo_app\0"),
            framed(b'Z', b"T"),
        ]
        .concat();
        let reply = read(answer, &[true, false]);
        assert_eq!(reply.status, Some(Status::InTransaction));
        assert_eq!(reply.role.as_deref(), Some("todo_app"));
        assert_eq!(reply.bytes.iter().filter(|&&byte| byte == b'3').count(), 1);
        assert_eq!(reply.bytes.first(), Some(&b'1'));
    }

    #[test]
    fn a_cut_answer_has_no_status() {
        assert_eq!(read(vec![b'Z', 0, 0, 0, 5], &[]).status, None);
    }
}
