//! `PATCH /api/v1/conversations/{id}`: a new title, as a JSON Merge Patch (RFC 7396).

use endpoint::{Context, Kind, Problem, Request, Response, Violation, body, json};
use http::StatusCode;
use serde::{Deserialize, Deserializer};
use user_database::{Parameter, Statement, UserDatabase};
use uuid::Uuid;

use super::{Conversation, connect, id, not_found};
use crate::history::{problem, text, uuid};

const STATEMENT: Statement =
    Statement::new("rename_conversation", "todo.conversations", include_str!("rename.sql"));
const MEDIA_TYPES: [&str; 2] = ["application/merge-patch+json", "application/json"];
/// As the table's constraint has it.
pub const MAX_TITLE_CHARACTERS: usize = 200;

#[derive(Deserialize)]
struct Patch {
    /// `None`: not sent; `Some(None)`: to be removed.
    #[serde(default, deserialize_with = "present")]
    title: Option<Option<String>>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Gives a conversation a new title and answers it.
///
/// # Errors
/// 404 when the user has no such conversation, 422 when the title breaks a rule.
pub async fn rename(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let database = connect(context, &parts.headers).await?;
    let content = body::read(&parts.headers, content, &MEDIA_TYPES).await?;
    let title = read(&content)?;
    let conversation = rename_conversation(&database, id(path_id)?, title.as_deref()).await?;
    body::json(StatusCode::OK, &conversation)
}

/// Gives a conversation a new title, or leaves it as it is.
///
/// # Errors
/// 404 when the user has no such conversation.
pub async fn rename_conversation(
    database: &UserDatabase,
    id: Uuid,
    title: Option<&str>,
) -> Result<Conversation, Problem> {
    let parameters = vec![uuid(id), title.map_or(Parameter::DbNull, text)];
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    let mut row = row.ok_or_else(not_found)?;
    database.decode(&STATEMENT, || Conversation::read(&mut row)).map_err(problem)
}

/// Whether a conversation can have this title: one line that is not only white space. The length is that of what came, as the schema
/// counts it.
pub fn is_title(given: &str) -> bool {
    let title = given.trim();
    !title.is_empty()
        && given.chars().nth(MAX_TITLE_CHARACTERS).is_none()
        && !title.chars().any(char::is_control)
}

fn read(content: &[u8]) -> Result<Option<String>, Problem> {
    let wrong = |detail: &str| {
        Problem::with_errors(Kind::InvalidInput, vec![Violation::new("/title", detail.to_owned())])
    };
    let given = match json::read_with::<Patch>(content, read_only)?.title {
        None => return Ok(None),
        Some(None) => return Err(wrong("A conversation keeps a title.")),
        Some(Some(title)) => title,
    };
    if !is_title(&given) {
        return Err(wrong("This takes one line of 1 to 200 characters, not only white space."));
    }
    Ok(Some(given.trim().to_owned()))
}

fn read_only(pointer: &str) -> Option<&'static str> {
    matches!(pointer, "/id" | "/created_at" | "/updated_at" | "/messages").then_some("This can't be changed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_1_to_200_characters() {
        assert_eq!(read(br#"{"title":" Groceries "}"#).unwrap().as_deref(), Some("Groceries"));
        assert_eq!(read(b"{}").unwrap(), None);
        let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(201));
        let padded = format!(r#"{{"title":"x{}"}}"#, " ".repeat(200));
        for bad in [
            r#"{"title":null}"#,
            r#"{"title":""}"#,
            r#"{"title":"\n"}"#,
            r#"{"title":"a\nb"}"#,
            r#"{"title":7}"#,
            r#"{"id":"7"}"#,
            &long,
            &padded,
        ] {
            assert_eq!(read(bad.as_bytes()).unwrap_err().status(), 422, "{bad}");
        }
    }
}
