CREATE TABLE worklist (
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  authority VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - GB/T 2260, or national',
  cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no',
  stuck_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (journey_id, authority),
  KEY worklist_authority (authority, stuck_at),
  KEY worklist_since (stuck_at, journey_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Journeys that wait for a clerk now, once for each authority whose clerks may decide'
