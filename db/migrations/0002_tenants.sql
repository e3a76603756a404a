-- The settings of the platform, what guards its jobs, and tenants: a row is a companion's site.

CREATE TABLE platform_settings (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,49}$'),
    value text NOT NULL CHECK (char_length(value) <= 1000),
    updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE platform_settings ENABLE ROW LEVEL SECURITY;

-- A row for each job of which one may run at a time. The job's definer function locks its row until its transaction ends;
-- no login has any right on the table, so nobody else can hold a row.
CREATE TABLE job_locks (
    name text PRIMARY KEY
);
ALTER TABLE job_locks ENABLE ROW LEVEL SECURITY;
INSERT INTO job_locks (name) VALUES ('analytics'), ('page_loads'), ('partitions'), ('retention'),
    ('service_minutes'), ('tracking_month_end');

CREATE TABLE tenants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    subdomain varchar(50) NOT NULL CONSTRAINT tenants_subdomain_taken UNIQUE,
    name varchar(100) NOT NULL CONSTRAINT tenants_name_shape CHECK (btrim(name) <> '' AND name !~ '[[:cntrl:]]'),
    custom_domain varchar(100),
    status varchar(20) NOT NULL DEFAULT 'preview'
        CONSTRAINT tenants_status_value CHECK (status IN ('active', 'inactive', 'preview')),
    theme_config jsonb NOT NULL DEFAULT '{}',
    content_config jsonb NOT NULL DEFAULT '{}',
    photos_config jsonb NOT NULL DEFAULT '{}',
    published_revision integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    CONSTRAINT tenants_subdomain_shape CHECK (
        subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' AND subdomain !~ '^preview-'),
    CONSTRAINT tenants_subdomain_reserved CHECK (subdomain NOT IN (
        'www', 'api', 'admin', 'administrator', 'app', 'assets', 'static', 'media', 'cdn', 'mail', 'email', 'smtp',
        'imap', 'ftp', 'ns1', 'ns2', 'status', 'support', 'help', 'blog', 'docs', 'dev', 'test', 'staging',
        'preview', 'platform', 'companionconnect', 'dashboard', 'login', 'account', 'accounts', 'billing', 'metrics',
        'health', 'localhost', 'root', 'security', 'studio')),
    CONSTRAINT tenants_custom_domain_shape CHECK (
        custom_domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$')
);
CREATE UNIQUE INDEX tenants_custom_domain_taken ON tenants (lower(custom_domain));
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;

-- What the figures depend on besides the raw rows: time zone and own hosts of a site, from the moment at which they
-- began to hold. A tenant's first row holds from -infinity.
CREATE TABLE tenant_settings_history (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    since timestamptz NOT NULL,
    zone text NOT NULL,
    hosts text[] NOT NULL,
    PRIMARY KEY (tenant_id, since)
);
ALTER TABLE tenant_settings_history ENABLE ROW LEVEL SECURITY;

-- A tenant's version changes whenever, and only when, what the public sees of it changes.
CREATE TABLE tenant_versions (
    tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
    version bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 50);
ALTER TABLE tenant_versions ENABLE ROW LEVEL SECURITY;

INSERT INTO platform_settings (name, value) VALUES ('platform_domain', 'companionconnect.app'),
    ('longest_idle_transaction_s', '30'), ('longest_statement_s', '60'), ('longest_transaction_s', '120'),
    ('installation_id', gen_random_uuid()::text); -- tells one installation from another; a restore draws a new one
