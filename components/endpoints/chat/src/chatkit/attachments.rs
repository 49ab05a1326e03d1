//! Files of messages: announced by `attachments.create`, uploaded to the address that it answers, then sent by their ids.

use std::collections::BTreeMap;

use chatkit_protocol::{
    Attachment, AttachmentCreateParams, AttachmentDeleteParams, FileAttachment, UploadDescriptor,
    UploadMethod,
};
use endpoint::{Context, Kind, Problem, Request, Response, body};
use http::StatusCode;
use serde_json::json;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement, text_array};
use uuid::Uuid;

use super::read::invalid;
use crate::history::{problem, text, uuid};
use crate::session::Session;

/// The largest file, in bytes: as the table's constraint has it.
const MAX_BYTES: usize = 64 * 1024;
/// As the table's constraint has it.
const MAX_NAME_CHARACTERS: usize = 255;
/// As many files may wait to be sent.
const MAX_WAITING: i64 = 20;
const MEDIA_TYPES: [&str; 3] = ["text/plain", "text/markdown", "text/csv"];

parameters! {
    struct NewAttachment { id, name, mime_type, size, max_waiting }
}
parameters! {
    struct Content { id, content }
}
parameters! {
    struct Wanted { ids, message_id }
}
parameters! {
    struct AttachmentKey { id }
}
columns! {
    struct Key {
        id: Uuid,
    }
}
columns! {
    struct Uploaded { id: Uuid, name: String, mime_type: String }
}
columns! {
    struct Kept { id: Uuid, name: String, mime_type: String, content: Option<String>, is_sent: bool }
}

const INSERT: Statement<NewAttachment, Key> = statement!("todo.attachments", "insert_attachment.sql");
const UPLOAD: Statement<Content, Uploaded> = statement!("todo.attachments", "update_attachment.sql");
const SELECT: Statement<Wanted, Kept> = statement!("todo.attachments", "select_attachments.sql");
const DELETE: Statement<AttachmentKey, Key> = statement!("todo.attachments", "delete_attachment.sql");

/// A file that belongs to a message.
pub struct SentFile {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime_type: String,
    /// What is in it.
    pub content: String,
}

/// Announces a file and answers where it is to be uploaded.
///
/// # Errors
/// 400 for a name or size that is none, 413 for a file that is too large, 415 for a type that is not read here.
pub async fn create(session: &Session<'_>, params: &AttachmentCreateParams) -> Result<Response, Problem> {
    let name = params.name.trim();
    if name.is_empty()
        || name.chars().nth(MAX_NAME_CHARACTERS).is_some()
        || name.chars().any(char::is_control)
    {
        let detail = format!("This takes 1 to {MAX_NAME_CHARACTERS} characters in one line.");
        return Err(invalid("/params/name", detail));
    }
    if params.size < 1 {
        return Err(invalid("/params/size", "This has to be 1 or more."));
    }
    let size = usize::try_from(params.size).ok().filter(|size| *size <= MAX_BYTES).ok_or_else(too_large)?;
    let mime_type = media_type(&params.mime_type)?;
    let origin = endpoint::own_origin(session.context, session.headers).await?;
    let id = Uuid::now_v7();
    let parameters = NewAttachment {
        id: uuid(id),
        name: text(name),
        mime_type: text(mime_type),
        size: Parameter::Int32(i32::try_from(size).unwrap_or(i32::MAX)),
        max_waiting: Parameter::Int64(MAX_WAITING),
    };
    session.database().await?.one(&INSERT, parameters).await.map_err(problem)?;
    let descriptor = UploadDescriptor {
        url: format!("{}/chatkit/attachments/{id}", origin.as_str()),
        method: UploadMethod::Post,
        headers: BTreeMap::new(),
    };
    answer(id, name, mime_type, Some(descriptor))
}

/// `POST /chatkit/attachments/{id}`: keeps the content of a file that was announced.
///
/// # Errors
/// 404 where none was announced or it was sent already, 413 where it is too large, 400 where it is no text.
pub async fn upload(context: &Context, request: Request, path_id: &str) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let session = Session::open(context, &parts.headers).await?;
    call_budget::take_rest_call(&session.caller.user_id, &session.caller.request_id).await?;
    let id = attachment_id(path_id)?;
    let content = body::collect(&parts.headers, content, MAX_BYTES).await?;
    let content =
        std::str::from_utf8(&content).ok().filter(|text| !text.contains('\0')).ok_or_else(|| {
            Problem::with_detail(
                Kind::UnsupportedMediaType,
                "A file has to be a text in UTF-8 without U+0000.",
            )
        })?;
    // Excel begins a text with it.
    let content = content.trim_start_matches('\u{feff}');
    let parameters = Content { id: uuid(id), content: text(content) };
    let uploaded = session.database().await?.at_most_one(&UPLOAD, parameters).await.map_err(problem)?;
    let uploaded = uploaded.ok_or_else(|| Problem::new(Kind::AttachmentNotFound))?;
    answer(uploaded.id, &uploaded.name, &uploaded.mime_type, None)
}

/// Erases a file.
///
/// # Errors
/// 404 where there is none.
pub async fn delete(session: &Session<'_>, params: &AttachmentDeleteParams) -> Result<Response, Problem> {
    let key = AttachmentKey { id: uuid(attachment_id(&params.attachment_id)?) };
    let erased = session.database().await?.at_most_one(&DELETE, key).await.map_err(problem)?;
    erased.ok_or_else(|| Problem::new(Kind::AttachmentNotFound))?;
    body::json(StatusCode::OK, &json!({}))
}

/// Reads files that are to be sent, in their order.
///
/// # Errors
/// 404 where one is not there, was not uploaded or was sent already.
pub async fn read(database: &UserDatabase, ids: &[Uuid]) -> Result<Vec<SentFile>, Problem> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = text_array(ids.iter().map(Uuid::to_string).collect());
    let wanted = Wanted { ids: list, message_id: Parameter::DbNull };
    let kept = database.rows(&SELECT, wanted).await.map_err(problem)?;
    let mut files: Vec<SentFile> = kept.into_iter().filter(|file| !file.is_sent).filter_map(sent).collect();
    if files.len() < ids.len() {
        return Err(Problem::new(Kind::AttachmentNotFound));
    }
    files.sort_by_key(|file| ids.iter().position(|id| *id == file.id));
    Ok(files)
}

/// The files of a message that are still there.
///
/// # Errors
/// 503 where the database is out of reach.
pub async fn read_sent_with(database: &UserDatabase, message: Uuid) -> Result<Vec<SentFile>, Problem> {
    let wanted = Wanted { ids: text_array(Vec::new()), message_id: uuid(message) };
    let kept = database.rows(&SELECT, wanted).await.map_err(problem)?;
    Ok(kept.into_iter().filter_map(sent).collect())
}

fn sent(file: Kept) -> Option<SentFile> {
    Some(SentFile { id: file.id, name: file.name, mime_type: file.mime_type, content: file.content? })
}

fn attachment_id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::new(Kind::AttachmentNotFound))
}

fn media_type(sent: &str) -> Result<&'static str, Problem> {
    let essence = sent.split(';').next().unwrap_or_default().trim();
    MEDIA_TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(essence)).ok_or_else(|| {
        let detail = format!("A file has to be one of {}.", MEDIA_TYPES.join(", "));
        Problem::with_detail(Kind::UnsupportedMediaType, detail)
    })
}

fn too_large() -> Problem {
    Problem::with_detail(Kind::ContentTooLarge, format!("A file may have at most {MAX_BYTES} bytes."))
}

fn answer(
    id: Uuid,
    name: &str,
    mime_type: &str,
    upload_descriptor: Option<UploadDescriptor>,
) -> Result<Response, Problem> {
    let file = FileAttachment {
        id: id.to_string(),
        name: name.to_owned(),
        mime_type: mime_type.to_owned(),
        upload_descriptor,
        thread_id: None,
    };
    body::json(StatusCode::OK, &Attachment::File(file))
}
