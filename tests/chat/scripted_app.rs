//! An app whose language model plays scripts.

use std::sync::OnceLock;

use harness::{App, Options};

use crate::scripted_model::ScriptedModel;

/// The app and its model.
pub struct ScriptedApp {
    pub app: App,
    pub model: ScriptedModel,
}

/// What the model is called.
pub const MODEL: &str = "scripted-1";
/// Never to be seen outside.
pub const KEY: &str = "sk-never-to-be-seen";

/// The one that the tests of a program share.
pub fn fixture() -> &'static ScriptedApp {
    static FIXTURE: OnceLock<ScriptedApp> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let model = ScriptedModel::start().expect("a scripted model");
        let app = start(&model.origin, &[]);
        ScriptedApp { app, model }
    })
}

/// An app whose provider is at this origin, with more variables.
pub fn start(origin: &str, more: &[(&str, &str)]) -> App {
    start_with(origin, more, Options::default())
}

/// The same, with more that is special about it.
pub fn start_with(origin: &str, more: &[(&str, &str)], options: Options) -> App {
    let set = [
        ("model", "openai"),
        ("model_fallback", "none"),
        ("openai_origin", origin),
        ("openai_path", "/v1"),
        ("openai_api_key", KEY),
        ("openai_model", MODEL),
    ];
    let variables =
        set.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    App::start(Options { variables, ..options }).unwrap_or_else(|error| panic!("{error}"))
}
