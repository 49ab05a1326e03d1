//! Talking to the assistant.

use cucumber::{given, then, when};

use crate::world::{World, quoted};

#[given(regex = r#"^(\w+) has said "(.+)"$"#)]
#[when(regex = r#"^(\w+) says "([^"]+)"$"#)]
fn says(world: &mut World, name: String, message: String) {
    world.converse(&name, &message);
}

#[when(regex = r#"^(\w+) says "(.+)" and listens$"#)]
fn says_and_listens(world: &mut World, name: String, message: String) {
    let answer = world.send_message(&name, &message, "text/event-stream");
    assert!(answer.header("content-type").is_some_and(|value| value.starts_with("text/event-stream")));
    world.events = answer.events().into_iter().map(|event| event.name).collect();
    world.events.dedup();
}

#[then(regex = r#"^she hears the events (.+) in this order$"#)]
fn hears(world: &mut World, events: String) {
    assert_eq!(world.events, quoted(&events));
}

fn reply(world: &World) -> String {
    world.reply["reply"].as_str().unwrap_or_else(|| panic!("no reply: {}", world.reply)).to_lowercase()
}

#[then(regex = r#"^the reply mentions "(.+)"$"#)]
fn mentions(world: &mut World, words: String) {
    assert!(reply(world).contains(&words.to_lowercase()), "{}", world.reply);
}

#[then(regex = r#"^the reply does not mention "(.+)"$"#)]
fn does_not_mention(world: &mut World, words: String) {
    assert!(!reply(world).contains(&words.to_lowercase()), "{}", world.reply);
}

#[then(regex = r#"^the assistant asks for confirmation of "(.+)"$"#)]
fn asks(world: &mut World, tool: String) {
    assert_eq!(world.reply["confirmation"]["tool"], tool, "{}", world.reply);
}

#[when(regex = r"^(\w+) reads the conversation$")]
fn reads(world: &mut World, name: String) {
    let person = world.person(&name);
    let path = format!("/api/v1/conversations/{}", person.conversation.as_deref().unwrap());
    world.conversation = person.caller.get(&path).expect(200).json();
}

#[then(regex = r#"^it has her words "(.+)" and an answer$"#)]
fn has_words(world: &mut World, words: String) {
    let messages = world.conversation["messages"].as_array().expect("messages");
    assert!(messages.iter().any(|message| message["role"] == "user" && message["text"] == words));
    assert!(messages.iter().any(|message| message["role"] == "assistant" && message["text"] != ""));
}
