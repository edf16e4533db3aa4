CREATE TABLE matter_documents (
  matter_id CHAR(39) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  document_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - uploaded or not',
  PRIMARY KEY (matter_id, document_id),
  KEY matter_documents_document (document_id),
  CONSTRAINT matter_documents_matter FOREIGN KEY (matter_id) REFERENCES matters (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The documents that a version names'
