-- The tasks that have all words, each as the beginning of one of theirs; done or open ones alone, or both where :is_done is null.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {task_columns}
FROM todo.tasks
CROSS JOIN LATERAL (SELECT title_words || label_words || notes_words AS all_words) AS words
WHERE user_id = (SELECT user_id FROM acting)
  AND deleted_at IS NULL
  AND (completed_at IS NOT NULL) = coalesce(:is_done::boolean, completed_at IS NOT NULL)
  AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
      WHEN :in_inbox::boolean THEN list_id IS NULL
      ELSE {not_archived} END
  AND all_words @@ :prefixes::text::tsquery
-- A word found whole counts twice; the newest first among equals.
ORDER BY ts_rank(all_words, :prefixes::text::tsquery) + ts_rank(all_words, :whole_words::text::tsquery) DESC, id DESC
LIMIT :limit::bigint
