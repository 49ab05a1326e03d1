-- 200 users with 2,000 tasks each and 500 completed occurrences: half of the tasks are done, a third not due, spread over two
-- years; words from a small vocabulary. Written as the owner with row-level security off for the length of one transaction. Each has 20 lists, one of them
-- archived, and half of the tasks are in them. Every eighth task is a subtask of the one before.
INSERT INTO todo.lists (user_id, id, name, colour, parent_id, position, archived_at, created_at, updated_at)
SELECT
    ('00000000-0000-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid,
    ('01910000-' || lpad(to_hex(n), 4, '0') || '-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid,
    'list ' || n, 'grey', NULL, lpad(to_hex(n), 2, '0') || '80',
    CASE WHEN n = 20 THEN timestamptz '2026-06-01Z' END, timestamptz '2026-01-01Z', timestamptz '2026-01-01Z'
FROM generate_series(1, 200) AS u, generate_series(1, 20) AS n;
-- It would look at each row, which are right.
ALTER TABLE todo.tasks DISABLE TRIGGER tasks_check_new_parent;
INSERT INTO todo.tasks (user_id, id, title, title_key, due_on, time_zone, due_by, priority, labels,
    completed_at, created_at, updated_at, title_words, label_words, notes_words, list_id, parent_id)
SELECT
    ('00000000-0000-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid,
    ('01900000-' || lpad(to_hex(n), 4, '0') || '-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid,
    'task ' || word || ' ' || n,
    'task ' || word || ' ' || n,
    day,
    CASE WHEN day IS NOT NULL THEN 'UTC' END,
    coalesce((day + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond', 'infinity'),
    1 + n % 4,
    CASE WHEN n % 10 = 0 THEN ARRAY['home'] WHEN n % 7 = 0 THEN ARRAY['work'] ELSE '{}' END,
    CASE WHEN n % 2 = 0 THEN timestamptz '2026-06-01Z' + n * interval '1 hour' END,
    timestamptz '2026-01-01Z' + n * interval '1 hour',
    timestamptz '2026-01-01Z' + n * interval '1 hour',
    format('''task'':1A ''%s'':2A', word)::tsvector, '', '',
    CASE WHEN n % 40 BETWEEN 1 AND 20 THEN
        ('01910000-' || lpad(to_hex(n % 40), 4, '0') || '-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid END,
    CASE WHEN n % 8 = 0 THEN
        ('01900000-' || lpad(to_hex(n - 1), 4, '0') || '-7000-8000-' || lpad(to_hex(u), 12, '0'))::uuid END
FROM generate_series(1, 200) AS u, generate_series(1, 2000) AS n,
    LATERAL (SELECT (ARRAY['milk', 'dentist', 'report', 'garden', 'tax'])[1 + (n * 7 + u) % 5] AS word) AS words,
    LATERAL (SELECT CASE WHEN n % 3 > 0 THEN date '2026-01-01' + (n * 37 + u) % 730 END AS day) AS days;
ALTER TABLE todo.tasks ENABLE TRIGGER tasks_check_new_parent;

INSERT INTO todo.task_occurrences (user_id, task_id, version, due_by, recurrence, completed_at)
SELECT user_id, id, 1, created_at, '{}', created_at FROM todo.tasks WHERE priority = 1;

-- A quarter of the tasks has a reminder, of which every fifth waits.
INSERT INTO todo.reminders (user_id, id, task_id, remind_at, state, next_at, created_at)
SELECT user_id, replace(id::text, '01900000-', '01920000-')::uuid, id, created_at + interval '1 year',
    CASE WHEN waits THEN 'waiting' ELSE 'sent' END, CASE WHEN waits THEN created_at + interval '1 year' END, created_at
FROM todo.tasks, LATERAL (SELECT title LIKE '%1' AS waits) AS waiting
WHERE priority = 2;

-- Each user renamed a task lately, and another one, which was taken back.
INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data, transaction_id)
SELECT user_id, id, 'todo.task.updated', 1, 'r', timestamptz '2026-05-31T20:00Z', action.data, action.transaction_id
FROM todo.tasks
JOIN (VALUES ('01900000-0001-', '{}'::jsonb, '10'::xid8), ('01900000-0002-', '{}', '11'), ('01900000-0002-', '{"same_as": 0}', '12'))
    AS action (task, data, transaction_id) ON starts_with(tasks.id::text, action.task);
INSERT INTO todo.task_versions (user_id, transaction_id, task_id, version, task, replaced_at)
SELECT user_id, transaction_id, task_id, 0, to_jsonb(tasks) || '{"title": "before"}', occurred_at
FROM todo.task_events JOIN todo.tasks USING (user_id) WHERE tasks.id = task_id;
INSERT INTO todo.turned_actions (user_id, transaction_id, last_turn, undone, turned_at)
SELECT user_id, '11', '12', true, occurred_at FROM todo.task_events WHERE transaction_id = '12';
