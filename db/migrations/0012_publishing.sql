-- What the programs' validator accepts may be published: null stands for nothing except among the known colours, and
-- members that nobody knows are kept. What is refused is said in the validator's own words, with the field's pointer.

CREATE OR REPLACE FUNCTION studio_documents_problem(theme jsonb, content jsonb, photos jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    field record;
    place text;
    weight jsonb;
    total numeric := 0;
BEGIN
    FOR field IN SELECT * FROM (VALUES ('theme', theme), ('content', content), ('photos', photos)) AS d (name, body)
    LOOP
        IF jsonb_typeof(field.body) IS DISTINCT FROM 'object' THEN
            RETURN format('/%s: The %s document must be an object: fields between braces.', field.name, field.name);
        END IF;
    END LOOP;
    IF jsonb_typeof(COALESCE(theme -> 'colors', 'null')) = 'null' THEN
        RETURN '/theme/colors: The colours are missing: write an object with at least primary, background and text.';
    END IF;
    FOR field IN SELECT * FROM (VALUES
        ('/theme/colors', theme -> 'colors', 'object', 'The colours'),
        ('/theme/fonts', theme -> 'fonts', 'object', 'The fonts'),
        ('/theme/customCss', theme -> 'customCss', 'string', 'The custom CSS must be text of at most 50000 characters.'),
        ('/content/name', content -> 'name', 'string', 'The name must be text of at most 100 characters.'),
        ('/content/tagline', content -> 'tagline', 'string', 'The tagline must be text of at most 160 characters.'),
        ('/content/bio', content -> 'bio', 'string', 'The bio must be text of at most 20000 characters.'),
        ('/content/services', content -> 'services', 'array', 'The services'),
        ('/content/pricing', content -> 'pricing', 'object', 'The pricing'),
        ('/content/contact', content -> 'contact', 'object', 'The contact details'),
        ('/content/socialMedia', content -> 'socialMedia', 'object', 'The social media'),
        ('/content/testimonials', content -> 'testimonials', 'array', 'The testimonials'),
        ('/content/location', content -> 'location', 'object', 'The location'),
        ('/content/cta', content -> 'cta', 'object', 'The call to action'),
        ('/content/consent', content -> 'consent', 'object', 'The consent banner'),
        ('/content/ageGate', content -> 'ageGate', 'object', 'The 18+ gate'),
        ('/content/seo', content -> 'seo', 'object', 'The search engine details'),
        ('/photos/hero', photos -> 'hero', 'object', 'The hero'),
        ('/photos/hero/variants', photos #> '{hero,variants}', 'array', 'The hero variants'),
        ('/photos/gallery', photos -> 'gallery', 'array', 'The gallery'),
        ('/photos/testimonials', photos -> 'testimonials', 'array', 'The testimonial photos'))
        AS fields (pointer, found, wanted, words)
    LOOP
        IF jsonb_typeof(field.found) NOT IN ('null', field.wanted) THEN
            RETURN field.pointer || ': ' || field.words || CASE field.wanted
                WHEN 'object' THEN ' must be an object: fields between braces.'
                WHEN 'array' THEN ' must be a list.'
                ELSE '' END;
        END IF;
    END LOOP;
    IF btrim(COALESCE(content ->> 'name', ''), E' \t\r\n') = '' THEN
        RETURN '/content/name: The name is missing: write 1 to 100 characters.';
    END IF;
    FOR field IN SELECT * FROM (VALUES
        ('primary', 'primary'), ('secondary', 'secondary'), ('accent', 'accent'), ('background', 'background'),
        ('text', 'text'), ('textLight', 'light text'), ('success', 'success'), ('error', 'error'),
        ('warning', 'warning')) AS colors (key, words)
    LOOP
        IF jsonb_typeof(theme #> ARRAY['colors', field.key]) <> 'string'
           OR theme #>> ARRAY['colors', field.key] !~ '^#[0-9A-Fa-f]{6}$' THEN
            RETURN format('/theme/colors/%s: The %s colour must be a colour written as # and six hexadecimal digits, '
                          'such as #8b4789.', field.key, field.words);
        END IF;
    END LOOP;
    FOR field IN SELECT * FROM (VALUES
        ('layout', ARRAY['elegant', 'modern', 'minimal']), ('spacing', ARRAY['compact', 'comfortable', 'spacious']),
        ('shadow', ARRAY['light', 'medium', 'strong'])) AS choices (key, allowed)
    LOOP
        IF jsonb_typeof(theme -> field.key) NOT IN ('null', 'string')
           OR theme ->> field.key <> ALL (field.allowed) THEN
            RETURN format('/theme/%s: The %s must be one of %s.', field.key, field.key,
                          array_to_string(field.allowed, ', '));
        END IF;
    END LOOP;
    IF jsonb_typeof(photos #> '{hero,variants}') = 'array' THEN
        FOR field IN SELECT ordinality - 1 AS number, value
                     FROM jsonb_array_elements(photos #> '{hero,variants}') WITH ORDINALITY LOOP
            place := '/photos/hero/variants/' || field.number;
            weight := field.value -> 'weight';
            IF jsonb_typeof(field.value) <> 'object' THEN
                RETURN place || ': A hero variant must be an object: fields between braces.';
            END IF;
            IF jsonb_typeof(COALESCE(weight, 'null')) = 'null' THEN
                RETURN place || '/weight: The weight is missing: write the share of visitors as a number from 0 to 1.';
            END IF;
            IF jsonb_typeof(weight) <> 'number' OR NOT (weight #>> '{}')::numeric BETWEEN 0 AND 1 THEN
                RETURN place || '/weight: The weight must be a number from 0 to 1.';
            END IF;
            total := total + (weight #>> '{}')::numeric;
        END LOOP;
        IF total > 1.000000001 THEN
            RETURN format('/photos/hero/variants: The weights add up to %s: they must add up to at most 1, and the '
                          'control photo is shown to the rest.', trim_scale(round(total, 3)));
        END IF;
    END IF;
    RETURN NULL;
END
$$;

-- When the live documents became what they are. Known from the audit log for what was published before.
ALTER TABLE tenants ADD COLUMN published_at timestamptz;
ALTER TABLE tenants DISABLE TRIGGER USER;
UPDATE tenants t SET published_at = (
    SELECT max(a.at) FROM audit_log a
    WHERE a.table_name = 'tenants' AND a.row_id = t.id::text AND a.changes ? 'published_revision')
WHERE t.published_revision IS NOT NULL;
ALTER TABLE tenants ENABLE TRIGGER USER;

CREATE OR REPLACE FUNCTION tenants_publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.published_revision IS NOT DISTINCT FROM OLD.published_revision THEN
        NEW.theme_config := OLD.theme_config;
        NEW.content_config := OLD.content_config;
        NEW.photos_config := OLD.photos_config;
        NEW.published_at := OLD.published_at;
    ELSIF NEW.published_revision IS NULL THEN
        NEW.theme_config := '{}';
        NEW.content_config := '{}';
        NEW.photos_config := '{}';
        NEW.published_at := NULL;
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
        NEW.published_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

-- The moment stands in the entry itself.
DROP TRIGGER audit ON tenants;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'theme_config', 'content_config', 'photos_config', 'published_at',
                                              'updated_at');
