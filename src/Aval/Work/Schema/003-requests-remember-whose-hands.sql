-- Who had a hand in what waits for approval, one a line: nobody of them approves it.
ALTER TABLE work_item ADD COLUMN hands TEXT;
