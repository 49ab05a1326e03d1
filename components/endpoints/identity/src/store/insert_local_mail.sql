-- Keeps a mail of a local run, and only the last ones. $1 id, $2 recipient, $3 subject, $4 text, $5 how many are kept.
WITH outgrown AS (
    DELETE FROM todo.local_mail
    WHERE id = ANY (ARRAY(SELECT id FROM todo.local_mail ORDER BY created_at DESC, id DESC OFFSET $5::integer - 1))
        OR created_at < now() - interval '1 day'
)
INSERT INTO todo.local_mail (id, recipient, subject, text) VALUES ($1::uuid, $2::text, $3::text, $4::text)
RETURNING id
