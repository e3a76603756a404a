-- Receipts of erasures.

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
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
