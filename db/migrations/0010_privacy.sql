-- Receipts of erasures, and what keeps them erased.

CREATE TABLE erasures (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid REFERENCES tenants (id),
    kind varchar(10) NOT NULL CHECK (kind IN ('visitor', 'session', 'email')),
    sessions integer NOT NULL,
    events integer NOT NULL,
    assignments integer NOT NULL,
    bookings integer NOT NULL,
    requested_by name NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX erasures_by_time ON erasures (at);
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;

-- One random key, which nobody is granted: hashes by it mean nothing outside of this database.
CREATE TABLE hash_keys (
    only_one boolean PRIMARY KEY DEFAULT true CONSTRAINT hash_keys_only_one CHECK (only_one),
    key bytea NOT NULL CONSTRAINT hash_keys_size CHECK (octet_length(key) = 32)
);
ALTER TABLE hash_keys ENABLE ROW LEVEL SECURITY;
INSERT INTO hash_keys (key) VALUES (sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- Who was erased, as keyed hashes, for 90 days, a visitor for 200: what still comes is dropped, and a restored backup
-- erases them again. Of an email address the hash is that of "TENANT:address", without the tenant where it was erased
-- everywhere; of a booking request that of "TENANT:idempotency key".
CREATE TABLE erased_subjects (
    kind varchar(10) NOT NULL CONSTRAINT erased_subjects_kind_value CHECK (
        kind IN ('visitor', 'visit', 'email', 'request')),
    key_hash bytea NOT NULL CONSTRAINT erased_subjects_hash_size CHECK (octet_length(key_hash) = 32),
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT erased_subjects_pkey PRIMARY KEY (kind, key_hash)
);
CREATE INDEX erased_subjects_by_time ON erased_subjects (erased_at);
ALTER TABLE erased_subjects ENABLE ROW LEVEL SECURITY;
