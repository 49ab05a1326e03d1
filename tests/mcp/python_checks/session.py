"""Connections to the server, and calls over them that are held to what the server says of itself."""

import json

import httpx2
from jsonschema import Draft202012Validator
from mcp import Client, types
from mcp.client.streamable_http import streamable_http_client


class Person:
    """Answers what a server asks its user, and remembers the questions."""

    def __init__(self):
        self.questions = []
        self.answer = types.ElicitResult(action="cancel")

    def will(self, action, content=None):
        self.questions.clear()
        self.answer = types.ElicitResult(action=action, content=content)

    async def asked(self, _context, params):
        self.questions.append(params)
        return self.answer


class Session:
    """Calls tools over one connection and holds their answers to their output schemas."""

    def __init__(self, client, mode, report, person=None):
        self.client, self.mode, self.report, self.person = client, mode, report, person
        self.schemas = {}

    def check(self, what, holds, detail=""):
        self.report.check(f"{self.mode}: {what}", holds, detail)

    async def call(self, name, arguments):
        result = await self.client.call_tool(name, arguments)
        self.check(f"{name} answers", not result.is_error, result.content)
        value = result.structured_content
        if name in self.schemas:
            errors = [error.message for error in Draft202012Validator(self.schemas[name]).iter_errors(value)]
            self.check(f"{name} answers what its output schema says", not errors, errors)
        text = result.content[0].text
        self.check(f"{name} answers the same as text", json.loads(text) == value, text)
        return value

    async def problem(self, name, arguments):
        """The problem of a call that must fail, as the tool tells it to a model."""
        return json.loads(await self.refusal(name, arguments))

    async def refusal(self, name, arguments):
        """The words of a call that must fail."""
        result = await self.client.call_tool(name, arguments)
        self.check(f"{name} refuses {json.dumps(arguments)}", result.is_error, result)
        return result.content[0].text

    async def is_there(self, task_id):
        return not (await self.client.call_tool("get_task", {"id": task_id})).is_error


def connect(url, token, mode, **options):
    """A connection; with `person=`, of a client whose user can be asked."""
    person = options.pop("person", None)
    if person is not None:
        options["elicitation_callback"] = person.asked
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}", "Time-Zone": "Europe/Berlin"}, timeout=30)
    return Client(streamable_http_client(url, http_client=http), mode=mode, **options)
