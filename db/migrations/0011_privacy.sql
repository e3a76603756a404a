-- Being forgotten, with a receipt that says how much and not whose; and what goes by itself after two years.

CREATE TABLE erasures (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id),
    kind varchar(10) NOT NULL CHECK (kind IN ('visitor', 'session', 'email')),
    sessions integer NOT NULL,
    events integer NOT NULL,
    assignments integer NOT NULL,
    bookings integer NOT NULL,
    requested_by name NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON erasures TO studio_operator, studio_staff;
CREATE POLICY erasures_read ON erasures FOR SELECT TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));

-- Erases these visits with their events, and gives the receipt.
CREATE FUNCTION studio_erase(wanted_tenant uuid, wanted_kind text, visits uuid[], erased_bookings integer)
RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    visit record;
    many integer;
    gone_sessions integer := 0;
    gone_events integer := 0;
    gone_assignments integer := 0;
BEGIN
    PERFORM FROM sessions s WHERE s.id = ANY (visits) ORDER BY s.id FOR UPDATE;
    FOR visit IN SELECT s.tenant_id, array_agg(s.id) AS ids, min(s.created_at) AS began
                 FROM sessions s WHERE s.id = ANY (visits) GROUP BY s.tenant_id ORDER BY 1 LOOP
        DELETE FROM events e WHERE e.tenant_id = visit.tenant_id AND e.session_id = ANY (visit.ids)
            AND e.created_at >= visit.began - interval '3 days';
        GET DIAGNOSTICS many = ROW_COUNT;
        gone_events := gone_events + many;
        UPDATE bookings b SET conversion_path = NULL, session_id = NULL
        WHERE b.tenant_id = visit.tenant_id AND b.session_id = ANY (visit.ids);
    END LOOP;
    DELETE FROM ab_assignments a WHERE a.session_id = ANY (visits);
    GET DIAGNOSTICS gone_assignments = ROW_COUNT;
    DELETE FROM sessions s WHERE s.id = ANY (visits);
    GET DIAGNOSTICS gone_sessions = ROW_COUNT;
    RETURN QUERY INSERT INTO erasures (tenant_id, kind, sessions, events, assignments, bookings)
        VALUES (wanted_tenant, wanted_kind, gone_sessions, gone_events, gone_assignments, erased_bookings)
        RETURNING *;
END
$$;

CREATE FUNCTION privacy_forget_visitor(wanted_tenant uuid, wanted_visitor uuid) RETURNS SETOF erasures
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM studio_erase(wanted_tenant, 'visitor', (
        SELECT coalesce(array_agg(id), '{}') FROM sessions
        WHERE tenant_id = wanted_tenant AND visitor_id = wanted_visitor), 0)
$$;

-- The renderer, which knows the visit by its cookie, and people who moderate.
CREATE FUNCTION privacy_forget_session(wanted_tenant uuid, wanted_session uuid) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'studio_renderer', 'MEMBER') THEN
        PERFORM studio_require_moderator();
    ELSIF wanted_tenant IS NULL THEN
        RAISE EXCEPTION 'A tenant is needed.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY SELECT * FROM studio_erase(wanted_tenant, 'session', (
        SELECT coalesce(array_agg(id), '{}') FROM sessions
        WHERE id = wanted_session AND (wanted_tenant IS NULL OR tenant_id = wanted_tenant)), 0);
END
$$;

CREATE FUNCTION privacy_held(wanted_tenant uuid, wanted_visitor uuid, OUT sessions integer, OUT events integer,
                             OUT assignments integer, OUT first_at timestamptz, OUT last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    visits uuid[];
BEGIN
    SELECT coalesce(array_agg(s.id), '{}'), count(*), min(s.created_at), max(s.created_at)
    INTO visits, sessions, first_at, last_at
    FROM sessions s WHERE s.tenant_id = wanted_tenant AND s.visitor_id = wanted_visitor;
    SELECT count(*) INTO events FROM events e WHERE e.tenant_id = wanted_tenant AND e.session_id = ANY (visits)
        AND e.created_at >= first_at - interval '3 days';
    SELECT count(*) INTO assignments FROM ab_assignments a WHERE a.session_id = ANY (visits);
END
$$;

-- Everything of the person with this address: the bookings keep status and date for the figures, and nothing else.
CREATE FUNCTION privacy_erase_email(wanted_tenant uuid, email text) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    visits uuid[];
    many integer;
BEGIN
    PERFORM studio_require_moderator();
    IF coalesce(btrim(email), '') = '' THEN
        RAISE EXCEPTION 'An e-mail address is needed.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT coalesce(array_agg(DISTINCT s.id), '{}') INTO visits
    FROM bookings b JOIN sessions known ON known.tenant_id = b.tenant_id AND known.id = b.session_id
        JOIN sessions s ON s.tenant_id = b.tenant_id
            AND (s.id = known.id OR s.visitor_id IS NOT NULL AND s.visitor_id = known.visitor_id)
    WHERE lower(b.client_email) = lower(btrim(email)) AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    DELETE FROM outbox o USING bookings b
    WHERE o.booking_id = b.id AND o.status <> 'sent' AND lower(b.client_email) = lower(btrim(email))
        AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    UPDATE bookings b SET client_name = 'Erased', client_email = 'erased@erased.invalid', client_phone = NULL,
        message = NULL, duration = NULL, conversion_path = NULL, client_key = NULL, session_id = NULL,
        idempotency_key = NULL, erased_at = clock_timestamp()
    WHERE lower(b.client_email) = lower(btrim(email)) AND b.erased_at IS NULL
        AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN QUERY SELECT * FROM studio_erase(wanted_tenant, 'email', visits, many);
END
$$;

-- Every step below is a short transaction of its own; the caller repeats it until it gives 0.
CREATE FUNCTION studio_retention_clock(given timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'public.events'::regclass), 'MEMBER')
                THEN given ELSE least(given, clock_timestamp()) END
$$;

CREATE FUNCTION studio_require_janitor() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'studio_renderer', 'MEMBER') AND NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Waits for readers of the events no longer than two seconds: the writers wait behind it.
CREATE FUNCTION retention_partitions(clock timestamptz, OUT dropped integer, OUT made integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    cutoff timestamptz := studio_retention_clock(clock) - interval '24 months';
    leaf record;
BEGIN
    PERFORM studio_require_janitor();
    dropped := 0;
    made := 0;
    BEGIN
        made := events_make_partitions(((studio_retention_clock(clock) AT TIME ZONE 'UTC') - interval '1 month')::date, 14);
    EXCEPTION WHEN lock_not_available THEN
        NULL; -- the next run makes them: twelve months are there
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
END
$$;

-- One batch of what is called `what`; gives how many rows went.
CREATE FUNCTION retention_batch(what text, clock timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_is timestamptz := studio_retention_clock(clock);
    cutoff timestamptz := now_is - interval '24 months';
    tenant uuid;
    many integer;
    gone integer := 0;
BEGIN
    PERFORM studio_require_janitor();
    IF what = 'events' THEN -- of the month that the cutoff is in, along the index of each tenant
        FOR tenant IN SELECT id FROM tenants ORDER BY id LOOP
            DELETE FROM events e USING (
                SELECT id, created_at FROM events WHERE tenant_id = tenant AND created_at < cutoff
                ORDER BY created_at LIMIT most - gone) old
            WHERE e.id = old.id AND e.created_at = old.created_at AND e.created_at < cutoff;
            GET DIAGNOSTICS many = ROW_COUNT;
            gone := gone + many;
            EXIT WHEN gone >= most;
        END LOOP;
        RETURN gone;
    ELSIF what = 'sessions' THEN
        FOR tenant IN SELECT id FROM tenants ORDER BY id LOOP
            DELETE FROM sessions s WHERE s.id IN (
                SELECT id FROM sessions WHERE tenant_id = tenant AND created_at < cutoff
                ORDER BY created_at LIMIT most - gone);
            GET DIAGNOSTICS many = ROW_COUNT;
            gone := gone + many;
            EXIT WHEN gone >= most;
        END LOOP;
        RETURN gone;
    ELSIF what = 'bookings' THEN
        DELETE FROM bookings b WHERE b.id IN (
            SELECT id FROM bookings WHERE created_at < cutoff LIMIT most);
    ELSIF what = 'bot_days' THEN
        DELETE FROM bot_visits v WHERE v.ctid IN (
            SELECT ctid FROM bot_visits WHERE day < (cutoff AT TIME ZONE 'UTC')::date LIMIT most);
    ELSIF what = 'attempts' THEN
        DELETE FROM booking_attempts a WHERE a.ctid IN (
            SELECT ctid FROM booking_attempts WHERE at < now_is - interval '1 day' LIMIT most);
    ELSIF what = 'messages' THEN
        DELETE FROM outbox o WHERE o.id IN (
            SELECT id FROM outbox WHERE status = 'sent' AND done_at < now_is - interval '7 days'
                OR status = 'dead' AND done_at < now_is - interval '90 days' LIMIT most);
    ELSIF what = 'client_keys' THEN
        UPDATE bookings b SET client_key = NULL WHERE b.id IN (
            SELECT id FROM bookings WHERE client_key IS NOT NULL AND created_at < now_is - interval '30 days' LIMIT most);
    ELSIF what = 'salts' THEN
        PERFORM visitor_salts_destroy((clock_timestamp() AT TIME ZONE 'UTC')::date);
        RETURN 0;
    ELSE
        RAISE EXCEPTION 'There is no retention of "%".', what USING ERRCODE = 'invalid_parameter_value';
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

GRANT EXECUTE ON FUNCTION privacy_forget_visitor(uuid, uuid), privacy_held(uuid, uuid) TO studio_renderer;
GRANT EXECUTE ON FUNCTION privacy_forget_session(uuid, uuid) TO studio_renderer, studio_operator, studio_staff;
GRANT EXECUTE ON FUNCTION privacy_erase_email(uuid, text) TO studio_operator, studio_staff;
GRANT EXECUTE ON FUNCTION retention_partitions(timestamptz), retention_batch(text, timestamptz, integer)
    TO studio_renderer, studio_operator;
