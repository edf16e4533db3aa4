ALTER TABLE evidence_seals
  ADD COLUMN documents_made_at DATETIME(3) NULL COMMENT 'sensitive: no - when the PDFs about the confirmation were there'
