-- Adds a list, unless there are as many as there may be: then no row comes back.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
number AS MATERIALIZED (
    SELECT count(*) AS lists FROM todo.lists WHERE user_id = (SELECT user_id FROM acting)
),
added AS (
    INSERT INTO todo.lists (user_id, id, name, colour, parent_id, position, created_at, updated_at)
    SELECT user_id, :id::uuid, :name::text, :colour::text, :parent_id::uuid, :position::text,
        :now::text::timestamptz, :now::text::timestamptz
    FROM acting
    WHERE (SELECT lists FROM number) < :max_lists::bigint
    RETURNING lists.*
)
SELECT {list_columns}
FROM (SELECT added.*, 0::bigint AS open_count FROM added) AS list
