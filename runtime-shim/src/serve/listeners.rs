//! The sockets at which a run takes requests.

use super::listen_address::ListenAddress;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::task::Poll;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// How many connections the system keeps that are not accepted yet; it may keep fewer (Linux: `net.core.somaxconn`). Where more
/// come at once, it drops them without a word, and a client tries again after a second: the 128 that libraries ask for are
/// fewer than a flood opens between two turns of the thread that accepts.
const MAX_BACKLOG: u32 = 4096;
/// How often a port is chosen anew that is free on one loopback address and taken on the other.
const MAX_CHOICES: usize = 16;

/// The sockets at which a run takes requests: one, or two on one port.
#[derive(Debug)]
pub struct Listeners {
    sockets: Vec<TcpListener>,
    address: SocketAddr,
    /// Which socket is looked at first.
    first: usize,
}

/// A port cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {source}")]
pub struct ListenError {
    /// The address.
    pub address: SocketAddr,
    /// What the system answered.
    pub source: io::Error,
}

impl Listeners {
    /// Listens there. A machine without an IPv6 loopback address has `localhost` at its IPv4 one alone.
    ///
    /// # Errors
    /// [`ListenError`] when the port is taken, or not allowed to this user.
    pub async fn bind(address: ListenAddress) -> Result<Self, ListenError> {
        match address {
            ListenAddress::Only(address) => Ok(Self::new(bind(address)?, None)),
            ListenAddress::Localhost(port) => Self::bind_localhost(port).await,
        }
    }

    async fn bind_localhost(port: u16) -> Result<Self, ListenError> {
        let mut choices = if port == 0 { MAX_CHOICES } else { 1 };
        loop {
            let (socket, address) = bind((Ipv4Addr::LOCALHOST, port).into())?;
            match bind((Ipv6Addr::LOCALHOST, address.port()).into()) {
                Ok((second, _)) => return Ok(Self::new((socket, address), Some(second))),
                // Another program would answer those who come that way.
                Err(taken) if taken.source.kind() == ErrorKind::AddrInUse => {
                    choices -= 1;
                    if choices == 0 {
                        return Err(taken);
                    }
                }
                Err(_no_such_address) => return Ok(Self::new((socket, address), None)),
            }
        }
    }

    fn new((socket, address): (TcpListener, SocketAddr), second: Option<TcpListener>) -> Self {
        Self { sockets: std::iter::once(socket).chain(second).collect(), address, first: 0 }
    }

    /// The address of the first socket, with its port known.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next connection, at whichever socket; they take turns in being looked at first.
    ///
    /// # Errors
    /// What the system answers when it has no file descriptor or memory for one.
    pub async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        let Self { sockets, first, .. } = self;
        let accepted = poll_fn(|cx| {
            for socket in sockets.iter().cycle().skip(*first).take(sockets.len()) {
                if let Poll::Ready(accepted) = socket.poll_accept(cx) {
                    return Poll::Ready(accepted);
                }
            }
            Poll::Pending
        });
        let accepted = accepted.await;
        *first = (*first + 1) % sockets.len().max(1);
        accepted
    }
}

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ListenError> {
    let failed = |source| ListenError { address, source };
    let socket = listen(address).map_err(failed)?;
    let bound = socket.local_addr().map_err(failed)?;
    Ok((socket, bound))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A port whose last connections have just ended can be had again at once. On Windows this would let two programs share one.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(MAX_BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn has_ipv6() -> bool {
        TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await.is_ok()
    }

    #[tokio::test]
    async fn localhost_is_both_loopback_addresses_on_one_port() {
        let mut listeners = Listeners::bind(ListenAddress::Localhost(0)).await.unwrap();
        let port = listeners.address().port();
        assert_eq!(listeners.address().ip(), Ipv4Addr::LOCALHOST);
        assert_eq!(listeners.sockets.len(), if has_ipv6().await { 2 } else { 1 });
        for round in 0..3 {
            for socket in 0..listeners.sockets.len() {
                let address = listeners.sockets[socket].local_addr().unwrap();
                assert_eq!(address.port(), port, "{round}");
                let caller = TcpStream::connect(address).await.unwrap();
                let (_accepted, from) = listeners.accept().await.unwrap();
                assert_eq!(from, caller.local_addr().unwrap());
            }
        }
    }

    #[tokio::test]
    async fn a_flood_at_one_address_does_not_keep_the_other_waiting() {
        let mut listeners = Listeners::bind(ListenAddress::Localhost(0)).await.unwrap();
        let addresses: Vec<_> = listeners.sockets.iter().map(|socket| socket.local_addr().unwrap()).collect();
        let mut callers = Vec::new();
        for _ in 0..8 {
            for address in &addresses {
                callers.push(TcpStream::connect(address).await.unwrap());
            }
        }
        let mut seen = Vec::new();
        for _ in 0..addresses.len() {
            seen.push(listeners.accept().await.unwrap().0.local_addr().unwrap());
        }
        seen.sort();
        assert_eq!(seen, addresses);
    }

    #[tokio::test]
    async fn hundreds_of_connections_wait_to_be_accepted_and_none_is_dropped() {
        let mut listeners = Listeners::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listeners.address();
        // Nothing is accepted meanwhile: one too many would wait until its time is over.
        let connecting = tokio::task::spawn_blocking(move || {
            let connect =
                |_| std::net::TcpStream::connect_timeout(&address, Duration::from_secs(10)).unwrap();
            (0..300).map(connect).collect::<Vec<_>>()
        });
        for _ in connecting.await.unwrap() {
            listeners.accept().await.unwrap();
        }
    }

    #[tokio::test]
    async fn one_address_is_that_one_alone() {
        let listeners = Listeners::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        assert_eq!(listeners.sockets.len(), 1);
        assert!(TcpStream::connect((Ipv6Addr::LOCALHOST, listeners.address().port())).await.is_err());
    }

    #[tokio::test]
    async fn a_port_that_is_taken_on_either_address_is_told() {
        let mut taken = vec![TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap()];
        taken.extend(TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await.ok());
        for socket in taken {
            let address = socket.local_addr().unwrap();
            let error = Listeners::bind(ListenAddress::Localhost(address.port())).await.unwrap_err();
            assert!(error.to_string().starts_with(&format!("cannot listen on {address}: ")), "{error}");
        }
    }
}
