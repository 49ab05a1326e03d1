//! What is taken as a rule, and how it is written.

use super::*;

fn rule(text: &str) -> Result<Rule, RuleError> {
    text.parse()
}

#[test]
fn a_rule_is_written_in_one_spelling() {
    for (text, written) in [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:freq=weekly;byday=fr,mo,FR;interval=2;", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"),
        ("BYMONTHDAY=-1,15,1;FREQ=MONTHLY;INTERVAL=1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+1MO", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=DAILY;UNTIL=19971224T000000Z", "FREQ=DAILY;UNTIL=19971224T000000Z"),
        ("FREQ=DAILY;UNTIL=20261224;WKST=MO", "FREQ=DAILY;UNTIL=20261224"),
        ("FREQ=WEEKLY;UNTIL=20261224T180000;WKST=SU", "FREQ=WEEKLY;UNTIL=20261224T180000;WKST=SU"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO"),
    ] {
        let read = rule(text).unwrap();
        assert_eq!(read.to_string(), written);
        assert_eq!(rule(written).unwrap(), read);
    }
}

#[test]
fn what_is_no_rule_is_refused_in_words() {
    for (text, words) in [
        ("", "no recurrence rule"),
        ("every friday", "no recurrence rule"),
        ("FREQ", "no recurrence rule"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=FORTNIGHTLY", "The value of FREQ"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ is there more than once"),
        ("FREQ=DAILY;BYEASTER=1", "no part of this name"),
        ("FREQ=DAILY;INTERVAL=0", "The value of INTERVAL"),
        ("FREQ=DAILY;INTERVAL=1001", "The value of INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "The value of COUNT"),
        ("FREQ=DAILY;COUNT=1000000", "The value of COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261224", "not by both"),
        ("FREQ=DAILY;UNTIL=2026-12-24", "The value of UNTIL"),
        ("FREQ=DAILY;UNTIL=20261324", "The value of UNTIL"),
        ("FREQ=DAILY;UNTIL=20261224T250000", "The value of UNTIL"),
        ("FREQ=DAILY;UNTIL=20261224T1", "The value of UNTIL"),
        ("FREQ=SECONDLY", "SECONDLY can't be used"),
        ("FREQ=DAILY;BYSECOND=30", "BYSECOND can't be used"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "The value of BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "The value of BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=-1", "The value of BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=13", "The value of BYMONTH"),
        ("FREQ=DAILY;BYHOUR=24", "The value of BYHOUR"),
        ("FREQ=WEEKLY;BYDAY=XX", "The value of BYDAY"),
        ("FREQ=WEEKLY;BYDAY=ü", "The value of BYDAY"),
        ("FREQ=MONTHLY;BYDAY=0MO", "The value of BYDAY"),
        ("FREQ=WEEKLY;BYDAY=2MO", "can't be combined"),
        ("FREQ=WEEKLY;BYMONTHDAY=-1", "can't be combined"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "can't be combined"),
        ("FREQ=DAILY;BYYEARDAY=1", "can't be combined"),
        ("FREQ=MONTHLY;BYSETPOS=1", "can't be combined"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=40", "can't be combined"),
        ("FREQ=MINUTELY;BYMONTH=2;BYHOUR=3", "can't be combined"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40", "more than 24 times a day"),
    ] {
        let refused = rule(text).expect_err(text).to_string();
        assert!(refused.contains(words), "{text}: {refused}");
    }
    let long = format!("FREQ=DAILY;BYHOUR={}", "1,".repeat(300));
    assert_eq!(rule(&long), Err(RuleError::Length));
}

#[test]
fn what_was_sent_is_not_repeated() {
    let refused = rule("FREQ=DAILY;<script>=1").unwrap_err().to_string();
    assert!(!refused.contains("script"), "{refused}");
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_much(text in "(FREQ=[A-Z]{5,8})?(;[A-Z]{3,8}=[-+0-9A-Z,]{0,12}){0,4}") {
        if let Ok(read) = rule(&text) {
            proptest::prop_assert_eq!(rule(&read.to_string()), Ok(read));
        }
    }
}
