-- What happened to the user's tasks since a position, and the position that is now.
--
-- A position is a snapshot: it knows which transactions could be seen. What was committed since is what this statement
-- sees and that snapshot did not, whenever its transaction began. So nothing is told twice and nothing is missed.
-- Without a position nothing has happened.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
recent AS MATERIALIZED (
    SELECT event.task_id, event.type
    FROM todo.task_events AS event
    WHERE event.user_id = (SELECT user_id FROM acting)
      AND event.transaction_id >= pg_snapshot_xmin(:position::text::pg_snapshot)
      AND NOT pg_visible_in_snapshot(event.transaction_id, :position::text::pg_snapshot)
      -- Where a backup was restored in another server, transactions of the first one are still to come here.
      AND event.transaction_id < pg_snapshot_xmax(pg_current_snapshot())
)
SELECT
    pg_current_snapshot()::text AS position,
    coalesce((SELECT array_agg(DISTINCT task_id::text) FROM recent), '{}') AS task_ids,
    EXISTS (SELECT FROM recent WHERE type IN ('todo.task.created', 'todo.task.deleted', 'todo.task.restored')) AS other_tasks
