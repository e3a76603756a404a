-- What a PostgreSQL login is.

CREATE TABLE accounts (
    login name PRIMARY KEY CONSTRAINT accounts_login_shape CHECK (login ~ '^[a-z][a-z0-9_]{1,39}$'
        AND login !~ '^(pg|studio)_' AND login NOT IN ('postgres', 'public', 'none')),
    display_name varchar(100) NOT NULL
        CONSTRAINT accounts_display_name_shape CHECK (btrim(display_name) <> '' AND display_name !~ '[[:cntrl:]]'),
    role varchar(20) NOT NULL CONSTRAINT accounts_role_value CHECK (role IN ('operator', 'staff', 'companion')),
    tenant_id uuid REFERENCES tenants (id),
    may_edit boolean NOT NULL DEFAULT false,
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_tenant_of_companion CHECK ((role = 'companion') = (tenant_id IS NOT NULL)),
    CONSTRAINT accounts_may_edit_of_companion CHECK (NOT may_edit OR role = 'companion')
);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
