-- Receipts of a companion's last day are counted for each request: booking_may_confirm() in schema/bookings.sql.

CREATE INDEX outbox_receipts ON outbox (tenant_id, created_at) WHERE kind = 'visitor_email';
