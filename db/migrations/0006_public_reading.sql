-- What the public service may read: the live documents of active tenants, and a draft behind a share link.

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
GRANT SELECT (id, tenant_id, expires_at, created_by, created_at), INSERT (tenant_id, token_hash, expires_at), DELETE
    ON share_links TO studio_operator, studio_companion;
CREATE POLICY share_links_of_operators ON share_links TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY share_links_of_companion ON share_links TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a WHERE a.may_edit));

-- The owner's view: it shows of every tenant that it exists, and of active ones what is public.
CREATE VIEW public_tenants WITH (security_barrier) AS
SELECT t.id, t.subdomain, t.status,
       CASE WHEN t.status = 'active' THEN t.name END AS name,
       CASE WHEN t.status = 'active' THEN t.custom_domain END AS custom_domain,
       CASE WHEN t.status = 'active' THEN t.published_revision END AS revision,
       r.theme_config, r.content_config, r.photos_config
FROM tenants t
LEFT JOIN revisions r ON r.tenant_id = t.id AND r.number = t.published_revision AND t.status = 'active';
GRANT SELECT ON public_tenants TO studio_renderer;

CREATE FUNCTION public_draft(wanted_subdomain text, token text)
RETURNS TABLE (id uuid, subdomain varchar, status varchar, name varchar, custom_domain varchar, revision integer,
               theme_config json, content_config json, photos_config json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.id, t.subdomain, t.status, t.name, t.custom_domain, r.number,
           r.theme_config, r.content_config, r.photos_config
    FROM tenants t JOIN revisions r ON r.tenant_id = t.id
    WHERE t.subdomain = wanted_subdomain AND EXISTS (
        SELECT FROM share_links l WHERE l.tenant_id = t.id AND l.expires_at > now()
            AND l.token_hash = sha256(convert_to(token, 'UTF8')))
    ORDER BY r.number DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public_draft(text, text) TO studio_renderer;
