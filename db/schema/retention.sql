-- Deletes what is older than its limit.

-- Deletes one batch of the kind `what` in a short transaction; returns how many rows, null if another replica is doing it.
-- The caller repeats it until it gives 0. Rows that another transaction has locked are left for a later run. Only the
-- service locks the job's row, so a person's open transaction delays only the rows that it has locked.
CREATE FUNCTION retention_batch(what text, clock timestamptz, max_rows integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    now_is timestamptz := studio_retention_clock(clock);
    cutoff timestamptz := now_is - interval '24 months';
    tenant uuid;
    many integer;
    gone integer := 0;
BEGIN
    PERFORM studio_require_janitor();
    IF NOT EXISTS (SELECT FROM studio_account()) THEN
        PERFORM FROM job_locks WHERE name = 'retention' FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    IF what = 'events' THEN -- those in the cutoff's month, tenant by tenant along the index
        FOR tenant IN SELECT id FROM tenants ORDER BY id LOOP
            DELETE FROM events e USING (
                SELECT id, created_at FROM events WHERE tenant_id = tenant AND created_at < cutoff
                ORDER BY created_at LIMIT max_rows - gone FOR UPDATE SKIP LOCKED) old
            WHERE e.id = old.id AND e.created_at = old.created_at AND e.created_at < cutoff;
            GET DIAGNOSTICS many = ROW_COUNT;
            gone := gone + many;
            EXIT WHEN gone >= max_rows;
        END LOOP;
        RETURN gone;
    ELSIF what = 'sessions' THEN
        FOR tenant IN SELECT id FROM tenants ORDER BY id LOOP
            DELETE FROM sessions s WHERE s.id IN (
                SELECT id FROM sessions WHERE tenant_id = tenant AND created_at < cutoff
                ORDER BY created_at LIMIT max_rows - gone FOR UPDATE SKIP LOCKED);
            GET DIAGNOSTICS many = ROW_COUNT;
            gone := gone + many;
            EXIT WHEN gone >= max_rows;
        END LOOP;
        RETURN gone;
    ELSIF what = 'bookings' THEN
        DELETE FROM bookings b WHERE b.id IN (
            SELECT id FROM bookings WHERE created_at < cutoff -- an agreed one in the future stays
                AND (status NOT IN ('accepted', 'confirmed') OR coalesce(ends_at, starts_at, created_at) < now_is)
            LIMIT max_rows FOR UPDATE SKIP LOCKED);
    ELSIF what = 'bot_days' THEN
        DELETE FROM bot_visits v WHERE v.ctid IN (
            SELECT ctid FROM bot_visits WHERE day < (cutoff AT TIME ZONE 'UTC')::date LIMIT max_rows
            FOR UPDATE SKIP LOCKED);
    ELSIF what = 'attempts' THEN
        DELETE FROM blocked_clients c WHERE c.ctid IN (
            SELECT ctid FROM blocked_clients WHERE expires_at < now_is FOR UPDATE SKIP LOCKED);
        DELETE FROM client_marks m WHERE m.id IN (
            SELECT id FROM client_marks WHERE created_at < cutoff LIMIT max_rows FOR UPDATE SKIP LOCKED);
        DELETE FROM photo_steps s WHERE s.id IN (
            SELECT o.id FROM photo_steps o WHERE o.done_at < cutoff -- of a photo in the library they tell what the store has
                AND NOT EXISTS (SELECT FROM photos p WHERE p.tenant_id = o.tenant_id AND p.picture = o.picture)
            LIMIT max_rows FOR UPDATE SKIP LOCKED);
        DELETE FROM time_blocks t WHERE t.id IN (
            SELECT id FROM time_blocks WHERE ends_at < cutoff LIMIT max_rows FOR UPDATE SKIP LOCKED);
        DELETE FROM capped_hours c WHERE c.ctid IN (
            SELECT ctid FROM capped_hours WHERE hour < cutoff FOR UPDATE SKIP LOCKED);
        DELETE FROM booking_attempts a WHERE a.ctid IN (
            SELECT ctid FROM booking_attempts WHERE at < now_is - interval '1 day' LIMIT max_rows FOR UPDATE SKIP LOCKED);
    ELSIF what = 'messages' THEN
        DELETE FROM outbox o WHERE o.id IN (
            SELECT id FROM outbox WHERE status = 'sent' AND done_at < now_is - interval '7 days'
                OR status = 'dead' AND done_at < now_is - interval '90 days' LIMIT max_rows
            FOR UPDATE SKIP LOCKED);
    ELSIF what = 'audit' THEN -- entries about visitors' rows; the others stay
        DELETE FROM audit_log l WHERE l.id IN (
            SELECT id FROM audit_log WHERE table_name IN ('bookings', 'blocked_clients') AND at < cutoff LIMIT max_rows
            FOR UPDATE SKIP LOCKED);
    ELSIF what = 'client_keys' THEN
        UPDATE bookings b SET client_key = NULL WHERE b.id IN (
            SELECT id FROM bookings WHERE client_key IS NOT NULL AND created_at < now_is - interval '30 days'
            LIMIT max_rows FOR UPDATE SKIP LOCKED);
    ELSIF what = 'booking_words' THEN -- texts about a booking are deleted 90 days after its date, or after it ended without a meeting;
                                      -- a note that was written later, 90 days after that
        WITH over AS (
            SELECT b.id FROM bookings b
            WHERE NOT b.words_gone AND b.created_at < now_is - interval '90 days' AND greatest(b.created_at, CASE WHEN b.status IN ('accepted', 'confirmed', 'completed', 'no_show')
                      THEN coalesce(b.ends_at, b.created_at) ELSE booking_settled_at(b) END) < now_is - interval '90 days'
                AND b.status NOT IN ('pending', 'waiting', 'proposed')
            LIMIT max_rows FOR UPDATE SKIP LOCKED),
        changes AS (UPDATE booking_history h SET before = NULL FROM over WHERE h.booking_id = over.id AND h.before IS NOT NULL)
        UPDATE bookings b SET message = NULL, duration = NULL, place = NULL, screening = NULL, deposit_method = NULL,
            service_type = CASE WHEN b.source = 'site' THEN b.service_type END, words_gone = true -- those from the site are the companion's words
        FROM over WHERE b.id = over.id;
        GET DIAGNOSTICS many = ROW_COUNT;
        DELETE FROM booking_notes n WHERE n.id IN (
            SELECT k.id FROM booking_notes k JOIN bookings b ON b.id = k.booking_id
            WHERE b.words_gone AND k.created_at < now_is - interval '90 days' LIMIT max_rows FOR UPDATE OF k SKIP LOCKED);
        GET DIAGNOSTICS gone = ROW_COUNT;
        RETURN many + gone;
    ELSIF what = 'receipts' THEN
        DELETE FROM erasures e WHERE e.id IN (SELECT id FROM erasures WHERE at < cutoff ORDER BY at LIMIT max_rows FOR UPDATE SKIP LOCKED);
    ELSIF what = 'erased_subjects' THEN -- a visitor id a little longer than its cookie may live
        DELETE FROM erased_subjects e USING (
            SELECT kind, key_hash FROM erased_subjects
            WHERE erased_at < now_is - CASE kind WHEN 'visitor' THEN interval '200 days' ELSE interval '90 days' END
            LIMIT max_rows FOR UPDATE SKIP LOCKED) old
        WHERE e.kind = old.kind AND e.key_hash = old.key_hash;
    ELSIF what = 'salts' THEN -- only the service: a person's open transaction would stop all visits without consent
        IF EXISTS (SELECT FROM studio_account()) THEN
            RETURN 0;
        END IF;
        PERFORM visitor_salts_destroy((clock_timestamp() AT TIME ZONE 'UTC')::date);
        RETURN 0;
    ELSE
        RAISE EXCEPTION 'There is no retention rule for "%".', what USING ERRCODE = 'invalid_parameter_value';
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
GRANT EXECUTE ON FUNCTION retention_batch(text, timestamp with time zone, integer) TO studio_operator,
    studio_renderer;

-- Waits for readers of the events for at most 0.3 seconds, since writers wait behind it. Nulls if another replica is doing
-- it. Only the service may call it: a person's open transaction would lock the table of all events.
CREATE FUNCTION retention_partitions(clock timestamptz, OUT dropped integer, OUT made integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
    cutoff timestamptz := studio_retention_clock(clock) - interval '24 months';
    leaf record;
BEGIN
    PERFORM studio_require_janitor();
    IF EXISTS (SELECT FROM studio_account()) THEN
        dropped := 0;
        made := 0;
        RETURN;
    END IF;
    PERFORM FROM job_locks WHERE name = 'retention' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    dropped := 0;
    made := 0;
    BEGIN
        made := events_make_partitions(((studio_retention_clock(clock) AT TIME ZONE 'UTC') - interval '1 month')::date, 14)
            + analytics_make_months(((studio_retention_clock(clock) AT TIME ZONE 'UTC') - interval '1 month')::date,
                                    ((studio_retention_clock(clock) AT TIME ZONE 'UTC') + interval '12 months')::date);
    EXCEPTION WHEN lock_not_available THEN
        NULL; -- the next run creates them: there are twelve months in advance
    END;
    FOR leaf IN SELECT c.oid::regclass AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'public.events'::regclass AND c.relname ~ '^events_[0-9]{4}_[0-9]{2}$'
                    AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= cutoff AT TIME ZONE 'UTC'
                ORDER BY c.relname LOOP
        BEGIN
            EXECUTE format('DROP TABLE %s', leaf.name);
            dropped := dropped + 1;
        EXCEPTION WHEN lock_not_available THEN
            EXIT;
        END;
    END LOOP;
    BEGIN
        dropped := dropped + analytics_drop_months((cutoff AT TIME ZONE 'UTC')::date);
    EXCEPTION WHEN lock_not_available THEN
        NULL; -- the next run drops them
    END;
END
$$;
GRANT EXECUTE ON FUNCTION retention_partitions(timestamp with time zone) TO studio_operator, studio_renderer;

CREATE FUNCTION studio_require_janitor() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'studio_renderer', 'MEMBER') AND NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Only the schema's owner can set the retention's clock ahead.
CREATE FUNCTION studio_retention_clock(given timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'public.events'::regclass), 'MEMBER')
                THEN given ELSE least(given, clock_timestamp()) END
$$;
