//! The input of the tool, checked, but for what the line says.

use std::ops::Range;

use task_language::Syntax;
use task_model::hash::InputHash;
use task_model::types::{Caller, QuickAddSyntax, QuickAddition, ToolError};
use task_model::zone::{self, Zone};
use task_model::{Named, Violations, list, quick_add};

/// How the line is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// The zone in which days and times are meant.
    pub zone: Zone,
    /// How labels and lists are marked.
    pub syntax: Syntax,
    /// Parts of the line that are left in the title.
    pub ignored: Vec<Range<usize>>,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &QuickAddition) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    violations.check("/text", quick_add::line(&input.text));
    let zone = match &input.time_zone {
        Some(name) => violations.check("/time_zone", zone::zone(name)),
        None => violations.check("", zone::from_caller(caller)),
    };
    violations.check_given("/list_id", input.list_id.as_deref(), list::id);
    let ignored = quick_add::ranges(input.ignore.as_deref().unwrap_or_default(), &mut violations);
    violations.finish()?;
    let syntax = match input.syntax.unwrap_or(QuickAddSyntax::Standard) {
        QuickAddSyntax::Standard => Syntax::Standard,
        QuickAddSyntax::Todoist => Syntax::Todoist,
        QuickAddSyntax::Vikunja => Syntax::Vikunja,
    };
    // Where it is none, that was found above.
    let zone = zone.ok_or_else(|| ToolError::Internal(caller.request_id.clone()))?;
    Ok(Arguments { zone, syntax, ignored })
}

/// Tells whether two inputs are the same. It is of the line and not of what is read from it: "in 2 hours" is another time when it is
/// sent again.
pub fn fingerprint(input: &QuickAddition) -> [u8; 32] {
    let QuickAddition { text, time_zone, list_id, syntax, ignore, preview: _ } = input;
    let hash = InputHash::new()
        .part("a line")
        .part(text)
        .optional(time_zone.as_deref())
        .optional(list_id.as_deref())
        .optional(syntax.map(Named::name));
    let ranges = ignore.iter().flatten();
    ranges
        .fold(hash, |hash, range| hash.part(range.start.to_be_bytes()).part(range.end.to_be_bytes()))
        .finish()
}

#[cfg(test)]
mod tests {
    use task_model::types::TextRange;

    use super::*;

    fn caller() -> Caller {
        Caller {
            user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
            scopes: vec![],
            request_id: "r".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            now: 1_795_000_000_000_000,
            idempotency_key: None,
        }
    }

    fn line(text: &str) -> QuickAddition {
        QuickAddition {
            text: text.to_owned(),
            time_zone: None,
            list_id: None,
            syntax: None,
            ignore: None,
            preview: None,
        }
    }

    #[test]
    fn a_text_is_enough() {
        let arguments = check(&caller(), &line("buy milk")).unwrap();
        assert_eq!((arguments.zone.name.as_str(), arguments.syntax), ("Europe/Berlin", Syntax::Standard));
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let input = QuickAddition {
            time_zone: Some("Mars/Olympus".to_owned()),
            list_id: Some("home".to_owned()),
            ignore: Some(vec![TextRange { start: 0, end: 501 }]),
            ..line(" ")
        };
        let Err(ToolError::Invalid(found)) = check(&caller(), &input) else { panic!("must be invalid") };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/text", "/time_zone", "/list_id", "/ignore/0/end"]);
    }

    #[test]
    fn another_line_is_another_input_and_a_preview_is_not() {
        let preview = QuickAddition { preview: Some(true), ..line("a") };
        assert_eq!(fingerprint(&line("a")), fingerprint(&preview));
        let ignoring = QuickAddition { ignore: Some(vec![TextRange { start: 0, end: 1 }]), ..line("a") };
        for other in
            [line("b"), ignoring, QuickAddition { syntax: Some(QuickAddSyntax::Todoist), ..line("a") }]
        {
            assert_ne!(fingerprint(&line("a")), fingerprint(&other));
        }
    }
}
