//! The generated bindings, under shorter names.

use super::guest::{GuestConnection, GuestConnectionBuilder};
use crate::InstanceState;
use std::sync::Arc;
use wasmtime::StoreContextMut;
use wasmtime::component::{HasSelf, Linker, LinkerInstance, Resource};

mod generated {
    #![allow(missing_docs, clippy::all, clippy::restriction, reason = "generated code")]
    wasmtime::component::bindgen!({
        path: ["../wit/deps/spin-postgres@4.2.0", "../wit/postgres"],
        world: "shim:postgres/host",
        imports: {
            "spin:postgres/postgres.[static]connection.open-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection.query-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection.execute-async": async | store | trappable,
            "spin:postgres/postgres.[method]connection-builder.build-async": async | store | trappable,
            default: async | trappable,
        },
        with: {
            "spin:postgres/postgres.connection": crate::postgres::guest::GuestConnection,
            "spin:postgres/postgres.connection-builder": crate::postgres::guest::GuestConnectionBuilder,
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

/// The same for a composed part: its connections know whose they are.
///
/// # Errors
/// When a name may not be defined again in `instance`.
pub fn add_part_to_linker(
    instance: &mut LinkerInstance<'_, InstanceState>,
    part: &Arc<str>,
) -> wasmtime::Result<()> {
    generated::spin::postgres::postgres::add_to_linker_instance::<_, HasSelf<InstanceState>>(
        instance,
        |state| state,
    )?;
    let own = Arc::clone(part);
    instance.func_wrap(
        "[static]connection.open",
        move |mut store: StoreContextMut<'_, InstanceState>, (address,): (String,)| {
            Ok((GuestConnection::push(store.data_mut(), &address, None, Some(&own))?,))
        },
    )?;
    let own = Arc::clone(part);
    instance.func_wrap_concurrent(
        "[static]connection.open-async",
        move |accessor, (address,): (String,)| {
            let own = Arc::clone(&own);
            Box::pin(async move {
                accessor.with(|mut access| {
                    Ok((GuestConnection::push(access.data_mut(), &address, None, Some(&own))?,))
                })
            })
        },
    )?;
    let own = Arc::clone(part);
    instance.func_wrap(
        "[constructor]connection-builder",
        move |mut store: StoreContextMut<'_, InstanceState>, (address,): (String,)| {
            let builder = GuestConnectionBuilder { address, authority: None, part: Some(Arc::clone(&own)) };
            let builder: Resource<GuestConnectionBuilder> = store.data_mut().table.push(builder)?;
            Ok((builder,))
        },
    )
}
