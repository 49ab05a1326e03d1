-- The mail of a local run, the latest first.
SELECT recipient, subject, text, (extract(epoch FROM created_at) * 1000000)::bigint AS created_at_us
FROM todo.local_mail
ORDER BY created_at DESC, id DESC
