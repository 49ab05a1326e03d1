//! The clock that moves the epoch.

use runtime_limits::Turns;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use wasmtime::Engine;

/// Moves an engine's epoch until dropped.
pub struct Ticker {
    stopped: Arc<AtomicBool>,
}

impl Ticker {
    /// Starts the clock in a thread of its own, since a busy guest may hold every worker thread. `turns` say how fast it goes.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(engine: &Engine, turns: Turns) -> std::io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let (engine, stop) = (engine.weak(), Arc::clone(&stopped));
        std::thread::Builder::new().name("epoch".to_owned()).spawn(move || {
            while !stop.load(Relaxed) {
                std::thread::sleep(turns.tick());
                let Some(engine) = engine.upgrade() else { return };
                engine.increment_epoch();
            }
        })?;
        Ok(Self { stopped })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stopped.store(true, Relaxed);
    }
}
