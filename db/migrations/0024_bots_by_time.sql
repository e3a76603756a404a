-- Visits of bots are told apart by class in the studio; they are few among the others.
CREATE INDEX sessions_of_bots ON sessions (tenant_id, created_at) INCLUDE (bot_class) WHERE bot_class IS NOT NULL;
