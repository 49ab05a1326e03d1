//! The shim: what containerd and the crate `containerd-shim-wasm` ask before a container starts.

use crate::fd_passing::{self, Prepared};
use crate::prepare::{self, Order};
use crate::sandbox::{AppSandbox, app_layer};
use anyhow::Result;
use app_artifact::media_type;
use containerd_shim_wasm::sandbox::context::WasmLayer;
use containerd_shim_wasm::shim::{Compiler, Shim, Version, version};
use std::hash::Hash;

/// The shim.
pub struct AppShim;

impl Shim for AppShim {
    type Sandbox = AppSandbox;

    fn name() -> &'static str {
        "todo"
    }

    fn version() -> Version {
        version!()
    }

    async fn compiler() -> Option<impl Compiler> {
        Some(Preparation)
    }

    /// Only the description of the app. Whatever is listed here, the crate reads into memory at every start and the
    /// container keeps; the rest is fetched when it is to be compiled.
    fn supported_layers_types() -> &'static [&'static str] {
        &[media_type::APP]
    }
}

/// Stands where the crate would compile layers one by one. An app's components are compiled as they are composed, which
/// no single layer is.
struct Preparation;

impl Compiler for Preparation {
    fn cache_key(&self) -> impl Hash {
        env!("CARGO_PKG_VERSION")
    }

    /// Prepares the app, at every start: without a result the crate stores nothing and asks again.
    async fn compile(&self, layers: &[WasmLayer]) -> Result<Vec<Option<Vec<u8>>>> {
        let nothing = vec![None; layers.len()];
        let Some(app) = app_layer(layers) else { return Ok(nothing) };
        let digest = app.config.digest().to_string();
        let prepared: Prepared = match Order::for_this_shim(&digest) {
            Ok(order) => prepare::in_process_of_its_own(&order).await,
            Err(error) => Err(error.to_string()),
        };
        fd_passing::give(digest, prepared)?;
        Ok(nothing)
    }
}
