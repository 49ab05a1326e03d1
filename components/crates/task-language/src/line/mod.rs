//! One line of text as a new task: what is marked, what says when, and a title that keeps all other words as they are.

mod dates;
mod marks;
mod title;

use std::ops::Range;

use crate::clock::Clock;
use crate::priorities::Priority;
use crate::recurrence::Recurrence;
use crate::when::Due;
use crate::words::{Word, words};

/// How labels and lists are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syntax {
    /// `#label`, `+list`, and `!1` to `!4`, most urgent first.
    #[default]
    Standard,
    /// `@label`, `#list`.
    Todoist,
    /// `*label`, `+list`, and `!1` to `!5`, least urgent first.
    Vikunja,
}

/// How a line is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    pub syntax: Syntax,
    /// The names of the lists that there are: a name of several words is read as one.
    pub lists: &'a [String],
    /// Parts that are left in the title, in characters from the start of the line.
    pub ignored: &'a [Range<usize>],
}

/// What a part of a line was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinePart {
    /// A day, with or without a time, or a time that decides the day.
    Due,
    /// A time that stands apart from its day.
    Time,
    Recurrence,
    Priority,
    Label,
    List,
}

/// A part of a line that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSpan {
    pub part: LinePart,
    /// Its first character, counted from the start of the line.
    pub start: usize,
    /// The character after its last one.
    pub end: usize,
    /// As it was typed.
    pub text: String,
    /// What it was read as, in words.
    pub words: String,
}

/// A list that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListMention {
    /// The one at this place among the names that were given.
    Known(usize),
    /// There is none called so.
    Unknown(String),
}

/// A line as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// All words that were not read, as they were typed; empty where there are none.
    pub title: String,
    /// When it is due: of a repetition, the first time.
    pub due: Option<Due>,
    /// How it repeats.
    pub every: Option<Recurrence>,
    pub priority: Option<Priority>,
    pub labels: Vec<String>,
    pub list: Option<ListMention>,
    /// What was read, in its order.
    pub spans: Vec<LineSpan>,
    /// What a person should know of the reading, each a sentence.
    pub notices: Vec<String>,
}

impl Line {
    /// Reads what was typed.
    #[must_use]
    pub fn read(typed: &str, clock: &Clock, reading: &Reading<'_>) -> Line {
        let mut line = Line::default();
        let mut words = words(typed);
        take_back(&mut words, reading.ignored);
        marks::take(&mut words, reading, &mut line);
        dates::take(&words, clock, &mut line);
        line.spans.sort_by_key(|span| span.start);
        let characters: Vec<char> = typed.chars().collect();
        for span in &mut line.spans {
            span.text = characters.get(span.start..span.end).unwrap_or_default().iter().collect();
        }
        line.title = title::cut(&characters, &line.spans);
        line
    }

    /// Whether the line may name a list, so that the names of the lists are worth asking for.
    #[must_use]
    pub fn may_name_list(typed: &str, syntax: Syntax) -> bool {
        words(typed).iter().any(|word| marks::list_mark(word, syntax).is_some())
    }
}

/// Makes the words that are not to be read words of the title.
fn take_back(words: &mut [Word], ignored: &[Range<usize>]) {
    for word in words {
        let touches =
            |range: &Range<usize>| !range.is_empty() && range.start < word.end && word.start < range.end;
        if ignored.iter().any(touches) {
            word.plain = true;
            word.key.clear();
        }
    }
}
