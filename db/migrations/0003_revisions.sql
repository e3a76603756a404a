-- Drafts as a chain of revisions, and publishing: the live columns can hold nothing but a revision's documents.

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
ALTER TABLE tenants ADD CONSTRAINT tenants_published_revision FOREIGN KEY (id, published_revision)
    REFERENCES revisions (tenant_id, number);

ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (tenant_id, number, base_number, theme_config, content_config, photos_config, note,
                      idempotency_key) ON revisions TO studio_operator, studio_companion;
GRANT SELECT ON revisions TO studio_staff;
CREATE POLICY revisions_read ON revisions FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY revisions_read_by_staff ON revisions FOR SELECT TO studio_staff USING (false); -- drafts are not theirs
CREATE POLICY revisions_add ON revisions FOR INSERT TO studio_operator, studio_companion
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator'
                OR tenant_id = (SELECT a.tenant_id FROM studio_account() a WHERE a.may_edit));

-- What is wrong with the shape of documents that are to go live, as a sentence; null for nothing. The full validation
-- is the programs'; this is what holds even for someone with psql.
CREATE FUNCTION studio_documents_problem(theme jsonb, content jsonb, photos jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    field record;
    total numeric := 0;
BEGIN
    IF jsonb_typeof(theme) <> 'object' OR jsonb_typeof(content) <> 'object' OR jsonb_typeof(photos) <> 'object' THEN
        RETURN 'The theme, the content and the photos must each be a JSON object.';
    END IF;
    FOR field IN SELECT * FROM (VALUES
        ('theme', theme, 'colors', 'object'), ('theme', theme, 'fonts', 'object'), ('theme', theme, 'layout', 'string'),
        ('theme', theme, 'spacing', 'string'), ('theme', theme, 'customCss', 'string'),
        ('content', content, 'name', 'string'), ('content', content, 'tagline', 'string'),
        ('content', content, 'bio', 'string'), ('content', content, 'services', 'array'),
        ('content', content, 'pricing', 'object'), ('content', content, 'contact', 'object'),
        ('content', content, 'socialMedia', 'object'), ('content', content, 'testimonials', 'array'),
        ('content', content, 'seo', 'object'), ('photos', photos, 'hero', 'object'),
        ('photos', photos, 'gallery', 'array'), ('photos', photos, 'testimonials', 'array'))
        AS fields (document, body, name, wanted)
    LOOP
        IF field.body ? field.name AND jsonb_typeof(field.body -> field.name) <> field.wanted THEN
            RETURN format('%s.%s must be %s %s.', field.document, field.name,
                          CASE WHEN field.wanted IN ('object', 'array') THEN 'an' ELSE 'a' END, field.wanted);
        END IF;
    END LOOP;
    IF NOT theme ? 'colors' THEN
        RETURN 'theme.colors is missing.';
    END IF;
    IF NOT content ? 'name' OR btrim(content ->> 'name') = '' THEN
        RETURN 'content.name is missing.';
    END IF;
    FOR field IN SELECT key, value FROM jsonb_each(theme -> 'colors') LOOP
        IF jsonb_typeof(field.value) <> 'string' OR field.value #>> '{}' !~ '^#[0-9A-Fa-f]{6}$' THEN
            RETURN format('theme.colors.%s must be a colour like #8b4789.', field.key);
        END IF;
    END LOOP;
    IF theme ? 'layout' AND theme ->> 'layout' NOT IN ('elegant', 'modern', 'minimal') THEN
        RETURN 'theme.layout must be elegant, modern or minimal.';
    END IF;
    IF theme ? 'spacing' AND theme ->> 'spacing' NOT IN ('compact', 'comfortable', 'spacious') THEN
        RETURN 'theme.spacing must be compact, comfortable or spacious.';
    END IF;
    IF photos #> '{hero,variants}' IS NOT NULL THEN
        IF jsonb_typeof(photos #> '{hero,variants}') <> 'array' THEN
            RETURN 'photos.hero.variants must be an array.';
        END IF;
        FOR field IN SELECT value FROM jsonb_array_elements(photos #> '{hero,variants}') LOOP
            IF jsonb_typeof(field.value -> 'weight') IS DISTINCT FROM 'number'
               OR (field.value ->> 'weight')::numeric NOT BETWEEN 0 AND 1 THEN
                RETURN 'Every hero variant needs a weight from 0 to 1.';
            END IF;
            total := total + (field.value ->> 'weight')::numeric;
        END LOOP;
        IF total > 1.000001 THEN
            RETURN format('The weights of the hero variants add up to %s: at most 1 is right.', total);
        END IF;
    END IF;
    RETURN NULL;
END
$$;

-- Copies the published revision to the live columns, whoever asks and whatever else the statement sets.
CREATE FUNCTION tenants_publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.published_revision IS NOT DISTINCT FROM OLD.published_revision THEN
        NEW.theme_config := OLD.theme_config;
        NEW.content_config := OLD.content_config;
        NEW.photos_config := OLD.photos_config;
    ELSIF NEW.published_revision IS NULL THEN
        NEW.theme_config := '{}';
        NEW.content_config := '{}';
        NEW.photos_config := '{}';
    ELSE
        SELECT r.theme_config, r.content_config, r.photos_config
        INTO NEW.theme_config, NEW.content_config, NEW.photos_config
        FROM revisions r WHERE r.tenant_id = NEW.id AND r.number = NEW.published_revision;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no revision % of %.', NEW.published_revision, NEW.subdomain
                USING ERRCODE = 'no_data_found';
        END IF;
        problem := studio_documents_problem(NEW.theme_config, NEW.content_config, NEW.photos_config);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'Revision % of % cannot be published. %', NEW.published_revision, NEW.subdomain, problem
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_published_documents';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tenants_2_publish BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_publish();

CREATE FUNCTION tenants_notify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('tenant_changed', OLD.id::text);
    ELSIF TG_OP = 'INSERT' OR (NEW.subdomain, NEW.name, NEW.custom_domain, NEW.status, NEW.published_revision)
            IS DISTINCT FROM (OLD.subdomain, OLD.name, OLD.custom_domain, OLD.status, OLD.published_revision) THEN
        PERFORM pg_notify('tenant_changed', NEW.id::text);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tenants_notify AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_notify();
