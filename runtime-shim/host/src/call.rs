//! Which request and which composed part a call to the host comes from.

use super::InstanceState;
use runtime_observability::Caller;
use wasmtime::component::{Access, GuestTaskId, HasSelf};
use wasmtime::{AsContextMut, StoreContextMut};

/// The caller of a function of the host. Only known while that function is called: to be asked before it waits for
/// anything.
pub(super) fn caller<T: 'static>(access: &mut Access<'_, T, HasSelf<InstanceState>>) -> Option<Caller> {
    let (innermost, root) = tasks(access.as_context_mut());
    access.get().requests.caller(innermost, root)
}

/// The guest task that calls, and the one that the host started for its request.
pub(super) fn tasks<T>(mut store: StoreContextMut<'_, T>) -> (Option<GuestTaskId>, Option<GuestTaskId>) {
    let Ok(mut stack) = store.async_call_stack() else { return (None, None) };
    let innermost = stack.next();
    (innermost, stack.last().or(innermost))
}
