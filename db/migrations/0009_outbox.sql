-- Messages that wait to be sent, and to whom.

CREATE TABLE webhooks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    url varchar(2000) NOT NULL CONSTRAINT webhooks_url_shape CHECK (url ~ '^https?://[^[:space:][:cntrl:]]+$'),
    secret text NOT NULL CONSTRAINT webhooks_secret_size CHECK (char_length(secret) >= 32),
    active boolean NOT NULL DEFAULT true,
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT webhooks_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT webhooks_url_once UNIQUE (tenant_id, url)
);
ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;

-- Ids and a code of the last failure: nothing of the message.
CREATE TABLE outbox (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    webhook_id uuid,
    kind varchar(20) NOT NULL CONSTRAINT outbox_kind_value CHECK (kind IN ('visitor_email', 'companion_email', 'webhook')),
    status varchar(10) NOT NULL DEFAULT 'pending' CONSTRAINT outbox_status_value CHECK (
        status IN ('pending', 'sent', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    reason varchar(100) NOT NULL DEFAULT '',
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- while a worker holds it: the end of its lease
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at timestamptz,
    CONSTRAINT outbox_webhook_named CHECK ((kind = 'webhook') = (webhook_id IS NOT NULL)),
    CONSTRAINT outbox_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT outbox_booking FOREIGN KEY (booking_id, tenant_id) REFERENCES bookings (id, tenant_id)
        ON DELETE CASCADE
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE status = 'pending';
CREATE INDEX outbox_of_booking ON outbox (booking_id);
CREATE INDEX outbox_confirmations ON outbox (tenant_id, created_at) WHERE kind = 'visitor_email';
CREATE INDEX outbox_of_webhook ON outbox (webhook_id) WHERE webhook_id IS NOT NULL;
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
