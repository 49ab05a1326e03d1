//! Where the person stands: counts, what is overdue, today, what comes.

use std::sync::LazyLock;

use super::Intent;
use crate::text::{Patterns, Word};

/// What the overview is wanted for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OverviewKind {
    /// How things stand.
    Standing,
    /// What to do today, in order.
    Plan,
    /// A good morning.
    Morning,
    /// What to do now.
    Next,
}

static MORNING: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [a|very] (good morning|morning|gm|goodmorning|mornin) [there|again|to you|assistant|everyone]
        ",
    )
});

static PLAN: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [help me] plan|organise|organize|structure [out] [my|the|this] day|today|morning|afternoon [please|pls|for me]
        (whats|what is|hows|how is|how does) [my|the] day|agenda|schedule|plan [look] [like|looking|looking like] [today|for today]
        (what does my|how does my) day|today look like
        [my|todays|daily|the] [morning] (agenda|briefing|brief|day plan|schedule) [for today|today]
        brief|update me [please|pls|on today|for today|on my day]
        (run me through|walk me through) [my] day|today
        (whats on|whats up) today
        ",
    )
});

static NEXT: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        what (should|shall|do|can|must|could) i (do|start with|work on|tackle|focus on|begin with|prioritise|prioritize|be doing) [next|now|first|today|right now|on|this morning]
        (whats|what is) [my] [the] (next|next thing|next task|most important|most important thing|most important task|top priority|most urgent|most urgent thing|most urgent task) [to do|i should do|right now|now|today|up|for me]
        (where should i|where do i) (start|begin)
        (whats|what is|what comes) next
        (im bored|what now|give me something to do)
        ",
    )
});

static STANDING: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        how am i doing [today|so far|this week|with my tasks|on my tasks]
        [show|give|get|see] [me] [a|an|the|my] [quick|short|task|daily] summary|overview|status|stats|recap|statistics|progress|report [please|pls|of my tasks|of my day|of everything|of today|for today|report|update]
        (how many|how much) [open|overdue|urgent] (tasks|things|todos|items|stuff|task|is|do i) {rest*}
        (where do i|how do i) stand [today|now]
        (how is|hows|how are|hows it|how are things) [my] (progress|going|list|todo list|tasks going|tasks looking|things going|looking)
        (am i|are we) (on track|behind|on top of things|up to date|doing ok|doing okay|doing well)
        (catch me up|fill me in|bring me up to speed|sum it up|sum up|summarise|summarize) {rest*}
        (whats the|what is the|whats my) (status|state|situation|score|damage)
        ",
    )
});

/// Reads a request for an overview.
pub fn read(words: &[Word]) -> Option<Intent> {
    let kinds = [
        (&MORNING, OverviewKind::Morning),
        (&PLAN, OverviewKind::Plan),
        (&NEXT, OverviewKind::Next),
        (&STANDING, OverviewKind::Standing),
    ];
    kinds.into_iter().find(|(patterns, _)| patterns.hit(words)).map(|(_, kind)| Intent::Overview(kind))
}
