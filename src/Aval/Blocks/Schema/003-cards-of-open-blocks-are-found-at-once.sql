-- Whoever loads a payer's facts reads the cards of what is held now, and not those of all that ever was.
CREATE INDEX context_card_live ON context_card (lane, root) WHERE to_sequence IS NULL AND live;
