-- What a booking costs: docs/benchmarks.md has the figures. A function in SQL that cannot become part of its statement
-- is parsed and planned anew at every call; one in PL/pgSQL is once.

CREATE OR REPLACE FUNCTION studio_client_hash(kind text, value text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    plain text := CASE kind WHEN 'phone' THEN regexp_replace(value, '[^0-9]', '', 'g') ELSE lower(btrim(value)) END;
BEGIN
    RETURN CASE WHEN plain <> '' THEN sha256(convert_to(kind || ':' || plain, 'UTF8')) END;
END
$$;

CREATE OR REPLACE FUNCTION studio_service_value(content jsonb, service text) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    services jsonb := content -> 'services';
BEGIN
    IF service IS NULL OR jsonb_typeof(services) IS DISTINCT FROM 'array' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT round((item ->> 'price')::numeric * 100)::bigint
            FROM jsonb_array_elements(services) AS each (item)
            WHERE jsonb_typeof(item -> 'price') = 'number' AND (item ->> 'price')::numeric BETWEEN 0 AND 1e12
                AND lower(service) IN (lower(item ->> 'id'), lower(item ->> 'name'))
            LIMIT 1);
END
$$;

-- As before; who names no service is not looked up.
CREATE OR REPLACE FUNCTION bookings_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.value_minor IS NULL AND NEW.service_type IS NOT NULL THEN
        NEW.value_minor := (SELECT studio_service_value(content_config, NEW.service_type)
                            FROM tenants WHERE id = NEW.tenant_id);
    END IF;
    RETURN NEW;
END
$$;
