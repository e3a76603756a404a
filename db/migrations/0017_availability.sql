-- When a companion can be booked, and by which rules.

CREATE TABLE booking_settings (
    tenant_id uuid PRIMARY KEY REFERENCES tenants (id),
    -- Weekly hours, exceptions, buffer, notice, places: models/booking/availability.h. Null: any time can be asked for.
    availability jsonb CONSTRAINT booking_settings_availability_shape CHECK (
        jsonb_typeof(availability) = 'object' AND octet_length(availability::text) <= 200000),
    -- Deposit, times to answer, reminders: models/booking/booking_rules.h.
    rules jsonb NOT NULL DEFAULT '{}' CONSTRAINT booking_settings_rules_shape CHECK (
        jsonb_typeof(rules) = 'object' AND octet_length(rules::text) <= 20000),
    version integer NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by name NOT NULL DEFAULT session_user,
    agenda_day date -- the last day whose agenda was sent
);
ALTER TABLE booking_settings ENABLE ROW LEVEL SECURITY;

CREATE TABLE tours (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    city varchar(400) NOT NULL CONSTRAINT tours_city_shape CHECK (btrim(city) <> ''),
    time_zone varchar(64) NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    visibility varchar(10) NOT NULL DEFAULT 'now' CONSTRAINT tours_visibility_value CHECK (
        visibility IN ('now', 'later', 'month')), -- 'month': pages name the month and no days
    visible_from date,
    weekly jsonb CONSTRAINT tours_weekly_shape CHECK (
        jsonb_typeof(weekly) = 'object' AND octet_length(weekly::text) <= 20000), -- null: the usual hours
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT tours_order CHECK (last_day >= first_day AND last_day < first_day + 366),
    CONSTRAINT tours_visible_from CHECK ((visibility = 'later') = (visible_from IS NOT NULL)),
    CONSTRAINT tours_one_at_a_time EXCLUDE USING gist (tenant_id WITH =, daterange(first_day, last_day, '[]') WITH &&)
);
ALTER TABLE tours ENABLE ROW LEVEL SECURITY;

CREATE TABLE calendar_imports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    name varchar(400) NOT NULL CONSTRAINT calendar_imports_name_shape CHECK (btrim(name) <> ''),
    url varchar(2000) CONSTRAINT calendar_imports_url_shape CHECK (url ~ '^https?://[^[:space:][:cntrl:]]+$'), -- null: a file
    read_at timestamptz,
    problem varchar(200) NOT NULL DEFAULT '', -- why the last reading failed
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT calendar_imports_in_tenant UNIQUE (id, tenant_id)
);
ALTER TABLE calendar_imports ENABLE ROW LEVEL SECURITY;

CREATE TABLE time_blocks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    note varchar(800) NOT NULL DEFAULT '',
    import_id uuid, -- null: entered by a person
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT time_blocks_order CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '370 days'),
    CONSTRAINT time_blocks_import FOREIGN KEY (import_id, tenant_id) REFERENCES calendar_imports (id, tenant_id)
        ON DELETE CASCADE
);
CREATE INDEX time_blocks_by_end ON time_blocks (tenant_id, ends_at);
CREATE INDEX time_blocks_of_import ON time_blocks (import_id) WHERE import_id IS NOT NULL;
ALTER TABLE time_blocks ENABLE ROW LEVEL SECURITY;

-- A secret address at which a companion's calendar program reads when she is busy. Of the secret only its SHA-256.
CREATE TABLE calendar_feeds (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    token_hash bytea NOT NULL CONSTRAINT calendar_feeds_hash_size CHECK (octet_length(token_hash) = 32),
    titles varchar(10) NOT NULL DEFAULT 'busy' CONSTRAINT calendar_feeds_titles_value CHECK (titles IN ('busy', 'neutral')),
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz,
    CONSTRAINT calendar_feeds_once UNIQUE (token_hash)
);
CREATE INDEX calendar_feeds_of_tenant ON calendar_feeds (tenant_id);
ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY;
