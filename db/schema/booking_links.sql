-- What a client, and a companion without her desktop, do by the links in their mails. A token is the booking's id and a keyed
-- hash of it, in hexadecimal: only this database makes and knows them, and nothing of them is stored.

CREATE FUNCTION studio_client_token(booking uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT replace(booking::text, '-', '') || substr(encode(studio_keyed_hash('client link', booking::text), 'hex'), 1, 32)
$$;

-- A companion's is for one state of the booking, so that it works once, and for 72 hours.
CREATE FUNCTION studio_companion_token(booking uuid, version integer, until_s bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT replace(booking::text, '-', '') || lpad(to_hex(until_s), 16, '0') || substr(encode(studio_keyed_hash(
        'companion link', booking || ' ' || version || ' ' || until_s), 'hex'), 1, 32)
$$;

-- The booking of a client's token on that companion's site, until thirty days after its end; no row otherwise.
CREATE FUNCTION studio_booking_of_client(tenant uuid, token text) RETURNS SETOF bookings
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF token !~ '^[0-9a-f]{64}$' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT b.* FROM bookings b
    WHERE b.id = substr(token, 1, 32)::uuid AND b.tenant_id = tenant AND b.erased_at IS NULL
        AND studio_client_token(b.id) = token
        AND coalesce(b.ends_at, b.created_at) > clock_timestamp() - interval '30 days';
END
$$;

-- What the page of a request shows: where it stands, the time, the question, the deposit; the place only after acceptance, and
-- after the deposit where one is asked. A request from a blocked client or one that was marked as spam looks pending. Null where
-- the token opens nothing.
CREATE FUNCTION booking_client_view(tenant uuid, token text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    b bookings;
BEGIN
    SELECT * INTO b FROM studio_booking_of_client(tenant, token);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN jsonb_build_object(
        'status', booking_status_for_client(b), 'version', b.version,
        'asked_start', studio_iso_time(b.preferred_date), 'start', studio_iso_time(b.starts_at), 'end', studio_iso_time(b.ends_at),
        'time_zone', b.time_zone, 'service', b.service_type, 'place_kind', b.place_kind,
        'calendar_sequence', b.calendar_sequence,
        'place', CASE WHEN b.status IN ('accepted', 'confirmed', 'completed')
                          AND (b.deposit_state IS NULL OR b.deposit_state NOT IN ('asked', 'overdue')) THEN b.place END,
        'answer_by', studio_iso_time(b.answer_by), 'move_asked', b.move_asked_at IS NOT NULL,
        'question', CASE WHEN b.status = 'waiting' THEN (SELECT n.text FROM booking_notes n WHERE n.booking_id = b.id AND n.kind = 'question'
                          ORDER BY n.created_at DESC LIMIT 1) END,
        'message', CASE WHEN b.status <> 'spam' THEN (SELECT n.text FROM booking_notes n WHERE n.booking_id = b.id AND n.kind = 'message'
                    ORDER BY n.created_at DESC LIMIT 1) END,
        'deposit', CASE WHEN b.deposit_state IS NOT NULL THEN jsonb_build_object('state', b.deposit_state, 'minor', b.deposit_minor,
                        'due_at', studio_iso_time(b.deposit_due_at), 'reference', b.deposit_reference) END);
END
$$;
GRANT EXECUTE ON FUNCTION booking_client_view(uuid, text) TO studio_renderer;

-- A request that was marked as spam, or whose client is blocked, goes on for its client like one that nobody answers.
CREATE FUNCTION booking_status_for_client(b bookings) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN b.status <> 'spam' THEN b.status
        WHEN EXISTS (SELECT FROM booking_history h WHERE h.booking_id = b.id AND h.actor_kind = 'client' AND h.action = 'cancel')
            THEN 'cancelled'
        WHEN booking_expires_at(b) < clock_timestamp() THEN 'expired' ELSE 'pending' END
$$;

-- What a client does with a request that is spam: it can be cancelled, which changes nothing but what the client sees.
CREATE FUNCTION booking_client_spam(b bookings, action text, seen_version integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    shown text := booking_status_for_client(b);
BEGIN
    IF action = 'cancel' AND shown = 'cancelled' AND b.version IS DISTINCT FROM seen_version THEN
        RETURN jsonb_build_object('outcome', 'done', 'status', shown, 'version', b.version);
    END IF;
    IF b.version IS DISTINCT FROM seen_version THEN
        RETURN jsonb_build_object('outcome', 'changed', 'status', shown, 'version', b.version);
    END IF;
    IF action <> 'cancel' OR shown <> 'pending' THEN
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', shown, 'version', b.version);
    END IF;
    UPDATE bookings SET version = version + 1, changed_at = clock_timestamp() WHERE id = b.id;
    INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, from_status, to_status, version)
    VALUES (b.id, b.tenant_id, 'client', 'cancel', b.status, b.status, b.version + 1);
    RETURN jsonb_build_object('outcome', 'done', 'status', 'cancelled', 'version', b.version + 1);
END
$$;

-- The client's own step: 'agree', 'refuse', 'answer', 'ask_move' or 'cancel', with message where there are words. A step that
-- was taken already is 'done' again; one that no longer fits is 'not_allowed'.
CREATE FUNCTION booking_client_act(tenant uuid, token text, action text, seen_version integer, details jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
    last booking_history;
    words text := nullif(btrim(details ->> 'message'), '');
BEGIN
    SELECT * INTO b FROM bookings k
    WHERE k.id = (SELECT s.id FROM studio_booking_of_client(tenant, token) s) AND k.erased_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    IF (action IN ('agree', 'refuse', 'answer', 'ask_move', 'cancel')) IS NOT TRUE THEN
        RETURN jsonb_build_object('outcome', 'not_allowed');
    END IF;
    IF b.status = 'spam' THEN
        RETURN booking_client_spam(b, action, seen_version);
    END IF;
    SELECT * INTO last FROM booking_history h WHERE h.booking_id = b.id ORDER BY h.id DESC LIMIT 1;
    IF last.actor_kind = 'client' AND last.action = booking_client_act.action AND last.version = b.version
        AND b.version IS DISTINCT FROM seen_version THEN -- the same answer, sent twice
        RETURN jsonb_build_object('outcome', 'done', 'status', b.status, 'version', b.version);
    END IF;
    IF b.version IS DISTINCT FROM seen_version THEN
        RETURN jsonb_build_object('outcome', 'changed', 'status', b.status, 'version', b.version);
    END IF;
    IF b.status IN ('waiting', 'proposed') AND b.answer_by < clock_timestamp() THEN -- the job that says so was not here yet
        RETURN studio_booking_change(b, 'expire', 'service', '{}', 0) || '{"outcome": "not_allowed"}';
    END IF;
    IF action = 'ask_move' AND b.move_asked_at IS NOT NULL THEN -- until somebody has answered it
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    IF booking_next_status(action, b.status) IS NOT NULL AND action IN ('answer', 'ask_move') AND words IS NULL THEN
        RETURN jsonb_build_object('outcome', 'words_needed', 'status', b.status, 'version', b.version);
    END IF;
    IF action = 'ask_move' AND b.starts_at < clock_timestamp() OR action = 'agree' AND b.starts_at < clock_timestamp() THEN
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    RETURN studio_booking_change(b, action, 'client', jsonb_strip_nulls(jsonb_build_object('message', words,
        'reason_code', CASE action WHEN 'cancel' THEN 'client_wish' END)), 0) - 'other' - 'change';
END
$$;
GRANT EXECUTE ON FUNCTION booking_client_act(uuid, text, text, integer, jsonb) TO studio_renderer;

-- The booking of a companion's token in its present state; no row otherwise.
CREATE FUNCTION studio_booking_of_companion(tenant uuid, token text) RETURNS SETOF bookings
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    until_s bigint;
BEGIN
    IF token !~ '^[0-9a-f]{80}$' THEN
        RETURN;
    END IF;
    until_s := ('x' || substr(token, 33, 16))::bit(64)::bigint;
    IF until_s < extract(epoch FROM clock_timestamp()) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT b.* FROM bookings b
    WHERE b.id = substr(token, 1, 32)::uuid AND b.tenant_id = tenant AND b.erased_at IS NULL
        AND studio_companion_token(b.id, b.version, until_s) = token;
END
$$;

-- What the companion's own page shows before she decides. Null where the link was used, is too old, or never was one.
CREATE FUNCTION booking_companion_view(tenant uuid, token text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('status', b.status, 'version', b.version, 'start', studio_iso_time(b.starts_at),
        'end', studio_iso_time(b.ends_at), 'time_zone', b.time_zone, 'service', b.service_type, 'name', b.client_name,
        'message', b.message, 'place_kind', b.place_kind, 'place', b.place)
    FROM studio_booking_of_companion(tenant, token) b
$$;
GRANT EXECUTE ON FUNCTION booking_companion_view(uuid, text) TO studio_renderer;

-- 'accept', 'decline' or 'propose', once.
CREATE FUNCTION booking_companion_act(tenant uuid, token text, action text, details jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
BEGIN
    IF (action IN ('accept', 'decline', 'propose')) IS NOT TRUE THEN
        RETURN jsonb_build_object('outcome', 'not_allowed');
    END IF;
    PERFORM FROM bookings k WHERE k.id = (SELECT s.id FROM studio_booking_of_companion(tenant, token) s) FOR UPDATE;
    SELECT * INTO b FROM studio_booking_of_companion(tenant, token);
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    RETURN studio_booking_change(b, action, 'companion', jsonb_strip_nulls(jsonb_build_object(
        'start_us', details -> 'start_us', 'end_us', details -> 'end_us', 'reason_code', details -> 'reason_code',
        'message', details -> 'message')), 0);
END
$$;
GRANT EXECUTE ON FUNCTION booking_companion_act(uuid, text, text, jsonb) TO studio_renderer;
