//! What components hold and call.

use super::address::Address;
use super::bindings::{
    Column, DbValue, Error, Host, HostConnection, HostConnectionBuilder, HostConnectionBuilderWithStore,
    HostConnectionWithStore, ParameterValue, RowSet,
};
use super::connection::QueryFailure;
use super::errors::query_failed;
use super::parameters::{self, Parameter};
use super::pool::{Checkout, Pools};
use super::rows::{self, Rows};
use super::session::{Effect, effect_of};
use crate::host::InstanceState;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::{Mutex, oneshot};
use tokio_postgres::Statement;
use wasmtime::StoreContextMut;
use wasmtime::component::{
    Accessor, Destination, FutureReader, HasSelf, Resource, StreamProducer, StreamReader, StreamResult,
    VecBuffer,
};

/// Most rows handed over at once.
const ROWS_AT_ONCE: usize = 64;

/// A component's `connection`: an address, and a physical connection only while it needs one.
///
/// A statement that leaves nothing behind borrows a connection for itself and gives it back with its last row. One
/// that may change the session pins the connection until the component drops this.
#[derive(Clone)]
pub struct GuestConnection {
    address: Arc<Address>,
    pinned: Arc<Mutex<Option<Arc<Checkout>>>>,
    pools: Arc<Pools>,
}

/// A component's `connection-builder`.
pub struct GuestConnectionBuilder {
    address: String,
    authority: Option<String>,
}

impl GuestConnection {
    fn open(state: &InstanceState, address: &str, authority: Option<String>) -> Result<Self, Error> {
        let mut address = Address::parse(address, &state.component.allowed_hosts)?;
        if let Some(pem) = authority {
            address = address.with_authority(pem);
        }
        Ok(Self {
            address: Arc::new(address),
            pinned: Arc::default(),
            pools: Arc::clone(&state.component.postgres),
        })
    }

    async fn query(&self, sql: &str, values: Vec<ParameterValue>) -> Result<(Vec<Column>, Rows), Error> {
        let parameters = parameters::read_all(values)?;
        let checkout = self.checkout(sql).await?;
        run(checkout, sql, &parameters, rows::columns).await
    }

    async fn execute(&self, sql: &str, values: Vec<ParameterValue>) -> Result<u64, Error> {
        let parameters = parameters::read_all(values)?;
        let checkout = self.checkout(sql).await?;
        let (_, mut rows) = run(checkout, sql, &parameters, |_| Ok(())).await?;
        rows.affected().await
    }

    /// The connection `sql` runs on.
    async fn checkout(&self, sql: &str) -> Result<Arc<Checkout>, Error> {
        let mut pinned = self.pinned.lock().await;
        if let Some(checkout) = pinned.as_ref() {
            return Ok(Arc::clone(checkout));
        }
        let checkout = Arc::new(self.pools.acquire(&self.address).await?);
        if effect_of(sql) == Effect::Session {
            checkout.session_changed();
            *pinned = Some(Arc::clone(&checkout));
        }
        Ok(checkout)
    }
}

/// Starts `sql`. When this is dropped before it is done, the connection is given up with it.
async fn run<C>(
    checkout: Arc<Checkout>,
    sql: &str,
    parameters: &[Parameter],
    check: impl Fn(&Statement) -> Result<C, Error>,
) -> Result<(C, Rows), Error> {
    checkout.started();
    match checkout.connection()?.query(sql, parameters, check).await {
        Ok((checked, rows)) => Ok((checked, Rows::new(rows, checkout))),
        Err(QueryFailure::Refused(e)) => {
            checkout.finished();
            Err(e)
        }
        Err(QueryFailure::Server(e)) if !e.is_closed() => {
            checkout.finished();
            Err(query_failed(&e))
        }
        // Left as running: the connection is not used again.
        Err(QueryFailure::Server(e) | QueryFailure::Reset(e)) => Err(query_failed(&e)),
    }
}

impl Host for InstanceState {}

impl HostConnection for InstanceState {
    async fn open(&mut self, address: String) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        push(self, |state| GuestConnection::open(state, &address, None))
    }

    async fn query(
        &mut self,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowSet, Error>> {
        let connection = self.table.get(&connection)?.clone();
        Ok(collect(connection, statement, params).await)
    }

    async fn execute(
        &mut self,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<u64, Error>> {
        let connection = self.table.get(&connection)?.clone();
        Ok(connection.execute(&statement, params).await)
    }

    async fn drop(&mut self, connection: Resource<GuestConnection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

async fn collect(
    connection: GuestConnection,
    sql: String,
    values: Vec<ParameterValue>,
) -> Result<RowSet, Error> {
    let (columns, mut rows) = connection.query(&sql, values).await?;
    let mut all = Vec::new();
    while let Some(row) = rows.next().await {
        all.push(row?);
    }
    Ok(RowSet { columns, rows: all })
}

fn push(
    state: &mut InstanceState,
    open: impl FnOnce(&InstanceState) -> Result<GuestConnection, Error>,
) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
    match open(state) {
        Ok(connection) => Ok(Ok(state.table.push(connection)?)),
        Err(e) => Ok(Err(e)),
    }
}

type RowsOutcome = (Vec<Column>, StreamReader<Vec<DbValue>>, FutureReader<Result<(), Error>>);

impl<T: Send + 'static> HostConnectionWithStore<T> for HasSelf<InstanceState> {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        address: String,
    ) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        accessor.with(|mut access| push(access.get(), |state| GuestConnection::open(state, &address, None)))
    }

    async fn query_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowsOutcome, Error>> {
        let connection = accessor.with(|mut access| access.get().table.get(&connection).cloned())?;
        let (columns, rows) = match connection.query(&statement, params).await {
            Ok(started) => started,
            Err(e) => return Ok(Err(e)),
        };
        let (outcome, result) = oneshot::channel();
        accessor.with(|mut access| {
            let stream = StreamReader::new(&mut access, RowProducer { rows, outcome: Some(outcome) })?;
            // Without an outcome the component has dropped the rows, and the future with them.
            let result = async move { Ok::<_, wasmtime::Error>(result.await.unwrap_or(Ok(()))) };
            Ok(Ok((columns, stream, FutureReader::new(&mut access, result)?)))
        })
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<u64, Error>> {
        let connection = accessor.with(|mut access| access.get().table.get(&connection).cloned())?;
        Ok(connection.execute(&statement, params).await)
    }
}

impl HostConnectionBuilder for InstanceState {
    async fn new(&mut self, address: String) -> wasmtime::Result<Resource<GuestConnectionBuilder>> {
        Ok(self.table.push(GuestConnectionBuilder { address, authority: None })?)
    }

    async fn set_ca_root(
        &mut self,
        builder: Resource<GuestConnectionBuilder>,
        certificate: String,
    ) -> wasmtime::Result<Result<(), Error>> {
        self.table.get_mut(&builder)?.authority = Some(certificate);
        Ok(Ok(()))
    }

    async fn build(
        &mut self,
        builder: Resource<GuestConnectionBuilder>,
    ) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        build(self, &builder)
    }

    async fn drop(&mut self, builder: Resource<GuestConnectionBuilder>) -> wasmtime::Result<()> {
        self.table.delete(builder)?;
        Ok(())
    }
}

impl<T: Send + 'static> HostConnectionBuilderWithStore<T> for HasSelf<InstanceState> {
    async fn build_async(
        accessor: &Accessor<T, Self>,
        builder: Resource<GuestConnectionBuilder>,
    ) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        accessor.with(|mut access| build(access.get(), &builder))
    }
}

fn build(
    state: &mut InstanceState,
    builder: &Resource<GuestConnectionBuilder>,
) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
    let builder = state.table.get(builder)?;
    let (address, authority) = (builder.address.clone(), builder.authority.clone());
    push(state, |state| GuestConnection::open(state, &address, authority))
}

/// Feeds rows to the component as it asks for them.
struct RowProducer {
    rows: Rows,
    outcome: Option<oneshot::Sender<Result<(), Error>>>,
}

impl RowProducer {
    fn end(&mut self, outcome: Result<(), Error>) -> StreamResult {
        if let Some(sender) = self.outcome.take() {
            // Nobody listens when the component dropped the future.
            let _ = sender.send(outcome);
        }
        StreamResult::Dropped
    }
}

impl<D> StreamProducer<D> for RowProducer {
    type Item = Vec<DbValue>;
    type Buffer = VecBuffer<Vec<DbValue>>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        _: StoreContextMut<'a, D>,
        mut destination: Destination<'a, Self::Item, Self::Buffer>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let mut ready = Vec::new();
        let result = loop {
            match self.rows.poll_row(cx) {
                Poll::Ready(Some(Ok(row))) => {
                    ready.push(row);
                    if ready.len() >= ROWS_AT_ONCE {
                        break StreamResult::Completed;
                    }
                }
                Poll::Ready(Some(Err(e))) => break self.end(Err(e)),
                Poll::Ready(None) => break self.end(Ok(())),
                Poll::Pending if !ready.is_empty() => break StreamResult::Completed,
                Poll::Pending if finish => return Poll::Ready(Ok(StreamResult::Cancelled)),
                Poll::Pending => return Poll::Pending,
            }
        };
        destination.set_buffer(ready.into());
        Poll::Ready(Ok(result))
    }
}
