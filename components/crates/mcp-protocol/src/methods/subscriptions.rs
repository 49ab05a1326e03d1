//! Hearing of changes: `subscriptions/listen` of the stateless revision, and `resources/subscribe` in the revisions before
//! it, whose stream is in `session_stream.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    ListeningLease, Refusal, Request,
    result::{Empty, write},
    session_stream::id_at,
    tasks,
};
use crate::{
    message::{Fault, Params},
    server::{CallError, Changes, Outlet, Position, Server, Session, Store as _, TASKS, tasks_required},
};

/// How often changes are looked for.
const PAUSE: Duration = Duration::from_millis(400);

/// After so long a stream ends in good order, and the client opens another: hosts end a request that takes long.
const LISTENING: Duration = Duration::from_secs(240);

/// How many things of a kind one stream may follow.
const MOST: usize = 200;

/// How long a URI may be that is kept for a session.
const LONGEST_URI: usize = 2_000;

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
pub(super) async fn listen<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let filter: Filter = Params::optional(
        request.params.notifications,
        "notifications",
        "an object as the schema SubscriptionFilter describes it",
    )?
    .ok_or_else(|| Fault::invalid_params("The member notifications of params is missing."))?;
    if filter.resource_subscriptions.len() > MOST || filter.task_ids.len() > MOST {
        return Err(Fault::invalid_params(format!("One stream follows at most {MOST} of a kind.")).into());
    }
    if !filter.task_ids.is_empty() && !request.client.tasks {
        return Err(Fault::missing_capability(&tasks_required()).into());
    }
    if !request.outlet.is_open() {
        return Err(Fault::not_acceptable_stream().into());
    }
    let id = request.id.to_value();
    let meta = || json!({ SUBSCRIPTION_ID: id });
    let mut listener = Listener::new(request.server, request.caller, filter, Some(&id)).await?;
    let params = json!({ "_meta": meta(), "notifications": listener.agreed() });
    request.outlet.notify("notifications/subscriptions/acknowledged", &params);
    listener.follow(request.outlet).await?;
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
) -> Result<(), Refusal> {
    let uri = Params::string(request.params.uri, "uri")?;
    if uri.contains('\0') || uri.len() > LONGEST_URI {
        let reason = format!("A URI has at most {LONGEST_URI} bytes, and not the character U+0000.");
        return Err(Fault::invalid_params(reason).into());
    }
    let session = request.session.as_ref().ok_or_else(Fault::session_needed)?;
    if !request.server.store(request.caller).subscribe(session.id, &uri, is_wanted).await? {
        return Err(Fault::invalid_params(format!("One session follows at most {MOST} resources.")).into());
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
    ) -> Result<Self, Refusal> {
        let lease = ListeningLease::take(server, caller).await?;
        let offered = server.card().capabilities();
        let is_true = |flag: Option<bool>| flag == Some(true);
        filter.tools_list_changed &= is_true(offered.tools.as_ref().and_then(|tools| tools.list_changed));
        filter.prompts_list_changed &=
            is_true(offered.prompts.as_ref().and_then(|prompts| prompts.list_changed));
        let resources = offered.resources.as_ref();
        filter.resources_list_changed &= is_true(resources.and_then(|resources| resources.list_changed));
        if !is_true(resources.and_then(|resources| resources.subscribe)) {
            filter.resource_subscriptions.clear();
        }
        if !server.card().offers(TASKS) {
            filter.task_ids.clear();
        }
        let position = server.changes(caller, None).await.map_err(refusal)?.position;
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
    fn agreed(&self) -> Value {
        let mut agreed = Map::new();
        for (name, is_wanted) in [
            ("toolsListChanged", self.filter.tools_list_changed),
            ("promptsListChanged", self.filter.prompts_list_changed),
            ("resourcesListChanged", self.filter.resources_list_changed),
        ] {
            if is_wanted {
                agreed.insert(name.to_owned(), true.into());
            }
        }
        if !self.filter.resource_subscriptions.is_empty() {
            agreed.insert("resourceSubscriptions".to_owned(), json!(self.filter.resource_subscriptions));
        }
        if !self.filter.task_ids.is_empty() {
            agreed.insert("taskIds".to_owned(), json!(self.filter.task_ids));
        }
        agreed.into()
    }

    pub(super) async fn follow(&mut self, outlet: &Outlet) -> Result<(), Refusal> {
        let mut listened = Duration::ZERO;
        while listened < LISTENING {
            self.server.sleep(PAUSE).await;
            listened += PAUSE;
            if self.lease.is_lost().await {
                return Ok(());
            }
            match self.look(outlet).await {
                // A moment without the store is no reason to end: what was missed is told afterwards.
                Err(refusal) if refusal.is_passing() => {}
                done => done?,
            }
        }
        Ok(())
    }

    async fn look(&mut self, outlet: &Outlet) -> Result<(), Refusal> {
        let changes = self.server.changes(self.caller, Some(&self.position)).await.map_err(refusal)?;
        self.tell(&changes, outlet).await?;
        let is_news = changes.tools || changes.prompts || changes.resources || !changes.updated.is_empty();
        self.position = changes.position;
        if is_news {
            self.tell_position(outlet);
        }
        for id in self.tasks.keys().copied().collect::<Vec<_>>() {
            self.look_at_task(id, outlet).await?;
        }
        Ok(())
    }

    /// Tells a session that wants it how far it has heard.
    pub(super) fn tell_position(&self, outlet: &Outlet) {
        if let Some((session, true)) = self.session
            && let Some(id) = id_at(self.server, self.caller, session, &self.position)
        {
            outlet.id(id);
        }
    }

    async fn tell(&self, changes: &Changes, outlet: &Outlet) -> Result<(), Refusal> {
        for (is_changed, method) in [
            (changes.tools && self.filter.tools_list_changed, "notifications/tools/list_changed"),
            (changes.prompts && self.filter.prompts_list_changed, "notifications/prompts/list_changed"),
            (changes.resources && self.filter.resources_list_changed, "notifications/resources/list_changed"),
        ] {
            if is_changed {
                outlet.notify(method, &self.marked(json!({})));
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
                outlet.notify("notifications/resources/updated", &self.marked(json!({ "uri": uri })));
            }
        }
        Ok(())
    }

    async fn look_at_task(&mut self, id: Uuid, outlet: &Outlet) -> Result<(), Refusal> {
        let Some(task) = self.server.store(self.caller).task(id).await? else { return Ok(()) };
        if self.tasks.get(&id) != Some(&task.updated_at) {
            outlet.notify("notifications/tasks", &self.marked(tasks::detailed(&task)));
            self.tasks.insert(id, task.updated_at);
        }
        Ok(())
    }

    fn marked(&self, mut params: Value) -> Value {
        if let (Some(id), Some(members)) = (self.subscription, params.as_object_mut()) {
            members.insert("_meta".to_owned(), json!({ SUBSCRIPTION_ID: id }));
        }
        params
    }
}

fn refusal(error: CallError) -> Refusal {
    Refusal::of(error, || Fault::internal("There is nothing to listen to."))
}
