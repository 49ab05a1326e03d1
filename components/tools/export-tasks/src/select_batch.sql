-- The tasks that match, from the one behind :after on.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs). A filter that is null does not
-- filter; :not_overdue_at leaves out what is open and was due before this instant.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {task_columns}
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting)
  AND deleted_at IS NULL
  AND {status}
  AND {ids}
  AND id > :after::uuid
  AND CASE WHEN :due_from::text IS NULL THEN true ELSE due_by >= :due_from::text::timestamptz END
  AND CASE WHEN :due_to::text IS NULL THEN true ELSE due_by <= :due_to::text::timestamptz END
  AND CASE WHEN :priority::smallint IS NULL THEN true ELSE priority = :priority::smallint END
  AND CASE WHEN :label::text IS NULL THEN true ELSE :label::text = ANY (labels) END
  AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
      WHEN :in_inbox::boolean THEN list_id IS NULL
      ELSE true END
  AND CASE WHEN :words::text IS NULL THEN true ELSE (title_words || label_words || notes_words) @@ :words::text::tsquery END
  AND CASE WHEN :not_overdue_at::text IS NULL THEN true
      ELSE completed_at IS NOT NULL OR due_by >= :not_overdue_at::text::timestamptz END
-- As added: what is changed meanwhile keeps its place, so that no task is met twice or passed over.
ORDER BY id
LIMIT :limit::bigint
