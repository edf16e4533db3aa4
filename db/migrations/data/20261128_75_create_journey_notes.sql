CREATE TABLE journey_notes (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the request, which is taken once',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - who wrote it',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - what the clerk wrote, key journey:<journey_id>',
  written_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY journey_notes_journey (journey_id, written_at),
  CONSTRAINT journey_notes_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Notes of clerks about journeys; rows are only added'
