//! Rows as a stream: read from the server as the component takes them.

use super::bindings::{Column, DbValue, Error};
use super::errors::{no_answer, query_failed};
use super::pool::Checkout;
use super::progress::Progress;
use super::values;
use futures::Stream;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Sleep;
use tokio_postgres::{Row, RowStream, Statement};

/// How long reading the rest of an abandoned result may take before the connection is given up.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(250);

/// The columns of `statement`.
///
/// # Errors
/// `value-conversion-failed` naming the first column of a type components cannot read.
pub(super) fn columns(statement: &Statement) -> Result<Vec<Column>, Error> {
    let readable = |c: &tokio_postgres::Column| {
        if values::is_readable(c.type_()) {
            return Ok(Column { name: c.name().to_owned(), data_type: values::data_type(c.type_()) });
        }
        Err(Error::ValueConversionFailed(format!(
            "column {:?} has the type {}, which components cannot read; cast it in the statement",
            c.name(),
            c.type_().name()
        )))
    };
    statement.columns().iter().map(readable).collect()
}

/// A result that holds its connection until it is read to its end.
pub(super) struct Rows {
    rows: Option<Pin<Box<RowStream>>>,
    checkout: Option<Arc<Checkout>>,
    progress: Option<Progress>,
    /// Runs while the server is waited for.
    timer: Option<Pin<Box<Sleep>>>,
}

/// What comes of waiting for a row.
enum Waited {
    Row(Row),
    End(u64),
    Failed(Error),
}

impl Rows {
    /// Rows of a statement running on `checkout`.
    pub fn new(rows: RowStream, checkout: Arc<Checkout>, progress: Progress) -> Self {
        Self { rows: Some(Box::pin(rows)), checkout: Some(checkout), progress: Some(progress), timer: None }
    }

    /// The next row; the connection is free when there is none.
    pub fn poll_row(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<DbValue>, Error>>> {
        Poll::Ready(match ready!(self.poll(cx)) {
            Waited::Row(row) => Some((0..row.len()).map(|i| values::read(&row, i)).collect()),
            Waited::Failed(error) => Some(Err(error)),
            Waited::End(_) => None,
        })
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Waited> {
        let Some(rows) = self.rows.as_mut() else { return Poll::Ready(Waited::End(0)) };
        let Poll::Ready(next) = rows.as_mut().poll_next(cx) else { return self.poll_timer(cx) };
        self.timer = None;
        Poll::Ready(match next {
            Some(Ok(row)) => Waited::Row(row),
            Some(Err(e)) => {
                self.finish(Some(&e));
                Waited::Failed(query_failed(&e))
            }
            None => {
                let affected = rows.rows_affected().unwrap_or_default();
                self.finish(None);
                Waited::End(affected)
            }
        })
    }

    /// Gives the connection up when the server has sent nothing for too long.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<Waited> {
        let timeout = self.checkout.as_ref().map_or(Duration::MAX, |checkout| checkout.answer_timeout());
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        ready!(timer.as_mut().poll(cx));
        // Left as running, it is not used again.
        (self.rows, self.checkout) = (None, None);
        if let Some(progress) = self.progress.take() {
            progress.no_answer();
        }
        Poll::Ready(Waited::Failed(no_answer(timeout)))
    }

    /// The next row.
    pub async fn next(&mut self) -> Option<Result<Vec<DbValue>, Error>> {
        std::future::poll_fn(|cx| self.poll_row(cx)).await
    }

    /// Reads to the end without keeping rows; the number of rows the statement touched.
    pub async fn affected(&mut self) -> Result<u64, Error> {
        loop {
            match std::future::poll_fn(|cx| self.poll(cx)).await {
                Waited::Row(_) => {}
                Waited::Failed(error) => return Err(error),
                Waited::End(affected) => return Ok(affected),
            }
        }
    }

    fn finish(&mut self, error: Option<&tokio_postgres::Error>) {
        self.rows = None;
        match (self.progress.take(), error) {
            (Some(progress), None) => progress.done(),
            (Some(progress), Some(error)) => progress.failed(error),
            (None, _) => {}
        }
        if let Some(checkout) = self.checkout.take() {
            checkout.finished();
        }
    }
}

impl Drop for Rows {
    /// A component may stop reading early. What is left is read here if it is little; a statement that goes on is
    /// cancelled with its connection.
    fn drop(&mut self) {
        let (Some(mut rows), Some(checkout)) = (self.rows.take(), self.checkout.take()) else { return };
        let progress = self.progress.take();
        tokio::spawn(async move {
            let drained = tokio::time::timeout(DRAIN_TIMEOUT, async {
                while let Some(row) = std::future::poll_fn(|cx| rows.as_mut().poll_next(cx)).await {
                    if row.is_err() {
                        break;
                    }
                }
            });
            if drained.await.is_ok() {
                checkout.finished();
                if let Some(progress) = progress {
                    progress.done();
                }
            }
        });
    }
}
