-- Moves every event 31 days back, as if it had been recorded then.
DO $$
DECLARE
    event todo.audit_events;
    last bytea;
BEGIN
    UPDATE todo.audit_event_details SET at = at - interval '31 days';
    FOR event IN SELECT * FROM todo.audit_events ORDER BY chain, sequence LOOP
        last := CASE WHEN event.sequence = 1 THEN sha256('')
            ELSE (SELECT hash FROM todo.audit_events WHERE chain = event.chain AND sequence = event.sequence - 1) END;
        UPDATE todo.audit_events SET at = event.at - interval '31 days'
        WHERE chain = event.chain AND sequence = event.sequence;
        UPDATE todo.audit_events AS events
        SET hash = (SELECT sha256(last || convert_to(log.content, 'UTF8')) FROM todo.audit_log AS log
            WHERE log.chain = event.chain AND log.sequence = event.sequence)
        WHERE events.chain = event.chain AND events.sequence = event.sequence;
    END LOOP;
    UPDATE todo.audit_chains AS chains SET hash = events.hash
    FROM todo.audit_events AS events
    WHERE events.chain = chains.chain AND events.sequence = chains.sequence;
END
$$
