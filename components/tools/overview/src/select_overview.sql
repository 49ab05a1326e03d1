-- One row per task listed, each with all counts; a row without a task when there is none. A day starts and ends where the
-- caller is. What is in archived lists is left out, but for what was completed today.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
open AS MATERIALIZED (
    SELECT due_by, labels FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
      AND {not_archived}
),
counts AS (
    SELECT count(*) AS open_count,
        count(*) FILTER (WHERE due_by < :now::text::timestamptz) AS overdue_count,
        count(*) FILTER (WHERE due_by >= :now::text::timestamptz AND due_by <= :today_ends::text::timestamptz)
            AS due_today_count,
        count(*) FILTER (WHERE due_by > :today_ends::text::timestamptz AND due_by <= :upcoming_ends::text::timestamptz)
            AS upcoming_count
    FROM open
),
completed AS (
    SELECT (
        SELECT count(*) FROM todo.tasks
        WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL
          AND completed_at >= :today_starts::text::timestamptz AND completed_at <= :today_ends::text::timestamptz
    ) + (
        -- Of tasks that repeat, which have moved on.
        SELECT count(*) FROM todo.task_occurrences
        WHERE user_id = (SELECT user_id FROM acting)
          AND completed_at >= :today_starts::text::timestamptz AND completed_at <= :today_ends::text::timestamptz
    ) AS completed_today_count
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
       AND {not_archived}
       AND due_by < :now::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
    UNION ALL
    (SELECT 'due_today' AS part, tasks.* FROM todo.tasks
     WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
       AND {not_archived}
       AND due_by >= :now::text::timestamptz AND due_by <= :today_ends::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
    UNION ALL
    (SELECT 'upcoming' AS part, tasks.* FROM todo.tasks
     WHERE user_id = (SELECT user_id FROM acting) AND deleted_at IS NULL AND completed_at IS NULL
       AND {not_archived}
       AND due_by > :today_ends::text::timestamptz AND due_by <= :upcoming_ends::text::timestamptz
     ORDER BY due_by, id LIMIT 10)
)
SELECT open_count, overdue_count, due_today_count, upcoming_count, completed_today_count, label_names, label_uses,
    part,
    {task_columns}
FROM counts CROSS JOIN completed CROSS JOIN label_counts LEFT JOIN listed ON true
ORDER BY due_by, id
