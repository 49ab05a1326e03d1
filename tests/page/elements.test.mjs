// The ids that scripts may look for are those of the page, each of the kind that scripts take it for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

/** The interface of each tag that the page gives an id (HTML standard, section 4). */
const INTERFACES = {
  a: "HTMLAnchorElement", button: "HTMLButtonElement", dialog: "HTMLDialogElement", div: "HTMLDivElement", form: "HTMLFormElement",
  h2: "HTMLHeadingElement", input: "HTMLInputElement", label: "HTMLLabelElement", main: "HTMLElement", ol: "HTMLOListElement", p: "HTMLParagraphElement", section: "HTMLElement",
  select: "HTMLSelectElement", span: "HTMLSpanElement", textarea: "HTMLTextAreaElement", ul: "HTMLUListElement",
};

test("every element that scripts look for is in the page, and is what they take it for", () => {
  const page = read("../../components/endpoints/web-ui/static/index.html");
  const tags = new Map([...page.matchAll(/<(\w+)\b[^>]*?\sid="([^"]+)"/g)].map(([, tag, id]) => [id, tag]));
  const [, declared] = read("types.d.ts").match(/interface PageElements {\n(.*?)\n}/s);
  const named = [...declared.matchAll(/"([^"]+)": (\w+);/g)];
  assert.ok(named.length > 50);
  for (const [, id, kind] of named) assert.equal(INTERFACES[tags.get(id)], kind, id);
});
