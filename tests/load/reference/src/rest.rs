//! REST.

use axum::Json;
use axum::extract::{Query, State as FromState};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;
use task_model::types::{NewTask, TaskPage};

use crate::State;
use crate::database::Error;

/// The part of a list's query that the benchmark uses.
#[derive(Deserialize)]
pub struct ListQuery {
    limit: Option<u32>,
}

pub async fn list(
    FromState(state): FromState<State>,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> Result<Json<TaskPage>, Error> {
    let user = state.user(&headers).ok_or(Error::Unauthorized)?;
    Ok(Json(state.list(&user, query.limit.unwrap_or(20)).await?))
}

pub async fn add(
    FromState(state): FromState<State>,
    headers: HeaderMap,
    Json(task): Json<NewTask>,
) -> Result<impl IntoResponse, Error> {
    let user = state.user(&headers).ok_or(Error::Unauthorized)?;
    let task = state.add(&user, task).await?;
    let location = format!("/api/v1/tasks/{}", task.id);
    Ok((StatusCode::CREATED, [("location", location)], Json(task)))
}
