//! Standard output and error of components, as log lines.

use crate::RequestContext;
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
    /// The request the instance was given last; its ids go with each line.
    request: Arc<Mutex<Option<RequestContext>>>,
}

impl ComponentOutput {
    /// Output of one instance of `component`.
    pub fn new(component: Arc<str>) -> Self {
        Self { component, request: Arc::default() }
    }

    /// Lines from now on belong to `request`.
    pub fn set_request(&self, request: RequestContext) {
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
    }

    /// The request the instance was given last.
    pub fn request(&self) -> Option<RequestContext> {
        self.request.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        let request = self.output.request();
        let context =
            request.as_ref().map(|request| request.spans.context()).filter(|context| context.is_valid());
        tracing::info!(
            target: "component",
            component = &*self.output.component,
            stream = self.stream,
            request_id = request.as_ref().map_or("", |request| &*request.id),
            trace_id = context.map(|context| context.trace_id().to_string()),
            span_id = context.map(|context| context.span_id().to_string()),
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
