//! The generated bindings, under shorter names.

use crate::host::InstanceState;
use wasmtime::component::{HasSelf, Linker};

mod generated {
    #![allow(missing_docs, clippy::all, clippy::restriction, reason = "generated code")]
    wasmtime::component::bindgen!({
        path: ["wit/deps/spin-postgres@4.2.0", "wit/postgres"],
        world: "shim:postgres/host",
        imports: {
            "spin:postgres/postgres.[static]connection.open-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection.query-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection.execute-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection-builder.build-async": async | store | trappable,
            default: async | trappable,
        },
        with: {
            "spin:postgres/postgres.connection": crate::host::postgres::guest::GuestConnection,
            "spin:postgres/postgres.connection-builder": crate::host::postgres::guest::GuestConnectionBuilder,
        },
        require_store_data_send: true,
    });
}

pub(super) use generated::spin::postgres::postgres::{
    Column, DbDataType, DbError, DbValue, Error, Host, HostConnection, HostConnectionBuilder,
    HostConnectionBuilderWithStore, HostConnectionWithStore, Interval, ParameterValue, QueryError,
    RangeBoundKind, RowSet,
};

/// Lets components reach the databases their manifest allows.
///
/// # Errors
/// When the names are already defined in `linker`.
pub fn add_to_linker(linker: &mut Linker<InstanceState>) -> wasmtime::Result<()> {
    generated::spin::postgres::postgres::add_to_linker::<_, HasSelf<InstanceState>>(linker, |state| state)
}
