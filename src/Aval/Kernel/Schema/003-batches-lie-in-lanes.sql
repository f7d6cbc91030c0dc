-- The lane of the roots that the batch wrote, where the tables are distributed by it; else nothing tells it.
ALTER TABLE batch ADD COLUMN lane SMALLINT NOT NULL DEFAULT 0;
