//! The parts of the page that compute: each module is loaded in the browser and asked.

use serde_json::{Value, json};

use crate::browser::DESKTOP;
use crate::page::Page;

/// Runs a function's body with a module of the page in `module`, and answers what it returns.
pub async fn ask(page: &Page, module: &str, body: &str) -> Value {
    let script = format!(
        "const done = arguments[0]; \
         const place = new URL('{module}.js', document.querySelector('script[type=module]').src); \
         import(place).then(async (module) => {{ {body} }}).then(done, (error) => done(String(error)))"
    );
    page.client.execute_async(&script, vec![]).await.unwrap()
}

#[tokio::test]
async fn replies_become_elements_and_never_markup() {
    let page = Page::open(DESKTOP).await;
    let show = |text: &str| {
        let text = json!(text);
        format!(
            "const box = document.createElement('div'); box.append(...module.render({text})); return box.innerHTML"
        )
    };
    for (text, html) in [
        ("Hello **you**", "<p>Hello <strong>you</strong></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("Open:\n- *a*\n- b `c`", "<p>Open:</p><ul><li><em>a</em></li><li>b <code>c</code></li></ul>"),
        ("1. a\n2. b\n\nend", "<ol><li>a</li><li>b</li></ol><p>end</p>"),
        ("## Title\ntext", "<h3>Title</h3><p>text</p>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;</code></pre>"),
        ("```\nnot closed", "<pre><code>not closed</code></pre>"),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        (r"a \*b\* \[c\](d) \_e\_ 1\. \# \`f\`", "<p>a *b* [c](d) _e_ 1. # `f`</p>"),
        (r"**a \* b** and *c \* d*", "<p><strong>a * b</strong> and <em>c * d</em></p>"),
        ("- **“x \\[y\\]”**\n\\- z", "<ul><li><strong>“x [y]”</strong></li></ul><p>- z</p>"),
        (r"C:\Users\ann and `\*`", r"<p>C:\Users\ann and <code>\*</code></p>"),
        (r"a \", r"<p>a \</p>"),
        ("", ""),
    ] {
        assert_eq!(ask(&page, "chatkit/markdown", &show(text)).await, json!(html), "{text}");
    }
    let link = ask(&page, "chatkit/markdown", &show("[x](https://example.org/a)")).await;
    assert!(link.as_str().unwrap().contains("rel=\"noopener noreferrer nofollow\""), "{link}");
    page.close().await;
}

#[tokio::test]
async fn events_are_read_however_the_network_cuts_them() {
    let page = Page::open(DESKTOP).await;
    let read = "const stream = 'data: {\"type\":\"a\",\"text\":\"grün 💚\"}\\r\\n\\r\\n: ping\\n\\nevent: x\\ndata: {\"type\":\\ndata: \"b\"}\\n\\ndata: 2\\n\\ndata: 3'; \
        const bytes = new TextEncoder().encode(stream); const found = []; \
        for (let size = 1; size < bytes.length; size += 7) { \
          let from = 0; \
          const body = new ReadableStream({ pull(sink) { if (from >= bytes.length) return sink.close(); sink.enqueue(bytes.slice(from, from + size)); from += size; } }); \
          const events = []; for await (const event of module.events(new Response(body))) events.push(event); \
          found.push(JSON.stringify(events)); } \
        return [...new Set(found)]";
    let expected = r#"[{"type":"a","text":"grün 💚"},{"type":"b"}]"#;
    assert_eq!(ask(&page, "chatkit/stream", read).await, json!([expected]));
    page.close().await;
}

#[tokio::test]
async fn due_dates_are_told_in_words_and_sorted_into_days() {
    let page = Page::open(DESKTOP).await;
    for (due, group, words) in [
        ("2026-11-20", "overdue", "yesterday"),
        ("2026-11-18", "overdue", "Wed 18 Nov"),
        ("2026-11-21", "today", "today"),
        ("2026-11-22", "tomorrow", "tomorrow"),
        ("2026-11-25", "week", "Wednesday"),
        ("2026-11-28", "later", "Sat 28 Nov"),
        ("2027-03-05", "later", "Fri, 5 Mar 2027"),
    ] {
        let body = format!(
            "const now = new Date(2026, 10, 21, 23, 30); \
             return [module.groupOf({{ due: '{due}' }}, now), module.dueWords('{due}', now)]"
        );
        assert_eq!(ask(&page, "due", &body).await, json!([group, words]), "{due}");
    }
    let moments = "const now = new Date(2026, 10, 21, 12, 0); \
        const at = (hour) => new Date(2026, 10, 21, hour).toISOString(); \
        return [module.groupOf({ due: at(11) }, now), module.groupOf({ due: at(13) }, now), module.groupOf({ due: null }, now)]";
    // What two fields hold means the same moment again.
    for due in ["2026-11-21", "2026-11-21T18:30:00Z"] {
        let body = format!("return module.dueOf(module.dueFields('{due}'))");
        assert_eq!(ask(&page, "due", &body).await, json!(due));
    }
    let none = "return [module.dueFields(null), module.dueOf({ date: '', time: '' })]";
    assert_eq!(ask(&page, "due", none).await, json!([{"date": "", "time": ""}, null]));
    assert_eq!(ask(&page, "due", moments).await, json!(["overdue", "today", "someday"]));
    page.close().await;
}
