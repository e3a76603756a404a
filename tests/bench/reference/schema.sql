-- The tables that the reference implementation of the benches writes to, in a schema of their own: the reference document's, with the indexes
-- that the platform's first implementation had on them.
CREATE SCHEMA reference;
SET search_path = reference;
CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), subdomain varchar(50) UNIQUE NOT NULL);
CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id) ON DELETE CASCADE,
    session_token varchar(255) UNIQUE NOT NULL,
    fingerprint varchar(255),
    utm_source varchar(100),
    utm_medium varchar(100),
    utm_campaign varchar(100),
    referrer text,
    user_agent text,
    ip_address inet,
    country varchar(2),
    device_type varchar(20),
    browser varchar(50),
    created_at timestamp DEFAULT now()
);
CREATE TABLE events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id uuid REFERENCES sessions (id) ON DELETE CASCADE,
    tenant_id uuid REFERENCES tenants (id) ON DELETE CASCADE,
    event_type varchar(50) NOT NULL,
    event_data jsonb,
    page_url varchar(255),
    page_title varchar(255),
    created_at timestamp DEFAULT now()
);
CREATE TABLE bookings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id) ON DELETE CASCADE,
    session_id uuid REFERENCES sessions (id),
    client_name varchar(100) NOT NULL,
    client_email varchar(255) NOT NULL,
    client_phone varchar(50),
    service_type varchar(100),
    preferred_date timestamp,
    preferred_date_end timestamp,
    duration varchar(50),
    message text,
    status varchar(20) DEFAULT 'pending',
    conversion_path jsonb,
    created_at timestamp DEFAULT now()
);

-- The number of rows with which the first implementation was measured.
INSERT INTO tenants (subdomain) VALUES ('claire');
INSERT INTO sessions (tenant_id, session_token)
SELECT t.id, gen_random_uuid()::text FROM tenants t, generate_series(1, 200000);
INSERT INTO events (session_id, tenant_id, event_type, event_data, page_url, created_at)
SELECT s.id, s.tenant_id, (ARRAY['page_view', 'photo_click', 'pricing_view', 'form_start', 'photo_click'])[n],
       jsonb_build_object('photoId', 'gallery-' || n, 'position', n), '/', now() - random() * interval '90 days'
FROM sessions s, generate_series(1, 5) n;
INSERT INTO bookings (tenant_id, session_id, client_name, client_email, service_type, created_at)
SELECT tenant_id, id, 'Visitor', 'visitor@example.com', 'Dinner', now() - random() * interval '90 days' FROM sessions LIMIT 4000;

CREATE INDEX ON sessions (tenant_id);
CREATE INDEX ON sessions (created_at);
CREATE INDEX ON sessions (tenant_id, created_at DESC);
CREATE INDEX ON events (session_id);
CREATE INDEX ON events (tenant_id);
CREATE INDEX ON events (event_type);
CREATE INDEX ON events (tenant_id, created_at DESC);
CREATE INDEX ON events (event_type, created_at DESC);
CREATE INDEX ON events USING gin (event_data);
CREATE INDEX ON events (tenant_id, event_type, created_at DESC);
CREATE INDEX ON events (created_at);
CREATE INDEX ON bookings (tenant_id);
CREATE INDEX ON bookings (session_id);
CREATE INDEX ON bookings (status);
CREATE INDEX ON bookings (tenant_id, created_at DESC);
CREATE INDEX ON bookings (tenant_id, status, created_at DESC);

ANALYZE tenants, sessions, events, bookings;
