-- Who paused a photo, which days of releases concern the pages, and whether this installation may change the photo store.

ALTER TABLE photos ADD COLUMN paused_by name; -- null: not known; then operators alone resume it

CREATE INDEX photo_releases_by_day ON photo_releases (tenant_id) WHERE valid_from IS NOT NULL OR valid_until IS NOT NULL;

-- 'false' after a restore, until an operator says that the store belongs to this installation.
INSERT INTO platform_settings (name, value) VALUES ('photo_store_confirmed', 'true');
