//! Hearing of changes: `subscriptions/listen` of the stateless revision, and `resources/subscribe` in the revisions before
//! it, whose stream is in `session_stream.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    ListeningLease, Request, RequestError,
    result::{Empty, write},
    session_stream::seal_position,
    tasks,
};
use crate::{
    message::{Params, RpcError},
    server::{
        CallError, Changes, NotificationSink, Position, Server, Session, Store as _, TASKS, tasks_required,
    },
};

/// How often changes are looked for.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// After so long a stream ends in good order, and the client opens another: hosts end a request that takes long.
const LISTEN_TIMEOUT: Duration = Duration::from_secs(240);

/// How many things of a kind one stream may follow.
const MAX_SUBSCRIPTIONS: usize = 200;

/// How long a URI may be that is kept for a session.
const MAX_URI_BYTES: usize = 2_000;

const SUBSCRIPTION_ID: &str = "io.modelcontextprotocol/subscriptionId";

/// What a client wants to hear of (2026-07-28, Subscriptions, "Notification Filter").
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Filter {
    pub(super) tools_list_changed: bool,
    pub(super) prompts_list_changed: bool,
    pub(super) resources_list_changed: bool,
    pub(super) resource_subscriptions: Vec<String>,
    pub(super) task_ids: Vec<String>,
}

/// `subscriptions/listen`
pub(super) async fn listen<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let filter: Filter = Params::optional(
        request.params.notifications,
        "notifications",
        "an object as the schema SubscriptionFilter describes it",
    )?
    .ok_or_else(|| RpcError::invalid_params("The member notifications of params is missing."))?;
    if filter.resource_subscriptions.len() > MAX_SUBSCRIPTIONS || filter.task_ids.len() > MAX_SUBSCRIPTIONS {
        return Err(RpcError::invalid_params(format!(
            "One stream follows at most {MAX_SUBSCRIPTIONS} of a kind."
        ))
        .into());
    }
    if !filter.task_ids.is_empty() && !request.client.tasks {
        return Err(RpcError::missing_capability(&tasks_required()).into());
    }
    if !request.sink.is_open() {
        return Err(RpcError::not_acceptable_stream().into());
    }
    let id = request.id.to_value();
    let meta = || json!({ SUBSCRIPTION_ID: id });
    let mut listener = Listener::new(request.server, request.caller, filter, Some(&id)).await?;
    let params = json!({ "_meta": meta(), "notifications": listener.accepted_filter() });
    request.sink.notify("notifications/subscriptions/acknowledged", &params);
    listener.follow(request.sink).await?;
    // The end is in good order: the response says so.
    let mut result = json!({ "_meta": meta() });
    if let Some(members) = result.as_object_mut() {
        members.insert("resultType".to_owned(), "complete".into());
    }
    out.extend_from_slice(result.to_string().as_bytes());
    Ok(())
}

/// `resources/subscribe` and `resources/unsubscribe`
pub(super) async fn subscribe<S: Server>(
    request: &Request<'_, S>,
    is_wanted: bool,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let uri = Params::string(request.params.uri, "uri")?;
    if uri.contains('\0') || uri.len() > MAX_URI_BYTES {
        let reason = format!("A URI has at most {MAX_URI_BYTES} bytes, and not the character U+0000.");
        return Err(RpcError::invalid_params(reason).into());
    }
    let session = request.session.as_ref().ok_or_else(RpcError::session_needed)?;
    if !request.server.store(request.caller).subscribe(session.id, &uri, is_wanted).await? {
        return Err(RpcError::invalid_params(format!(
            "One session follows at most {MAX_SUBSCRIPTIONS} resources."
        ))
        .into());
    }
    write(request, out, None, &Empty {})
}

/// What is followed for one client, and how far.
pub(super) struct Listener<'a, S: Server> {
    server: &'static S,
    caller: &'a S::Caller,
    filter: Filter,
    /// The session whose subscriptions count, beside the filter, and whether it is told how far it has heard.
    pub(super) session: Option<(&'a Session, bool)>,
    /// What marks the notifications of this stream.
    subscription: Option<&'a Value>,
    pub(super) position: Position,
    /// When each task last changed, as far as the client knows.
    tasks: BTreeMap<Uuid, String>,
    /// Its right to listen, among the user's other streams.
    lease: ListeningLease<S>,
}

impl<'a, S: Server> Listener<'a, S> {
    pub(super) async fn new(
        server: &'static S,
        caller: &'a S::Caller,
        mut filter: Filter,
        subscription: Option<&'a Value>,
    ) -> Result<Self, RequestError> {
        let lease = ListeningLease::take(server, caller).await?;
        let offered = server.info().capabilities();
        let is_true = |flag: Option<bool>| flag == Some(true);
        filter.tools_list_changed &= is_true(offered.tools.as_ref().and_then(|tools| tools.list_changed));
        filter.prompts_list_changed &=
            is_true(offered.prompts.as_ref().and_then(|prompts| prompts.list_changed));
        let resources = offered.resources.as_ref();
        filter.resources_list_changed &= is_true(resources.and_then(|resources| resources.list_changed));
        if !is_true(resources.and_then(|resources| resources.subscribe)) {
            filter.resource_subscriptions.clear();
        }
        if !server.info().offers(TASKS) {
            filter.task_ids.clear();
        }
        let position = server.changes(caller, None).await.map_err(request_error)?.position;
        let mut tasks = BTreeMap::new();
        let store = server.store(caller);
        for id in filter.task_ids.iter().filter_map(|id| Uuid::try_parse(id).ok()) {
            if let Some(task) = store.task(id).await? {
                tasks.insert(id, task.updated_at);
            }
        }
        filter.task_ids = tasks.keys().map(Uuid::to_string).collect();
        Ok(Self { server, caller, filter, session: None, subscription, position, tasks, lease })
    }

    /// What of the filter will be heard of.
    fn accepted_filter(&self) -> Value {
        let mut accepted_filter = Map::new();
        for (name, is_wanted) in [
            ("toolsListChanged", self.filter.tools_list_changed),
            ("promptsListChanged", self.filter.prompts_list_changed),
            ("resourcesListChanged", self.filter.resources_list_changed),
        ] {
            if is_wanted {
                accepted_filter.insert(name.to_owned(), true.into());
            }
        }
        if !self.filter.resource_subscriptions.is_empty() {
            accepted_filter
                .insert("resourceSubscriptions".to_owned(), json!(self.filter.resource_subscriptions));
        }
        if !self.filter.task_ids.is_empty() {
            accepted_filter.insert("taskIds".to_owned(), json!(self.filter.task_ids));
        }
        accepted_filter.into()
    }

    pub(super) async fn follow(&mut self, sink: &NotificationSink) -> Result<(), RequestError> {
        let mut listened = Duration::ZERO;
        while listened < LISTEN_TIMEOUT {
            self.server.sleep(POLL_INTERVAL).await;
            listened += POLL_INTERVAL;
            if self.lease.is_lost().await {
                return Ok(());
            }
            match self.poll_changes(sink).await {
                // A moment without the store is no reason to end: what was missed is told afterwards.
                Err(request_error) if request_error.is_transient() => {}
                done => done?,
            }
        }
        Ok(())
    }

    async fn poll_changes(&mut self, sink: &NotificationSink) -> Result<(), RequestError> {
        let changes = self.server.changes(self.caller, Some(&self.position)).await.map_err(request_error)?;
        self.notify_changes(&changes, sink).await?;
        let is_news = changes.tools || changes.prompts || changes.resources || !changes.updated.is_empty();
        self.position = changes.position;
        if is_news {
            self.send_position(sink);
        }
        for id in self.tasks.keys().copied().collect::<Vec<_>>() {
            self.notify_task(id, sink).await?;
        }
        Ok(())
    }

    /// Tells a session that wants it how far it has heard.
    pub(super) fn send_position(&self, sink: &NotificationSink) {
        if let Some((session, true)) = self.session
            && let Some(id) = seal_position(self.server, self.caller, session, &self.position)
        {
            sink.id(id);
        }
    }

    async fn notify_changes(&self, changes: &Changes, sink: &NotificationSink) -> Result<(), RequestError> {
        for (is_changed, method) in [
            (changes.tools && self.filter.tools_list_changed, "notifications/tools/list_changed"),
            (changes.prompts && self.filter.prompts_list_changed, "notifications/prompts/list_changed"),
            (changes.resources && self.filter.resources_list_changed, "notifications/resources/list_changed"),
        ] {
            if is_changed {
                sink.notify(method, &self.with_subscription_id(json!({})));
            }
        }
        if changes.updated.is_empty() {
            return Ok(());
        }
        let of_session = match self.session {
            Some((session, _)) => self.server.store(self.caller).session(session.id).await?.subscriptions,
            None => Vec::new(),
        };
        for uri in &changes.updated {
            if self.filter.resource_subscriptions.contains(uri) || of_session.contains(uri) {
                sink.notify(
                    "notifications/resources/updated",
                    &self.with_subscription_id(json!({ "uri": uri })),
                );
            }
        }
        Ok(())
    }

    async fn notify_task(&mut self, id: Uuid, sink: &NotificationSink) -> Result<(), RequestError> {
        let Some(task) = self.server.store(self.caller).task(id).await? else { return Ok(()) };
        if self.tasks.get(&id) != Some(&task.updated_at) {
            sink.notify("notifications/tasks", &self.with_subscription_id(tasks::detailed(&task)));
            self.tasks.insert(id, task.updated_at);
        }
        Ok(())
    }

    fn with_subscription_id(&self, mut params: Value) -> Value {
        if let (Some(id), Some(members)) = (self.subscription, params.as_object_mut()) {
            members.insert("_meta".to_owned(), json!({ SUBSCRIPTION_ID: id }));
        }
        params
    }
}

fn request_error(error: CallError) -> RequestError {
    RequestError::from_call(error, || RpcError::internal("There is nothing to listen to."))
}
