//! `GET /api/v1/conversations/{id}/export`: all of a conversation, as JSON or as Markdown.

use endpoint::{Context, Problem, Request, Response, accept, body};
use http::{HeaderValue, StatusCode, header};

use super::read::{Whole, fetch};
use super::{connect, id};
use crate::history::MAX_MESSAGES;
use crate::transcript::Role;

const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown";

/// Answers a conversation with every message, as a file to keep.
///
/// # Errors
/// 404 when the user has no such conversation, 406 for another representation.
pub async fn export(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let database = connect(context, request.headers()).await?;
    let media_type = accept::negotiate(request.headers(), &[JSON, MARKDOWN])?;
    let id = id(path_id)?;
    let whole = fetch(&database, id, None, MAX_MESSAGES.unsigned_abs()).await?;
    let (mut response, ending) = if media_type == MARKDOWN {
        (body::full(StatusCode::OK, "text/markdown; charset=utf-8", markdown(&whole)), "md")
    } else {
        (body::json(StatusCode::OK, &whole)?, "json")
    };
    let disposition = format!("attachment; filename=\"conversation-{id}.{ending}\"");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

fn markdown(whole: &Whole) -> String {
    let mut text = format!("# {}\n", heading(whole.title()));
    for message in &whole.messages {
        let who = match message.role {
            Role::User => "You",
            Role::Assistant => "Assistant",
        };
        text.push_str(&format!("\n**{who}** ({})\n\n", message.created_at));
        // Quoted, so that nothing in a message can pass for another one.
        for line in message.text.lines() {
            text.push_str(format!("> {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

/// A title can't end its line.
fn heading(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
