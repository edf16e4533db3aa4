CREATE TABLE evidence_documents (
  evidence_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  portrait_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the attempt whose portrait it shows',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - PDF, key portrait:<portrait_id> if it shows a portrait, else evidence:<evidence_id>',
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the PDF',
  size INT UNSIGNED NOT NULL COMMENT 'sensitive: no - of the PDF, in bytes',
  level VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of its signature, as PAdES names it',
  made_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (evidence_id, kind),
  KEY evidence_documents_portrait (portrait_id),
  CONSTRAINT evidence_documents_evidence FOREIGN KEY (evidence_id) REFERENCES evidence (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Signed PDFs about confirmations'
