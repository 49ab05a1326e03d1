//! Making instances of one component.

use super::chaining::AppHandle;
use super::worker::{Expiration, Worker};
use runtime_host::outbound_http::{OutboundClient, OutboundHttp};
use runtime_host::wasi::{self, ComponentOutput, WasiConfig};
use runtime_host::{ComponentRights, InstanceRequests, InstanceState, MemoryLimit};
use runtime_limits::{ComponentMemory, CpuBudget, InstanceUse, Limits, MemoryShortageError, Tick, Turns};
use runtime_observability::{Metrics, Stop};
use std::sync::Arc;
use std::time::Duration;
use wasmtime::{Engine, Store, UpdateDeadline};
use wasmtime_wasi_http::WasiHttpView;
use wasmtime_wasi_http::handler::{HandlerState, Instance, ProxyPre};

/// How instances are shared between requests.
#[derive(Clone, Copy, Debug)]
pub struct InstancePolicy {
    /// Requests one instance serves, one after the other or at once; 1 gives each request its own.
    pub max_requests: usize,
    /// Requests one instance serves at once. More than 1 saves memory and shares fate: a panic or a busy loop in one
    /// request breaks off the others.
    pub concurrency: usize,
    /// How long an instance waits for its next request.
    pub idle_timeout: Duration,
}

impl Default for InstancePolicy {
    fn default() -> Self {
        Self { max_requests: 1024, concurrency: 4, idle_timeout: Duration::from_secs(5) }
    }
}

impl InstancePolicy {
    /// The policy for one component. What is made for WASI 0.2 gets an instance for each request, as in Spin and in `wasmtime
    /// serve`: toolchains of those days count on it, and componentize-js' engine fails at the second request.
    #[must_use]
    pub fn for_component<T>(self, component: &ProxyPre<T>) -> Self {
        match component {
            ProxyPre::P2(_) => Self { max_requests: 1, concurrency: 1, ..self },
            ProxyPre::P3(_) => self,
        }
    }
}

/// Everything instances of one component are made of.
pub struct ComponentHandler {
    /// The engine.
    pub engine: Engine,
    /// The compiled component with its imports filled.
    pub pre: ProxyPre<InstanceState>,
    /// What it may do.
    pub rights: Arc<ComponentRights>,
    /// What it finds around it.
    pub wasi_config: WasiConfig,
    /// The process' HTTP client.
    pub client: OutboundClient,
    /// The app it is part of.
    pub app: Arc<AppHandle>,
    /// How instances are shared.
    pub policy: InstancePolicy,
    /// What each request may use.
    pub limits: Limits,
    /// The turns of long computations, of all components.
    pub turns: Turns,
    /// What its instances have of the memory of all.
    pub memory: Arc<ComponentMemory>,
    /// Where instances are counted.
    pub metrics: Arc<Metrics>,
}

impl HandlerState for ComponentHandler {
    type StoreData = InstanceState;
    type WorkerExpiration = Expiration;
    type WorkerState = Worker;

    async fn instantiate(&self) -> wasmtime::Result<Instance<InstanceState, Expiration, Worker>> {
        let in_use = Arc::new(InstanceUse::default());
        let memory = self.memory.begin(&in_use).ok_or(MemoryShortageError)?;
        let component = Arc::clone(&self.wasi_config.component);
        let output = ComponentOutput::new(Arc::clone(&component));
        let cpu = Arc::new(CpuBudget::new(self.limits.cpu, self.turns.clone()));
        let outbound = OutboundHttp {
            allowed: Arc::clone(&self.rights.allowed_hosts),
            client: self.client.clone(),
            chaining: Arc::clone(&self.app) as _,
            output: output.clone(),
            caller: None,
        };
        let state = InstanceState::new(
            Arc::clone(&self.rights),
            wasi::context(&self.wasi_config, &output)?,
            outbound,
            Arc::clone(&cpu),
            MemoryLimit::new(self.limits.memory, memory, Arc::clone(&in_use)),
            InstanceRequests::new(Arc::clone(&in_use)),
        );
        let mut store = Store::new(&self.engine, state);
        store.limiter(|state| &mut state.memory);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut context| {
            let cpu = Arc::clone(&context.data().cpu);
            match cpu.tick() {
                // Unlike a plain yield, this lets the runtime look for new connections before it comes back here.
                Tick::Yield => {
                    return Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())));
                }
                Tick::Queue => {
                    let turn = async move {
                        tokio::task::yield_now().await;
                        cpu.wait_for_turn().await;
                    };
                    return Ok(UpdateDeadline::YieldCustom(1, Box::pin(turn)));
                }
                Tick::Stop => {}
            }
            let task = context.async_call_stack().ok().and_then(Iterator::last);
            context.data().requests.stop(task, Stop::Cpu);
            Err(wasmtime::Error::msg("the request used up its processor time"))
        });
        let proxy = match self.pre.instantiate_async(&mut store).await {
            Ok(proxy) => proxy,
            Err(_) if in_use.was_memory_refused() => return Err(MemoryShortageError.into()),
            Err(error) => return Err(error),
        };
        self.metrics.instance_created(&component);
        let expiration = Expiration {
            policy: self.policy,
            limits: self.limits,
            cpu: Arc::clone(&cpu),
            in_use: Arc::clone(&in_use),
            timer: None,
        };
        let metrics = Arc::clone(&self.metrics);
        let state =
            Worker { component, policy: self.policy, limits: self.limits, cpu, output, in_use, metrics };
        Ok(Instance { store, proxy, view: InstanceState::http, expiration, state })
    }
}
