-- Changes what is given of a task of the version expected, or of any where none is; nothing when nothing would differ. Tells
-- the task as it is then. What is null stays as it is, but notes, due, list and recurrence: they are set, also to nothing, where
-- :sets_notes, :sets_due, :sets_list and :sets_recurrence say so, and so is the parent by :sets_parent. What is no longer due repeats no
-- longer. A subtask is in the list of its parent: a new parent brings it there, and a new list takes it out of its parent. What is below
-- a task is in its list as well.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
target AS (
    SELECT tasks.* FROM todo.tasks
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE
),
wanted AS (
    SELECT user_id, id,
        coalesce(:title::text, title) AS title,
        coalesce(:title_key::text, title_key) AS title_key,
        coalesce(:priority::smallint, priority) AS priority,
        coalesce(:labels::text[], labels) AS labels,
        CASE WHEN :sets_notes::boolean THEN :notes::text ELSE notes END AS notes,
        CASE WHEN :sets_parent::boolean AND :parent_id::uuid IS NOT NULL THEN (
                SELECT parent.list_id FROM todo.tasks AS parent
                WHERE parent.user_id = target.user_id AND parent.id = :parent_id::uuid
            )
            WHEN :sets_list::boolean THEN :list_id::uuid ELSE list_id END AS list_id,
        CASE WHEN :sets_parent::boolean THEN :parent_id::uuid
            WHEN :sets_list::boolean AND :list_id::uuid IS DISTINCT FROM list_id THEN NULL ELSE parent_id END AS parent_id,
        CASE WHEN :sets_due::boolean THEN :due_on::text::date ELSE due_on END AS due_on,
        CASE WHEN :sets_due::boolean THEN :due_at::text::timestamptz ELSE due_at END AS due_at,
        CASE WHEN :sets_due::boolean THEN :due_offset::integer ELSE due_offset END AS due_offset,
        CASE WHEN :sets_due::boolean THEN :time_zone::text ELSE time_zone END AS time_zone,
        CASE WHEN :sets_due::boolean THEN :due_by::text::timestamptz ELSE due_by END AS due_by,
        coalesce(:title_words::text::tsvector, title_words) AS title_words,
        coalesce(:label_words::text::tsvector, label_words) AS label_words,
        CASE WHEN :sets_notes::boolean THEN :notes_words::text::tsvector ELSE notes_words END AS notes_words,
        CASE WHEN :sets_recurrence::boolean THEN :recurrence::text::jsonb
            WHEN :sets_due::boolean AND :due_by::text = 'infinity' THEN NULL
            ELSE recurrence END AS recurrence
    FROM target
),
difference AS (
    SELECT array_remove(ARRAY[
        CASE WHEN wanted.title <> target.title THEN 'title' END,
        CASE WHEN wanted.notes IS DISTINCT FROM target.notes THEN 'notes' END,
        CASE WHEN (wanted.due_on, wanted.due_at, wanted.time_zone)
            IS DISTINCT FROM (target.due_on, target.due_at, target.time_zone) THEN 'due' END,
        CASE WHEN wanted.priority <> target.priority THEN 'priority' END,
        CASE WHEN wanted.labels <> target.labels THEN 'labels' END,
        CASE WHEN wanted.list_id IS DISTINCT FROM target.list_id THEN 'list_id' END,
        CASE WHEN wanted.parent_id IS DISTINCT FROM target.parent_id THEN 'parent_id' END,
        CASE WHEN wanted.recurrence IS DISTINCT FROM target.recurrence THEN 'recurrence' END
    ], NULL) AS fields
    FROM wanted, target
),
updated AS (
    UPDATE todo.tasks
    SET title = wanted.title, title_key = wanted.title_key, priority = wanted.priority, labels = wanted.labels,
        notes = wanted.notes, due_on = wanted.due_on, due_at = wanted.due_at, due_offset = wanted.due_offset,
        time_zone = wanted.time_zone, due_by = wanted.due_by, title_words = wanted.title_words,
        label_words = wanted.label_words, notes_words = wanted.notes_words, list_id = wanted.list_id,
        recurrence = wanted.recurrence, parent_id = wanted.parent_id,
        version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM target, wanted, difference
    WHERE tasks.user_id = target.user_id AND tasks.id = target.id
      AND cardinality(difference.fields) > 0
      AND target.version = coalesce(:expected_version::bigint, target.version)
    RETURNING tasks.*
),
parents AS (
    SELECT updated.id FROM updated, target WHERE updated.list_id IS DISTINCT FROM target.list_id
),
{below},
subtasks AS (
    UPDATE todo.tasks
    SET list_id = updated.list_id, version = tasks.version + 1, updated_at = :now::text::timestamptz
    FROM updated
    WHERE tasks.user_id = (SELECT user_id FROM acting) AND tasks.id = ANY (ARRAY(SELECT below.id FROM below))
      AND tasks.list_id IS DISTINCT FROM updated.list_id AND tasks.deleted_at IS NULL
    RETURNING tasks.user_id, tasks.id, tasks.version
),
event AS (
    INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at, data)
    SELECT user_id, id, 'todo.task.updated', version, :request_id::text, :now::text::timestamptz,
        jsonb_build_object('fields', difference.fields)
    FROM updated, difference
    UNION ALL
    SELECT user_id, id, 'todo.task.updated', version, :request_id::text, :now::text::timestamptz,
        jsonb_build_object('fields', ARRAY['list_id'])
    FROM subtasks
),
answer AS (
    SELECT true AS changed, updated.* FROM updated
    UNION ALL
    SELECT false, target.* FROM target WHERE NOT EXISTS (SELECT FROM updated)
)
SELECT changed, (SELECT count(*) FROM subtasks) AS changed_subtasks,
    {task_columns}
FROM answer
