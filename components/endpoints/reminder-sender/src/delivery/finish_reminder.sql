-- Says what became of a reminder that was taken, if it is still the same: one whose task moved meanwhile is due anew. That it was sent
-- counts also where another sender has taken it since.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
finished AS (
    UPDATE todo.reminders
    SET state = :state::text,
        next_at = :next_at::text::timestamptz,
        sent_at = coalesce(:sent_at::text::timestamptz, sent_at),
        failure = :failure::text
    WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
      AND state = 'waiting' AND (extract(epoch FROM remind_at) * 1000000)::bigint = :remind_at::bigint
      AND (:state::text = 'sent' OR attempts = :attempts::integer)
    RETURNING id
)
SELECT count(*) AS finished FROM finished
