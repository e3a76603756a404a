-- Booking requests of visitors: once per key, at most five an hour per address, and the messages that follow.

ALTER TABLE bookings
    ADD COLUMN client_phone varchar(40),
    ADD COLUMN preferred_date_end timestamptz,
    ADD COLUMN duration varchar(100),
    ADD COLUMN time_zone varchar(64),
    ADD COLUMN terms_accepted_at timestamptz,
    ADD COLUMN idempotency_key uuid,
    ADD COLUMN blocked boolean NOT NULL DEFAULT false,
    ADD COLUMN client_key bytea CONSTRAINT bookings_client_key_size CHECK (octet_length(client_key) = 32),
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT bookings_once UNIQUE (tenant_id, idempotency_key),
    ADD CONSTRAINT bookings_preferred_order CHECK (preferred_date_end > preferred_date);
CREATE INDEX bookings_of_session ON bookings (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX bookings_by_email ON bookings (lower(client_email));

REVOKE SELECT ON bookings FROM studio_operator, studio_companion, studio_staff;
GRANT SELECT (id, tenant_id, session_id, client_name, client_email, client_phone, service_type, preferred_date,
              preferred_date_end, duration, time_zone, message, status, conversion_path, terms_accepted_at, blocked,
              erased_at, created_at) ON bookings TO studio_operator, studio_companion, studio_staff;
GRANT INSERT (client_phone, preferred_date_end, duration, time_zone, terms_accepted_at, idempotency_key)
    ON bookings TO studio_renderer;
GRANT UPDATE (preferred_date_end) ON bookings TO studio_operator, studio_staff;

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
CREATE TRIGGER bookings_check BEFORE UPDATE OF status ON bookings
    FOR EACH ROW EXECUTE FUNCTION bookings_check();

DROP TRIGGER audit ON bookings;
CREATE TRIGGER audit AFTER UPDATE OR DELETE ON bookings
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'client_name', 'client_email', 'client_phone', 'message',
                                              'conversion_path', 'client_key', 'idempotency_key', 'session_id');

CREATE TABLE booking_attempts (
    client_key bytea NOT NULL CONSTRAINT booking_attempts_key_size CHECK (octet_length(client_key) = 32),
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX booking_attempts_of_client ON booking_attempts (client_key, at);
CREATE INDEX booking_attempts_by_time ON booking_attempts (at);
ALTER TABLE booking_attempts ENABLE ROW LEVEL SECURITY;

-- Of a blocked client only a hash is kept: SHA-256 of the kind and the address in its plainest form.
CREATE TABLE blocked_clients (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id), -- null: every companion
    kind varchar(10) NOT NULL CONSTRAINT blocked_clients_kind_value CHECK (kind IN ('email', 'phone', 'address')),
    value_hash bytea NOT NULL CONSTRAINT blocked_clients_hash_size CHECK (octet_length(value_hash) = 32),
    reason varchar(500) NOT NULL DEFAULT '',
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX blocked_clients_once
    ON blocked_clients (value_hash, coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'));
ALTER TABLE blocked_clients ENABLE ROW LEVEL SECURITY;
GRANT SELECT, DELETE ON blocked_clients TO studio_operator, studio_staff;
CREATE POLICY blocked_clients_of_people ON blocked_clients TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON blocked_clients
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'value_hash', 'reason');

CREATE FUNCTION studio_client_hash(kind text, value text) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN plain <> '' THEN sha256(convert_to(kind || ':' || plain, 'UTF8')) END
    FROM (SELECT CASE kind WHEN 'phone' THEN regexp_replace(value, '[^0-9]', '', 'g') ELSE lower(btrim(value)) END)
        AS normal (plain)
$$;

CREATE FUNCTION studio_require_moderator() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM studio_account() WHERE role IN ('operator', 'staff')) THEN
        RAISE EXCEPTION 'Only staff and operators may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
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
GRANT EXECUTE ON FUNCTION block_client(uuid, text, text, text), unblock_client(text, text)
    TO studio_operator, studio_staff;

CREATE TABLE webhooks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    url varchar(2000) NOT NULL CONSTRAINT webhooks_url_shape CHECK (url ~ '^https?://[^[:space:][:cntrl:]]+$'),
    secret text NOT NULL CONSTRAINT webhooks_secret_size CHECK (char_length(secret) >= 32),
    active boolean NOT NULL DEFAULT true,
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT webhooks_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT webhooks_url_once UNIQUE (tenant_id, url)
);
ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
GRANT SELECT (id, tenant_id, url, active, created_by, created_at), INSERT (tenant_id, url, secret), UPDATE (active),
      DELETE ON webhooks TO studio_operator;
CREATE POLICY webhooks_of_operators ON webhooks TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON webhooks
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'secret');

-- Ids and a code of the last failure: nothing of the message.
CREATE TABLE outbox (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    webhook_id uuid,
    kind varchar(20) NOT NULL CONSTRAINT outbox_kind_value CHECK (kind IN ('visitor_email', 'companion_email', 'webhook')),
    status varchar(10) NOT NULL DEFAULT 'pending' CONSTRAINT outbox_status_value CHECK (
        status IN ('pending', 'sent', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    reason varchar(100) NOT NULL DEFAULT '',
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- while a worker holds it: the end of its lease
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at timestamptz,
    CONSTRAINT outbox_webhook_named CHECK ((kind = 'webhook') = (webhook_id IS NOT NULL)),
    CONSTRAINT outbox_booking FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT outbox_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE status = 'pending';
CREATE INDEX outbox_of_booking ON outbox (booking_id);
CREATE INDEX outbox_of_webhook ON outbox (webhook_id) WHERE webhook_id IS NOT NULL;
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON outbox TO studio_operator;
CREATE POLICY outbox_read ON outbox FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

CREATE FUNCTION booking_add(request jsonb) RETURNS TABLE (outcome text, booking_id uuid, retry_after_s integer)
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
    SELECT b.id INTO added FROM bookings b WHERE b.tenant_id = tenant AND b.idempotency_key = key;
    IF FOUND THEN
        RETURN QUERY SELECT 'already_there', added, 0;
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('booking_attempts'), hashtext(encode(client, 'hex')));
    SELECT b.id INTO added FROM bookings b WHERE b.tenant_id = tenant AND b.idempotency_key = key;
    IF FOUND THEN
        RETURN QUERY SELECT 'already_there', added, 0;
        RETURN;
    END IF;
    SELECT a.at + interval '1 hour' - clock_timestamp() INTO wait FROM booking_attempts a
    WHERE a.client_key = client AND a.at > clock_timestamp() - interval '1 hour'
    ORDER BY a.at DESC OFFSET 4 LIMIT 1;
    IF FOUND THEN
        RETURN QUERY SELECT 'too_many', NULL::uuid, greatest(1, ceil(extract(epoch FROM wait)))::integer;
        RETURN;
    END IF;

    is_blocked := EXISTS (
        SELECT FROM blocked_clients c WHERE c.value_hash IN (email_hash, phone_hash, client)
            AND (c.tenant_id IS NULL OR c.tenant_id = tenant));
    IF visit IS NOT NULL THEN
        SELECT s.created_at INTO visit_began FROM sessions s WHERE s.id = visit AND s.tenant_id = tenant;
        IF NOT FOUND THEN
            visit := NULL;
        ELSE
            SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('type', e.event_type, 'at', e.created_at,
                                                                  'page', e.page_url)) ORDER BY e.created_at)
            INTO steps
            FROM (SELECT * FROM events e WHERE e.tenant_id = tenant AND e.session_id = visit
                      AND e.created_at >= greatest(visit_began - interval '5 minutes', now() - interval '24 hours')
                      AND e.created_at <= now() + interval '5 minutes'
                  ORDER BY e.created_at DESC LIMIT 200) e;
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
        SELECT b.id INTO STRICT added FROM bookings b WHERE b.tenant_id = tenant AND b.idempotency_key = key;
        RETURN QUERY SELECT 'already_there', added, 0;
        RETURN;
    END IF;
    INSERT INTO booking_attempts (client_key) VALUES (client);
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
        PERFORM pg_notify('outbox', '');
    END IF;
    RETURN QUERY SELECT 'added', added, 0;
END
$$;

CREATE FUNCTION studio_iso_time(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;

CREATE FUNCTION outbox_claim(most integer, lease_s integer)
RETURNS TABLE (id uuid, kind varchar, tenant_id uuid, attempts integer, payload json)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
    JOIN bookings b ON b.id = c.booking_id AND b.tenant_id = c.tenant_id
    JOIN tenants t ON t.id = c.tenant_id
    LEFT JOIN webhooks w ON w.id = c.webhook_id AND w.tenant_id = c.tenant_id
    ORDER BY c.created_at, c.id
$$;

CREATE FUNCTION outbox_sent(message uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE outbox SET status = 'sent', reason = '', done_at = clock_timestamp() WHERE id = message AND status = 'pending'
$$;

CREATE FUNCTION outbox_failed(message uuid, code text, retry_in_s integer, for_good boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE outbox SET reason = left(code, 100), next_at = clock_timestamp() + make_interval(secs => retry_in_s),
        status = CASE WHEN for_good THEN 'dead' ELSE 'pending' END,
        done_at = CASE WHEN for_good THEN clock_timestamp() END
    WHERE id = message AND status = 'pending'
$$;

CREATE FUNCTION outbox_counts(OUT pending bigint, OUT sent bigint, OUT dead bigint, OUT oldest_pending_s bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'sent'),
        count(*) FILTER (WHERE status = 'dead'),
        coalesce(greatest(0, extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE status = 'pending'))), 0)::bigint
    FROM outbox
$$;
GRANT EXECUTE ON FUNCTION booking_add(jsonb), outbox_claim(integer, integer), outbox_sent(uuid),
    outbox_failed(uuid, text, integer, boolean), outbox_counts() TO studio_renderer;
GRANT EXECUTE ON FUNCTION outbox_counts() TO studio_operator;
