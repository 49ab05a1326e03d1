//! What a language model is told of a tool that replaces one of ours.

use serde_json::json;

use crate::built::built;
use crate::scripted_model::{ScriptedModel, says};

#[test]
fn a_language_model_reads_the_description_of_the_tool_that_is_there() {
    let model = ScriptedModel::start().unwrap();
    let variables =
        [("model", "openai"), ("openai_origin", model.origin.as_str()), ("openai_api_key", "key")];
    let app = built().start("spin.toml", &variables);
    let word = model.script([says(&["Nothing."])]);
    app.user().post("/api/v1/chat", &json!({ "message": format!("What matters most? {word}") })).expect(200);
    let asked = &model.requests(&word)[0];
    let tools = asked["tools"].as_array().unwrap();
    let overview = tools.iter().find(|tool| tool["function"]["name"] == "overview").unwrap();
    let description = overview["function"]["description"].as_str().unwrap();
    assert!(description.starts_with("Tells what matters most: "), "{description}");
}
