//! A language model's provider that plays what a scenario says, and what people get for it.

use std::time::Duration;

use cucumber::{given, then, when};
use serde_json::{Value, json};

use crate::scripted_app::{KEY, fixture};
use crate::scripted_model::{Reply, calls, says};
use crate::streams;
use crate::talk::{Talker, say_at_once, says_later};
use crate::world::{World, quoted};

/// Who speaks where a step names nobody.
const PIA: &str = "Pia";
/// Stands in a step for the id of the task that was made last.
const THE_TASK: &str = "{the task}";

fn play(world: &mut World, reply: Reply) {
    world.talker_mut(PIA).replies.push(reply);
}

#[given(regex = r"^(\w+) talks to a language model$")]
fn talks(world: &mut World, name: String) {
    world.talkers.insert(name, Talker::new());
}

#[given(regex = r"^the provider answers (\d+) (-|retry-after: \w+) (.+)$")]
fn answers(world: &mut World, status: u16, header: String, body: String) {
    let header = header.strip_prefix("retry-after: ").map(|value| ("retry-after", value.to_owned()));
    let body = if body == "-" { String::new() } else { body };
    play(world, Reply::Status(status, header.into_iter().collect(), body));
}

#[given(regex = r#"^the provider says "(.+)"$"#)]
fn provider_says(world: &mut World, text: String) {
    play(world, says(&[&text]));
}

#[given(regex = r#"^the provider says to (\w+) "(.+)" after a second$"#)]
fn provider_says_later(world: &mut World, name: String, text: String) {
    world.talker_mut(&name).replies.push(says_later(&text, Duration::from_secs(1)));
}

#[given(regex = r"^the provider streams a call of add_task (.+)$")]
fn streams_a_call(world: &mut World, form: String) {
    play(world, streams::call_of_add_task(&form));
}

#[given("the provider streams two calls with one id")]
fn streams_two_calls(world: &mut World) {
    play(world, streams::two_calls_with_one_id());
}

#[given(regex = r"^the provider streams ((?:a page|words|an end|a call w|a call t|129|a delta|10 MB).*)$")]
fn provider_streams(world: &mut World, name: String) {
    play(world, streams::named(&name));
}

#[given(regex = r"^the provider calls (\w+) with (\{.*\})$")]
fn provider_calls(world: &mut World, tool: String, arguments: String) {
    let arguments = arguments.replace(THE_TASK, &world.task_there);
    let arguments: Value = serde_json::from_str(&arguments).expect("arguments as JSON");
    play(world, calls(&[(&tool, arguments)]));
}

#[given(regex = r"^the provider calls overview with \{\} (\d+) times$")]
fn provider_calls_again(world: &mut World, times: usize) {
    world.talker_mut(PIA).replies.extend((0..times).map(|_| calls(&[("overview", json!({}))])));
}

#[given(regex = r"^the provider calls add_task (\d+) times at once$")]
fn provider_calls_at_once(world: &mut World, times: usize) {
    let titles: Vec<_> =
        (0..times).map(|number| ("add_task", json!({"title": format!("task {number}")}))).collect();
    play(world, calls(&titles));
}

#[when(regex = r"^(\w+) says something to it$")]
#[given(regex = r"^(\w+) says something to it$")]
fn says_something(world: &mut World, name: String) {
    let talker = world.talker_mut(&name);
    let body = talker.message();
    talker.send(&body, None);
}

#[when(regex = r#"^(\w+) says something to it with the key "(\w+)"$"#)]
fn says_with_key(world: &mut World, name: String, key: String) {
    let talker = world.talker_mut(&name);
    let body = talker.message();
    talker.send(&body, Some(&key));
    world.said = body;
}

#[when(regex = r#"^(\w+) says it again with the key "(\w+)"$"#)]
fn says_again(world: &mut World, name: String, key: String) {
    let said = world.said.clone();
    world.talker_mut(&name).send(&said, Some(&key));
}

#[when(regex = r"^(\d+) people say something to it at once$")]
fn many_say(world: &mut World, count: usize) {
    let reply = world.talker_mut(PIA).replies.pop().expect("what the provider does");
    let word = fixture().model.script(vec![reply; count]);
    let people: Vec<_> =
        (0..count).map(|_| (fixture().app.user(), json!({"message": word.clone()}))).collect();
    world.answers = say_at_once(&people);
}

#[then(regex = r#"^(\w+) is told "([\w-]+)" with status (\d+)$"#)]
fn gets_problem(world: &mut World, name: String, problem: String, status: u16) {
    let answer = world.talker(&name).answer();
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.json()["type"], format!("/problems/{problem}"), "{}", answer.body);
    assert!(!answer.body.contains(KEY), "{}", answer.body);
    if status == 503 {
        assert!(answer.header("retry-after").is_some(), "{}", answer.body);
    }
}

#[then(regex = r#"^each of them is told "([\w-]+)" with Retry-After (\d+)$"#)]
fn each_gets_problem(world: &mut World, problem: String, seconds: String) {
    for answer in &world.answers {
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert_eq!(answer.json()["type"], format!("/problems/{problem}"));
        assert_eq!(answer.header("retry-after"), Some(seconds.as_str()));
    }
}

#[then("the log has no key")]
fn log_has_no_key(_: &mut World) {
    assert!(!fixture().app.log().contains(KEY));
}

#[then("her message stands alone in the conversation")]
fn stands_alone(world: &mut World) {
    assert_eq!(world.talker(PIA).roles(), ["user"]);
}

#[then("the conversation goes on")]
fn goes_on(world: &mut World) {
    let talker = world.talker_mut(PIA);
    talker.conversation = talker.conversations().into_iter().next();
    let before = talker.roles().len();
    talker.replies = vec![says(&["Here again."])];
    let body = talker.message();
    talker.send(&body, None);
    assert_eq!(talker.reply(), "Here again.");
    assert_eq!(talker.roles().len(), before + 2);
}

#[then(regex = r#"^(\w+) is answered "(.+)"$"#)]
fn is_answered(world: &mut World, name: String, reply: String) {
    assert_eq!(world.talker(&name).reply().trim_start_matches("Let me see. ").trim_start(), reply);
}

#[then(regex = r#"^the reply to (\w+) (begins with|mentions) "(.+)"$"#)]
fn reply_has(world: &mut World, name: String, how: String, text: String) {
    let reply = world.talker(&name).reply();
    let holds = if how == "mentions" { reply.contains(&text) } else { reply.starts_with(&text) };
    assert!(holds, "{reply}");
}

#[then(regex = r"^(\w+)'s tasks there are (.+)$")]
fn tasks_there(world: &mut World, name: String, titles: String) {
    assert_eq!(world.talker(&name).titles(), quoted(&titles));
}

#[then(regex = r"^(\w+) has at most (\d+) tasks there$")]
fn at_most(world: &mut World, name: String, most: usize) {
    let talker = world.talker(&name);
    talker.answer().clone().expect(200);
    let count = talker.titles().len();
    assert!((1..=most).contains(&count), "{count}");
}

#[then(regex = r"^(\w+) can add a task meanwhile$")]
fn can_add(world: &mut World, name: String) {
    world.talker(&name).caller.post("/api/v1/tasks", &json!({"title": "meanwhile"})).expect(201);
}

#[then(regex = r"^the provider was asked (\d+) times$")]
fn was_asked(world: &mut World, times: usize) {
    assert_eq!(world.talker(PIA).requests().len(), times);
}

#[then(regex = r#"^the call failed, and the model was told "(.+)"$"#)]
fn model_was_told(world: &mut World, told: String) {
    let talker = world.talker(PIA);
    let answer = talker.answer().json();
    assert_eq!(answer["tool_calls"][0]["failed"], true, "{answer}");
    let requests = talker.requests();
    let messages = requests.last().expect("a request")["messages"].as_array().expect("messages").clone();
    let result = messages.last().expect("a message");
    assert_eq!(result["role"], "tool");
    let content = result["content"].as_str().unwrap_or_default();
    assert!(content.starts_with("The call failed.") && content.contains(&told), "{content}");
}
