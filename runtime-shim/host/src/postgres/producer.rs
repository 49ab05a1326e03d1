//! Rows on their way to the component.

use super::bindings::{DbValue, Error};
use super::rows::Rows;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::oneshot;
use wasmtime::StoreContextMut;
use wasmtime::component::{Destination, StreamProducer, StreamResult, VecBuffer};

/// Most rows handed over at once.
const ROWS_AT_ONCE: usize = 64;

/// Feeds rows to the component as it asks for them.
pub(super) struct RowProducer {
    /// The rows.
    pub rows: Rows,
    /// Told how it ended.
    pub outcome: Option<oneshot::Sender<Result<(), Error>>>,
}

impl RowProducer {
    fn end(&mut self, outcome: Result<(), Error>) -> StreamResult {
        if let Some(sender) = self.outcome.take() {
            // Nobody listens when the component dropped the future.
            let _ = sender.send(outcome);
        }
        StreamResult::Dropped
    }
}

impl<D> StreamProducer<D> for RowProducer {
    type Item = Vec<DbValue>;
    type Buffer = VecBuffer<Vec<DbValue>>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        _: StoreContextMut<'a, D>,
        mut destination: Destination<'a, Self::Item, Self::Buffer>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let mut ready = Vec::new();
        let result = loop {
            match self.rows.poll_row(cx) {
                Poll::Ready(Some(Ok(row))) => {
                    ready.push(row);
                    if ready.len() >= ROWS_AT_ONCE {
                        break StreamResult::Completed;
                    }
                }
                Poll::Ready(Some(Err(e))) => break self.end(Err(e)),
                Poll::Ready(None) => break self.end(Ok(())),
                Poll::Pending if !ready.is_empty() => break StreamResult::Completed,
                Poll::Pending if finish => return Poll::Ready(Ok(StreamResult::Cancelled)),
                Poll::Pending => return Poll::Pending,
            }
        };
        destination.set_buffer(ready.into());
        Poll::Ready(Ok(result))
    }
}
