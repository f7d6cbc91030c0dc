-- A key is no person, whatever its name, and no second one to whoever made it.
ALTER TABLE decision ADD COLUMN by_kind TEXT;
ALTER TABLE decision ADD COLUMN key_made_by TEXT;
