//! Answering by rules where the language model can't be reached.

use std::cell::Cell;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use futures_util::future::Either;

use super::types::{Event, Message, ModelError, Turn};
use super::{Answer, Model};

/// What a person is told first.
const NOTICE: &str = "The language model can't be reached right now, so I go by simple rules.\n\n";
/// A provider that was out of reach is asked again after so long at the latest.
const MAX_RETRY_INTERVAL: Duration = Duration::from_secs(30);

/// A language model, and rules in its place for the whole of a message where it is out of reach before it has said anything.
pub struct Fallback<M, R> {
    model: M,
    rules: R,
    pause: &'static Pause,
    /// The rules have begun to answer this message.
    goes_by_rules: Cell<bool>,
}

impl<M, R> Fallback<M, R> {
    /// For one message.
    pub const fn new(model: M, rules: R, pause: &'static Pause) -> Self {
        Self { model, rules, pause, goes_by_rules: Cell::new(false) }
    }
}

/// Until when a provider that was out of reach is left alone, so that nobody waits for it with every message.
#[derive(Debug, Default)]
pub struct Pause(Mutex<Option<Instant>>);

impl Pause {
    /// Nothing is known against the provider.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    fn begin(&self, duration: Duration) {
        if let Ok(mut until) = self.0.lock() {
            *until = Instant::now().checked_add(duration.min(MAX_RETRY_INTERVAL));
        }
    }

    fn is_on(&self) -> bool {
        self.0.lock().is_ok_and(|until| until.is_some_and(|until| Instant::now() < until))
    }
}

impl<M: Model, R: Model> Model for Fallback<M, R> {
    type Answer = FirstEvent<Either<M::Answer, R::Answer>>;

    async fn respond(&self, turn: Turn) -> Self::Answer {
        if self.goes_by_rules.get() {
            return FirstEvent { first: None, rest: Either::Right(self.rules.respond(turn).await) };
        }
        // After a call the language model has to say itself what it has done.
        let is_first = matches!(turn.messages.last(), Some(Message::User(_)));
        if !(is_first && self.pause.is_on()) {
            let mut rest = self.model.respond(turn.clone()).await;
            match rest.next().await {
                Some(Event::Failed(ModelError::Unavailable(seconds))) if is_first => {
                    self.pause.begin(Duration::from_secs(seconds.into()));
                }
                first => return FirstEvent { first, rest: Either::Left(rest) },
            }
        }
        self.goes_by_rules.set(true);
        let first = Some(Event::Text(NOTICE.to_owned()));
        FirstEvent { first, rest: Either::Right(self.rules.respond(turn).await) }
    }
}

/// An answer of which the first event was heard already.
pub struct FirstEvent<A> {
    first: Option<Event>,
    rest: A,
}

impl<A: Answer> Answer for FirstEvent<A> {
    async fn next(&mut self) -> Option<Event> {
        match self.first.take() {
            None => self.rest.next().await,
            first => first,
        }
    }
}

impl<A: Answer, B: Answer> Answer for Either<A, B> {
    async fn next(&mut self) -> Option<Event> {
        match self {
            Self::Left(answer) => answer.next().await,
            Self::Right(answer) => answer.next().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;

    use futures_executor::block_on;

    use super::*;
    use crate::models::types::{AssistantMessage, ToolCall};

    /// Answers each turn with the next list of events, and counts how often it was asked.
    struct Script(RefCell<VecDeque<Vec<Event>>>, Cell<u32>);

    struct Playing(VecDeque<Event>);

    impl Model for Script {
        type Answer = Playing;

        async fn respond(&self, _: Turn) -> Playing {
            self.1.set(self.1.get() + 1);
            Playing(self.0.borrow_mut().pop_front().unwrap_or_default().into())
        }
    }

    impl Answer for Playing {
        async fn next(&mut self) -> Option<Event> {
            self.0.pop_front()
        }
    }

    fn script(turns: Vec<Vec<Event>>) -> Script {
        Script(RefCell::new(turns.into()), Cell::new(0))
    }

    fn turn(messages: Vec<Message>) -> Turn {
        Turn {
            instructions: String::new(),
            messages,
            tools: Vec::new(),
            now: 0,
            time_zone: "UTC".into(),
            max_output_tokens: 1,
        }
    }

    fn said() -> Vec<Message> {
        vec![Message::User("add milk".into())]
    }

    fn after_a_call() -> Vec<Message> {
        let assistant = AssistantMessage { text: String::new(), tool_calls: Vec::new() };
        vec![Message::User("add milk".into()), Message::Assistant(assistant)]
    }

    fn hear<M: Model, R: Model>(model: &Fallback<M, R>, messages: Vec<Message>) -> Vec<Event> {
        block_on(async {
            let mut answer = model.respond(turn(messages)).await;
            let mut heard = Vec::new();
            while let Some(event) = answer.next().await {
                heard.push(event);
            }
            heard
        })
    }

    fn pause() -> &'static Pause {
        Box::leak(Box::default())
    }

    fn down() -> Vec<Event> {
        vec![Event::Failed(ModelError::Unavailable(5))]
    }

    fn calls() -> Vec<Event> {
        vec![Event::ToolCall(ToolCall { id: "a".into(), name: "add_task".into(), arguments: "{}".into() })]
    }

    #[test]
    fn rules_answer_the_whole_message_and_say_so_once() {
        let rules = script(vec![calls(), vec![Event::Text("Added.".into())]]);
        let model = Fallback::new(script(vec![down()]), rules, pause());
        let first = hear(&model, said());
        assert_eq!(first[0], Event::Text(NOTICE.into()));
        assert_eq!(first[1..], calls());
        assert_eq!(hear(&model, after_a_call()), [Event::Text("Added.".into())]);
        assert_eq!(model.model.1.get(), 1);
    }

    #[test]
    fn a_provider_that_was_down_is_left_alone_for_a_while() {
        let pause = pause();
        hear(&Fallback::new(script(vec![down()]), script(vec![calls()]), pause), said());
        let next = Fallback::new(script(vec![calls()]), script(vec![vec![Event::End]]), pause);
        assert_eq!(hear(&next, said()), [Event::Text(NOTICE.into()), Event::End]);
        assert_eq!(next.model.1.get(), 0);
        pause.begin(Duration::ZERO);
        let later = Fallback::new(script(vec![calls()]), script(vec![]), pause);
        assert_eq!(hear(&later, said()), calls());
    }

    #[test]
    fn a_model_that_is_there_is_heard_whatever_it_says() {
        for events in [
            vec![Event::Text("Hm".into()), Event::Failed(ModelError::Unavailable(1))],
            vec![Event::Failed(ModelError::Refused("no key".into()))],
            vec![Event::Failed(ModelError::Garbled("?".into()))],
            vec![],
        ] {
            let model = Fallback::new(script(vec![events.clone()]), script(vec![calls()]), pause());
            assert_eq!(hear(&model, said()), events);
            assert_eq!(model.rules.1.get(), 0);
        }
    }

    #[test]
    fn after_a_call_of_its_own_no_rules_take_over() {
        let model = Fallback::new(script(vec![calls(), down()]), script(vec![calls()]), pause());
        hear(&model, said());
        assert_eq!(hear(&model, after_a_call()), down());
    }
}
