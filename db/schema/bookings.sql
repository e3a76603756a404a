-- Requests for bookings, their states, and blocked clients.

CREATE FUNCTION booking_add(request jsonb) RETURNS TABLE (outcome text, booking_id uuid, retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    tenant uuid := request ->> 'tenant_id';
    key uuid := request ->> 'idempotency_key';
    client bytea := decode(request ->> 'client_key', 'hex');
    email_hash bytea := studio_client_hash('email', request ->> 'client_email');
    phone_hash bytea := studio_client_hash('phone', request ->> 'client_phone');
    is_spam boolean := (request ->> 'spam')::boolean;
    is_blocked boolean;
    wait interval;
    added uuid;
    visit uuid;
    source_visit uuid;
    is_consented boolean;
    steps jsonb;
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
    PERFORM pg_advisory_xact_lock(hashtext('booking_attempts'), hashtext(encode(client, 'hex')));
    SELECT b.id INTO booking_id FROM bookings b WHERE b.idempotency_key = key AND (b.tenant_id = tenant) IS TRUE;
    IF FOUND THEN
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

    is_blocked := EXISTS (
        SELECT FROM blocked_clients c WHERE c.value_hash IN (email_hash, phone_hash, client)
            AND (c.tenant_id IS NULL OR c.tenant_id = tenant));
    PERFORM set_config('studio.marked', 'yes', true);
    SELECT v.visit, v.source_visit, v.is_consented INTO visit, source_visit, is_consented FROM booking_visit(request) v;
    IF visit IS NOT NULL AND is_consented THEN -- without consent the steps may be of several people
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('type', e.event_type, 'at', e.created_at,
                                                              'page', e.page_url)) ORDER BY e.created_at)
        INTO steps
        FROM (SELECT * FROM events e WHERE e.session_id = visit AND (e.tenant_id = tenant) IS TRUE
                  AND e.created_at >= now() - interval '24 hours' AND e.created_at <= now() + interval '5 minutes'
              ORDER BY e.created_at DESC LIMIT 200) e;
    END IF;
    INSERT INTO bookings AS b (tenant_id, session_id, source_visit_id, client_name, client_email, client_phone, service_type,
                               preferred_date, preferred_date_end, duration, time_zone, message, status,
                               conversion_path, terms_accepted_at, idempotency_key, blocked, client_key)
    VALUES (tenant, visit, source_visit, request ->> 'client_name', request ->> 'client_email', request ->> 'client_phone',
            request ->> 'service_type', studio_time((request ->> 'preferred_us')::bigint),
            studio_time((request ->> 'preferred_end_us')::bigint), request ->> 'duration', request ->> 'time_zone',
            request ->> 'message', CASE WHEN is_spam OR is_blocked THEN 'spam' ELSE 'pending' END, steps,
            CASE WHEN (request ->> 'terms_accepted')::boolean THEN now() END, key, is_blocked, client)
    ON CONFLICT ON CONSTRAINT bookings_once DO NOTHING
    RETURNING b.id INTO added;
    IF added IS NULL THEN -- the same key from another address at this moment
        PERFORM analytics_mark_visits(ARRAY[visit], ARRAY[tenant]);
        PERFORM set_config('studio.marked', '', true);
        SELECT b.id INTO STRICT booking_id FROM bookings b
        WHERE b.idempotency_key = key AND (b.tenant_id = tenant) IS TRUE;
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO booking_attempts (client_key) VALUES (client);
    INSERT INTO analytics_dirty (session_id, tenant_id) VALUES (coalesce(visit, added), tenant);
    IF NOT is_spam AND NOT is_blocked THEN
        IF visit IS NOT NULL THEN
            INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
            VALUES (md5('form_submit ' || key)::uuid, visit, tenant, 'form_submit',
                    jsonb_strip_nulls(jsonb_build_object('serviceType', request ->> 'service_type')), '/book', now())
            ON CONFLICT DO NOTHING;
        END IF;
        INSERT INTO outbox (tenant_id, booking_id, kind)
        VALUES (tenant, added, 'visitor_email'), (tenant, added, 'companion_email');
        INSERT INTO outbox (tenant_id, booking_id, kind, webhook_id)
        SELECT tenant, added, 'webhook', w.id FROM webhooks w WHERE w.tenant_id = tenant AND w.active;
    END IF;
    PERFORM set_config('studio.marked', '', true);
    outcome := 'added';
    booking_id := added;
    RETURN NEXT;
END
$$;
GRANT EXECUTE ON FUNCTION booking_add(jsonb) TO studio_renderer;

-- The visit of a booking, recorded where it is not yet: the one in which the form was opened, where it is the sender's
-- still, else the sender's own. And the one that brought the visitor, which may lie a day back where she consented.
CREATE FUNCTION booking_visit(request jsonb, OUT visit uuid, OUT source_visit uuid, OUT is_consented boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    tenant uuid := request ->> 'tenant_id';
    form_visit uuid := request ->> 'form_visit_id';
    sender jsonb := coalesce(nullif(request -> 'session', 'null'), '{}');
    visitor uuid := sender ->> 'visitor_id';
BEGIN
    is_consented := visitor IS NOT NULL;
    IF studio_is_erased('visitor', visitor::text) THEN
        RETURN;
    END IF;
    SELECT s.id INTO visit FROM sessions s
    WHERE s.id = form_visit AND (s.tenant_id = tenant) IS TRUE AND s.visitor_id IS NOT DISTINCT FROM visitor;
    IF visit IS NULL AND sender <> '{}' THEN
        visit := CASE
            WHEN visitor IS NULL AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = form_visit) THEN form_visit END;
        IF visit IS NULL THEN
            visit := (tracking_open_visits(ARRAY[(sender ->> 'id')::uuid], ARRAY[tenant],
                                           ARRAY[(sender ->> 'key')::uuid]))[1];
        END IF;
        PERFORM booking_add_visit(sender || jsonb_build_object('id', visit));
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

-- The visit comes with its booking where it is not recorded yet, or not as one of a visitor who consented.
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

-- Whoever changes it: a booking goes on from where it stands.
CREATE FUNCTION bookings_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.status <> OLD.status AND NOT (OLD.status::text, NEW.status::text) IN (
        ('pending', 'accepted'), ('pending', 'declined'), ('pending', 'rescheduled'), ('pending', 'cancelled'),
        ('pending', 'spam'),
        ('accepted', 'rescheduled'), ('accepted', 'cancelled'), ('accepted', 'completed'),
        ('rescheduled', 'accepted'), ('rescheduled', 'declined'), ('rescheduled', 'cancelled'),
        ('rescheduled', 'completed'),
        ('declined', 'pending'), ('spam', 'pending')) THEN
        RAISE EXCEPTION 'A booking that is % cannot become %.', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_status_change';
    END IF;
    RETURN NEW;
END
$$;

-- Who names no service is not looked up.
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

-- kind email or phone with the address itself, or kind booking with a booking's id: its e-mail address, its phone
-- number and the internet address that it came from. Gives the number of new blocks.
CREATE FUNCTION block_client(tenant uuid, kind text, value text, why text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added integer;
BEGIN
    PERFORM studio_require_moderator();
    IF kind NOT IN ('email', 'phone', 'booking') OR kind <> 'booking' AND studio_client_hash(kind, value) IS NULL THEN
        RAISE EXCEPTION 'A block needs an e-mail address, a phone number or a booking.'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF kind = 'booking' AND NOT EXISTS (SELECT FROM bookings b WHERE b.id::text = value) THEN
        RAISE EXCEPTION 'There is no such booking.' USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO blocked_clients (tenant_id, kind, value_hash, reason)
    SELECT tenant, found.kind, found.hash, coalesce(why, '') FROM (
        SELECT block_client.kind, studio_client_hash(block_client.kind, value)
        WHERE block_client.kind <> 'booking'
        UNION ALL
        SELECT each.kind, each.hash FROM bookings b, LATERAL (VALUES
            ('email', studio_client_hash('email', b.client_email)), ('phone', studio_client_hash('phone', b.client_phone)),
            ('address', b.client_key)) each (kind, hash)
        WHERE block_client.kind = 'booking' AND b.id::text = value AND b.erased_at IS NULL
    ) found (kind, hash) WHERE found.hash IS NOT NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION block_client(uuid, text, text, text) TO studio_operator, studio_staff;

CREATE FUNCTION unblock_client(kind text, value text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    removed integer;
BEGIN
    PERFORM studio_require_moderator();
    DELETE FROM blocked_clients b
    WHERE b.value_hash = studio_client_hash(unblock_client.kind, unblock_client.value);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
GRANT EXECUTE ON FUNCTION unblock_client(text, text) TO studio_operator, studio_staff;

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
    erased_at, value_minor), UPDATE (preferred_date, status, preferred_date_end) ON bookings TO studio_operator,
    studio_staff;
GRANT SELECT (id, tenant_id, session_id, client_name, client_email, service_type, preferred_date, message, status,
    conversion_path, created_at, client_phone, preferred_date_end, duration, time_zone, terms_accepted_at, blocked,
    erased_at, value_minor) ON bookings TO studio_companion;
GRANT INSERT (id, tenant_id, session_id, client_name, client_email, service_type, preferred_date, message,
    conversion_path, client_phone, preferred_date_end, duration, time_zone, terms_accepted_at, idempotency_key) ON
    bookings TO studio_renderer;
CREATE POLICY bookings_read ON bookings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY bookings_moderate ON bookings FOR UPDATE TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));
CREATE POLICY bookings_add ON bookings FOR INSERT TO studio_renderer WITH CHECK (studio_is_public(tenant_id));

GRANT SELECT, DELETE ON blocked_clients TO studio_operator, studio_staff;
CREATE POLICY blocked_clients_of_people ON blocked_clients TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));

CREATE TRIGGER bookings_check BEFORE UPDATE OF status ON bookings
    FOR EACH ROW EXECUTE FUNCTION bookings_check();
CREATE TRIGGER bookings_value BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION bookings_value();
