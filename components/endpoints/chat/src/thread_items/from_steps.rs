//! What is shown beside an answer, from the calls that it made.

use serde_json::Value;
use uuid::Uuid;

use super::{Content, Count, Kind, MAX_SHOWN_TASKS, NewItem, ShownTask};
use crate::messages::Confirmation;
use crate::tools::Tool;
use crate::transcript::{Call, Question, Step};

/// What a result counts, by its members, and what that is called.
const COUNTS: [(&str, &str); 5] = [
    ("overdue_count", "Overdue"),
    ("due_today_count", "Due today"),
    ("upcoming_count", "Upcoming"),
    ("open_count", "Open"),
    ("completed_today_count", "Done today"),
];

/// The calls that did what they were asked for, each with its result.
fn done(steps: &[Step]) -> impl Iterator<Item = (&Call, &Value)> {
    steps.iter().flat_map(|step| &step.calls).filter_map(|call| {
        let outcome = call.outcome.as_ref().filter(|outcome| !outcome.failed)?;
        Some((call, &outcome.content))
    })
}

fn find<'t>(tools: &'t [Tool], call: &Call) -> Option<&'t Tool> {
    tools.iter().find(|tool| tool.name == call.name)
}

/// What is shown beside an answer: the tasks that it is about, where the person stands, and the question that it ends with.
pub fn items(steps: &[Step], question: Option<&Question>, tools: &[Tool]) -> Vec<NewItem> {
    let mut shown = Tasks::default();
    let mut counts = Vec::new();
    for (call, result) in done(steps) {
        if find(tools, call).is_some_and(|tool| tool.destructive) {
            shown.remove(result);
        } else if let Some(counted) = count(result) {
            counts = counted;
        } else {
            shown.add(result, find(tools, call).is_some_and(|tool| !tool.read_only));
        }
    }
    let mut items = Vec::new();
    if !counts.is_empty() {
        items.push(NewItem::widget(Content::Statistics { counts }));
    }
    items.extend(shown.content().map(NewItem::widget));
    if let Some(question) = question {
        let confirmation = Confirmation::from(question.clone());
        let (yes, no) = confirmation.button_labels();
        let destructive = confirmation.is_destructive();
        let prompt = question.prompt.clone();
        let content = Content::Question(super::Question { prompt, yes, no, destructive });
        items.push(NewItem { id: Uuid::now_v7(), kind: Kind::StructuredInput, content });
    }
    items
}

/// The ids of the tasks that were changed; nothing where none was.
pub fn changed_ids(steps: &[Step], tools: &[Tool]) -> Option<Vec<String>> {
    let mut ids: Option<Vec<String>> = None;
    for (_, result) in done(steps).filter(|(call, _)| !find(tools, call).is_some_and(|tool| tool.read_only)) {
        if result.get("dry_run").is_some_and(|dry_run| *dry_run == true) {
            continue;
        }
        let ids = ids.get_or_insert_default();
        ids.extend(result.get("id").and_then(Value::as_str).map(str::to_owned));
        let many = result.get("ids").and_then(Value::as_array).into_iter().flatten();
        ids.extend(many.filter_map(Value::as_str).map(str::to_owned));
    }
    ids
}

fn count(result: &Value) -> Option<Vec<Count>> {
    COUNTS
        .iter()
        .map(|(member, label)| {
            let count = result.get(member)?.as_u64()?;
            Some(Count { label: (*label).to_owned(), count })
        })
        .collect()
}

/// The tasks that an answer is about, each as it was seen last.
#[derive(Default)]
struct Tasks {
    tasks: Vec<ShownTask>,
    has_more: bool,
    /// They came as a list, so one of them is a list as well.
    is_list: bool,
}

impl Tasks {
    fn add(&mut self, result: &Value, is_change: bool) {
        if let Some(task) = ShownTask::read(result) {
            self.put(task);
            return;
        }
        let listed = ["items", "tasks"].iter().find_map(|member| result.get(member)?.as_array());
        let Some(listed) = listed else { return };
        self.is_list = true;
        self.has_more |= result.get("next_cursor").is_some_and(Value::is_string)
            || is_change && result.get("count").and_then(Value::as_u64) > u64::try_from(listed.len()).ok();
        listed.iter().filter_map(ShownTask::read).for_each(|task| self.put(task));
    }

    fn put(&mut self, task: ShownTask) {
        if let Some(known) = self.tasks.iter_mut().find(|known| known.id == task.id) {
            *known = task;
        } else if self.tasks.len() < MAX_SHOWN_TASKS {
            self.tasks.push(task);
        } else {
            self.has_more = true;
        }
    }

    fn remove(&mut self, result: &Value) {
        let many = result.get("ids").and_then(Value::as_array).into_iter().flatten();
        let gone: Vec<&str> = many.chain(result.get("id")).filter_map(Value::as_str).collect();
        self.tasks.retain(|task| !gone.contains(&task.id.as_str()));
    }

    fn content(self) -> Option<Content> {
        match self.tasks.len() {
            0 => None,
            1 if !self.is_list => Some(Content::TaskCard { tasks: self.tasks }),
            _ => Some(Content::TaskList { tasks: self.tasks, has_more: self.has_more }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};
    use task_model::types::Consent;

    use super::*;
    use crate::transcript::Outcome;

    fn tool(name: &str, read_only: bool, destructive: bool) -> Tool {
        Tool {
            name: name.into(),
            title: String::new(),
            description: String::new(),
            input_schema: "{}".into(),
            read_only,
            destructive,
            consent: Consent::None,
            wording: None,
        }
    }

    fn tools() -> Vec<Tool> {
        vec![tool("change", false, false), tool("look", true, false), tool("remove", false, true)]
    }

    fn step(calls: &[(&str, bool, Value)]) -> Vec<Step> {
        let call = |(name, failed, content): &(&str, bool, Value)| Call {
            id: "c".into(),
            name: (*name).into(),
            arguments: Map::new(),
            outcome: Some(Outcome { failed: *failed, content: content.clone() }),
            wording: None,
        };
        vec![Step { text: String::new(), calls: calls.iter().map(call).collect() }]
    }

    fn task(id: &str, version: u64) -> Value {
        json!({"id": id, "title": format!("title {id}"), "due": null, "priority": "normal", "completed_at": null, "version": version})
    }

    fn contents(calls: &[(&str, bool, Value)]) -> Vec<Content> {
        items(&step(calls), None, &tools()).into_iter().map(|item| item.content).collect()
    }

    #[test]
    fn one_task_is_a_card_and_several_are_a_list_each_as_it_was_seen_last() {
        let one = contents(&[("change", false, task("1", 1)), ("change", false, task("1", 2))]);
        assert!(matches!(&one[..], [Content::TaskCard { tasks }] if tasks[0].version == 2), "{one:?}");
        let two = contents(&[("change", false, task("1", 1)), ("change", false, task("2", 1))]);
        assert!(matches!(&two[..], [Content::TaskList { tasks, has_more: false }] if tasks.len() == 2));
        let page = json!({"items": [task("1", 1)], "next_cursor": "x"});
        let listed = contents(&[("look", false, page)]);
        assert!(matches!(&listed[..], [Content::TaskList { tasks, has_more: true }] if tasks.len() == 1));
    }

    #[test]
    fn what_failed_or_was_removed_is_not_shown() {
        assert_eq!(contents(&[("change", true, task("1", 1))]), []);
        assert_eq!(contents(&[("look", false, task("1", 1)), ("remove", false, task("1", 2))]), []);
        assert_eq!(contents(&[("look", false, json!("a sentence"))]), []);
    }

    #[test]
    fn no_more_tasks_are_shown_than_a_page_has() {
        let many: Vec<Value> = (0..25).map(|id| task(&id.to_string(), 1)).collect();
        let shown = contents(&[("look", false, json!({"items": many}))]);
        assert!(
            matches!(&shown[..], [Content::TaskList { tasks, has_more: true }] if tasks.len() == MAX_SHOWN_TASKS)
        );
    }

    #[test]
    fn an_overview_is_counts_and_a_question_is_an_item_of_its_own() {
        let counted = json!({"overdue_count": 1, "due_today_count": 2, "upcoming_count": 3, "open_count": 6, "completed_today_count": 0});
        let question = Question { prompt: "Really?".into(), calls: vec![] };
        let shown = items(&step(&[("look", false, counted)]), Some(&question), &tools());
        assert!(matches!(&shown[0].content, Content::Statistics { counts } if counts.len() == 5));
        assert_eq!(shown[1].kind, Kind::StructuredInput);
    }

    #[test]
    fn changed_tasks_are_named_and_reading_changes_none() {
        assert_eq!(changed_ids(&step(&[("look", false, task("1", 1))]), &tools()), None);
        let changed = step(&[("change", false, task("1", 1)), ("remove", false, json!({"ids": ["2", "3"]}))]);
        assert_eq!(changed_ids(&changed, &tools()).unwrap(), ["1", "2", "3"]);
    }
}
