ALTER TABLE portraits
  ADD COLUMN evidence_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the confirmation with which it may be archived; NULL: it is never given out',
  ADD COLUMN consent_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the consent to that',
  ADD COLUMN archived_at DATETIME(3) NULL COMMENT 'sensitive: no - when the registration system said that it has archived it',
  ADD UNIQUE KEY portraits_evidence (evidence_id)
