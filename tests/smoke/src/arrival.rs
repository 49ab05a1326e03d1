//! The first request.

use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::visit::Visitor;

/// Between two attempts.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// Asks whether the app is alive until anything answers, for as long as `timeout`: right after a roll-out a node may not
/// know yet where a Service's pods are. An answer, be it a refusal, is never asked for twice.
pub fn arrive(visitor: &Visitor, timeout: Duration) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match visitor.get("/livez", &[]) {
            Err(Error::NoAnswer { .. }) if start.elapsed() < timeout => thread::sleep(POLL_INTERVAL),
            answered => return answered.map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{SocketAddr, TcpListener};

    use super::*;

    fn free_address() -> SocketAddr {
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
    }

    fn visitor(address: SocketAddr) -> Visitor {
        Visitor::new(&format!("http://{address}"), Duration::from_secs(5))
    }

    /// Answers the first caller, after a while in which nobody listens.
    fn answer_late(address: SocketAddr, status: &'static str) -> thread::JoinHandle<()> {
        thread::spawn(move || {
            thread::sleep(POLL_INTERVAL * 2);
            let (mut caller, _) = TcpListener::bind(address).unwrap().accept().unwrap();
            let _ = caller.read(&mut [0; 1024]).unwrap();
            write!(caller, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
        })
    }

    #[test]
    fn an_app_that_can_be_reached_only_soon_is_waited_for() {
        let address = free_address();
        let app = answer_late(address, "200 OK");
        arrive(&visitor(address), Duration::from_secs(20)).unwrap();
        app.join().unwrap();
    }

    #[test]
    fn a_refusal_is_final() {
        let address = free_address();
        let app = answer_late(address, "503 Service Unavailable");
        let refused = arrive(&visitor(address), Duration::from_secs(20));
        assert!(matches!(refused, Err(Error::Status { status: 503, .. })), "{refused:?}");
        app.join().unwrap();
    }

    #[test]
    fn a_wait_that_is_over_ends() {
        let start = Instant::now();
        let given_up = arrive(&visitor(free_address()), POLL_INTERVAL * 2);
        assert!(matches!(given_up, Err(Error::NoAnswer { .. })), "{given_up:?}");
        assert!(start.elapsed() >= POLL_INTERVAL * 2);
    }
}
