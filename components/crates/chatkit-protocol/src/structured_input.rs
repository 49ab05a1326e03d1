//! Questions that a person answers by a form.

use serde::{Deserialize, Serialize};

use crate::record::{names, record};

names! {
    /// What became of the questions.
    StructuredInputStatus { Pending = "pending", Settled = "answered", Skipped = "skipped" }
}

record! {
    /// What a person answered to a question.
    AnswerGiven {
        /// The values chosen, or the words written.
        #[serde(default)]
        values: Vec<String>,
        /// They passed it over.
        #[serde(default)]
        skipped: bool,
    }
}

record! {
    /// A value that can be chosen.
    QuestionOption {
        /// The value, which is also what is shown.
        value: String,
    }
}

record! {
    /// A question with values to choose from.
    MultipleChoice {
        /// Names it within its item.
        id: String,
        /// The question.
        question: String,
        /// The values.
        options: Vec<QuestionOption>,
        /// Whether more than one can be chosen.
        #[serde(default)]
        multiple: bool;
        /// What was answered.
        answer: AnswerGiven,
    }
}

record! {
    /// A question that is answered in words.
    Freeform {
        /// Names it within its item.
        id: String,
        /// The question.
        question: String;
        /// More about it.
        description: String,
        /// What was answered.
        answer: AnswerGiven,
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Question {
    /// With values to choose from.
    MultipleChoice(MultipleChoice),
    /// In words.
    Freeform(Freeform),
}

record! {
    /// Questions that are asked together.
    StructuredInput {
        /// What became of them.
        #[serde(default)]
        status: StructuredInputStatus,
        /// The questions.
        inputs: Vec<Question>,
    }
}
