//! Lists in Markdown (CommonMark 0.31, with the boxes of GitHub Flavored Markdown): an item is a task, an item below it is
//! one, too; what is quoted below it are its notes. What an export writes behind a title is read back.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use task_model::Named;
use task_model::types::Priority;

use super::{Entries, position};
use crate::entry::Entry;

/// Between the title and the details of an export.
const BEFORE_DETAILS: &str = " — ";

/// Reads the items of all lists.
pub fn read(text: &str) -> Entries {
    let mut items = Items::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => items.begin(line_of(text, range.start)),
            Event::End(TagEnd::Item) => items.end(),
            Event::Start(Tag::BlockQuote(_)) => items.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => items.quotes = items.quotes.saturating_sub(1),
            Event::Start(Tag::Paragraph) => items.separate(),
            Event::TaskListMarker(is_done) => items.tick(is_done),
            Event::Text(words) | Event::Code(words) => items.write(&words),
            Event::SoftBreak | Event::HardBreak => items.break_line(),
            _ => {}
        }
    }
    items.entries.into_iter().map(|entry| Ok(with_details(entry))).collect()
}

fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    position(before.bytes().filter(|byte| *byte == b'\n').count() + 1)
}

/// The items so far, and in which of them the reader is.
#[derive(Default)]
struct Items {
    entries: Vec<Entry>,
    /// Indices of the items around the place, the innermost last.
    open: Vec<usize>,
    /// How many quotes there are around the place.
    quotes: usize,
}

impl Items {
    fn begin(&mut self, line: u32) {
        // Two items may begin on one line, so they are called by their number.
        let parent_id = self.open.last().map(ToString::to_string);
        let id = self.entries.len();
        self.open.push(id);
        self.entries.push(Entry { id: Some(id.to_string()), parent_id, ..Entry::new(line, "") });
    }

    fn end(&mut self) {
        self.open.pop();
    }

    fn innermost(&mut self) -> Option<&mut Entry> {
        let index = *self.open.last()?;
        self.entries.get_mut(index)
    }

    fn tick(&mut self, is_done: bool) {
        if let Some(entry) = self.innermost() {
            entry.is_done = is_done;
        }
    }

    fn write(&mut self, words: &str) {
        let is_quoted = self.quotes > 0;
        if let Some(entry) = self.innermost() {
            if is_quoted { &mut entry.notes } else { &mut entry.title }.push_str(words);
        }
    }

    fn break_line(&mut self) {
        self.write(if self.quotes > 0 { "\n" } else { " " });
    }

    /// A paragraph behind another one.
    fn separate(&mut self) {
        let is_quoted = self.quotes > 0;
        if let Some(entry) = self.innermost() {
            let (text, between) =
                if is_quoted { (&mut entry.notes, "\n\n") } else { (&mut entry.title, " ") };
            if !text.is_empty() {
                text.push_str(between);
            }
        }
    }
}

/// Takes what an export writes behind a title out of it. What is not all of that form belongs to the title, and so do words that
/// anybody may write, such as "in Rome", where nothing beside them is surely a detail.
fn with_details(entry: Entry) -> Entry {
    let Some((title, details)) = entry.title.rsplit_once(BEFORE_DETAILS) else { return entry };
    let mut detailed = Entry { title: title.to_owned(), ..entry.clone() };
    let found: Vec<_> = details.split(", ").map(|detail| add_detail(&mut detailed, detail)).collect();
    let is_export = found.contains(&Detail::Sure) && !found.contains(&Detail::None);
    if is_export { detailed } else { entry }
}

/// How surely words are a detail of an export.
#[derive(PartialEq)]
enum Detail {
    Sure,
    Likely,
    None,
}

/// Adds a detail.
fn add_detail(entry: &mut Entry, detail: &str) -> Detail {
    let sure = |is_one: bool| if is_one { Detail::Sure } else { Detail::None };
    if let Some(due) = detail.strip_prefix("due ") {
        let (due, zone) = match due.strip_suffix(')').and_then(|due| due.split_once(" (")) {
            Some((due, zone)) => (due, Some(zone)),
            None => (due, None),
        };
        entry.due = Some(due.to_owned());
        entry.time_zone = zone.map(str::to_owned);
        return sure(due.starts_with(|first: char| first.is_ascii_digit()));
    }
    if let Some(priority) = detail.strip_suffix(" priority").and_then(Priority::from_name) {
        entry.priority = priority;
        return Detail::Sure;
    }
    if let Some(label) = detail.strip_prefix('#') {
        entry.labels.push(label.to_owned());
        return sure(!label.is_empty());
    }
    if let Some(instant) = detail.strip_prefix("done ") {
        entry.completed_at = Some(instant.to_owned());
        return sure(entry.is_done);
    }
    if detail.starts_with("every ") {
        entry.repeats = true;
        return Detail::Likely;
    }
    // The list that it was in.
    if detail.starts_with("in ") { Detail::Likely } else { Detail::None }
}

#[cfg(test)]
mod tests {
    use task_model::types::ImportFormat;

    use super::*;
    use crate::formats::tests::entries;

    fn titles(text: &str) -> Vec<String> {
        entries(ImportFormat::Markdown, text).into_iter().map(|entry| entry.title).collect()
    }

    #[test]
    fn an_item_is_a_task_with_or_without_a_box_and_below_another_one() {
        let text = "# Groceries\n\nWhat we need:\n\n- [ ] Milk\n- [x] *Bread* and `rolls`\n  - fresh\n\n1. First\n2. Second\n   line\n";
        assert_eq!(titles(text), ["Milk", "Bread and rolls", "fresh", "First", "Second line"]);
        let found = entries(ImportFormat::Markdown, text);
        assert_eq!(
            found.iter().map(|entry| entry.is_done).collect::<Vec<_>>(),
            [false, true, false, false, false]
        );
        assert_eq!(found.iter().map(|entry| entry.position).collect::<Vec<_>>(), [5, 6, 7, 9, 10]);
        assert_eq!(found[2].parent_id, found[1].id);
        assert!([0, 1, 3, 4].iter().all(|index| found[*index].parent_id.is_none()));
    }

    #[test]
    fn what_an_export_wrote_is_read_back() {
        let text = "# Tasks\n\n- [x] Call \\*Ann\\* — due 2026-12-01T18:00:00+01:00 (Europe/Berlin), every 2 weeks, high priority, in Family, #home, \
            #phone, done 2026-11-19T08:00:00Z\n  > two  \n  > lines  \n  >\n  > \\- apart  \n- [ ] t — due 2026-12-01\n";
        let found = entries(ImportFormat::Markdown, text);
        assert_eq!(
            found[0],
            Entry {
                notes: "two\nlines\n\n- apart".to_owned(),
                due: Some("2026-12-01T18:00:00+01:00".to_owned()),
                time_zone: Some("Europe/Berlin".to_owned()),
                priority: Priority::High,
                labels: vec!["home".to_owned(), "phone".to_owned()],
                is_done: true,
                completed_at: Some("2026-11-19T08:00:00Z".to_owned()),
                repeats: true,
                id: Some("0".to_owned()),
                ..Entry::new(3, "Call *Ann*")
            }
        );
        assert_eq!((found[1].title.as_str(), found[1].due.as_deref()), ("t", Some("2026-12-01")));
    }

    #[test]
    fn words_behind_a_dash_that_are_no_details_belong_to_the_title() {
        for title in [
            "Meet Ann — in Rome",
            "Run — every day",
            "Read — due diligence",
            "Trip — Rome, Pisa",
            "Paint — #",
            "Call — done deal",
        ] {
            assert_eq!(titles(&format!("- {title}\n")), [title]);
        }
    }

    #[test]
    fn a_text_without_a_list_has_no_tasks() {
        assert_eq!(titles("Just a letter.\n\n> a quote\n"), Vec::<String>::new());
    }
}
