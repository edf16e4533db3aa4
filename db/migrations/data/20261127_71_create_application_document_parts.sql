CREATE TABLE application_document_parts (
  document_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  part TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - from 0',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - at most 1 MiB of the file, key document:<id>',
  PRIMARY KEY (document_id, part),
  CONSTRAINT application_document_parts_document FOREIGN KEY (document_id) REFERENCES application_documents (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Their content, in parts that every server takes as one packet'
