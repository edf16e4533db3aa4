CREATE TABLE delivery_tries (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  delivery_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  tried_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - acknowledged, or the code of what went wrong',
  status INT UNSIGNED NULL COMMENT 'sensitive: no - HTTP status of the response, if there was one',
  next_at DATETIME(3) NULL COMMENT 'sensitive: no - when it was to be tried again; NULL: not at all',
  PRIMARY KEY (id),
  KEY delivery_tries_delivery (delivery_id, id),
  CONSTRAINT delivery_tries_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The last tries to deliver each callback'
