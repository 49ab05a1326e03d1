//! The input of the tool, checked.

use task_model::list::{self, ListFilter};
use task_model::page::SEARCH;
use task_model::search_terms::MAX_QUERY_CHARACTERS;
use task_model::types::{TaskSearch, TaskStatus, ToolError};
use task_model::{Violations, search_terms};

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// The words as beginnings of words, in PostgreSQL's form.
    pub prefixes: String,
    /// The words as whole words, in PostgreSQL's form.
    pub whole_words: String,
    /// Only done, only open, or (none) both.
    pub done: Option<bool>,
    /// Only those of this list.
    pub list: Option<ListFilter>,
    /// At most this many.
    pub limit: u32,
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(input: &TaskSearch) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let length = input.query.chars().count();
    if length > MAX_QUERY_CHARACTERS {
        violations.add(
            "/query",
            format!("The query has {length} characters; at most {MAX_QUERY_CHARACTERS} are possible."),
        );
    }
    let prefixes = search_terms::prefixes(&input.query);
    if prefixes.is_none() {
        violations.add("/query", "There is no word to look for: give at least one letter or digit.");
    }
    let list = violations.check_given("/list", input.list.as_deref(), list::filter);
    let limit =
        violations.check_given("/limit", input.limit, |limit| SEARCH.check(limit)).unwrap_or(SEARCH.default);
    violations.finish()?;
    Ok(Arguments {
        prefixes: prefixes.unwrap_or_default(),
        whole_words: search_terms::whole_words(&input.query).unwrap_or_default(),
        done: match input.status.unwrap_or(TaskStatus::Open) {
            TaskStatus::Open => Some(false),
            TaskStatus::Done => Some(true),
            TaskStatus::All => None,
        },
        list,
        limit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(query: &str) -> TaskSearch {
        TaskSearch { query: query.to_owned(), status: None, list: None, limit: None }
    }

    #[test]
    fn open_tasks_are_looked_for_by_all_words() {
        let arguments = check(&search("Buy mil")).unwrap();
        assert_eq!(arguments.prefixes, "'buy':* & 'mil':*");
        assert_eq!((arguments.done, arguments.limit), (Some(false), 10));
    }

    #[test]
    fn a_query_without_words_and_a_limit_out_of_range_are_refused() {
        let Err(ToolError::Invalid(found)) = check(&TaskSearch { limit: Some(51), ..search(" !?") }) else {
            panic!("must be invalid")
        };
        assert_eq!(
            found.iter().map(|violation| violation.pointer.as_str()).collect::<Vec<_>>(),
            ["/query", "/limit"]
        );
        assert!(check(&search(&"a".repeat(201))).is_err());
        assert!(check(&search(&format!("a{}", " ".repeat(200)))).is_err());
        assert!(check(&search(&"ä".repeat(200))).is_ok());
    }
}
