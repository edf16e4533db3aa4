CREATE TABLE authorities (
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the registration system that tells it',
  code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the authority, as matters name it',
  name VARCHAR(100) NOT NULL COMMENT 'sensitive: no',
  address VARCHAR(200) NOT NULL COMMENT 'sensitive: no - of its window',
  hours VARCHAR(200) NOT NULL COMMENT 'sensitive: no - when the window is open',
  phone VARCHAR(64) NOT NULL COMMENT 'sensitive: no - of the window, for the public',
  updated_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (registry, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Where people find an authority'
