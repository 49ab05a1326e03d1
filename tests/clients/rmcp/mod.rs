//! The official Rust SDK (crates.io `rmcp`), in both ways of speaking.

mod client;

use std::time::Duration;

use harness::App;
use rmcp::ClientLifecycleMode;
use rmcp::model::{
    CallToolResponse, GetPromptRequestParams, GetSkillRequestParams, GetTaskParams, ProtocolVersion,
    ReadResourceDirectoryRequestParams, ServerNotification, SubscribeRequestParams, SubscriptionFilter,
    TaskPayload,
};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use client::{Client, Person, call};

const TOOLS: usize = tool_catalog::NAMES.len();
const MODES: [fn() -> (ClientLifecycleMode, ProtocolVersion); 3] = [
    || (ClientLifecycleMode::Initialize, ProtocolVersion::V_2025_11_25),
    || {
        let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
        (ClientLifecycleMode::Discover { preferred_versions }, ProtocolVersion::V_2026_07_28)
    },
    || {
        let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
        let legacy_version = Some(ProtocolVersion::V_2025_11_25);
        (ClientLifecycleMode::Auto { preferred_versions, legacy_version }, ProtocolVersion::V_2026_07_28)
    },
];

fn token() -> String {
    App::shared().user_with(harness::EVERY_SCOPE, 900).token.unwrap()
}

fn new_word() -> String {
    format!("w{}", Uuid::new_v4().simple())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_rust_client_lists_and_calls_every_tool_in_both_eras() {
    for (mode, revision) in MODES.map(|mode| mode()) {
        let person = Person::who_can_be_asked();
        person.will_agree(true);
        let client = Client::connect(&token(), mode, person.clone()).await;
        assert_eq!(client.0.peer_info().unwrap().protocol_version, revision);
        assert_eq!(client.0.list_all_tools().await.unwrap().len(), TOOLS);

        let word = new_word();
        let task = client.call("add_task", json!({"title": format!("Buy {word}")})).await;
        let one = json!({"id": task["id"]});
        assert_eq!(client.call("get_task", one.clone()).await, task);
        assert_eq!(client.call("list_tasks", json!({"text": word})).await["items"], json!([task]));
        assert_eq!(client.call("search_tasks", json!({"query": word})).await["items"], json!([task]));
        let title = format!("Get {word}");
        let changed = client.call("update_task", json!({"id": task["id"], "title": title})).await;
        assert_eq!(changed["title"], title);
        assert!(client.call("complete_task", one.clone()).await["completed_at"].is_string());
        assert!(client.call("reopen_task", one.clone()).await["completed_at"].is_null());
        assert_eq!(client.call("overview", json!({})).await["open_count"], 1);
        let document = client.call("export_tasks", json!({"format": "csv"})).await;
        assert!(document["text"].as_str().unwrap().contains(&word));
        let these = json!({"filter": {"text": word}});
        assert_eq!(client.call("complete_tasks", these.clone()).await["count"], 1);
        assert_eq!(client.call("delete_tasks", these).await["count"], 1);
        assert!(client.refusal("get_task", one.clone()).await.contains("/problems/task-not-found"));
        assert!(client.refusal("delete_task", one).await.contains("/problems/task-not-found"));
        assert_eq!(person.asked(), 2);
        client.0.cancel().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_rust_client_asks_the_person_or_is_told_to_confirm() {
    for (mode, _) in MODES.map(|mode| mode()) {
        let token = token();
        let person = Person::who_can_be_asked();
        let client = Client::connect(&token, mode.clone(), person.clone()).await;
        let word = new_word();
        let one = json!({"id": client.call("add_task", json!({"title": word})).await["id"]});
        assert!(client.refusal("delete_task", one.clone()).await.contains("said no"));
        assert!(person.questions.lock().unwrap()[0].contains(&word));
        client.call("get_task", one.clone()).await;
        person.will_agree(true);
        client.call("delete_task", one.clone()).await;
        client.refusal("get_task", one).await;
        assert_eq!(person.asked(), 1);

        let unasked = Client::connect(&token, mode, Person::default()).await;
        let id = unasked.call("add_task", json!({"title": word})).await["id"].clone();
        let refused = unasked.refusal("delete_task", json!({"id": id})).await;
        assert!(refused.contains("\"confirm\": true"), "{refused}");
        unasked.call("get_task", json!({"id": id})).await;
        unasked.call("delete_task", json!({"id": id, "confirm": true})).await;
        unasked.refusal("get_task", json!({"id": id})).await;
        client.0.cancel().await.unwrap();
        unasked.0.cancel().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_rust_client_reads_resources_prompts_and_skills_in_both_eras() {
    for (mode, _) in MODES.map(|mode| mode()) {
        let client = Client::connect(&token(), mode, Person::default()).await;
        let word = new_word();
        let added = json!({"title": word, "labels": [word], "due": "2020-01-01"});
        let task = client.call("add_task", added).await;
        let id = task["id"].as_str().unwrap();
        let uri = format!("todo://tasks/{id}");

        let listed = client.0.list_all_resources().await.unwrap();
        for wanted in ["todo://agenda/today", &uri, "skill://add-task/SKILL.md"] {
            assert!(listed.iter().any(|resource| resource.uri == wanted), "{wanted}: {listed:?}");
        }
        assert_eq!(client.0.list_all_resource_templates().await.unwrap().len(), 2);
        assert!(client.read("todo://agenda/today").await.contains(&word));
        assert_eq!(serde_json::from_str::<Value>(&client.read(&uri).await).unwrap(), task);
        let labelled = client.read(&format!("todo://labels/{word}")).await;
        assert_eq!(serde_json::from_str::<Value>(&labelled).unwrap(), json!([task]));

        assert_eq!(client.0.list_all_prompts().await.unwrap().len(), 4);
        let arguments = json!({"task": word}).as_object().unwrap().clone();
        let prompt = GetPromptRequestParams::new("break_down_task").with_arguments(arguments);
        let prompt = client.0.get_prompt(prompt).await.unwrap();
        assert!(serde_json::to_string(&prompt).unwrap().contains(id));
        let typed = &word[..9];
        let titles = client.0.complete_prompt_simple("break_down_task", "task", typed).await.unwrap();
        assert_eq!(titles, [word.as_str()]);
        let labels = client.0.complete_resource_simple("todo://labels/{label}", "label", typed).await;
        assert_eq!(labels.unwrap(), [word.as_str()]);

        let skills = client.0.list_all_skills().await.unwrap();
        assert_eq!(skills.len(), TOOLS);
        let got = client.0.get_skill(GetSkillRequestParams::new(&skills[0].uri)).await.unwrap();
        assert_eq!(got.skill, skills[0]);
        assert!(client.read(&skills[0].uri).await.contains(&skills[0].frontmatter.name));
        let folder = ReadResourceDirectoryRequestParams::new("skill://add-task");
        assert_eq!(client.0.read_resource_directory(folder).await.unwrap().resources.len(), 2);
        client.0.cancel().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_rust_client_hears_of_changes_in_both_eras() {
    for (mode, revision) in MODES.map(|mode| mode()) {
        let token = token();
        let person = Person::default();
        let client = Client::connect(&token, mode.clone(), person.clone()).await;
        let other = Client::connect(&token, mode, Person::default()).await;
        let id = other.call("add_task", json!({"title": "Watched"})).await["id"].clone();
        let uri = format!("todo://tasks/{}", id.as_str().unwrap());
        let change = json!({"id": id, "title": "Watched, changed"});
        if revision == ProtocolVersion::V_2026_07_28 {
            let filter = SubscriptionFilter::builder().resource_subscription(&uri).build();
            let mut subscription = client.0.listen(filter).await.unwrap();
            other.call("update_task", change).await;
            let heard = timeout(Duration::from_secs(10), subscription.next()).await.unwrap().unwrap();
            let Some(ServerNotification::ResourceUpdatedNotification(heard)) = heard else {
                panic!("{heard:?}");
            };
            assert_eq!(heard.params.uri, uri);
            subscription.cancel().await.unwrap();
        } else {
            #[expect(deprecated, reason = "what the older revisions have")]
            client.0.subscribe(SubscribeRequestParams::new(&uri)).await.unwrap();
            // The SDK opens its stream in its own time, and says nothing of it.
            sleep(Duration::from_secs(1)).await;
            other.call("update_task", change).await;
            let heard = async {
                while !person.updated.lock().unwrap().contains(&uri) {
                    sleep(Duration::from_millis(50)).await;
                }
            };
            timeout(Duration::from_secs(10), heard).await.unwrap();
        }
        client.0.cancel().await.unwrap();
        other.0.cancel().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_rust_client_follows_a_call_that_runs_as_a_task() {
    let person = Person::with(json!({"extensions": {"io.modelcontextprotocol/tasks": {}}}));
    let (mode, _) = MODES[1]();
    let client = Client::connect(&token(), mode, person).await;
    client.call("add_task", json!({"title": "Exported"})).await;
    let answer = client.0.call_tool_once(call("export_tasks", json!({"format": "csv"}))).await.unwrap();
    let CallToolResponse::Task(created) = answer else { panic!("{answer:?}") };
    let finished = async {
        loop {
            let task = client.0.get_task(GetTaskParams::new(&created.task.task_id)).await.unwrap().task;
            match task.payload {
                TaskPayload::Working => sleep(Duration::from_millis(50)).await,
                TaskPayload::Completed { result } => return result,
                other => panic!("{other:?}"),
            }
        }
    };
    let result = timeout(Duration::from_secs(10), finished).await.unwrap();
    assert_eq!(result["structuredContent"]["count"], 1);
    client.0.cancel().await.unwrap();
}
