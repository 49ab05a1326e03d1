-- Changes what is given of a list of the version expected, or of any where none is; nothing when nothing would differ. Tells the list
-- as it is then. What is null stays as it is, but the list that it is nested in: :sets_parent says whether that changes. What is
-- nested in it is archived and used again with it.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT lists.* FROM todo.lists
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
    FOR UPDATE
),
wanted AS (
    SELECT user_id, id,
        coalesce(:name::text, name) AS name,
        coalesce(:colour::text, colour) AS colour,
        CASE WHEN :sets_parent::boolean THEN :parent_id::uuid ELSE parent_id END AS parent_id,
        coalesce(:position::text, position) AS position,
        CASE WHEN :archived::boolean IS NULL THEN archived_at
            WHEN :archived::boolean THEN coalesce(archived_at, :now::text::timestamptz) END AS archived_at
    FROM target
),
updated AS (
    UPDATE todo.lists
    SET name = wanted.name, colour = wanted.colour, parent_id = wanted.parent_id, position = wanted.position,
        archived_at = wanted.archived_at, version = lists.version + 1, updated_at = :now::text::timestamptz
    FROM target, wanted
    WHERE lists.user_id = target.user_id AND lists.id = target.id
      AND (wanted.name, wanted.colour, wanted.parent_id, wanted.position, wanted.archived_at)
          IS DISTINCT FROM (target.name, target.colour, target.parent_id, target.position, target.archived_at)
      AND target.version = coalesce(:expected_version::bigint, target.version)
    RETURNING lists.*
),
nested AS (
    UPDATE todo.lists
    SET archived_at = updated.archived_at, version = lists.version + 1, updated_at = :now::text::timestamptz
    FROM target, updated
    WHERE lists.user_id = updated.user_id AND lists.parent_id = updated.id
      AND updated.archived_at IS DISTINCT FROM target.archived_at
      -- One that was archived by itself before stays as it is.
      AND lists.archived_at IS NOT DISTINCT FROM target.archived_at
),
answer AS (
    SELECT true AS changed, updated.* FROM updated
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM updated)
)
SELECT changed,
    {list_columns}
FROM (
    SELECT answer.*, (
        SELECT count(*) FROM todo.tasks
        WHERE tasks.user_id = answer.user_id AND tasks.list_id = answer.id
          AND tasks.deleted_at IS NULL AND tasks.completed_at IS NULL
    ) AS open_count
    FROM answer
) AS list
