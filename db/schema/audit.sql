-- Who changed what: written by trigger in the transaction of the change.

GRANT SELECT ON audit_log TO studio_operator;
CREATE POLICY audit_log_read ON audit_log FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

-- Arguments: the column that identifies the row, then the columns that are left out.
CREATE FUNCTION audit_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ELSE '{}' END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ELSE '{}' END;
    tenant text;
    changed jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)), '{}') INTO changed
    FROM (SELECT jsonb_object_keys(before || after) AS key) keys
    WHERE before -> key IS DISTINCT FROM after -> key AND key <> ALL (TG_ARGV[1:])
        AND NOT (coalesce(before -> key, 'null') = 'null' AND coalesce(after -> key, 'null') = 'null');
    IF TG_OP = 'UPDATE' AND changed = '{}' THEN
        RETURN NULL;
    END IF;
    tenant := CASE WHEN TG_TABLE_NAME = 'tenants' THEN coalesce(after ->> 'id', before ->> 'id')
                   ELSE coalesce(after ->> 'tenant_id', before ->> 'tenant_id') END;
    INSERT INTO audit_log (action, table_name, row_id, tenant_id, changes)
    VALUES (lower(TG_OP), TG_TABLE_NAME, coalesce(after ->> TG_ARGV[0], before ->> TG_ARGV[0]), tenant::uuid, changed);
    RETURN NULL;
END
$$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION audit_write('name', 'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'theme_config', 'content_config', 'photos_config', 'published_at',
                                              'updated_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION audit_write('login');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON revisions
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'theme_config', 'content_config', 'photos_config',
                                              'idempotency_key');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON identity_verifications
    FOR EACH ROW EXECUTE FUNCTION audit_write('id');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON photo_releases
    FOR EACH ROW EXECUTE FUNCTION audit_write('id');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION audit_write('id');
CREATE TRIGGER audit AFTER UPDATE OR DELETE ON bookings
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'client_name', 'client_email', 'client_phone', 'message',
                                              'conversion_path', 'client_key', 'idempotency_key', 'session_id');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON social_media_metrics
    FOR EACH ROW EXECUTE FUNCTION audit_write('id');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON share_links
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'token_hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON blocked_clients
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'value_hash', 'reason');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON webhooks
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'secret');
