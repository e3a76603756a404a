-- Saved states of a site's documents.

-- json, not jsonb: a revision keeps the order of its keys, as typed.
CREATE TABLE revisions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    number integer NOT NULL CHECK (number > 0),
    base_number integer,
    theme_config json NOT NULL,
    content_config json NOT NULL,
    photos_config json NOT NULL,
    note varchar(500) NOT NULL DEFAULT '',
    author name NOT NULL DEFAULT session_user,
    idempotency_key uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT revisions_number_taken UNIQUE (tenant_id, number),
    CONSTRAINT revisions_repeat UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT revisions_base FOREIGN KEY (tenant_id, base_number) REFERENCES revisions (tenant_id, number),
    CONSTRAINT revisions_chain CHECK (base_number IS NOT DISTINCT FROM nullif(number - 1, 0)),
    CONSTRAINT revisions_are_objects CHECK (json_typeof(theme_config) = 'object'
        AND json_typeof(content_config) = 'object' AND json_typeof(photos_config) = 'object'),
    CONSTRAINT revisions_size CHECK (octet_length(theme_config::text) <= 1048576
        AND octet_length(content_config::text) <= 1048576 AND octet_length(photos_config::text) <= 1048576)
);
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;

-- A tenant shows one of its own revisions.
ALTER TABLE tenants ADD CONSTRAINT tenants_published_revision FOREIGN KEY (id, published_revision)
    REFERENCES revisions (tenant_id, number);
