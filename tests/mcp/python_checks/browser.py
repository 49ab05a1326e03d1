"""A person with a browser, as far as allowing a program needs one: cookies, a page with a form, and where it leads."""

import uuid
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx2


class Form(HTMLParser):
    """The fields of the form on a page."""

    def __init__(self, page):
        super().__init__()
        self.action, self.fields = None, {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and attrs.get("method") == "post":
            self.action = attrs["action"]
        if tag == "input" and attrs.get("type") == "hidden":
            self.fields[attrs["name"]] = attrs["value"]


class Browser:
    """Signs a person up and answers what programs ask."""

    def __init__(self, origin):
        self.origin = origin
        self.http = httpx2.AsyncClient(timeout=30, follow_redirects=False)
        self.pages = []

    async def sign_up(self):
        account = {"name": "Ann", "email": f"{uuid.uuid4().hex}@example.org", "password": "correct horse battery"}
        answer = await self.http.post(f"{self.origin}/api/auth/sign-up/email", json=account)
        answer.raise_for_status()

    async def allow(self, address):
        """Opens an address, says yes, and returns the parameters that the program gets."""
        page = await self.http.get(address)
        page.raise_for_status()
        self.pages.append(page.text)
        form = Form(page.text)
        answer = await self.http.post(
            f"{self.origin}{form.action}", data={**form.fields, "answer": "allow"}, headers={"Origin": self.origin}
        )
        assert answer.status_code == 303, answer.text
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        return {name: values[0] for name, values in query.items()}
