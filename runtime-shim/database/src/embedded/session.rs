//! One client's connection: its batches take turns with those of the others, a transaction keeps the turn.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, MutexGuard};

use super::backend::{Backend, BackendLost, NotRun};
use super::frames::{Batch, End, Rewriter, next_frame};
use super::reply::{Status, error, ready};
use super::startup::fill;

/// How long a client may leave a transaction open without a word: everybody else waits meanwhile.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(5);

/// A client that has signed in.
pub(super) struct Session {
    /// Bytes read and not yet used.
    pub buffer: BytesMut,
    /// Numbers clients, for the names of their statements.
    pub client: u64,
    /// The role it acts as.
    pub role: String,
}

/// Serves the client until it leaves, misbehaves, or the backend restarts under it.
pub(super) async fn serve(
    mut stream: TcpStream,
    backend: Arc<Mutex<Backend>>,
    session: Session,
) -> io::Result<()> {
    let Session { mut buffer, client, role } = session;
    let mut rewriter = Rewriter::new(client);
    let generation = backend.lock().await.generation;
    // Held between batches while a transaction, or half an extended query, is open.
    let mut turn: Option<MutexGuard<'_, Backend>> = None;
    let mut status = Status::Idle;

    let result = loop {
        let frame = match next_frame(&mut buffer) {
            Ok(Some(frame)) => frame,
            Ok(None) => {
                let more = async { fill(&mut stream, &mut buffer).await };
                let more = if turn.is_some() {
                    tokio::time::timeout(IDLE_IN_TRANSACTION, more).await
                } else {
                    Ok(more.await)
                };
                match more {
                    Ok(Ok(true)) => continue,
                    Ok(Ok(false)) => break Ok(()),
                    Ok(Err(error)) => break Err(error),
                    Err(_elapsed) => {
                        let text = "terminating connection due to idle-in-transaction timeout";
                        break stream.write_all(&error("FATAL", "25P03", text)).await;
                    }
                }
            }
            Err(malformed) => {
                let text = malformed.to_string();
                break stream.write_all(&error("FATAL", "08P01", &text)).await;
            }
        };
        if frame.tag == b'X' {
            break Ok(());
        }
        let (batch, end) = match rewriter.push(&frame) {
            Ok(Some(complete)) => complete,
            Ok(None) => continue,
            Err(malformed) => {
                let text = malformed.to_string();
                break stream.write_all(&error("FATAL", "08P01", &text)).await;
            }
        };
        let mut held = match turn.take() {
            Some(held) => held,
            None => backend.lock().await,
        };
        if held.generation != generation {
            break say_goodbye(&mut stream, BackendLost.into()).await;
        }
        let answer = if let Some(text) = batch.refused {
            [error("ERROR", "0A000", text), ready(status)].concat()
        } else {
            match run(&mut held, &role, batch).await {
                Ok((bytes, after)) => {
                    status = after.unwrap_or(status);
                    bytes
                }
                Err(reason) => {
                    turn = Some(held);
                    break say_goodbye(&mut stream, reason).await;
                }
            }
        };
        if status == Status::InTransaction || end == End::Flush {
            turn = Some(held);
        } else {
            drop(held);
        }
        if let Err(error) = stream.write_all(&answer).await {
            break Err(error);
        }
    };
    clean_up(turn, &backend, generation, &role, rewriter).await;
    result
}

async fn run(backend: &mut Backend, role: &str, batch: Batch) -> Result<(Vec<u8>, Option<Status>), NotRun> {
    let reply = backend.run(role, batch.bytes, batch.closes).await?;
    Ok((reply.bytes, reply.status))
}

/// Ends the client's transaction and frees its statements, so that the next one finds the session clean.
async fn clean_up(
    turn: Option<MutexGuard<'_, Backend>>,
    backend: &Mutex<Backend>,
    generation: u64,
    role: &str,
    rewriter: Rewriter,
) {
    let (mut held, open) = match turn {
        Some(held) => (held, true),
        None => (backend.lock().await, false),
    };
    if held.generation != generation {
        return;
    }
    if open && held.roll_back().await.is_err() {
        return;
    }
    let goodbye = rewriter.goodbye();
    // A restart has cleaned up already.
    let _lost = held.run(role, goodbye.bytes, goodbye.closes).await;
}

async fn say_goodbye(stream: &mut TcpStream, reason: NotRun) -> io::Result<()> {
    let sqlstate = match reason {
        NotRun::Lost(_) => "57P02",
        NotRun::Role => "28000",
    };
    let text = reason.to_string();
    stream.write_all(&error("FATAL", sqlstate, &text)).await
}
