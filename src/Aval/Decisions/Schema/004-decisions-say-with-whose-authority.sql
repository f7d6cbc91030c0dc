ALTER TABLE decision ADD COLUMN on_behalf_of TEXT;
ALTER TABLE decision ADD COLUMN confirmed_on_behalf_of TEXT;
