//! The skills extension (SEP-2640): `skills/list`, `skills/get`, `resources/directory/read`, and the files as resources.

use rmcp::model::{Resource, ResourceContents};
use serde_json::json;

use super::{
    Request, RequestError,
    result::{expect_no_cursor, write},
};
use crate::{
    message::{Params, RpcError, quoted},
    server::{CachePolicy, DIRECTORY, ReadResult, Server, Skill, Skills},
};

/// The identifier of the extension.
pub(super) const SKILLS: &str = "io.modelcontextprotocol/skills";

/// Skills only change with a new version: an hour, for everyone.
const CACHED: CachePolicy = CachePolicy::public(3_600_000);

/// `skills/list`
pub(super) fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    expect_no_cursor(request)?;
    let entries: Vec<_> = request.server.skills().all().iter().map(|skill| &skill.entry).collect();
    write(request, out, Some(CACHED), &json!({ "skills": entries }))
}

/// `skills/get`
pub(super) fn get<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let uri = Params::string(request.params.uri, "uri")?;
    let skill = request.server.skills().all().iter().find(|skill| skill.uri() == uri);
    let skill =
        skill.ok_or_else(|| RpcError::invalid_params(format!("There is no skill {}.", quoted(&uri))))?;
    write(request, out, Some(CACHED), &json!({ "skill": skill.entry }))
}

/// `resources/directory/read`
pub(super) fn directory<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let uri = Params::string(request.params.uri, "uri")?;
    expect_no_cursor(request)?;
    let skills = request.server.skills().all();
    let resources: Vec<Resource> = match uri.as_ref() {
        "skill://" => skills.iter().map(|skill| folder(&skill.root)).collect(),
        uri => skills
            .iter()
            .find_map(|skill| skill.children(uri).map(|children| (skill, children)))
            .map(|(skill, children)| {
                children.into_iter().map(|(uri, media_type)| child(skill, &uri, media_type)).collect()
            })
            .ok_or_else(|| RpcError::invalid_params(format!("There is no folder {}.", quoted(uri))))?,
    };
    write(request, out, Some(CACHED), &json!({ "resources": resources }))
}

fn folder(uri: &str) -> Resource {
    Resource::new(uri, last_segment(uri)).with_mime_type(DIRECTORY)
}

fn child(skill: &Skill, uri: &str, media_type: &str) -> Resource {
    if uri == skill.uri() {
        return manifest(skill);
    }
    let resource = Resource::new(uri, last_segment(uri)).with_mime_type(media_type);
    match skill.file(uri) {
        Some(file) => resource.with_size(file.text.len() as u64),
        None => resource,
    }
}

fn manifest(skill: &Skill) -> Resource {
    let resource = Resource::new(skill.uri(), skill.name())
        .with_description(skill.description())
        .with_mime_type("text/markdown");
    match skill.file(skill.uri()) {
        Some(file) => resource.with_size(file.text.len() as u64),
        None => resource,
    }
}

/// Each skill's `SKILL.md`, for the list of resources.
pub(super) fn as_resources(skills: &Skills) -> impl Iterator<Item = Resource> {
    skills.all().iter().map(manifest)
}

/// A file of a skill.
pub(super) fn reading(skills: &Skills, uri: &str) -> Option<ReadResult> {
    let file = skills.all().iter().find_map(|skill| skill.file(uri))?;
    let contents = ResourceContents::text(&file.text, uri).with_mime_type(file.media_type);
    Some(ReadResult { contents: vec![contents], cached: CACHED })
}

fn last_segment(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}
