-- Stores the next key of an algorithm; those before sign until it does, and are published for a while after. Deletes what is published no
-- more. No row when another process stored the next one first.
-- $1 id, $2 algorithm, $3 number of the newest key so far, $4 public part, $5 sealed private part, $6 seconds until it signs, $7 seconds
-- that a key is published after it signed for the last time.
WITH over AS (
    DELETE FROM todo.signing_keys WHERE published_until < now()
), inserted AS (
    INSERT INTO todo.signing_keys (id, algorithm, generation, public_key, sealed_private_key, created_at, signs_from)
    VALUES ($1::text, $2::text, $3::integer + 1, $4::bytea, $5::bytea, now(), now() + $6::integer * interval '1 second')
    ON CONFLICT (algorithm, generation) DO NOTHING
    RETURNING id, signs_from
), retired AS (
    UPDATE todo.signing_keys AS key
    SET retired_at = least(key.retired_at, inserted.signs_from),
        published_until = least(key.retired_at, inserted.signs_from) + $7::integer * interval '1 second'
    FROM inserted
    WHERE key.algorithm = $2::text AND key.published_until IS NULL
)
SELECT id FROM inserted
