//! The opening of a connection: encryption refused, name and password checked, session described.
//!
//! PostgreSQL's frontend/backend protocol 3.0, "Start-up" and "Cleartext password". The password crosses the
//! loopback interface only; without it every program of this machine could act as any user of the app.

use std::collections::BTreeMap;
use std::io;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::frames::next_frame;
use super::reply::{Status, error, framed, ready};

/// `SSLRequest` and `GSSENCRequest`: answered with "no".
const ENCRYPTION_REQUESTS: [u32; 2] = [80_877_103, 80_877_104];
/// `CancelRequest`: statements here cannot be cancelled.
const CANCEL_REQUEST: u32 = 80_877_102;
/// Start-up parameters are few and short.
const MAX_STARTUP: usize = 10_000;

/// Who may sign in, by role name.
pub(super) type Passwords = BTreeMap<String, String>;

/// Leads a client to the point where it may send statements; gives its role, or nothing when it was sent away.
pub(super) async fn greet(
    stream: &mut TcpStream,
    buffer: &mut BytesMut,
    passwords: &tokio::sync::RwLock<Passwords>,
    server_version: &str,
) -> io::Result<Option<String>> {
    let Some(parameters) = read_startup(stream, buffer).await? else {
        return Ok(None);
    };
    let role = parameters.get("user").cloned().unwrap_or_default();
    // AuthenticationCleartextPassword
    stream.write_all(&framed(b'R', &3_u32.to_be_bytes())).await?;
    let given = read_password(stream, buffer).await?;
    let known = passwords.read().await.get(&role).cloned();
    if known.is_none() || known != given {
        let text = format!("password authentication failed for user \"{role}\"");
        stream.write_all(&error("FATAL", "28P01", &text)).await?;
        return Ok(None);
    }
    // AuthenticationOk
    let mut answer = framed(b'R', &0_u32.to_be_bytes());
    for (name, value) in [
        ("server_version", server_version),
        ("server_encoding", "UTF8"),
        ("client_encoding", "UTF8"),
        ("DateStyle", "ISO, MDY"),
        ("IntervalStyle", "postgres"),
        ("TimeZone", "UTC"),
        ("integer_datetimes", "on"),
        ("standard_conforming_strings", "on"),
    ] {
        answer.extend(framed(b'S', format!("{name}\0{value}\0").as_bytes()));
    }
    // BackendKeyData: nothing can be cancelled with it.
    answer.extend(framed(b'K', &[0; 8]));
    answer.extend(ready(Status::Idle));
    stream.write_all(&answer).await?;
    Ok(Some(role))
}

async fn read_startup(
    stream: &mut TcpStream,
    buffer: &mut BytesMut,
) -> io::Result<Option<BTreeMap<String, String>>> {
    loop {
        let length = loop {
            match buffer.first_chunk::<4>().copied() {
                Some(length) => break u32::from_be_bytes(length) as usize,
                None if !fill(stream, buffer).await? => return Ok(None),
                None => {}
            }
        };
        if !(8..=MAX_STARTUP).contains(&length) {
            return Ok(None);
        }
        while buffer.len() < length {
            if !fill(stream, buffer).await? {
                return Ok(None);
            }
        }
        let mut packet = buffer.split_to(length);
        packet.advance(4);
        match packet.get_u32() {
            code if ENCRYPTION_REQUESTS.contains(&code) => stream.write_all(b"N").await?,
            CANCEL_REQUEST => return Ok(None),
            _ => {
                let mut words = packet
                    .as_ref()
                    .split(|&byte| byte == 0)
                    .map(|word| String::from_utf8_lossy(word).into_owned());
                let mut parameters = BTreeMap::new();
                while let (Some(name), Some(value)) = (words.next(), words.next()) {
                    parameters.insert(name, value);
                }
                return Ok(Some(parameters));
            }
        }
    }
}

async fn read_password(stream: &mut TcpStream, buffer: &mut BytesMut) -> io::Result<Option<String>> {
    loop {
        match next_frame(buffer) {
            Ok(Some(frame)) if frame.tag == b'p' => {
                let text = frame.body.as_ref().split(|&byte| byte == 0).next().unwrap_or_default();
                return Ok(Some(String::from_utf8_lossy(text).into_owned()));
            }
            Ok(Some(_)) | Err(_) => return Ok(None),
            Ok(None) if buffer.len() > MAX_STARTUP => return Ok(None),
            Ok(None) if !fill(stream, buffer).await? => return Ok(None),
            Ok(None) => {}
        }
    }
}

/// Reads more; false at the end of the stream.
pub(super) async fn fill(stream: &mut TcpStream, buffer: &mut BytesMut) -> io::Result<bool> {
    Ok(stream.read_buf(buffer).await? > 0)
}
