//! OpenAI's client, to which the assistant is a model.

use harness::App;

use crate::script::{python, succeeds};

#[test]
fn the_official_openai_client_and_agents_talk_to_the_assistant() {
    let app = App::shared();
    let token = app.user_with(harness::EVERY_SCOPE, 900).token.unwrap();
    succeeds(python(), "chat/official_openai.py", &["--url", &app.url, "--token", &token]);
}
