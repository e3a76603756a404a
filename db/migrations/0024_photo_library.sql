-- A companion's photos with their files, releases by person, and the steps of a takedown at the store.

ALTER TABLE tenants
    -- Of her photos in the store: tells nothing of her.
    ADD COLUMN media_folder varchar(32) NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '')
        CONSTRAINT tenants_media_folder CHECK (media_folder ~ '^[0-9a-f]{32}$'),
    ADD COLUMN keeps_originals boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT tenants_media_folder_once UNIQUE (media_folder);

ALTER TABLE photo_releases
    ADD COLUMN person varchar(200) NOT NULL DEFAULT '', -- '': one release stands for the whole photo
    ADD COLUMN adult boolean NOT NULL DEFAULT true,
    ADD COLUMN scope varchar(500) NOT NULL DEFAULT '',
    ADD COLUMN valid_from date,
    ADD COLUMN valid_until date, -- counts; days are of UTC
    ADD CONSTRAINT photo_releases_days CHECK (valid_until >= valid_from),
    DROP CONSTRAINT photo_releases_once,
    ADD CONSTRAINT photo_releases_once UNIQUE (tenant_id, photo_url, person);

CREATE TABLE photos (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    picture varchar(2000) NOT NULL CONSTRAINT photos_picture CHECK (picture LIKE '/media/%'), -- studio_picture_of() of its address
    photo json NOT NULL CONSTRAINT photos_size CHECK (octet_length(photo::text) <= 30000),
    content_hash varchar(64) NOT NULL DEFAULT '' CONSTRAINT photos_content_hash CHECK (content_hash ~ '^([0-9a-f]{64})?$'),
    likeness bigint NOT NULL DEFAULT 0,
    people integer CONSTRAINT photos_people CHECK (people BETWEEN 0 AND 1000), -- null: nobody said yet
    photographer varchar(200) NOT NULL DEFAULT '',
    licence varchar(500) NOT NULL DEFAULT '',
    position integer, -- null until it is ordered by hand
    paused_at timestamptz,
    added_by name NOT NULL DEFAULT session_user,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, picture)
);
CREATE INDEX photos_by_content ON photos (tenant_id, content_hash);
ALTER TABLE photos ENABLE ROW LEVEL SECURITY;

CREATE TABLE photo_files (
    tenant_id uuid NOT NULL,
    picture varchar(2000) NOT NULL,
    key varchar(1000) NOT NULL CONSTRAINT photo_files_key CHECK (
        key ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$'),
    content_type varchar(100) NOT NULL,
    bytes bigint NOT NULL CONSTRAINT photo_files_bytes CHECK (bytes >= 0),
    original boolean NOT NULL DEFAULT false,
    stored_at timestamptz, -- null until the platform's store has it
    PRIMARY KEY (tenant_id, key),
    FOREIGN KEY (tenant_id, picture) REFERENCES photos (tenant_id, picture) ON DELETE CASCADE
);
CREATE INDEX photo_files_of_photo ON photo_files (tenant_id, picture);
CREATE INDEX photo_files_not_stored ON photo_files (tenant_id) WHERE stored_at IS NULL;
ALTER TABLE photo_files ENABLE ROW LEVEL SECURITY;

-- They outlive the photo: what is done is the receipt.
CREATE TABLE photo_steps (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    picture varchar(2000) NOT NULL,
    key varchar(2000) NOT NULL,
    action varchar(10) NOT NULL CONSTRAINT photo_steps_action CHECK (action IN ('remove', 'hide', 'show', 'purge')),
    reason varchar(10) NOT NULL CONSTRAINT photo_steps_reason CHECK (
        reason IN ('withdrawn', 'ended', 'deleted', 'paused', 'resumed')),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    attempts integer NOT NULL DEFAULT 0,
    problem varchar(2000) NOT NULL DEFAULT '',
    done_at timestamptz
);
CREATE INDEX photo_steps_of_picture ON photo_steps (tenant_id, picture);
CREATE UNIQUE INDEX photo_steps_open_once ON photo_steps (tenant_id, key, action) WHERE done_at IS NULL;
ALTER TABLE photo_steps ENABLE ROW LEVEL SECURITY;
