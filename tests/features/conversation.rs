//! Conversations with a language model that plays what a scenario says.

use cucumber::{given, then, when};
use serde_json::{Value, json};

use crate::scripted_app::fixture;
use crate::talk::say_at_once;
use crate::world::World;

#[given(regex = r#"^(\w+) has a task there titled "(.+)"$"#)]
fn has_task(world: &mut World, name: String, title: String) {
    let task = world.talker(&name).caller.post("/api/v1/tasks", &json!({"title": title})).expect(201).json();
    world.task_there = task["id"].as_str().expect("an id").to_owned();
}

#[given(regex = r"^(\d+) more messages have been said in it$")]
fn have_been_said(world: &mut World, count: u32) {
    let talker = world.talker("Pia");
    let id = talker.conversation.as_deref().expect("a conversation");
    let sql = format!(
        "INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, text, steps)
         SELECT gen_random_uuid(), '{id}', '{user}', 2 + n, role, text,
                CASE role WHEN 'user' THEN '[]' ELSE jsonb_build_array(jsonb_build_object('text', text, 'calls', '[]'::jsonb)) END
         FROM (SELECT n, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END AS role,
                      'Earlier words, ' || n || repeat(' and more', 200) AS text
               FROM generate_series(1, {count}) AS n) AS said;
         UPDATE todo.conversations SET last_sequence = 2 + {count} WHERE id = '{id}'",
        user = talker.caller.id
    );
    fixture().app.sql(&sql).expect("messages");
}

#[when(regex = r#"^(\w+) says "([^"]+)" to it$"#)]
fn says_words(world: &mut World, name: String, text: String) {
    let talker = world.talker_mut(&name);
    let body = talker.body(json!(text));
    talker.send(&body, None);
}

#[when(regex = r"^(\w+) says (nothing|white space|8001 characters|a character of U\+0000|a number) to it$")]
fn says_what_can_not_be_said(world: &mut World, name: String, what: String) {
    let talker = world.talker_mut(&name);
    let message = match what.as_str() {
        "nothing" => json!(""),
        "white space" => json!(" \n\t "),
        "8001 characters" => json!("a".repeat(8_001)),
        "a number" => json!(7),
        _ => json!("a\u{0}b"),
    };
    let body = talker.body(message);
    talker.send(&body, None);
}

#[when(regex = r"^(\w+) answers yes by the button$")]
fn answers_yes(world: &mut World, name: String) {
    let talker = world.talker_mut(&name);
    let body = json!({"confirm": true, "conversation_id": talker.conversation});
    talker.send(&body, None);
}

#[when(regex = r"^(\w+) and (\w+) say something at once$")]
fn say_something(world: &mut World, one: String, other: String) {
    let people = [&one, &other].map(|name| {
        let talker = world.talker_mut(name);
        (talker.caller.clone(), talker.message())
    });
    for (name, answer) in [&one, &other].into_iter().zip(say_at_once(&people)) {
        world.talker_mut(name).remember(answer);
    }
}

#[when(regex = r"^(\w+) says something in two windows at once$")]
fn says_in_two_windows(world: &mut World, name: String) {
    let talker = world.talker_mut(&name);
    let body = talker.message();
    let both = [(talker.caller.clone(), body.clone()), (talker.caller.clone(), body)];
    world.answers = say_at_once(&both);
}

#[then(regex = r#"^one of them is answered and the other is told "(.+)"$"#)]
fn one_is_answered(world: &mut World, problem: String) {
    let mut statuses: Vec<u16> = world.answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let refused = world.answers.iter().find(|answer| answer.status == 409).expect("a refusal");
    assert_eq!(refused.json()["type"], format!("/problems/{problem}"));
}

#[then(regex = r"^the conversation there holds (\d+) messages$")]
fn holds(world: &mut World, count: u32) {
    let talker = world.talker("Pia");
    let id = talker.conversation.as_deref().expect("a conversation");
    let sql = format!("SELECT count(*) FROM todo.messages WHERE conversation_id = '{id}'");
    assert_eq!(fixture().app.sql(&sql).expect("a count").trim(), count.to_string());
}

#[then(regex = r"^the model got at most (\d+) earlier messages and (\d+) characters$")]
fn model_got(world: &mut World, most: usize, characters: usize) {
    let requests = world.talker("Pia").requests();
    let messages = requests[0]["messages"].as_array().expect("messages");
    let earlier: Vec<&Value> = messages.iter().filter(|message| message["role"] != "system").collect();
    // And the message that is answered now.
    assert!((20..=most + 1).contains(&earlier.len()), "{}", earlier.len());
    let length: usize =
        earlier.iter().filter_map(|message| Some(message["content"].as_str()?.chars().count())).sum();
    assert!(length <= characters, "{length}");
    let last_said = earlier[earlier.len() - 2]["content"].as_str().expect("words");
    assert!(last_said.starts_with("Earlier words, 498"), "the latest stay: {last_said}");
}

#[then(regex = r"^(\w+) has no conversation there$")]
fn has_none(world: &mut World, name: String) {
    assert_eq!(world.talker(&name).conversations(), Vec::<String>::new());
}

#[then(regex = r"^(\w+) is asked first$")]
fn is_asked(world: &mut World, name: String) {
    let answer = world.talker(&name).answer().clone().expect(200).json();
    assert!(answer["confirmation"].is_object(), "{answer}");
}

#[then("the question is marked as destructive")]
fn is_destructive(world: &mut World) {
    assert_eq!(world.talker("Pia").answer().json()["confirmation"]["destructive"], true);
}

#[then(regex = r"^(\w+) can't read, stop or delete (\w+)'s conversation$")]
fn cannot_touch(world: &mut World, other: String, owner: String) {
    let path = format!("/api/v1/conversations/{}", world.talker(&owner).conversation.as_deref().unwrap());
    let caller = &world.talker(&other).caller;
    caller.get(&path).expect(404);
    caller.request("POST", &format!("{path}/cancel")).send().expect(404);
    caller.delete(&path).expect(404);
    caller.get(&format!("{path}/events")).expect(404);
    world.talker(&owner).caller.get(&path).expect(200);
}
