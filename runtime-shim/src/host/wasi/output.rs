//! Standard output and error of components, as log lines.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};

/// Longest line kept together, in bytes; what is longer is split.
const MAX_LINE: usize = 8 * 1024;

/// Where an instance's output goes.
#[derive(Clone)]
pub struct ComponentOutput {
    component: Arc<str>,
    /// The request the instance is working on; its id goes with each line.
    request: Arc<Mutex<Arc<str>>>,
}

impl ComponentOutput {
    /// Output of one instance of `component`.
    pub fn new(component: Arc<str>) -> Self {
        Self { component, request: Arc::new(Mutex::new(Arc::from(""))) }
    }

    /// Lines from now on belong to the request with this id.
    pub fn set_request(&self, id: Arc<str>) {
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = id;
    }

    /// The id of the request the instance was given last.
    pub fn request(&self) -> Arc<str> {
        Arc::clone(&self.request.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn stdout(&self) -> Lines {
        Lines { output: self.clone(), stream: "stdout", pending: Arc::default() }
    }

    pub(super) fn stderr(&self) -> Lines {
        Lines { output: self.clone(), stream: "stderr", pending: Arc::default() }
    }
}

/// One stream, cut into lines.
#[derive(Clone)]
pub struct Lines {
    output: ComponentOutput,
    stream: &'static str,
    pending: Arc<Mutex<Vec<u8>>>,
}

impl Lines {
    fn write(&self, bytes: &[u8]) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        for part in bytes.split_inclusive(|b| *b == b'\n') {
            pending.extend_from_slice(part);
            if part.ends_with(b"\n") || pending.len() >= MAX_LINE {
                self.emit(&std::mem::take(&mut *pending));
            }
        }
    }

    fn emit(&self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        let request_id = self.output.request();
        tracing::info!(
            target: "component",
            component = &*self.output.component,
            stream = self.stream,
            request_id = &*request_id,
            "{line}"
        );
    }
}

impl IsTerminal for Lines {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Lines {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }
}

impl AsyncWrite for Lines {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.write(buf);
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // The last one to go writes what had no line end.
        if let Some(pending) = Arc::get_mut(&mut self.pending) {
            let rest = std::mem::take(pending.get_mut().unwrap_or_else(PoisonError::into_inner));
            self.emit(&rest);
        }
    }
}
