//! Running a component's statement on a connection that is borrowed for it or pinned to the component.

use super::bindings::{Column, Error, ParameterValue};
use super::connection::QueryFailure;
use super::errors::{no_answer, query_failed};
use super::guest::GuestConnection;
use super::parameters::{self, Parameter};
use super::pool::Checkout;
use super::progress::Progress;
use super::rows::{self, Rows};
use crate::InstanceState;
use runtime_observability::{Caller, Statement as Observed, begin_statement};
use sql_scanner::{SessionEffect, SqlText};
use std::sync::Arc;
use tokio_postgres::Statement;

impl GuestConnection {
    /// Starts a statement whose rows are read.
    pub(super) async fn query(
        &self,
        call: Call,
        values: Vec<ParameterValue>,
    ) -> Result<(Vec<Column>, Rows), Error> {
        self.run(call, values, rows::columns).await
    }

    /// Runs a statement whose rows are only counted.
    pub(super) async fn execute(&self, call: Call, values: Vec<ParameterValue>) -> Result<u64, Error> {
        let (_, mut rows) = self.run(call, values, |_| Ok(())).await?;
        rows.affected().await
    }

    async fn run<C>(
        &self,
        call: Call,
        values: Vec<ParameterValue>,
        check: impl Fn(&Statement) -> Result<C, Error>,
    ) -> Result<(C, Rows), Error> {
        let parameters = parameters::read_all(values)?;
        let progress = Progress::new(call.caller.map(|caller| {
            let caller = Caller { part: self.part.clone(), ..caller };
            let (operation, text) =
                call.text.as_ref().map_or(("", ""), |text| (&*text.operation, &*text.text));
            let (host, database) = (self.address.host(), self.address.database());
            begin_statement(caller, &Observed { operation, text, host, database })
        }));
        match self.checkout(call.effect).await {
            Ok(checkout) => run(checkout, &call.sql, &parameters, check, progress).await,
            Err(error) => {
                progress.no_connection();
                Err(error)
            }
        }
    }

    /// The connection that a statement with this effect runs on.
    async fn checkout(&self, effect: SessionEffect) -> Result<Arc<Checkout>, Error> {
        let mut pinned = self.pinned.lock().await;
        if let Some(checkout) = pinned.as_ref() {
            return Ok(Arc::clone(checkout));
        }
        let checkout = Arc::new(self.pools.acquire(&self.address).await?);
        match effect {
            SessionEffect::None => {}
            SessionEffect::Functions => checkout.needs_reset(),
            SessionEffect::Session => {
                checkout.session_changed();
                *pinned = Some(Arc::clone(&checkout));
            }
        }
        Ok(checkout)
    }
}

/// A call that runs a statement.
pub(super) struct Call {
    sql: String,
    effect: SessionEffect,
    /// There where a span will show it.
    text: Option<Arc<SqlText>>,
    caller: Option<Caller>,
}

impl Call {
    /// A call of `caller` in this instance.
    pub(super) fn new(state: &mut InstanceState, sql: String, caller: Option<Caller>) -> Self {
        let effect = state.postgres.effect(&sql);
        let is_traced = caller.as_ref().is_some_and(Caller::is_traced);
        let text = is_traced.then(|| state.postgres.text(&sql));
        Self { sql, effect, text, caller }
    }
}

/// Starts `sql`. When this is dropped before it is done, the connection is given up with it.
async fn run<C>(
    checkout: Arc<Checkout>,
    sql: &str,
    parameters: &[Parameter],
    check: impl Fn(&Statement) -> Result<C, Error>,
    progress: Progress,
) -> Result<(C, Rows), Error> {
    checkout.started();
    let timeout = checkout.answer_timeout();
    let answer = tokio::time::timeout(timeout, checkout.connection()?.query(sql, parameters, check));
    // Left as running, a connection is not used again.
    let Ok(answer) = answer.await else {
        progress.no_answer();
        return Err(no_answer(timeout));
    };
    match answer {
        Ok((checked, rows)) => Ok((checked, Rows::new(rows, checkout, progress))),
        Err(QueryFailure::Refused(e)) => {
            checkout.finished();
            progress.refused();
            Err(e)
        }
        Err(QueryFailure::Server(e)) if !e.is_closed() => {
            checkout.finished();
            progress.failed(&e);
            Err(query_failed(&e))
        }
        Err(QueryFailure::Server(e) | QueryFailure::Reset(e)) => {
            progress.failed(&e);
            Err(query_failed(&e))
        }
    }
}
