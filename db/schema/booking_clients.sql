-- Notes, bookings that are entered by hand, and what is known of a client.

-- False where there is no such booking.
CREATE FUNCTION booking_add_note(booking uuid, note text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
BEGIN
    IF coalesce(btrim(note), '') = '' OR char_length(note) > 4000 THEN
        RAISE EXCEPTION 'note: must have 1 to 4000 characters.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- The lock orders this and an erasure: the erasure either removes the note too, or comes first, and then there is no
    -- booking.
    SELECT * INTO b FROM bookings k WHERE k.id = booking AND k.erased_at IS NULL AND studio_may_moderate(k.tenant_id) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF (SELECT count(*) FROM booking_notes n WHERE n.booking_id = b.id) >= 500 THEN
        RAISE EXCEPTION 'A booking can have at most 500 notes.' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO booking_notes (booking_id, tenant_id, kind, text) VALUES (b.id, b.tenant_id, 'note', note);
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION booking_add_note(uuid, text) TO studio_operator, studio_staff, studio_companion;

-- A booking that came by phone, by message or in person: pending, and holding its time like one from the site. The client is
-- told by email that it arrived, and of what follows, where "mail" is true and an address is given. Blocked time refuses it
-- unless "over_block" is true. Null where the companion is not the caller's. `request` has the same names as for booking_add().
CREATE FUNCTION booking_enter(tenant uuid, request jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    starts timestamptz := studio_time((request ->> 'start_us')::bigint);
    ends timestamptz := studio_time((request ->> 'end_us')::bigint);
    settings booking_settings;
    held_until timestamptz;
    other text;
    added uuid;
    mails boolean := coalesce((request ->> 'mail')::boolean, false) AND coalesce(request ->> 'client_email', '') <> '';
    on_purpose jsonb := '{}'; -- for the history
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RETURN NULL;
    END IF;
    IF (request ->> 'source' IN ('phone', 'message', 'in_person')) IS NOT TRUE THEN
        RAISE EXCEPTION 'source: must be phone, message or in_person.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF (SELECT count(*) FROM bookings k WHERE k.tenant_id = tenant AND k.created_at > clock_timestamp() - interval '1 day'
            AND k.source <> 'site') >= 500 THEN
        RAISE EXCEPTION 'At most 500 bookings of a companion can be entered in a day.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM booking_check_times(starts, ends);
    SELECT * INTO settings FROM booking_settings s WHERE s.tenant_id = tenant;
    other := booking_taken_by(tenant, settings, starts, ends);
    IF other = 'blocked' AND (request ->> 'over_block')::boolean THEN
        other := NULL;
        on_purpose := '{"over_block": true}';
    END IF;
    held_until := booking_hold_until(settings, starts, ends);
    IF other IS NULL THEN
        INSERT INTO bookings (tenant_id, client_name, client_email, client_phone, client_phone_normal, client_phones, service_type, preferred_date,
                              preferred_date_end, starts_at, ends_at, asked_ends_at, duration, time_zone, message, source, place_kind, place,
                              buffer_minutes, holds, held_until, mail_wanted, answer_by)
        VALUES (tenant, request ->> 'client_name', nullif(request ->> 'client_email', ''),
                request ->> 'client_phone', request ->> 'client_phone_normal', booking_phones(request), request ->> 'service_type', starts, ends, starts, ends, ends,
                request ->> 'duration', request ->> 'time_zone', request ->> 'message', request ->> 'source',
                request ->> 'place_kind', request ->> 'place',
                CASE WHEN held_until IS NULL THEN 0 ELSE coalesce(booking_number(settings.availability, 'bufferMinutes'), 0) END,
                held_until IS NOT NULL, held_until, CASE WHEN mails THEN true END,
                clock_timestamp() + make_interval(hours => coalesce(booking_number(settings.rules, 'answerHours'), 24)))
        ON CONFLICT DO NOTHING -- another booking of the same time, at this moment
        RETURNING id INTO added;
    END IF;
    IF added IS NULL THEN
        other := coalesce(other, booking_taken_by(tenant, settings, starts, ends));
        RAISE EXCEPTION 'start: %', CASE other WHEN 'blocked' THEN 'this time is blocked.'
            ELSE format('another booking has this time: %s', other) END USING ERRCODE = 'invalid_parameter_value',
            CONSTRAINT = CASE other WHEN 'blocked' THEN 'booking_time_blocked' ELSE 'booking_time_taken' END;
    END IF;
    INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, to_status, version, details)
    VALUES (added, tenant, 'person', 'enter', 'pending', 1, on_purpose);
    IF mails THEN
        INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (tenant, added, 'visitor_email');
    END IF;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION booking_enter(uuid, jsonb) TO studio_operator, studio_staff, studio_companion;

-- Records that the caller reads the card of a booking's client, at most once a minute. False where there is no such booking.
CREATE FUNCTION booking_open_card(booking uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
BEGIN
    SELECT * INTO b FROM bookings k WHERE k.id = booking AND k.erased_at IS NULL AND studio_may_moderate(k.tenant_id) FOR SHARE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO client_card_reads (booking_id, tenant_id) SELECT b.id, b.tenant_id
    WHERE NOT EXISTS (SELECT FROM client_card_reads r WHERE r.booking_id = b.id AND r.login = session_user
                          AND r.at > clock_timestamp() - interval '1 minute');
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION booking_open_card(uuid) TO studio_operator, studio_staff, studio_companion;

-- The card of a booking's client: what became of earlier requests with the same email address or number, marks and blocks.
-- Of other companions' requests staff learn what became of each and the code of its reason, so that they can be counted, and a
-- companion nothing. Also null unless booking_open_card() has recorded the reader in an earlier, committed transaction,
-- which cannot be rolled back.
CREATE FUNCTION booking_client_card(booking uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    b bookings;
    hashes bytea[];
    phones text[];
    of_one_companion boolean := EXISTS (SELECT FROM studio_account() WHERE role = 'companion');
BEGIN
    SELECT * INTO b FROM bookings k WHERE k.id = booking AND k.erased_at IS NULL AND studio_may_moderate(k.tenant_id);
    IF NOT FOUND OR NOT EXISTS (
            SELECT FROM client_card_reads r WHERE r.booking_id = b.id AND r.login = session_user
                AND r.at > clock_timestamp() - interval '2 minutes' AND r.opened_in IS DISTINCT FROM pg_current_xact_id_if_assigned()) THEN
        RETURN NULL;
    END IF;
    hashes := studio_client_hash('email', b.client_email)
        || studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone));
    phones := array_append(b.client_phones, b.client_phone_normal);
    RETURN jsonb_build_object(
        'requests', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'id', CASE WHEN k.tenant_id = b.tenant_id THEN k.id END,
                'own', k.tenant_id = b.tenant_id, 'status', k.status, 'reason', k.reason_code,
                'created_at', CASE WHEN k.tenant_id = b.tenant_id THEN studio_iso_time(k.created_at) END,
                'start', CASE WHEN k.tenant_id = b.tenant_id THEN studio_iso_time(k.starts_at) END)) ORDER BY k.created_at DESC), '[]')
            FROM (SELECT * FROM bookings k
                  WHERE k.id <> b.id AND k.erased_at IS NULL AND (NOT of_one_companion OR k.tenant_id = b.tenant_id)
                      AND (lower(k.client_email) = lower(b.client_email)
                           OR k.client_phone_normal = ANY (phones) OR k.client_phones && phones)
                  ORDER BY k.created_at DESC LIMIT 50) k),
        'marks', (SELECT coalesce(jsonb_agg(DISTINCT m.mark), '[]') FROM client_marks m
                  WHERE m.tenant_id = b.tenant_id AND m.value_hash = ANY (hashes)),
        'blocks', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'until', studio_iso_time(c.expires_at),
                          'everywhere', c.tenant_id IS NULL,
                          'id', CASE WHEN studio_may_moderate(c.tenant_id) THEN c.id END) ORDER BY c.expires_at), '[]')
                   FROM blocked_clients c
                   WHERE c.value_hash = ANY (hashes || b.client_key) AND c.expires_at > clock_timestamp()
                       AND (c.tenant_id IS NULL OR c.tenant_id = b.tenant_id)),
        'reads', (SELECT coalesce(jsonb_agg(jsonb_build_object('by', account_name(r.login), 'at', studio_iso_time(r.at))
                                            ORDER BY r.at DESC), '[]')
                  FROM (SELECT * FROM client_card_reads r WHERE r.booking_id = b.id ORDER BY r.at DESC LIMIT 10) r));
END
$$;
GRANT EXECUTE ON FUNCTION booking_client_card(uuid) TO studio_operator, studio_staff, studio_companion;

-- Where the visit of a request came from, as the reports count it: "instagram", "direct"; null without the visitor's consent.
CREATE FUNCTION booking_visit_source(booking uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT analytics_source(s.utm_source, s.referrer, (
        SELECT t.hosts FROM tenant_settings_history t
        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at ORDER BY t.since DESC LIMIT 1))
    FROM bookings b JOIN sessions s ON s.id = coalesce(b.source_visit_id, b.session_id) AND s.tenant_id = b.tenant_id
    WHERE b.id = booking AND b.erased_at IS NULL AND s.consented AND studio_may_moderate(b.tenant_id)
$$;
GRANT EXECUTE ON FUNCTION booking_visit_source(uuid) TO studio_operator, studio_staff, studio_companion;

-- Marks the booking's client for its companion, or takes the mark away. False where there is no such booking.
CREATE FUNCTION booking_mark_client(booking uuid, wanted_mark text, present boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
BEGIN
    SELECT * INTO b FROM bookings k WHERE k.id = booking AND k.erased_at IS NULL AND studio_may_moderate(k.tenant_id) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM client_marks m WHERE m.tenant_id = b.tenant_id AND m.mark = wanted_mark AND m.value_hash = ANY (
        studio_client_hash('email', b.client_email)
        || studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone)));
    IF present THEN
        INSERT INTO client_marks (tenant_id, kind, value_hash, mark)
        SELECT b.tenant_id, k.kind, k.hash, wanted_mark
        FROM (SELECT 'email', studio_client_hash('email', b.client_email)
              UNION ALL SELECT 'phone', unnest(studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone)))
             ) AS k (kind, hash)
        WHERE k.hash IS NOT NULL;
    END IF;
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION booking_mark_client(uuid, text, boolean) TO studio_operator, studio_staff, studio_companion;
