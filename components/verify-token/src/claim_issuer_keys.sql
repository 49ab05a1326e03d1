-- Takes it upon a process to fetch the keys of another issuer: one row where no other did for a while. $1 issuer, $2 for how many seconds.
INSERT INTO todo.issuer_keys AS known (issuer, asked_at) VALUES ($1::text, now())
ON CONFLICT (issuer) DO UPDATE SET asked_at = excluded.asked_at
WHERE known.asked_at <= excluded.asked_at - $2::integer * interval '1 second'
RETURNING issuer
