-- One row per task listed, each with all counts; a row without a task when there is none.
-- $1 user, $2 now, $3 start of today, $4 end of today, $5 end of the upcoming days
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
open AS MATERIALIZED (
    SELECT due_by, labels FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
),
counts AS (
    SELECT count(*) AS open_count,
        count(*) FILTER (WHERE due_by < $2::text::timestamptz) AS overdue_count,
        count(*) FILTER (WHERE due_by >= $2::text::timestamptz AND due_by <= $4::text::timestamptz)
            AS due_today_count,
        count(*) FILTER (WHERE due_by > $4::text::timestamptz AND due_by <= $5::text::timestamptz)
            AS upcoming_count
    FROM open
),
completed AS (
    SELECT count(*) AS completed_today_count FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL
      AND completed_at >= $3::text::timestamptz AND completed_at <= $4::text::timestamptz
),
used AS (
    SELECT label, count(*) AS uses FROM open, unnest(labels) AS label
    GROUP BY label ORDER BY uses DESC, label COLLATE "C" LIMIT 20
),
label_counts AS (
    SELECT coalesce(array_agg(label ORDER BY uses DESC, label COLLATE "C"), '{}') AS label_names,
        coalesce(array_agg(uses ORDER BY uses DESC, label COLLATE "C"), '{}') AS label_uses
    FROM used
),
listed AS (
    (SELECT 'overdue' AS part, tasks.* FROM todo.tasks
     WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
       AND due_by < $2::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
    UNION ALL
    (SELECT 'due_today' AS part, tasks.* FROM todo.tasks
     WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
       AND due_by >= $2::text::timestamptz AND due_by <= $4::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
    UNION ALL
    (SELECT 'upcoming' AS part, tasks.* FROM todo.tasks
     WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
       AND due_by > $4::text::timestamptz AND due_by <= $5::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
)
SELECT open_count, overdue_count, due_today_count, upcoming_count, completed_today_count, label_names, label_uses,
    part,
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM counts CROSS JOIN completed CROSS JOIN label_counts LEFT JOIN listed ON true
ORDER BY due_by, id
