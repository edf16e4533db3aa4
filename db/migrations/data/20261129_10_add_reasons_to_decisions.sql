ALTER TABLE decisions
  ADD COLUMN reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - from the catalogue (domain/reasons.ts); NULL in rows from before there was one',
  ADD COLUMN note MEDIUMBLOB NULL COMMENT 'sensitive: sealed - what who decided or proposed added, key journey:<id>',
  ADD COLUMN review_reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of the verdict',
  ADD COLUMN review_note MEDIUMBLOB NULL COMMENT 'sensitive: sealed - what the reviewer added, key journey:<id>'
