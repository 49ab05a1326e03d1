//! Adding an event.

use access_token::Secret;
use http::{HeaderMap, HeaderName};
use user_database::{Database, Parameter, Statement, optional};

use crate::{AuditTrail, Event, network_hash, retention};

const RECORD: Statement =
    Statement::new("record_event", "todo.audit_events", include_str!("record_event.sql"));

/// How many events of one network are recorded in an hour that were refused or are about nobody known: a stranger shall not fill the
/// database.
const MAX_EVENTS_OF_A_NETWORK: i32 = 500;

/// Records an event of a request with these headers. `is_limited` is false for whoever runs the app on their own machine. Where it can't be recorded, the
/// log of the component says so, without anything of a person, and the answer stays what it is.
pub async fn record(
    secret: &Secret,
    proxy_header: Option<&HeaderName>,
    headers: &HeaderMap,
    is_limited: bool,
    request_id: &str,
    trail: &AuditTrail,
    event: Event<'_>,
) {
    let network = client_network::network(client_network::address(proxy_header, headers));
    let parameters = vec![
        Parameter::Str(event.action.to_owned()),
        Parameter::Str(event.outcome.name().to_owned()),
        optional(event.detail.map(str::to_owned)),
        trail.user_id().map_or(Parameter::DbNull, |id| Parameter::Uuid(id.to_string())),
        optional(trail.client_id()),
        Parameter::Binary(network_hash(secret, &network)),
        Parameter::Str(request_id.to_owned()),
        Parameter::Int32(if is_limited { MAX_EVENTS_OF_A_NETWORK } else { 0 }),
        Parameter::Int32(retention::days().await),
    ];
    let recorded = async { Database::open(request_id).await?.one(&RECORD, parameters).await };
    if recorded.await.is_err() {
        log::error!(request_id = request_id; "{} ({}) was not recorded", event.action, event.outcome.name());
    }
}
