ALTER TABLE confirmations
  ADD COLUMN name_reported_at DATETIME(3) NULL COMMENT 'sensitive: no - when the registration system was told that the name differs from the document''s'
