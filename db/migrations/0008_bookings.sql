-- Requests for bookings, and who is kept from sending more.

CREATE TABLE bookings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    session_id uuid,
    -- Texts of people: four code points for each character that the form allows.
    client_name varchar(400) NOT NULL CHECK (btrim(client_name) <> ''),
    client_email varchar(255) NOT NULL CHECK (client_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    service_type varchar(400),
    preferred_date timestamptz,
    message text CHECK (char_length(message) <= 16000),
    status varchar(20) NOT NULL DEFAULT 'pending' CONSTRAINT bookings_status_value CHECK (
        status IN ('pending', 'accepted', 'declined', 'rescheduled', 'cancelled', 'completed', 'spam')),
    conversion_path jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    client_phone varchar(160),       -- as typed
    client_phone_normal varchar(20), -- in E.164, for comparing; null where its country is not known
    preferred_date_end timestamptz,
    duration varchar(400),
    time_zone varchar(64),
    terms_accepted_at timestamptz,
    idempotency_key uuid,
    request_hash bytea CONSTRAINT bookings_request_hash_size CHECK (octet_length(request_hash) = 32), -- keyed, as it came
    blocked boolean NOT NULL DEFAULT false,
    client_key bytea CONSTRAINT bookings_client_key_size CHECK (octet_length(client_key) = 32),
    erased_at timestamptz,
    -- Why a person should look at it first; null for no reason. The booking is pending like every other.
    flagged_reason varchar(40) CONSTRAINT bookings_flagged_reason_value CHECK (flagged_reason IN ('address')),
    value_minor bigint CONSTRAINT bookings_value_range CHECK (value_minor >= 0),
    source_visit_id uuid, -- the visit that brought the visitor; session_id is the one in which the request was made
    CONSTRAINT bookings_session FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id)
        ON DELETE SET NULL (session_id),
    CONSTRAINT bookings_source_visit FOREIGN KEY (tenant_id, source_visit_id) REFERENCES sessions (tenant_id, id)
        ON DELETE SET NULL (source_visit_id),
    CONSTRAINT bookings_preferred_order CHECK (preferred_date_end > preferred_date),
    CONSTRAINT bookings_once UNIQUE (idempotency_key, tenant_id),
    CONSTRAINT bookings_in_tenant UNIQUE (id, tenant_id)
);
CREATE INDEX bookings_by_time ON bookings (tenant_id, created_at DESC);
CREATE INDEX bookings_of_session ON bookings (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX bookings_of_source_visit ON bookings (source_visit_id) WHERE source_visit_id IS NOT NULL;
CREATE INDEX bookings_by_email ON bookings (lower(client_email));
ALTER TABLE bookings ENABLE ROW LEVEL SECURITY;

CREATE TABLE booking_attempts (
    client_key bytea NOT NULL CONSTRAINT booking_attempts_key_size CHECK (octet_length(client_key) = 32),
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX booking_attempts_of_client ON booking_attempts (client_key, at);
CREATE INDEX booking_attempts_by_time ON booking_attempts (at);
ALTER TABLE booking_attempts ENABLE ROW LEVEL SECURITY;

-- Two requests of one client wait for each other: each locks the row of its client's slot, the first byte of the client's
-- key. No login has any right on the table.
CREATE TABLE booking_locks (
    slot smallint PRIMARY KEY
);
ALTER TABLE booking_locks ENABLE ROW LEVEL SECURITY;
INSERT INTO booking_locks (slot) SELECT generate_series(0, 255);

-- Of a blocked client only a keyed hash is kept, of the kind and the address in its plainest form.
CREATE TABLE blocked_clients (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id), -- null: every companion
    kind varchar(10) NOT NULL CONSTRAINT blocked_clients_kind_value CHECK (kind IN ('email', 'phone', 'address')),
    value_hash bytea NOT NULL CONSTRAINT blocked_clients_hash_size CHECK (octet_length(value_hash) = 32),
    reason varchar(500) NOT NULL DEFAULT '',
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '1 year',
    CONSTRAINT blocked_clients_end CHECK (expires_at > created_at AND expires_at <= created_at + interval '10 years'),
    -- Behind one internet address there may be thousands of people, and tomorrow others.
    CONSTRAINT blocked_clients_address_end CHECK (kind <> 'address' OR expires_at <= created_at + interval '25 hours')
);
CREATE UNIQUE INDEX blocked_clients_once
    ON blocked_clients (value_hash, coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'));
ALTER TABLE blocked_clients ENABLE ROW LEVEL SECURITY;
