-- Whose feed has a token of this hash. It acts for nobody: who reads it can't sign in.
SELECT owner_id, coalesce(last_read_at > :now::text::timestamptz - interval '1 hour', false) AS is_read_lately
FROM todo.find_calendar_feed(:token_hash::bytea)
