CREATE TABLE event_feeds (
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  last_position BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no - the highest position of its events',
  PRIMARY KEY (registry)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='How far the events of a registration system are numbered'
