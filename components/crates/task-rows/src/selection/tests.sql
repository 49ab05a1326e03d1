-- What the tests of variants are made with.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
)
SELECT {task_columns}
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting)
  AND {status}
  AND {ids}
  AND due_by BETWEEN :due_from::text::timestamptz AND :due_to::text::timestamptz
  AND list_id = :list_id::uuid AND :in_inbox::boolean IS NULL
  AND priority = :priority::smallint
  AND {filters}
