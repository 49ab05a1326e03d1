//! What components hold and call.

use super::address::Address;
use super::bindings::{
    Column, DbValue, Error, Host, HostConnection, HostConnectionBuilder, HostConnectionBuilderWithStore,
    HostConnectionWithStore, ParameterValue, RowSet,
};
use super::execute::Call;
use super::pool::{Checkout, Pools};
use super::producer::RowProducer;
use crate::InstanceState;
use crate::call::caller;
use std::sync::Arc;
use tokio::sync::{Mutex, oneshot};
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

/// A component's `connection`: an address, and a physical connection only while it needs one.
///
/// A statement that leaves nothing behind borrows a connection for itself and gives it back with its last row. One
/// that may change the session pins the connection until the component drops this.
#[derive(Clone)]
pub struct GuestConnection {
    /// Where to.
    pub(super) address: Arc<Address>,
    /// Its connection, once a statement may have changed the session.
    pub(super) pinned: Arc<Mutex<Option<Arc<Checkout>>>>,
    /// Where connections are borrowed.
    pub(super) pools: Arc<Pools>,
    /// The composed part that opened it.
    pub(super) part: Option<Arc<str>>,
}

/// A component's `connection-builder`.
pub struct GuestConnectionBuilder {
    /// Where to.
    pub(super) address: String,
    /// The certificate authority (PEM) to trust instead of the public ones.
    pub(super) authority: Option<String>,
    /// The composed part that builds it.
    pub(super) part: Option<Arc<str>>,
}

impl GuestConnection {
    /// Opens a connection for a component, or for a `part` of it.
    pub(super) fn push(
        state: &mut InstanceState,
        address: &str,
        authority: Option<String>,
        part: Option<&Arc<str>>,
    ) -> wasmtime::Result<Result<Resource<Self>, Error>> {
        match Self::open(state, address, authority, part) {
            Ok(connection) => Ok(Ok(state.table.push(connection)?)),
            Err(e) => Ok(Err(e)),
        }
    }

    fn open(
        state: &mut InstanceState,
        address: &str,
        authority: Option<String>,
        part: Option<&Arc<str>>,
    ) -> Result<Self, Error> {
        let mut address = state.postgres.address(address, &state.component.allowed_hosts)?;
        if let Some(pem) = authority {
            address = Arc::new(Address::clone(&address).with_authority(pem));
        }
        Ok(Self {
            address,
            pinned: Arc::default(),
            pools: Arc::clone(&state.component.postgres),
            part: part.cloned(),
        })
    }
}

impl Host for InstanceState {}

impl HostConnection for InstanceState {
    async fn open(&mut self, address: String) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        GuestConnection::push(self, &address, None, None)
    }

    async fn query(
        &mut self,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowSet, Error>> {
        let connection = self.table.get(&connection)?.clone();
        let caller = self.requests.caller(None, None);
        Ok(collect(connection, Call::new(self, statement, caller), params).await)
    }

    async fn execute(
        &mut self,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<u64, Error>> {
        let connection = self.table.get(&connection)?.clone();
        let caller = self.requests.caller(None, None);
        Ok(connection.execute(Call::new(self, statement, caller), params).await)
    }

    async fn drop(&mut self, connection: Resource<GuestConnection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

async fn collect(
    connection: GuestConnection,
    call: Call,
    values: Vec<ParameterValue>,
) -> Result<RowSet, Error> {
    let (columns, mut rows) = connection.query(call, values).await?;
    let mut all = Vec::new();
    while let Some(row) = rows.next().await {
        all.push(row?);
    }
    Ok(RowSet { columns, rows: all })
}

type RowsOutcome = (Vec<Column>, StreamReader<Vec<DbValue>>, FutureReader<Result<(), Error>>);

impl<T: Send + 'static> HostConnectionWithStore<T> for HasSelf<InstanceState> {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        address: String,
    ) -> wasmtime::Result<Result<Resource<GuestConnection>, Error>> {
        accessor.with(|mut access| GuestConnection::push(access.get(), &address, None, None))
    }

    async fn query_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<GuestConnection>,
        statement: String,
        params: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowsOutcome, Error>> {
        let (connection, call) = found(accessor, &connection, statement)?;
        let (columns, rows) = match connection.query(call, params).await {
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
        let (connection, call) = found(accessor, &connection, statement)?;
        Ok(connection.execute(call, params).await)
    }
}

/// A component's connection, and the call that uses it.
fn found<T: 'static>(
    accessor: &Accessor<T, HasSelf<InstanceState>>,
    connection: &Resource<GuestConnection>,
    sql: String,
) -> wasmtime::Result<(GuestConnection, Call)> {
    accessor.with(|mut access| {
        let caller = caller(&mut access);
        let state = access.get();
        let connection = state.table.get(connection)?.clone();
        Ok((connection, Call::new(state, sql, caller)))
    })
}

impl HostConnectionBuilder for InstanceState {
    async fn new(&mut self, address: String) -> wasmtime::Result<Resource<GuestConnectionBuilder>> {
        Ok(self.table.push(GuestConnectionBuilder { address, authority: None, part: None })?)
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
    let (address, authority, part) =
        (builder.address.clone(), builder.authority.clone(), builder.part.clone());
    GuestConnection::push(state, &address, authority, part.as_ref())
}
