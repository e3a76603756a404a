-- Who may see and add revisions.

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
