ALTER TABLE invoice ADD COLUMN written_off BIGINT;
