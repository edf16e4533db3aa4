CREATE TABLE reviewer_lots (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no - for one person in the order in which they were drawn',
  proposal CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the decision that was proposed',
  person_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - whom it is about',
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of the matter; null where it is about the person alone',
  external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of the matter, whatever its version',
  rule TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - version of the rule, see domain/reviewers.ts',
  candidates MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - JSON array: all clerks who might review it, by id',
  seed CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - 256 random bits in hex',
  picked CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the clerk who reviews it',
  kept_from CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the earlier proposal whose reviewer was kept; null where the seed decided',
  drawn_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY reviewer_lots_proposal (proposal),
  KEY reviewer_lots_person (person_key, drawn_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='How the reviewer of each proposal was picked; rows are only added'
