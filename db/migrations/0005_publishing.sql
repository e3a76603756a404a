-- What must be there before a site goes live, and links to drafts.

CREATE TABLE identity_verifications (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    document_kind varchar(40) NOT NULL CONSTRAINT identity_verifications_document_kind CHECK (
        document_kind IN ('passport', 'driver_licence', 'national_id', 'proof_of_age_card')),
    adult_confirmed boolean NOT NULL DEFAULT false,
    verified_by name NOT NULL DEFAULT session_user,
    verified_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX identity_verifications_of_tenant ON identity_verifications (tenant_id, verified_at DESC);
ALTER TABLE identity_verifications ENABLE ROW LEVEL SECURITY;

CREATE TABLE photo_releases (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    photo_url varchar(2000) NOT NULL CONSTRAINT photo_releases_url CHECK (photo_url <> ''),
    recorded_by name NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz, -- from then on the photo reaches nobody
    CONSTRAINT photo_releases_once UNIQUE (tenant_id, photo_url)
);
ALTER TABLE photo_releases ENABLE ROW LEVEL SECURITY;

CREATE TABLE share_links (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    token_hash bytea NOT NULL CONSTRAINT share_links_token_once UNIQUE CHECK (octet_length(token_hash) = 32), -- SHA-256
    expires_at timestamptz NOT NULL,
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT share_links_validity CHECK (expires_at > created_at AND expires_at <= created_at + interval '90 days')
);
CREATE INDEX share_links_of_tenant ON share_links (tenant_id);
ALTER TABLE share_links ENABLE ROW LEVEL SECURITY;
