"""What Schemathesis has to be told, because no schema can say it: values that only the app knows or that are used up."""

import itertools
import uuid

import schemathesis
from hypothesis import strategies

ZONES = ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
schemathesis.openapi.format("iana-time-zone", strategies.sampled_from(ZONES))

# In its coverage phase Schemathesis writes letters and digits alone into headers, unless their format is one it was given.
# No entity tag is without quotes, so it would put a wrong value into every request, also into those it calls right.
schemathesis.openapi.format("entity-tags", strategies.sampled_from(["*", '"1"', 'W/"1"', '"1", W/"2" , "a,b"']))

# Nothing is sent to a name that is not public, and no pattern says which are.
WEBHOOKS = ["https://hooks.vendor.dev", "https://hooks.vendor.dev/todo", "https://vendor.dev/a?token=b"]
schemathesis.openapi.format("webhook", strategies.sampled_from(WEBHOOKS))

NUMBERS = itertools.count()

# The document has the form of a rule. Which parts fit together, and whether anything comes of them, no pattern says.
RULES = ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "freq=monthly", "FREQ=YEARLY;COUNT=3"]

# Nor which words are conditions, and that brackets have their other half.
QUERIES = ["today | overdue", "(p1 | p2) & !@home", "#inbox & next 7 days", "!search: milk"]

# Nor which words somebody looks for.
WORDS = ["milk", "oven Tuesday", "100 %"]

# Nor what of a line is left for its title.
LINES = ["Buy milk", "Call Ann tomorrow 9:00 p1", "Water the plants every 3 days", "Pay rent on 5/12"]

# No schema can say how a text of each format is written.
DOCUMENTS = {
    "markdown": "- [ ] Milk\n",
    "csv": "title,due\nMilk,2026-12-01\n",
    "json": '[{"title": "Milk"}]',
    "todo_txt": "(A) Milk @shop\n",
    "icalendar": "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Milk\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Entity tags get their format here: the document has a pattern for them, which says more to people and programs."""
    for name in ("IfMatch", "IfNoneMatch"):
        raw_schema["components"]["parameters"][name]["schema"]["format"] = "entity-tags"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Of what is to be accepted, only what can be: a cursor comes from a page, a key and an address are good for once."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    name = case.operation.definition.raw.get("operationId")
    case.query.pop("cursor", None)
    if isinstance(case.query.get("query"), str):
        case.query["query"] = QUERIES[next(NUMBERS) % len(QUERIES)]
    if name == "listConversations" and "text" in case.query:
        # How many words there are no schema counts.
        case.query["text"] = WORDS[next(NUMBERS) % len(WORDS)]
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if name == "followAnswer" and "Last-Event-ID" in case.headers:
        # What an answer gave out: a pattern says so, and letters and digits alone are none.
        case.headers["Last-Event-ID"] = f"{uuid.uuid4().hex}.1"
    if not isinstance(case.body, dict):
        return
    if isinstance(case.body.get("recurrence"), dict) and isinstance(case.body["recurrence"].get("rule"), str):
        case.body["recurrence"]["rule"] = RULES[next(NUMBERS) % len(RULES)]
    if name in ("addTask", "updateTask") and isinstance(case.body.get("parent_id"), str):
        # Whether there is such a task, and whether it is open and not too deep, no schema can know.
        case.body["parent_id"] = None
    if isinstance(case.body.get("filter"), dict) and isinstance(case.body["filter"].get("query"), str):
        case.body["filter"]["query"] = QUERIES[next(NUMBERS) % len(QUERIES)]
    if name == "importTasks" and case.body.get("format") in DOCUMENTS:
        case.body["text"] = DOCUMENTS[case.body["format"]]
    if name == "quickAddTask":
        # What a line says is in no pattern: whether words are left for a title, and whether the list that it names is there.
        case.body["text"] = LINES[next(NUMBERS) % len(LINES)]
        # JSON Schema counts 1.0 as a whole number.
        for taken_back in case.body.get("ignore") or []:
            taken_back.update(start=int(taken_back["start"]), end=int(taken_back["end"]))
    if name == "addReminder" and isinstance(case.body.get("at"), str):
        # One of the past is refused.
        case.body["at"] = "2099-06-01T09:00:00Z"
    if name == "putWebhook":
        # Names that are not public are refused.
        case.body["url"] = f"https://example.org/{next(NUMBERS)}"
    if name == "createChatCompletion":
        # The last message is the person's, and says something. JSON Schema counts 1.0 as a whole number.
        case.body["messages"] = [*case.body["messages"][:9], {"role": "user", "content": "what is open?"}]
        if case.body.get("n") is not None:
            case.body["n"] = 1
    if name == "signUp":
        # Passwords that everybody uses are refused.
        case.body.update(email=f"person-{next(NUMBERS)}-{uuid.uuid4()}@example.org", password=f"pass {uuid.uuid4()}")
    if name in ("requestPasswordReset", "sendVerificationEmail"):
        # A format of JSON Schema takes addresses that no mail is sent to.
        case.body.update(email=f"person-{next(NUMBERS)}-{uuid.uuid4()}@example.org")
    if name == "mcp" and isinstance(case.body.get("id"), float):
        # JSON Schema counts 1.0 as an integer; the app answers an id as it was sent, and so takes it without a fraction.
        case.body["id"] = int(case.body["id"])
    if name == "mcp" and "method" not in case.body:
        # An answer to a question that nobody asked is refused: a request instead.
        for member in ("result", "error"):
            case.body.pop(member, None)
        case.body["method"] = "ping"
