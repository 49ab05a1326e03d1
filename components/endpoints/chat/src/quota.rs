//! What one person may have and use, whatever they ask for.

use endpoint::{Kind, Problem};

use crate::models::ModelChoice;

/// A day, in seconds.
const DAY: u32 = 86_400;

/// What one person may have and use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Messages in a minute; 0 for any number.
    pub messages_per_minute: u32,
    /// Conversations; 0 for any number.
    pub conversations: u32,
    /// Tokens of a language model in a day, from midnight UTC; `None` for any number.
    pub daily_tokens: Option<u32>,
}

impl Default for Quota {
    fn default() -> Self {
        Self { messages_per_minute: 60, conversations: 1_000, daily_tokens: Some(200_000) }
    }
}

impl Quota {
    /// The quota where this model answers: rules cost nothing, so their tokens are not counted.
    #[must_use]
    pub fn with_model(self, model: ModelChoice) -> Self {
        match model {
            ModelChoice::Builtin => Self { daily_tokens: None, ..self },
            ModelChoice::OpenAi { .. } => self,
        }
    }

    /// There are as many conversations as there may be.
    #[must_use]
    pub fn too_many_conversations(self) -> Problem {
        Problem::with_detail(
            Kind::TooManyConversations,
            format!(
                "You have {} conversations, as many as you may. Delete some, or go on with one of them.",
                self.conversations
            ),
        )
    }

    /// The day's tokens are used up; it has so many seconds left.
    #[must_use]
    pub fn daily_tokens_used(self, day_left: u32) -> Problem {
        let wait = day_left.clamp(1, DAY);
        let problem = Problem::with_detail(
            Kind::DailyTokensUsed,
            format!(
                "You have used the assistant as much as one person may in a day. It answers again in {}. \
                 Your tasks can be reached without it meanwhile.",
                in_words(wait)
            ),
        );
        call_budget::rate_limited(problem, "tokens", self.daily_tokens.unwrap_or_default().into(), DAY, wait)
    }
}

/// A time to wait, rounded up to minutes or hours.
fn in_words(seconds: u32) -> String {
    let (count, unit) = match seconds.div_ceil(60) {
        minutes @ ..60 => (minutes, "minute"),
        minutes => (minutes.div_ceil(60), "hour"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_used_up_the_day_is_told_when_the_next_begins() {
        let quota = Quota { daily_tokens: Some(5_000), ..Quota::default() };
        let response = quota.daily_tokens_used(7_000).into_response();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()["retry-after"], "7000");
        assert_eq!(response.headers()["ratelimit-policy"], "\"tokens\";q=5000;w=86400");
        assert!(String::from_utf8_lossy(response.body()).contains("in 2 hours"));
    }

    #[test]
    fn a_wait_is_told_in_words() {
        for (seconds, words) in [(1, "1 minute"), (61, "2 minutes"), (3_600, "1 hour"), (DAY, "24 hours")] {
            assert_eq!(in_words(seconds), words);
        }
    }

    #[test]
    fn rules_cost_nothing() {
        assert_eq!(Quota::default().with_model(ModelChoice::Builtin).daily_tokens, None);
        assert_eq!(
            Quota::default().with_model(ModelChoice::OpenAi { falls_back: true }).daily_tokens,
            Some(200_000)
        );
    }
}
