//! What earlier requests left behind: the last list, the tasks just spoken of, a question that waits for its answer.

use serde_json::Value;

use crate::changes::{Change, Changes};
use crate::intents::{Intent, Target, TaskAction};
use crate::tasks::{Page, Task};
use task_language::Draft;

/// A question that waits for its answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    Which {
        /// What to do with it.
        action: TaskAction,
        candidates: Vec<Task>,
    },
    /// Until when?
    When(Vec<Task>),
    /// Not asked, but open: a task was added without a day, and a day may follow.
    MaybeWhen(Vec<Task>),
    /// What shall it be called?
    NewTitle(Vec<Task>),
    /// Only like what was said: is this it?
    IsIt { action: TaskAction, tasks: Vec<Task> },
    /// There is one already: shall another be added?
    AddAnother { draft: Box<Draft>, task: Box<Task> },
    /// Nothing is called so: shall it be added?
    AddIt(Box<Draft>),
    /// The day that was said does not exist, or two were: when is it due?
    DueWhen(Vec<Draft>),
    /// What shall be added?
    WhatToAdd,
    /// A list is only called alike: is this one meant?
    IsList(Box<Intent>),
    /// There is no list of this name: shall it be made for what was said?
    MakeList { name: String, intent: Box<Intent> },
    /// What shall the list be called?
    ListName,
    /// Which task? Nothing was shown that "it" could be.
    WhichTask(TaskAction),
}

/// What a request led to, besides calls.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The words for the person.
    pub text: String,
    /// The tasks shown, in order, when a list was shown.
    pub shown: Option<Vec<Task>>,
    /// The query and the cursor of the next page; `None` inside when that was the last one.
    pub page: Option<Option<(Value, String)>>,
    /// The tasks spoken of.
    pub touched: Vec<Task>,
    /// Those among them that the last part of the request was about; all of them when it had one part.
    pub latest: Vec<Task>,
    /// The changes made.
    pub changes: Vec<Change>,
    /// What was done with tasks, to be done with another instead.
    pub action: Option<TaskAction>,
    /// How many times the last changes were taken back.
    pub undone: usize,
    /// A question for the person.
    pub question: Option<Question>,
}

impl Outcome {
    /// Words only.
    pub fn words(text: impl Into<String>) -> Outcome {
        Outcome { text: text.into(), ..Outcome::default() }
    }

    /// Words that ask something.
    pub fn asking(text: impl Into<String>, question: Question) -> Outcome {
        Outcome { text: text.into(), question: Some(question), ..Outcome::default() }
    }

    /// Both, one after the other.
    pub fn and(mut self, later: Outcome) -> Outcome {
        if !self.text.is_empty() && !later.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&later.text);
        if later.shown.is_some() {
            self.shown = later.shown;
            self.page = later.page;
        }
        if !later.touched.is_empty() {
            self.latest.clone_from(&later.touched);
        }
        self.touched.extend(later.touched);
        self.changes.extend(later.changes);
        self.undone += later.undone;
        self.action = later.action.or(self.action);
        self.question = later.question.or(self.question);
        self
    }
}

/// What is known from earlier requests.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    shown: Vec<Task>,
    shown_last: bool,
    touched: Vec<Task>,
    latest: Vec<Task>,
    page: Option<(Value, String)>,
    /// The changes, to take back.
    changes: Changes,
    /// What the last request did with tasks.
    pub action: Option<TaskAction>,
    /// The question that waits for its answer.
    pub question: Option<Question>,
}

impl Memory {
    /// Takes in what a request led to.
    pub fn remember(&mut self, outcome: &Outcome) {
        self.question.clone_from(&outcome.question);
        self.action.clone_from(&outcome.action);
        self.note_mentions(outcome);
        self.changes.push(outcome.changes.clone());
    }

    /// The last changes that were not taken back.
    pub fn last_changes(&self) -> &[Change] {
        self.changes.last()
    }

    /// Takes in what tasks a request was about, so that a later part of the same message can say "it".
    pub fn note_mentions(&mut self, outcome: &Outcome) {
        for _ in 0..outcome.undone {
            self.changes.take_back();
        }
        if let Some(shown) = &outcome.shown {
            self.shown.clone_from(shown);
            self.shown_last = true;
            self.page = outcome.page.clone().flatten();
        }
        if !outcome.touched.is_empty() {
            self.touched.clone_from(&outcome.touched);
            self.latest.clone_from(if outcome.latest.is_empty() {
                &outcome.touched
            } else {
                &outcome.latest
            });
            self.shown_last = outcome.shown.is_some();
            for task in &outcome.touched {
                if let Some(same) = self.shown.iter_mut().find(|same| same.id == task.id) {
                    same.clone_from(task);
                }
            }
        }
    }

    /// Takes in the answers of a request that can't be replayed: another model's, or an older version's.
    pub fn remember_answers<'a>(&mut self, answers: impl Iterator<Item = (&'a str, Value)>) {
        self.question = None;
        let mut changes = Vec::new();
        for (tool, answer) in answers {
            if matches!(tool, "list_tasks" | "search_tasks") {
                let shown = Page::read(&answer).items;
                self.note_mentions(&Outcome { shown: Some(shown), ..Outcome::default() });
                continue;
            }
            changes.extend(Change::from_answer(tool, &answer));
            if let Some(task) = Task::read(&answer) {
                self.note_mentions(&Outcome { touched: vec![task], ..Outcome::default() });
            }
            if tool == "update_task" {
                // How it was is not known, so nothing up to it can be taken back in its order.
                self.changes = Changes::default();
                changes.clear();
            }
        }
        self.changes.push(changes);
    }

    /// The next page of the last list.
    pub fn next_page(&self) -> Option<&(Value, String)> {
        self.page.as_ref()
    }

    /// The tasks that the last list showed.
    pub fn shown_tasks(&self) -> &[Task] {
        &self.shown
    }

    /// The tasks that a word like "it" or "the second one" means; none when nothing fits.
    pub fn resolve_reference(&self, target: &Target) -> Vec<Task> {
        match target {
            Target::Named { .. } => Vec::new(),
            Target::It => {
                let single = |tasks: &[Task]| (tasks.len() == 1).then(|| tasks.to_vec());
                // After a list its only task, or else the one spoken of before. Of two just spoken of both could be
                // meant, and nothing shown before is.
                let after_list = self.shown_last || self.latest.is_empty();
                let shown = if after_list { single(&self.shown) } else { None };
                shown.or_else(|| single(&self.latest)).unwrap_or_default()
            }
            Target::Them => {
                let recent =
                    if self.shown_last { [&self.shown, &self.touched] } else { [&self.touched, &self.shown] };
                let many = recent.into_iter().find(|tasks| tasks.len() > 1);
                many.or(recent.into_iter().find(|tasks| !tasks.is_empty())).cloned().unwrap_or_default()
            }
            Target::Other => {
                let spoken_of = |task: &&Task| self.touched.iter().any(|other| other.id == task.id);
                self.shown.iter().filter(|task| !spoken_of(task)).cloned().collect()
            }
            Target::Places(places) => {
                let list = if self.shown.is_empty() { &self.touched } else { &self.shown };
                let at = |place: &usize| match place {
                    0 => list.last(),
                    place => list.get(place - 1),
                };
                let found: Option<Vec<Task>> = places.iter().map(|place| at(place).cloned()).collect();
                found.unwrap_or_default()
            }
        }
    }

    /// More than one task could be "it".
    pub fn could_be_it(&self) -> &[Task] {
        if self.shown_last { &self.shown } else { &self.latest }
    }
}
