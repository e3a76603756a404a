-- What operators say of the platform's photo store after they compared it with the libraries.

-- The store does not have these files, and nobody here has a copy: pages leave their photos out until they are added again.
CREATE FUNCTION photo_mark_missing(tenant uuid, keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    UPDATE photo_files f SET stored_at = NULL
    WHERE f.tenant_id = tenant AND f.key = ANY (keys) AND f.stored_at IS NOT NULL;
    IF FOUND THEN
        PERFORM tenant_changed(tenant);
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_mark_missing(uuid, text[]) TO studio_operator;
