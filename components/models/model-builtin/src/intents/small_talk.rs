//! Words that need no tool: help, greetings, thanks, yes and no.

use std::sync::LazyLock;

use crate::text::{Patterns, Word};

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
        ",
    )
});

static HELLO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [oh|ok|well] hi|hello|hey|yo|hiya|howdy|greetings|hallo|moin|heya|sup [there|again|assistant|bot|you|everyone|all]
        good evening|afternoon|day|night [there|again]
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
        [ok|good] bye|goodbye|ciao|cya|goodnight|later [then|for now|bye]
        (good night|see you|see ya|see you later|see you tomorrow|talk later|talk to you later|thats all|that is all|thats it|that will be all|nothing else|im done|im done for today)
        ",
    )
});

static FINE: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [ok|oh|wow|thats|very|its|so] ok|okay|cool|great|nice|perfect|awesome|good|fine|super|alright|wow|lovely|excellent|amazing|wonderful|k|kk|lol|haha|brilliant|sweet|neat|gotcha [job|work|one|stuff|thanks|thx]
        (you are|youre|your|ur) [really|so|the] (best|great|awesome|amazing|helpful|a star|a legend|good|wonderful|nice)
        (well done|got it|sounds good|all good|i see|makes sense|love it|good bot|i love you|no worries|no problem)
        ",
    )
});

static YES: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        yes|yep|yeah|yup|yea|sure|ok|okay|y|confirm|confirmed|correct|absolutely|definitely|certainly|right|ja|si|affirmative|indeed|proceed|k|please|ye|yess {rest*}
        (go ahead|do it|go for it|of course|please do|go on|do that|make it so|sounds good|thats right|why not|all of them|delete them|delete them all|do them all|i am sure|im sure) {rest*}
        (oh|ok|hell|well|and|um) yes|yeah|sure|go {rest*}
        ",
    )
});

static NO: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        no|nope|nah|n|dont|stop|cancel|abort|negative|never|nein|noo|nooo {rest*}
        (do not|not now|not really|not yet|leave them|leave it|keep them|keep it|better not|rather not|hold on|id rather not) {rest*}
        (oh|ok|well|um|wait|hmm) no|nope|dont|stop {rest*}
        ",
    )
});

static CANCEL: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(
        "
        [oh|ok|no|actually|well] cancel|stop|nevermind|nvm|abort|none|neither|nothing|skip [that|it|of them|please|pls]
        [oh|ok|no|actually|well] (never mind|forget it|forget that|forget about it|none of them|none of these|none of those|neither of them|leave it|not now|no thanks|dont bother|let it be)
        no|nope|nah
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
    ];
    let kind = kinds.into_iter().find(|(patterns, _)| patterns.hit(words)).map(|(_, talk)| talk);
    kind.or_else(|| {
        let short = words.len() <= 3;
        if short && is_yes(words) && !words.first()?.is(&["right", "please"]) {
            Some(SmallTalk::Yes)
        } else if short && (is_cancel(words) || (words.len() == 1 && is_no(words))) {
            Some(SmallTalk::No)
        } else {
            None
        }
    })
}

/// The words agree to what was asked.
pub fn is_yes(words: &[Word]) -> bool {
    let but =
        words.iter().any(|word| word.is(&["but", "not", "except", "dont", "no", "only", "add", "remind"]));
    words.len() <= 7 && !but && YES.hit(words)
}

/// The words refuse what was asked.
pub fn is_no(words: &[Word]) -> bool {
    words.len() <= 7 && NO.hit(words) && !words.get(1).is_some_and(|word| word.is(&["forget", "let"]))
}

/// The words drop what was asked.
pub fn is_cancel(words: &[Word]) -> bool {
    CANCEL.hit(words)
}
