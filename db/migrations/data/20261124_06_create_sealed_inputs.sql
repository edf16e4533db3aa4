CREATE TABLE sealed_inputs (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the id of the command that brought it',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - a key of its own, input:<id>',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY sealed_inputs_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What a person gave, until its journey takes it'
