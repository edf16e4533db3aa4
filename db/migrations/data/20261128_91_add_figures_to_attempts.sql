ALTER TABLE attempts
  ADD COLUMN authority VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'national' COMMENT 'sensitive: no - in whose figures it counts: GB/T 2260, or national',
  ADD COLUMN document_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - NULL in rows from before there were figures',
  ADD COLUMN is_signed TINYINT(1) NOT NULL DEFAULT 0 COMMENT 'sensitive: no - whether a signature used up what it proved',
  DROP INDEX attempts_day,
  ADD INDEX attempts_day (day, authority, document_type, purpose, state, codes, is_signed)
