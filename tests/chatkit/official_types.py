"""Every answer and event of `/chatkit` is what the official package's strict types take (PyPI `openai-chatkit`).

    python official_types.py --url http://127.0.0.1:3000 --token TOKEN

One line per check; the exit code is 1 when one fails. What is received is read by the package's own types, written again as its
server writes answers, and has to be the same: so no member is missing, unknown or of another type.
"""

import argparse
import json
import sys
import urllib.error
import urllib.request

from chatkit.types import (
    Attachment,
    ChatKitReq,
    Page,
    SyncCustomActionResponse,
    Thread,
    ThreadItem,
    ThreadStreamEvent,
    is_streaming_req,
)
from chatkit.widgets import StrictWidgetRoot
from pydantic import TypeAdapter, ValidationError

REQUEST = TypeAdapter(ChatKitReq)
EVENT = TypeAdapter(ThreadStreamEvent)
WIDGET = TypeAdapter(StrictWidgetRoot)
ANSWERS = {
    "threads.get_by_id": Thread,
    "threads.update": Thread,
    "threads.list": Page[Thread],
    "items.list": Page[ThreadItem],
    "attachments.create": Attachment,
    "threads.sync_custom_action": SyncCustomActionResponse,
}
NOTHING = {"threads.delete", "items.feedback", "attachments.delete"}


class Report:
    """Prints each check and remembers failures."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok   {what}")
        else:
            self.failed += 1
            print(f"FAIL {what}: {detail}")


def widgets(value):
    """Every widget in a value, as it was received."""
    if isinstance(value, dict):
        if value.get("type") == "widget":
            yield value["widget"]
        for member in value.values():
            yield from widgets(member)
    elif isinstance(value, list):
        for member in value:
            yield from widgets(member)


def without_instants(value):
    """The same without what ISO 8601 can write in several ways."""
    if isinstance(value, dict):
        return {name: without_instants(member) for name, member in value.items() if name != "created_at"}
    return [without_instants(member) for member in value] if isinstance(value, list) else value


class Client:
    """Sends requests as a client of the protocol does, and checks all that comes back."""

    def __init__(self, url, token, report):
        self.url, self.token, self.report = url, token, report
        self.kinds = set()

    def send(self, url, body, media_type="application/json"):
        headers = {"authorization": f"Bearer {self.token}", "content-type": media_type}
        return urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers, method="POST"))

    def matches(self, what, adapter, received):
        """Whether the package reads it strictly and writes the same."""
        try:
            read = adapter.validate_json(json.dumps(received), strict=True)
            options = {"by_alias": True, "exclude_none": True, "mode": "json", "context": {"exclude_metadata": True}}
            written = adapter.dump_python(read, **options)
        except ValidationError as error:
            self.report.check(what, False, f"{error}\n{json.dumps(received)}")
            return
        same = without_instants(written) == without_instants(received)
        self.report.check(what, same, f"\n{json.dumps(received)}\n{json.dumps(written)}")
        for widget in widgets(received):
            self.matches(f"{what}: strict {widget['type']}", WIDGET, widget)

    def request(self, kind, /, **params):
        """The answer to a request, or the events of its stream."""
        body = {"type": kind, "params": params}
        is_streaming = is_streaming_req(REQUEST.validate_json(json.dumps(body), strict=True))
        with self.send(f"{self.url}/chatkit", json.dumps(body).encode()) as answer:
            media_type, text = answer.headers["content-type"], answer.read().decode()
        self.report.check(f"{kind} is a stream or not", ("event-stream" in media_type) == is_streaming, media_type)
        if not is_streaming:
            received = json.loads(text)
            if kind in NOTHING:
                self.report.check(f"{kind} answers nothing", received == {}, text)
            else:
                self.matches(f"{kind} answers what it has to", TypeAdapter(ANSWERS[kind]), received)
            return received
        lines = [line for line in text.splitlines() if line and not line.startswith(":")]
        self.report.check(f"{kind} sends data alone", all(line.startswith("data: ") for line in lines), text)
        events = [json.loads(line.removeprefix("data: ")) for line in lines]
        for event in events:
            named = event.get("item", {}).get("type") or event.get("update", {}).get("type")
            name = f"{event['type']} {named}" if named else event["type"]
            self.kinds.add(name)
            self.matches(f"{kind}: {name}", EVENT, event)
        return events

    def refused(self, kind, status, /, **params):
        """A request that is no good is a problem before the first byte."""
        try:
            with self.send(f"{self.url}/chatkit", json.dumps({"type": kind, "params": params}).encode()) as answer:
                self.report.check(f"{kind} is refused", False, answer.read().decode())
        except urllib.error.HTTPError as error:
            problem = json.loads(error.read())
            holds = error.code == status == problem["status"] and error.headers["content-type"] == "application/problem+json"
            self.report.check(f"{kind} is refused with {status}", holds, f"{error.code} {problem}")


def said(text, attachments=()):
    content = [{"type": "input_text", "text": text}] if text else []
    return {"content": content, "attachments": list(attachments), "inference_options": {}}


def done(events, kind):
    return [event["item"] for event in events if event["type"] == "thread.item.done" and event["item"]["type"] == kind]


# What the official server's streams were seen to hold: each has its equal here.
SEEN = {
    "thread.created",
    "thread.updated",
    "thread.item.done user_message",
    "thread.item.done assistant_message",
    "thread.item.done widget",
    "thread.item.done structured_input",
    "thread.item.added assistant_message",
    "thread.item.updated assistant_message.content_part.added",
    "thread.item.updated assistant_message.content_part.text_delta",
    "thread.item.updated assistant_message.content_part.done",
    "thread.item.replaced widget",
    "thread.item.replaced structured_input",
    "stream_options",
    "progress_update",
    "client_effect",
    "notice",
}


def with_files(client):
    """A file is announced, uploaded, sent, and its lines are added."""
    lines = b"milk\nbread\n"
    file = client.request("attachments.create", name="a.csv", size=len(lines), mime_type="text/csv")
    client.send(file["upload_descriptor"]["url"], lines, "text/csv").close()
    events = client.request("threads.create", input=said("", [file["id"]]))
    thread, widget = events[0]["thread"]["id"], done(events, "widget")[0]
    add = {"type": widget["widget"]["confirm"]["action"]["type"], "payload": {}}
    client.request("threads.custom_action", thread_id=thread, item_id=widget["id"], action=add)
    client.request("attachments.delete", attachment_id=file["id"])
    client.request("threads.get_by_id", thread_id=thread)


def with_widgets(client):
    """Tasks are listed, ticked and looked at, in the streaming and in the synchronous form."""
    events = client.request("threads.create", input=said("list my tasks"))
    thread, widget = events[0]["thread"]["id"], done(events, "widget")[0]
    action = widget["widget"]["children"][0]["children"][0]["onChangeAction"]
    tick = {"type": action["type"], "payload": action["payload"]}
    client.report.check("boxes are ticked without a stream", action["streaming"] is False, action)
    client.request("threads.sync_custom_action", thread_id=thread, item_id=widget["id"], action=tick)
    untick = {"type": "task.reopen", "payload": action["payload"]}
    client.request("threads.custom_action", thread_id=thread, item_id=widget["id"], action=untick)
    client.request("threads.add_user_message", thread_id=thread, input=said("add buy cheese tomorrow"))
    client.request("threads.add_user_message", thread_id=thread, input=said("how am I doing?"))
    page = client.request("items.list", thread_id=thread, limit=2, order="desc")
    client.request("items.list", thread_id=thread, limit=2, order="desc", after=page["after"])
    ids = [item["id"] for item in page["data"]]
    client.request("items.feedback", thread_id=thread, item_ids=ids, kind="positive")
    return thread


def with_a_question(client):
    """A deletion is asked about; the message is answered once more; the answer is a yes."""
    events = client.request("threads.create", input=said("delete milk"))
    thread, message = events[0]["thread"]["id"], done(events, "user_message")[0]
    events = client.request("threads.retry_after_item", thread_id=thread, item_id=message["id"])
    question = done(events, "structured_input")[0]
    answers = {question["inputs"][0]["id"]: {"values": ["Yes"]}}
    submission = {"status": "answered", "answers": answers}
    name = {"thread_id": thread, "item_id": question["id"]}
    client.request("threads.add_structured_input", **name, input=submission)
    client.refused("threads.add_structured_input", 409, **name, input=submission)
    client.refused("threads.add_client_tool_output", 409, thread_id=thread, result={"ok": True})


def run(url, token):
    report = Report()
    client = Client(url, token, report)
    with_files(client)
    thread = with_widgets(client)
    with_a_question(client)
    client.request("threads.list")
    client.request("threads.list", limit=1, order="asc")
    client.request("threads.update", thread_id=thread, title="New")
    client.refused("input.transcribe", 501, audio_base64="AA==", mime_type="audio/webm")
    client.refused("threads.get_by_id", 404, thread_id="thr_none")
    client.request("threads.delete", thread_id=thread)
    client.refused("threads.nope", 400)
    report.check("every kind of the official server's events was seen", SEEN <= client.kinds, SEEN - client.kinds)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the app's origin")
    parser.add_argument("--token", required=True, help="an access token with every scope")
    arguments = parser.parse_args()
    return run(arguments.url, arguments.token)


if __name__ == "__main__":
    sys.exit(main())
