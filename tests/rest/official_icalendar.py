"""The app's calendars, read by PyPI `icalendar`, and a calendar that it wrote, imported."""

import argparse
import datetime
import json
import urllib.request
import zoneinfo

import icalendar

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--token", required=True)
    arguments = parser.parse_args()

    def call(method, path, body=None):
        request = urllib.request.Request(
            arguments.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {arguments.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    title = "Review; the \"final\" report, with Åsa — and a title that is long enough to be folded into two lines"
    call("POST", "/api/v1/tasks", {
        "title": title, "notes": "first line\nBEGIN:VALARM\nlast, line", "due": "2030-07-01T18:00:00+02:00",
        "time_zone": "Europe/Berlin", "priority": "high", "labels": ["work", "q3"],
        "recurrence": {"rule": "FREQ=WEEKLY;INTERVAL=2"},
    })
    call("POST", "/api/v1/tasks", {"title": "Feast", "due": "2030-12-24", "time_zone": "Europe/Berlin"})
    call("POST", "/api/v1/tasks", {"title": "Some day"})

    feed = json.loads(call("PUT", "/api/v1/calendar-feed"))
    with urllib.request.urlopen(feed["url"]) as answer:
        calendar = icalendar.Calendar.from_ical(answer.read())
    assert not calendar.errors, calendar.errors
    events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {title, "Feast"}, events
    review = events[title]
    assert not review.errors, review.errors
    assert review["DTSTART"].dt == datetime.datetime(2030, 7, 1, 18, tzinfo=BERLIN), review["DTSTART"]
    assert review["DTSTART"].dt.utcoffset() == datetime.timedelta(hours=2)
    assert review["RRULE"]["FREQ"] == ["WEEKLY"] and review["RRULE"]["INTERVAL"] == [2], review["RRULE"]
    assert str(review["DESCRIPTION"]) == "first line\nBEGIN:VALARM\nlast, line", review["DESCRIPTION"]
    assert events["Feast"]["DTSTART"].dt == datetime.date(2030, 12, 24)
    print("ok events are what the tasks are, in their zone")

    zones = [zone.to_tz() for zone in calendar.walk("VTIMEZONE")]
    assert len(zones) == 1, zones
    for month, hours in [(7, 2), (12, 1)]:
        moment = datetime.datetime(2030, month, 1, 12, tzinfo=zones[0])
        assert moment.utcoffset() == datetime.timedelta(hours=hours), (month, moment.utcoffset())
    print("ok the rules of the zone are those of its clocks")

    exported = call("GET", "/api/v1/tasks/export?format=icalendar")
    todos = icalendar.Calendar.from_ical(exported).walk("VTODO")
    assert [str(todo["SUMMARY"]) for todo in todos] == [title, "Feast", "Some day"], todos
    assert todos[0]["PRIORITY"] == 3 and todos[0]["STATUS"] == "NEEDS-ACTION", todos[0]
    assert todos[0].categories == ["q3", "work"], todos[0].categories
    print("ok to-dos are what the tasks are")

    written = icalendar.Calendar()
    written.add("prodid", "-//Another program//EN")
    written.add("version", "2.0")
    todo = icalendar.Todo()
    todo.add("uid", "1@another.program")
    todo.add("dtstamp", datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc))
    todo.add("summary", "Call Åsa; then, maybe, write")
    todo.add("due", datetime.datetime(2030, 8, 1, 9, 30, tzinfo=BERLIN))
    todo.add("priority", 1)
    todo.add("categories", ["Phone calls", "family"])
    written.add_component(todo)
    outcome = json.loads(call("POST", "/api/v1/tasks/import", {
        "format": "icalendar", "text": written.to_ical().decode(),
    }))
    assert (outcome["count"], outcome["skipped"]) == (1, 0), outcome
    task = outcome["tasks"][0]
    assert task["title"] == "Call Åsa; then, maybe, write", task
    assert task["due"] == "2030-08-01T09:30:00+02:00" and task["time_zone"] == "Europe/Berlin", task
    assert task["priority"] == "urgent" and task["labels"] == ["family", "phone-calls"], task
    print("ok a to-do that the library wrote is a task")


main()
