//! Verbs of everyday tasks, and the base form of what is said of them afterwards.

/// Verbs that begin a task: "buy milk" is one, "the milk" is not.
const TASK_VERBS: &[&str] = list![
    accept achieve activate apply approve arrange ask assemble attend back backup bake bathe begin book borrow
    bring brush build buy calculate call cancel charge chase check choose clean clear clip collect comment confirm
    contact cook copy cut debug declutter decide decorate deliver deploy deposit descale design discuss do donate
    download draft draw drink drive drop dust eat edit email empty enroll enrol exchange exercise explore export
    fax feed fetch figure file fill find finalise finalize fix fold follow get give go grab hang hire hoover
    improve inform install invite iron investigate join jog learn lend load lock look mail make meditate meet mend
    merge message mop mow order organise organize pack paint pay phone pick ping plan plant play polish post
    practice practise prep prepare present print proofread publish purchase put read rebook record recycle refactor
    refill register remind renew rent repair replace replay reply report request research reserve respond rest
    restock return review revise rewrite ring run save scan schedule sell send serve setup sew share ship shop
    shovel sign skype sort speak spray start stretch study submit subscribe swap sweep swim switch take talk tell
    test text thank throw tidy topup train transfer translate travel treat trim try tune turn unpack unsubscribe
    update upgrade upload vacuum visit volunteer walk wash watch water weed whatsapp wipe withdraw work wrap write
    finish complete bike babysit vote verify vaccinate unblock wax change move set mount measure mark book defrost
    catch cycle breathe teach celebrate congratulate wish host rehearse sync pump
];

/// Past forms that do not end in `-ed`.
const PAST: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("paid", "pay"),
    ("sent", "send"),
    ("wrote", "write"),
    ("written", "write"),
    ("did", "do"),
    ("done", "do"),
    ("made", "make"),
    ("took", "take"),
    ("taken", "take"),
    ("went", "go"),
    ("gone", "go"),
    ("got", "get"),
    ("gave", "give"),
    ("given", "give"),
    ("brought", "bring"),
    ("built", "build"),
    ("read", "read"),
    ("ran", "run"),
    ("run", "run"),
    ("rang", "ring"),
    ("rung", "ring"),
    ("met", "meet"),
    ("put", "put"),
    ("cut", "cut"),
    ("fed", "feed"),
    ("found", "find"),
    ("told", "tell"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("sold", "sell"),
    ("swept", "sweep"),
    ("swam", "swim"),
    ("taught", "teach"),
    ("threw", "throw"),
    ("ate", "eat"),
    ("eaten", "eat"),
    ("drank", "drink"),
    ("drove", "drive"),
    ("chose", "choose"),
    ("caught", "catch"),
    ("hung", "hang"),
    ("lent", "lend"),
    ("began", "begin"),
    ("drew", "draw"),
    ("set", "set"),
    ("withdrew", "withdraw"),
    ("finished", "finish"),
];

/// The word begins a task.
pub fn is_task_verb(key: &str) -> bool {
    TASK_VERBS.contains(&key)
}

/// The base form of a verb that is in the past: `bought` → `buy`, `called` → `call`.
pub fn base_form(key: &str) -> Option<&'static str> {
    if let Some((_, base)) = PAST.iter().find(|(past, _)| *past == key) {
        return Some(base);
    }
    let stem = key.strip_suffix("ed")?;
    let known = |base: &str| TASK_VERBS.iter().copied().find(|verb| *verb == base);
    known(stem)
        .or_else(|| known(key.strip_suffix('d')?))
        .or_else(|| known(&format!("{}y", stem.strip_suffix('i')?)))
        .or_else(|| {
            let last = stem.chars().next_back()?;
            known(stem.strip_suffix(last)?)
        })
}

/// The base form of a verb in `-ing`: `writing` → `write`, `calling` → `call`.
pub fn gerund_base(key: &str) -> Option<&'static str> {
    let stem = key.strip_suffix("ing")?;
    let known = |base: &str| TASK_VERBS.iter().copied().find(|verb| *verb == base);
    known(stem).or_else(|| known(&format!("{stem}e"))).or_else(|| {
        let last = stem.chars().next_back()?;
        known(stem.strip_suffix(last)?)
    })
}

#[cfg(test)]
mod tests {
    use super::base_form;

    #[test]
    fn a_past_form_leads_to_its_verb() {
        for (past, base) in
            [("bought", "buy"), ("called", "call"), ("wiped", "wipe"), ("tidied", "tidy"), ("chatted", "")]
        {
            assert_eq!(base_form(past).unwrap_or_default(), base, "{past}");
        }
        assert_eq!(base_form("mopped"), Some("mop"));
        assert_eq!(base_form("red"), None);
    }
}
