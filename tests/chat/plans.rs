//! Every statement of the chat endpoint is served by an index, however much others have said.

use std::fs;
use std::sync::OnceLock;

use harness::App;
use serde_json::Value;

use crate::chat_fixture::{ChatFixture, start};

const USER: &str = "00000000-0000-7000-8000-000000000007";
const CONVERSATION: &str = "00000000-0000-7000-8000-0000000003ef";
const ID: &str = "00000000-0000-7000-8000-00000000ffff";

/// 8 users with 500 conversations of 10 messages, every other with its turn, and questions in some.
const DATA: &str = "
    INSERT INTO todo.conversations (id, user_id, title, last_sequence, created_at, updated_at)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
           ('00000000-0000-7000-8000-' || lpad(to_hex(n % 8), 12, '0'))::uuid,
           'title', 10, now() - n * interval '1 minute', now() - n * interval '1 minute'
    FROM generate_series(0, 3999) AS n;
    INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, text)
    SELECT gen_random_uuid(), id, user_id, n, 'user', 'text'
    FROM todo.conversations, generate_series(1, 10) AS n;
    INSERT INTO todo.pending_confirmations (conversation_id, user_id, message_id, prompt, calls, expires_at)
    SELECT conversation_id, user_id, id, 'prompt', '[]', now()
    FROM todo.messages WHERE sequence = 10 AND text = 'text' ORDER BY id LIMIT 1000;
    INSERT INTO todo.model_usage (id, user_id, model, model_turns, tool_calls, input_tokens, output_tokens, created_at)
    SELECT gen_random_uuid(), user_id, 'openai', 1, 0, 100, 10, created_at FROM todo.conversations;
    INSERT INTO todo.thread_items (id, conversation_id, user_id, message_id, sequence, place, kind, content)
    SELECT gen_random_uuid(), conversation_id, user_id, id, sequence, 1, 'widget',
           '{\"view\": \"task_list\", \"tasks\": [], \"has_more\": false}'
    FROM todo.messages WHERE sequence > 7;
    INSERT INTO todo.attachments (id, user_id, conversation_id, message_id, name, mime_type, size, content)
    SELECT gen_random_uuid(), user_id, conversation_id, id, 'a', 'text/plain', 1, 'a' FROM todo.messages WHERE sequence = 1;
    INSERT INTO todo.item_feedback (item_id, conversation_id, user_id, kind)
    SELECT id, conversation_id, user_id, 'positive' FROM todo.messages WHERE sequence = 2;
    INSERT INTO todo.turns (user_id, id, conversation_id, message_id, answer_id, state, ended_at, idempotency_key, fingerprint)
    SELECT user_id, gen_random_uuid(), conversation_id, id, gen_random_uuid(), 'answered', now(), id::text, 'f'
    FROM todo.messages WHERE sequence % 2 = 1;
    INSERT INTO todo.turn_events (user_id, turn_id, last_number, events)
    SELECT user_id, id, number, '[]' FROM todo.turns, generate_series(1, 3) AS number;
    ANALYZE todo.conversations, todo.messages, todo.pending_confirmations, todo.model_usage, todo.thread_items,
            todo.attachments, todo.item_feedback, todo.turns, todo.turn_events;
";

fn crowded() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| {
        let app = start(&ChatFixture::nowhere(), &[]);
        app.sql(DATA).unwrap();
        app
    })
}

fn statements() -> Vec<(&'static str, &'static str, String)> {
    macro_rules! sql {
        ($path:literal) => {
            include_str!(concat!("../../components/endpoints/chat/src/", $path, ".sql"))
        };
    }
    let (user, key) = (format!("'{USER}'"), format!("'{CONVERSATION}'"));
    let (id, now) = (format!("'{ID}'"), "1795248000000000");
    vec![
        ("list, first page", sql!("conversations/list"), format!("{user}, NULL, NULL, 21, '{{}}'")),
        ("list, a later page", sql!("conversations/list"), format!("{user}, {now}, {id}, 21, '{{}}'")),
        (
            "list, with words",
            sql!("conversations/list"),
            format!("{user}, NULL, NULL, 21, '{{%milk%,%bread%}}'"),
        ),
        ("read", sql!("conversations/read"), format!("{user}, {key}, NULL, 101")),
        ("read, earlier messages", sql!("conversations/read"), format!("{user}, {key}, 7, 101")),
        ("rename", sql!("conversations/rename"), format!("{user}, {key}, 'title'")),
        ("delete", sql!("conversations/delete"), format!("{user}, {key}")),
    ]
}

/// A literal for each parameter of a statement that names them.
const LITERALS: &[(&str, &str)] = &[
    ("after", "NULL"),
    ("descending", "true"),
    ("limit", "21"),
    ("conversation_id", "'00000000-0000-7000-8000-0000000003ef'"),
    ("message_id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("item_id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("turn_id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("answer_id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("task_id", "'00000000-0000-7000-8000-00000000ffff'"),
    ("task", "'{}'"),
    ("ids", "'{00000000-0000-7000-8000-00000000ffff}'"),
    ("item_ids", "'{00000000-0000-7000-8000-00000000ffff}'"),
    ("last_sequence", "10"),
    ("lease_seconds", "4.5"),
    ("history_characters", "100000"),
    ("daily_tokens", "200000"),
    ("kind", "'positive'"),
    ("name", "'a'"),
    ("mime_type", "'text/plain'"),
    ("size", "1"),
    ("max_waiting", "20"),
    ("content", "'a'"),
    ("state", "'added'"),
    ("added", "1"),
    ("is_new", "false"),
    ("text", "'text'"),
    ("title", "'title'"),
    ("reply", "'yes'"),
    ("must_answer", "false"),
    ("max_messages", "1000"),
    ("max_conversations", "1000"),
    ("input", "NULL"),
    ("is_hidden", "false"),
    ("answers", "NULL"),
    ("attachments", "'{00000000-0000-7000-8000-00000000ffff}'"),
    ("idempotency_key", "'key'"),
    ("fingerprint", "'f'"),
    ("if_lost", "false"),
    ("last_number", "7"),
    ("events", "'[]'"),
    ("steps", "'[]'"),
    ("question", "NULL"),
    ("calls", "NULL"),
    ("question_seconds", "900"),
    ("items", "NULL"),
    ("model", "'builtin'"),
    ("model_turns", "1"),
    ("tool_calls", "0"),
    ("input_tokens", "0"),
    ("output_tokens", "0"),
    ("texts", "'{text,answer}'"),
    ("last_text", "'answer'"),
    ("days", "30"),
    ("patterns", "'{%milk%,%bread%}'"),
];

/// What a statement is planned with a second time.
const VARIANTS: &[(&str, &[(&str, &str)])] = &[
    (
        "open_turn",
        &[("is_new", "true"), ("reply", "'other'"), ("attachments", "'{}'"), ("idempotency_key", "NULL")],
    ),
    ("read_turn", &[("turn_id", "NULL"), ("after", "0")]),
    ("end_turn", &[("state", "'failed'"), ("if_lost", "true")]),
];

/// The statements that name their parameters, each with literals for these.
fn named_statements() -> Vec<(String, String, String)> {
    let folder = harness::repository().join("components/endpoints/chat/src");
    let files = |name: &str| fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        ["chatkit", "completions", "history", "usage"].into_iter().flat_map(files).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    assert!(files.len() >= 20, "{files:?}");
    let mut planned = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let plain = std::iter::once(&[][..]);
        let variants = VARIANTS.iter().filter(|(known, _)| *known == name).map(|(_, given)| *given);
        for given in plain.chain(variants) {
            let literal = |name: &&str| match *name {
                "user_id" => format!("'{USER}'"),
                name => given
                    .iter()
                    .chain(LITERALS)
                    .find(|(known, _)| *known == name)
                    .map(|(_, literal)| (*literal).to_owned())
                    .unwrap_or_else(|| panic!(":{name} has no literal")),
            };
            let literals: Vec<String> = sql_template::names(&text).as_slice().iter().map(literal).collect();
            planned.push((name.clone(), sql_template::numbered(&text), literals.join(", ")));
        }
    }
    planned
}

fn plan(app: &App, mode: &str, statement: &str, parameters: &str) -> Value {
    let sql = format!(
        "SET ROLE todo_app; SET plan_cache_mode = {mode}; PREPARE statement AS {statement}; \
         EXPLAIN (FORMAT JSON) EXECUTE statement({parameters})"
    );
    let output = app.sql(&sql).unwrap_or_else(|error| panic!("{error}"));
    let json = output.find("[\n").map(|start| &output[start..]).unwrap_or(&output);
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {output}"))
}

fn visit(node: &Value, see: &mut impl FnMut(&Value)) {
    // What is below is never run; the planner has not even kept its conditions.
    if node["One-Time Filter"] == "false" {
        return;
    }
    see(node);
    for child in node["Plans"].as_array().into_iter().flatten() {
        visit(child, see);
    }
}

#[test]
fn every_statement_reads_its_rows_by_an_index_that_begins_with_a_key() {
    let app = crowded();
    let numbered = statements().into_iter();
    let numbered = numbered.map(|(name, statement, given)| (name.to_owned(), statement.to_owned(), given));
    for (name, statement, parameters) in numbered.chain(named_statements()) {
        for mode in ["force_generic_plan", "force_custom_plan"] {
            let plan = plan(app, mode, &statement, &parameters);
            visit(&plan[0]["Plan"], &mut |node| {
                let kind = node["Node Type"].as_str().unwrap_or_default();
                assert_ne!(kind, "Seq Scan", "{name}: {node:#}");
                if let Some(condition) = node["Index Cond"].as_str() {
                    let by_key = ["user_id = ", "conversation_id = ", "(id = ", "(message_id = "]
                        .iter()
                        .any(|key| condition.contains(key));
                    assert!(by_key, "{name}: {node:#}");
                }
                let sorts = kind.contains("Sort") && name.starts_with("list");
                assert!(!sorts, "{name}: {node:#}");
            });
        }
    }
}

#[test]
fn a_later_page_begins_where_the_one_before_ended() {
    let app = crowded();
    let (_, statement, parameters) = statements().swap_remove(1);
    let mut conditions = String::new();
    visit(&plan(app, "force_generic_plan", statement, &parameters)[0]["Plan"], &mut |node| {
        conditions.push_str(node["Index Cond"].as_str().unwrap_or_default());
    });
    assert!(conditions.contains("ROW(updated_at, id) < ROW("), "{conditions}");
}
