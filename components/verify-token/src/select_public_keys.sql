-- The public parts of the keys that tokens in circulation may be signed with. There are few: one or two of each algorithm.
SELECT id, algorithm, public_key
FROM todo.signing_keys
WHERE published_until IS NULL OR published_until > now()
