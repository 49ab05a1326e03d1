//! `/api/v1/calendar-feed` and `/calendar/…`: a calendar reads a person's open tasks by a secret address.

use harness::{Answer, App, Caller};
use serde_json::{Value, json};

use crate::{add, kind};

const FEED: &str = "/api/v1/calendar-feed";

/// Makes an address; the paths of its events and of its to-dos.
fn make(user: &Caller) -> [String; 2] {
    let made = user.request("PUT", FEED).send().expect(200).json();
    ["url", "tasks_url"].map(|member| {
        let url = made[member].as_str().unwrap();
        url.strip_prefix(&App::shared().url).unwrap_or_else(|| panic!("{url}")).to_owned()
    })
}

fn read(path: &str) -> Answer {
    App::shared().nobody().get(path)
}

/// The lines of a calendar; one that is folded is read as one (RFC 5545, section 3.1).
fn lines(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    answer.body.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_calendar_reads_what_is_open_and_due_without_signing_in() {
    let user = App::shared().user();
    add(
        &user,
        &json!({ "title": "Dentist", "due": "2030-12-01T18:00:00+01:00", "time_zone": "Europe/Berlin" }),
    );
    add(&user, &json!({ "title": "Some day" }));
    let done = add(&user, &json!({ "title": "Long done", "due": "2030-01-01" }));
    user.post(&format!("/api/v1/tasks/{}/complete", done["id"].as_str().unwrap()), &json!({})).expect(200);
    let [events, tasks] = make(&user);

    let events = lines(&read(&events).expect(200));
    for line in [
        "BEGIN:VEVENT",
        "SUMMARY:Dentist",
        "DTSTART;TZID=Europe/Berlin:20301201T180000",
        "TZID:Europe/Berlin",
    ] {
        assert!(events.iter().any(|found| found == line), "{line}: {events:#?}");
    }
    assert_eq!(events.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1, "{events:#?}");
    let tasks = lines(&read(&tasks).expect(200));
    let titles: Vec<_> = tasks.iter().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
    assert_eq!(titles, ["Dentist", "Some day"]);
}

#[test]
fn what_a_calendar_has_already_is_not_sent_again() {
    let user = App::shared().user();
    let [events, _] = make(&user);
    let first = read(&events).expect(200);
    let tag = first.header("etag").unwrap().to_owned();
    let again = || App::shared().nobody().request("GET", &events).header("if-none-match", &tag).send();
    let same = again().expect(304);
    assert_eq!((same.body.as_str(), same.header("etag")), ("", Some(tag.as_str())));
    add(&user, &json!({ "title": "Dentist", "due": "2030-12-01" }));
    assert_ne!(again().expect(200).header("etag"), Some(tag.as_str()));
}

#[test]
fn an_address_ends_when_it_is_taken_away_or_another_one_is_made() {
    let user = App::shared().user();
    assert_eq!(user.get(FEED).expect(200).json(), json!({ "created_at": null, "read_at": null }));
    let [first, _] = make(&user);
    let feed = user.get(FEED).expect(200).json();
    assert!(feed["created_at"].is_string() && feed["read_at"] == Value::Null, "{feed}");
    read(&first).expect(200);
    assert!(user.get(FEED).expect(200).json()["read_at"].is_string());

    let [second, _] = make(&user);
    assert_eq!(kind(&read(&first).expect(404)), "not-found");
    read(&second).expect(200);
    user.delete(FEED).expect(204);
    user.delete(FEED).expect(204);
    assert_eq!(kind(&read(&second).expect(404)), "not-found");
}

#[test]
fn whoever_has_no_address_is_told_nothing() {
    let user = App::shared().user();
    let [events, _] = make(&user);
    let (path, token) = events.split_once("?token=").unwrap();
    let other = format!("{}{}", if token.starts_with('A') { 'B' } else { 'A' }, &token[1..]);
    for path in [
        format!("{path}?token="),
        format!("{path}?token={other}"),
        format!("{path}?token={}", &token[1..]),
        format!("/calendar/other.ics?token={token}"),
        format!("/calendar/{token}"),
    ] {
        assert_eq!(kind(&read(&path).expect(404)), "not-found", "{path}");
    }
    for path in [path.to_owned(), format!("{path}?token={token}&token={token}")] {
        assert_eq!(kind(&read(&path).expect(400)), "invalid-parameters", "{path}");
    }
    assert_eq!(
        kind(&App::shared().nobody().request("POST", &events).send().expect(405)),
        "method-not-allowed"
    );
}

#[test]
fn an_address_is_made_by_who_may_read_and_write_and_shows_nobody_elses_tasks() {
    let (ann, bob) = (App::shared().user(), App::shared().user());
    add(&ann, &json!({ "title": "Ann's dentist", "due": "2030-12-01" }));
    add(&bob, &json!({ "title": "Bob's dentist", "due": "2030-12-01" }));
    let [events, tasks] = make(&ann);
    for path in [events, tasks] {
        let calendar = read(&path).expect(200).body;
        assert!(calendar.contains("Ann's") && !calendar.contains("Bob's"), "{calendar}");
    }
    for scopes in ["tasks:read", "tasks:write", ""] {
        let less = App::shared().user_with(scopes, 900);
        assert_eq!(kind(&less.request("PUT", FEED).send().expect(403)), "insufficient-scope", "{scopes}");
    }
    assert_eq!(kind(&App::shared().nobody().get(FEED).expect(401)), "unauthenticated");
}

#[test]
fn no_log_has_the_token_of_an_address() {
    let [events, _] = make(&App::shared().user());
    read(&events).expect(200);
    let (_, token) = events.split_once("?token=").unwrap();
    let log = App::shared().log();
    assert!(log.contains("/calendar/events.ics"), "the request itself is in the log");
    assert!(!log.contains(token));
}
