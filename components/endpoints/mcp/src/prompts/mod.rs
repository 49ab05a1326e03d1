//! Prompts: what a person can start from a menu. Their words are files of their own.

use mcp_protocol::{
    CallError, PromptCall, PromptDefinition,
    model::{ContentBlock, GetPromptResult, Prompt, PromptArgument, PromptMessage, ResourceContents, Role},
};
use task_model::types::{TaskMatches, TaskQuery, TaskSearch};
use task_tools::{list_tasks, search_tasks};

use crate::{
    resources::{self, AGENDA},
    user_context::{UserContext, call_error},
};

/// A prompt: what is said of it, and its words.
struct Words {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    argument: Option<Argument>,
    text: &'static str,
}

struct Argument {
    name: &'static str,
    description: &'static str,
    is_required: bool,
}

const PROMPTS: [Words; 4] = [
    Words {
        name: "plan_my_day",
        title: "Plan my day",
        description: "Puts today's tasks into an order that can be done.",
        argument: Some(Argument {
            name: "focus",
            description: "A label that matters most today.",
            is_required: false,
        }),
        text: include_str!("plan_my_day.md"),
    },
    Words {
        name: "weekly_review",
        title: "Weekly review",
        description: "Looks back on the week and ahead to the next.",
        argument: None,
        text: include_str!("weekly_review.md"),
    },
    Words {
        name: "triage_overdue",
        title: "Triage what is overdue",
        description: "Decides for each overdue task: do it, move it, or drop it.",
        argument: Some(Argument {
            name: "label",
            description: "Only tasks with this label.",
            is_required: false,
        }),
        text: include_str!("triage_overdue.md"),
    },
    Words {
        name: "break_down_task",
        title: "Break a task down",
        description: "Splits a task that is too large into steps.",
        argument: Some(Argument { name: "task", description: "The task's title.", is_required: true }),
        text: include_str!("break_down_task.md"),
    },
];

/// What lists say of the prompts.
pub(crate) fn definitions() -> Result<Vec<PromptDefinition>, serde_json::Error> {
    PROMPTS.iter().map(|words| PromptDefinition::new(&words.definition())).collect()
}

/// The arguments that are labels, and the ones that are titles: what completes them.
pub(crate) fn argument_of(prompt: &str, argument: &str) -> Option<Kind> {
    let words = PROMPTS.iter().find(|words| words.name == prompt)?;
    let known = words.argument.as_ref().filter(|known| known.name == argument)?;
    Some(if known.name == "task" { Kind::Title } else { Kind::Label })
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Label,
    /// A task's title.
    Title,
}

impl Words {
    fn definition(&self) -> Prompt {
        let arguments = self.argument.as_ref().map(|argument| {
            vec![
                PromptArgument::new(argument.name)
                    .with_description(argument.description)
                    .with_required(argument.is_required),
            ]
        });
        Prompt::new(self.name, Some(self.description), arguments).with_title(self.title)
    }
}

/// A prompt, filled in: its words, then what they are about.
pub(crate) async fn get(person: &UserContext, call: &PromptCall<'_>) -> Result<GetPromptResult, CallError> {
    let words = PROMPTS.iter().find(|words| words.name == call.name).ok_or(CallError::NotFound)?;
    let argument = words.argument.as_ref().and_then(|argument| call.arguments.get(argument.name));
    let argument = argument.map(|value| value.trim()).filter(|value| !value.is_empty());
    let about = match (words.name, argument) {
        ("triage_overdue", label) => overdue(person, label).await?,
        ("break_down_task", Some(title)) => matching(person, title).await?,
        _ => ResourceContents::text(resources::today(person).await?, AGENDA).with_mime_type("text/markdown"),
    };
    let mut text = words.text.trim_end().to_owned();
    if let (Some(Argument { name, .. }), Some(value)) = (&words.argument, argument) {
        text.push_str(&format!("\n\n{name}: {value}"));
    }
    let messages = vec![
        PromptMessage::new_text(Role::User, text),
        PromptMessage::new(Role::User, ContentBlock::resource(about)),
    ];
    Ok(GetPromptResult::new(messages).with_description(words.description))
}

async fn overdue(person: &UserContext, label: Option<&str>) -> Result<ResourceContents, CallError> {
    let query = TaskQuery {
        overdue: Some(true),
        label: label.map(str::to_owned),
        limit: Some(100),
        ..resources::open()
    };
    let page = list_tasks::list_tasks(person.caller.clone(), query).await.map_err(call_error)?;
    let uri = label.map_or_else(|| AGENDA.to_owned(), resources::uri_of_label);
    Ok(as_json(&page.items, uri))
}

async fn matching(person: &UserContext, title: &str) -> Result<ResourceContents, CallError> {
    let search = TaskSearch { query: title.to_owned(), status: None, list: None, limit: Some(3) };
    let TaskMatches { items } =
        search_tasks::search_tasks(person.caller.clone(), search).await.map_err(call_error)?;
    let uri = items.first().map_or_else(|| AGENDA.to_owned(), |task| resources::uri_of(&task.id));
    Ok(as_json(&items, uri))
}

fn as_json(tasks: &[task_model::types::Task], uri: String) -> ResourceContents {
    let text = serde_json::to_string(tasks).unwrap_or_default();
    ResourceContents::text(text, uri).with_mime_type("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_prompt_says_what_it_is_and_has_words() {
        let definitions = definitions().unwrap();
        assert_eq!(definitions.len(), PROMPTS.len());
        for words in &PROMPTS {
            assert!(words.text.len() > 100, "{}", words.name);
        }
        assert_eq!(definitions[3].required(), ["task".to_owned()]);
    }

    #[test]
    fn arguments_are_completed_by_what_they_are() {
        assert_eq!(argument_of("plan_my_day", "focus"), Some(Kind::Label));
        assert_eq!(argument_of("break_down_task", "task"), Some(Kind::Title));
        assert_eq!(argument_of("break_down_task", "label"), None);
        assert_eq!(argument_of("weekly_review", "label"), None);
        assert_eq!(argument_of("nonsense", "label"), None);
    }
}
