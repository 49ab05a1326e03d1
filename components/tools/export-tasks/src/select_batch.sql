-- The tasks that match, from the one behind :after on.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs), filters those that all statements take
-- (filter.rs).
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
  AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
      WHEN :in_inbox::boolean THEN list_id IS NULL
      ELSE true END
  AND {filters}
-- As added: what is changed meanwhile keeps its place, so that no task is met twice or passed over.
ORDER BY id
LIMIT :limit::bigint
