//! Reading filters and orders: "urgent #work tasks due this week by priority".

use super::listing::{Listing, Sort, Status};
use super::ranges::range_at;
use super::task_action::{INBOX, ListChoice};
use crate::text::Word;
use task_language::Clock;
use task_language::list;
use task_language::{hashed, join, label, list_name, priorities};

/// Words around filters that say nothing by themselves.
const FILLING: &[&str] = &[
    "show",
    "me",
    "list",
    "my",
    "the",
    "all",
    "task",
    "tasks",
    "todo",
    "todos",
    "item",
    "items",
    "stuff",
    "things",
    "thing",
    "what",
    "whats",
    "which",
    "is",
    "are",
    "do",
    "does",
    "have",
    "i",
    "ive",
    "got",
    "due",
    "on",
    "for",
    "to",
    "ones",
    "one",
    "that",
    "there",
    "anything",
    "any",
    "everything",
    "give",
    "tell",
    "see",
    "view",
    "display",
    "of",
    "in",
    "still",
    "left",
    "coming",
    "up",
    "with",
    "need",
    "must",
    "should",
    "planned",
    "scheduled",
    "plan",
    "a",
    "an",
    "get",
    "and",
    "currently",
    "be",
    "was",
    "were",
    "has",
    "had",
    "we",
    "our",
    "please",
    "pls",
    "marked",
    "as",
    "priority",
    "us",
    "so",
    "far",
    "am",
    "im",
    "supposed",
    "gotta",
    "being",
    "every",
    "each",
    "whole",
    "entire",
    "only",
    "just",
    "did",
    "those",
    "these",
    "them",
    "at",
    "work's",
    "going",
    "happening",
    "look",
    "remaining",
    "yet",
    "about",
    "plate",
    "agenda",
    "calendar",
    "already",
    "reminder",
    "reminders",
    "due?",
    "their",
    "now",
    "again",
    "ever",
    "thats",
    "hows",
    "where",
    "can",
    "how",
    "looking",
    "look",
    "looks",
    "like",
    "ahead",
    "rid",
    "out",
    "aloud",
    "right",
    "many",
    "count",
    "loud",
    "who",
    "whom",
    "free",
    "busy",
    "available",
    "booked",
];

/// Nouns that say the talk is of tasks.
const NOUNS: &[&str] = list![
    task tasks todo todos item items list things stuff ones everything reminders
];

/// A listing, and what else was said.
pub struct Reading {
    /// The filters.
    pub listing: Listing,
    /// Words that are no filter and no filling.
    pub rest: Vec<Word>,
    /// At least one filter or order was said.
    pub filtered: bool,
    /// The talk is of tasks.
    pub about_tasks: bool,
}

impl Listing {
    /// Reads the filters among the words.
    pub fn read(words: &[Word], clock: &Clock) -> Reading {
        let mut listing = Listing::default();
        let mut rest = Vec::new();
        let mut at = 0;
        while let Some(here) = words.get(at..).filter(|here| !here.is_empty()) {
            match listing.filter(here, clock) {
                Some(length) => at += length.max(1),
                None => {
                    if let Some(word) = here.first().filter(|word| word.quoted || !word.is(FILLING)) {
                        rest.push(word.clone());
                    }
                    at += 1;
                }
            }
        }
        listing.look_back(clock);
        let filtered = listing != Listing::default();
        let about_tasks = words.iter().any(|word| word.is(NOUNS));
        Reading { listing, rest, filtered, about_tasks }
    }

    /// "What did I finish on friday": what is done was done on the last one.
    fn look_back(&mut self, clock: &Clock) {
        let Some(range) = self.range.as_mut().filter(|_| self.status == Status::Done) else { return };
        if let (Some(from), Some(before)) = (range.from, range.before)
            && from > clock.today()
            && Clock::days_after(from, 1) == before
        {
            let day = Clock::days_after(from, -7);
            (range.from, range.before) = (Some(day), Some(Clock::days_after(day, 1)));
            range.words = format!("on {}", crate::replies::day_words(day, clock));
        }
    }

    /// Takes one filter at the start of the words; how many words it took.
    fn filter(&mut self, words: &[Word], clock: &Clock) -> Option<usize> {
        let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
        let second = key(1);
        if let Some(length) = self.order(words) {
            return Some(length);
        }
        match (key(0), second) {
            (
                "including" | "include" | "plus" | "with" | "and",
                "done" | "completed" | "finished" | "everything",
            ) => {
                self.status = Status::All;
                return Some(2);
            }
            ("done" | "completed" | "finished", "and" | "or")
                if matches!(key(2), "open" | "undone" | "pending") =>
            {
                self.status = Status::All;
                return Some(3);
            }
            ("not", "done" | "finished" | "completed" | "complete") | ("still", "open") => return Some(2),
            ("without" | "no", "a" | "any" | "label" | "labels" | "tag" | "tags")
                if matches!(second, "label" | "labels" | "tag" | "tags")
                    || matches!(key(2), "label" | "labels" | "tag" | "tags") =>
            {
                self.unlabelled = true;
                return Some(if matches!(second, "a" | "any") { 3 } else { 2 });
            }
            ("without" | "no", "a" | "any" | "due" | "date" | "dates" | "deadline" | "deadlines") => {
                self.undated = true;
                return Some(
                    words
                        .iter()
                        .skip(1)
                        .take_while(|word| {
                            word.is(&["a", "any", "due", "date", "dates", "deadline", "deadlines"])
                        })
                        .count()
                        + 1,
                );
            }
            ("unlabelled" | "unlabeled" | "untagged", _) => self.unlabelled = true,
            ("undated" | "unscheduled", _) => self.undated = true,
            ("past" | "over", "due") | ("running", "late") => {
                self.overdue = true;
                return Some(2);
            }
            ("repeats" | "repeat" | "recurring" | "repeating" | "recurs", _) => self.repeating = true,
            ("overdue" | "late" | "missed" | "behind" | "delayed", _) => self.overdue = true,
            ("done" | "completed" | "finished" | "complete" | "accomplished" | "closed" | "ticked", _) => {
                self.status = Status::Done
            }
            ("finish" | "accomplish" | "achieve", _) => self.status = Status::Done,
            ("did", "i" | "we") if key(2) == "miss" => {
                self.overdue = true;
                return Some(3);
            }
            ("did", "i" | "we") if matches!(key(2), "do" | "get" | "manage") => {
                self.status = Status::Done;
                return Some(3);
            }
            (
                "open" | "pending" | "outstanding" | "unfinished" | "incomplete" | "undone" | "active"
                | "current",
                _,
            ) => {}
            ("tagged" | "labelled" | "labeled" | "label" | "tag", _) if words.len() > 1 => {
                let as_ = usize::from(matches!(second, "as" | "with"));
                self.label = label(key(1 + as_));
                return Some(2 + as_);
            }
            _ => return self.by_details(words, clock),
        }
        Some(1)
    }

    fn by_details(&mut self, words: &[Word], clock: &Clock) -> Option<usize> {
        if let Some(end) = words.iter().take(4).position(|word| word.is(&["list"])).filter(|end| *end > 0)
            && let Some(name) = words.get(..end)
            && name.iter().all(|word| !word.quoted && !word.is(FILLING))
            && let Some(name) = list_name(&join(name))
        {
            self.list = Some(ListChoice::named(&name));
            return Some(end + 1);
        }
        if words.first().is_some_and(|word| word.is(&[INBOX]) && !word.quoted) {
            self.list = Some(ListChoice::named(INBOX));
            return Some(1);
        }
        if let Some(label) = words.first().and_then(hashed) {
            self.label = Some(label);
            return Some(1);
        }
        // "the shopping label"
        if let [name, noun, ..] = words
            && noun.is(&["label", "tag"])
            && !name.is(FILLING)
            && !name.is(&["with", "without", "no"])
        {
            self.label = label(&name.key);
            return Some(2);
        }
        if let Some((length, priority)) = priorities::at(words) {
            self.priority = Some(priority);
            return Some(length);
        }
        if self.range.is_none()
            && let Some((length, range)) = range_at(words, clock)
        {
            self.range = Some(range);
            return Some(length);
        }
        None
    }

    fn order(&mut self, words: &[Word]) -> Option<usize> {
        let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
        let by = match (key(0), key(1)) {
            ("sorted" | "ordered" | "sort" | "order" | "ranked" | "grouped", "by") => 2,
            ("by", _) => 1,
            ("newest" | "latest" | "recent", _) => {
                self.sort = Some(Sort::Newest);
                return Some(1 + usize::from(key(1) == "first"));
            }
            ("recently", "added" | "created") => {
                self.sort = Some(Sort::Newest);
                return Some(2);
            }
            ("oldest", _) => {
                self.sort = Some(Sort::Oldest);
                return Some(1 + usize::from(key(1) == "first"));
            }
            ("top" | "biggest" | "highest", "priorities") | ("most", "important" | "urgent" | "pressing") => {
                self.sort = Some(Sort::Priority);
                return Some(2);
            }
            _ => return None,
        };
        let the = usize::from(key(by) == "their");
        self.sort = Some(match key(by + the) {
            "priority" | "importance" | "urgency" => Sort::Priority,
            "due" | "date" | "deadline" => Sort::Due,
            "title" | "name" | "alphabet" => Sort::Title,
            "age" | "creation" => Sort::Oldest,
            _ => return None,
        });
        Some(by + the + 1 + usize::from(key(by + the) == "due" && key(by + the + 1) == "date"))
    }
}
