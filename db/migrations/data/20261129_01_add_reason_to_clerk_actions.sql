ALTER TABLE clerk_actions
  ADD COLUMN reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - why a clerk looked at personal data, from a catalogue (domain/looks.ts)'
