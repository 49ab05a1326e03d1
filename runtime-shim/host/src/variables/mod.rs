//! `spin:variables@3.0.0` and its predecessor `fermyon:spin/variables@2.0.0`.

use super::InstanceState;
use wasmtime::component::{Accessor, HasSelf, Linker};

mod generated {
    #![allow(missing_docs, clippy::all, clippy::restriction, reason = "generated code")]
    wasmtime::component::bindgen!({
        path: ["../wit/deps/spin-variables@3.0.0", "../wit/deps/fermyon-spin-variables@2.0.0", "../wit/variables"],
        world: "shim:variables/host",
        imports: { "spin:variables/variables@3.0.0": async | store, default: trappable },
    });
}

use generated::fermyon::spin::variables as v2;
use generated::spin::variables::variables as v3;

/// Lets components read the variables the manifest gives them.
///
/// # Errors
/// When the names are already defined in `linker`.
pub fn add_to_linker(linker: &mut Linker<InstanceState>) -> wasmtime::Result<()> {
    v3::add_to_linker::<_, HasSelf<InstanceState>>(linker, |state| state)?;
    v2::add_to_linker::<_, HasSelf<InstanceState>>(linker, |state| state)
}

/// What looking up a variable comes to.
enum Lookup {
    Found(String),
    InvalidName(String),
    Undefined(String),
}

fn look_up(state: &InstanceState, name: String) -> Lookup {
    let valid = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    match state.component.variables.get(&name) {
        Some(value) => Lookup::Found(value.clone()),
        None if valid => Lookup::Undefined(format!("no variable for {:?}.{name:?}", state.component.id)),
        None => Lookup::InvalidName(name),
    }
}

impl<T: Send> v3::HostWithStore<T> for HasSelf<InstanceState> {
    async fn get(accessor: &Accessor<T, Self>, name: String) -> Result<String, v3::Error> {
        accessor.with(|mut access| match look_up(access.get(), name) {
            Lookup::Found(value) => Ok(value),
            Lookup::InvalidName(name) => Err(v3::Error::InvalidName(name)),
            Lookup::Undefined(why) => Err(v3::Error::Undefined(why)),
        })
    }
}

impl v3::Host for InstanceState {}

impl v2::Host for InstanceState {
    fn get(&mut self, name: String) -> wasmtime::Result<Result<String, v2::Error>> {
        Ok(match look_up(self, name) {
            Lookup::Found(value) => Ok(value),
            Lookup::InvalidName(name) => Err(v2::Error::InvalidName(name)),
            Lookup::Undefined(why) => Err(v2::Error::Undefined(why)),
        })
    }
}
