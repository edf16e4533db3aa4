ALTER TABLE flags
  ADD COLUMN reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of the verdict, from the catalogue (domain/flag-reasons.ts); NULL in reviews from before there was one'
