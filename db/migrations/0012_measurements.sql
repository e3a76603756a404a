-- How fast pages load, and whether the service was there.

-- Loads of pages by tenant and day of UTC. Bucket n holds those from its bound up to the next one:
-- 0, 100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 10000 ms.
CREATE TABLE page_load_days (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    day date NOT NULL,
    loads bigint NOT NULL CONSTRAINT page_load_days_loads_value CHECK (loads > 0),
    total_ms bigint NOT NULL CONSTRAINT page_load_days_total_value CHECK (total_ms >= 0),
    buckets bigint[] NOT NULL CONSTRAINT page_load_days_buckets_shape CHECK (array_length(buckets, 1) = 14),
    PRIMARY KEY (tenant_id, day)
);
ALTER TABLE page_load_days ENABLE ROW LEVEL SECURITY;

-- What each replica of the public service reports of its minutes; kept for nine days, because reports may be a week late.
CREATE TABLE service_minutes (
    minute timestamptz NOT NULL,
    replica uuid NOT NULL,
    ready boolean NOT NULL,
    answered bigint NOT NULL CONSTRAINT service_minutes_answered_value CHECK (answered >= 0),
    failed bigint NOT NULL CONSTRAINT service_minutes_failed_value CHECK (failed BETWEEN 0 AND answered),
    PRIMARY KEY (minute, replica)
);
ALTER TABLE service_minutes ENABLE ROW LEVEL SECURITY;

-- Of all replicas together: the minutes in which at least one of them could answer. first_minute is the first one of
-- which any replica reported something.
CREATE TABLE service_days (
    day date PRIMARY KEY,
    first_minute timestamptz NOT NULL,
    up_minutes integer NOT NULL CONSTRAINT service_days_up_value CHECK (up_minutes BETWEEN 0 AND 1440),
    answered bigint NOT NULL,
    failed bigint NOT NULL
);
ALTER TABLE service_days ENABLE ROW LEVEL SECURITY;

-- Days whose events were taken away or changed; a day may stand here several times.
CREATE TABLE page_load_marks (
    tenant_id uuid NOT NULL,
    day date NOT NULL
);
ALTER TABLE page_load_marks ENABLE ROW LEVEL SECURITY;
