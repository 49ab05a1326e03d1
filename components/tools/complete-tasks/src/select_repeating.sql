-- The first open tasks that match and repeat, for which complete_tasks.sql has to be told where they go.
-- {status} and {ids} are fixed texts chosen by the filter (task-rows, selection/mod.rs).
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
recent AS MATERIALIZED (
    -- Called again at once, it completes no occurrence more.
    SELECT task_id, version FROM todo.task_occurrences
    WHERE user_id = (SELECT user_id FROM acting) AND completed_at > :now::text::timestamptz - interval '10 minutes'
)
SELECT recurrence::text AS series,
    {task_columns}
FROM todo.tasks
WHERE user_id = (SELECT user_id FROM acting)
  AND deleted_at IS NULL
  AND {status}
  AND {ids}
  AND due_by >= coalesce(:due_from::text::timestamptz, '-infinity')
  AND due_by <= coalesce(:due_to::text::timestamptz, 'infinity')
  AND CASE WHEN :priority::smallint IS NULL THEN true ELSE priority = :priority::smallint END
  AND CASE WHEN :list_id::uuid IS NOT NULL THEN list_id = :list_id::uuid
      WHEN :in_inbox::boolean THEN list_id IS NULL
      -- What is named is meant, also where it is archived.
      WHEN :ids::text[] IS NOT NULL THEN true
      ELSE {not_archived} END
  AND {filters}
  AND recurrence IS NOT NULL
  AND (id, version) NOT IN (SELECT task_id, version FROM recent)
ORDER BY due_by, id
LIMIT :most_changed::bigint
