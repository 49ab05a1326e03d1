-- Takes a message: makes the conversation or finds it, checks that nothing else is being answered there, stores the
-- message and its turn, settles a waiting question, and reads what was said before. One round trip.
--
-- The reply is what the message would mean as an answer (yes, no or other), and `answers` the message whose question it has to
-- answer, or null for any. 0 or null stand for any number of conversations and tokens.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
before AS MATERIALIZED (
    SELECT id, last_sequence, status, turn_id, turn_expires_at > now() AS busy
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = :conversation_id::uuid AND NOT :is_new::boolean
),
known AS MATERIALIZED (
    -- The message was taken before.
    SELECT id
    FROM todo.turns
    WHERE user_id = (SELECT user_id FROM acting) AND idempotency_key = :idempotency_key::text
),
pending AS MATERIALIZED (
    SELECT calls,
           expires_at > now() AND taken_by IS NULL AND coalesce(message_id = :answers::uuid, true) AS live
    FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND NOT :is_new::boolean
),
kept AS MATERIALIZED (
    -- No further than to the limit.
    SELECT count(*) >= :max_conversations::bigint AS is_full
    FROM (
        SELECT FROM todo.conversations
        WHERE user_id = (SELECT user_id FROM acting) AND :is_new::boolean
        LIMIT :max_conversations::bigint
    ) AS counted
),
spent AS MATERIALIZED (
    -- Since midnight UTC. Rules cost nothing.
    SELECT coalesce(sum(input_tokens + output_tokens), 0) >= :daily_tokens::bigint AS is_all
    FROM todo.model_usage
    WHERE user_id = (SELECT user_id FROM acting) AND :daily_tokens::bigint IS NOT NULL
      AND created_at >= date_trunc('day', now(), 'UTC') AND model <> 'builtin'
),
attachable AS MATERIALIZED (
    SELECT count(*) AS found
    FROM todo.attachments
    -- Most messages have nothing attached: then nothing is read.
    WHERE cardinality(:attachments::text[]) > 0
      AND user_id = (SELECT user_id FROM acting) AND id = ANY (:attachments::text[]::uuid[])
      AND message_id IS NULL AND content IS NOT NULL
),
decided AS MATERIALIZED (
    SELECT
        CASE
            WHEN EXISTS (SELECT FROM known) THEN 'repeated'
            WHEN :is_new::boolean AND :must_answer::boolean THEN 'nothing-asked'
            WHEN :is_new::boolean AND :max_conversations::bigint > 0 AND (SELECT is_full FROM kept) THEN 'too-many'
            WHEN :is_new::boolean AND :daily_tokens::bigint IS NOT NULL AND (SELECT is_all FROM spent) THEN 'spent'
            WHEN cardinality(:attachments::text[]) > (SELECT found FROM attachable) THEN 'not-attachable'
            WHEN :is_new::boolean THEN 'open'
            WHEN NOT EXISTS (SELECT FROM before) THEN 'not-found'
            WHEN (SELECT status FROM before) <> 'active' THEN 'locked'
            WHEN (SELECT busy FROM before) THEN 'busy'
            -- Nobody holds it any more: it is ended first.
            WHEN (SELECT turn_id FROM before) IS NOT NULL THEN 'lost'
            WHEN (SELECT last_sequence FROM before) >= :max_messages::integer - 1 THEN 'full'
            WHEN :must_answer::boolean AND NOT coalesce((SELECT live FROM pending), false) THEN 'nothing-asked'
            WHEN :daily_tokens::bigint IS NOT NULL AND (SELECT is_all FROM spent) THEN 'spent'
            ELSE 'open'
        END AS outcome,
        CASE
            WHEN NOT coalesce((SELECT live FROM pending), false) OR :reply::text NOT IN ('yes', 'no') THEN 'message'
            WHEN :reply::text = 'yes' THEN 'confirmed'
            ELSE 'declined'
        END AS kind
),
created AS (
    INSERT INTO todo.conversations (id, user_id, title, last_sequence, turn_id, turn_expires_at)
    SELECT :conversation_id::uuid, acting.user_id, :title::text, 1, :turn_id::uuid, now() + make_interval(secs => :lease_seconds::double precision)
    FROM acting, decided
    WHERE :is_new::boolean AND decided.outcome = 'open'
    RETURNING id, last_sequence
),
taken AS (
    -- A turn that ended or began since this statement started has moved last_sequence or turn_id: then no row is taken, and
    -- nothing below happens.
    UPDATE todo.conversations AS conversation
    SET last_sequence = conversation.last_sequence + 1,
        turn_id = :turn_id::uuid,
        turn_expires_at = now() + make_interval(secs => :lease_seconds::double precision),
        updated_at = now()
    FROM before, decided
    WHERE conversation.user_id = (SELECT user_id FROM acting)
      AND conversation.id = before.id
      AND conversation.last_sequence = before.last_sequence
      AND conversation.turn_id IS NULL
      AND decided.outcome = 'open'
    RETURNING conversation.id, conversation.last_sequence
),
opened AS (
    SELECT id, last_sequence FROM created
    UNION ALL
    SELECT id, last_sequence FROM taken
),
stored AS (
    INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, kind, text, input, is_hidden)
    SELECT :turn_id::uuid, opened.id, acting.user_id, opened.last_sequence, 'user', decided.kind, :text::text, :input::jsonb, :is_hidden::boolean
    FROM opened, acting, decided
),
begun AS (
    INSERT INTO todo.turns (user_id, id, conversation_id, message_id, answer_id, idempotency_key, fingerprint)
    SELECT acting.user_id, :turn_id::uuid, opened.id, :turn_id::uuid, :answer_id::uuid, :idempotency_key::text, :fingerprint::bytea
    FROM opened, acting
),
forgotten AS (
    -- What turns have said is kept for an hour.
    DELETE FROM todo.turn_events
    WHERE user_id = (SELECT user_id FROM acting) AND (turn_id, last_number) IN (
        SELECT turn_id, last_number
        FROM todo.turn_events
        WHERE user_id = (SELECT user_id FROM acting) AND created_at < now() - interval '1 hour'
        ORDER BY created_at
        LIMIT 100
    )
),
attached AS (
    UPDATE todo.attachments
    SET conversation_id = opened.id, message_id = :turn_id::uuid
    FROM opened
    WHERE cardinality(:attachments::text[]) > 0
      AND attachments.user_id = (SELECT user_id FROM acting) AND attachments.id = ANY (:attachments::text[]::uuid[])
),
dropped AS (
    DELETE FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND (SELECT kind FROM decided) <> 'confirmed'
),
answered AS (
    -- Out of reach of a second yes, and given back if nothing comes of this one.
    UPDATE todo.pending_confirmations
    SET taken_by = :turn_id::uuid
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND (SELECT kind FROM decided) = 'confirmed'
),
newest AS (
    SELECT sequence, role, kind, text, steps, question,
           sum(char_length(text) + char_length(steps::text)) OVER (ORDER BY sequence DESC) AS total
    FROM (
        SELECT sequence, role, kind, text, steps, question
        FROM todo.messages
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND EXISTS (SELECT FROM taken)
        ORDER BY sequence DESC
        LIMIT 200
    ) AS latest
)
SELECT
    CASE WHEN decided.outcome = 'open' AND opened.id IS NULL THEN 'busy' ELSE decided.outcome END AS outcome,
    decided.kind AS kind,
    ceil(extract(epoch FROM date_trunc('day', now(), 'UTC') + interval '24 hours' - now()))::integer AS day_left,
    CASE WHEN decided.kind = 'confirmed' THEN (SELECT calls::text FROM pending) END AS confirmed_calls,
    (SELECT turn_id FROM before) AS earlier_turn,
    (SELECT json_agg(json_build_object(
                'role', role, 'kind', kind, 'text', text, 'steps', steps, 'question', question
            ) ORDER BY sequence)::text
     FROM newest
     WHERE total <= :history_characters::bigint) AS history,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS opened_at
FROM decided
LEFT JOIN opened ON true
