-- The list of all customers and the search for a part of a name read this and no row that they do not show.
CREATE INDEX customer_listed ON customer (number, root, name, to_sequence) WHERE to_sequence IS NULL;
