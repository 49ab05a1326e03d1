// Whatever a model writes becomes elements and text. How each kind of block and mark looks is asked in the browser (tests/browser).

import assert from "node:assert/strict";
import test from "node:test";

import { numbers, some } from "./generated.mjs";
import { elements, markup, standIn, text } from "./document.mjs";

standIn();
const { render } = await import("../../components/endpoints/web-ui/static/chatkit/markdown.js");

const MADE = new Set(["p", "h3", "ul", "ol", "li", "pre", "code", "strong", "em", "a", "br"]);
const PIECES = [
  "a", "word ", " ", "\n", "\n\n", "\r\n", "*", "**", "`", "```", "\\", "\\*", "_", "[", "](", ")", "[x](https://example.org/a)",
  "[x](javascript:alert(1))", "[x](ftp://example.org)", "# ",
  "## ", "- ", "* ", "• ", "1. ", "2) ", "<b>", "<script>alert(1)</script>", "&amp;", "“", "💚", "\0",
];

/** 2,000 texts of up to 30 pieces. */
function* texts() {
  const number = numbers(1);
  for (let made = 0; made < 2_000; made += 1) yield some(number, PIECES, 30).join("");
}

test("every text is rendered, to no elements but those of replies", () => {
  for (const given of texts()) {
    for (const { name } of elements(render(given))) assert.ok(MADE.has(name), `${name} of ${JSON.stringify(given)}`);
  }
});

test("every link leads to http or https, in a window of its own", () => {
  let links = 0;
  for (const given of texts()) {
    for (const link of elements(render(given)).filter(({ name }) => name === "a")) {
      assert.match(link.href, /^https?:\/\//);
      assert.equal(link.rel, "noopener noreferrer nofollow");
      links += 1;
    }
  }
  assert.ok(links > 100, `${links} links`);
});

test("the words that are shown are those that were written, in their order", () => {
  for (const given of texts()) {
    const words = (of) => of.match(/word/g)?.length ?? 0;
    // What opens a block of code may be followed by a language, which is not shown.
    if (given.includes("```")) continue;
    assert.equal(words(text(render(given))), words(given), JSON.stringify(given));
    let from = 0;
    for (const character of text(render(given))) {
      from = given.indexOf(character, from) + character.length;
      assert.notEqual(from, character.length - 1, JSON.stringify(given));
    }
  }
});

test("blocks follow each other", () => {
  assert.equal(
    markup(render("Open:\n- *a*\n- b `c`\n\n1. d\n## e\n```\n<f>\n```")),
    "<p>Open:</p><ul><li><em>a</em></li><li>b <code>c</code></li></ul><ol><li>d</li></ol><h3>e</h3><pre><code><f></code></pre>",
  );
});
