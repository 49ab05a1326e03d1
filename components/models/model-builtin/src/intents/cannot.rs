//! What people ask of an assistant and this one can't do: one sentence that says so, with what it can.

use std::sync::LazyLock;

use crate::text::{Patterns, Word};

/// What is asked for, and what is answered.
static ANSWERS: LazyLock<Vec<(Patterns, &'static str)>> = LazyLock::new(|| {
    [
        (
            "
            (email|mail|text|message|send|forward|whatsapp|fax) [me|us|them] [all|of] [my|the|this] (tasks|list|todos|todo list|that|it|this|everything) {rest*}
            (send) me (an email|a mail|a text|a message|a push|a notification) {rest*}
            print [out] [all|of] [my|the|this] (tasks|list|todos|todo list|that|it|this|everything) [please|pls|out]
            ",
            "I can't send or print anything. I can show your tasks here, and “export my tasks” writes them into one text to copy.",
        ),
        (
            "
            (start|begin|open|create|make) [a|the] [new|another|fresh] (chat|conversation|session) [please|pls]
            (new chat|new conversation|clear the chat|clear this chat|delete this chat|delete this conversation|reset the chat|start over|start again)
            ",
            "I can't start or clear a conversation from here: the page has a button for that. Your tasks stay as they are.",
        ),
        (
            "
            [can|could|please] [you] (speak|talk|answer|reply|write|respond|switch|change) [to] [in|to|me|with me] [in|the] [language|to] (german|spanish|french|italian|portuguese|dutch|polish|turkish|chinese|japanese|english|deutsch|another language|my language) [please|pls|now]
            do you (speak|understand|know) {rest}
            (change|switch|set) [the|my|your] language {rest*}
            ",
            "I answer in English. I also understand what is said most often in German, Spanish and French.",
        ),
        (
            "
            [is|are] (is my data|are my tasks|is this|is it|is my information|are you) (safe|secure|private|encrypted|confidential) {rest*}
            (who can|can anyone|can anybody|can others|can someone|who else can) (see|read|access) {rest*}
            (what do you|do you|where do you|how do you) (store|keep|save|do with|know about|sell|share) {rest}
            ",
            "Only you see your tasks when you are signed in. I am rules inside this app, and send what you write nowhere else.",
        ),
        (
            "
            (show|put|give|display|format) [me] (that|this|it|them|my tasks|everything) (in|as|on) [a] (table|chart|graph|calendar|board|kanban|spreadsheet|timeline|diagram) [please|pls]
            (show|open) [me] [a|the|my] (calendar|table|chart|board|kanban|timeline)
            (make|draw|create) [me] [a|the] (chart|graph|table|diagram) {rest*}
            ",
            "I show lists only, no tables or charts. “What do I have this week?” shows what is due, and “by priority” orders it.",
        ),
        (
            "
            [and|also|please] remind|notify|alert|ping|warn me [again] [the|a|an] {rest*} before|beforehand [it|that|then|hand]
            [and|also|please] remind|notify|alert me [again] (the evening|the night|the morning) (before|earlier|ahead) [it|that|please|pls]
            (turn on|turn off|enable|disable|stop|mute) [the|my|all] (notifications|reminders|alerts) {rest*}
            ",
            "I remind you so many minutes, hours or days before a task is due: “remind me 30 minutes before the dentist”. “Cancel the reminder for the dentist” ends that.",
        ),
        (
            "
            (what time is it|whats the time|what is the time|what day is it|what day is today|whats the date|what is the date|whats todays date|what is todays date|what date is it) [now|today|please|pls]
            ",
            "I don't tell the time, but I know what is due: ask “what's due today?”.",
        ),
        (
            "
            (set|start|stop|pause) [a|an|the|my] (timer|alarm|stopwatch|alarm clock|pomodoro) {rest*}
            wake me up {rest*}
            ",
            "I have no timer and no alarm. I can add a task that is due at that time: “turn off the oven in 20 minutes”.",
        ),
        (
            "
            share my|the|this list|tasks|todos with {rest}
            assign {x} to {rest}
            (sync|synchronise|synchronize|integrate) [my|the|all] [tasks|list|lists|todos|calendar] with|to {rest}
            ",
            "I can't share or assign tasks yet. I can add the name to a task, as a note or a label.",
        ),
        (
            "
            (change|reset|update|set) my (password|email|email address|username|name|profile|account|time zone|timezone|settings|language|avatar|picture) {rest*}
            (log me out|log out|sign me out|sign out|delete my account|close my account|cancel my account|cancel my subscription|dark mode|turn on dark mode)
            i forgot my password
            ",
            "I can't change your account or its settings: the page has its own place for them. I look after your tasks.",
        ),
        (
            "
            (what|which) (labels|tags) (do i have|are there|have i got|exist|do i use|did i use) {rest*}
            (show|list) [me] [all] [of] [my|the] (labels|tags)
            ",
            "I can't list the labels by themselves. “Show everything” names those of each task, and “show #work tasks” the tasks of one.",
        ),
        (
            "
            (print|show|tell me|give me|reveal|repeat|what is|whats|what are) your (system prompt|prompt|instructions|rules|system message) {rest*}
            (change|set) [the] (colour|color|icon|font|size|theme) {rest*}
            (replace|swap) [the] (label|tag) {rest}
            (split|divide|break) {x} [up] (into|in) two|three|four|five tasks|todos|parts
            ",
            "I can't do that. I add, change, find, finish and delete tasks: say “help” for examples.",
        ),
        (
            "
            attach [a|an|the|this|my] (file|photo|picture|image|document|pdf|screenshot) {rest*}
            ",
            "I can't take files. I can add a note to a task: “add a note to the report: see the shared folder”.",
        ),
    ]
    .into_iter()
    .map(|(patterns, sentence)| (Patterns::new(patterns), sentence))
    .collect()
});

/// The sentence for what can't be done.
pub fn read(words: &[Word]) -> Option<&'static str> {
    ANSWERS.iter().find(|(patterns, _)| patterns.hit(words)).map(|(_, sentence)| *sentence)
}
