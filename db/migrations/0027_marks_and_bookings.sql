-- What a booking and a batch of events cost: docs/benchmarks.md has the figures.

-- Marks. The functions below mark what they write themselves, in one statement, and say so; a row that somebody else adds
-- marks its visit one by one. A trigger that sees a statement's rows as a table would have every row copied for it.
CREATE OR REPLACE FUNCTION analytics_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        IF TG_TABLE_NAME = 'sessions' THEN
            INSERT INTO analytics_dirty (session_id, tenant_id) VALUES (NEW.id, NEW.tenant_id);
        ELSIF TG_TABLE_NAME = 'bookings' THEN
            INSERT INTO analytics_dirty (session_id, tenant_id)
            SELECT each.id, NEW.tenant_id FROM (VALUES (NEW.session_id), (NEW.id)) AS each (id) WHERE each.id IS NOT NULL;
        ELSIF NEW.session_id IS NOT NULL THEN
            INSERT INTO analytics_dirty (session_id, tenant_id) VALUES (NEW.session_id, NEW.tenant_id);
        END IF;
    ELSIF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id) SELECT DISTINCT id, tenant_id FROM changed;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT each.id, c.tenant_id FROM changed c CROSS JOIN LATERAL (VALUES (c.session_id), (c.id)) each (id)
        WHERE each.id IS NOT NULL;
    ELSE
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT DISTINCT session_id, tenant_id FROM changed WHERE session_id IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['sessions', 'events', 'ab_assignments', 'bookings'] LOOP
        EXECUTE format('DROP TRIGGER analytics_added ON %I', name);
        EXECUTE format('CREATE TRIGGER analytics_added AFTER INSERT ON %I FOR EACH ROW
                        WHEN (current_setting(''studio.marked'', true) IS DISTINCT FROM ''yes'')
                        EXECUTE FUNCTION analytics_mark()', name);
    END LOOP;
END
$$;

CREATE FUNCTION analytics_mark_visits(visits uuid[], tenants uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO analytics_dirty (session_id, tenant_id)
    SELECT DISTINCT v.id, v.tenant_id FROM unnest(visits, tenants) AS v (id, tenant_id) WHERE v.id IS NOT NULL;
END
$$;

CREATE OR REPLACE FUNCTION tracking_record(
    ids uuid[], tenants uuid[], visitors uuid[], sources text[], mediums text[], campaigns text[], terms text[],
    contents text[], referrers text[], agents text[], addresses inet[], countries text[], devices text[],
    browsers text[], bots text[], consents boolean[], starts bigint[],
    owner_ids uuid[], owner_tenants uuid[], event_ids uuid[], owners integer[], types text[], data text[],
    pages text[], times bigint[],
    seen_visits uuid[], seen_tenants uuid[], seen_tests uuid[], seen_arms text[], seen_phases integer[],
    seen_times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added integer := 0;
BEGIN
    PERFORM set_config('studio.marked', 'yes', true);
    IF ids <> '{}' THEN
        PERFORM tracking_add_sessions(ids, tenants, visitors, sources, mediums, campaigns, terms, contents, referrers,
                                      agents, addresses, countries, devices, browsers, bots, consents, starts);
    END IF;
    IF event_ids <> '{}' THEN
        added := tracking_add_events(owner_ids, owner_tenants, event_ids, owners, types, data, pages, times);
    END IF;
    IF seen_visits <> '{}' THEN
        PERFORM tracking_add_exposures(seen_visits, seen_tenants, seen_tests, seen_arms, seen_phases, seen_times);
    END IF;
    PERFORM analytics_mark_visits(ids || owner_ids || seen_visits, tenants || owner_tenants || seen_tenants);
    PERFORM set_config('studio.marked', '', true);
    RETURN added;
END
$$;

-- Keys that leave the planner no choice: a plan that is made while the tables are empty, as those of foreign keys are,
-- takes any index that begins with the tenant, and then reads all of her bookings for each.
ALTER TABLE bookings DROP CONSTRAINT bookings_once, ADD CONSTRAINT bookings_once UNIQUE (idempotency_key, tenant_id);
ALTER TABLE outbox DROP CONSTRAINT outbox_booking,
    ADD CONSTRAINT outbox_booking FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE CASCADE;

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

CREATE OR REPLACE FUNCTION booking_add(request jsonb) RETURNS TABLE (outcome text, booking_id uuid, retry_after_s integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    tenant uuid := request ->> 'tenant_id';
    key uuid := request ->> 'idempotency_key';
    visit uuid := request ->> 'session_id';
    client bytea := decode(request ->> 'client_key', 'hex');
    email_hash bytea := studio_client_hash('email', request ->> 'client_email');
    phone_hash bytea := studio_client_hash('phone', request ->> 'client_phone');
    is_spam boolean := (request ->> 'spam')::boolean;
    is_blocked boolean;
    is_known boolean := false;
    wait interval;
    added uuid;
    visit_began timestamptz;
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
    IF visit IS NOT NULL THEN
        SELECT s.created_at, s.consented >= coalesce((request #>> '{session,consented}')::boolean, false)
        INTO visit_began, is_known FROM sessions s WHERE s.id = visit AND (s.tenant_id = tenant) IS TRUE;
        IF is_known IS NOT TRUE AND jsonb_typeof(request -> 'session') = 'object' THEN
            PERFORM booking_add_visit(request -> 'session');
        END IF;
        IF visit_began IS NOT NULL THEN
            SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('type', e.event_type, 'at', e.created_at,
                                                                  'page', e.page_url)) ORDER BY e.created_at)
            INTO steps
            FROM (SELECT * FROM events e WHERE e.session_id = visit AND (e.tenant_id = tenant) IS TRUE
                      AND e.created_at >= greatest(visit_began - interval '5 minutes', now() - interval '24 hours')
                      AND e.created_at <= now() + interval '5 minutes'
                  ORDER BY e.created_at DESC LIMIT 200) e;
        ELSIF NOT EXISTS (SELECT FROM sessions s WHERE s.id = visit AND (s.tenant_id = tenant) IS TRUE) THEN
            visit := NULL;
        END IF;
    END IF;
    INSERT INTO bookings AS b (tenant_id, session_id, client_name, client_email, client_phone, service_type,
                               preferred_date, preferred_date_end, duration, time_zone, message, status,
                               conversion_path, terms_accepted_at, idempotency_key, blocked, client_key)
    VALUES (tenant, visit, request ->> 'client_name', request ->> 'client_email', request ->> 'client_phone',
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
-- The same, planned once and not at every call; and whoever loses one of these in a crash tries the message again a little
-- sooner, so that they need not wait for the disk.
CREATE OR REPLACE FUNCTION outbox_claim(most integer, lease_s integer)
RETURNS TABLE (id uuid, kind varchar, tenant_id uuid, attempts integer, payload json)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM outbox o WHERE o.status = 'pending' AND o.next_at <= clock_timestamp()) THEN
        RETURN;
    END IF;
    PERFORM set_config('synchronous_commit', 'off', true);
    RETURN QUERY
    WITH due AS (
        SELECT o.id FROM outbox o WHERE o.status = 'pending' AND o.next_at <= clock_timestamp()
        ORDER BY o.next_at LIMIT least(most, 1000) FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE outbox o SET attempts = o.attempts + 1, next_at = clock_timestamp() + make_interval(secs => lease_s)
        FROM due WHERE o.id = due.id
        RETURNING o.id, o.kind, o.tenant_id, o.attempts, o.booking_id, o.webhook_id, o.created_at
    )
    SELECT c.id, c.kind, c.tenant_id, c.attempts, json_build_object(
        'booking', json_build_object('id', b.id, 'name', b.client_name, 'email', b.client_email,
            'phone', b.client_phone, 'service', b.service_type, 'message', b.message, 'duration', b.duration,
            'preferredAt', studio_iso_time(b.preferred_date), 'preferredEndAt', studio_iso_time(b.preferred_date_end),
            'timeZone', b.time_zone, 'status', b.status, 'createdAt', studio_iso_time(b.created_at)),
        'tenant', json_build_object('id', t.id, 'name', t.name, 'subdomain', t.subdomain,
            'customDomain', t.custom_domain, 'contactEmail', t.content_config #> '{contact,email}',
            'timeZone', t.content_config #> '{location,timezone}', 'emails', t.content_config -> 'bookingEmails'),
        'webhook', CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'url', w.url, 'secret', w.secret) END)
    FROM claimed c
    JOIN bookings b ON b.id = c.booking_id AND (b.tenant_id = c.tenant_id) IS TRUE
    JOIN tenants t ON t.id = c.tenant_id
    LEFT JOIN webhooks w ON w.id = c.webhook_id AND (w.tenant_id = c.tenant_id) IS TRUE
    ORDER BY c.created_at, c.id;
END
$$;

CREATE OR REPLACE FUNCTION outbox_sent(message uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE outbox SET status = 'sent', reason = '', done_at = clock_timestamp() WHERE id = message AND status = 'pending';
END
$$;

CREATE OR REPLACE FUNCTION outbox_failed(message uuid, code text, retry_in_s integer, for_good boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE outbox SET reason = left(code, 100), next_at = clock_timestamp() + make_interval(secs => retry_in_s),
        status = CASE WHEN for_good THEN 'dead' ELSE 'pending' END,
        done_at = CASE WHEN for_good THEN clock_timestamp() END
    WHERE id = message AND status = 'pending';
END
$$;
