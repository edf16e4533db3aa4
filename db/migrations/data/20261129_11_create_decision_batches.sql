CREATE TABLE decision_batches (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the request that made it',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - whose it is',
  decision VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - one that a single clerk may take',
  reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - from the catalogue (domain/reasons.ts)',
  attempts TINYINT UNSIGNED NULL COMMENT 'sensitive: no - to be granted to each',
  made_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY decision_batches_of_clerk (clerk_id, made_at),
  KEY decision_batches_made (made_at),
  CONSTRAINT decision_batches_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Decisions of one clerk about many journeys'
