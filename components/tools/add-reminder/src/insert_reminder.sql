-- Adds a reminder of a task, unless its time is over, or the task has as many as it may or is due at no time that it could be relative
-- to; tells which, with a row without a reminder.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
number AS MATERIALIZED (
    SELECT count(*) AS reminders FROM todo.reminders
    WHERE user_id = (SELECT user_id FROM acting) AND task_id = :task_id::uuid
),
wanted AS MATERIALIZED (
    SELECT id AS task_id, title,
        coalesce(:at::text::timestamptz, due_at - make_interval(mins => :before_due_minutes::integer)) AS remind_at
    FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :task_id::uuid AND deleted_at IS NULL
),
added AS (
    INSERT INTO todo.reminders (user_id, id, task_id, before_due_minutes, remind_at, next_at, created_at)
    SELECT acting.user_id, :id::uuid, task_id, :before_due_minutes::integer, remind_at, remind_at, :now::text::timestamptz
    FROM acting, wanted
    WHERE remind_at > :now::text::timestamptz AND (SELECT reminders FROM number) < :max_reminders::bigint
    RETURNING reminders.*
)
SELECT has_time, has_room, found,
    {reminder_columns}
FROM (
    SELECT wanted.remind_at IS NOT NULL AS has_time, number.reminders < :max_reminders::bigint AS has_room,
        added.id IS NOT NULL AS found, added.id, wanted.task_id, wanted.title, added.remind_at, added.before_due_minutes,
        added.state, added.sent_at, added.failure, added.created_at
    FROM number, wanted LEFT JOIN added ON true
) AS answer
