-- Who changed what.

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    action text NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    table_name name NOT NULL,
    row_id text NOT NULL,
    tenant_id uuid,
    changes jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_of_tenant ON audit_log (tenant_id, id DESC);
-- How much a login changed in a day.
CREATE INDEX audit_log_of_login ON audit_log (login, at);
-- The entries that do not stay for ever: those about visitors' rows.
CREATE INDEX audit_log_of_visitors ON audit_log (at) WHERE table_name IN ('bookings', 'blocked_clients');
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
