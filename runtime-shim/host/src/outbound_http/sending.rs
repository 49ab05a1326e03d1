//! `wasi:http/client`, told who calls.

use crate::InstanceState;
use crate::call::tasks;
use std::sync::Arc;
use wasmtime::AsContextMut;
use wasmtime::component::{LinkerInstance, Resource};
use wasmtime_wasi_http::p3::bindings::http::client::HostWithStore;
use wasmtime_wasi_http::p3::bindings::http::types::ErrorCode;
use wasmtime_wasi_http::p3::{Request, Response};
use wasmtime_wasi_http::{WasiHttp, WasiHttpView};

type Sent = (Result<Resource<Response>, ErrorCode>,);

/// Defines the interface in `instance`, for `part` or for the component itself. All it adds to the implementation it
/// calls is the caller: that cannot be known where requests are sent any more.
///
/// # Errors
/// When the name is taken and may not be defined again.
pub fn add_client_to_linker(
    instance: &mut LinkerInstance<'_, InstanceState>,
    part: Option<&Arc<str>>,
) -> wasmtime::Result<()> {
    let part = part.cloned();
    instance.func_wrap_concurrent("send", move |accessor, (request,): (Resource<Request>,)| {
        let part = part.clone();
        Box::pin(async move {
            accessor.with(|mut access| {
                let (innermost, root) = tasks(access.as_context_mut());
                let state = access.data_mut();
                let caller = state.requests.caller(innermost, root);
                state.outbound.caller = caller.map(|mut caller| {
                    caller.part = part;
                    caller
                });
            });
            let accessor = accessor.with_getter::<WasiHttp>(InstanceState::http);
            match <WasiHttp as HostWithStore<InstanceState>>::send(&accessor, request).await {
                Ok(response) => Ok::<Sent, wasmtime::Error>((Ok(response),)),
                Err(error) => Ok((Err(error.downcast()?),)),
            }
        })
    })
}
