//! What one component instance carries with it.

use super::memory::MemoryLimit;
use super::outbound_http::OutboundHttp;
use super::postgres::{InstanceCaches, Pools};
use super::requests::InstanceRequests;
use app_manifest::AllowedHosts;
use runtime_limits::CpuBudget;
use std::collections::BTreeMap;
use std::sync::Arc;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

/// What all instances of one component share.
pub struct ComponentRights {
    /// The component's id in the manifest.
    pub id: String,
    /// Variables it can read.
    pub variables: BTreeMap<String, String>,
    /// Where it may connect to.
    pub allowed_hosts: Arc<AllowedHosts>,
    /// The process' databases.
    pub postgres: Arc<Pools>,
}

/// The data of one store: one instance of one component.
pub struct InstanceState {
    /// What it may do.
    pub component: Arc<ComponentRights>,
    /// Its resources.
    pub table: ResourceTable,
    /// The time it has left.
    pub cpu: Arc<CpuBudget>,
    /// The memory it has left.
    pub memory: MemoryLimit,
    /// The requests it works on.
    pub requests: InstanceRequests,
    /// What it has found out about its databases.
    pub postgres: InstanceCaches,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    pub(super) outbound: OutboundHttp,
}

impl InstanceState {
    /// The state of a fresh instance.
    pub fn new(
        component: Arc<ComponentRights>,
        wasi: WasiCtx,
        outbound: OutboundHttp,
        cpu: Arc<CpuBudget>,
        memory: MemoryLimit,
        requests: InstanceRequests,
    ) -> Self {
        Self {
            component,
            table: ResourceTable::new(),
            cpu,
            memory,
            requests,
            postgres: InstanceCaches::default(),
            wasi,
            http: WasiHttpCtx::new(),
            outbound,
        }
    }
}

impl WasiView for InstanceState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for InstanceState {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { hooks: &mut self.outbound, table: &mut self.table, ctx: &mut self.http }
    }
}
