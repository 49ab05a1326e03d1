//! WASI for components: environment and files of the manifest, no sockets, output as log lines.

mod output;

pub use output::ComponentOutput;

use std::path::PathBuf;
use std::sync::Arc;
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder};

/// What the instances of one component find around them.
#[derive(Clone, Debug, Default)]
pub struct WasiConfig {
    /// The component's id, for its log lines.
    pub component: Arc<str>,
    /// Environment variables.
    pub environment: Vec<(String, String)>,
    /// Folders of the host and where the component sees them; read-only.
    pub folders: Vec<(PathBuf, String)>,
}

/// The WASI context of a fresh instance.
///
/// # Errors
/// When a folder cannot be opened.
pub fn context(wasi_config: &WasiConfig, output: &ComponentOutput) -> wasmtime::Result<WasiCtx> {
    let mut builder = WasiCtxBuilder::new();
    builder
        .envs(&wasi_config.environment)
        .stdout(output.stdout())
        .stderr(output.stderr())
        .allow_tcp(false)
        .allow_udp(false)
        .allow_ip_name_lookup(false);
    for (folder, at) in &wasi_config.folders {
        builder.preopened_dir(folder, at, FsPerms::ReadOnly)?;
    }
    Ok(builder.build())
}
