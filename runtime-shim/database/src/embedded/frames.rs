//! Messages a client sends, cut into batches the one backend can run on behalf of any client.
//!
//! PostgreSQL's frontend/backend protocol 3.0, section "Message Formats". All clients share one session, so
//! the names of prepared statements get the client's number in front, and the unnamed statement gets a name.

use std::collections::HashSet;

use bytes::{Buf, BytesMut};

/// The largest message a client may send: a statement with its parameters, in bytes.
const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// What DISCARD ALL does, without its hold on prepared statements and on whom the session acts for.
const FORGET_SESSION: &str = "CLOSE ALL; RESET ALL; UNLISTEN *; SELECT pg_catalog.pg_advisory_unlock_all(); \
    DISCARD TEMP; DISCARD SEQUENCES";

/// A message with its type byte; `body` excludes type and length.
#[derive(Debug)]
pub(super) struct Frame {
    /// The type byte: `Q`, `P`, `B`, …
    pub tag: u8,
    /// What follows the length.
    pub body: BytesMut,
}

/// Why the bytes of a client cannot be served; the connection ends.
#[derive(Debug, thiserror::Error)]
pub(super) enum FrameError {
    #[error("a message of {0} bytes is larger than this database takes")]
    TooLarge(usize),
    #[error("message {0:?} is malformed")]
    Malformed(char),
}

/// Takes the next whole message from `buffer`, or nothing when more bytes are needed.
pub(super) fn next_frame(buffer: &mut BytesMut) -> Result<Option<Frame>, FrameError> {
    let (Some(&tag), Some(length)) = (buffer.first(), buffer.get(1..5)) else {
        return Ok(None);
    };
    // The length counts itself, not the type byte.
    let length = length.try_into().map(u32::from_be_bytes).unwrap_or(0) as usize;
    if length < 4 {
        return Err(FrameError::Malformed(tag.into()));
    }
    if length > MAX_MESSAGE {
        return Err(FrameError::TooLarge(length));
    }
    if buffer.len() < length + 1 {
        return Ok(None);
    }
    let mut body = buffer.split_to(length + 1);
    body.advance(5);
    Ok(Some(Frame { tag, body }))
}

/// What ends a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The answer ends with ReadyForQuery.
    Ready,
    /// Flush: an answer now, the rest of the extended query follows.
    Flush,
}

/// Messages that go to the backend at once.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Wire bytes, with the names changed.
    pub bytes: Vec<u8>,
    /// One entry per Close message, true when it is ours: its CloseComplete is not passed on.
    pub closes: Vec<bool>,
    /// Why the batch is answered with an error instead of being run.
    pub refused: Option<&'static str>,
}

/// Rewrites what one client sends.
#[derive(Debug)]
pub(super) struct Rewriter {
    prefix: String,
    prepared: HashSet<Vec<u8>>,
    batch: Batch,
}

impl Rewriter {
    pub(super) fn new(client: u64) -> Self {
        Self { prefix: format!("c{client}_"), prepared: HashSet::new(), batch: Batch::default() }
    }

    /// Adds a message; `Some` when it completes a batch.
    pub(super) fn push(&mut self, frame: &Frame) -> Result<Option<(Batch, End)>, FrameError> {
        let Frame { tag, body } = frame;
        let malformed = || FrameError::Malformed((*tag).into());
        match tag {
            b'P' => {
                let (name, rest) = c_string(body).ok_or_else(malformed)?;
                self.refuse_copy_in(rest);
                let name = self.named(name);
                if name.len() == self.prefix.len() {
                    // Parse replaces the unnamed statement, but not one with a name.
                    self.close(&name, true);
                }
                self.prepared.insert(name.clone());
                self.add(b'P', &[&name, b"\0", rest]);
            }
            b'B' => {
                let (portal, rest) = c_string(body).ok_or_else(malformed)?;
                let (name, rest) = c_string(rest).ok_or_else(malformed)?;
                let name = self.named(name);
                self.add(b'B', &[portal, b"\0", &name, b"\0", rest]);
            }
            b'D' | b'C' => {
                let (&kind, rest) = body.split_first().ok_or_else(malformed)?;
                let (name, _) = c_string(rest).ok_or_else(malformed)?;
                match (kind, tag) {
                    (b'S', b'C') => {
                        let name = self.named(name);
                        self.prepared.remove(&name);
                        self.close(&name, false);
                    }
                    (b'S', _) => {
                        let name = self.named(name);
                        self.add(b'D', &[b"S", &name, b"\0"]);
                    }
                    _ => {
                        if *tag == b'C' {
                            self.batch.closes.push(false);
                        }
                        self.add(*tag, &[body]);
                    }
                }
            }
            b'Q' => {
                if is_discard_all(body) {
                    self.forget_session();
                } else {
                    self.refuse_copy_in(body);
                    self.add(b'Q', &[body]);
                }
                return Ok(Some((std::mem::take(&mut self.batch), End::Ready)));
            }
            b'S' => {
                self.add(b'S', &[body]);
                return Ok(Some((std::mem::take(&mut self.batch), End::Ready)));
            }
            b'H' => {
                self.add(b'H', &[body]);
                return Ok(Some((std::mem::take(&mut self.batch), End::Flush)));
            }
            // Rows of a COPY that was refused, sent before the refusal arrived.
            b'd' | b'c' | b'f' => {}
            _ => self.add(*tag, &[body]),
        }
        Ok(None)
    }

    /// Frees what this client prepared; for a client that is gone.
    pub(super) fn goodbye(mut self) -> Batch {
        self.batch = Batch::default();
        self.forget_session();
        self.batch
    }

    /// DISCARD ALL, but of this client's statements only: the others' are in the same session.
    fn forget_session(&mut self) {
        for name in std::mem::take(&mut self.prepared) {
            self.close(&name, true);
        }
        self.add(b'Q', &[FORGET_SESSION.as_bytes(), b"\0"]);
    }

    fn named(&self, name: &[u8]) -> Vec<u8> {
        [self.prefix.as_bytes(), name].concat()
    }

    fn close(&mut self, name: &[u8], ours: bool) {
        self.batch.closes.push(ours);
        self.add(b'C', &[b"S", name, b"\0"]);
    }

    /// The backend reads rows from the bytes at hand, and would fail on those still to come.
    fn refuse_copy_in(&mut self, sql: &[u8]) {
        let start = sql.trim_ascii_start();
        let is_copy = start.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"copy"));
        if is_copy && start.windows(5).any(|word| word.eq_ignore_ascii_case(b"stdin")) {
            self.batch.refused =
                Some("COPY FROM STDIN is not available in the embedded database; use INSERT");
        }
    }

    fn add(&mut self, tag: u8, parts: &[&[u8]]) {
        let length = parts.iter().map(|part| part.len()).sum::<usize>() + 4;
        self.batch.bytes.push(tag);
        // `next_frame` keeps messages far below 4 GiB.
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.batch.bytes.extend(length.to_be_bytes());
        for part in parts {
            self.batch.bytes.extend_from_slice(part);
        }
    }
}

fn is_discard_all(query: &[u8]) -> bool {
    let text = String::from_utf8_lossy(query);
    let mut words = text.trim_end_matches(['\0', ';', ' ', '\n']).split_ascii_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("discard"))
        && words.next().is_some_and(|word| word.eq_ignore_ascii_case("all"))
        && words.next().is_none()
}

/// Splits at the first NUL byte.
fn c_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(tag: u8, body: &[u8]) -> Frame {
        Frame { tag, body: BytesMut::from(body) }
    }

    #[test]
    fn a_message_is_taken_only_when_it_is_whole() {
        let mut buffer = BytesMut::from(&b"Q\0\0\0\x06x"[..]);
        assert!(next_frame(&mut buffer).unwrap().is_none());
        buffer.extend_from_slice(b"\0S\0\0\0\x04");
        let query = next_frame(&mut buffer).unwrap().unwrap();
        assert_eq!((query.tag, &query.body[..]), (b'Q', &b"x\0"[..]));
        assert_eq!(next_frame(&mut buffer).unwrap().unwrap().tag, b'S');
        assert!(next_frame(&mut buffer).unwrap().is_none());
    }

    #[test]
    fn impossible_lengths_end_the_connection() {
        assert!(next_frame(&mut BytesMut::from(&b"Q\0\0\0\x03"[..])).is_err());
        assert!(next_frame(&mut BytesMut::from(&b"Q\xff\xff\xff\xff"[..])).is_err());
    }

    #[test]
    fn statements_carry_their_client() {
        let mut rewriter = Rewriter::new(7);
        assert!(rewriter.push(&frame(b'P', b"s1\0select 1\0\0\0")).unwrap().is_none());
        rewriter.push(&frame(b'B', b"\0s1\0\0\0\0\0\0\0")).unwrap();
        let (batch, end) = rewriter.push(&frame(b'S', b"")).unwrap().unwrap();
        assert_eq!(end, End::Ready);
        let text = String::from_utf8_lossy(&batch.bytes).into_owned();
        assert!(text.contains("c7_s1\0select 1"), "{text:?}");
        assert!(text.contains("\0c7_s1\0"), "{text:?}");
        assert!(batch.closes.is_empty());
        let (discard, _) = Rewriter::new(8).push(&frame(b'Q', b"discard ALL;\0")).unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&discard.bytes).contains("discard ALL"));
        let goodbye = rewriter.goodbye();
        assert!(String::from_utf8_lossy(&goodbye.bytes).contains("Sc7_s1\0"));
    }

    #[test]
    fn the_unnamed_statement_is_replaced_under_a_name() {
        let mut rewriter = Rewriter::new(7);
        rewriter.push(&frame(b'P', b"\0select 1\0\0\0")).unwrap();
        rewriter.push(&frame(b'C', b"Sother\0")).unwrap();
        let (batch, _) = rewriter.push(&frame(b'S', b"")).unwrap().unwrap();
        assert_eq!(batch.closes, [true, false]);
    }

    #[test]
    fn rows_for_copy_are_refused() {
        let mut rewriter = Rewriter::new(1);
        let (batch, _) = rewriter.push(&frame(b'Q', b" COPY t from STDIN\0")).unwrap().unwrap();
        assert!(batch.refused.is_some());
        let (batch, _) = rewriter.push(&frame(b'Q', b"select 'copy stdin'\0")).unwrap().unwrap();
        assert!(batch.refused.is_none());
    }
}
