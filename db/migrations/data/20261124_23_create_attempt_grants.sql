CREATE TABLE attempt_grants (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the decision',
  person_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  account CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - good with this account only',
  day DATE NOT NULL COMMENT 'sensitive: no - in Asia/Shanghai',
  attempts TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  granted_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY attempt_grants_person (person_key, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Attempts that clerks granted on top of the limits'
