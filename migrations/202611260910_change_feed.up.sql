-- Lets a user's clients hear of changes: the events of the outbox become readable for their user, in the order in which
-- they became visible. An event's id tells when it was made, not when it was committed; its transaction tells both, since
-- a snapshot knows which transactions could be seen.

-- Without a default first, so that the table is not written anew: events before this one are of no interest to anybody
-- who listens.
ALTER TABLE todo.task_events ADD COLUMN transaction_id xid8;
ALTER TABLE todo.task_events ALTER COLUMN transaction_id SET DEFAULT pg_current_xact_id();

CREATE INDEX task_events_by_transaction ON todo.task_events (user_id, transaction_id);

CREATE POLICY task_events_seen_by_the_acting_user ON todo.task_events FOR SELECT TO todo_app
    USING (todo.may_access(user_id));
GRANT SELECT ON todo.task_events TO todo_app;
