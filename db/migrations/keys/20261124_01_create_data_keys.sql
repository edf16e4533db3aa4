CREATE TABLE data_keys (
  owner VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - kind and id of what the key seals',
  wrapped VARBINARY(128) NOT NULL COMMENT 'sensitive: key - sealed by a wrapping key of the key ring',
  wrapping_key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT 'sensitive: no',
  PRIMARY KEY (owner)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='One key an owner; dropping it makes all that it sealed unreadable'
