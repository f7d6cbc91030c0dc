-- The list of all invoices, the newest first, and the search for a part of a number read this and no row that they do not show.
CREATE INDEX invoice_listed ON invoice (date DESC, number DESC, root, "order", due_date, live, draft, payer, to_sequence) WHERE to_sequence IS NULL;
-- So does the search for a receipt.
CREATE INDEX receipt_listed ON receipt (date DESC, number, root, reference, to_sequence) WHERE to_sequence IS NULL;
