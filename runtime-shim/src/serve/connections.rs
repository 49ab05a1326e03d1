//! The connections there are, and which of them has to go when there are too many: the one that has done nothing for longest.

use super::deadline::Deadline;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How long a connection may be without a request: before the first one, and between two.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long one without a request may stay open when the process ends.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// All connections of a listener.
#[derive(Debug)]
pub struct Connections {
    /// Most at a time.
    max: usize,
    /// Most of one client's address at a time.
    max_of_address: usize,
    stall: Duration,
    began: AtomicU64,
    is_leaving: AtomicBool,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    all: HashMap<u64, Arc<Connection>>,
    of_address: HashMap<IpAddr, usize>,
}

/// One of them.
#[derive(Debug)]
pub struct Connection {
    /// Who is at the other end.
    pub client: SocketAddr,
    /// Which address of this machine it came to, where the system tells.
    pub local: Option<SocketAddr>,
    network: IpAddr,
    requests: AtomicUsize,
    /// Counts up with each change between idle and busy, so that the smallest has idled longest.
    since: AtomicU64,
    deadline: Arc<Deadline>,
    close: Notify,
}

impl Connections {
    /// At most `max` at a time, half of them for one address; each may take `stall` for the next bytes of a body.
    pub fn new(max: usize, stall: Duration) -> Arc<Self> {
        let max = max.max(1);
        Arc::new(Self {
            max,
            max_of_address: max.div_ceil(2),
            stall,
            began: AtomicU64::new(0),
            is_leaving: AtomicBool::new(false),
            open: Mutex::default(),
        })
    }

    /// Counts the connection of `client` to `local`. Where there are as many as may be, another one that has no request has to go.
    /// `None` when every one has: then this one has to go.
    pub fn open(self: &Arc<Self>, client: SocketAddr, local: Option<SocketAddr>) -> Option<OpenConnection> {
        let network = network(client.ip());
        let mut open = lock(&self.open);
        let of_address = open.of_address.get(&network).copied().unwrap_or(0);
        if of_address >= self.max_of_address {
            open.close_idlest(Some(network))?;
        } else if open.all.len() >= self.max {
            open.close_idlest(None)?;
        }
        let id = self.began.fetch_add(1, Relaxed);
        let connection = Arc::new(Connection {
            client,
            local,
            network,
            requests: AtomicUsize::new(0),
            since: AtomicU64::new(id),
            deadline: Arc::new(Deadline::new(self.stall)),
            close: Notify::new(),
        });
        connection.is_idle_for(self.max_idle());
        *open.of_address.entry(network).or_default() += 1;
        open.all.insert(id, Arc::clone(&connection));
        Some(OpenConnection { id, connection, connections: Arc::clone(self) })
    }

    fn max_idle(&self) -> Duration {
        if self.is_leaving.load(Relaxed) { CLOSE_TIMEOUT } else { IDLE_TIMEOUT }
    }

    /// The process ends: those without a request do so soon, too.
    pub fn begin_shutdown(&self) {
        self.is_leaving.store(true, Relaxed);
        let open = lock(&self.open);
        for connection in open.all.values().filter(|connection| connection.is_idle()) {
            connection.is_idle_for(CLOSE_TIMEOUT);
        }
    }
}

impl Open {
    /// Has the connection end that has been without a request for longest, of `network` if one is given.
    fn close_idlest(&mut self, network: Option<IpAddr>) -> Option<()> {
        let of_network =
            |connection: &Connection| network.is_none_or(|network| connection.network == network);
        let idle = self.all.iter().filter(|(_, connection)| connection.is_idle() && of_network(connection));
        let (id, _) = idle.min_by_key(|(_, connection)| connection.since.load(Relaxed))?;
        let id = *id;
        let connection = self.forget(id)?;
        connection.close.notify_one();
        Some(())
    }

    fn forget(&mut self, id: u64) -> Option<Arc<Connection>> {
        let connection = self.all.remove(&id)?;
        if let Some(number) = self.of_address.get_mut(&connection.network) {
            *number -= 1;
            if *number == 0 {
                self.of_address.remove(&connection.network);
            }
        }
        Some(connection)
    }
}

impl Connection {
    /// What it is waited for by; an HTTP/1 connection's response uses it while it is sent.
    pub fn deadline(&self) -> &Arc<Deadline> {
        &self.deadline
    }

    fn is_idle(&self) -> bool {
        self.requests.load(Relaxed) == 0
    }

    fn is_idle_for(&self, time: Duration) {
        self.deadline.set(Instant::now() + time);
    }

    /// Waits until the connection has to end.
    pub async fn must_close(&self) {
        tokio::select! {
            () = self.deadline.passed() => {}
            () = self.close.notified() => {}
        }
    }
}

/// A connection that counts; it does no more when this is dropped.
#[derive(Debug)]
pub struct OpenConnection {
    id: u64,
    connection: Arc<Connection>,
    connections: Arc<Connections>,
}

impl OpenConnection {
    /// The connection.
    pub fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// A request has come in by it; it is over when the guard is gone.
    pub fn begin_request(&self) -> OpenRequest {
        let connection = Arc::clone(&self.connection);
        if connection.requests.fetch_add(1, Relaxed) == 0 {
            connection.deadline.clear();
        }
        OpenRequest { connection, connections: Arc::clone(&self.connections) }
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        lock(&self.connections.open).forget(self.id);
    }
}

/// A request in progress, from its head to the last byte of its response.
#[derive(Debug)]
pub struct OpenRequest {
    connection: Arc<Connection>,
    connections: Arc<Connections>,
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        if self.connection.requests.fetch_sub(1, Relaxed) == 1 {
            self.connection.since.store(self.connections.began.fetch_add(1, Relaxed), Relaxed);
            self.connection.is_idle_for(self.connections.max_idle());
        }
    }
}

/// What counts as one client: an IPv4 address, or the IPv6 network that a provider gives to one customer at the least.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STALL_TIMEOUT: Duration = Duration::from_millis(40);

    fn client(address: &str) -> SocketAddr {
        SocketAddr::new(address.parse().unwrap(), 4000)
    }

    fn is_closed(open: &OpenConnection) -> bool {
        use futures::FutureExt;
        open.connection().must_close().now_or_never().is_some()
    }

    #[tokio::test]
    async fn the_one_that_has_idled_longest_makes_room() {
        let connections = Connections::new(4, STALL_TIMEOUT);
        let addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];
        let open: Vec<_> =
            addresses.iter().map(|address| connections.open(client(address), None).unwrap()).collect();
        drop(open[0].begin_request());
        let _busy = open[1].begin_request();
        let _fifth = connections.open(client("10.0.0.5"), None).unwrap();
        assert_eq!(open.iter().map(is_closed).collect::<Vec<_>>(), [false, false, true, false]);
    }

    #[tokio::test]
    async fn one_address_has_half_of_them_and_pushes_out_only_its_own() {
        let connections = Connections::new(4, STALL_TIMEOUT);
        let other = connections.open(client("10.0.0.1"), None).unwrap();
        let own: Vec<_> = (0..3).map(|_| connections.open(client("2001:db8::1"), None).unwrap()).collect();
        assert_eq!(own.iter().map(is_closed).collect::<Vec<_>>(), [true, false, false]);
        let neighbour = connections.open("[2001:db8::2]:1".parse().unwrap(), None).unwrap();
        assert!(is_closed(&own[1]), "it is of the same network");
        assert!(!is_closed(&other) && !is_closed(&neighbour));
    }

    #[tokio::test]
    async fn where_all_have_requests_a_new_one_has_to_go() {
        let connections = Connections::new(2, STALL_TIMEOUT);
        let open =
            [client("10.0.0.1"), client("10.0.0.2")].map(|client| connections.open(client, None).unwrap());
        let requests: Vec<_> = open.iter().map(OpenConnection::begin_request).collect();
        assert!(connections.open(client("10.0.0.3"), None).is_none());
        drop(requests);
        assert!(connections.open(client("10.0.0.3"), None).is_some());
    }

    #[tokio::test]
    async fn idle_ones_end_soon_when_the_process_does() {
        let connections = Connections::new(8, STALL_TIMEOUT);
        let (idle, busy) =
            (connections.open(client("10.0.0.1"), None), connections.open(client("10.0.0.2"), None));
        let (idle, busy) = (idle.unwrap(), busy.unwrap());
        let request = busy.begin_request();
        connections.begin_shutdown();
        let soon = CLOSE_TIMEOUT * 3;
        tokio::time::timeout(soon, idle.connection().must_close()).await.unwrap();
        assert!(!is_closed(&busy));
        drop(request);
        tokio::time::timeout(soon, busy.connection().must_close()).await.unwrap();
    }
}
