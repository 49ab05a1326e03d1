//! How much an instance is used, and what has happened to it: told by its requests and its memory, asked by whoever gives it
//! requests.

use super::LARGE_INSTANCE;
use futures::task::AtomicWaker;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// How many requests an instance works on, streaming of response bodies included, and how it bears them.
#[derive(Debug, Default)]
pub struct InstanceUse {
    open: AtomicUsize,
    worker: AtomicWaker,
    memory: AtomicUsize,
    answered: AtomicBool,
    memory_refused: AtomicBool,
    timed_out: AtomicBool,
}

impl InstanceUse {
    /// Requests in progress.
    #[inline]
    pub fn open(&self) -> usize {
        self.open.load(Relaxed)
    }

    /// A request begins.
    #[inline]
    pub fn begin_request(&self) {
        self.open.fetch_add(1, Relaxed);
    }

    /// A request that began is over.
    pub fn end_request(&self) {
        self.answered();
        self.open.fetch_sub(1, Relaxed);
        self.worker.wake();
    }

    /// Whom to wake when a request is over and the instance may take another.
    #[inline]
    pub fn register(&self, waker: &std::task::Waker) {
        self.worker.register(waker);
    }

    /// It has answered a request.
    #[inline]
    pub fn answered(&self) {
        self.answered.store(true, Relaxed);
    }

    /// Whether it has answered a request.
    #[inline]
    pub fn has_answered(&self) -> bool {
        self.answered.load(Relaxed)
    }

    /// The instance has so many bytes of linear memory now.
    #[inline]
    pub fn memory_grew(&self, bytes: usize) {
        self.memory.store(bytes, Relaxed);
    }

    /// Whether the instance ends with the requests it has.
    #[inline]
    pub fn is_large(&self) -> bool {
        self.memory.load(Relaxed) > LARGE_INSTANCE
    }

    /// The instance wanted more memory than it may have.
    #[inline]
    pub fn memory_refused(&self) {
        self.memory_refused.store(true, Relaxed);
    }

    /// Whether the instance wanted more memory than it may have.
    #[inline]
    pub fn was_memory_refused(&self) -> bool {
        self.memory_refused.load(Relaxed)
    }

    /// One of the requests took too long: the instance ends as soon as the others are over.
    #[inline]
    pub fn timed_out(&self) {
        self.timed_out.store(true, Relaxed);
    }

    /// Whether the instance has nothing left to do but what nobody waits for.
    #[inline]
    pub fn is_abandoned(&self) -> bool {
        self.timed_out.load(Relaxed) && self.open() == 0
    }
}
