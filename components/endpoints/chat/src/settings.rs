//! What operators can set, read once in the life of an instance.

use std::sync::OnceLock;

use endpoint::{Kind, Problem};
use spin_sdk::variables;

use crate::models::ModelChoice;
use crate::quota::Quota;
use crate::turn::Limits;

/// What operators can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Which model answers: the variable `model`.
    pub model: ModelChoice,
    /// How far one message may go.
    pub limits: Limits,
    /// What one person may have and use.
    pub quota: Quota,
}

/// Seconds after which an operator may have corrected a setting.
const RETRY_AFTER_SECONDS: u32 = 60;

impl Settings {
    /// Reads the variables, or what was read before.
    ///
    /// # Errors
    /// 503 that names the variable whose value can't be used.
    pub async fn load() -> Result<Self, Problem> {
        static LOADED: OnceLock<Settings> = OnceLock::new();
        if let Some(settings) = LOADED.get() {
            return Ok(*settings);
        }
        let mut values = Vec::new();
        let numbers = LIMITS.iter().map(|(name, _)| *name).chain(QUOTAS.iter().map(|(name, _)| *name));
        for name in ["model", FALLBACK].into_iter().chain(numbers) {
            // A variable that the app does not declare keeps its default.
            values.push((name, variables::get(name).await.unwrap_or_default()));
        }
        let settings = Self::read(&values).map_err(|detail| {
            Problem::with_detail(Kind::Unavailable, detail).retry_after(RETRY_AFTER_SECONDS)
        })?;
        Ok(*LOADED.get_or_init(|| settings))
    }

    /// The settings for an answer that is streamed, or comes in one piece and therefore sooner.
    #[must_use]
    pub fn for_answer(mut self, is_streamed: bool) -> Self {
        if !is_streamed {
            self.limits.seconds = self.limits.seconds.min(self.limits.unstreamed_seconds);
        }
        self
    }

    fn read(values: &[(&str, String)]) -> Result<Self, String> {
        let mut settings =
            Self { model: ModelChoice::Builtin, limits: Limits::default(), quota: Quota::default() };
        for (name, value) in
            values.iter().map(|(name, value)| (*name, value.trim())).filter(|(_, value)| !value.is_empty())
        {
            if name == "model" {
                settings.model = ModelChoice::from_name(value)
                    .ok_or("The assistant is not set up: the variable model has to be builtin or openai.")?;
            } else if name == FALLBACK {
                let falls_back = match value {
                    "builtin" => true,
                    "none" => false,
                    _ => {
                        return Err("The assistant is not set up: the variable model_fallback has to be builtin or none."
                            .to_owned());
                    }
                };
                if let ModelChoice::OpenAi { .. } = settings.model {
                    settings.model = ModelChoice::OpenAi { falls_back };
                }
            } else if let Some((_, limit)) = LIMITS.iter().find(|(known, _)| *known == name) {
                let number = value.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
                    format!(
                        "The assistant is not set up: the variable {name} has to be a whole number above 0."
                    )
                })?;
                *limit(&mut settings.limits) = number;
            } else if let Some((_, set)) = QUOTAS.iter().find(|(known, _)| *known == name) {
                let number = value.parse().map_err(|_| {
                    format!(
                        "The assistant is not set up: the variable {name} has to be a whole number, 0 for no limit."
                    )
                })?;
                set(&mut settings.quota, number);
            }
        }
        Ok(settings)
    }
}

/// What answers where the language model is out of reach. It is read after `model`.
const FALLBACK: &str = "model_fallback";

type Limit = fn(&mut Limits) -> &mut u32;

const LIMITS: [(&str, Limit); 8] = [
    ("chat_max_model_turns", |limits| &mut limits.model_turns),
    ("chat_max_tool_calls", |limits| &mut limits.tool_calls),
    ("chat_max_seconds", |limits| &mut limits.seconds),
    ("chat_max_unstreamed_seconds", |limits| &mut limits.unstreamed_seconds),
    ("chat_max_message_characters", |limits| &mut limits.message_characters),
    ("chat_max_history_characters", |limits| &mut limits.history_characters),
    ("chat_max_history_exchanges", |limits| &mut limits.history_exchanges),
    ("chat_max_output_tokens", |limits| &mut limits.output_tokens),
];

type SetQuota = fn(&mut Quota, u32);

const QUOTAS: [(&str, SetQuota); 3] = [
    ("chat_messages_per_minute", |quota, number| quota.messages_per_minute = number),
    ("chat_max_conversations", |quota, number| quota.conversations = number),
    ("chat_daily_tokens", |quota, number| quota.daily_tokens = (number > 0).then_some(number)),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<Settings, String> {
        Settings::read(&[(name, value.to_owned())])
    }

    #[test]
    fn what_is_not_set_has_a_default() {
        let settings = read("model", "").unwrap();
        assert_eq!(
            settings,
            Settings { model: ModelChoice::Builtin, limits: Limits::default(), quota: Quota::default() }
        );
    }

    #[test]
    fn each_variable_sets_its_own_value() {
        assert_eq!(read("model", " openai ").unwrap().model, ModelChoice::OpenAi { falls_back: true });
        for (fallback, falls_back) in [("builtin", true), ("none", false)] {
            let set = [("model", "openai".to_owned()), (FALLBACK, fallback.to_owned())];
            assert_eq!(Settings::read(&set).unwrap().model, ModelChoice::OpenAi { falls_back });
        }
        assert_eq!(read(FALLBACK, "none").unwrap().model, ModelChoice::Builtin);
        assert_eq!(read("chat_max_seconds", "7").unwrap().limits, Limits { seconds: 7, ..Limits::default() });
        assert_eq!(
            read("chat_max_tool_calls", "7").unwrap().limits,
            Limits { tool_calls: 7, ..Limits::default() }
        );
    }

    #[test]
    fn a_quota_of_none_is_no_quota() {
        assert_eq!(read("chat_messages_per_minute", "0").unwrap().quota.messages_per_minute, 0);
        assert_eq!(read("chat_max_conversations", "7").unwrap().quota.conversations, 7);
        assert_eq!(read("chat_daily_tokens", "0").unwrap().quota.daily_tokens, None);
        assert_eq!(read("chat_daily_tokens", "9").unwrap().quota.daily_tokens, Some(9));
    }

    #[test]
    fn a_value_that_can_not_be_used_is_named() {
        for (name, value) in [
            ("model", "gpt"),
            ("model", "Builtin"),
            (FALLBACK, "openai"),
            ("chat_max_seconds", "soon"),
            ("chat_max_seconds", "0"),
            ("chat_max_tool_calls", "-1"),
            ("chat_daily_tokens", "few"),
        ] {
            assert!(read(name, value).unwrap_err().contains(name), "{name}={value}");
        }
    }
}
