-- How often a message was refused for good: an attempt that did not reach the server says nothing of that.
ALTER TABLE outbox ADD COLUMN refusals integer NOT NULL DEFAULT 0;
