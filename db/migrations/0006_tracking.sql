-- Visits and their events.

CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    session_token varchar(255) NOT NULL DEFAULT gen_random_uuid()::text,
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
    visitor_id uuid, -- only with consent
    consented boolean NOT NULL DEFAULT false,
    bot_class varchar(20) CONSTRAINT sessions_bot_class_value CHECK (
        bot_class IN ('search', 'ai', 'seo', 'monitoring', 'social', 'headless', 'other')),
    CONSTRAINT sessions_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT sessions_visitor_consented CHECK (visitor_id IS NULL OR consented),
    -- Without consent only what many visitors share.
    CONSTRAINT sessions_unconsented CHECK (consented OR num_nonnulls(
        fingerprint, utm_term, utm_content, referrer, user_agent, ip_address, browser) = 0)
);
CREATE INDEX sessions_by_time ON sessions (tenant_id, created_at DESC);
CREATE INDEX sessions_of_visitor ON sessions (tenant_id, visitor_id) WHERE visitor_id IS NOT NULL;
-- The studio lists visits of bots by class; they are few among the others.
CREATE INDEX sessions_of_bots ON sessions (tenant_id, created_at) INCLUDE (bot_class) WHERE bot_class IS NOT NULL;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;

-- No foreign keys here (they cost two fifths of the ingest rate): tracking_record() checks each batch, and
-- the policy events_add each row that is added without it.
CREATE TABLE events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    session_id uuid,
    tenant_id uuid NOT NULL,
    event_type varchar(50) NOT NULL CONSTRAINT events_type_shape CHECK (event_type ~ '^[a-z][a-z0-9_]*$'),
    event_data jsonb,
    page_url varchar(255),
    created_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (created_at);
CREATE INDEX idx_events_tenant_created ON events (tenant_id, created_at DESC);
-- A visit's events, for its facts, for the path of a booking and for erasure.
CREATE INDEX events_of_session ON events (session_id, created_at);
ALTER TABLE events ENABLE ROW LEVEL SECURITY;

-- Which visit a sender's next event belongs to; unlogged, because it is over after half an hour. The key is the visitor's
-- number, without consent a hash of the connection under the day's salt.
CREATE UNLOGGED TABLE open_visits (
    tenant_id uuid NOT NULL,
    key uuid NOT NULL,
    visit_id uuid NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 60);
ALTER TABLE open_visits ENABLE ROW LEVEL SECURITY;

CREATE TABLE bot_visits (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    day date NOT NULL,
    bot_class varchar(20) NOT NULL CONSTRAINT bot_visits_class_value CHECK (
        bot_class IN ('search', 'ai', 'seo', 'monitoring', 'social', 'headless', 'other')),
    hits bigint NOT NULL CONSTRAINT bot_visits_hits_value CHECK (hits > 0),
    PRIMARY KEY (tenant_id, day, bot_class)
);
ALTER TABLE bot_visits ENABLE ROW LEVEL SECURITY;

-- The day's random salt of the keys without consent: in no log of the database, no standby and no backup, and gone when its
-- day is.
CREATE UNLOGGED TABLE visitor_salts (
    day date PRIMARY KEY,
    salt bytea NOT NULL CONSTRAINT visitor_salts_size CHECK (octet_length(salt) = 32)
);
ALTER TABLE visitor_salts ENABLE ROW LEVEL SECURITY;

-- Hours in which more came for a tenant than a replica takes, so that the tenant's figures of them are too low.
CREATE TABLE capped_hours (
    tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    hour timestamptz NOT NULL CONSTRAINT capped_hours_whole CHECK (date_trunc('hour', hour, 'UTC') = hour),
    dropped bigint NOT NULL CONSTRAINT capped_hours_dropped CHECK (dropped > 0), -- batches of events, of all replicas
    PRIMARY KEY (tenant_id, hour)
);
ALTER TABLE capped_hours ENABLE ROW LEVEL SECURITY;
