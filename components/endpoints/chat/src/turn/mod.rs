//! One message of a person, answered: the model's turns, the calls it asks for, and the question before what can't be
//! taken back.

mod ask;
mod cancelled;
mod confirmed;
mod deadline;
mod error;
mod lease;
mod limits;
mod tool_calls;

pub use deadline::Deadline;
pub use error::TurnError;
pub use lease::Lease;
pub use limits::Limits;

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use crate::models::types::{Event, Tool as ModelTool, Turn};
use crate::models::{Answer, INSTRUCTIONS, Model};
use crate::tools::{Tool, Tools};
use crate::transcript::{Call, Outcome, PendingCall, Question, Step, TranscriptMessage, to_model_messages};

/// A message to answer.
pub struct TurnInput {
    /// What was said before, already pruned.
    pub history: Vec<TranscriptMessage>,
    /// The message.
    pub message: TranscriptMessage,
    /// The calls that it confirms.
    pub confirmed: Vec<PendingCall>,
    /// When it came, in microseconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// The IANA time zone in which the person means their days.
    pub time_zone: String,
    /// How far it may go.
    pub limits: Limits,
}

/// An answer.
#[derive(Debug, PartialEq)]
pub struct TurnOutput {
    /// The words that people see: what was streamed, in one piece.
    pub reply: String,
    /// How it came about.
    pub steps: Vec<Step>,
    /// What is asked before it is done.
    pub question: Option<Question>,
    /// It says where the person stopped it.
    pub is_cancelled: bool,
    /// What it cost.
    pub cost: Cost,
}

/// No answer: nothing was changed, and nothing is stored but the person's message.
#[derive(Debug, PartialEq)]
pub struct TurnFailure {
    /// Why.
    pub error: TurnError,
    /// What it cost.
    pub cost: Cost,
}

/// What an answer cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Turns of the model.
    pub model_turns: u32,
    /// Tool calls.
    pub tool_calls: u32,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
}

/// Hears how an answer comes about, as it does.
pub trait Progress {
    /// More words.
    fn words(&mut self, text: &str);
    /// A call begins.
    fn call(&mut self, call: &Call);
    /// A call has ended.
    fn result(&mut self, call: &Call, outcome: &Outcome);
    /// The person is asked.
    fn question(&mut self, question: &Question);
    /// Whether the answer is still wanted: a client that goes away may mean that it is not.
    fn is_wanted(&self) -> bool {
        true
    }
}

/// Answers a message. Where the person stops it, the answer says what was done until then.
///
/// # Errors
/// [`TurnFailure`] when there is no answer and nothing was changed. When something was changed, there is an answer that says
/// what is missing: a client that sees an error sends its message again, and would change it twice.
pub async fn run(
    begin: TurnInput,
    model: &impl Model,
    tools: &impl Tools,
    progress: &mut impl Progress,
    lease: &impl Lease,
    deadline: &Deadline,
) -> Result<TurnOutput, TurnFailure> {
    let listed = match deadline.within(tools.list()).await {
        Some(Ok(listed)) => listed,
        Some(Err(unreachable)) => {
            return Err(TurnFailure {
                error: TurnError::ToolsUnavailable(unreachable.0),
                cost: Cost::default(),
            });
        }
        None => return Err(TurnFailure { error: TurnError::TimeIsUp, cost: Cost::default() }),
    };
    let mut run = Run {
        begin,
        tools,
        listed,
        progress,
        lease,
        ended: None,
        deadline,
        reply: String::new(),
        steps: Vec::new(),
        has_changed: false,
        changes: 0,
        cost: Cost::default(),
    };
    match run.continue_until_done(model).await {
        Ok(question) => Ok(run.finish(question)),
        Err(TurnError::Cancelled) => {
            let sentence = cancelled::sentence(&run.steps, |name| run.is_read_only(name));
            run.say(&sentence);
            Ok(TurnOutput { is_cancelled: true, ..run.finish(None) })
        }
        Err(error) if run.has_changed && error != TurnError::TakenAway => {
            run.say(error.sentence());
            Ok(run.finish(None))
        }
        Err(error) => Err(TurnFailure { error, cost: run.cost }),
    }
}

struct Run<'a, T, P, L> {
    begin: TurnInput,
    tools: &'a T,
    listed: Rc<[Tool]>,
    progress: &'a mut P,
    lease: &'a L,
    /// Why no more calls are made.
    ended: Option<TurnError>,
    deadline: &'a Deadline,
    reply: String,
    steps: Vec<Step>,
    /// A tool that is not read-only was called.
    has_changed: bool,
    /// How many tasks that were there before were changed one by one, without a question.
    changes: u32,
    cost: Cost,
}

/// What the model said in one turn.
#[derive(Default)]
struct ModelOutput {
    text: String,
    calls: Vec<crate::models::types::ToolCall>,
}

impl<T: Tools, P: Progress, L: Lease> Run<'_, T, P, L> {
    async fn continue_until_done(&mut self, model: &impl Model) -> Result<Option<Question>, TurnError> {
        if !self.begin.confirmed.is_empty() {
            let held = std::mem::take(&mut self.begin.confirmed);
            if let Some(question) = self.run_confirmed(held).await {
                return Ok(Some(question));
            }
            self.expect_held()?;
        }
        for _ in 0..self.begin.limits.model_turns {
            let heard = self.run_model(model).await?;
            if heard.calls.is_empty() {
                self.steps.push(Step { text: heard.text, calls: Vec::new() });
                return Ok(None);
            }
            if let Some(question) = self.handle_calls(heard).await {
                return Ok(Some(question));
            }
            self.expect_held()?;
        }
        self.say(
            "I stopped here: this takes more steps than I may make for one message. Say “go on” to continue.",
        );
        Ok(None)
    }

    /// One turn of the model.
    async fn run_model(&mut self, model: &impl Model) -> Result<ModelOutput, TurnError> {
        let turn = self.turn();
        self.cost.model_turns += 1;
        let mut heard = ModelOutput::default();
        let result = self.collect_events(model, turn, &mut heard).await;
        let is_answer = self.has_changed || result == Err(TurnError::Cancelled);
        if result.is_err() && !heard.text.is_empty() && is_answer {
            // These words were seen, so they are part of the answer.
            self.steps.push(Step { text: std::mem::take(&mut heard.text), calls: Vec::new() });
        }
        result.map(|()| heard)
    }

    async fn collect_events(
        &mut self,
        model: &impl Model,
        turn: Turn,
        heard: &mut ModelOutput,
    ) -> Result<(), TurnError> {
        let mut answer = self.hear(model.respond(turn)).await?;
        loop {
            match self.hear(answer.next()).await? {
                Some(Event::Text(_)) if !self.progress.is_wanted() => return Err(TurnError::Cancelled),
                Some(Event::Text(text)) => {
                    // PostgreSQL has no such character, and no person misses it.
                    let text = text.replace('\0', "");
                    self.stream(&text, heard.text.is_empty());
                    heard.text.push_str(&text);
                }
                Some(Event::ToolCall(call)) => heard.calls.push(call),
                Some(Event::Usage(usage)) => {
                    self.cost.input_tokens += u64::from(usage.input_tokens);
                    self.cost.output_tokens += u64::from(usage.output_tokens);
                }
                Some(Event::End) => return Ok(()),
                Some(Event::Failed(error)) => return Err(TurnError::from_model(error)),
                None => return Err(TurnError::ModelGarbled),
            }
        }
    }

    /// What the model says, as long as the turn goes on.
    async fn hear<A>(&self, said: impl Future<Output = A>) -> Result<A, TurnError> {
        match select(pin!(self.lease.ended()), pin!(self.deadline.within(said))).await {
            Either::Left((why, _)) => Err(why),
            Either::Right((heard, _)) => heard.ok_or(TurnError::TimeIsUp),
        }
    }

    /// Whether a call may begin: asked before each, so that none does once the person has stopped the turn.
    async fn may_call(&mut self) -> bool {
        if self.ended.is_none() {
            self.ended = self.lease.renew().await.err();
        }
        if self.ended.is_none() && !self.progress.is_wanted() {
            self.ended = Some(TurnError::Cancelled);
        }
        self.ended.is_none()
    }

    /// Looks that the turn goes on after its calls.
    fn expect_held(&self) -> Result<(), TurnError> {
        self.ended.map_or(Ok(()), Err)
    }

    fn turn(&self) -> Turn {
        let mut conversation = self.begin.history.clone();
        conversation.push(self.begin.message.clone());
        conversation.push(TranscriptMessage::by_assistant(self.steps.clone()));
        Turn {
            instructions: INSTRUCTIONS.to_owned(),
            messages: to_model_messages(&conversation),
            tools: self.listed.iter().map(model_tool).collect(),
            now: self.begin.now,
            time_zone: self.begin.time_zone.clone(),
            max_output_tokens: self.begin.limits.output_tokens,
        }
    }

    /// The tool of that name.
    fn tool(&self, name: &str) -> Option<&Tool> {
        self.listed.iter().find(|tool| tool.name == name)
    }

    /// Adds words to the answer, in a paragraph of their own when they begin a step.
    fn stream(&mut self, text: &str, begins: bool) {
        if begins && !self.reply.is_empty() {
            self.reply.push_str("\n\n");
            self.progress.words("\n\n");
        }
        self.reply.push_str(text);
        self.progress.words(text);
    }

    /// Says something of our own.
    fn say(&mut self, sentence: &str) {
        self.stream(sentence, true);
        self.steps.push(Step { text: sentence.to_owned(), calls: Vec::new() });
    }

    fn finish(self, question: Option<Question>) -> TurnOutput {
        let Self { reply, steps, cost, .. } = self;
        TurnOutput { reply, steps, question, is_cancelled: false, cost }
    }
}

fn model_tool(tool: &Tool) -> ModelTool {
    ModelTool {
        name: tool.name.clone(),
        description: tool.description.clone(),
        input_schema: tool.input_schema.clone(),
        read_only: tool.read_only,
        destructive: tool.destructive,
    }
}

#[cfg(test)]
mod tests;
