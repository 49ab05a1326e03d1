//! Words that need no tool.

use crate::intents::SmallTalk;
use crate::memory::Outcome;
use crate::replies::escaped;

const HELP: &str = "Tell me about your tasks in your own words. For example:
- **Add**: “buy milk tomorrow 6pm”, “remind me to call mom on Friday #family”, “urgent: pay rent by 5 March”
- **See**: “what's overdue?”, “what do I have this week?”, “#work tasks”, “anything about the report?”
- **Finish**: “done with the report”, “mark milk and eggs as done”, “reopen the report”
- **Change**: “move the dentist to next Monday”, “make it urgent”, “rename x to y”, “tag milk #fridge”
- **Repeat**: “call mum every Friday”, “skip the next rent”, “stop repeating it”
- **Lists**: “add eggs to the groceries list”, “move it to the work list”, “what lists do I have?”
- **Delete**: “delete the second one”, “delete all done tasks” (I ask first)
- **Plan**: “plan my day”, “how am I doing?”, and “undo” takes the last change back";

/// Answers in words only.
pub fn small_talk(kind: SmallTalk) -> Outcome {
    Outcome::words(match kind {
        SmallTalk::Help => HELP,
        SmallTalk::Who => {
            "I'm your task assistant. I work by rules, so I understand everyday English about tasks and nothing else. Say “help” to see what I can do."
        }
        SmallTalk::Hello => "Hello! Tell me what to add, or say “plan my day”. “help” shows what I can do.",
        SmallTalk::Thanks => "You're welcome!",
        SmallTalk::Bye => "See you!",
        SmallTalk::Unsure => {
            "Take your time. “Plan my day” shows what is next, and “what's overdue” what is late."
        }
        SmallTalk::Fine => "Good. Anything else?",
        SmallTalk::Yes => "There's nothing waiting for a yes. What can I do?",
        SmallTalk::No => "OK, there's nothing to stop. What can I do?",
    })
}

/// Says honestly what was not understood, with two examples.
pub fn unknown(said: &str) -> Outcome {
    let said: String = said.chars().take(80).collect();
    let what = if said.chars().any(char::is_alphanumeric) {
        format!(" “{}”", escaped(&said))
    } else {
        " that".to_owned()
    };
    Outcome::words(format!(
        "Sorry, I didn't understand{what}. I know about your tasks only: try “add buy milk tomorrow 6pm” or “what's due this week?”."
    ))
}
