CREATE TABLE flags (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the confirmation that it was raised on, or to which that was carried over',
  matter_id CHAR(39) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  person_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - device-shared, account-shared, portrait-shared, attack-reported, scores-apart',
  severity VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - notice or severe',
  raised_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  reviewed_at DATETIME(3) NULL COMMENT 'sensitive: no',
  reviewed_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - id of the clerk',
  verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - cleared or upheld',
  PRIMARY KEY (id),
  UNIQUE KEY flags_once (to_do_id, kind),
  KEY flags_matter (matter_id),
  KEY flags_worklist (reviewed_at, raised_at, id),
  CONSTRAINT flags_matter FOREIGN KEY (matter_id) REFERENCES matters (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What looks as if somebody else confirmed in a person''s name, for a human to look at'
