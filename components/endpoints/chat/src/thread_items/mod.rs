//! What a conversation shows beside messages: what it is about, as it is stored. How it looks is made of it when it is read.

mod from_steps;

pub use from_steps::{changed_ids, items};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// As many tasks are shown at once: a page of the list.
pub const MAX_SHOWN_TASKS: usize = 20;

/// An item to store with an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewItem {
    /// Names it.
    pub id: Uuid,
    /// Its kind in ChatKit's protocol.
    pub kind: Kind,
    /// What it is about.
    pub content: Content,
}

impl NewItem {
    /// A widget with an id of its own.
    pub fn widget(content: Content) -> Self {
        Self { id: Uuid::now_v7(), kind: Kind::Widget, content }
    }
}

/// The kinds that this app makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something to look at and to act on.
    Widget,
    /// A question that is answered by a form.
    StructuredInput,
}

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "view", rename_all = "snake_case")]
pub enum Content {
    /// Some tasks, with a box each.
    TaskList {
        /// The tasks.
        tasks: Vec<ShownTask>,
        /// There are others.
        has_more: bool,
    },
    /// One task, to change.
    TaskCard {
        /// The task, alone.
        tasks: Vec<ShownTask>,
    },
    /// Where the person stands.
    Statistics {
        /// What is counted, and how many of it there are.
        counts: Vec<Count>,
    },
    /// Lines of a file that can become tasks.
    Import(Import),
    /// A question.
    Question(Question),
}

/// A question with its two answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question, in a sentence.
    pub prompt: String,
    /// What a yes says.
    #[serde(default = "yes")]
    pub yes: String,
    /// What a no says.
    #[serde(default = "no")]
    pub no: String,
    /// A yes deletes something, or may.
    #[serde(default)]
    pub destructive: bool,
}

/// A yes as anybody can give it. Questions that an earlier release kept have no other.
pub const YES: &str = "Yes";
/// A no as anybody can give it.
pub const NO: &str = "No";

fn yes() -> String {
    YES.to_owned()
}

fn no() -> String {
    NO.to_owned()
}

/// How many of something there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is counted, in a word or two.
    pub label: String,
    /// How many there are.
    pub count: u64,
}

/// Lines of a file that can become tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The file's name.
    pub name: String,
    /// The lines as titles.
    pub titles: Vec<String>,
    /// How many more lines the file has.
    pub left_out: usize,
    /// What became of it.
    pub state: ImportState,
    /// How many tasks were added.
    pub added: usize,
}

/// What became of lines that can become tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Nothing yet.
    Open,
    /// They are being added.
    Adding,
    /// They were added, or as many as could be.
    Added,
    /// The person does not want them.
    Dismissed,
}

/// A task as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTask {
    /// Its id.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// How much it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Whether it is done.
    #[serde(default)]
    pub done: bool,
    /// Its version.
    #[serde(default)]
    pub version: u64,
}

impl ShownTask {
    /// Reads the result of a tool; `None` where it is no task.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |member: &str| value.get(member).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            id: text("id")?,
            title: text("title")?,
            due: text("due"),
            priority: text("priority"),
            done: value.get("completed_at").is_some_and(Value::is_string),
            version: value.get("version")?.as_u64()?,
        })
    }
}
