-- Who decided what about it last, and when, as JSON: what is done has left the facts, and who comes too late is still told.
ALTER TABLE block ADD COLUMN decided TEXT;
