-- Erasure, and what is held of a visitor.

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
GRANT EXECUTE ON FUNCTION privacy_erase_email(uuid, text) TO studio_operator, studio_staff;

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
GRANT EXECUTE ON FUNCTION privacy_forget_session(uuid, uuid) TO studio_operator, studio_staff, studio_renderer;

CREATE FUNCTION privacy_forget_visitor(wanted_tenant uuid, wanted_visitor uuid) RETURNS SETOF erasures
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM studio_erase(wanted_tenant, 'visitor', (
        SELECT coalesce(array_agg(id), '{}') FROM sessions
        WHERE tenant_id = wanted_tenant AND visitor_id = wanted_visitor), 0)
$$;
GRANT EXECUTE ON FUNCTION privacy_forget_visitor(uuid, uuid) TO studio_renderer;

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
GRANT EXECUTE ON FUNCTION privacy_held(uuid, uuid) TO studio_renderer;

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

GRANT SELECT ON erasures TO studio_operator, studio_staff;
CREATE POLICY erasures_read ON erasures FOR SELECT TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));
