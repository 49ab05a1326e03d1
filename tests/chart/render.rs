//! A rendering of the chart, and what is in it.

use harness::programs::{command, everything, printed, run};
use serde_json::Value;

/// The chart's folder in the repository.
pub const CHART: &str = "charts/todo-chatbot";
/// Environments that have values of their own.
pub const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];
/// Ways to run.
pub const MODES: [&str; 3] = ["runtime-image", "runtime-class", "spinkube"];
/// What everything is called in a rendering.
pub const NAME: &str = "todo-todo-chatbot";

/// What the chart makes of values.
pub struct Render {
    /// As Helm prints it.
    pub text: String,
    documents: Vec<Value>,
}

/// Helm's arguments for an environment with settings `key=value`.
fn arguments(environment: &str, settings: &[&str]) -> Vec<String> {
    let mut arguments = vec!["template".to_owned(), "todo".to_owned(), CHART.to_owned()];
    arguments.extend(["--namespace".to_owned(), "todo".to_owned()]);
    arguments.extend(["--values".to_owned(), format!("{CHART}/values-{environment}.yaml")]);
    for setting in settings {
        match setting.strip_prefix("--") {
            Some(_) => arguments.push((*setting).to_owned()),
            None => arguments.extend(["--set".to_owned(), (*setting).to_owned()]),
        }
    }
    arguments
}

/// Renders an environment with settings `key=value`, or flags of Helm.
pub fn render(environment: &str, settings: &[&str]) -> Render {
    let text = printed(command("helm").args(arguments(environment, settings)));
    let documents = serde_saphyr::from_multiple::<Value>(&text).unwrap();
    Render { text, documents: documents.into_iter().filter(|document| !document.is_null()).collect() }
}

/// Why Helm does not render this.
pub fn refusal(environment: &str, settings: &[&str]) -> String {
    let output = run(command("helm").args(arguments(environment, settings)));
    assert!(!output.status.success(), "{environment} with {settings:?} is rendered");
    everything(&output)
}

/// Every environment in every mode.
pub fn each() -> impl Iterator<Item = (String, Render)> {
    ENVIRONMENTS.into_iter().flat_map(|environment| {
        MODES.into_iter().map(move |mode| {
            (format!("{environment}-{mode}"), render(environment, &[&format!("mode={mode}")]))
        })
    })
}

impl Render {
    /// All objects.
    pub fn all(&self) -> &[Value] {
        &self.documents
    }

    /// Objects of a kind.
    pub fn find_all(&self, kind: &str) -> Vec<&Value> {
        self.documents.iter().filter(|document| document["kind"] == kind).collect()
    }

    /// The object of a kind with this name.
    pub fn named(&self, kind: &str, name: &str) -> &Value {
        let found = self.find_all(kind).into_iter().find(|document| document["metadata"]["name"] == name);
        found.unwrap_or_else(|| panic!("no {kind} {name} in\n{}", self.text))
    }

    /// The only object of a kind.
    pub fn only(&self, kind: &str) -> &Value {
        match self.find_all(kind)[..] {
            [one] => one,
            ref other => panic!("{} objects of kind {kind}", other.len()),
        }
    }

    /// Every pod and pod template, with the name of its object.
    pub fn pods(&self) -> Vec<(String, &Value)> {
        let pod = |document: &'_ Value| match document["kind"].as_str() {
            Some("Pod") => Some(""),
            Some("Deployment" | "StatefulSet" | "Job" | "Rollout") => Some("/spec/template"),
            _ => None,
        };
        let name = |document: &Value| format!("{} {}", document["kind"], document["metadata"]["name"]);
        let found = self.documents.iter().filter_map(|document| Some((document, pod(document)?)));
        found.map(|(document, path)| (name(document), document.pointer(path).unwrap())).collect()
    }
}

/// The items of a list; none when there is no list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
