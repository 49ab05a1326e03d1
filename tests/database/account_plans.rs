//! What identity asks for is found by an index, however many people have an account.

use std::fs;
use std::sync::OnceLock;

use harness::repository;
use scratch_postgres::ScratchPostgres;
use serde_json::Value;

use crate::store::sorted;

const DATABASE: &str = "accounts";

/// 20,000 users with two sessions, a link and a program each, and one of whom the statements below know.
const FILL: &str = "
    INSERT INTO todo.users (id, email, name, created_at, updated_at)
        SELECT gen_random_uuid(), 'person-' || number || '@example.org', 'Ann', now(), now() FROM generate_series(1, 20000) AS number
        UNION ALL SELECT '00000000-0000-7000-8000-00000000002a', 'ann@example.org', 'Ann', now(), now();
    INSERT INTO todo.accounts (user_id, provider_id, account_id, password_hash, created_at, updated_at)
        SELECT id, 'credential', id::text, '$argon2id$', now(), now() FROM todo.users;
    INSERT INTO todo.sessions (id, user_id, token_hash, remembered, expires_at, created_at, updated_at)
        SELECT gen_random_uuid(), id, sha256(gen_random_uuid()::text::bytea), true, now() + interval '7 days', now(), now()
        FROM todo.users, generate_series(1, 2);
    INSERT INTO todo.account_links (token_hash, purpose, user_id, email, expires_at)
        SELECT sha256(gen_random_uuid()::text::bytea), 'reset-password', id, email, now() + interval '1 hour' FROM todo.users;
    INSERT INTO todo.password_hash_slots (place, holder, held_until)
        SELECT place, gen_random_uuid(), '-infinity' FROM generate_series(1, 16) AS place;
    INSERT INTO todo.oauth_clients (id, name, redirect_uris, grant_types, auth_method, registered_at)
        VALUES ('program', 'Program', '{}', '{refresh_token}', 'none', now());
    INSERT INTO todo.oauth_grants (id, client_id, user_id, scope, resource, code_hash, created_at, last_used_at, expires_at)
        SELECT gen_random_uuid(), 'program', id, 'tasks:read', '', sha256(id::text::bytea), now(), now(), now() + interval '30 days'
        FROM todo.users;
    INSERT INTO todo.audit_events SELECT 1, number, now(), 'session.started', 'success', NULL, NULL, sha256(''), sha256('')
        FROM generate_series(1, 20001) AS number;
    INSERT INTO todo.audit_event_details SELECT 1, row_number() OVER (), now(), id, NULL, sha256(''), 'r', sha256('') FROM todo.users;
    INSERT INTO todo.personal_tokens (id, user_id, place, name, token_hash, start, scope, expires_at)
        SELECT gen_random_uuid(), id, place, 'Laptop', sha256((id::text || place)::bytea), 'todo_pat_', 'tasks:read', now() + interval '90 days'
        FROM todo.users, generate_series(1, 3) AS place;
    INSERT INTO todo.two_factor (user_id, sealed_secret, recovery_code_hashes, enabled_at)
        SELECT id, decode(repeat('ab', 60), 'hex'), '{}', now() FROM todo.users;
    INSERT INTO todo.two_factor_tokens (token_hash, purpose, user_id, remembered, expires_at)
        SELECT sha256((id::text || number)::bytea), 'device', id, true, now() + interval '30 days' FROM todo.users, generate_series(1, 2) AS number;
    ANALYZE todo.two_factor, todo.two_factor_tokens, todo.personal_tokens, todo.audit_events, todo.audit_event_details, todo.users, todo.accounts, todo.sessions, todo.account_links, todo.password_hash_slots, todo.oauth_grants;";

const USER: &str = "'00000000-0000-7000-8000-00000000002a'";
const HASH: &str = "decode(repeat('ab', 32), 'hex')";
const SEALED: &str = "decode(repeat('ab', 60), 'hex')";
const NOW: &str = "1796000000000000";

/// Each statement, and literals for its parameters.
const STATEMENTS: [(&str, &[&str]); 35] = [
    ("list_sessions", &[USER, NOW]),
    ("list_events", &[USER, "100"]),
    ("revoke_session", &[USER, HASH, USER]),
    ("revoke_sessions", &[USER, "NULL"]),
    ("update_user", &[USER, "'Ann B'", "false", "NULL", "false", "NULL", NOW]),
    ("list_accounts", &[USER]),
    ("is_email_taken", &["'ann@example.org'"]),
    ("set_email", &[USER, "'new@example.org'", NOW]),
    ("insert_link", &[HASH, "'reset-password'", USER, "'ann@example.org'", "3600", "5", "20"]),
    ("find_link", &[HASH, "'{reset-password}'"]),
    ("delete_link", &[HASH, "'confirm-change-email'"]),
    ("reset_password", &[HASH, "'$argon2id$'"]),
    ("verify_email", &[HASH]),
    ("change_email", &[HASH]),
    ("change_password", &[USER, "'$argon2id$'", NOW, "true", USER, HASH, "true", NOW, "NULL", "NULL"]),
    ("forgive_attempts", &[HASH, HASH, HASH]),
    ("erase_user", &[USER, "NULL", "'ann@example.org'"]),
    ("find_session", &[HASH, NOW]),
    ("delete_session", &[HASH]),
    ("take_hash_slot", &["16", USER, "20"]),
    ("free_hash_slot", &["1", USER]),
    ("insert_personal_token", &[USER, USER, "'Laptop'", HASH, "'todo_pat_'", "'tasks:read'", "3600", "20"]),
    ("list_personal_tokens", &[USER, "NULL"]),
    ("rename_personal_token", &[USER, USER, "'Laptop'"]),
    ("delete_personal_token", &[USER, USER]),
    ("insert_two_factor", &[USER, SEALED, "'{}'"]),
    ("find_two_factor", &[USER]),
    ("begin_code", &[USER, "10", "900", "86400"]),
    ("complete_code", &[USER, SEALED, "1", "NULL", HASH]),
    ("complete_recovery_code", &[USER, "'ab'", HASH]),
    ("replace_recovery_codes", &[USER, "'{}'"]),
    ("delete_two_factor", &[USER]),
    ("insert_two_factor_token", &[HASH, "'device'", USER, "true", "600", "10", "20", "NULL"]),
    ("take_challenge", &[HASH, "5"]),
    ("renew_trusted_device", &[USER, HASH, HASH, "600"]),
];

/// A server with the app's schema and these people.
fn server() -> &'static ScratchPostgres {
    static SERVER: OnceLock<ScratchPostgres> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = ScratchPostgres::start().unwrap();
        server.create_database(DATABASE).unwrap();
        for migration in sorted(&repository().join("migrations"), ".up.sql") {
            server.sql(DATABASE, &fs::read_to_string(&migration).unwrap()).unwrap();
        }
        server.sql(DATABASE, FILL).unwrap();
        server
    })
}

/// The tables that a plan reads from one end to the other.
fn whole_tables(node: &Value, found: &mut Vec<String>) {
    if node["Node Type"] == "Seq Scan" {
        found.extend(node["Relation Name"].as_str().map(str::to_owned));
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        whole_tables(child, found);
    }
}

#[test]
fn no_statement_of_identity_reads_a_table_of_people_from_one_end_to_the_other() {
    let folder = repository().join("components/endpoints/identity/src/store");
    for mode in ["force_generic_plan", "force_custom_plan"] {
        for (name, parameters) in STATEMENTS {
            let statement = fs::read_to_string(folder.join(format!("{name}.sql"))).unwrap();
            let sql = format!(
                "SET ROLE todo_identity; SET plan_cache_mode = {mode}; PREPARE s AS {statement}; EXPLAIN (FORMAT JSON) EXECUTE s({})",
                parameters.join(", ")
            );
            let text = server().sql(DATABASE, &sql).unwrap_or_else(|error| panic!("{name}: {error}"));
            let plan: Value = serde_json::from_str(text.trim()).unwrap();
            let mut found = Vec::new();
            whole_tables(&plan[0]["Plan"], &mut found);
            // Few rows in either: all there is on one page.
            found.retain(|table| {
                !["password_hash_slots", "local_mail", "sign_in_attempts"].contains(&table.as_str())
            });
            assert!(found.is_empty(), "{name} ({mode}) reads all of {found:?}: {text}");
        }
    }
}
