-- Calendars of others are read again and again by the service; what came of it is kept for whoever looks.
ALTER TABLE calendar_imports
    DROP CONSTRAINT calendar_imports_url_shape,
    -- Null: a file. No user name or password in it: they would stand in `host`.
    ADD CONSTRAINT calendar_imports_url_shape CHECK (
        url ~ '^https?://[^/?#@[:space:][:cntrl:]]+([/?#][^[:space:][:cntrl:]]*)?$'),
    -- What people see of the address: whoever knows the whole of it reads the calendar.
    ADD COLUMN host varchar(2000) GENERATED ALWAYS AS (substring(url FROM '^https?://([^/?#]+)')) STORED,
    ADD COLUMN zones jsonb NOT NULL DEFAULT '{}' CONSTRAINT calendar_imports_zones_shape CHECK (
        jsonb_typeof(zones) = 'object' AND octet_length(zones::text) <= 8000), -- what names of zones mean that no table knows
    ADD COLUMN report jsonb NOT NULL DEFAULT '{}' CONSTRAINT calendar_imports_report_shape CHECK (
        jsonb_typeof(report) = 'object' AND octet_length(report::text) <= 32000), -- of the last reading that succeeded
    ADD COLUMN next_read_at timestamptz,                   -- null: a file
    ADD COLUMN tried_at timestamptz,
    ADD COLUMN failures integer NOT NULL DEFAULT 0; -- since the last reading that succeeded
UPDATE calendar_imports SET next_read_at = clock_timestamp() WHERE url IS NOT NULL;
ALTER TABLE calendar_imports
    ADD CONSTRAINT calendar_imports_address_read CHECK ((url IS NULL) = (next_read_at IS NULL));
CREATE INDEX calendar_imports_due ON calendar_imports (next_read_at) WHERE next_read_at IS NOT NULL;
-- Those of all companions on some days.
CREATE INDEX time_blocks_by_start ON time_blocks (starts_at);

-- Offered on the tour or not; null: as the service is at home.
ALTER TABLE tours ADD COLUMN incall boolean, ADD COLUMN outcall boolean;
