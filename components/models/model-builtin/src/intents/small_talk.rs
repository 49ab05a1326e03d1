//! Words that need no tool: help, greetings, thanks, yes and no.

use std::sync::LazyLock;

use yes_or_no::Reply;

use crate::text::{Patterns, Word, join};

/// What is answered in words only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SmallTalk {
    /// What can be said here.
    Help,
    /// Who is speaking.
    Who,
    /// A greeting.
    Hello,
    Thanks,
    /// A goodbye.
    Bye,
    /// Not knowing what to do.
    Unsure,
    /// "Ok", praise: nothing to do.
    Fine,
    /// A yes to no question.
    Yes,
    /// A no to no question.
    No,
}

static HELP: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        help [me] [please|pls|out]
        [what|how] (can|could|do) (you|i|this) (do|say|ask|use this|use you|work|ask you|do here|tell you|understand) [for me|here]
        (how does this|how do you|how does it) work
        (what are|what r) (your|the) (commands|features|options|skills)
        (i need help|need help|show help|commands|usage|options|examples|instructions)
        (what can i) say|ask|type|do [here|to you]
        (what do you) understand|do
        ",
    )
});

static WHO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (who|what) are you
        (are you) [a|an] (human|bot|robot|ai|real|person|chatgpt|llm|real person)
        (what is|whats) your name
        are you {rest}
        do you (like|love|hate|sleep|eat|dream|think|feel|work|live|learn|remember) {rest*}
        (who|what) (made|built|created|wrote|programmed) you
        (how old are you|where are you|where are you from|tell me about yourself|introduce yourself|can you hear me|do you have feelings|do you have a name)
        ",
    )
});

static HELLO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [oh|ok|well] hi|hello|hey|yo|hiya|howdy|greetings|hallo|moin|heya|sup [there|again|assistant|bot|you|everyone|all]
        good evening|afternoon|day [there|again]
        (hi|hello|hey) (how are you|how are you doing|hows it going|whats up)
        (how are you|how are you doing|hows it going|how do you do) [today]
        ",
    )
});

static THANKS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [ok|okay|great|perfect|cool|awesome|nice|no|super|and] (thanks|thank you|thx|ty|cheers|tysm|thank u|merci|danke) [you] [so much|very much|a lot|a million|again|lots|a ton|a bunch|for that|for the help|for your help|mate|buddy]
        (much appreciated|appreciate it|i appreciate it|many thanks)
        ",
    )
});

static BYE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (see you|see ya|talk to you|speak to you) [again] [on|in|at] today|tomorrow|later|soon|next|monday|tuesday|wednesday|thursday|friday|saturday|sunday|then {rest*}
        [ok|good] bye|goodbye|ciao|cya|goodnight|later [then|for now|bye]
        (cheers|thanks|thank you|ok|great|right) (thats all|that is all|thats it|that will be all|thatll be all|im done|nothing else) [for now|for today|now|thanks|today]
        (thats all|that is all|thats it|thatll be all|that will be all|nothing else) [for now|for today|now|thanks|today]
        (good night|night|night night|sleep well|have a nice day|have a good one|have a good day|until tomorrow|see you|see ya|see you later|see you tomorrow|talk later|talk to you later|thats all|that is all|thats it|that will be all|nothing else|im done|im done for today)
        ",
    )
});

static UNSURE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [hm|hmm|hmmm|well|um|uh|oh|ok] (i am not sure|im not sure|not sure|i dont know|no idea|i have no idea|dunno|idk|i am unsure|im unsure|let me think|i need to think|lets see) {rest*}
        [hm|hmm|hmmm|um|uh|er|so] hm|hmm|hmmm|um|uh|er|well|mhm
        (i have too much to do|so much to do|i am so stressed|i cant do this|this is too much|where was i)
        ",
    )
});

static FINE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        (im|i am) (fine|good|ok|okay|well|great|back|here|happy|tired|bored|busy|stressed|overwhelmed) [today|now|thanks|too]
        [ok|oh|wow|thats|very|its|so] ok|okay|cool|great|nice|perfect|awesome|good|fine|super|alright|wow|lovely|excellent|amazing|wonderful|k|kk|lol|haha|brilliant|sweet|neat|gotcha [job|work|one|stuff|thanks|thx]
        (have a|have an|enjoy your|enjoy the) [nice|good|great|lovely|wonderful|relaxing] day|evening|night|weekend|week|holiday|holidays|one|time [too|everyone|all]
        (happy|merry) (christmas|xmas|new year|easter|birthday|holidays|halloween|thanksgiving|weekend|friday|monday) [to you|everyone|all|too]
        (you are|youre|your|ur) [really|so|the] (best|great|awesome|amazing|helpful|a star|a legend|good|wonderful|nice)
        (i love|i like|i hate|i dont like) (this|it|you|this app|the app|that|talking to you) {rest*}
        (well done|got it|sounds good|all good|i see|makes sense|love it|good bot|i love you|no worries|no problem)
        ",
    )
});

/// No words for a no alone: they choose none of what was offered.
static NONE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        none|neither|nothing|skip [that|it|of them|please|pls]
        none of them|these|those
        neither of them
        ",
    )
});

/// Reads words that need no tool.
pub fn read(words: &[Word]) -> Option<SmallTalk> {
    let kinds = [
        (&HELP, SmallTalk::Help),
        (&WHO, SmallTalk::Who),
        (&HELLO, SmallTalk::Hello),
        (&THANKS, SmallTalk::Thanks),
        (&BYE, SmallTalk::Bye),
        (&FINE, SmallTalk::Fine),
        (&UNSURE, SmallTalk::Unsure),
    ];
    let kind = kinds.into_iter().find(|(patterns, _)| patterns.hit(words)).map(|(_, talk)| talk);
    kind.or_else(|| match yes_or_no::read_unasked(&join(words)) {
        // "Right" and "please" begin a request as well.
        Reply::Yes if words.len() <= 3 && !words.first()?.is(&["right", "please"]) => Some(SmallTalk::Yes),
        Reply::No => Some(SmallTalk::No),
        _ => (words.len() <= 3 && is_cancel(words)).then_some(SmallTalk::No),
    })
}

/// The words drop what was asked.
pub fn is_cancel(words: &[Word]) -> bool {
    match words.split_first() {
        Some((first, rest)) if first.is(&["oh", "ok", "okay", "actually", "well"]) && !rest.is_empty() => {
            is_cancel(rest)
        }
        _ => NONE.hit(words) || yes_or_no::read_unasked(&join(words)) == Reply::No,
    }
}
