-- Requests for bookings, and their states.

CREATE FUNCTION booking_add(request jsonb) RETURNS TABLE (outcome text, booking_id uuid, retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off SET lock_timeout = '3s' -- for the wait if a person's transaction locks the time
AS $$
#variable_conflict use_column
DECLARE
    tenant uuid := request ->> 'tenant_id';
    key uuid := request ->> 'idempotency_key';
    client bytea := decode(request ->> 'client_key', 'hex');
    email_hash bytea := studio_client_hash('email', request ->> 'client_email');
    phones text[] := booking_phones(request);
    phone_hashes bytea[] := studio_phone_hashes(phones, coalesce(request ->> 'client_phone_normal', request ->> 'client_phone'));
    is_spam boolean := (request ->> 'spam')::boolean;
    is_blocked boolean;
    wait interval;
    added uuid;
    visit uuid;
    source_visit uuid;
    is_consented boolean;
    steps jsonb;
    starts timestamptz := studio_time(coalesce((request ->> 'start_us')::bigint, (request ->> 'preferred_us')::bigint));
    ends timestamptz := studio_time(coalesce((request ->> 'end_us')::bigint, (request ->> 'preferred_end_us')::bigint));
    settings booking_settings;
    held_until timestamptz;
BEGIN
    IF client IS NULL OR key IS NULL THEN
        RAISE EXCEPTION 'A booking needs an idempotency key and the key of its client.'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM FROM tenants WHERE id = tenant AND status = 'active';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such companion, or her site is not public.' USING ERRCODE = 'no_data_found';
    END IF;
    retry_after_s := 0;
    outcome := 'already_there';
    PERFORM FROM booking_locks l WHERE l.slot = get_byte(client, 0) FOR UPDATE;
    SELECT b.id INTO booking_id FROM bookings b WHERE b.idempotency_key = key AND (b.tenant_id = tenant) IS TRUE;
    IF FOUND THEN
        IF NOT booking_is_same(booking_id, request) THEN
            outcome := 'conflict';
            booking_id := NULL;
        END IF;
        RETURN NEXT;
        RETURN;
    END IF;
    IF studio_is_erased('request', tenant || ':' || key) THEN -- an erased request that the browser sends once more
        RETURN NEXT;
        RETURN;
    END IF;
    IF (request ->> 'only_known')::boolean THEN -- its time is refused, and it may have been stored when that was free
        outcome := 'taken';
        RETURN NEXT;
        RETURN;
    END IF;
    SELECT a.at + interval '1 hour' - clock_timestamp() INTO wait FROM booking_attempts a
    WHERE a.client_key = client AND a.at > clock_timestamp() - interval '1 hour'
    ORDER BY a.at DESC OFFSET 4 LIMIT 1;
    IF FOUND THEN
        outcome := 'too_many';
        retry_after_s := greatest(1, ceil(extract(epoch FROM wait)))::integer;
        RETURN NEXT;
        RETURN;
    END IF;

    is_blocked := booking_is_blocked(tenant, email_hash || phone_hashes);
    SELECT * INTO settings FROM booking_settings s WHERE s.tenant_id = tenant;
    IF settings.availability IS NOT NULL -- blocked clients learn no more than others do
       AND booking_taken_by(tenant, settings, starts, ends) IS NOT NULL THEN
        outcome := 'taken';
        RETURN NEXT;
        RETURN;
    END IF;
    IF is_blocked AND booking_blocked_asked(tenant, settings, request, starts, ends) THEN
        outcome := 'taken';
        RETURN NEXT;
        RETURN;
    END IF;
    held_until := CASE WHEN NOT is_spam AND NOT is_blocked THEN booking_hold_until(settings, starts, ends) END;
    SELECT v.visit, v.source_visit, v.is_consented INTO visit, source_visit, is_consented FROM booking_visit(request) v;
    IF visit IS NOT NULL AND is_consented THEN -- without consent the steps may be those of several people
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('type', e.event_type, 'at', e.created_at,
                                                              'page', e.page_url)) ORDER BY e.created_at)
        INTO steps
        FROM (SELECT * FROM events e WHERE e.session_id = visit AND (e.tenant_id = tenant) IS TRUE
                  AND e.created_at >= now() - interval '24 hours' AND e.created_at <= now() + interval '5 minutes'
              ORDER BY e.created_at DESC LIMIT 200) e;
    END IF;
    INSERT INTO bookings AS b (tenant_id, session_id, source_visit_id, client_name, client_email, client_phone,
                               client_phone_normal, client_phones, service_type, preferred_date, preferred_date_end, duration, time_zone, message, status,
                               conversion_path, terms_accepted_at, idempotency_key, request_hash, blocked, client_key, flagged_reason,
                               starts_at, ends_at, asked_ends_at, buffer_minutes, holds, held_until, answer_by, place_kind, place,
                               screening, consent_at, consent_version, client_time_zone)
    VALUES (tenant, visit, source_visit, request ->> 'client_name', request ->> 'client_email', request ->> 'client_phone',
            request ->> 'client_phone_normal', phones, request ->> 'service_type', studio_time((request ->> 'preferred_us')::bigint),
            studio_time((request ->> 'preferred_end_us')::bigint), request ->> 'duration', request ->> 'time_zone',
            request ->> 'message', CASE WHEN is_spam OR is_blocked THEN 'spam' ELSE 'pending' END, steps,
            CASE WHEN (request ->> 'terms_accepted')::boolean THEN now() END, key, booking_request_hash(request), is_blocked, client,
            CASE WHEN booking_is_blocked(tenant, ARRAY[client]) THEN 'address' END,
            starts, ends, ends, CASE WHEN held_until IS NULL THEN 0 ELSE coalesce(booking_number(settings.availability, 'bufferMinutes'), 0) END,
            held_until IS NOT NULL, held_until,
            clock_timestamp() + make_interval(hours => coalesce(booking_number(settings.rules, 'answerHours'), 24)),
            request ->> 'place_kind', request ->> 'place', nullif(request -> 'screening', 'null'),
            CASE WHEN request ->> 'consent_version' <> '' THEN now() END, nullif(request ->> 'consent_version', ''),
            request ->> 'client_time_zone')
    ON CONFLICT DO NOTHING -- under the same key from another address, or for the same time, at this moment
    RETURNING b.id INTO added;
    IF added IS NULL THEN
        SELECT b.id INTO booking_id FROM bookings b
        WHERE b.idempotency_key = key AND (b.tenant_id = tenant) IS TRUE;
        IF NOT FOUND THEN
            outcome := 'taken';
            RETURN NEXT;
            RETURN;
        END IF;
        IF NOT booking_is_same(booking_id, request) THEN
            outcome := 'conflict';
            booking_id := NULL;
        END IF;
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO booking_attempts (client_key) VALUES (client);
    IF is_blocked AND NOT is_spam AND booking_may_confirm(tenant, request ->> 'client_email') THEN -- blocked clients get it like everyone else
        INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (tenant, added, 'visitor_email');
    END IF;
    IF NOT is_spam AND NOT is_blocked THEN
        IF visit IS NOT NULL THEN
            INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
            VALUES (md5('form_submit ' || key)::uuid, visit, tenant, 'form_submit',
                    jsonb_strip_nulls(jsonb_build_object('serviceType', request ->> 'service_type')), '/book', now())
            ON CONFLICT DO NOTHING;
        END IF;
        INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (tenant, added, 'companion_email');
        IF booking_may_confirm(tenant, request ->> 'client_email') THEN
            INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (tenant, added, 'visitor_email');
        END IF;
        INSERT INTO outbox (tenant_id, booking_id, kind, webhook_id)
        SELECT tenant, added, 'webhook', w.id FROM webhooks w WHERE w.tenant_id = tenant AND w.active;
    END IF;
    outcome := 'added';
    booking_id := added;
    RETURN NEXT;
END
$$;
GRANT EXECUTE ON FUNCTION booking_add(jsonb) TO studio_renderer;

-- A whole number of a companion's settings, which JSON may write as 30 or as 30.0.
CREATE FUNCTION booking_number(settings jsonb, name text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (settings ->> name)::numeric::integer
$$;

-- What has some of this time: the booking's id, or 'blocked'; null where it is free.
CREATE FUNCTION booking_taken_by(tenant uuid, settings booking_settings, starts timestamptz, ends timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF starts IS NULL OR ends IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM booking_release_holds(tenant);
    RETURN coalesce(
        booking_in_the_way(tenant, starts, ends + make_interval(
            mins => coalesce(booking_number(settings.availability, 'bufferMinutes'), 0)), NULL)::text,
        (SELECT 'blocked' FROM time_blocks t
         WHERE t.tenant_id = tenant AND t.starts_at < ends AND t.ends_at > starts LIMIT 1));
END
$$;

-- Until when a request holds its time; null if it does not.
CREATE FUNCTION booking_hold_until(settings booking_settings, starts timestamptz, ends timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    hours integer;
BEGIN
    IF settings.availability IS NULL OR starts IS NULL OR ends IS NULL THEN
        RETURN NULL;
    END IF;
    hours := coalesce(booking_number(settings.availability, 'holdHours'), 24);
    RETURN CASE WHEN hours > 0 THEN clock_timestamp() + make_interval(hours => hours) END;
END
$$;

-- Whether a blocked client asked for some of this time already, and has not withdrawn that: for others their own request keeps the
-- time from them, so a blocked one is told the same.
CREATE FUNCTION booking_blocked_asked(tenant uuid, settings booking_settings, request jsonb, starts timestamptz, ends timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    phones text[] := array_append(booking_phones(request), request ->> 'client_phone_normal');
    buffer interval := make_interval(mins => coalesce(booking_number(settings.availability, 'bufferMinutes'), 0));
BEGIN
    RETURN booking_hold_until(settings, starts, ends) IS NOT NULL AND EXISTS (
        SELECT FROM bookings k
        WHERE k.tenant_id = tenant AND k.blocked AND k.status = 'spam' AND k.starts_at < ends + buffer AND k.ends_at + buffer > starts
            AND k.created_at > clock_timestamp() - make_interval(hours => coalesce(booking_number(settings.availability, 'holdHours'), 24))
            AND (lower(k.client_email) = lower(request ->> 'client_email')
                 OR k.client_phone_normal = ANY (phones) OR k.client_phones && phones)
            AND NOT EXISTS (SELECT FROM booking_history h
                            WHERE h.booking_id = k.id AND h.actor_kind = 'client' AND h.action = 'cancel'));
END
$$;

-- Of what the client wrote. Moderation changes the booking, never this.
CREATE FUNCTION booking_request_hash(request jsonb) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN studio_keyed_hash('request', jsonb_build_array(
        request -> 'client_name', request -> 'client_email', request -> 'client_phone', request -> 'service_type',
        request -> 'message', request -> 'duration', request -> 'preferred_us', request -> 'preferred_end_us',
        request -> 'start_us', request -> 'end_us', request -> 'place_kind', request -> 'place', request -> 'screening')::text);
END
$$;

-- A request that is sent again with the same text is the same request.
CREATE FUNCTION booking_is_same(booking uuid, request jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM bookings b WHERE b.id = booking AND b.request_hash = booking_request_hash(request));
END
$$;

CREATE FUNCTION booking_is_blocked(tenant uuid, hashes bytea[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM blocked_clients c
                   WHERE c.value_hash = ANY (hashes) AND (c.tenant_id IS NULL OR c.tenant_id = tenant)
                       AND c.expires_at > clock_timestamp());
END
$$;

-- Anyone can enter another person's address in a form: within a day an address gets at most three confirmations of all
-- companions together, and a companion's site sends at most two hundred.
CREATE FUNCTION booking_may_confirm(tenant uuid, email text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    since timestamptz := clock_timestamp() - interval '1 day';
BEGIN
    RETURN (SELECT count(*) FROM (
                SELECT FROM bookings b JOIN outbox o ON o.booking_id = b.id AND o.kind = 'visitor_email'
                WHERE lower(b.client_email) = lower(email) AND b.created_at > since LIMIT 3) to_the_address) < 3
        AND (SELECT count(*) FROM (
                SELECT FROM outbox o WHERE o.tenant_id = tenant AND o.kind = 'visitor_email' AND o.created_at > since
                LIMIT 200) of_the_companion) < 200;
END
$$;

-- `visit`: the one in which the form was opened if it belongs to the sender, else the sender's present one; it is recorded if
-- it is not yet. `source_visit`: the one that brought the visitor, with consent at most a day ago.
CREATE FUNCTION booking_visit(request jsonb, OUT visit uuid, OUT source_visit uuid, OUT is_consented boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    tenant uuid := request ->> 'tenant_id';
    form_visit uuid := request ->> 'form_visit_id';
    sender jsonb := coalesce(nullif(request -> 'session', 'null'), '{}');
    visitor uuid := sender ->> 'visitor_id';
    open_visit uuid;
BEGIN
    is_consented := visitor IS NOT NULL;
    IF is_consented THEN -- waits for an uncommitted erasure of this visitor, which it then sees
        open_visit := (tracking_open_visits(ARRAY[(sender ->> 'id')::uuid], ARRAY[tenant],
                                            ARRAY[(sender ->> 'key')::uuid]))[1];
        IF studio_is_erased('visitor', visitor::text) THEN
            RETURN;
        END IF;
    END IF;
    SELECT s.id INTO visit FROM sessions s
    WHERE s.id = form_visit AND (s.tenant_id = tenant) IS TRUE AND s.visitor_id IS NOT DISTINCT FROM visitor
    FOR KEY SHARE;
    IF visit IS NULL AND sender <> '{}' THEN
        visit := CASE
            WHEN visitor IS NULL AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = form_visit) THEN form_visit END;
        IF visit IS NULL THEN
            visit := coalesce(open_visit, (tracking_open_visits(ARRAY[(sender ->> 'id')::uuid], ARRAY[tenant],
                                                                ARRAY[(sender ->> 'key')::uuid]))[1]);
        END IF;
        IF NOT studio_is_erased('visit', visit::text) THEN
            PERFORM booking_add_visit(sender || jsonb_build_object('id', visit));
        END IF;
        IF NOT (tracking_own_visits(ARRAY[visit], ARRAY[tenant], ARRAY[visitor]))[1] IS TRUE THEN
            visit := NULL;
        END IF;
    END IF;
    IF visit IS NOT NULL AND studio_is_erased('visit', visit::text) THEN
        visit := NULL;
    END IF;
    source_visit := coalesce(
        (SELECT s.id FROM sessions s
         WHERE s.tenant_id = tenant AND s.visitor_id = visitor AND s.created_at >= clock_timestamp() - interval '1 day'
             AND (s.utm_source IS NOT NULL OR s.referrer IS NOT NULL)
         ORDER BY s.created_at DESC LIMIT 1), visit);
END
$$;

-- Records the visit of a booking that arrives before the visit's events.
CREATE FUNCTION booking_add_visit(visit jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM tracking_add_sessions(
        ARRAY[(visit ->> 'id')::uuid], ARRAY[(visit ->> 'tenant_id')::uuid], ARRAY[(visit ->> 'visitor_id')::uuid],
        ARRAY[visit ->> 'utm_source'], ARRAY[visit ->> 'utm_medium'], ARRAY[visit ->> 'utm_campaign'],
        ARRAY[visit ->> 'utm_term'], ARRAY[visit ->> 'utm_content'], ARRAY[visit ->> 'referrer'],
        ARRAY[visit ->> 'user_agent'], ARRAY[(visit ->> 'ip')::inet], ARRAY[visit ->> 'country'],
        ARRAY[visit ->> 'device_type'], ARRAY[visit ->> 'browser'], ARRAY[visit ->> 'bot_class'],
        ARRAY[(visit ->> 'consented')::boolean], ARRAY[(visit ->> 'started_us')::bigint]);
END
$$;

-- Checks, for every login, that the new status may follow the old one: some action leads there, or an undo restores it.
CREATE FUNCTION bookings_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.status <> OLD.status AND current_setting('studio.undone_booking', true) IS DISTINCT FROM NEW.id::text
        AND NOT booking_may_become(OLD.status, NEW.status) THEN
        RAISE EXCEPTION 'A booking that is % cannot become %.', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_status_change';
    END IF;
    RETURN NEW;
END
$$;

-- A booking without a service has no value.
CREATE FUNCTION bookings_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.value_minor IS NULL AND NEW.service_type IS NOT NULL THEN
        NEW.value_minor := (SELECT studio_service_value(content_config, NEW.service_type)
                            FROM tenants WHERE id = NEW.tenant_id);
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION studio_service_value(content jsonb, service text) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    services jsonb := content -> 'services';
BEGIN
    IF service IS NULL OR jsonb_typeof(services) IS DISTINCT FROM 'array' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT round((item ->> 'price')::numeric * 100)::bigint
            FROM jsonb_array_elements(services) AS each (item)
            WHERE jsonb_typeof(item -> 'price') = 'number' AND (item ->> 'price')::numeric BETWEEN 0 AND 1e12
                AND lower(service) IN (lower(item ->> 'id'), lower(item ->> 'name'))
            LIMIT 1);
END
$$;

CREATE FUNCTION studio_client_hash(kind text, value text) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    plain text := CASE kind WHEN 'phone' THEN regexp_replace(value, '[^0-9]', '', 'g') ELSE lower(btrim(value)) END;
BEGIN
    RETURN CASE WHEN plain <> '' THEN studio_keyed_hash('client ' || kind, plain) END;
END
$$;

-- All telephone numbers of a request in E.164; null where there is none.
CREATE FUNCTION booking_phones(request jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(request -> 'client_phones') = 'array' THEN
        nullif(ARRAY(SELECT jsonb_array_elements_text(request -> 'client_phones')), '{}') END
$$;

-- The hashes of these numbers and of one more, each once.
CREATE FUNCTION studio_phone_hashes(phones text[], phone text) RETURNS bytea[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT h.hash) FILTER (WHERE h.hash IS NOT NULL), '{}')
    FROM unnest(array_append(phones, phone)) AS p (number)
    CROSS JOIN LATERAL (SELECT studio_client_hash('phone', p.number) AS hash) h
$$;

CREATE FUNCTION studio_require_moderator() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM studio_account() WHERE role IN ('operator', 'staff')) THEN
        RAISE EXCEPTION 'Only staff and operators may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

GRANT SELECT (id, tenant_id, session_id, client_name, client_email, service_type, preferred_date, message, status,
    conversion_path, created_at, client_phone, preferred_date_end, duration, time_zone, terms_accepted_at, blocked,
    erased_at, value_minor, flagged_reason, version, changed_at, source, starts_at, ends_at, buffer_minutes, holds, held_until,
    answer_by, client_phone_normal, place_kind, place, screening, consent_at, reason_code, move_asked_at, deposit_state,
    deposit_minor, deposit_due_at, deposit_reference, deposit_received_at, deposit_method, client_time_zone, mail_wanted) ON bookings
    TO studio_operator, studio_staff, studio_companion;
GRANT INSERT (id, tenant_id, session_id, client_name, client_email, service_type, preferred_date, message,
    conversion_path, client_phone, preferred_date_end, duration, time_zone, terms_accepted_at, idempotency_key) ON
    bookings TO studio_renderer;
CREATE POLICY bookings_read ON bookings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY bookings_add ON bookings FOR INSERT TO studio_renderer WITH CHECK (studio_is_public(tenant_id));

CREATE TRIGGER bookings_check BEFORE UPDATE OF status ON bookings
    FOR EACH ROW EXECUTE FUNCTION bookings_check();
CREATE TRIGGER bookings_value BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION bookings_value();
