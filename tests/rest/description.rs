//! The OpenAPI document as it is served says what the app does.

use std::collections::BTreeSet;

use harness::App;
use serde_json::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    App::shared().nobody().get("/api/openapi.json").expect(200).json()
}

/// A path that fits a template.
fn example_of(template: &str) -> String {
    template
        .replace("{id}", "0193a5c2-7d4e-7b3a-9f10-2b6c8d0e4f12")
        .replace("{kind}", "task-not-found")
        .replace("{file}", "events.ics")
}

#[test]
fn every_documented_operation_is_served() {
    let document = document();
    let nobody = App::shared().nobody();
    let mut checked = 0;
    for (template, item) in document["paths"].as_object().expect("paths") {
        let path = example_of(template);
        for method in METHODS.into_iter().filter(|method| item.get(*method).is_some()) {
            let answer = nobody.request(&method.to_uppercase(), &path).send();
            // Without a token or body most are refused, but none is unknown. Better Auth says 404 to whoever follows a link and is
            // not signed in, with a code of its own.
            let is_unknown =
                [404, 405, 500, 501].contains(&answer.status) && !answer.body.contains("\"code\":");
            assert!(!is_unknown, "{method} {path}: {} {}", answer.status, answer.body);
            let is_public = item[method]["security"].as_array().is_some_and(Vec::is_empty);
            let needs_token = item[method]["security"].pointer("/0/bearer").is_some()
                || item[method].get("security").is_none();
            assert!(
                !needs_token || answer.status == 401,
                "{method} {path} needs no token: {}",
                answer.status
            );
            assert!(!is_public || answer.status != 401, "{method} {path} needs a token");
            checked += 1;
        }
    }
    assert!(checked >= 25, "{checked}");
}

#[test]
fn a_path_takes_the_methods_that_are_documented_and_no_others() {
    let document = document();
    for (template, item) in document["paths"].as_object().expect("paths") {
        let answer = App::shared().nobody().request("OPTIONS", &example_of(template)).send().expect(204);
        let allowed = answer.header("allow").unwrap_or_default().split(", ");
        // HEAD is a GET without its body, and OPTIONS this question.
        let allowed: BTreeSet<String> =
            allowed.filter(|method| !["HEAD", "OPTIONS"].contains(method)).map(str::to_lowercase).collect();
        let documented = METHODS.into_iter().filter(|method| item.get(*method).is_some());
        assert_eq!(allowed, documented.map(str::to_owned).collect(), "{template}");
    }
}

#[test]
fn an_answer_has_exactly_the_members_of_its_schema() {
    let document = document();
    let user = App::shared().user();
    let task = crate::add(&user, &serde_json::json!({ "title": "x", "due": "2027-01-01" }));
    let page = user.get(crate::TASKS).expect(200).json();
    let overview = user.get("/api/v1/overview").expect(200).json();
    let list = user.post("/api/v1/lists", &serde_json::json!({ "name": "x" })).expect(201).json();
    let lists = user.get("/api/v1/lists").expect(200).json();
    let path = format!("/api/v1/lists/{}", list["id"].as_str().expect("an id"));
    let deletion = user.delete(&path).expect(200).json();
    let problem = user.get("/api/v1/tasks/none").expect(404).json();
    user.post("/api/v1/chat", &serde_json::json!({ "message": "add buy milk" })).expect(200);
    let reply =
        user.post("/api/v1/chat", &serde_json::json!({ "message": "delete milk" })).expect(200).json();
    let conversation = reply["conversation_id"].as_str().expect("a conversation");
    let conversation = user.get(&format!("/api/v1/conversations/{conversation}")).expect(200).json();
    for (name, answer) in [
        ("Task", &task),
        ("TaskPage", &page),
        ("Overview", &overview),
        ("TaskList", &list),
        ("TaskLists", &lists),
        ("ListDeletion", &deletion),
        ("Problem", &problem),
        ("ChatReply", &reply),
        ("ConversationWithMessages", &conversation),
    ] {
        let schema = serde_json::json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": document["components"],
        });
        let error = jsonschema::validator_for(&schema)
            .expect("a schema")
            .validate(answer)
            .err()
            .map(|error| error.to_string());
        assert_eq!(error, None, "{name}: {answer}");
        let members = document["components"]["schemas"][name]["properties"].as_object().expect("members");
        for member in answer.as_object().expect("an object").keys() {
            assert!(members.contains_key(member), "{name} has {member}, which is not described");
        }
    }
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let answer =
        App::shared().nobody().request("GET", "/api/docs").header("accept", "text/html").send().expect(200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    for forbidden in ["<script", " src=", "<link", "href=\"http"] {
        assert!(!answer.body.contains(forbidden), "{forbidden}");
    }
    assert!(answer.body.contains("Add a task"));
}

#[test]
fn the_type_of_a_problem_leads_to_its_explanation() {
    let user = App::shared().user();
    let problem = user.get("/api/v1/tasks/none").expect(404).json();
    let path = problem["type"].as_str().expect("a type");
    let explanation = App::shared().nobody().get(path).expect(200).json();
    assert_eq!(explanation["title"], problem["title"]);
    assert_eq!(explanation["status"], 404);
    let page = App::shared().nobody().request("GET", path).header("accept", "text/html").send().expect(200);
    assert!(page.body.contains("<h1>Task not found</h1>"));
    App::shared().nobody().get("/problems/no-such-kind").expect(404);
}
