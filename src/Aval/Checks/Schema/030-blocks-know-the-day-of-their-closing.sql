-- The business date on which a block was closed: how long an order waited is told by it.
ALTER TABLE block ADD COLUMN closed_on DATE;
