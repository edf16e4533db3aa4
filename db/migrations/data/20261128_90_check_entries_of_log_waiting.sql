ALTER TABLE log_waiting
  ADD CONSTRAINT log_waiting_entry CHECK (entry REGEXP '^(evidence|clerk-action|evidence-view) [0-9a-f]{64}$' AND CHAR_LENGTH(entry) IN (73, 77, 78))
