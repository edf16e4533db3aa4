CREATE TABLE log_hashes (
  level TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - of the tiles: a hash at level L is the root of 256^L leaves; 0 for leaves',
  position BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no - in its level, from 0 on',
  hash VARBINARY(32) NOT NULL COMMENT 'sensitive: no - RFC 6962, SHA-256',
  entry VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of a leaf: kind and salted commitment',
  PRIMARY KEY (level, position),
  UNIQUE KEY log_hashes_entry (entry)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The Merkle log: its leaves, and the roots of its full tiles; rows are only added'
