-- Which of our documents hold orders up: the receipts without an invoice among all that lies open.
CREATE INDEX work_item_of_defect ON work_item (code, subject) WHERE to_sequence IS NULL AND live AND kind = 'defect' AND "order" IS NOT NULL;
