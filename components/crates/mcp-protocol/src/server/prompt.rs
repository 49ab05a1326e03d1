//! Prompts: what they say of themselves, how they are asked for, and what completes their arguments.

use std::collections::BTreeMap;

use rmcp::model::Prompt;

/// A prompt as lists show it, in its JSON form.
#[derive(Clone, Debug)]
pub struct PromptDefinition {
    name: Box<str>,
    json: Box<str>,
    required: Box<[String]>,
}

impl PromptDefinition {
    /// Writes the definition once.
    ///
    /// # Errors
    ///
    /// Fails where the prompt has no JSON form.
    pub fn new(prompt: &Prompt) -> Result<Self, serde_json::Error> {
        let arguments = prompt.arguments.iter().flatten();
        Ok(Self {
            name: prompt.name.as_str().into(),
            json: serde_json::to_string(prompt)?.into_boxed_str(),
            required: arguments
                .filter(|argument| argument.required == Some(true))
                .map(|argument| argument.name.clone())
                .collect(),
        })
    }

    /// The prompt's name.
    #[must_use]
    pub const fn name(&self) -> &str {
        &self.name
    }

    /// The definition as JSON.
    #[must_use]
    pub const fn as_json(&self) -> &str {
        &self.json
    }

    /// The arguments that have to be given.
    #[must_use]
    pub fn required(&self) -> &[String] {
        &self.required
    }
}

/// A prompt that is asked for. Required arguments are there.
#[derive(Clone, Debug)]
pub struct PromptCall<'a> {
    /// The prompt's name.
    pub name: &'a str,
    /// Its arguments.
    pub arguments: &'a BTreeMap<String, String>,
}

/// An argument that is being typed.
#[derive(Clone, Debug)]
pub enum Completion<'a> {
    /// Of a prompt.
    Prompt {
        /// The prompt's name.
        name: &'a str,
        /// The argument's name.
        argument: &'a str,
        /// What is typed so far.
        value: &'a str,
        /// The other arguments, as far as they are given.
        given: &'a BTreeMap<String, String>,
    },
    /// Of a resource template.
    Resource {
        /// The template, as it is listed.
        template: &'a str,
        /// The variable's name.
        argument: &'a str,
        /// What is typed so far.
        value: &'a str,
    },
}
