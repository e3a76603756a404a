-- Visitors, experiments, bookings and imported social figures. The renderer may add rows and never read them back.

-- True where visitors may see the tenant.
CREATE FUNCTION studio_is_public(tenant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM tenants WHERE id = tenant AND status = 'active')
$$;
GRANT EXECUTE ON FUNCTION studio_is_public(uuid) TO studio_renderer;

CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    session_token varchar(255) NOT NULL CONSTRAINT sessions_token_taken UNIQUE,
    fingerprint varchar(255),
    utm_source varchar(100),
    utm_medium varchar(100),
    utm_campaign varchar(100),
    utm_term varchar(100),
    utm_content varchar(100),
    referrer text CHECK (char_length(referrer) <= 2000),
    user_agent text CHECK (char_length(user_agent) <= 1000),
    ip_address inet CONSTRAINT sessions_ip_masked CHECK (
        ip_address = host(network(set_masklen(ip_address, CASE family(ip_address) WHEN 4 THEN 24 ELSE 48 END)))::inet),
    country varchar(2) CHECK (country ~ '^[A-Z]{2}$'),
    device_type varchar(20),
    browser varchar(50),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sessions_in_tenant UNIQUE (tenant_id, id)
);
CREATE INDEX sessions_by_time ON sessions (tenant_id, created_at DESC);

CREATE TABLE ab_tests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    name varchar(100) NOT NULL CHECK (btrim(name) <> ''),
    element_type varchar(50) NOT NULL DEFAULT 'hero_photo',
    variants jsonb NOT NULL CONSTRAINT ab_tests_variants_shape CHECK (jsonb_typeof(variants) = 'array'),
    status varchar(20) NOT NULL DEFAULT 'active'
        CONSTRAINT ab_tests_status_value CHECK (status IN ('draft', 'active', 'paused', 'completed')),
    winner_variant_id varchar(50),
    started_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ab_tests_in_tenant UNIQUE (tenant_id, id)
);

CREATE TABLE ab_assignments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    test_id uuid NOT NULL,
    variant_id varchar(50) NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ab_assignments_once UNIQUE (session_id, test_id),
    CONSTRAINT ab_assignments_session FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT ab_assignments_test FOREIGN KEY (tenant_id, test_id) REFERENCES ab_tests (tenant_id, id)
);
CREATE INDEX ab_assignments_of_test ON ab_assignments (tenant_id, test_id);

-- No foreign keys here (they cost two fifths of the ingest rate): events_of_own_sessions below checks each batch.
CREATE TABLE events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    session_id uuid,
    tenant_id uuid NOT NULL,
    event_type varchar(50) NOT NULL CONSTRAINT events_type_shape CHECK (event_type ~ '^[a-z][a-z0-9_]*$'),
    event_data jsonb,
    page_url varchar(255),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX idx_events_tenant_created ON events (tenant_id, created_at DESC);

-- Makes the partitions from the month of `first` on, as many months as asked; those that exist are left alone.
CREATE FUNCTION events_make_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month date;
    partition text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('events_make_partitions'));
    FOR step IN 0 .. months - 1 LOOP
        month := (date_trunc('month', first) + make_interval(months => step))::date;
        partition := 'events_' || to_char(month, 'YYYY_MM');
        IF to_regclass('public.' || partition) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.events FOR VALUES FROM (%L) TO (%L)', partition,
                month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;
GRANT EXECUTE ON FUNCTION events_make_partitions(date, integer) TO studio_operator;
SELECT events_make_partitions((now() AT TIME ZONE 'UTC')::date, 13);

CREATE TABLE bookings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    session_id uuid,
    client_name varchar(100) NOT NULL CHECK (btrim(client_name) <> ''),
    client_email varchar(255) NOT NULL CHECK (client_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    service_type varchar(100),
    preferred_date timestamptz,
    message text CHECK (char_length(message) <= 5000),
    status varchar(20) NOT NULL DEFAULT 'pending' CONSTRAINT bookings_status_value CHECK (
        status IN ('pending', 'accepted', 'declined', 'rescheduled', 'cancelled', 'completed', 'spam')),
    conversion_path jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bookings_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT bookings_session FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id)
        ON DELETE SET NULL (session_id)
);
CREATE INDEX bookings_by_time ON bookings (tenant_id, created_at DESC);

CREATE TABLE social_media_metrics (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    platform varchar(50) NOT NULL,
    metric_date date NOT NULL,
    followers integer CHECK (followers >= 0),
    engagement_rate numeric(5, 2) CHECK (engagement_rate BETWEEN 0 AND 100),
    posts_count integer CHECK (posts_count >= 0),
    reach integer CHECK (reach >= 0),
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT social_media_metrics_once UNIQUE (tenant_id, platform, metric_date)
);

-- Each batch of events: every session that is named must be the same tenant's own.
CREATE FUNCTION events_of_own_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM added a WHERE a.session_id IS NOT NULL AND NOT EXISTS (
                   SELECT FROM sessions s WHERE s.tenant_id = a.tenant_id AND s.id = a.session_id))
       OR EXISTS (SELECT FROM (SELECT DISTINCT tenant_id FROM added) a
                  WHERE NOT EXISTS (SELECT FROM tenants t WHERE t.id = a.tenant_id)) THEN
        RAISE EXCEPTION 'An event names a session or a tenant that is not its own.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'events_of_own_sessions';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER events_of_own_sessions AFTER INSERT ON events
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION events_of_own_sessions();

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE ab_tests ENABLE ROW LEVEL SECURITY;
ALTER TABLE ab_assignments ENABLE ROW LEVEL SECURITY;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookings ENABLE ROW LEVEL SECURITY;
ALTER TABLE social_media_metrics ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON sessions, ab_tests, ab_assignments, events, bookings, social_media_metrics
    TO studio_operator, studio_companion;
GRANT SELECT, UPDATE (status, preferred_date) ON bookings TO studio_staff;
GRANT UPDATE (status, preferred_date) ON bookings TO studio_operator;
GRANT INSERT, UPDATE ON ab_tests TO studio_operator;
GRANT INSERT, UPDATE, DELETE ON social_media_metrics TO studio_operator;

CREATE POLICY sessions_read ON sessions FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY ab_tests_read ON ab_tests FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY ab_tests_add ON ab_tests FOR INSERT TO studio_operator
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY ab_tests_change ON ab_tests FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY ab_assignments_read ON ab_assignments FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY events_read ON events FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY bookings_read ON bookings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY bookings_moderate ON bookings FOR UPDATE TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));
CREATE POLICY social_media_metrics_read ON social_media_metrics FOR SELECT TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY social_media_metrics_of_operators ON social_media_metrics TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

GRANT INSERT ON sessions, events, ab_assignments TO studio_renderer;
GRANT INSERT (id, tenant_id, session_id, client_name, client_email, service_type, preferred_date, message,
              conversion_path) ON bookings TO studio_renderer;
GRANT SELECT (id, tenant_id, name, element_type, variants, status, started_at) ON ab_tests TO studio_renderer;
CREATE POLICY sessions_add ON sessions FOR INSERT TO studio_renderer WITH CHECK (studio_is_public(tenant_id));
CREATE POLICY events_add ON events FOR INSERT TO studio_renderer WITH CHECK (true); -- events_of_own_sessions checks
CREATE POLICY ab_assignments_add ON ab_assignments FOR INSERT TO studio_renderer WITH CHECK (true); -- by its keys
CREATE POLICY bookings_add ON bookings FOR INSERT TO studio_renderer WITH CHECK (studio_is_public(tenant_id));
CREATE POLICY ab_tests_running ON ab_tests FOR SELECT TO studio_renderer
    USING (status = 'active' AND studio_is_public(tenant_id));
