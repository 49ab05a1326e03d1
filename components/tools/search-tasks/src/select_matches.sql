-- $1 user, $2 words as prefixes, $3 the same as whole words, $4 done, open or (null) both, $5 limit
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
)
SELECT
    id, title, notes,
    due_on, (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, due_offset, time_zone,
    priority, labels,
    (extract(epoch FROM completed_at) * 1000000)::bigint AS completed_at, version,
    (extract(epoch FROM created_at) * 1000000)::bigint AS created_at,
    (extract(epoch FROM updated_at) * 1000000)::bigint AS updated_at
FROM todo.tasks
CROSS JOIN LATERAL (SELECT title_words || label_words || notes_words AS all_words) AS words
WHERE user_id = (SELECT user_id FROM acting)
  AND deleted_at IS NULL
  AND (completed_at IS NOT NULL) = coalesce($4::boolean, completed_at IS NOT NULL)
  AND all_words @@ $2::text::tsquery
-- A word found whole counts twice; the newest first among equals.
ORDER BY ts_rank(all_words, $2::text::tsquery) + ts_rank(all_words, $3::text::tsquery) DESC, id DESC
LIMIT $5::bigint
