-- What a client, and a companion away from her desktop, can do by the links in their emails. A token is the booking's id and
-- a keyed hash of it, in hexadecimal: only this database can make and check tokens, and stores none of them.

CREATE FUNCTION studio_client_token(booking uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT replace(booking::text, '-', '') || substr(encode(studio_keyed_hash('client link', booking::text), 'hex'), 1, 32)
$$;

-- A companion's is for where the booking stands, so that it works once, and for 72 hours. A restored database is another
-- installation, and knows none of those that were sent before.
CREATE FUNCTION studio_companion_token(booking uuid, standing bigint, until_s bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT replace(booking::text, '-', '') || lpad(to_hex(until_s), 16, '0') || substr(encode(studio_keyed_hash(
        'companion link', concat_ws(' ', booking, standing, until_s, (SELECT s.value FROM platform_settings s
                                                                      WHERE s.name = 'installation_id'))), 'hex'), 1, 32)
$$;

-- The id of the change that led to where the booking stands: to its status or its time; 0 before the first. A deposit, a question
-- asked once more, and a change that was taken back lead nowhere.
CREATE FUNCTION booking_standing(booking uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(max(h.id), 0) FROM booking_history h
    WHERE h.booking_id = booking AND h.action NOT IN ('undo', 'confirm', 'deposit_asked')
        AND (h.from_status IS DISTINCT FROM h.to_status OR h.action IN ('propose', 'move'))
        AND NOT EXISTS (SELECT FROM booking_history u
                        WHERE u.booking_id = booking AND u.action = 'undo' AND u.version = h.version + 1)
$$;

-- When the booking got the status that it has. A deposit that is entered later, or a note, does not count.
CREATE FUNCTION booking_settled_at(b bookings) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT max(h.at) FROM booking_history h
                     WHERE h.booking_id = b.id AND h.from_status IS DISTINCT FROM h.to_status), b.changed_at)
$$;

-- The booking of a client's token on that companion's site (null: on any): while it waits for an answer, and until thirty
-- days after its date or after it ended without a meeting. No row for other tokens.
CREATE FUNCTION studio_booking_of_client(tenant uuid, token text) RETURNS SETOF bookings
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF token !~ '^[0-9a-f]{64}$' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT b.* FROM bookings b
    WHERE b.id = substr(token, 1, 32)::uuid AND (tenant IS NULL OR b.tenant_id = tenant) AND b.erased_at IS NULL
        AND studio_client_token(b.id) = token
        AND (b.status IN ('pending', 'waiting', 'proposed')
             OR CASE WHEN b.status IN ('declined', 'expired', 'cancelled', 'released') THEN booking_settled_at(b)
                     ELSE coalesce(b.ends_at, b.starts_at, b.created_at) END > clock_timestamp() - interval '30 days');
END
$$;

-- A person's last change of the booking, while it can still be undone and its message is not due: the client does not know
-- of it yet. No row otherwise. For a client, a request that becomes spam does not change.
CREATE FUNCTION booking_untold_change(booking uuid) RETURNS SETOF booking_history
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT last.* FROM (SELECT h.* FROM booking_history h WHERE h.booking_id = booking ORDER BY h.id DESC LIMIT 1) last
    WHERE last.before IS NOT NULL AND last.at > clock_timestamp() - interval '60 seconds'
        AND (last.from_status, last.to_status) <> ('pending', 'spam')
        AND NOT EXISTS (SELECT FROM outbox o WHERE o.history_id = last.id
                            AND (o.status <> 'pending' OR o.attempts > 0 OR o.next_at <= clock_timestamp()))
$$;

-- What the page of a request shows: its status, time, question and deposit; the place only after acceptance, and after the
-- deposit if one is asked. A change that can still be undone is not shown. A request from a blocked client or one that was
-- marked as spam looks pending. Null where the token opens nothing.
CREATE FUNCTION booking_client_view(tenant uuid, token text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    b bookings;
    untold booking_history;
    home jsonb;
BEGIN
    SELECT * INTO b FROM studio_booking_of_client(tenant, token);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO untold FROM booking_untold_change(b.id);
    IF FOUND THEN
        b := jsonb_populate_record(b, untold.before);
        b.version := untold.version - 1;
    END IF;
    SELECT t.content_config INTO home FROM tenants t WHERE t.id = b.tenant_id;
    RETURN jsonb_build_object(
        'status', booking_status_for_client(b), 'version', b.version,
        'asked_start', studio_iso_time(b.preferred_date), 'start', studio_iso_time(b.starts_at), 'end', studio_iso_time(b.ends_at),
        'time_zone', coalesce(b.time_zone, home #>> '{location,timezone}'), 'currency', home #>> '{pricing,currency}',
        'service', b.service_type, 'place_kind', b.place_kind, 'calendar_sequence', b.calendar_sequence,
        'place', CASE WHEN b.status IN ('accepted', 'confirmed', 'completed')
                          AND (b.deposit_state IS NULL OR b.deposit_state NOT IN ('asked', 'overdue')) THEN b.place END,
        'answer_by', studio_iso_time(b.answer_by), 'move_asked', b.move_asked_at IS NOT NULL,
        'question', CASE WHEN b.status = 'waiting' THEN booking_last_words(b.id, 'question', untold.id) END,
        'message', CASE WHEN b.status <> 'spam' THEN booking_words_with_status(b.id, untold.id) END,
        'deposit', CASE WHEN b.deposit_state IN ('received', 'returned', 'kept')
                          OR b.deposit_state IS NOT NULL AND b.status IN ('accepted', 'confirmed') THEN jsonb_build_object('state', b.deposit_state, 'minor', b.deposit_minor,
                        'due_at', studio_iso_time(b.deposit_due_at), 'reference', b.deposit_reference,
                        'how_to_pay', CASE WHEN b.deposit_state IN ('asked', 'overdue') THEN (
                            SELECT s.rules #>> '{deposit,howToPay}' FROM booking_settings s WHERE s.tenant_id = b.tenant_id) END) END);
END
$$;
GRANT EXECUTE ON FUNCTION booking_client_view(uuid, text) TO studio_renderer;

-- The last text of this kind, without the text of the change `except_change` and without texts before `since_change`.
CREATE FUNCTION booking_last_words(booking uuid, wanted_kind text, except_change bigint, since_change bigint DEFAULT 0) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.text FROM booking_notes n
    WHERE n.booking_id = booking AND n.kind = wanted_kind AND n.history_id >= since_change
        AND n.history_id IS DISTINCT FROM except_change
    ORDER BY n.history_id DESC LIMIT 1
$$;

-- The last message that was written since the booking got its present status or time. Changes that were undone, and undoing,
-- do not count.
CREATE FUNCTION booking_words_with_status(booking uuid, except_change bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT booking_last_words(booking, 'message', except_change, coalesce((
        SELECT max(h.id) FROM booking_history h
        WHERE h.booking_id = booking AND h.id IS DISTINCT FROM except_change AND h.action NOT IN ('undo', 'confirm', 'deposit_asked')
            AND (h.from_status IS DISTINCT FROM h.to_status OR h.action IN ('propose', 'move'))
            AND NOT EXISTS (SELECT FROM booking_history u
                            WHERE u.booking_id = booking AND u.action = 'undo' AND u.version = h.version + 1)), 0))
$$;

-- The status that the client sees. A request that is spam, or whose client is blocked, looks like one that nobody answers.
CREATE FUNCTION booking_status_for_client(b bookings) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN b.status <> 'spam' THEN b.status
        WHEN EXISTS (SELECT FROM booking_history h WHERE h.booking_id = b.id AND h.actor_kind = 'client' AND h.action = 'cancel')
            THEN 'cancelled'
        WHEN booking_expires_at(b) < clock_timestamp() THEN 'expired' ELSE 'pending' END
$$;

-- The times of requests from blocked clients, which are not offered for as long as another request would hold them, so that
-- a blocked client notices nothing. Other clients can still book them. Only the newest request to a companion counts, or
-- blocked clients could empty her list of times.
CREATE FUNCTION booking_blocked_times(tenant uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array((extract(epoch FROM b.starts_at) * 1000000)::bigint,
                                                (extract(epoch FROM b.ends_at) * 1000000)::bigint)), '[]')
    FROM (SELECT k.starts_at, k.ends_at + make_interval(mins => coalesce(
              (SELECT booking_number(s.availability, 'bufferMinutes') FROM booking_settings s WHERE s.tenant_id = tenant), 0)) AS ends_at
          FROM bookings k
          WHERE k.tenant_id = tenant AND k.blocked AND k.status = 'spam' AND k.ends_at IS NOT NULL
              AND k.created_at > clock_timestamp() - make_interval(hours => coalesce(
                  (SELECT (s.availability ->> 'holdHours')::numeric::integer FROM booking_settings s WHERE s.tenant_id = tenant), 24))
          ORDER BY k.created_at DESC LIMIT 1) b
$$;

-- What a client does with a request that is spam: it can be cancelled, which changes nothing but what the client sees. A page that
-- was opened before somebody marked it is as good as one of now.
CREATE FUNCTION booking_client_spam(b bookings, action text, seen_version integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    shown text := booking_status_for_client(b);
    is_seen boolean := coalesce(seen_version = b.version OR seen_version = b.version - 1 AND EXISTS (
        SELECT FROM booking_history h
        WHERE h.booking_id = b.id AND h.version = b.version AND h.action = 'spam' AND h.from_status = 'pending'), false);
BEGIN
    IF action = 'cancel' AND shown = 'cancelled' AND NOT is_seen THEN
        RETURN jsonb_build_object('outcome', 'done', 'status', shown, 'version', b.version);
    END IF;
    IF NOT is_seen THEN
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

-- The client's own step: 'agree', 'refuse', 'answer', 'ask_move' or 'cancel', with `message` as its text. A step that was
-- taken already is 'done' again; one that no longer fits is 'not_allowed'; while a person's decision can still be undone it
-- is 'busy'.
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
    IF EXISTS (SELECT FROM booking_untold_change(b.id)) THEN
        RETURN jsonb_build_object('outcome', 'busy');
    END IF;
    IF b.status = 'spam' THEN
        RETURN booking_client_spam(b, action, seen_version);
    END IF;
    SELECT * INTO last FROM booking_history h WHERE h.booking_id = b.id ORDER BY h.id DESC LIMIT 1;
    IF last.actor_kind = 'client' AND last.action = booking_client_act.action AND last.version = b.version
        AND b.version IS DISTINCT FROM seen_version
        AND words IS NOT DISTINCT FROM booking_last_words(b.id, 'answer', NULL, last.id) THEN -- the same answer, sent twice
        RETURN jsonb_build_object('outcome', 'done', 'status', b.status, 'version', b.version);
    END IF;
    IF b.version IS DISTINCT FROM seen_version THEN
        RETURN jsonb_build_object('outcome', 'changed', 'status', b.status, 'version', b.version);
    END IF;
    IF b.status IN ('waiting', 'proposed') AND b.answer_by < clock_timestamp() THEN -- the job that lets it expire has not run yet
        RETURN studio_booking_change(b, 'expire', 'service', '{}', 0) || '{"outcome": "not_allowed"}';
    END IF;
    IF action = 'ask_move' AND b.move_asked_at IS NOT NULL THEN -- until it is answered
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    IF booking_next_status(action, b.status) IS NOT NULL AND action IN ('answer', 'ask_move') AND words IS NULL THEN
        RETURN jsonb_build_object('outcome', 'words_needed', 'status', b.status, 'version', b.version);
    END IF;
    IF b.starts_at < clock_timestamp()
       AND (action IN ('ask_move', 'agree') OR action = 'cancel' AND b.status IN ('accepted', 'confirmed')) THEN
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    RETURN studio_booking_change(b, action, 'client', jsonb_strip_nulls(jsonb_build_object('message', words,
        'reason_code', CASE action WHEN 'cancel' THEN 'client_wish' END)), 0) - '{other,change,block_start,block_end}'::text[];
END
$$;
GRANT EXECUTE ON FUNCTION booking_client_act(uuid, text, text, integer, jsonb) TO studio_renderer;

-- The booking of a companion's token in its present state, of any companion where `tenant` is null; no row otherwise.
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
    WHERE b.id = substr(token, 1, 32)::uuid AND (tenant IS NULL OR b.tenant_id = tenant) AND b.erased_at IS NULL
        AND studio_companion_token(b.id, booking_standing(b.id), until_s) = token;
END
$$;

-- The status of the booking of a companion's token that was used, or before whose use somebody else decided; null for any other.
CREATE FUNCTION studio_booking_decided(tenant uuid, token text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    until_s bigint;
BEGIN
    IF token !~ '^[0-9a-f]{80}$' THEN
        RETURN NULL;
    END IF;
    until_s := ('x' || substr(token, 33, 16))::bit(64)::bigint;
    IF until_s < extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT b.status FROM bookings b
            WHERE b.id = substr(token, 1, 32)::uuid AND (tenant IS NULL OR b.tenant_id = tenant) AND b.erased_at IS NULL
                AND EXISTS (SELECT FROM (SELECT 0::bigint AS id
                                         UNION ALL SELECT h.id FROM booking_history h WHERE h.booking_id = b.id) standing
                            WHERE studio_companion_token(b.id, standing.id, until_s) = token));
END
$$;

-- What the companion's own page shows before she decides; {"decided": status} where the link was used or somebody else decided.
-- Null where it is too old, or never was one.
CREATE FUNCTION booking_companion_view(tenant uuid, token text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT jsonb_build_object('status', b.status, 'version', b.version, 'start', studio_iso_time(b.starts_at),
        'end', studio_iso_time(b.ends_at), 'time_zone', b.time_zone, 'service', b.service_type, 'name', b.client_name,
        'email', b.client_email, 'phone', b.client_phone, 'message', b.message, 'place_kind', b.place_kind, 'place', b.place,
        'home_zone', (SELECT t.content_config #>> '{location,timezone}' FROM tenants t WHERE t.id = b.tenant_id))
    FROM studio_booking_of_companion(tenant, token) b),
    (SELECT jsonb_build_object('decided', d.status) FROM studio_booking_decided(tenant, token) AS d (status)
     WHERE d.status IS NOT NULL))
$$;
GRANT EXECUTE ON FUNCTION booking_companion_view(uuid, text) TO studio_renderer;

-- The companion's step: 'accept', 'decline' or 'propose', or 'move' of an agreed booking. Each link works once.
CREATE FUNCTION booking_companion_act(tenant uuid, token text, action text, details jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
BEGIN
    IF (action IN ('accept', 'decline', 'propose', 'move')) IS NOT TRUE THEN
        RETURN jsonb_build_object('outcome', 'not_allowed');
    END IF;
    PERFORM FROM bookings k WHERE k.id = (SELECT s.id FROM studio_booking_of_companion(tenant, token) s) FOR UPDATE;
    SELECT * INTO b FROM studio_booking_of_companion(tenant, token);
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'not_found');
    END IF;
    IF action = 'accept' AND b.starts_at <= clock_timestamp() THEN -- its time is over
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    RETURN studio_booking_change(b, action, 'companion', jsonb_strip_nulls(jsonb_build_object(
        'start_us', details -> 'start_us', 'end_us', details -> 'end_us', 'reason_code', details -> 'reason_code',
        'message', details -> 'message')), 0);
END
$$;
GRANT EXECUTE ON FUNCTION booking_companion_act(uuid, text, text, jsonb) TO studio_renderer;
