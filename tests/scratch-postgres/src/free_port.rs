//! Ports for servers that have to be told theirs.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io;
use std::net::TcpListener;

/// Below the range from which systems give a port to whoever asks for any: 32768 and up on Linux.
const FIRST_PORT: u16 = 10_000;
const PORT_COUNT: u16 = 20_000;

/// A port of 127.0.0.1 at which nothing listens. Between this answer and the start of the server that takes it, no program that
/// asks for any port, such as a browser for its debugger, is given the same.
///
/// # Errors
/// [`io::ErrorKind::AddrNotAvailable`] when all are taken.
pub fn free_port() -> io::Result<u16> {
    // Test programs run side by side: each begins somewhere else.
    let random = RandomState::new().build_hasher().finish();
    let offset = u16::try_from(random % u64::from(PORT_COUNT)).unwrap_or_default();
    (0..PORT_COUNT)
        .map(|step| FIRST_PORT + (offset + step) % PORT_COUNT)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_free_and_is_none_that_the_system_gives_away() {
        let any = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let port = free_port().unwrap();
        assert!(
            (FIRST_PORT..FIRST_PORT + PORT_COUNT).contains(&port)
                && !(FIRST_PORT..FIRST_PORT + PORT_COUNT).contains(&any)
        );
        TcpListener::bind(("127.0.0.1", port)).unwrap();
    }
}
