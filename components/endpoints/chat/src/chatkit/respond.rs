//! Messages that the assistant answers in a stream.

use chatkit_protocol::{
    ItemContent, Page, Thread, ThreadAddUserMessageParams, ThreadCreateParams, ThreadStatus,
    ThreadStreamEvent, UserMessage, UserMessageInput,
};
use endpoint::{Problem, Response};
use serde_json::Map;
use task_model::hash::InputHash;
use uuid::Uuid;

use super::attachments::{self, SentFile};
use super::stream::{self, stoppable_channel};
use super::turn_events::TurnEvents;
use super::user_message::{Message, stored};
use super::{again, import, read, render};
use crate::history::{self, EarlierTurn, Opened, Opening, Sent, Taken, TurnKey};
use crate::messages::{TurnJob, begin, store_answer, title};
use crate::models::ModelChoice;
use crate::session::Session;
use crate::settings::Settings;
use crate::tools::Client;

/// Where requests of the protocol are sent.
const PATH: &str = "/chatkit";

/// Begins a thread.
///
/// # Errors
/// As [`crate::messages::post`].
pub async fn create(session: Session<'_>, params: ThreadCreateParams) -> Result<Response, Problem> {
    say(Turn::prepare(session).await?, params.input, None).await
}

/// Goes on with a thread.
///
/// # Errors
/// As [`crate::messages::post`].
pub async fn add_user_message(
    session: Session<'_>,
    params: ThreadAddUserMessageParams,
) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    say(Turn::prepare(session).await?, params.input, Some(thread)).await
}

/// The hash of what is sent: the same for the same message, sent again.
fn fingerprint(thread: Option<Uuid>, input: &UserMessageInput) -> [u8; 32] {
    // Structs of strings and JSON values have no way to fail.
    let input = serde_json::to_vec(input).unwrap_or_default();
    InputHash::new().part("chatkit").optional(thread.as_ref().map(Uuid::as_bytes)).part(input).finish()
}

async fn say(turn: Turn<'_>, input: UserMessageInput, thread: Option<Uuid>) -> Result<Response, Problem> {
    let message_key = turn.session.message_key(|| fingerprint(thread, &input));
    let message = Message::read(input, &turn.settings.limits)?;
    let database = turn.session.database().await?;
    let files = attachments::read(&database, &message.attachments).await?;
    let text = match files.first() {
        Some(file) if message.text.is_empty() => format!("Add what {} lists", file.name),
        _ => message.text.clone(),
    };
    let key = TurnKey::new(thread);
    let ids = message.attachments.clone();
    let item = message.item(&files, key.conversation);
    let name = title::from_message(&text);
    let input = stored(&item);
    let opening = Opening {
        text: &text,
        title: &name,
        reply: yes_or_no::read(&text),
        must_answer: false,
        sent: Sent { input: Some(&input), attachments: &ids, ..Sent::default() },
        message_key: message_key.as_ref(),
        ..turn.opening(key, thread.is_none())
    };
    let taken = history::take_turn(&database, &opening).await.map_err(read::as_invalid_request)?;
    // What follows may take long: no connection is held meanwhile.
    drop(database);
    let quoted = item.quoted_text.clone();
    let first = |begun: Begun| begun.events(item, thread.is_none());
    match taken {
        Taken::New { key, opened, again } => {
            let at = || opened.at.clone();
            let first = first(match again {
                Some(earlier) => Begun::before(key, earlier),
                None => Begun { key, title: name, conversation_at: at(), message_at: at() },
            });
            let is_kept = message_key.is_some();
            Ok(turn.stream(key, opened, Words { text, quoted, files }, first, is_kept))
        }
        Taken::Before(earlier) => {
            let (key, at) = (earlier.key, earlier.message_at.clone());
            Ok(turn.tell_again(key, at, first(Begun::before(key, earlier))))
        }
    }
}

/// A message that was taken, now or before.
struct Begun {
    key: TurnKey,
    title: String,
    conversation_at: String,
    message_at: String,
}

impl Begun {
    fn before(key: TurnKey, earlier: EarlierTurn) -> Self {
        let EarlierTurn { title, conversation_at, message_at, .. } = earlier;
        Self { key, title, conversation_at, message_at }
    }

    /// What a stream begins with: the message, and its thread where that is new.
    fn events(self, item: UserMessage, is_new: bool) -> Vec<ThreadStreamEvent> {
        let Self { key, title, conversation_at, message_at } = self;
        let created = |title| new_thread(key.conversation, &conversation_at, title);
        let item = render::item(key.message, key.conversation, message_at, ItemContent::UserMessage(item));
        let mut first = Vec::new();
        if is_new {
            first.push(ThreadStreamEvent::ThreadCreated { thread: created(None) });
        }
        first.extend([ThreadStreamEvent::ItemDone { item }, stream::options()]);
        if is_new {
            first.push(ThreadStreamEvent::ThreadUpdated { thread: created(Some(title)) });
        }
        first
    }
}

fn new_thread(id: Uuid, created_at: &str, title: Option<String>) -> Thread {
    Thread {
        title,
        id: id.to_string(),
        created_at: created_at.to_owned(),
        status: ThreadStatus::Active,
        allowed_image_domains: None,
        metadata: Map::new(),
        items: Page::empty(),
    }
}

/// What the assistant is told.
pub struct Words {
    /// The person's words.
    pub text: String,
    /// What they refer to.
    pub quoted: Option<String>,
    /// What is attached.
    pub files: Vec<SentFile>,
}

impl Words {
    /// What was said in a message that is stored.
    pub fn new(text: String, message: Option<&UserMessage>, files: Vec<SentFile>) -> Self {
        Self { text, quoted: message.and_then(|message| message.quoted_text.clone()), files }
    }

    /// As the model gets it. Rules would take a quotation for part of the request.
    fn to_model_text(&self, model: ModelChoice) -> String {
        match (&self.quoted, model) {
            (Some(quoted), ModelChoice::OpenAi { .. }) => {
                format!("{}\n\n(This is about: “{quoted}”)", self.text)
            }
            _ => self.text.clone(),
        }
    }
}

/// A turn that is about to be taken.
pub struct Turn<'a> {
    /// Who asks.
    pub session: Session<'a>,
    settings: Settings,
    tools: Client,
}

impl<'a> Turn<'a> {
    /// Looks that all is there that a turn needs.
    ///
    /// # Errors
    /// 503 where the app is not set up.
    pub async fn prepare(session: Session<'a>) -> Result<Self, Problem> {
        let settings = Settings::load().await?;
        let tools = session.tools().await?;
        Ok(Self { session, settings, tools })
    }

    /// The tools, with the person's token.
    pub const fn tools(&self) -> &Client {
        &self.tools
    }

    /// What every turn is opened with.
    pub fn opening(&self, key: TurnKey, is_new: bool) -> Opening<'static> {
        Opening {
            key,
            is_new,
            text: "",
            title: "",
            reply: yes_or_no::Reply::Other,
            must_answer: false,
            history_characters: self.history_characters(),
            quota: self.quota(),
            sent: Sent::default(),
            message_key: None,
        }
    }

    /// How many characters of history are read. The database counts the JSON as well, so it reads some more than the model gets.
    pub fn history_characters(&self) -> u64 {
        u64::from(self.settings.limits.history_characters) * 2
    }

    /// What one person may have and use.
    pub fn quota(&self) -> crate::quota::Quota {
        self.settings.quota.with_model(self.settings.model)
    }

    /// Answers in a stream that begins with these events. The turn runs as a task of its own, so that it comes to its end and is
    /// stored when the client goes away; where nothing is kept for the client to come back to, it ends before its next call.
    pub fn stream(
        self,
        key: TurnKey,
        opened: Opened,
        words: Words,
        first: Vec<ThreadStreamEvent>,
        is_kept: bool,
    ) -> Response {
        let (events, response) = stoppable_channel(key.conversation);
        let mut events = TurnEvents::new(events, key, opened.at.clone()).stopped_by_leaving(!is_kept);
        let Self { session, settings: Settings { model, limits, .. }, tools } = self;
        let (user_id, request_id) = (session.caller.user_id.clone(), session.caller.request_id.clone());
        let (now, time_zone) = (session.caller.now, session.caller.time_zone);
        spin_sdk::wasip3::spawn(async move {
            first.iter().for_each(|event| events.send(event));
            let finished = if words.files.is_empty() {
                let begin = begin(opened, words.to_model_text(model), now, time_zone, limits);
                TurnJob { user_id, key, model, tools, begin, path: PATH }.run(&mut events).await
            } else {
                let (output, items) = import::offer(&words.files);
                store_answer(user_id, &request_id, key, output, items).await
            };
            match finished {
                Ok(finished) => events.finish(finished),
                Err(problem) => {
                    let kind = problem.kind.name();
                    log::warn!(request_id = request_id.as_str(), problem = kind; "{}", problem.sentence());
                    events.fail(&problem, &request_id);
                }
            }
        });
        response
    }

    /// Tells a turn that was taken before, wherever it runs, in a stream that begins with these events.
    pub fn tell_again(self, key: TurnKey, began_at: String, first: Vec<ThreadStreamEvent>) -> Response {
        let (events, response) = stoppable_channel(key.conversation);
        let mut events = TurnEvents::new(events, key, began_at);
        let Self { session, tools, .. } = self;
        let (user_id, request_id) = (session.caller.user_id, session.caller.request_id);
        spin_sdk::wasip3::spawn(async move {
            first.iter().for_each(|event| events.send(event));
            if let Err(problem) = again::tell(&user_id, &request_id, key, &tools, &mut events).await {
                events.fail(&problem, &request_id);
            }
        });
        response
    }
}
