//! A store in memory, for one process: what the protocol needs of a store, in the fewest lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use mcp_protocol::{
    RecordedResponses, SessionState, Store, StoreError, StoredEvents, TaskRecord, TaskState, TaskStep,
    TaskWork, model::LoggingLevel,
};
use serde_json::Value;
use uuid::Uuid;

#[derive(Default)]
struct Stream {
    session: Uuid,
    request_id: String,
    events: BTreeMap<i32, String>,
    is_complete: bool,
    is_cancelled: bool,
}

struct Task {
    work: TaskWork,
    state: TaskState,
    worker: Option<Uuid>,
    changes: u32,
}

#[derive(Default)]
struct Kept {
    sessions: HashMap<Uuid, SessionState>,
    streams: HashMap<Uuid, Stream>,
    requests: HashMap<Uuid, (Uuid, Option<Value>)>,
    used: BTreeSet<Uuid>,
    tasks: HashMap<Uuid, Task>,
    listeners: BTreeSet<Uuid>,
}

#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

type Done<T> = Result<T, StoreError>;

impl Memory {
    /// Lets go of a task, as a process does that ends.
    pub fn abandon(&self, task: Uuid) {
        self.0.lock().unwrap().tasks.get_mut(&task).unwrap().worker = None;
    }
}

impl Store for Memory {
    async fn subscribe(&self, session: Uuid, uri: &str, is_wanted: bool) -> Done<bool> {
        let mut kept = self.0.lock().unwrap();
        let subscriptions = &mut kept.sessions.entry(session).or_default().subscriptions;
        subscriptions.retain(|known| known != uri);
        let has_room = !is_wanted || subscriptions.len() < 200;
        subscriptions.extend((is_wanted && has_room).then(|| uri.to_owned()));
        Ok(has_room)
    }

    async fn set_log_level(&self, session: Uuid, level: LoggingLevel) -> Done<()> {
        self.0.lock().unwrap().sessions.entry(session).or_default().log_level = Some(level);
        Ok(())
    }

    async fn session(&self, session: Uuid) -> Done<SessionState> {
        Ok(self.0.lock().unwrap().sessions.get(&session).cloned().unwrap_or_default())
    }

    async fn open_stream(&self, stream: Uuid, session: Uuid, request_id: &str) -> Done<()> {
        let opened = Stream { session, request_id: request_id.to_owned(), ..Stream::default() };
        self.0.lock().unwrap().streams.insert(stream, opened);
        Ok(())
    }

    async fn append(&self, stream: Uuid, sequence: i32, message: Option<&str>, is_last: bool) -> Done<()> {
        let mut kept = self.0.lock().unwrap();
        let stream = kept.streams.get_mut(&stream).unwrap();
        if let Some(message) = message {
            stream.events.entry(sequence).or_insert_with(|| message.to_owned());
        }
        stream.is_complete |= is_last;
        Ok(())
    }

    async fn events(&self, stream: Uuid, session: Uuid, after: i32) -> Done<Option<StoredEvents>> {
        let kept = self.0.lock().unwrap();
        Ok(kept.streams.get(&stream).filter(|stream| stream.session == session).map(|stream| StoredEvents {
            events: stream
                .events
                .iter()
                .filter(|(sequence, _)| **sequence > after)
                .map(|(sequence, message)| (*sequence, message.clone()))
                .collect(),
            is_complete: stream.is_complete,
            is_cancelled: stream.is_cancelled,
        }))
    }

    async fn cancel(&self, session: Uuid, request_id: &str) -> Done<()> {
        for stream in self.0.lock().unwrap().streams.values_mut() {
            stream.is_cancelled |= stream.session == session && stream.request_id == request_id;
        }
        Ok(())
    }

    async fn create_requests(&self, _stream: Uuid, session: Uuid, requests: &[Uuid]) -> Done<()> {
        self.0.lock().unwrap().requests.extend(requests.iter().map(|id| (*id, (session, None))));
        Ok(())
    }

    async fn record_response(&self, session: Uuid, request: Uuid, response: &Value) -> Done<bool> {
        let mut kept = self.0.lock().unwrap();
        match kept.requests.get_mut(&request) {
            Some((asked, answer @ None)) if *asked == session => {
                *answer = Some(response.clone());
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn responses(&self, stream: Uuid, requests: &[Uuid]) -> Done<RecordedResponses> {
        let kept = self.0.lock().unwrap();
        let answer = |id: &Uuid| kept.requests.get(id)?.1.clone().map(|answer| (*id, answer));
        Ok(RecordedResponses {
            responses: requests.iter().filter_map(answer).collect(),
            is_cancelled: kept.streams.get(&stream).is_some_and(|stream| stream.is_cancelled),
        })
    }

    async fn use_once(&self, nonce: Uuid, _seconds: u32) -> Done<bool> {
        Ok(self.0.lock().unwrap().used.insert(nonce))
    }

    async fn create_task(
        &self,
        task: Uuid,
        work: &TaskWork,
        _ttl_ms: u64,
        worker: Uuid,
        _seconds: u32,
    ) -> Done<TaskRecord> {
        let made = Task { work: work.clone(), state: TaskState::Working, worker: Some(worker), changes: 0 };
        self.0.lock().unwrap().tasks.insert(task, made);
        Ok(self.task(task).await?.unwrap())
    }

    async fn task(&self, task: Uuid) -> Done<Option<TaskRecord>> {
        let kept = self.0.lock().unwrap();
        Ok(kept.tasks.get(&task).map(|found| TaskRecord {
            id: task,
            state: found.state.clone(),
            created_at: "2026-11-26T10:00:00.000Z".to_owned(),
            updated_at: format!("2026-11-26T10:00:00.{:03}Z", found.changes),
            ttl_ms: 3_600_000,
            is_abandoned: found.state == TaskState::Working && found.worker.is_none(),
        }))
    }

    async fn lease_task(&self, task: Uuid, worker: Uuid, _seconds: u32) -> Done<Option<TaskWork>> {
        let mut kept = self.0.lock().unwrap();
        let free = |found: &&mut Task| found.state == TaskState::Working && found.worker.is_none();
        Ok(kept.tasks.get_mut(&task).filter(free).map(|found| {
            found.worker = Some(worker);
            found.work.clone()
        }))
    }

    async fn renew_task_lease(&self, task: Uuid, worker: Uuid, _seconds: u32) -> Done<bool> {
        let kept = self.0.lock().unwrap();
        Ok(kept
            .tasks
            .get(&task)
            .is_some_and(|found| found.worker == Some(worker) && found.state == TaskState::Working))
    }

    async fn finish_round(&self, task: Uuid, worker: Uuid, step: &TaskStep) -> Done<()> {
        let mut kept = self.0.lock().unwrap();
        let held = |found: &&mut Task| found.worker == Some(worker) && found.state == TaskState::Working;
        if let Some(found) = kept.tasks.get_mut(&task).filter(held) {
            found.worker = None;
            found.changes += 1;
            found.state = match step {
                TaskStep::Complete(result) => TaskState::Completed(result.clone()),
                TaskStep::Fail(error) => TaskState::Failed(error.clone()),
                TaskStep::Ask(requests, state) => {
                    found.work.rounds += 1;
                    found.work.state = state.clone();
                    found.work.answers.clear();
                    TaskState::InputRequired(requests.clone())
                }
            };
        }
        Ok(())
    }

    async fn update_task(&self, task: Uuid, answers: &BTreeMap<String, Value>) -> Done<bool> {
        let mut kept = self.0.lock().unwrap();
        let Some(found) = kept.tasks.get_mut(&task) else { return Ok(false) };
        if let TaskState::InputRequired(requests) = &mut found.state {
            for (key, answer) in answers {
                if requests.remove(key).is_some() {
                    found.work.answers.insert(key.clone(), answer.clone());
                    found.changes += 1;
                }
            }
            if requests.is_empty() {
                found.state = TaskState::Working;
            }
        }
        Ok(true)
    }

    async fn open_listener(&self, stream: Uuid, limit: u32, _seconds: u32) -> Done<bool> {
        let mut kept = self.0.lock().unwrap();
        Ok(kept.listeners.len() < limit as usize && kept.listeners.insert(stream))
    }

    async fn renew_listener(&self, stream: Uuid, _seconds: u32) -> Done<bool> {
        Ok(self.0.lock().unwrap().listeners.contains(&stream))
    }

    async fn close_listener(&self, stream: Uuid) -> Done<()> {
        self.0.lock().unwrap().listeners.remove(&stream);
        Ok(())
    }

    async fn cancel_task(&self, task: Uuid) -> Done<bool> {
        let mut kept = self.0.lock().unwrap();
        let Some(found) = kept.tasks.get_mut(&task) else { return Ok(false) };
        if matches!(found.state, TaskState::Working | TaskState::InputRequired(_)) {
            found.state = TaskState::Cancelled;
            found.changes += 1;
        }
        Ok(true)
    }
}
