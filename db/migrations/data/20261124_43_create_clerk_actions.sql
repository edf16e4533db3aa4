CREATE TABLE clerk_actions (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - null where somebody tried to sign in under no known login',
  action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  subject_kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - journey, matter, to-do, clerk, search',
  subject_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - its id; of a search, what was asked for by ids and codes',
  result VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - done, or the code of the refusal',
  request_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY clerk_actions_clerk (clerk_id),
  KEY clerk_actions_subject (subject_id),
  CONSTRAINT clerk_actions_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Every use that clerks made of the system; rows are only added'
