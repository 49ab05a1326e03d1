"""The tools' own statements, run by asyncpg, on what the native reference reads of their input: no due dates."""

import contextlib
import os
import re
import unicodedata
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, Self

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PRIORITIES = ("urgent", "high", "normal", "low")
WORD = re.compile(r"[^\W_]+")

Priority = Literal["urgent", "high", "normal", "low"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(to_lower=True, max_length=50, pattern=r"^[^\s,#]+$")]


class NewTask(BaseModel):
    """What `add_task` takes."""

    model_config = ConfigDict(extra="forbid")
    title: Title
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)] | None = None
    priority: Priority | None = None
    labels: Annotated[list[Label], Field(max_length=20)] | None = None


class TaskQuery(BaseModel):
    """What `list_tasks` takes: a page in its default order."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Tasks:
    """Tasks in the database."""

    def __init__(self, pool: asyncpg.Pool, settings: dict) -> None:
        self._pool = pool
        self._statements = settings["statements"]

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, settings: dict) -> AsyncIterator[Self]:
        """Connects. Statements are prepared once per connection, and a connection goes back without a reset, as
        every statement is a transaction of its own that leaves nothing behind."""
        size = settings["connections"]
        pool = asyncpg.create_pool(settings["database"], min_size=size, max_size=size, reset=_keep)
        async with pool:
            yield cls(pool, settings)

    async def add(self, user: str, new: NewTask) -> dict[str, Any]:
        """Adds a task."""
        labels = sorted(set(new.labels or ()))
        notes = new.notes or None
        now = datetime.now(UTC)
        sql, values = self._bound(
            "insert",
            user_id=user, id=new_id(now), title=new.title, title_key=fold(new.title), notes=notes,
            due_on=None, due_at=None, due_offset=None, time_zone=None, due_by="infinity",
            priority=PRIORITIES.index(new.priority or "normal") + 1, labels=labels, now=written(now),
            idempotency_key=None, fingerprint=None, request_id="reference",
            title_words=vector(new.title, "A"), label_words=vector(" ".join(labels), "B"),
            notes_words=vector(notes or "", "D"), list_id=None,
        )
        return task(await self._pool.fetchrow(sql, *values))

    async def list(self, user: str, query: TaskQuery) -> dict[str, Any]:
        """The first page of a user's tasks."""
        sql, values = self._bound(
            "page", user_id=user, limit=query.limit + 1, after_due_by="-infinity", after_id=uuid.UUID(int=0)
        )
        rows = await self._pool.fetch(sql, *values)
        items = [task(row) for row in rows[: query.limit]]
        return {"items": items, "next_cursor": items[-1]["id"] if len(rows) > query.limit else None}

    def _bound(self, name: str, **values: Any) -> tuple[str, list[Any]]:
        """A statement, and the values of its parameters in the order of their numbers."""
        statement = self._statements[name]
        return statement["sql"], [values[parameter] for parameter in statement["parameters"]]


async def _keep(_connection: asyncpg.Connection) -> None:
    """Leaves a connection as it is."""


def task(row: asyncpg.Record) -> dict[str, Any]:
    """A row as the tools answer it."""
    due, completed = row["due_at"], row["completed_at"]
    return {
        "id": str(row["id"]),
        "title": row["title"],
        "notes": row["notes"],
        "due": None if due is None else written(instant(due)),
        "time_zone": row["time_zone"],
        "priority": PRIORITIES[row["priority"] - 1],
        "labels": row["labels"],
        "list_id": None if row["list_id"] is None else str(row["list_id"]),
        "list": row["list"],
        "completed_at": None if completed is None else written(instant(completed)),
        "version": row["version"],
        "created_at": written(instant(row["created_at"])),
        "updated_at": written(instant(row["updated_at"])),
    }


def instant(microseconds: int) -> datetime:
    """An instant as the statements give it."""
    return EPOCH + timedelta(microseconds=microseconds)


def written(moment: datetime) -> str:
    """An instant as RFC 3339 writes it."""
    return moment.isoformat().replace("+00:00", "Z")


def new_id(now: datetime) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562, section 5.7)."""
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(os.urandom(10))
    value = milliseconds << 80 | random
    return uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def fold(text: str) -> str:
    """The text without letter case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def vector(text: str, weight: str) -> str:
    """The words of a text as a `tsvector` in PostgreSQL's text form."""
    return "".join(f"'{word}':{place}{weight} " for place, word in enumerate(WORD.findall(fold(text)), 1))
