-- Which of many blocks have a card, at whichever root.
CREATE INDEX context_card_by_block ON context_card (block) WHERE to_sequence IS NULL;
