-- Takes the reminders of a user that there is something to do about: those of tasks that are done or deleted, and those that have come
-- too late, are skipped; where the user has no webhook they are sent, as the list of those shows them; the others are this sender's
-- until the lease ends. What another sender has taken meanwhile is passed over.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
webhook AS MATERIALIZED (
    SELECT url, key_id FROM todo.webhooks WHERE user_id = (SELECT user_id FROM acting)
),
due AS MATERIALIZED (
    SELECT reminders.id, task.title, task.due_at,
        CASE
            WHEN task.is_open IS NOT TRUE OR reminders.remind_at < :too_late::text::timestamptz THEN 'skipped'
            WHEN NOT EXISTS (SELECT FROM webhook) THEN 'sent'
            ELSE 'waiting'
        END AS outcome
    FROM todo.reminders
    LEFT JOIN LATERAL (
        SELECT title, due_at, completed_at IS NULL AND deleted_at IS NULL AS is_open FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND id = reminders.task_id
        LIMIT 1
    ) AS task ON true
    WHERE reminders.user_id = (SELECT user_id FROM acting) AND reminders.next_at <= :now::text::timestamptz
    ORDER BY reminders.next_at
    LIMIT :limit::bigint
    FOR UPDATE OF reminders SKIP LOCKED
),
taken AS (
    UPDATE todo.reminders
    SET state = due.outcome,
        next_at = CASE WHEN due.outcome = 'waiting' THEN :lease_ends::text::timestamptz END,
        attempts = reminders.attempts + 1,
        sent_at = CASE WHEN due.outcome = 'sent' THEN :now::text::timestamptz ELSE reminders.sent_at END
    FROM due
    WHERE reminders.user_id = (SELECT user_id FROM acting) AND reminders.id = due.id
    RETURNING reminders.id, reminders.task_id, reminders.remind_at, reminders.attempts, due.title, due.due_at AS task_due_at,
        due.outcome
)
SELECT id, task_id, coalesce(title, '') AS title, attempts, outcome,
    (extract(epoch FROM remind_at) * 1000000)::bigint AS remind_at,
    (extract(epoch FROM task_due_at) * 1000000)::bigint AS task_due_at,
    url, key_id
FROM taken
LEFT JOIN webhook ON true
